"""Pinyin initials for searching: 倪宅 -> nz; surnames are read as surnames."""

from resources import path

# Readings of surnames that single characters do not have; the general table would say d, z, q, x, ….
SURNAMES = {
    "单": "s", "曾": "z", "仇": "q", "解": "x", "朴": "p", "查": "z", "区": "o",
    "盖": "g", "翟": "z", "尉": "y", "乐": "y", "任": "r",
}  # fmt: skip


class _Initials(dict[int, str]):
    """Initials by code point: Latin letters and digits as they are, Han characters by the shipped table, all else nothing.

    The table is read when the first Han character is met; it takes 3 ms, the library it was made with 60.
    """

    def __missing__(self, code: int) -> str:
        if code > 127 and ord("中") not in self:
            for line in path("initials.txt").read_text("utf-8").splitlines():
                self.update(dict.fromkeys(map(ord, line[1:]), line[0]))
            if code in self:
                return self[code]
        character = chr(code)
        self[code] = character.lower() if code < 128 and character.isalnum() else ""
        return self[code]


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
