"""From the bytes of a workbook to checked records; the only package that knows spreadsheet formats."""
