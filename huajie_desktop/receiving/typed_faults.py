"""Where something is wrong in a typed table, and what may be meant there."""

from collections.abc import Sequence

from db.fields import Field, Kind
from huajie_desktop.reading.known import Known
from huajie_desktop.reading.read_record import ERROR
from huajie_desktop.receiving.typed import TypedTable
from huajie_desktop.values.nearby import near_names
from huajie_desktop.values.text import fold


def issues_at(table: TypedTable, keys: Sequence[str], severity: str = "") -> list[tuple[int, int]]:
    """The cells (row, place in `keys`) with an issue, of that severity if one is said, in reading order."""
    found = []
    for at in range(table.count):
        for place, key in enumerate(keys):
            if (issue := table.issue(at, key)) and severity in ("", issue.severity):
                found.append((at, place))
    return found


def near(table: TypedTable, row: int, key: str) -> str:
    """The known word that may be meant in a faulty cell, empty for none."""
    issue, declared = table.issue(row, key), table.field(key)
    faulty = issue is not None and issue.severity == ERROR and not issue.rule
    found = near_names(table.text(row, key), _words(table.preview.known, declared)) if faulty else ()
    inside = [name for name in found if fold(table.text(row, key)) in fold(name)]
    return min(inside, key=len) if inside else next(iter(found), "")  # 基层党建, though there is 基层党建提升, too


def _words(known: Known, declared: Field) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The names a field may hold, each with what else it is called."""
    match declared.kind:
        case Kind.UNIT | Kind.UNITS:
            return tuple((unit.name, ()) for unit in known.units)
        case Kind.CATEGORY | Kind.CATEGORIES:
            return tuple((item.name, ()) for item in known.categories)
        case Kind.CHOICE:
            return tuple((word, tuple(declared.also.get(key, ()))) for key, word in declared.choices.items())
        case Kind.LIST_KIND | Kind.FORCE:
            return tuple((item.name, ()) for item in known.names.get(declared.kind, ()))
        case _:
            return ()
