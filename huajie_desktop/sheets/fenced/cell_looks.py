"""What the styles of a workbook say of its cells: struck through, coloured, their number formats. Runs in the reader process."""

import html
import re
from collections import Counter

from huajie_desktop.sheets.fenced.number_formats import BUILT_IN, Look, look_of

_XF = re.compile(rb"<(?:\w+:)?xf\s([^>]*?)/?>")
_FONT = re.compile(rb"<(?:\w+:)?font(?:\s[^>]*)?(?:/>|>(.*?)</(?:\w+:)?font>)", re.DOTALL)
_FILL = re.compile(rb"<(?:\w+:)?fill(?:\s[^>]*)?(?:/>|>(.*?)</(?:\w+:)?fill>)", re.DOTALL)
_CELL_XFS = re.compile(rb"<(?:\w+:)?cellXfs.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_FONTS = re.compile(rb"<(?:\w+:)?fonts[\s>].*?</(?:\w+:)?fonts>", re.DOTALL)
_FILLS = re.compile(rb"<(?:\w+:)?fills[\s>].*?</(?:\w+:)?fills>", re.DOTALL)
_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\s([^>]*)>")
_CODE = re.compile(rb"formatCode=(?:\"([^\"]*)\"|'([^']*)')")
STRIKE = re.compile(rb"<(?:\w+:)?strike(?:\s+val=\"(?:1|true|on)\")?\s*/>")
_RGB = re.compile(rb"<(?:\w+:)?(color|fgColor)\s[^>]*rgb=\"([0-9A-Fa-f]{8})\"")
_ID = re.compile(rb"(fontId|fillId|numFmtId)=\"(\d+)\"")
_SHARE, _FEWEST, _MOST = 0.1, 3, 500  # a colour of more cells than that marks nothing; cells told at most


class Styles:
    """The cell styles that say something, by number: words for colours, those that are struck through, number formats."""

    def __init__(self) -> None:
        self.colours: dict[int, str] = {}
        self.struck: set[int] = set()
        self.formats: dict[int, Look] = {}

    def telling(self) -> set[int]:
        """The numbers of all of them."""
        return {*self.colours, *self.struck, *self.formats}


def styles_of(part: bytes) -> Styles:
    """What a styles.xml says."""
    found = Styles()
    fonts = dict(enumerate(font[1] or b"" for font in _FONT.finditer(_part(_FONTS, part))))
    fills = dict(enumerate(_fill_words(fill[1] or b"") for fill in _FILL.finditer(_part(_FILLS, part))))
    codes = {**BUILT_IN, **_codes(part)}
    for number, xf in enumerate(_XF.findall(_part(_CELL_XFS, part))):
        ids = {name: int(value) for name, value in _ID.findall(xf)}
        font = fonts.get(ids.get(b"fontId", 0), b"")
        if words := [f"{name}字" for name in _colours(font, b"color")] + fills.get(ids.get(b"fillId", 0), []):
            found.colours[number] = "、".join(words)
        if STRIKE.search(font):
            found.struck.add(number)
        if look := look_of(codes.get(ids.get(b"numFmtId", 0), "General")):
            found.formats[number] = look
    return found


def unusual(cells: list[tuple[int, int, int]], words: dict[int, str], total: int) -> dict[tuple[int, int], str]:
    """Of cells (row, column, style) those whose look few share; `total` is how many cells there are."""
    counts = Counter(style for _row, _column, style in cells)
    few = max(_FEWEST, int(total * _SHARE))
    picked = [(row, column, words[style]) for row, column, style in cells if counts[style] <= few]
    return {(row, column): said for row, column, said in picked[:_MOST]}


def colour_word(red: int, green: int, blue: int) -> str:
    """The name of a colour, "" for black, white and greys."""
    if max(red, green, blue) - min(red, green, blue) < 60:
        return ""
    if red > 170 and green > 150 and blue < 170:
        return "黄色"
    return max((red, "红色"), (green, "绿色"), (blue, "蓝色"))[1]


def _codes(part: bytes) -> dict[int, str]:
    """The formats a workbook declares, by number."""
    found = {}
    for attributes in _FORMAT.findall(part):
        number, code = _ID.search(attributes), _CODE.search(attributes)
        if number and code:
            found[int(number[2])] = html.unescape((code[1] or code[2] or b"").decode("utf-8", "replace"))
    return found


def _part(pattern: re.Pattern[bytes], styles: bytes) -> bytes:
    found = pattern.search(styles)
    return found[0] if found else b""


def _fill_words(fill: bytes) -> list[str]:
    return [f"{name}底" for name in _colours(fill, b"fgColor")] if b"solid" in fill else []


def _colours(text: bytes, tag: bytes) -> list[str]:
    names = (colour_word(*bytes.fromhex(value[2:].decode())) for found, value in _RGB.findall(text) if found == tag)
    return [name for name in names if name]
