"""The page 导入 with its parts."""
