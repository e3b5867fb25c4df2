"""Names found by how they are read: letters that were typed, as the beginning of a name, by syllables, initials or a mixture.

清溪 is found by qingxi, qx, qingx and qxi, whichever of a character's readings was meant.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from db.words.sounding import read_so

_LONGEST = 24  # letters looked at
_WAYS = 48  # to part them into syllables
_INITIALS = frozenset(("zh", "ch", "sh"))


class Spelling:
    """How some characters are read, as regular expressions for what letters may spell among them."""

    def __init__(self, characters: Iterable[str]) -> None:
        used = frozenset(characters)
        self._said: dict[str, str] = {}  # by syllable the characters read so
        self._begun: dict[str, str] = {}  # and by each beginning of one
        for syllable, characters in read_so().items():
            if among := "".join(used.intersection(characters)):
                self._said[syllable] = among
                for end in range(1, len(syllable) + 1):
                    self._begun[syllable[:end]] = self._begun.get(syllable[:end], "") + among

    def patterns(self, typed: str) -> tuple[str, str]:
        """Expressions for what the letters spell: in whole syllables, and in any way; "" where they spell nothing."""
        ways = list(islice(self._ways(typed.lower()[:_LONGEST].replace("ü", "v")), _WAYS))
        whole = [tuple(self._said[piece] for piece in way) for way in ways if self._said.keys() >= {*way}]
        anyhow = [(*(self._said.get(piece) or self._begun[piece] for piece in way[:-1]), self._begun[way[-1]]) for way in ways]
        return _expression(whole), _expression(anyhow)

    def _ways(self, typed: str) -> Iterator[tuple[str, ...]]:
        """How letters part into syllables and initials, long pieces first; the last may be any beginning of a syllable."""
        if typed in self._begun:
            yield (typed,)
        for end in range(min(6, len(typed) - 1), 0, -1):
            head = typed[:end]
            if head in self._said or head in _INITIALS or (end == 1 and head in self._begun):
                yield from ((head, *rest) for rest in self._ways(typed[end:]))


def _expression(ways: Iterable[tuple[str, ...]]) -> str:
    """Alternatives by what they begin with, so that each character is looked at but a few times."""
    by_head: dict[str, list[tuple[str, ...]]] = {}
    for head, *rest in ways:
        by_head.setdefault(head, []).append(tuple(rest))
    parts = [f"[{head}]" + ("" if () in rests else f"(?:{_expression(rests)})") for head, rests in by_head.items()]
    return "|".join(parts)


def may_be_spelt(typed: str) -> bool:
    """Whether a word is of Latin letters."""
    return re.fullmatch("[a-zA-ZüÜ]+", typed) is not None
