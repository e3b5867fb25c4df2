"""What comes with the program for an office to begin with: its township, and the dimensions and list kinds of a campaign."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from db.models import Category, Dimension, ListKind, Unit
from db.words.searching import search_text
from huajie_desktop.township.divisions import villages_of
from huajie_desktop.township.village_names import everyday
from resources import path

LIST_KINDS = {"市级清单": "市级", "镇级清单": "镇级", "村级清单": "村级"}  # what a campaign starts with, and the words for it
PATTERN_NAME = "“三五”大比拼"  # the campaign with the shipped pattern
OWN_NAME, OWN_DIMENSION = "任务清单", "任务类别"  # a campaign without it, and what its categories stand under


class Known(NamedTuple):
    """A township for which more is known than its villages: the year of the demo, and other spellings of their names."""

    name: str
    code: str = ""
    year: int = 0
    variants: Mapping[str, tuple[str, ...]] = {}


@cache
def known_townships() -> Mapping[str, Known]:
    """By name."""
    said = tomllib.loads(path("townships.toml").read_text("utf-8"))["township"]
    return {item["name"]: Known(**item) for item in said}


def demo_township() -> Known:
    """The township of the demo, with its year."""
    return next(iter(known_townships().values()))


def reference_units(township: str, code: str = "") -> list[Unit]:
    """The township and, where it is one of those known well, its villages and committees, not yet kept."""
    known = known_townships().get(township, Known(township))
    code = code or known.code
    villages = []
    if known.code and code == known.code:
        villages = [item.unit() for item in everyday(township, villages_of(code), known.variants)]
    for position, unit in enumerate(villages, 1):
        unit.position = position
    return [Unit(name=township, kind="township", code=code or None, search=search_text(township)), *villages]


def shipped_pattern() -> list[Dimension]:
    """The “三五” pattern: three dimensions with their fifteen categories, not yet kept."""
    said = tomllib.loads(path("categories.toml").read_text("utf-8"))["dimension"]
    return [_dimension(item["name"], place, item["categories"]) for place, item in enumerate(said)]


def own_pattern(names: Sequence[str]) -> list[Dimension]:
    """Categories under one dimension, as an office without a pattern names them; nothing where it names none."""
    names = [*dict.fromkeys(names)]
    short = Counter(name[:2] for name in names)
    categories = [{"name": name, "code": name[:2] if short[name[:2]] == 1 else name[:8], "aliases": ""} for name in names]
    return [_dimension(OWN_DIMENSION, 0, categories)] if categories else []


def _dimension(name: str, place: int, categories: Iterable[Mapping[str, str]]) -> Dimension:
    found = [Category(position=index, search=search_text(item["name"]), **item) for index, item in enumerate(categories)]
    return Dimension(name=name, position=place, categories=found)


def reference_list_kinds(campaign_id: int) -> list[ListKind]:
    """The three list kinds a campaign starts with, not yet kept."""
    return [
        ListKind(campaign_id=campaign_id, name=name, aliases=word, position=place, search=search_text(name))
        for place, (name, word) in enumerate(LIST_KINDS.items())
    ]
