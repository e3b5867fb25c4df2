"""What comes in: previewed, compared with what is kept, mended, and only then taken in."""
