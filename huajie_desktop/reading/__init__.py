"""From the text of a cell or an editor to a checked value of a record: one way for sheets and forms."""
