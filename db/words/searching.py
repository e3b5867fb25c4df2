"""Looking for words: what a record is found by, what was typed made comparable with it, and whether the one holds the other.

Kept is the record's words, folded, and behind them their letters (see `readings`): `倪宅村 nzc`. Looked for is every word
typed, by its characters or by the letters they begin with, whichever of their readings was meant; and where that finds too
little, by how it is spoken (`sounding`).
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from db.words.readings import letters, readings
from db.words.sounding import Ear, by_sound, ears
from resources import path

_GAPS = [chr(code) for code in range(0x3001) if chr(code).isspace()] + [*"\0\u200b\u200c\u200d\u2060\ufeff"]
_ALIKE = {
    **dict.fromkeys(map(ord, "[{〔【〖「『〈《"), "("),
    **dict.fromkeys(map(ord, "]}〕】〗」』〉》"), ")"),
    **dict.fromkeys(map(ord, _GAPS), ""),
    **dict.fromkeys(map(ord, "‐‑–—―−"), "-"),
}
_UNSEEN = ("Cc", "Cf", "Cs")  # categories of controls, directions, halves of a character
LONGEST = 200  # characters of a word; no more is kept of one


@cache
def plain() -> dict[int, str]:
    """Traditional characters as simplified ones, marks as those that are typed for them, white space as nothing."""
    pairs = path("simplified.txt").read_text("utf-8").splitlines()
    return {ord(pair[0]): pair[1] for pair in pairs} | _ALIKE


@lru_cache(4096)
def folded(text: str) -> str:
    """A text as it is compared in searching: lower case, half width, simplified, without white space and signs nobody sees."""
    if text.isascii() and text.isalnum():
        return text.lower()
    found = unicodedata.normalize("NFKC", text).lower().translate(plain())
    return found if found.isprintable() else "".join(sign for sign in found if unicodedata.category(sign) not in _UNSEEN)


def search_text(*words: str | None) -> str:
    """What a search looks through: the words, folded, and their letters; the first word stands first."""
    kept = [word for word in words if word]
    return " ".join([*map(folded, kept), *(letters(_width(word)) for word in kept)])


def _width(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def words_of(typed: str) -> list[str]:
    """The words of what was typed, folded; all of them must be there."""
    return [word for part in typed.split() if (word := folded(part))]


@lru_cache(64)
def by_letters(word: str) -> tuple[str, ...]:
    """For each place of a word what may stand there in letters; nothing where the word is not of letters."""
    if not (word.isascii() and word.isalnum() and any(map(str.isalpha, word))):
        return ()
    classes = readings().classes
    return tuple(classes.get(one, one) for one in word)


def nearness(text: str, typed: str, ear: Ear = Ear.LETTER) -> int | None:
    """How near a text of `search_text` is to what was typed: 0 one of its words (or their letters) as a whole, 1 the beginning
    of one, 2 somewhere in it; None where it is not there."""
    return _near(text, words_of(typed), ear)


def _near(text: str, words: Sequence[str], ear: Ear) -> int | None:
    for word in words:
        if not _pattern(word, ear).search(text):
            return None
    if not words:
        return 0
    found = _pattern("".join(words), ear, begins=True).search(text)
    return 2 if found is None else 0 if found[1] is not None else 1


def holds(text: str, typed: str, ear: Ear = Ear.LETTER) -> bool:
    """Whether a text of `search_text` holds everything that was typed; nothing typed is in all."""
    return nearness(text, typed, ear) is not None


def ear_for(texts: Sequence[str], typed: str) -> Ear:
    """How to listen for what was typed so that some of those texts hold it: as written where any does, or where none helps."""
    able = ears(words_of(typed))
    return next((ear for ear in able if any(holds(text, typed, ear) for text in texts)), Ear.LETTER)


class Hit(NamedTuple):
    """One of the texts that were looked through: its place among them, how it was found, and how near it is."""

    ear: Ear
    near: int
    place: int


def nearest(texts: Sequence[str], typed: str) -> list[Hit]:
    """Those texts of `search_text` that hold what was typed, the nearest first.

    Behind those written so stand those spoken so; syllables that are shortened or only alike count where nothing else does.
    """
    words, hits = words_of(typed), list[Hit]()
    for ear in ears(words) or (Ear.LETTER,):
        if hits and (ear > Ear.SYLLABLE or _is_short(words)):
            break
        there = {hit.place for hit in hits}
        rows = (
            (near, place)
            for place, text in enumerate(texts)
            if place not in there and (near := _near(text, words, ear)) is not None
        )
        hits += [Hit(ear, near, place) for near, place in sorted(rows)]
    return hits


def _is_short(words: Sequence[str]) -> bool:
    """Whether one Chinese character was typed: half the names are spoken with some syllable."""
    return len(words) == 1 == len(words[0])


def expression(run: Sequence[str]) -> str:
    """A regular expression for places where one of several characters may stand each, in the dialect of every engine."""
    return "".join(f"[{place if len(place) > 1 else re.escape(place)}]" for place in run)


@lru_cache(256)
def _pattern(word: str, ear: Ear, *, begins: bool = False) -> re.Pattern[str]:
    said = [re.escape(word), *filter(None, ["".join(f"[{place}]" for place in by_letters(word))])]
    said += map(expression, by_sound(word, ear))
    one = "|".join(said)
    return re.compile(f"(?:^| )(?:{one})( |$)?" if begins else one)
