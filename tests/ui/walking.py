"""Every look of the window one after another: pages, their tabs, what opens from a list, forms unfolded; and what is wrong with one."""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QStackedWidget,
    QWidget,
)

from ui.forms.forms import RecordForm
from ui.lists.tables import ListTable
from ui.pages import PAGES
from ui.shell.window import Window
from ui.widgets.filters import Tabs

_SLACK = 1  # px lost by rounding


def settle() -> None:
    """Lets everything be laid out; what was laid out may lay out others."""
    for _ in range(3):
        QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def calm(window: Window) -> None:
    """The same, when nothing runs in the background: what a job says of itself changes under the eye."""
    settle()
    while window._jobs.busy:
        settle()
    settle()  # what it found is laid out as well


def looks(window: Window) -> Iterator[str]:
    """Shows one look after another and says its name."""
    for entry in PAGES:
        window.visit(entry.key)
        calm(window)
        yield entry.word
        yield from _tabs(window, entry.key, entry.word, set())


def _tabs(window: Window, key: str, word: str, seen: set[Tabs]) -> Iterator[str]:
    """What lies behind the tabs that are seen now and were not before, and behind the lists there."""
    page = window.pages[key]
    fresh = [tabs for tabs in page.findChildren(Tabs) if tabs.isVisible() and tabs not in seen]
    if not fresh:
        yield from _opened(window, key, word, seen)
        return
    tabs = fresh[0]
    seen = {*seen, *fresh}
    for button in [button for button in tabs.findChildren(QAbstractButton) if button.isVisible()]:
        button.click()
        calm(window)
        name = f"{word}/{button.text().split(' ')[0]}"
        yield name
        yield from _opened(window, key, name, seen)
    if tabs.isVisible():
        tabs.findChildren(QAbstractButton)[0].click()
        settle()


def _opened(window: Window, key: str, word: str, seen: set[Tabs]) -> Iterator[str]:
    """The first row of the first list there opened, and its form unfolded."""
    page = window.pages[key]
    for table in [table for table in page.findChildren(ListTable) if table.isVisible() and table.count][:1]:
        table.step(0)
        table.view.entered_row.emit()
        settle()
        if window._jobs.busy:  # an import is read anew: its preview is looked at by itself
            window.progress.cancel()
        calm(window)
        if window.current != key:  # the row led to another page
            window.visit(key)
            settle()
            return
        yield f"{word}/打开"
        forms = [form for form in page.findChildren(RecordForm) if form.isVisible()]
        for form in forms[:1]:
            if form.more_action.isEnabled():
                form.more_action.trigger()
                settle()
                yield f"{word}/打开/更多"
                form.more_action.trigger()
        for tabs in [tabs for tabs in page.findChildren(Tabs) if tabs.isVisible() and tabs not in seen][:1]:
            yield from _parts(tabs, f"{word}/打开")
        for form in forms[:1]:
            form.leave_action.trigger()
            settle()


def _parts(tabs: Tabs, word: str) -> Iterator[str]:
    for button in [button for button in tabs.findChildren(QAbstractButton) if button.isVisible()]:
        button.click()
        settle()
        yield f"{word}/{button.text()}"
    tabs.findChildren(QAbstractButton)[0].click()
    settle()


def faults(top: QWidget) -> list[str]:
    """What is cut, covered or outside in a window or dialog as it is shown, in words."""
    found: list[str] = []
    for widget in top.findChildren(QWidget):
        if widget.isVisible() and widget.window() is top:
            found += [f"{_called(widget)} {fault}" for fault in _faults(widget)]
    return found


def _faults(widget: QWidget) -> Iterator[str]:
    yield from _cut(widget)
    yield from _outside(widget)
    yield from _covered(widget)


def _cut(widget: QWidget) -> Iterator[str]:
    """Words that have less room than they need."""
    if widget.property("elides"):
        if widget.property("cut") and widget.text().rstrip("…") not in widget.toolTip():  # type: ignore[attr-defined]
            yield "is cut without a tip that says all"
        return
    if isinstance(widget, QLabel) and widget.wordWrap():
        needed = widget.heightForWidth(widget.width())
        if widget.text() and widget.height() + _SLACK < needed:
            yield f"is {widget.height()} px high and needs {needed}"
    elif isinstance(widget, QLabel | QPushButton | QCheckBox | QSpinBox):
        hint = widget.sizeHint()
        if widget.width() + _SLACK < hint.width() and getattr(widget, "text", str)() not in ("",):
            yield f"is {widget.width()} px wide and needs {hint.width()}"
        if widget.height() + _SLACK < widget.minimumSizeHint().height():
            yield f"is {widget.height()} px high and needs {widget.minimumSizeHint().height()}"
    elif isinstance(widget, QComboBox):
        needed = widget.fontMetrics().horizontalAdvance(widget.currentText()) + widget.height()
        if widget.width() + _SLACK < needed and widget.currentText() not in widget.toolTip():
            yield f"is {widget.width()} px wide and needs {needed}"
    elif isinstance(widget, QLineEdit):
        if widget.height() + _SLACK < widget.minimumSizeHint().height():
            yield f"is {widget.height()} px high and needs {widget.minimumSizeHint().height()}"
        placeholder = widget.fontMetrics().horizontalAdvance(widget.placeholderText())
        if widget.width() < placeholder and not widget.toolTip():  # Qt ends it in …
            yield f"is {widget.width()} px wide, its hint needs {placeholder}"
    elif isinstance(widget, QHeaderView) and widget.orientation() == Qt.Orientation.Horizontal:
        yield from _cut_headers(widget)


def _cut_headers(header: QHeaderView) -> Iterator[str]:
    model = header.model()
    for place in range(header.count()):
        if model is None or header.isSectionHidden(place):
            continue
        word = str(model.headerData(place, Qt.Orientation.Horizontal) or "")
        tip = str(model.headerData(place, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole) or "")
        if header.sectionSize(place) < header.fontMetrics().horizontalAdvance(word) and word not in tip:
            yield f"column {word} is {header.sectionSize(place)} px wide"


def _outside(widget: QWidget) -> Iterator[str]:
    """What reaches out of what holds it, where that cannot be scrolled."""
    parent = widget.parentWidget()
    if parent is None or isinstance(parent, QAbstractScrollArea | QStackedWidget) or widget.isWindow():
        return
    area = parent.parentWidget()
    if isinstance(area, QScrollArea) and area.viewport() is parent:
        off = area.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if off and widget.width() > parent.width() + _SLACK:
            yield f"is {widget.width()} px wide in a view of {parent.width()}"
        off = area.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if off and widget.height() > parent.height() + _SLACK:
            yield f"is {widget.height()} px high in a view of {parent.height()}"
        return
    if isinstance(area, QAbstractScrollArea) and area.viewport() is parent:
        return  # an editor in a cell
    if not parent.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK).contains(widget.geometry()):
        yield f"{_said(widget.geometry())} reaches out of {_called(parent)} {_said(parent.rect())}"


def _covered(widget: QWidget) -> Iterator[str]:
    """Neighbours in one layout that lie over each other."""
    layout = widget.layout()
    if layout is None:
        return
    children = [child for child in widget.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)]
    shown = [child for child in children if child.isVisible() and not child.isWindow() and not child.property("floats")]
    for place, one in enumerate(shown):
        for other in shown[place + 1 :]:
            common = one.geometry().intersected(other.geometry())
            if common.width() > _SLACK and common.height() > _SLACK:
                yield f"holds {_called(one)} over {_called(other)}"


def out_of_sight(window: QWidget, widget: QWidget) -> bool:
    """Whether any of a widget is not seen in its window as it is now."""
    whole = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    return widget.visibleRegion().boundingRect() != widget.rect() or not window.rect().contains(whole)


def _said(rect: QRect) -> str:
    return f"{rect.x()},{rect.y()} {rect.width()}×{rect.height()}"


def _called(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    word = text() if callable(text) and not isinstance(widget, QLineEdit) else widget.accessibleName() or widget.objectName()
    holder = widget.parentWidget()
    return f"{type(widget).__name__}“{str(word)[:24]}” in {type(holder).__name__}"
