"""Finished papers in the window: pages rendered when they come into sight, and sent to a printer."""
