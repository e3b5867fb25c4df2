"""Further parts of a record beside its form: attachments, recurring dates, queries, history."""
