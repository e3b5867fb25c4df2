"""What goes out as sheets: templates for villages, lists, everything in open formats."""
