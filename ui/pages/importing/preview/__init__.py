"""The preview of an import: its files, its rows, and deciding about them."""
