"""Words as they are looked for and put into order: folded, and by how their characters are read."""
