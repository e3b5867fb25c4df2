"""What comes with the program: townships with their villages, and the dimensions and list kinds a campaign starts with."""

import csv
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from db.models import Category, Dimension, ListKind, Unit
from db.words.searching import search_text
from resources import path

LIST_KINDS = {"市级清单": "市级", "镇级清单": "镇级", "村级清单": "村级"}  # what a campaign starts with, and the words for it
CAMPAIGN_NAME = "“三五”大比拼"


class Known(NamedTuple):
    """A township whose villages are known: the year it began with, its villages' file, and what is special in their names."""

    name: str
    year: int
    villages: str = ""
    shared: tuple[str, ...] = ()
    variants: Mapping[str, tuple[str, ...]] = {}


@cache
def known_townships() -> Mapping[str, Known]:
    """By name, the one that is offered first in front."""
    said = tomllib.loads(path("townships.toml").read_text("utf-8"))["township"]
    return {item["name"]: Known(**item) for item in said}


def usual_township() -> Known:
    """What the first start offers."""
    return next(iter(known_townships().values()))


def reference_units(township: str) -> list[Unit]:
    """The township and, where they are known, its villages and committees, not yet kept."""
    known = known_townships().get(township, Known(township, 0))
    villages = [_village(known, position, row["name"], row["code"]) for position, row in enumerate(_rows(known), 1)]
    return [Unit(name=township, kind="township", search=search_text(township)), *villages]


def reference_dimensions() -> list[Dimension]:
    """The three dimensions with their fifteen categories, not yet kept."""
    dimensions = []
    for place, said in enumerate(tomllib.loads(path("categories.toml").read_text("utf-8"))["dimension"]):
        categories = [
            Category(position=index, search=search_text(item["name"]), **item) for index, item in enumerate(said["categories"])
        ]
        dimensions.append(Dimension(name=said["name"], position=place, categories=categories))
    return dimensions


def reference_list_kinds(campaign_id: int) -> list[ListKind]:
    """The three list kinds a campaign starts with, not yet kept."""
    return [
        ListKind(campaign_id=campaign_id, name=name, aliases=word, position=place, search=search_text(name))
        for place, (name, word) in enumerate(LIST_KINDS.items())
    ]


def _rows(known: Known) -> list[dict[str, Any]]:
    if not known.villages:
        return []
    with path(known.villages).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _village(known: Known, position: int, official: str, code: str) -> Unit:
    """A village under its everyday name (倪宅村委会 is 倪宅村); a committee keeps its own."""
    unit = Unit(kind="village", code=code, position=position)
    spellings = known.variants.get(official.removesuffix("村委会"), ())
    if official.endswith("居委会"):
        unit.kind, unit.name, other = "committee", official, [f"{known.name}{official}"]
    else:
        short = official.removesuffix("村委会")
        unit.name = f"{short}村"
        other = [official, f"{known.name}{unit.name}"]
        other = other if short in known.shared else [short, *other]
        other += [f"{old}{end}" for old in spellings for end in ("村", "", "村委会")]
    unit.aliases = "、".join(other)
    unit.search = search_text(unit.name, *spellings)
    return unit
