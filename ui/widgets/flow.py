"""Rows that go on in a further line where there is too little room, so that no word is cut."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QSpacerItem, QWidget


class _Placed:
    """An item with its share of spare room, and the width it has in its line."""

    def __init__(self, item: QLayoutItem, stretch: int) -> None:
        self.item, self.stretch, self.width = item, stretch, 0

    @property
    def spring(self) -> bool:
        return self.item.spacerItem() is not None

    @property
    def most(self) -> int:
        """The width it takes at most."""
        return 1 << 24 if self.spring else self.item.maximumSize().width()

    def height(self) -> int:
        return self.item.heightForWidth(self.width) if self.item.hasHeightForWidth() else self.item.sizeHint().height()

    def least(self) -> int:
        """The width it needs in a line."""
        wrapped = self.item.hasHeightForWidth() and self.item.layout() is None  # its minimum is one word a line
        return (self.item.minimumSize() if self.stretch and not wrapped else self.item.sizeHint()).width()


class Flow(QLayout):
    """Used as a QHBoxLayout. What stretches may be as narrow as its least before the line breaks, the rest stands whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__()
        self._placed: list[_Placed] = []
        self._stretch = 0
        if parent is not None:
            parent.setLayout(self)

    def addWidget(self, widget: QWidget, stretch: int = 0, align: Qt.AlignmentFlag = Qt.AlignmentFlag(0)) -> None:  # noqa: B008
        """Adds a widget behind the others."""
        self._stretch = stretch
        super().addWidget(widget)
        self._stretch = 0
        if align:
            self.setAlignment(widget, align)

    def addLayout(self, layout: QLayout, stretch: int = 0) -> None:
        """Adds a layout behind the others."""
        self.addChildLayout(layout)
        self._placed.append(_Placed(layout, stretch))
        self.invalidate()

    def addStretch(self, stretch: int = 0) -> None:
        """Adds room between that grows."""
        spring = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._placed.append(_Placed(spring, max(1, stretch)))
        self.invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        self._placed.append(_Placed(item, self._stretch))
        self.invalidate()

    def count(self) -> int:
        return len(self._placed)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._placed[index].item if 0 <= index < len(self._placed) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]  # which Qt says of it
        return self._placed.pop(index).item if 0 <= index < len(self._placed) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lay(rect, move=True)

    def sizeHint(self) -> QSize:
        shown = [placed for placed in self._placed if not placed.spring and not placed.item.isEmpty()]
        width = sum(placed.item.sizeHint().width() for placed in shown) + max(0, self.spacing()) * max(0, len(shown) - 1)
        height = max((placed.item.sizeHint().height() for placed in shown), default=0)
        return self._with_margins(width, height)

    def minimumSize(self) -> QSize:
        shown = [placed.item for placed in self._placed if not placed.spring and not placed.item.isEmpty()]
        width = max((item.minimumSize().width() for item in shown), default=0)
        return self._with_margins(width, max((item.minimumSize().height() for item in shown), default=0))

    def _with_margins(self, width: int, height: int) -> QSize:
        edges = self.contentsMargins()
        return QSize(width + edges.left() + edges.right(), height + edges.top() + edges.bottom())

    def _lay(self, rect: QRect, *, move: bool) -> int:
        """Lays all out from the top of a rectangle and, if they are to move, puts them there; returns the height of it all."""
        room = rect.marginsRemoved(self.contentsMargins())
        gap, top = max(0, self.spacing()), room.top()
        for line in self._lines(room.width(), gap):
            _share(line, room.width() - gap * (len([placed for placed in line if not placed.spring]) - 1))
            height = max((placed.height() for placed in line if not placed.spring), default=0)
            if move:
                _move(line, room.left(), top, height, gap)
            top += height + gap
        return max(0, top - gap - room.top()) + rect.height() - room.height() if self._placed else 0

    def _lines(self, width: int, gap: int) -> list[list[_Placed]]:
        lines: list[list[_Placed]] = [[]]
        used = 0
        for placed in self._placed:
            if placed.spring:
                placed.width = 0
                lines[-1].append(placed)
            elif not placed.item.isEmpty():
                placed.width = min(placed.least(), width)
                if used and used + gap + placed.width > width:
                    lines.append([])
                    used = 0
                used += placed.width + (gap if used else 0)
                lines[-1].append(placed)
        return [line for line in lines if any(not placed.spring for placed in line)]


def _share(line: list[_Placed], room: int) -> None:
    """Gives what is left of a line to what stretches, to each no more than it takes."""
    taking = [placed for placed in line if placed.stretch]
    spare = room - sum(placed.width for placed in line)
    while taking and spare > 0:
        whole = sum(placed.stretch for placed in taking)
        full = [placed for placed in taking if placed.width + spare * placed.stretch // whole >= placed.most]
        if not full:
            for placed in taking:
                placed.width += spare * placed.stretch // whole
            return
        spare -= sum(placed.most - placed.width for placed in full)
        for placed in full:
            placed.width = placed.most
        taking = [placed for placed in taking if placed not in full]


def _move(line: list[_Placed], left: int, top: int, height: int, gap: int) -> None:
    """Puts the items of a line into their places."""
    for placed in line:
        if not placed.spring:
            _put(placed, QRect(left, top, placed.width, height))
        left += placed.width + (0 if placed.spring else gap)


def _put(placed: _Placed, room: QRect) -> None:
    """Puts an item into its place, in the middle of the line's height."""
    item = placed.item
    if item.layout() is None:
        height = min(
            room.height(), placed.height() if not item.expandingDirections() & Qt.Orientation.Vertical else room.height()
        )
        room = QRect(room.left(), room.top() + (room.height() - height) // 2, room.width(), height)
    item.setGeometry(room)
