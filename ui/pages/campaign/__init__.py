"""The page 年度 with its parts."""
