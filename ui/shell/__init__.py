"""The window around the pages: start, navigation, menus, search, help."""
