"""Forms of records: editors by the kind of a field, drafts, and the parts beside a form."""
