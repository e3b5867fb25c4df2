"""Lays out a poster: its type is as large as what must not be cut allows, and the sheet is filled.

A table may stand as it is, with what is promised and what that means in one column, or so in two halves beside each other;
taken is what needs the fewest sheets, then what gives the largest type.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import zip_longest
from typing import NamedTuple

from huajie_desktop.typesetting.composition import compose
from huajie_desktop.typesetting.content import TableContent
from huajie_desktop.typesetting.fitting import fit
from huajie_desktop.typesetting.flow import Flow, Setting, Strip
from huajie_desktop.typesetting.fonts import Style
from huajie_desktop.typesetting.line_breaking import text_width
from huajie_desktop.typesetting.looks import POSTERS, SHEETS, Dress, Look, Sheet
from huajie_desktop.typesetting.page import Page
from huajie_desktop.typesetting.placing import place_rows
from huajie_desktop.typesetting.table import Align, Cell, Column, Row, set_row
from huajie_desktop.typesetting.title import title_strips
from huajie_desktop.typesetting.wording import Block, Place

_MOST = 28.0  # points of a table's type on A3; larger, lines hold too few words
_STEPS = 24  # between the least type of a sheet and the largest
_TEXT = 18.0  # largest type of what stands below the table
_TITLE, _LONG_TITLE, _LARGEST_TITLE = 34.0, 38.0, 54.0  # least of a title in one line, size of one in several, largest
_CUT = 1000  # sheets: what cutting something counts for
_WORTH = 1.1  # a table is only made over for type so much larger
_SPREAD = 1.8  # a row may grow by so many times its height to fill the sheet
_STYLE, _HEAD = Style.HEI, Style.TITLE  # sturdy enough to be read from two metres
_AGAIN = "（续）"

_Made = Callable[[TableContent], TableContent]


class _Set(NamedTuple):
    """One way to set a poster: how its tables are made over, and the size of their type in points."""

    made: _Made
    size: float


def lay_out_poster(
    look: Look, blocks: Sequence[Block], tables: Mapping[str, TableContent], words: tuple[str, ...] = ()
) -> tuple[Dress, list[Page]]:
    """How it is set and its sheets, one if all can stand on it in type large enough; its title divides none of `words`."""
    poster = _Poster(SHEETS[look], blocks, tables, words)
    best = poster.best()
    return poster.dress(best), poster.pages(best, filled=True)


def larger_look(look: Look, blocks: Sequence[Block], tables: Mapping[str, TableContent]) -> Look | None:
    """The smallest larger sheet on which all of a poster stands, None where there is none."""
    return next((one for one in POSTERS[POSTERS.index(look) + 1 :] if len(lay_out_poster(one, blocks, tables)[1]) == 1), None)


class _Poster:
    """One poster on one kind of sheet, tried in several ways."""

    def __init__(self, sheet: Sheet, blocks: Sequence[Block], tables: Mapping[str, TableContent], words: tuple[str, ...]) -> None:
        self._sheet, self._blocks, self._tables, self._words = sheet, blocks, tables, words
        self._title = next((block.parts[0] for block in blocks if block.place is Place.TITLE), "")
        self._count = cache(self._sheets)
        self._made = cache(self._made_over)

    def best(self) -> _Set:
        """The way that needs the fewest sheets, and of those the one with the largest type; the table as it is where it can."""
        counts = {made: self._count(made, 0) for made in (_as_it_is, _joined, _doubled)}
        fewest = min(counts.values())
        found: _Set | None = None
        for made, count in counts.items():
            if count == fewest:
                size = self._size(self._largest(made, fewest))
                if found is None or size > found.size * _WORTH:
                    found = _Set(made, size)
        assert found
        return found

    def _largest(self, made: _Made, sheets: int) -> int:
        """By how many steps type can grow on as many sheets."""
        low, high = 0, _STEPS
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if self._count(made, middle) <= sheets else (low, middle - 1)
        return low

    def _size(self, step: int) -> float:
        least = self._sheet.least
        return least + (_MOST * self._sheet.times - least) * step / _STEPS

    def _sheets(self, made: _Made, step: int) -> int:
        """How many sheets it takes so; very many where something would be cut."""
        size, width = self._size(step), self._sheet.form.area.width
        fitted = [fit(table.columns, table.rows, width, size, _STYLE).size for table in self._made(made).values()]
        return len(self.pages(_Set(made, size), filled=False)) + round((1 - min(fitted, default=size) / size) * _CUT)

    def _made_over(self, made: _Made) -> dict[str, TableContent]:
        return {name: made(table) for name, table in self._tables.items()}

    def pages(self, way: _Set, *, filled: bool) -> list[Page]:
        """The sheets set so, with rows and blanks grown until the sheet is filled."""
        setting = self._setting(way.size)
        again = title_strips(self._title + _AGAIN, self._titled(setting, _AGAIN))
        heading = [*again, Strip(setting.pitch / 2)]
        makers = {
            name: partial(_place, table=table, size=way.size, heading=heading, filled=filled)
            for name, table in self._made(way.made).items()
        }
        return compose(self._blocks, makers, setting=setting, form=self._sheet.form)

    def dress(self, way: _Set) -> Dress:
        """Its sheet and how text is set on it."""
        return Dress(self._sheet.form, self._setting(way.size))

    def _setting(self, size: float) -> Setting:
        text = min(size, _TEXT * self._sheet.times)
        setting = Setting(self._sheet.form.area.width, text, text * 1.7, 0.0, _STYLE, red_title=True, words=self._words)
        return self._titled(setting)

    def _titled(self, setting: Setting, more: str = "") -> Setting:
        """The setting with a title as large as one line of it may be, or in several lines where that would be small."""
        times = self._sheet.times
        one_line = 0.99 * setting.width / text_width(self._title + more, Style.TITLE, 1.0) if self._title else 0.0
        size = min(one_line, _LARGEST_TITLE * times) if one_line >= _TITLE * times else _LONG_TITLE * times
        return replace(setting, title_size=size, title_pitch=size * 1.35)


def _place(flow: Flow, reserve: float, table: TableContent, size: float, heading: Sequence[Strip], filled: bool) -> None:
    flow.heading = heading
    columns, size = fit(table.columns, table.rows, flow.area.width, size, _STYLE)
    head = _row(columns, [column.title for column in columns], size, _HEAD)
    rows = [_row(columns, texts, size, _STYLE) for texts in table.rows]
    spare = flow.room - reserve - size * 1.7 - head.height - sum(row.height for row in rows)
    if not filled or spare <= 0 or not rows:
        place_rows(flow, rows, head=head, reserve=reserve)
        return
    share = min(spare / sum(row.height for row in rows), _SPREAD)
    rest = spare - share * sum(row.height for row in rows)
    place_rows(flow, [row._replace(height=row.height * (1 + share)) for row in rows], head=head, above=rest / 3)
    flow.advance(rest * 2 / 3)


def _row(columns: Sequence[Column], texts: Sequence[str], size: float, style: Style) -> Row:
    aligns = [Align.CENTRE] * len(columns) if style is _HEAD else [column.align for column in columns]
    return set_row(
        [Cell(text, column.width, align, style, size) for column, text, align in zip(columns, texts, aligns, strict=True)]
    )


def _as_it_is(table: TableContent) -> TableContent:
    return table


def _joined(table: TableContent) -> TableContent:
    """The table with all columns of running text in one: `路灯安装：沿线安装路灯12盏`."""
    texts = [place for place, column in enumerate(table.columns) if column.align is Align.LEFT]
    if len(texts) < 2:
        return table
    first, *others = texts
    joined = table.columns[first]._replace(
        title="和".join(table.columns[place].title for place in texts), width=sum(table.columns[place].width for place in texts)
    )
    columns = [joined if place == first else column for place, column in enumerate(table.columns) if place not in others]
    rows = [
        tuple(
            "：".join(filter(None, (row[one] for one in texts))) if place == first else text
            for place, text in enumerate(row)
            if place not in others
        )
        for row in table.rows
    ]
    return replace(table, columns=tuple(columns), rows=tuple(rows))


def _doubled(table: TableContent) -> TableContent:
    """The table so joined, its second half beside its first."""
    joined = _joined(table)
    half = -(-len(joined.rows) // 2)
    blank = ("",) * len(joined.columns)
    pairs = zip_longest(joined.rows[:half], joined.rows[half:], fillvalue=blank)
    return replace(joined, columns=joined.columns * 2, rows=tuple(left + right for left, right in pairs), records=())
