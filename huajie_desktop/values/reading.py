"""What every parser of one value shares: the error it raises."""

from huajie_desktop.errors import Problem


class Unreadable(Problem):
    """A value that cannot be read; str() tells the clerk what to type instead."""
