"""Writes texts as the operators of a PDF file: which subset shows a character as which code, fitted to its neighbours."""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from huajie_desktop.typesetting.face_fit import AS_IT_IS, Fit
from huajie_desktop.typesetting.fonts import Style, glyphs_of, load_face
from huajie_desktop.typesetting.page import Text

if TYPE_CHECKING:  # reportlab is loaded with the first document
    from reportlab.pdfgen.canvas import Canvas

COLOURS = {False: "0 0 0", True: "0.89 0 0.07"}  # black, and the red of an official head
# Bytes that stand for themselves in a string of the file (ISO 32000-1, 7.3.4.2), a quarter of what their numbers would take.
_PLAIN = frozenset(range(128)) - set(b"()\\\r")
_AT = "1 0 0 1 %.2f %.2f Tm".__mod__  # a third faster than an f-string


class _Font(NamedTuple):
    """A font as it is selected: the name of the embedded subset, and how its characters are fitted to their neighbours."""

    name: str
    fit: Fit = AS_IT_IS


_NO_FONT = _Font("")  # of what leaves no ink
_Coded = tuple[_Font, str]  # in which font, as which escaped code


class _Shown(NamedTuple):
    """How words are shown: the font selected before the operators and what selects it, and the one selected when done."""

    first: _Font
    selecting: str
    operators: str
    last: _Font


class Ink:
    """Writes texts as PDF operators; knows for each character the embedded subset and code it got in this file."""

    def __init__(self, canvas: "Canvas") -> None:
        self._document = canvas._doc
        self._codes = {style: _Codes(self._code_of, style) for style in Style}
        self._fonts: dict[tuple[str, Fit], _Font] = {}
        self._known: dict[tuple[Any, ...], _Shown] = {}  # most words of one paper stand on the next one as well

    def texts(self, texts: Iterable[Text]) -> str:
        """The operators that show texts, one text object for all of them."""
        operators = ["BT"]
        spacing, selected, size, red = 0.0, _NO_FONT, 0.0, False
        for text in texts:
            first, selecting, shown, last = self._known.get(text[2:]) or self._shown(text)
            x, y, _style, own_size, _words, own_spacing, _kerns, own_red = text
            operators.append(_AT((x, y)))
            if own_red != red:
                red = own_red
                operators.append(f"{COLOURS[red]} rg")
            if own_spacing != spacing:
                spacing = own_spacing
                operators.append(f"{spacing:.4f} Tc")
            if first is not selected or own_size != size:
                operators.append(selecting)
            operators.append(shown)
            selected, size = last, own_size
        operators.append("ET" if not red else f"{COLOURS[False]} rg ET")
        return "\n".join(operators)

    def _shown(self, text: Text) -> _Shown:
        first = font = _NO_FONT
        operators = []
        for font, shown in self._runs(text):
            if first is _NO_FONT:
                first = font
            else:
                operators.append(_selected(font, text.size))
            operators.append(shown)
        found = self._known[text[2:]] = _Shown(first, _selected(first, text.size), "\n".join(operators), font)
        return found

    def _runs(self, text: Text) -> Iterator[tuple[_Font, str]]:
        """The text in runs of one font: the font and the operator that shows the run."""
        codes = list(map(self._codes[text.style].__getitem__, text.text))
        for at, kern in text.kerns:
            font, code = codes[at]
            codes[at] = font, _kerned(code, kern, text.size * font.fit.across)
        for font, run in groupby(codes, itemgetter(0)):
            shown = "".join([code for _, code in run])
            if font.fit is not AS_IT_IS:
                yield font, _fitted(shown, font.fit, text)
            elif font is not _NO_FONT:
                yield font, _array(shown) if text.kerns else f"({shown}) Tj"

    def _code_of(self, style: Style, character: str) -> _Coded:
        glyph = glyphs_of(style)[character]
        if glyph.face is None:
            return _NO_FONT, ""
        font = load_face(glyph.face)
        [(subset, code)] = font.splitString(character, self._document)
        name = font.getSubsetInternalName(subset, self._document).removeprefix("/")
        escaped = "".join(chr(byte) if byte in _PLAIN else f"\\{byte:03o}" for byte in code)
        if glyph.fit is not AS_IT_IS:  # what a narrower character takes up less is left at both sides
            away = -500 * (1 - glyph.fit.across) * glyph.width / glyph.fit.across
            escaped = f") {away:.1f} ({escaped}) {away:.1f} ("
        return self._fonts.setdefault((name, glyph.fit), _Font(name, glyph.fit)), escaped


class _Codes(dict[str, _Coded]):
    """One style's characters: the font and the escaped code, found when first met."""

    def __init__(self, find: Callable[[Style, str], _Coded], style: Style) -> None:
        super().__init__()
        self._find, self._style = find, style

    def __missing__(self, character: str) -> _Coded:
        found = self[character] = self._find(self._style, character)
        return found


def _selected(font: _Font, size: float) -> str:
    """The operator that selects a font; nothing for words that leave no ink."""
    return f"/{font.name} {_number(size * font.fit.up)} Tf" if font is not _NO_FONT else ""


@lru_cache(maxsize=512)  # few sizes, selected again and again
def _number(value: float) -> str:
    return f"{value:g}"


def _fitted(shown: str, fit: Fit, text: Text) -> str:
    """A run fitted to its neighbours; scaling it across would scale the spacing, too, which is therefore taken back."""
    across = fit.across / fit.up
    state = f"{100 * across:.2f} Tz {fit.rise * text.size:.3f} Ts {text.spacing / across:.4f} Tc"
    return f"{state} {_array(shown)} 100 Tz 0 Ts {text.spacing:.4f} Tc"


def _array(shown: str) -> str:
    """The operator that shows codes with room between them; after an empty string some readers lose the room at its end."""
    return f"[({shown})] TJ".replace("()", "")


def _kerned(code: str, kern: float, size: float) -> str:
    """A code inside a TJ array with the room after it, which the array counts backwards in thousandths of an em."""
    return f"{code}) {-kern * 1000 / size:.1f} (" if kern else code
