"""What the clerk sees: the window, its pages, lists, forms and jobs (the only part with Qt)."""

import builtins

_import = builtins.__import__

import PySide6.QtCore  # noqa: E402, F401

# Shiboken replaces __import__ for its optional `__feature__` switches, which makes every later import slower
# (0.2 s of a start with SQLAlchemy). Nothing here uses them.
builtins.__import__ = _import
