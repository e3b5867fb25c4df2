"""What a word nobody knows may have meant: names that hold it, sound so or share two characters; offered, never taken."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from db.words.searching import folded, nearest, search_text

_MOST, _LONGEST = 3, 24  # names that are offered; characters of a word that may be a name


def perhaps(text: str, names: Iterable[str], also: Mapping[str, Iterable[str]] | None = None) -> str:
    """The question whether one of these names was meant, to stand behind a fault; "" where none is near.

    `also` are further words by which a name is known.
    """
    words = tuple((name, tuple((also or {}).get(name, ()))) for name in dict.fromkeys(names))
    found = near_names(" ".join(text.split()), words)
    return f"，是不是{'或'.join(f'“{name}”' for name in found)}？" if found else ""


@lru_cache(256)
def near_names(text: str, words: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[str, ...]:
    """Of names, each with what else it is called, at most three that may be meant, the nearest first."""
    if text.isascii() or not 1 < len(text) <= _LONGEST:
        return ()
    hits = nearest([search_text(name, *also) for name, also in words], text)
    if not hits:
        word = folded(text)
        pairs = {word[place : place + 2] for place in range(len(word) - 1)}
        shared = [name for name, also in words if any(pair in folded(said) for said in (name, *also) for pair in pairs)]
        return tuple(shared) if len(shared) <= _MOST else ()
    return tuple(words[hit.place][0] for hit in hits[:_MOST])
