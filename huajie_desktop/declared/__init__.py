"""What is said of kinds of record beside their fields; services and window ask it and name no kind."""
