"""Forms of records: editors by the kind of a field, drafts, the card of one record, and where its records come from."""
