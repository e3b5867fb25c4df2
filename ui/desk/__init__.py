"""What pages work on: the opened data, its background work, undo, and what several of them do alike."""
