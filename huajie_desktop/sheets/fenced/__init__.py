"""The fenced child processes: bytes of foreign files to plain cells, and marks back into them."""
