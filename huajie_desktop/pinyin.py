"""Pinyin initials for searching: 倪宅 -> nz; surnames are read as surnames."""

import os

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


class _Initials(dict[int, str]):
    """Initials by code point, each looked up when first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character.isascii():
            initial = character.lower() if character.isalnum() else ""
        else:
            initial = _reading(character)[:1] if character >= "㐀" else ""
        self[code] = initial
        return initial


_INITIALS = _Initials()


def initials(text: str, *, name: bool = False) -> str:
    """The first letters of the characters' readings, Latin letters and digits as they are, all else dropped.

    With `name` the first character is read as a surname.
    """
    if name and text[:1] in SURNAMES:
        return SURNAMES[text[0]] + text[1:].translate(_INITIALS)
    return text.translate(_INITIALS)


def search_text(*words: str | None, name: bool = False) -> str:
    """What a search looks through: the words in lower case and their initials."""
    kept = [word for word in words if word]
    return " ".join([*(word.lower() for word in kept), *(initials(word, name=name) for word in kept)])


def _reading(character: str) -> str:
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # single characters are enough, and load five times faster
    from pypinyin import Style, lazy_pinyin  # not needed before something is saved or searched

    found: list[str] = lazy_pinyin(character, style=Style.NORMAL, errors="ignore")
    return found[0] if found else ""
