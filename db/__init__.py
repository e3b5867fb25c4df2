"""What is kept: models, sessions, journal, migrations and backup."""
