"""The page 报告 with its parts."""
