"""Measures of speed, each beside a peer run in turn with us; not part of the tests."""
