"""Lines that stand where they are, as in the PDF: red head, number, signature, columns, as paragraphs with tab stops."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from math import inf

from huajie_desktop.typesetting.flow import Strip
from huajie_desktop.typesetting.line_breaking import text_width
from huajie_desktop.typesetting.page import PITCH, Text
from huajie_desktop.typesetting.word_text import TAB, Edge, Lay, Lettering, nothing, paragraph, run, squeezed

_NEAR = 1.0  # points that make no difference
_BESIDE = 8  # characters from the right edge: what ends there is held there when somebody makes it longer


def set_strips(
    strips: Sequence[Strip], width: float, left: float = 1.0, *, keep: bool, below: Sequence[Edge] = ()
) -> Iterator[str]:
    """Paragraphs for strips over `width` points; blank ones are room above the next, of which so much is `left`.

    What takes no room on paper, as marks in the corner, is taken from the next blank one. `below` stands under the last line.
    """
    room = 0.0
    last = max((place for place, strip in enumerate(strips) if strip.texts), default=-1)
    for place, strip in enumerate(strips):
        if not strip.texts:
            room += strip.height * left
            continue
        lines = _lines(strip.texts)
        pitch = strip.height / len(lines) or PITCH
        style = "" if pitch == PITCH else "Cell"  # what is not as high as a line of the grid is not held to it
        for number, texts in enumerate(lines, 1):
            words = [_run(text, style, width if len(texts) == 1 else inf) for text in texts]
            rules = below if place == last and number == len(lines) else ()
            lay = _where(texts, width)._replace(pitch=pitch, before=max(room, 0.0), keep=keep, rules=rules)
            yield paragraph(*_under_all(TAB.join(words), lay), style)
            room = min(room, 0.0)
        room -= 0.0 if strip.height else pitch * len(lines)
    if room > 0:
        yield nothing(room)


def _under_all(words: str, lay: Lay) -> tuple[str, Lay]:
    """A line whose rule lies under all of the sheet: a rule is as wide as its paragraph, so what stands further in has a stop."""
    if not lay.rules or not lay.left:
        return words, lay
    return TAB + words, lay._replace(left=0.0, right=0.0, tabs=[("left", lay.left), *lay.tabs])


def _run(text: Text, style: str, room: float) -> str:
    lettering = Lettering(text.style, text.size, text.red)
    return run(text.text, lettering, style, squeezed(text.text, lettering, room))


def _lines(texts: Sequence[Text]) -> list[list[Text]]:
    """The texts line by line from the top; what stands beside the middle of several lines is put into the one below it."""
    found: list[list[Text]] = []
    waiting: list[Text] = []
    for _y, line in groupby(sorted(texts, key=lambda text: (-round(text.y, 1), text.x)), lambda text: round(text.y, 1)):
        here = list(line)
        if found and here[0].x > max(text.x + text.size for text in found[0][:1]) + here[0].size and here is not found[0]:
            waiting += here
            continue
        found.append([*here, *waiting])
        waiting = []
    if waiting:
        found[-1] += waiting
    return found


def _where(texts: Sequence[Text], width: float) -> Lay:
    """How a line lies whose texts stand at these places: centred, flush right, or so far in, the others at tab stops."""
    first, *others = texts
    left, right = first.x, width - first.x - text_width(first.text, first.style, first.size, first.spacing)
    if not others and left > _NEAR:
        if abs(left - right) < _NEAR:
            return Lay(align="center")
        if right < first.size * _BESIDE:
            return Lay(align="right", right=max(right, 0.0))
    return Lay(align="left", left=left, right=-left - first.size, tabs=[("left", text.x) for text in others])  # it never breaks
