"""Words as they are spoken: an input method writes 你寨 for 倪宅, and fingers type nizhai; both are the syllables ni and zhai.

A word becomes runs of places, each the characters that may stand there, so that what is looked through needs no text of its own.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from functools import cache, lru_cache
from itertools import islice
from typing import NamedTuple

from resources import path

_INITIALS = frozenset([*"bpmfdtnlgkhjqxrzcsyw", "zh", "ch", "sh"])  # what a syllable may be shortened to inside a word
_FORGIVEN_BEFORE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_FORGIVEN_BEHIND = (("ang", "an"), ("eng", "en"), ("ing", "in"))
_LATIN = re.compile("[a-z]")
_VOWELS = frozenset("aeiouv")
_ALSO_TYPED = {"lue": "lve", "nue": "nve"}
_LOOKED_AT, _MOST = 48, 6  # ways to part what was typed into syllables: tried, and kept, those with the fewest shortened
_LONGEST = 40  # characters of a word that is listened to


class Ear(IntEnum):
    """How a word is looked for, the nearest first."""

    LETTER = 0  # as it is written, or by its first letters
    SYLLABLE = 1  # by whole syllables, tones aside
    BEGUN = 2  # some syllables of letters shortened to how they begin: nzhai, nizh
    ALIKE = 3  # whole syllables, n and l, s and sh, c and ch, z and zh, an and ang, en and eng, in and ing not told apart


class _Sounds(NamedTuple):
    """The shipped readings without tones."""

    of: dict[str, tuple[str, ...]]  # by character
    said: dict[str, str]  # by syllable, the characters that can be read so


@cache
def _sounds() -> _Sounds:
    """Read when something is first looked for by its sound."""
    said: dict[str, str] = {}
    of: dict[str, tuple[str, ...]] = {}
    for line in path("readings.txt").read_text("utf-8").splitlines():
        syllable, usual, others = line.split("\t")
        bare = syllable[:-1]
        if not _VOWELS.intersection(bare):  # 嗯, 呣: nobody types these
            continue
        said[bare] = said.get(bare, "") + usual + others
        of.update(dict.fromkeys(usual, (bare,)))
    for bare, characters in said.items():
        for character in characters:
            if bare not in (known := of.get(character, ())):
                of[character] = (*known, bare)
    return _Sounds(of, said)


def read_so() -> Mapping[str, str]:
    """By syllable, tones aside, the characters that can be read so."""
    return _sounds().said


def syllables(character: str) -> tuple[str, ...]:
    """How a character is read, without tones; what is none is itself."""
    return _sounds().of.get(character, (character,))


def sound_alike(one: str, other: str, *, forgiving: bool = False) -> bool:
    """Whether two texts can be spoken the same, character by character, tones aside."""
    return len(one) == len(other) and all(
        a == b or not _told(a, forgiving=forgiving).isdisjoint(_told(b, forgiving=forgiving))
        for a, b in zip(one, other, strict=True)
    )


def _told(character: str, *, forgiving: bool) -> frozenset[str]:
    said = syllables(character)
    return frozenset(map(_loose, said) if forgiving else said)


@lru_cache(1024)
def _loose(syllable: str) -> str:
    """A syllable as those hear it who do not tell the usual pairs apart."""
    for begun, heard in _FORGIVEN_BEFORE:
        if syllable.startswith(begun):
            syllable = heard + syllable.removeprefix(begun)
            break
    end = next(((end, heard) for end, heard in _FORGIVEN_BEHIND if syllable.endswith(end)), ("", ""))
    return syllable.removesuffix(end[0]) + end[1]


@cache
def _alike() -> dict[str, str]:
    """The characters of all syllables that are heard as one, by how they are heard."""
    found: dict[str, str] = {}
    for syllable, characters in _sounds().said.items():
        heard = _loose(syllable)
        found[heard] = found.get(heard, "") + characters
    return found


@lru_cache(64)
def by_sound(word: str, ear: Ear) -> tuple[tuple[str, ...], ...]:
    """The runs of places a folded word may be spoken as; nothing where it has no sound beyond its letters."""
    if (
        ear is Ear.LETTER
        or (ear is Ear.BEGUN and not _LATIN.search(word))
        or not 1 < len(word) + (not word.isascii()) <= _LONGEST
        or not any(map(str.isalpha, word))
    ):
        return ()
    runs: list[tuple[str, ...]] = [()]
    for piece, latin in _pieces(word):
        further = [*_parted(piece, ear)] if latin else [tuple(_characters(sign, ear) for sign in piece)]
        runs = [run + more for run in runs for more in further][:_MOST]
    return tuple(runs)


def ears(words: Sequence[str]) -> list[Ear]:
    """The ears worth listening with for all of these folded words, the nearest first; none for no words."""
    further = [ear for ear in Ear if any(by_sound(word, ear) for word in words)]
    return [Ear.LETTER, *further] if words else []


def _pieces(word: str) -> Iterator[tuple[str, bool]]:
    """A word in pieces of small Latin letters and of all else."""
    begun, latin = 0, False
    for place, sign in enumerate(word):
        now = "a" <= sign <= "z" or (sign == "'" and latin)
        if now != latin:
            if place > begun:
                yield word[begun:place], latin
            begun, latin = place, now
    yield word[begun:], latin


def _characters(sign: str, ear: Ear) -> str:
    """What may stand for a character."""
    said = syllables(sign)
    if said == (sign,):
        return sign
    return _all_of(said, ear)


def _all_of(said: Iterable[str], ear: Ear) -> str:
    if ear is Ear.ALIKE:
        return "".join(_alike()[heard] for heard in dict.fromkeys(map(_loose, said)))
    return "".join(_sounds().said[syllable] for syllable in said)


def _parted(letters: str, ear: Ear) -> Iterable[tuple[str, ...]]:
    """The ways to read letters as syllables; where begun ones are listened for some of them, but never all, are but initials."""
    said = _sounds().said
    ways = [way for way in islice(_ways(letters, ear), _LOOKED_AT) if not all(map(_VOWELS.isdisjoint, way))]
    ways.sort(key=lambda way: (sum(part not in said for part in way), len(way)))
    for way in ways[:_MOST]:
        yield tuple(_spelled(part, ear, last=place == len(way)) for place, part in enumerate(way, 1))


def _ways(letters: str, ear: Ear) -> Iterator[tuple[str, ...]]:
    if "'" in letters:  # xi'an
        part, _, rest = letters.partition("'")
        yield from (begun + more for begun in _ways(part, ear) for more in _ways(rest, ear))
        return
    said, shortened = _sounds().said, ear is Ear.BEGUN
    for length in range(min(6, len(letters)), 0, -1):
        part, rest = letters[:length], letters[length:]
        whole = _ALSO_TYPED.get(part, part) in said
        if not rest and (whole or (shortened and _begun(part))):
            yield (part,)
        elif rest and (whole or (shortened and part in _INITIALS)):
            yield from ((part, *more) for more in _ways(rest, ear))


@lru_cache(512)
def _begun(part: str) -> tuple[str, ...]:
    """The syllables that begin so."""
    return tuple(syllable for syllable in _sounds().said if syllable.startswith(part))


def _spelled(part: str, ear: Ear, *, last: bool) -> str:
    part = _ALSO_TYPED.get(part, part)
    begun = ear is Ear.BEGUN and (last or part not in _sounds().said)
    return _all_of(_begun(part) if begun else (part,), ear)
