"""What falls due day by day, and what each unit is to be reminded of."""
