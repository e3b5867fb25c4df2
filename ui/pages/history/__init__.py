"""The page 历史 with its parts."""
