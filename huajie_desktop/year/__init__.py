"""The year: its campaign, its categories and lists, its task forces, its numbers, and the next one."""
