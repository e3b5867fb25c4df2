"""Pinyin initials for searching: 倪宅 -> nz; surnames are read as surnames."""

import os
from functools import cache

# Readings of surnames that single characters do not have; the general table would say d, z, q, x, ….
SURNAMES = {
    "单": "s",
    "曾": "z",
    "仇": "q",
    "解": "x",
    "朴": "p",
    "查": "z",
    "区": "o",
    "盖": "g",
    "翟": "z",
    "尉": "y",
    "乐": "y",
    "任": "r",
}


def initials(text: str, *, name: bool = False) -> str:
    """The first letters of the characters' readings, Latin letters and digits as they are, all else dropped.

    With `name` the first character is read as a surname.
    """
    if name and text[:1] in SURNAMES:
        return SURNAMES[text[0]] + initials(text[1:])
    return "".join(map(_initial, text))


def search_text(*words: str | None, name: bool = False) -> str:
    """What a search looks through: the words in lower case and their initials."""
    kept = [word for word in words if word]
    return " ".join([*(word.lower() for word in kept), *(initials(word, name=name) for word in kept)])


@cache
def _initial(character: str) -> str:
    if character.isascii():
        return character.lower() if character.isalnum() else ""
    return str(_reading(character))[:1] if character >= "㐀" else ""


def _reading(character: str) -> str:
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # single characters are enough, and load five times faster
    from pypinyin import Style, lazy_pinyin  # not needed before something is saved or searched

    return lazy_pinyin(character, style=Style.NORMAL, errors="ignore")[0] if lazy_pinyin(character, errors="ignore") else ""
