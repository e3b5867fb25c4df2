"""Further parts of a record's card, one tab each: attachments, progress, recurring dates, follow-ups, queries, versions."""
