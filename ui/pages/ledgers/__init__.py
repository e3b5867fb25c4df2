"""The page 台账 with its parts."""
