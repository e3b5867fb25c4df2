"""Values out of what clerks type: text, dates, money, people, units, categories; pure functions."""
