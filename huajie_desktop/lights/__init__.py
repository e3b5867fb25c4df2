"""How a task stands on a day: working days, planned progress, the office's rules and the light with its reason."""
