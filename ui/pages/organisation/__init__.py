"""The page 组织 with its parts."""
