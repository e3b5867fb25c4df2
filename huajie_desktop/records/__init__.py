"""What all records share: declared once, listed, typed, changed many at once, counted."""
