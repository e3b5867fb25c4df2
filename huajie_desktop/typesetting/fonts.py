"""Which face draws which character, how wide, and what none can draw: the office's own, the shipped, any on this computer."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from enum import StrEnum
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from huajie_desktop.errors import Problem
from huajie_desktop.typesetting.face_fit import AS_IT_IS, Fit, fit_between
from huajie_desktop.typesetting.font_files import UNREADABLE, State, faces_at, font_folders, state_of
from resources import path

if TYPE_CHECKING:  # reportlab is loaded with the first face: the start of the program must not pay for it
    from reportlab.pdfbase.ttfonts import TTFont, TTFontFace


class Style(StrEnum):
    """A style of type an office knows; the value is the file of the shipped face that stands for it."""

    SONG = "NotoSerifSC-Regular"  # 宋体
    TITLE = "NotoSerifSC-Bold-8230"  # 小标宋 stand-in
    HEI = "NotoSansSC-Regular-gbk8105"  # 黑体
    KAI = "XiangzhenKai-8230"  # 楷体
    FANG = "FandolFang-Regular-tt"  # 仿宋

    __hash__ = str.__hash__  # an Enum's own runs in Python, and tables are asked by style for every line


class Face(NamedTuple):
    """One face of a TrueType file, called as the office knows it; `number` tells it in a collection (.ttc)."""

    name: str
    file: Path
    number: int = 0


SHIPPED = {
    Style.SONG: Face("思源宋体", path(f"fonts/{Style.SONG}.ttf")),
    Style.TITLE: Face("思源宋体粗体", path(f"fonts/{Style.TITLE}.ttf")),
    Style.HEI: Face("思源黑体", path(f"fonts/{Style.HEI}.ttf")),
    Style.KAI: Face("乡真楷", path(f"fonts/{Style.KAI}.ttf")),
    Style.FANG: Face("方多仿宋", path(f"fonts/{Style.FANG}.ttf")),
}
LIGHT = Face("思源宋体特细", path("fonts/NotoSerifSC-ExtraLight-13344.ttf"))  # what 仿宋 lacks, in strokes nearly as thin
# Where a style goes on looking for what its own face lacks: in the face that is nearest to it in weight first.
_NEAREST = {Style.FANG: (LIGHT, SHIPPED[Style.SONG]), Style.HEI: (SHIPPED[Style.TITLE], SHIPPED[Style.SONG])}
_ALL = (SHIPPED[Style.SONG], *SHIPPED.values(), LIGHT)
# What names of faces on this computer say of their strokes: those of 黑体 are all of one thickness.
_EVEN = ("黑", "hei", "sans", "gothic", "圆", "yahei", "雅黑")
_chosen: dict[Style, Face] = {}  # the office's own, set by choose_faces
_state: State | None = None  # the folders faces are looked for in, set by choose_faces; None: those of this computer
_QUOTES = "“”‘’"  # which the shipped 楷 has as narrow as in Latin text


class Glyph(NamedTuple):
    """How one character is drawn: in which face, how wide in em, and fitted to its neighbours how.

    Without a face it leaves no ink (zero width).
    """

    face: Face | None
    width: float
    fit: Fit = AS_IT_IS


class Missing(NamedTuple):
    """One character no face can draw, and the record it stands in."""

    record: str
    character: str

    def __str__(self) -> str:
        """倪宅村《坏字》承诺事项：“𠮷”（U+20BB7）."""
        return f"{' '.join(self.record.split())}：“{_show(self.character)}”（U+{ord(self.character):04X}）"


class MissingGlyphs(Problem):
    """Some text cannot be printed; `missing` names every record and character. Without `others` nothing was made."""

    def __init__(self, missing: Sequence[Missing], *, others: str = "") -> None:
        self.missing = tuple(missing)
        places = list(dict.fromkeys(map(str, missing)))  # a record that stands in several tables is one to mend
        lines = "\n".join(f"　　{place}" for place in places)
        hidden = any(not character.isprintable() for _record, character in missing)
        super().__init__(
            f"下列 {len(places)} 处有这台电脑上的字体都没有的字，打印出来会是空白或方框，"
            f"因此{others or '没有生成文件，数据没有改动'}：\n{lines}\n"
            "请在清单中改用规范字，或在电脑上装一款有这个字的字体（也可以把字体文件放进数据文件夹下的“fonts”文件夹），"
            "然后重新打印。" + ("不可见字符请把那一格的内容整个删去，再重新输入。" if hidden else "")
        )


def choose_faces(chosen: Mapping[Style, Face], state: State | None = None) -> None:
    """Draws each of those styles in that face from now on, character by character in others where it has none.

    What no shipped face has is looked for in the folders of `state`. Raises OSError or ValueError, and changes nothing, for a
    file that is gone or cannot be embedded.
    """
    global _state
    for face in chosen.values():
        load_face(face)
    _state = state
    _chosen.clear()
    _chosen.update(chosen)
    for known in (glyphs_of, widths_of, _is_drawable, _elsewhere):
        known.cache_clear()


def drawn_as(chosen: Mapping[Style, Face], state: State) -> bool:
    """Whether all is drawn so already."""
    return (_chosen, _state) == (chosen, state)


def face_of(style: Style) -> Face:
    """The face a style is drawn in."""
    return _chosen.get(style) or SHIPPED[style]


@cache
def load_face(face: Face) -> "TTFont":
    """The face as reportlab knows it, parsed once per process (30 to 60 ms each). Raises OSError, ValueError."""
    from reportlab import rl_config
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    rl_config.autoGenerateTTFMissingTTFName = 1  # old Chinese faces say their names in Chinese alone
    shipped = next((style.name for style, own in SHIPPED.items() if own == face), "")
    name = shipped or f"face-{crc32(str(face).encode()):x}"
    source = BytesIO(face.file.read_bytes())
    source.name = f"{name}.ttf"  # what a face without a Latin name is called in the file, which a Chinese name could not be
    try:
        loaded = TTFont(name, source, subfontIndex=face.number, asciiReadable=False, shapable=False)
    except TTFError as error:
        raise ValueError(str(error)) from error
    loaded.face.get_table = partial(_table, loaded.face, type(loaded.face).get_table)
    registerFont(loaded)
    return loaded


class _Outlines:
    """The outlines of a face, of which each file needs a few: a slice of them is cut out of the whole file of the face."""

    def __init__(self, data: bytes, start: int) -> None:
        self._data, self._start = data, start

    def __getitem__(self, part: slice) -> bytes:
        return self._data[self._start + part.start : self._start + part.stop]


def _table(face: "TTFontFace", usual: Callable[..., bytes], tag: str) -> bytes | _Outlines:
    """A table of a face; reportlab would copy the outlines whole, up to 15 MB, for every file that is made."""
    return _Outlines(face._ttf_data, face.get_table_pos(tag)[0]) if tag == "glyf" else usual(face, tag)


class GlyphTable(dict[str, Glyph]):
    """The glyphs of one style, filled as characters are asked for: its own face first, then the fallbacks."""

    def __init__(self, style: Style) -> None:
        super().__init__()
        self._style = style

    def __missing__(self, character: str) -> Glyph:
        glyph = self[character] = _find_glyph(self._style, character)
        return glyph


class WidthTable(dict[str, float]):
    """The widths of one style's characters in em; a plain dict look-up on the hot path."""

    def __init__(self, glyphs: GlyphTable) -> None:
        super().__init__()
        self._glyphs = glyphs

    def __missing__(self, character: str) -> float:
        width = self[character] = self._glyphs[character].width
        return width


@cache
def glyphs_of(style: Style) -> GlyphTable:
    """The table of glyphs of a style; asking it for a character no face has raises MissingGlyphs."""
    return GlyphTable(style)


@cache
def widths_of(style: Style) -> WidthTable:
    """The widths of a style's characters in em."""
    return WidthTable(glyphs_of(style))


def missing_characters(text: str) -> list[str]:
    """The characters of `text`, each once and in order, that no face draws or that are for private use."""
    return [character for character in dict.fromkeys(text) if not _is_drawable(character)]


def check_characters(texts: Iterable[tuple[str, str]]) -> None:
    """Raise MissingGlyphs naming every (record, character) among the (record, text) pairs that cannot be printed."""
    if missing := missing_in(texts):
        raise MissingGlyphs(missing)


def missing_in(texts: Iterable[tuple[str, str]]) -> list[Missing]:
    """Every (record, character) among the (record, text) pairs that cannot be printed."""
    texts = list(texts)
    unknown = {character for character in set("".join([text for _, text in texts])) if not _is_drawable(character)}
    if not unknown:
        return []
    return [Missing(record, c) for record, text in texts for c in dict.fromkeys(text) if c in unknown]


def _find_glyph(style: Style, character: str) -> Glyph:
    if _leaves_no_ink(character):
        return Glyph(None, 0.0)
    own = face_of(style)
    for face in _chain(style, character):
        if face is not None and _covers(face, character):
            font = load_face(face)
            fit = AS_IT_IS if face == own else fit_between(font, load_face(own), character)
            return Glyph(face, font.face.charWidths[ord(character)] / 1000, fit)
    raise MissingGlyphs([Missing("文书模板", character)])  # the content was checked before; only an edited wording is left


def _chain(style: Style, character: str) -> Iterator[Face | None]:
    if style in _chosen:
        yield _chosen[style]
    # Latin letters and digits in 仿宋 text are set in 宋: those of the shipped 仿宋 are heavy and sans-serif.
    if style is Style.FANG and character < "\u0100":
        yield face_of(Style.SONG)
    if style is Style.KAI and character in _QUOTES:
        yield SHIPPED[Style.FANG]
    yield SHIPPED[style]
    yield from _NEAREST.get(style, ())
    yield from _ALL
    yield _elsewhere(character, even=style is Style.HEI)


@cache
def _is_drawable(character: str) -> bool:
    if _leaves_no_ink(character) or character == "\n":
        return True
    # Private use (Co) and surrogates (Cs) would map to arbitrary glyphs, controls (Cc) to none.
    if unicodedata.category(character) in {"Co", "Cs", "Cc"}:
        return False
    known = any(_covers(face, character) for face in (*_chosen.values(), *_ALL))
    return known or _elsewhere(character) is not None


@cache
def _elsewhere(character: str, *, even: bool = False) -> Face | None:
    """A face on this computer that has what no shipped one has and may be embedded: rare names are printed, too.

    One whose strokes are all of one thickness is taken first for `even` text, else last; of several the first there is.
    """
    there = [found for found in faces_at(state_of(font_folders()) if _state is None else _state) if not found.refusal]
    for found in sorted(there, key=lambda one: any(word in name.casefold() for name in one.names for word in _EVEN) is not even):
        with suppress(*UNREADABLE):
            if found.tables.maps(character):
                face = Face(found.names[0], found.file, found.number)
                if _covers(face, character):
                    return face
    return None


def _leaves_no_ink(character: str) -> bool:
    """Joiners, marks of direction and variation selectors: nothing is lost when they are not drawn."""
    selector = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    return selector or unicodedata.category(character) == "Cf"


def _covers(source: Face, character: str) -> bool:
    """Whether a face has ink for it; an entry in the character map alone may point to an empty glyph."""
    face = load_face(source).face
    glyph = face.charToGlyph.get(ord(character))
    return bool(glyph) and (character.isspace() or face.glyphPos[glyph] != face.glyphPos[glyph + 1])


def _show(character: str) -> str:
    return character if character.isprintable() else "不可见字符"
