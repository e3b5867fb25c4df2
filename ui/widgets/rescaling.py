"""Larger and smaller letters without building anything anew: every measure that was set in px is set again at its new size."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QMargins, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QBoxLayout,
    QGridLayout,
    QHeaderView,
    QLabel,
    QLayout,
    QTreeView,
    QWidget,
)
from shiboken6 import isValid

from ui.theme import clamped, show_theme_at, text_size

_UNLIMITED = 10_000  # px; Qt and its style sheets say more where there is no limit
_HAIRLINE = 2  # px which stay as they are
_KEPT = "measures"  # property: by name, a measure at 100 % and what was set last
_Set = Callable[[int], object]


class _Wanted:
    """The size asked for in this turn of the event loop, None if none."""

    percent: int | None = None


def wanted_size() -> int:
    """The text size in per cent that stands after this turn of the event loop."""
    return text_size() if _Wanted.percent is None else _Wanted.percent


def ask_size(percent: int) -> None:
    """Asks for a text size of 90 to 160 per cent; several askings in a row become one change: the window never lags behind."""
    pending = _Wanted.percent is not None
    _Wanted.percent = clamped(percent)
    if not pending:
        QTimer.singleShot(0, _take)


def _take() -> None:
    percent, _Wanted.percent = _Wanted.percent, None
    before = text_size()
    if percent is None or percent == before:
        return
    show_theme_at(percent)
    widgets = [widget for widget in QApplication.allWidgets() if isValid(widget)]
    for widget in widgets:
        _rescale(widget, before, percent)
    for widget in filter(isValid, widgets):
        told = widget.isWindow() or widget.testAttribute(Qt.WidgetAttribute.WA_PendingResizeEvent)  # later, or not at all
        if not told and _lays_out(type(widget)):
            QApplication.sendEvent(widget, QResizeEvent(widget.size(), widget.size()))


def _lays_out(kind: type[QWidget]) -> bool:
    """Whether widgets of this kind lay out what is in them themselves, by their size at 100 %."""
    ours = (ancestor for ancestor in kind.__mro__ if not ancestor.__module__.startswith("PySide6"))
    return any("resizeEvent" in vars(ancestor) for ancestor in ours)


def _rescale(widget: QWidget, before: int, now: int) -> None:
    """One widget and the layout in it."""
    measures = [*_limits(widget), *_own(widget)]
    _renew(widget, measures, before, now)
    if (layout := widget.layout()) is not None:
        _rescale_layout(layout, before, now)


def _renew(owner: QObject, measures: list[tuple[str, int, _Set]], before: int, now: int) -> None:
    """Sets measures anew; that of 100 % is remembered, so that nothing drifts by rounding."""
    found = [measure for measure in measures if measure[1] > _HAIRLINE]
    if not found:
        return
    kept = dict(owner.property(_KEPT) or {})
    for name, present, give in found:
        base, last = kept.get(name, (0.0, 0))
        if last != present:  # set by somebody since
            base = present * 100 / before
        new = round(base * now / 100)
        kept[name] = (base, new)
        if new != present:
            give(new)
    owner.setProperty(_KEPT, kept)


def _limits(widget: QWidget) -> Iterator[tuple[str, int, _Set]]:
    """Least and most size, but for what the style sheet says, and for windows, whose screen does not grow."""
    if widget.isWindow():
        return
    least, most = widget.minimumSize(), widget.maximumSize()
    for name, size, give, style in (
        ("minw", least.width(), widget.setMinimumWidth, "_q_stylesheet_minw"),
        ("minh", least.height(), widget.setMinimumHeight, "_q_stylesheet_minh"),
        ("maxw", most.width(), widget.setMaximumWidth, "_q_stylesheet_maxw"),
        ("maxh", most.height(), widget.setMaximumHeight, "_q_stylesheet_maxh"),
    ):
        if 0 < size < _UNLIMITED and not widget.property(style):
            yield name, size, give


def _own(widget: QWidget) -> Iterator[tuple[str, int, _Set]]:
    """What only some kinds of widgets have."""
    if isinstance(widget, QAbstractButton):
        yield "icon", widget.iconSize().width(), lambda side: widget.setIconSize(QSize(side, side))
    elif isinstance(widget, QTreeView):
        yield "indent", widget.indentation(), widget.setIndentation
    elif isinstance(widget, QHeaderView):
        yield "section", widget.defaultSectionSize(), widget.setDefaultSectionSize
        if widget.orientation() == Qt.Orientation.Horizontal:  # the least height of rows is the style's
            yield "least", widget.minimumSectionSize(), widget.setMinimumSectionSize
            for place in range(widget.count()):
                if widget.sectionResizeMode(place) == QHeaderView.ResizeMode.Interactive and not widget.isSectionHidden(place):
                    yield f"section{place}", widget.sectionSize(place), _at(widget.resizeSection, place)
    elif isinstance(widget, QLabel):
        yield from _margins(widget)


def _margins(owner: QWidget | QLayout) -> Iterator[tuple[str, int, _Set]]:
    for place, edge in enumerate(("left", "top", "right", "bottom")):
        present = owner.contentsMargins()
        edges = [present.left(), present.top(), present.right(), present.bottom()]

        def give(size: int, at: int = place) -> None:
            now = owner.contentsMargins()
            sides = [now.left(), now.top(), now.right(), now.bottom()]
            sides[at] = size
            owner.setContentsMargins(QMargins(*sides))

        yield edge, edges[place], give


def _rescale_layout(layout: QLayout, before: int, now: int) -> None:
    """Room around and between, and the layouts inside."""
    measures = list(_margins(layout))
    if isinstance(layout, QGridLayout):
        measures += [("across", layout.horizontalSpacing(), layout.setHorizontalSpacing)]
        measures += [("down", layout.verticalSpacing(), layout.setVerticalSpacing)]
        for column in range(layout.columnCount()):
            measures.append((f"column{column}", layout.columnMinimumWidth(column), _at(layout.setColumnMinimumWidth, column)))
        for row in range(layout.rowCount()):
            measures.append((f"row{row}", layout.rowMinimumHeight(row), _at(layout.setRowMinimumHeight, row)))
    else:
        measures.append(("spacing", layout.spacing(), layout.setSpacing))
    for place in range(layout.count()):
        item = layout.itemAt(place)
        assert item is not None
        if (inner := item.layout()) is not None:
            _rescale_layout(inner, before, now)
        elif isinstance(layout, QBoxLayout) and (spacer := item.spacerItem()) is not None and not spacer.expandingDirections():
            size = spacer.sizeHint()
            measures.append((f"gap{place}", max(size.width(), size.height()), _gap(layout, place)))
    _renew(layout, measures, before, now)


def _at(give: Callable[[int, int], object], place: int) -> _Set:
    return lambda size: give(place, size)


def _gap(layout: QBoxLayout, place: int) -> _Set:
    down = layout.direction() in (QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.BottomToTop)

    def give(size: int) -> None:
        item = layout.itemAt(place)
        if item is not None and (spacer := item.spacerItem()) is not None:
            spacer.changeSize(0 if down else size, size if down else 0)
            layout.invalidate()

    return give
