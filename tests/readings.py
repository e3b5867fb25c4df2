"""Makes `resources/readings.txt` anew from pypinyin: `python -m tests.readings`."""

from collections import Counter, defaultdict

from pypinyin import Style, pinyin
from pypinyin.contrib.tone_convert import to_tone3
from pypinyin.phrases_dict import phrases_dict

from db.words.readings import SURNAMES
from resources import path

_USUAL = {"长": "chang2"}  # what the library reads otherwise first


def readings_file() -> str:
    """The table as it must be shipped: a line for each syllable with the characters usually read so, and those that can be.

    All characters of GBK and of the 8105; a further reading is one that a word of the library has, of another syllable.
    """
    official = path("fonts/tongyong-8105.txt").read_text("utf-8")
    gbk = bytes(byte for high in range(0x81, 0xFF) for low in range(0x40, 0xFF) if low != 0x7F for byte in (high, low))
    usual, further = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    spoken = _spoken()
    for character in sorted({*official, *gbk.decode("gbk", "ignore")}, key=_by_use):
        known = pinyin(character, style=Style.TONE3, heteronym=True, errors="ignore", neutral_tone_with_five=True)
        known = [reading for reading in (known[0] if known else ()) if reading.isascii() and reading[0].isalpha()]
        if ord(character) <= 0x3400 or not known:
            continue
        main = _USUAL.get(character, known[0])
        usual[main].append(character)
        told = {main[:-1]}
        for reading, _count in spoken[character].most_common():
            if reading[:-1] not in told:
                told.add(reading[:-1])
                further[reading].append(character)
    for name, said in SURNAMES.items():
        for character, reading in zip(name, said.split(), strict=True):
            if character not in usual[reading] + further[reading]:
                further[reading].append(character)
    syllables = sorted({*usual, *further}, key=lambda said: (said[:-1].replace("v", "u!"), said[-1]))
    lines = (f"{said}\t{''.join(usual[said])}\t{''.join(further[said])}\n" for said in syllables if usual[said] or further[said])
    return "".join(lines)


def _spoken() -> defaultdict[str, Counter[str]]:
    found = defaultdict[str, Counter[str]](Counter)
    for phrase, said in phrases_dict.items():
        for character, (reading, *_) in zip(phrase, said, strict=False):
            tone = to_tone3(reading, neutral_tone_with_five=True)
            if tone.isascii() and tone[:1].isalpha():
                found[character][tone] += 1
    return found


def _by_use(character: str) -> tuple[bool, str]:
    """The 3,755 most used characters (the first level of GB 2312) before the others."""
    said = character.encode("gb2312", "ignore")
    return not (said and 0xB0 <= said[0] <= 0xD7), character


if __name__ == "__main__":
    path("readings.txt").write_text(readings_file(), "utf-8")
