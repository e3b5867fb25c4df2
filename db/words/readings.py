"""How Chinese characters are read: with which letters they begin, and where they stand in the order of the dictionary."""

from functools import cache
from itertools import combinations
from string import ascii_lowercase
from typing import NamedTuple

from resources import path

# How surnames are read where the character alone is read otherwise.
SURNAMES = {
    "单": "shan4", "曾": "zeng1", "仇": "qiu2", "解": "xie4", "朴": "piao2", "查": "zha1", "区": "ou1", "盖": "ge3",
    "翟": "zhai2", "乐": "yue4", "任": "ren2", "华": "hua4", "纪": "ji3", "宁": "ning4", "燕": "yan1", "那": "na1",
    "葛": "ge3", "缪": "miao4", "洗": "xian3", "种": "chong2", "员": "yun4", "召": "shao4", "折": "she2", "繁": "po2",
    "秘": "bi4", "祭": "zhai4", "覃": "qin2", "哈": "ha3", "过": "guo1", "薄": "bo2", "都": "du1", "卜": "bu3",
    "句": "gou1", "黑": "he4", "相": "xiang4", "干": "gan1", "几": "ji1", "尉迟": "yu4 chi2", "万俟": "mo4 qi2",
    "长孙": "zhang3 sun1", "澹台": "tan2 tai2", "令狐": "ling2 hu2",
}  # fmt: skip
_FIRST_SYMBOL = 0xE000  # of the private use area; a symbol means several letters at once
_FIRST_PLACE = 0x3400  # behind what is no Chinese character; the places end before all of these do
SETS = (*map("".join, combinations(ascii_lowercase, 2)), *map("".join, combinations(ascii_lowercase, 3)))
_SYMBOLS = {letters: chr(_FIRST_SYMBOL + place) for place, letters in enumerate(SETS)}  # kept in databases: never another one


class Readings(NamedTuple):
    """The shipped table, each character by its code point; what is no Chinese character is in none of it."""

    first: dict[int, str]  # the letter its usual reading begins with
    letters: dict[int, str]  # that letter, or the symbol for the letters all its readings begin with
    places: dict[int, int]  # what stands for it where texts are put into order
    further: dict[tuple[int, str], int]  # the same for a character in a reading that is not its usual one
    classes: dict[str, str]  # by letter, itself and all symbols that can mean it


@cache
def readings() -> Readings:
    """The table, read when the first Chinese character is met."""
    first: dict[int, str] = {}
    places: dict[int, int] = {}
    further: dict[tuple[int, str], int] = {}
    place = _FIRST_PLACE
    for line in path("readings.txt").read_text("utf-8").splitlines():
        syllable, usual, others = line.split("\t")
        codes = [*map(ord, usual)]
        first.update(dict.fromkeys(codes, syllable[0]))
        places.update(zip(codes, range(place, place + len(codes)), strict=True))
        place += len(codes)
        for character in others:
            further[ord(character), syllable] = place
            place += 1
    begun = {code: {first[code]} for code, _syllable in further}
    for code, syllable in further:
        begun[code].add(syllable[0])
    several = {code: "".join(sorted(found)[:3]) for code, found in begun.items() if len(found) > 1}
    symbols = {code: _SYMBOLS[found] for code, found in several.items()}
    classes = {
        one: one + "".join(_SYMBOLS[found] for found in sorted({*several.values()}) if one in found) for one in ascii_lowercase
    }
    return Readings(first, first | symbols, places, further, classes)


def surname(name: str) -> tuple[str, tuple[str, ...]]:
    """The surname a name begins with, where it is read in its own way, and its syllables; nothing for all others."""
    found = next((name[:length] for length in (2, 1) if name[:length] in SURNAMES), "")
    return found, tuple(SURNAMES.get(found, "").split())


class _Initials(dict[int, str]):
    """Letters by code point: Latin letters and digits as they are, Chinese characters by the table, all else nothing."""

    def __init__(self, *, all_readings: bool) -> None:
        super().__init__()
        self._all = all_readings

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if code < 128:
            found = character.lower() if character.isalnum() else ""
        else:
            table = readings()
            found = (table.letters if self._all else table.first).get(code, "")
        self[code] = found
        return found


_ONE, _ALL = _Initials(all_readings=False), _Initials(all_readings=True)


def initials(text: str) -> str:
    """The first letters of the characters' usual readings, Latin letters and digits as they are, all else dropped."""
    return text.translate(_ONE)


def letters(text: str) -> str:
    """The same with a symbol for every character whose readings begin with several letters."""
    return text.translate(_ALL)


def symbols(characters: str) -> str:
    """What stands for any of these characters among letters, each once."""
    return "".join({letters(character): None for character in characters})
