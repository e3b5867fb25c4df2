"""The page 专班 with its parts."""
