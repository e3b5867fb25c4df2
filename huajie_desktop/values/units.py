"""Units by any of their spellings: 上屋, 上屋村, 上屋村委会, 某镇上屋村 are one; 老街村, 老街居委会 and 老街镇 are three."""

import re
from collections.abc import Container, Iterable, Sequence
from typing import Generic, Protocol, TypeVar

from db.words.sounding import sound_alike
from huajie_desktop.values.text import fold, without_brackets

TOWNSHIP, VILLAGE, COMMITTEE = "township", "village", "committee"
_VILLAGE_ENDS = (
    "村",
    "村委会",
    "村委",
    "村民委员会",
    "村村民委员会",
    "村村委会",
    "村村委",
    "村两委",
    "行政村",
    "村党支部",
    "村经济合作社",
    "村股份经济合作社",
)
_COMMITTEE_ENDS = ("居委会", "居民委员会", "居委", "居", "社区", "社区居委会", "居民区")
_OFFICE = re.compile(
    r"^[\u4e00-\u9fff、]{1,14}(?:办|办公室|所|站|中心|局|科|室|大队|中队|部|委|工会|妇联|团委|人大|武装部|学校|医院|卫生院|分局|公司|协会|专班)$"
)
_OWN = frozenset(["本村", "我村", "村委", "村委会", "村两委", "村民委员会", "村", "本居", "居委会", "本单位"])
_NOT_AFTER_STEM = r"(?![镇乡片溪山水桥路港])"


class Unit(Protocol):
    """What must be known of a unit to recognise it."""

    @property
    def name(self) -> str: ...
    @property
    def aliases(self) -> tuple[str, ...]: ...
    @property
    def kind(self) -> str: ...


U = TypeVar("U", bound=Unit)


class Units(Generic[U]):
    """Finds a unit in a cell (exactly) or in a title, sheet name or file name (somewhere)."""

    def __init__(self, known: Sequence[U]) -> None:
        self._townships = sorted(
            {fold(w) for u in known if u.kind == TOWNSHIP for w in (u.name, *u.aliases) if len(w) > 2}, key=len, reverse=True
        )
        exact = _unique((word, unit) for unit in known for word in map(fold, (unit.name, *unit.aliases)))
        spelled = _unique((word, unit) for unit in known for word in _spellings(unit))
        stems = _unique((stem, unit) for unit in known if (stem := _stem(unit)))
        self._by_word = stems | spelled | exact
        stems_only = {fold(unit.name) for unit in known}
        words = [word for word in self._by_word if len(word) > 1 and word not in self._townships]
        self._pattern = _pattern(words, stems_only)
        self._heard: dict[str, U | None] = {}

    def find(self, text: str) -> U | None:
        """The unit a cell names, with or without the township in front and brackets behind; None when none or unclear."""
        word = fold(text)
        for form in (word, without_brackets(word)):
            if unit := self._by_word.get(form) or self._by_word.get(self._without_township(form)):
                return unit
        return None

    def sounding(self, text: str) -> U | None:
        """The one unit that is spoken as a cell is, tones aside (你寨村 for 倪宅村); None when none or several are."""
        word = without_brackets(self._without_township(fold(text)))
        if word not in self._heard:
            spoken = {id(unit): unit for known, unit in self._by_word.items() if len(known) > 1 and sound_alike(known, word)}
            self._heard[word] = next(iter(spoken.values())) if len(spoken) == 1 else None
        return self._heard[word]

    def search(self, text: str) -> U | None:
        """The one unit named somewhere in a line of text; None when there is none or more than one."""
        if self._pattern is None:
            return None
        text = self._without_township(fold(text))
        found = {id(unit): unit for match in self._pattern.finditer(text) if (unit := self._by_word[match[0]])}
        return next(iter(found.values())) if len(found) == 1 else None

    def split(self, text: str) -> tuple[U, str] | None:
        """The one unit named somewhere in a line of text, and the folded line without it; None as for `search`."""
        if (unit := self.search(text)) is None or self._pattern is None:
            return None
        return unit, self._pattern.sub("", self._without_township(fold(text)))

    def _without_township(self, text: str) -> str:
        for township in self._townships:
            text = text.replace(township, "")
        return text


def is_own(text: str) -> bool:
    """Whether a cell only says "our village" (本村, 村委会)."""
    return fold(text) in _OWN


def looks_like_office(text: str) -> bool:
    """Whether an unknown unit reads like an office of the township (…办, …所, …中心)."""
    return _OFFICE.match(fold(text)) is not None and not is_own(text)


def _pattern(words: Iterable[str], whole: Container[str]) -> re.Pattern[str] | None:
    """Finds the longest word that fits, a stem (老街) not in the name of something else (老街镇); None without any words."""
    ends = ((word, "" if word in whole or word[-1] in "村会居委区" else _NOT_AFTER_STEM) for word in words)
    longest = sorted(ends, key=lambda pair: -len(pair[0]))
    return re.compile("|".join(re.escape(word) + end for word, end in longest)) if longest else None


def _stem(unit: Unit) -> str:
    name = fold(unit.name)
    ends = _VILLAGE_ENDS if unit.kind == VILLAGE else _COMMITTEE_ENDS if unit.kind == COMMITTEE else ()
    end = next((e for e in sorted(ends, key=len, reverse=True) if name.endswith(e) and len(name) > len(e) + 1), "")
    return name.removesuffix(end) if end else ""


def _spellings(unit: Unit) -> Iterable[str]:
    ends = _VILLAGE_ENDS if unit.kind == VILLAGE else _COMMITTEE_ENDS if unit.kind == COMMITTEE else ()
    stem = _stem(unit)
    bare = [fold(a) for a in unit.aliases if ends and not any(fold(a).endswith(e) for e in ends)]
    return [s + end for s in (stem, *bare) if s for end in ends]


def _unique(pairs: Iterable[tuple[str, U]]) -> dict[str, U]:
    """Words that name one unit only; a word two units share (老街 of 老街村 and 老街居委会) names neither."""
    owners: dict[str, list[U]] = {}
    for word, unit in pairs:
        if unit not in owners.setdefault(word, []):
            owners[word].append(unit)
    return {word: units[0] for word, units in owners.items() if len(units) == 1 and word}
