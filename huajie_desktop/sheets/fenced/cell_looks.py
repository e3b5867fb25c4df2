"""Which cells look unlike the others: struck through, or in a colour that means something. Runs in the reader process."""

import re
from collections import Counter

_XF = re.compile(rb"<(?:\w+:)?xf\s([^>]*?)/?>")
_FONT = re.compile(rb"<(?:\w+:)?font(?:\s[^>]*)?(?:/>|>(.*?)</(?:\w+:)?font>)", re.DOTALL)
_FILL = re.compile(rb"<(?:\w+:)?fill(?:\s[^>]*)?(?:/>|>(.*?)</(?:\w+:)?fill>)", re.DOTALL)
_CELL_XFS = re.compile(rb"<(?:\w+:)?cellXfs.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_FONTS = re.compile(rb"<(?:\w+:)?fonts[\s>].*?</(?:\w+:)?fonts>", re.DOTALL)
_FILLS = re.compile(rb"<(?:\w+:)?fills[\s>].*?</(?:\w+:)?fills>", re.DOTALL)
_STRIKE = re.compile(rb"<(?:\w+:)?strike(?:\s+val=\"(?:1|true)\")?\s*/>")
_RGB = re.compile(rb"<(?:\w+:)?(color|fgColor)\s[^>]*rgb=\"([0-9A-Fa-f]{8})\"")
_ID = re.compile(rb"(fontId|fillId)=\"(\d+)\"")
STYLED = re.compile(rb"<(?:\w+:)?c\s[^>]*?r=\"([A-Z]{1,3})(\d{1,7})\"[^>]*?\ss=\"(\d{1,5})\"[^>]*?>")
_SHARE, _FEWEST, MOST = 0.1, 3, 500  # a look of more cells than that marks nothing; cells told at most
STRUCK = "删除线"


def looks_of(styles: bytes) -> dict[int, str]:
    """Words for the cell styles that stand out: struck through, a coloured font, a coloured ground; by number."""
    fonts = [_font_words(found[1] or b"") for found in _FONT.finditer(_part(_FONTS, styles))]
    fills = [_fill_words(found[1] or b"") for found in _FILL.finditer(_part(_FILLS, styles))]
    found: dict[int, str] = {}
    for number, xf in enumerate(_XF.findall(_part(_CELL_XFS, styles))):
        ids = {name: int(value) for name, value in _ID.findall(xf)}
        font, fill = ids.get(b"fontId", 0), ids.get(b"fillId", 0)
        words = [*(fonts[font] if font < len(fonts) else []), *(fills[fill] if fill < len(fills) else [])]
        if words:
            found[number] = "、".join(words)
    return found


def unusual(cells: list[tuple[int, int, int]], looks: dict[int, str], total: int) -> dict[tuple[int, int], str]:
    """Of cells (row, column, style) those whose look few share; `total` is how many cells there are."""
    counts = Counter(style for _row, _column, style in cells)
    few = max(_FEWEST, int(total * _SHARE))
    picked = [(row, column, looks[style]) for row, column, style in cells if counts[style] <= few]
    return {(row, column): words for row, column, words in picked[:MOST]}


def colour_word(red: int, green: int, blue: int) -> str:
    """The name of a colour, "" for black, white and greys."""
    if max(red, green, blue) - min(red, green, blue) < 60:
        return ""
    if red > 170 and green > 150 and blue < 170:
        return "黄色"
    return max((red, "红色"), (green, "绿色"), (blue, "蓝色"))[1]


def _part(pattern: re.Pattern[bytes], styles: bytes) -> bytes:
    found = pattern.search(styles)
    return found[0] if found else b""


def _font_words(font: bytes) -> list[str]:
    words = [STRUCK] if _STRIKE.search(font) else []
    return words + [f"{name}字" for name in _colours(font, b"color")]


def _fill_words(fill: bytes) -> list[str]:
    return [f"{name}底" for name in _colours(fill, b"fgColor")] if b"solid" in fill else []


def _colours(text: bytes, tag: bytes) -> list[str]:
    names = (colour_word(*bytes.fromhex(value[2:].decode())) for found, value in _RGB.findall(text) if found == tag)
    return [name for name in names if name]
