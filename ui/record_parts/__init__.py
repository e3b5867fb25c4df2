"""Further parts of a record's card, one tab each."""
