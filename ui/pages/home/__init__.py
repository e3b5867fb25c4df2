"""The page 首页 with its parts."""
