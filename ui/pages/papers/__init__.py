"""The page 文书 with its parts."""
