"""What the office does: checklist, review, import, papers, reports; no window in here."""

VERSION = "0.1.0"  # the same as in pyproject.toml
