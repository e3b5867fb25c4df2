"""The work itself: tasks and their parts, review, figures, and the papers made of them."""
