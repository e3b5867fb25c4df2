"""Further parts of a record's card, one tab each: attachments, recurring dates, queries, versions."""
