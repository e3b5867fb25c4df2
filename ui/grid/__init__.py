"""The list as a table to work in: groups, cells edited in place, many rows typed or changed at once."""
