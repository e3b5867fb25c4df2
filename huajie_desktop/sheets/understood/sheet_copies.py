"""Tells which sheets of a workbook are copies of others: Sheet1 (2), 副本, 初稿 beside 定稿, or the same records once more."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from huajie_desktop.reading.checks import Identity, identity_of
from huajie_desktop.reading.known import Known
from huajie_desktop.reading.read_record import ReadFile, ReadRecord
from huajie_desktop.values.text import fold, is_blank

_COPY = re.compile(
    r"\(\d{1,2}\)$|副本|备份|拷贝|复制|复件|copy|backup|\bbak|旧(?:稿|版|表|的|数据)|[(\-_]旧|旧\)?$|老(?:版|表)|初稿|草稿|草案|底稿|"
    r"原(?:稿|版|表|始|件)|[(]原[)]|作废|废(?:弃|稿)|修改前|历史|上一?(?:版|稿)|old|draft|第[一1]稿|v1$"
)
_FINAL = re.compile(r"定稿|终(?:稿|版)|最终|正式|最新|修改后|新(?:版|稿|表)$|final|上报稿|报送稿")
_NAMED, _ALIKE = 0.5, 0.6  # share of records that stand in the other sheet, where the names say it and where they do not
_SAME = 0.5  # share of what is said beside the name that must be equal for records to be the same once more
_SHOWN, _LONGEST = 5, 16  # differences told, and characters of each value


@dataclass(slots=True)
class Likeness:
    """A sheet that repeats another: which of all given, how many records they share, and what differs in it, in words."""

    copy: int
    original: int
    shared: int
    differences: list[str] = field(default_factory=list)

    @property
    def told(self) -> str:
        """What differs, as much of it as a sentence holds."""
        more = len(self.differences) - _SHOWN
        return "、".join(self.differences[:_SHOWN]) + (f"等{len(self.differences)}处" if more > 0 else "")


def find_copies(names: Sequence[str], parts: Sequence[ReadFile], spared: Sequence[bool]) -> list[Likeness]:
    """The sheets that repeat one of the others; of two the one whose name says so, else the later. Never one that is spared."""
    if sum(bool(part.records) for part in parts) < 2:
        return []
    said = [_identified(part) for part in parts]
    found: dict[int, Likeness] = {}
    for later in range(len(parts)):
        for earlier in range(later):
            if earlier not in found and later not in found and (pair := _named_pair(names, said, earlier, later)):
                found[pair[0]] = _likeness(said, parts, *pair)
        if later not in found and (original := _repeated(said, [n for n in range(later) if n not in found], later)) is not None:
            found[later] = _likeness(said, parts, later, original)
    return [likeness for copy, likeness in sorted(found.items()) if not spared[copy]]


_Said = Mapping[Identity, ReadRecord]


def _identified(part: ReadFile) -> _Said:
    pairs = ((identity_of(record, part.known), record) for record in reversed(part.records))
    return {identity: record for identity, record in pairs if identity is not None}


def _named_pair(names: Sequence[str], said: Sequence[_Said], earlier: int, later: int) -> tuple[int, int] | None:
    """The copy and the original of two sheets whose names tell which is which, if they share enough."""
    ranks = [_rank(names[number]) for number in (earlier, later)]
    few = min(len(said[earlier]), len(said[later]))
    if ranks[0] == ranks[1] or not few or len(said[earlier].keys() & said[later].keys()) < _NAMED * few:
        return None
    return (later, earlier) if ranks[1] < ranks[0] else (earlier, later)


def _rank(name: str) -> int:
    """Below 0 for the name of a copy or a draft, above for that of a last version."""
    word = fold(name)
    return (_FINAL.search(word) is not None) - (_COPY.search(word) is not None)


def _repeated(said: Sequence[_Said], earlier: Sequence[int], later: int) -> int | None:
    """The earlier sheet that holds most of what a later one repeats; None where it says enough of its own."""
    shares = {number: said[number].keys() & said[later].keys() for number in earlier}
    shared = {identity: number for number in reversed(earlier) for identity in shares[number]}
    if not shared or len(shared) < _ALIKE * len(said[later]):
        return None
    alike = [_agreement(said[number][identity], said[later][identity]) for identity, number in shared.items()]
    return max(shares, key=lambda number: len(shares[number])) if sum(alike) >= _SAME * len(alike) else None


def _agreement(one: ReadRecord, other: ReadRecord) -> float:
    """The share of what either says beside its name that both say alike."""
    texts = [(one.raw.get(key, ""), other.raw.get(key, "")) for key in {*one.raw, *other.raw}]
    said = [(a, b) for a, b in texts if not (is_blank(a) and is_blank(b))]
    return sum(fold(a) == fold(b) for a, b in said) / len(said) if said else 1.0


def _likeness(said: Sequence[_Said], parts: Sequence[ReadFile], copy: int, original: int) -> Likeness:
    shared = said[copy].keys() & said[original].keys()
    known = parts[copy].known
    return Likeness(copy, original, len(shared), list(_differences(known, said[copy], said[original])))


def _differences(known: Known, copy: _Said, original: _Said) -> Iterator[str]:
    for identity, record in copy.items():
        there = original.get(identity)
        if there is None:
            yield f"第{record.row}行“{_short(record.title)}”只在这里有"
            continue
        for key in dict.fromkeys([*there.raw, *record.raw]):
            before, now = there.raw.get(key, ""), record.raw.get(key, "")
            if fold(before) != fold(now) and not (is_blank(before) and is_blank(now)):
                label = known.ledger.fields[key].label if key in known.ledger.fields else key
                yield f"第{record.row}行{label} {_short(before)}→{_short(now)}"
    for identity, record in original.items():
        if identity not in copy:
            yield f"少了“{_short(record.title)}”"


def _short(text: str | None) -> str:
    words = " ".join((text or "").split())
    return "（空）" if not words else words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
