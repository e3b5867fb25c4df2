"""What a workbook's cells mean: its tables, columns, rows and records."""
