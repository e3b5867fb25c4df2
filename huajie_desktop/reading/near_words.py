"""The known word that may be meant where nobody knows the one that stands there: 党建 for 基层党建. Offered, never taken."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from db.fields import Field, Kind
from huajie_desktop.reading.known import Known
from huajie_desktop.values.text import fold

_ALIKE = 0.6  # of two words that share most of their characters
_FURTHER = 0.1  # by so much the next one must be less alike


def near_word(known: Known, declared: Field, text: str) -> str:
    """The one name a field could hold that is nearest to a text; empty where none is near, or several are."""
    return nearest(_names(known, declared), text)


def nearest(names: Sequence[str], text: str) -> str:
    """Of several names the one that holds the text or stands in it, else the one most alike; empty where that is not one."""
    word = fold(text)
    if len(word) < 2:
        return ""
    words = {name: fold(name) for name in names}
    inside = [name for name, other in words.items() if word in other or (len(other) > 1 and other in word)]
    if inside:
        shortest = min(inside, key=len)  # 基层党建, though there is 基层党建提升, too
        return shortest if all(shortest in other for other in inside) else ""
    likeness = sorted(((SequenceMatcher(None, word, other).ratio(), name) for name, other in words.items()), reverse=True)
    sure = likeness and likeness[0][0] >= _ALIKE and (len(likeness) == 1 or likeness[1][0] <= likeness[0][0] - _FURTHER)
    return likeness[0][1] if sure else ""


def _names(known: Known, declared: Field) -> list[str]:
    match declared.kind:
        case Kind.UNIT | Kind.UNITS:
            return [unit.name for unit in known.units]
        case Kind.CATEGORY | Kind.CATEGORIES:
            return [item.name for item in known.categories]
        case Kind.CHOICE:
            return list(declared.choices.values())
        case Kind.LIST_KIND | Kind.FORCE:
            return [item.name for item in known.names.get(declared.kind, ())]
        case _:
            return []
