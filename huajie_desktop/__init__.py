"""What the office does: checklist, review, import, papers, reports; no window in here."""
