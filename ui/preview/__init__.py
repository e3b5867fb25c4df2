"""The preview of an import: files, rows, what was read beside what the cell says, and the mapping of columns."""
