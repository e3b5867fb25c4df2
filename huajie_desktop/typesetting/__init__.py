"""How papers are set: lines, tables and pages from words, and their drawing into PDF."""
