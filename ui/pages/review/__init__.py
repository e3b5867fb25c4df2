"""The page 审核 with its parts."""
