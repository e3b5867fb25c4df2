"""Workbooks: opened behind a fence, understood, written; the only room that knows spreadsheet formats."""
