"""The township: its units and people, as they are and as they became."""
