"""Lists of records: tables read in windows, their columns, filters and editing in place, and the card beside."""
