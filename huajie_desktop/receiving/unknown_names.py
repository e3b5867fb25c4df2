"""Units and categories a sheet names that nobody keeps yet, offered to be made from the preview: in a new office all of them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from db.fields import Kind
from huajie_desktop.reading.known import KnownUnit
from huajie_desktop.reading.read_record import ERROR
from huajie_desktop.receiving.asked import CATEGORY, UNIT, Asked
from huajie_desktop.receiving.previews import FilePreview, PreviewRow
from huajie_desktop.seat import SeatSession
from huajie_desktop.township.divisions import villages_of
from huajie_desktop.township.new_units import fitting
from huajie_desktop.township.village_names import Offered, everyday
from huajie_desktop.values.text import is_blank, trim
from huajie_desktop.values.units import Units

_VILLAGE = re.compile(r"[\u4e00-\u9fff]{1,10}?(?:村|社区|居委会)")
_BESIDE = re.compile(r"\d+\s*年?|附件|报送|上报|关于")  # what stands before a name in a file's name
_CATEGORY = re.compile(r"[\u4e00-\u9fff]{2,12}")
_SHOWN = 4  # names in a sentence


def unknown_names(session: SeatSession, files: Sequence[FilePreview]) -> list[Asked]:
    """What may be made so that the files can be taken in: all units at once, each alone, and categories where there are none."""
    if not files:
        return []
    listed = everyday(session.township.name, villages_of(session.township.code or ""))
    villages = Units([KnownUnit(None, item.name, item.aliases, item.kind) for item in listed])
    counts: Counter[str] = Counter()
    of: dict[str, FilePreview] = {}
    for file in files:
        for name in _units_of(file, villages):
            counts[name] += 1
            of.setdefault(name, file)
    own = {item.name for item in listed}
    by_name = {item.name: item for item in fitting(session, counts)}
    asked = [Asked(of.get(name, files[0]), UNIT, _said(item, name in own), units=(item,)) for name, item in by_name.items()]
    asked.sort(key=lambda one: one.units[0].name not in own)  # the township's own villages first
    if len(asked) > 1:
        words = f"还没有这 {len(asked)} 个单位：{_listed([*by_name])}"
        asked.insert(0, Asked(files[0], UNIT, words, units=tuple(one.units[0] for one in asked)))
    return [*asked, *_categories(files)]


def _said(item: Offered, own: bool) -> str:
    if own:
        return f"还没有单位“{item.name}”：行政区划里是本乡镇的村（居），代码 {item.code}"
    return f"还没有单位“{item.name}”：行政区划里没有，写错的请改正"


def _units_of(file: FilePreview, villages: Units[KnownUnit]) -> Iterator[str]:
    """The names of units nobody knows: of the file itself where its rows belong to none, and of its rows."""
    rows = [row for row in file.rows if not row.skipped and not row.removed]
    there = {"", *(unit.name for unit in file.read.known.units)}
    named = [str(row.record.get(key) or _faulty(row, key)) for key in file.ledger.keys_of(Kind.UNIT) for row in rows]
    of_file = _unit_of_file(file, villages) if any(row.record.unit is None for row in rows) else ""
    yield from (name for name in (of_file, *named) if name not in there)


def _unit_of_file(file: FilePreview, villages: Units[KnownUnit]) -> str:
    """Whose file it says it is, where that is nobody known."""
    if file.ledger.place is None or file.unit is not None:
        return ""
    words = [file.read.reporter, Path(file.read.name).stem, *(table.sheet for table in file.read.tables)]
    return next((name for word in words if word and (name := _village_in(word, villages))), "")


def _village_in(words: str, villages: Units[KnownUnit]) -> str:
    """The village a file's or sheet's name says: one of the township's, else what reads like one."""
    if known := villages.search(words):
        return known.name
    found = _VILLAGE.search(_BESIDE.sub(" ", words))
    return found[0] if found else ""


def _faulty(row: PreviewRow, key: str) -> str:
    """What stands in a cell that names nothing known."""
    text = trim(row.record.raw.get(key, ""))
    wrong = any(issue.field == key and issue.severity == ERROR for issue in row.issues)
    return text if wrong and not is_blank(text) and len(text) <= 20 else ""


def _categories(files: Sequence[FilePreview]) -> Iterator[Asked]:
    """The categories of the sheets, where the year has none yet."""
    names: dict[str, None] = {}
    for file in files:
        keys = () if file.read.known.categories else file.ledger.keys_of(Kind.CATEGORY)
        said = (_faulty(row, key) for row in file.rows for key in keys)
        names.update((name, None) for name in said if _CATEGORY.fullmatch(name))
    if names:
        yield Asked(files[0], CATEGORY, f"今年还没有设类别，表里写的是：{_listed([*names])}", categories=tuple(names))


def _listed(names: Sequence[str]) -> str:
    return "、".join(names[:_SHOWN]) + (f"等 {len(names)} 个" if len(names) > _SHOWN else "")
