"""What a look into a file changes in the cells that were read, so that they say what the eye sees. Runs in the reader process."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from huajie_desktop.reading.raw import NOT_SHOWN, PICTURE, STRUCK, Place, RawSheet, Row

Change = Callable[[object], object]
Run = tuple[str, bool | None]  # a piece of a cell's text and whether it is struck through; None: as the cell is
_MOST_DOUBTS = 200_000
_FARTHEST = 1000  # rows below the last one with a value


class Inside:
    """One sheet as a look into the file found it: what it says beside its cells, and what changes in them."""

    __slots__ = ("_changes", "_struck", "sheet")

    def __init__(self, name: str) -> None:
        self.sheet = RawSheet(name)
        self._struck: set[Place] = set()
        self._changes: dict[int, list[tuple[int, Change]]] = {}

    def change(self, place: Place, change: Change) -> None:
        """Notes what becomes of a cell."""
        self._changes.setdefault(place[0], []).append((place[1], change))

    def show(self, place: Place, shown: Change) -> None:
        """Notes what a cell's number format shows of it; a number of which it shows nothing is doubted."""
        self.change(place, partial(self._shown, place, shown))

    def say(self, place: Place, text: str) -> None:
        """A text where the library saw nothing: an error, a formula never computed; a picture's formula says nothing."""
        self.change(place, partial(_instead, "") if text == PICTURE else partial(_where_empty, text))

    def strike(self, place: Place) -> None:
        """A cell that is struck through as a whole; one that is empty is none."""
        self._struck.add(place)
        self.change(place, partial(self._doubted, place))

    def strike_runs(self, place: Place, runs: Iterable[Run]) -> None:
        """A cell of which pieces are struck through: they are left out, unless nothing would stay. `strike` comes first."""
        whole = place in self._struck
        pieces = [(text, whole if struck is None else struck) for text, struck in runs]
        kept, gone = ("".join(text for text, struck in pieces if struck is wanted) for wanted in (False, True))
        if not kept.strip():
            if gone.strip() and not whole:
                self.strike(place)
            return
        self._struck.discard(place)
        if gone.strip():
            self.doubt(place, f"“{_short(gone)}”划了删除线，没有读，读的是“{_short(kept)}”，请核对")
            self.change(place, partial(_instead, kept))

    def doubt(self, place: Place, text: str) -> None:
        """Notes what is doubtful about a cell."""
        if len(self.sheet.doubts) < _MOST_DOUBTS:
            self.sheet.doubts[place] = text

    def _shown(self, place: Place, shown: Change, cell: object) -> object:
        seen = shown(cell)
        if seen == "" and isinstance(cell, int | float) and cell:  # 0 is hidden as a dash is written
            self.doubt(place, f"这一格里有“{cell:g}”，{NOT_SHOWN}")
        return seen

    def _doubted(self, place: Place, cell: object) -> object:
        if place in self._struck and cell not in ("", None):
            self.doubt(place, STRUCK)
        return cell

    def rows(self, read: Iterable[Row]) -> Iterator[Row]:
        """The rows that were read, their cells changed."""
        changes = self._changes
        if not changes:
            yield from read
            return
        number = -1
        for number, row in enumerate(read):
            yield _changed(row, changes.pop(number, ()))
        for last in sorted(changes):  # below what the library saw
            row = _changed([], changes[last])
            if row and last - number < _FARTHEST:
                yield from ([] for _ in range(number + 1, last))
                yield row
                number = last


def _changed(row: Row, changes: Iterable[tuple[int, Change]]) -> Row:
    for column, change in changes:
        if column < len(row):
            row[column] = change(row[column])
        elif (cell := change("")) != "":  # beside what the library saw
            row += [""] * (column - len(row)) + [cell]
    return row


def _where_empty(text: str, cell: object) -> object:
    return text if cell == "" else cell


def _instead(text: str, _cell: object) -> object:
    return text


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 20 else text[:20] + "…"
