"""Copies of everything that is kept, in two places, each looked through before it counts; and bringing them back."""
