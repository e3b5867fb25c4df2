"""The page 清单 with its parts."""
