"""Many records typed as a table: the sheet, its keys, what is kept of it while nothing is saved."""
