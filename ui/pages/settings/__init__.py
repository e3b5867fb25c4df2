"""The page 设置 with its parts."""
