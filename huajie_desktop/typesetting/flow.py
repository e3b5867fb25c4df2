"""Fills pages from top to bottom with strips of text that belong together."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from huajie_desktop.typesetting.fonts import Style
from huajie_desktop.typesetting.line_breaking import Line, Measure, set_lines
from huajie_desktop.typesetting.page import (
    ASCENT,
    BODY,
    PITCH,
    TEXT_SIZE,
    TITLE_SIZE,
    TRACKING,
    UPRIGHT,
    Area,
    Form,
    Heading,
    Page,
    Text,
)
from huajie_desktop.typesetting.worked_once import remembered


@dataclass(frozen=True, slots=True)
class Setting:
    """How text is set on a kind of sheet, in points: the width to fill, sizes, pitch of the lines; as GB/T 9704 unless said."""

    width: float = BODY[0]
    size: float = TEXT_SIZE
    pitch: float = PITCH
    tracking: float = TRACKING
    style: Style = Style.FANG
    title_size: float = TITLE_SIZE
    title_pitch: float = 34.0
    red_title: bool = False
    words: tuple[str, ...] = ()  # what a title does not divide where it can be helped


OFFICIAL = Setting()


class Strip(NamedTuple):
    """One horizontal strip of a page: its height, and its texts with x from the left and y (negative) from the top.

    With `heads` a heading of the document begins with it.
    """

    height: float
    texts: tuple[Text, ...] = ()
    heads: bool = False

    @property
    def white(self) -> float:
        """What is white above its characters, and as much below."""
        return max(self.height - max([text.size for text in self.texts]), 0.0) / 2 if self.texts else 0.0


class Flow:
    """A run of pages being filled; all lengths in points. `outline` are the headings that will be met, in their order.

    `numbers` are the pages these stand on, where that was found out before.
    """

    def __init__(self, form: Form = UPRIGHT, outline: Sequence[Heading] = (), numbers: Sequence[str] = ()) -> None:
        self.pages: list[Page] = [Page(form)]
        self.heading: Sequence[Strip] = ()  # what stands above a table on every further page it needs
        self.outline, self.numbers = outline, numbers
        self._to_come = iter(outline)
        self._used = 0.0
        self._goes_on = False  # whether the page goes on with the one before, so that it begins with ink

    @property
    def area(self) -> Area:
        """The printable part of the page being filled."""
        return self.pages[-1].area

    @property
    def room(self) -> float:
        """The height that is left on the page."""
        return self.area.height - self._used

    @property
    def top(self) -> float:
        """The y of the next strip's upper edge."""
        return self.area.top - self._used

    @property
    def fresh(self) -> bool:
        """Whether nothing stands on the page yet."""
        return self._used == 0

    @property
    def form(self) -> Form:
        """The sheet being filled."""
        return self.pages[-1].form

    def turn(self, form: Form | None = None, *, counted: bool | None = None) -> None:
        """Go on with a new page, of the same kind and counted like this one unless said; an empty one is taken as it is."""
        page, self._goes_on = self.pages[-1], form is None
        form, counted = form or page.form, page.counted if counted is None else counted
        if self.fresh:
            page.form, page.counted = form, counted
        else:
            self.pages.append(Page(form, counted=counted))
            self._used = 0.0

    def advance(self, height: float) -> None:
        """Leave out or take up a height that the caller fills."""
        self._used += height

    def place(self, strips: Sequence[Strip]) -> None:
        """Place strips one after the other, going on to new pages of the same kind.

        Characters, not their lines, begin at the upper edge of the body and end at the lower one (GB/T 9704-2012, 5.2.1): the
        white above the first and below the last line lies outside.
        """
        page = self.pages[-1]
        area = page.form.area
        for strip in strips:
            height, texts, heads = strip
            room = area.height - self._used + 0.01
            if not texts and (height > room or (self._goes_on and self.fresh)):
                continue  # what parts it from what stands above, on the page before
            if height > room and height - strip.white > room:
                self.turn()
                page = self.pages[-1]
            if self._used == 0:
                self._used = -strip.white
            if texts:
                left, top = area.left, area.top - self._used
                page.texts += [Text(left + text[0], top + text[1], *text[2:]) for text in texts]
            if heads:
                self.pages[-1].headings += [heading._replace(y=self.top) for heading in islice(self._to_come, 1)]
            self._used += height

    def place_together(self, strips: Sequence[Strip], reserve: float = 0.0) -> None:
        """Place strips on one page if any page can hold them all; their blank strips give way before a page is turned.

        So many points below them are kept free on it.
        """
        least, white = least_height(strips) + reserve, strips[-1].white if strips and not reserve else 0.0
        if strips and self.room + 0.01 < least - white <= self.area.height:
            self.turn()
        blank = sum([height for height, texts, _heads in strips if not texts])
        over = least + blank - self.room - white
        left = max(1 - over / blank, 0) if blank and 0 < over <= blank + 0.01 else 1.0
        self.pages[-1].closings.append(left)
        self.place(strips if left == 1 else [strip if strip.texts else Strip(strip.height * left) for strip in strips])


def least_height(strips: Sequence[Strip]) -> float:
    """The height of strips one above the other without the blank ones."""
    return sum([height for height, texts, _heads in strips if texts])


def base_line(size: float, pitch: float) -> float:
    """The y (negative, from the top) of the base line of text centred in a line of the given pitch."""
    return -(pitch - size) / 2 - ASCENT * size


def text_of(line: Line, x: float, y: float, style: Style, size: float) -> Text:
    """A set line at a place."""
    return Text(x + line.indent, y, style, size, line.text, line.spacing, line.kerns)


def paragraph(text: str, style: Style | None = None, *, indent: int = 0, setting: Setting = OFFICIAL) -> list[Strip]:
    """The strips of one paragraph of the body, justified; on an official sheet in 3号 on the grid of 28 characters."""
    measure = Measure(style or setting.style, setting.size, setting.width, setting.tracking, indent, justified=True)
    return list(_paragraph(text, measure, setting.pitch))


@remembered  # salutation, closing words: most paragraphs of one paper stand on the next one as well
def _paragraph(text: str, measure: Measure, pitch: float) -> Sequence[Strip]:
    style, size = measure.style, measure.size
    y = base_line(size, pitch)
    return [Strip(pitch, (text_of(line, 0, y, style, size),)) for line in set_lines(text, measure)]
