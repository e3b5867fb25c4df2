"""Correct sheets, what people do to them, and whether what is read then is what was meant: `dev.py distort`."""
