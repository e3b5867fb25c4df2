"""Data files the program ships: fonts, icons, wording, reference and demo data."""

from functools import cache
from pathlib import Path

_ROOT = Path(__file__).parent


def path(name: str) -> Path:
    """Where the shipped file `name` (e.g. "fonts/NotoSerifSC-Regular.ttf") lies."""
    return _ROOT / name


@cache
def product_name() -> str:
    """What the program is called, on its window and in its help."""
    return path("product.txt").read_text("utf-8").strip()
