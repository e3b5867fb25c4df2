"""Papers an office signs or sends: their kinds, what stands on them, making them, the register of those that were made."""
