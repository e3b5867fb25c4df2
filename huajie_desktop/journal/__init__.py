"""Looking back: what was done, the versions of a record, the recycle bin, taking back."""
