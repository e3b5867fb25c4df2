"""Workbooks as they are written: lists, templates, marked copies."""
