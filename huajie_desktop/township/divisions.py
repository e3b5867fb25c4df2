"""The divisions of the country as they come with the program: townships found by name or sound, and the villages of each."""

import lzma
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from db.words.searching import expression, words_of
from db.words.sounding import Ear, by_sound
from huajie_desktop.township.spelt import Spelling, may_be_spelt
from resources import path

AS_OF = 2023  # the year whose divisions they are
_DIGITS = 9  # of a township's code; those above have 2, 4 and 6
# what stands between a province and its counties for the count alone
_SILENT = re.compile(r"市辖区|县|省直辖县级行政区划|自治区直辖县级行政区划")
_OFFICE = re.compile("(?:人民政府|办事处)$")  # what a township's office writes behind its name
_ENDINGS = ("街道办事处", "街道", "镇", "乡")
_EXACT, _BEGINS, _WITHIN, _ABOVE = range(4)  # how near a township is to a word that was typed


class Division(NamedTuple):
    """A township: its nine digits, its name, and what it lies in, the province first.

    `by_sound`: it was looked for, and is not called so, but sounds so.
    """

    code: str
    name: str
    above: tuple[str, ...]
    by_sound: bool = False

    @property
    def where(self) -> str:
        """浙江省金华市永康市."""
        return "".join(self.above)


class Village(NamedTuple):
    """A village or residents' committee: its twelve digits and its official name."""

    code: str
    official: str


class Divisions:
    """All of them down to the townships, held for looking through; villages are read for one township at a time."""

    def __init__(self) -> None:
        lines = _unpacked("levels").split("\n")
        self._codes = [line.partition("\t")[0] for line in lines]
        self._names = [line.partition("\t")[2] for line in lines]
        self._text = "\n".join(["", *self._names, ""])
        self._starts, place = list[int](), 1
        for name in self._names:
            self._starts.append(place)
            place += len(name) + 1
        self._spelling = Spelling(self._text)

    def find(self, typed: str, most: int = 60) -> list[Division]:
        """The townships that every word of what was typed names, or something they lie in, the nearest first.

        Names may stand without a gap (韶山清溪镇); where nothing is called so, what sounds so is told.
        """
        words = words_of(_OFFICE.sub("", typed.strip()))
        word = "".join(words)
        near = self._all_near(words) or ({} if word.isascii() else self._together(word))
        if len(words) > 1 and may_be_spelt(word):  # qing xi
            near |= {place: found - _ABOVE for place, found in self._near(word).items()}
        ear = Ear.LETTER
        for further in (Ear.SYLLABLE, Ear.ALIKE):
            if words and not near:
                near, ear = self._all_near(words, further), further
        return [
            self._division(place, by_sound=ear > Ear.LETTER)
            for place in sorted(near, key=lambda place: (near[place], place))[:most]
        ]

    def township(self, code: str) -> Division | None:
        """The township of that code, or of a code of twelve digits below or beside it; None where there is none."""
        place = bisect_left(self._codes, code[:_DIGITS])
        known = len(code) >= _DIGITS and place < len(self._codes) and self._codes[place] == code[:_DIGITS]
        return self._division(place) if known else None

    def called(self, name: str) -> list[Division]:
        """The townships of exactly that name."""
        return [self._division(place) for place, other in enumerate(self._names) if other == name and self._is_township(place)]

    def _all_near(self, words: Sequence[str], ear: Ear = Ear.LETTER) -> dict[int, int]:
        """By place in the list what each of those words is near to, and how near it is."""
        nearness: dict[int, int] | None = None
        for word in words:
            other = self._near(word, ear)
            nearness = other if nearness is None else {at: min(near, other[at]) for at, near in nearness.items() if at in other}
        return nearness or {}

    def _together(self, word: str) -> dict[int, int]:
        """The same of names that stand without a gap, the township last."""
        for cut in range(2, len(word) - 1):
            if near := self._near(word[cut:]):
                above = self._near(word[:cut]) or self._together(word[:cut])
                if both := {place: found for place, found in near.items() if place in above}:
                    return both
        return {}

    def _near(self, word: str, ear: Ear = Ear.LETTER) -> dict[int, int]:
        """By place in the list the townships a word names, or that lie in what it names, and how near each is."""
        found: dict[int, int] = {}
        for place, near in self._hits(word, ear):
            if self._is_township(place):
                found[place] = min(near, found.get(place, near))
            else:
                for below in range(place + 1, bisect_left(self._codes, self._codes[place] + "~")):
                    if self._is_township(below):
                        found.setdefault(below, _ABOVE)
        return found

    def _hits(self, word: str, ear: Ear) -> Iterable[tuple[int, int]]:
        """What is called so, and how nearly."""
        if ear is Ear.LETTER and may_be_spelt(word):
            whole, anyhow = map(self._begun_by, self._spelling.patterns(word))
            exactly = [self._hit(match.start() + 1, match.end()) for match in whole]
            return [*exactly, *((self._hit(match.start() + 1, match.end())[0], _WITHIN) for match in anyhow)]
        said = "|".join(map(expression, by_sound(word, ear))) if ear else re.escape(word)
        return [self._hit(match.start(), match.end()) for match in re.finditer(said, self._text)] if said else []

    def _begun_by(self, spelt: str) -> Iterable[re.Match[str]]:
        """Where names begin so."""
        return re.finditer(f"\n(?:{spelt})", self._text) if spelt else ()

    def _hit(self, start: int, end: int) -> tuple[int, int]:
        place = bisect_left(self._starts, start + 1) - 1
        begun = self._starts[place]
        whole = self._text[end : begun + len(self._names[place])] in ("", *_ENDINGS)
        return place, _WITHIN if start > begun else _EXACT if whole else _BEGINS

    def _is_township(self, place: int) -> bool:
        return len(self._codes[place]) == _DIGITS

    def _division(self, place: int, *, by_sound: bool = False) -> Division:
        code = self._codes[place]
        above = [self._names[bisect_left(self._codes, code[:digits])] for digits in (2, 4, 6)]
        return Division(
            code, self._names[place], tuple(dict.fromkeys(name for name in above if not _SILENT.fullmatch(name))), by_sound
        )


@cache
def divisions() -> Divisions:
    """All of them, read when they are first asked for."""
    return Divisions()


@lru_cache(4)
def villages_of(code: str) -> Sequence[Village]:
    """The villages and committees of a township in the order of their codes; none where the code is not known."""
    file = path(f"divisions/{code[:2]}.xz")
    if len(code) != _DIGITS or not code.isdigit() or not file.exists():
        return ()
    _before, _, after = f"\n{_unpacked(code[:2])}".partition(f"\n{code}\n")
    found = []
    for line in after.split("\n"):
        digits, tab, official = line.partition("\t")
        if not tab:
            break
        found.append(Village(code + digits, official))
    return tuple(found)


def _unpacked(name: str) -> str:
    return lzma.decompress(path(f"divisions/{name}.xz").read_bytes()).decode()
