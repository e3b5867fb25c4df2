"""Larger and smaller letters: nothing is built anew, so nothing is lost, and many presses are one change."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLayout, QWidget

from huajie_desktop.seat import Seat
from tests.office import enter
from tests.ui.hands import show_letters_at
from tests.ui.keys import CTRL, press, type_text
from ui.desk.desk import Desk
from ui.pages import PAGES
from ui.shell.window import Window
from ui.theme import text_size


@pytest.fixture(autouse=True)
def usual_letters() -> Iterator[None]:
    """As they were before."""
    yield
    show_letters_at(100)


class Styled(QObject):
    """Counts how often a widget was styled anew."""

    times = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.times += event.type() == QEvent.Type.StyleChange
        return False


def measures(window: Window) -> dict[str, object]:
    """Least and most sizes of all widgets, margins and spacing of all layouts, by their place in the window."""
    found: dict[str, object] = {}
    for place, widget in enumerate(window.findChildren(QWidget)):
        ours, parent = type(widget).__module__.startswith("ui."), widget.parentWidget()  # Qt makes and frees its own
        pending = parent.testAttribute(Qt.WidgetAttribute.WA_PendingResizeEvent)  # it lays out when it is seen
        if ours and not pending and not (isinstance(widget, QLabel) and widget.wordWrap()):  # words are as high as their lines
            found[f"{place} {type(widget).__name__}"] = (widget.minimumSize(), widget.maximumSize())
    for place, layout in enumerate(window.findChildren(QLayout)):
        found[f"layout {place}"] = (layout.contentsMargins(), layout.spacing())
    return found


def test_five_presses_are_one_change_and_keep_all_that_stands_there(window: Window, desk: Desk, app: Seat) -> None:
    for number in range(60):
        enter(app, title=f"安装路灯{number:02}", investment=str(number))
    window.visit("checklist")
    page = window.pages["checklist"]
    page.filters.search.setText("路灯")
    page.filters._announce()
    page.table.header._on_clicked([column.key for column in page.table.model.columns].index("title"))
    page.table.step(0)
    press(Qt.Key.Key_Return)
    page.form.focus("title")
    type_text("半句话")
    form, typed = page.form, QApplication.focusWidget()
    table = page.table
    table.view.verticalScrollBar().setValue(20)
    kept = (table.ids, table.selected_ids(), form.texts(), form.record_id, table.view.verticalScrollBar().value())
    styled = Styled()
    window.bar.installEventFilter(styled)
    for _ in range(5):
        press(Qt.Key.Key_BracketRight, CTRL)
    QApplication.processEvents()
    assert text_size() == desk.preferences.text_size == 150
    assert styled.times <= 2  # the old sheet taken off, the new one put on
    assert window.pages["checklist"] is page
    assert QApplication.focusWidget() is typed
    assert form.changed
    assert page.filters.text == "路灯"
    assert kept == (table.ids, table.selected_ids(), form.texts(), form.record_id, table.view.verticalScrollBar().value())
    assert table.view.rowHeight(0) == 54
    assert typed.fontInfo().pixelSize() == 21


def test_a_line_that_gives_way_has_its_own_letters_from_the_start(window: Window) -> None:
    office = window.findChild(QLabel, "officeName")
    assert isinstance(office, QLabel)
    before = office.font()
    show_letters_at(110)
    show_letters_at(100)
    assert (before.bold(), before.pixelSize()) == (office.font().bold(), office.font().pixelSize()) == (True, 16)


def test_every_measure_follows_and_comes_back(window: Window) -> None:
    for entry in PAGES:
        window.visit(entry.key)
        QApplication.processEvents()
    window.visit("home")
    for percent in (110, 100):  # what was never seen is measured now
        show_letters_at(percent)
    before, icons = measures(window), window.bar.menu.iconSize()
    for percent in (110, 90, 160, 130):
        show_letters_at(percent)
    assert window.bar.menu.iconSize().width() == round(icons.width() * 1.3)
    assert window.bar.layout().spacing() == round(12 * 1.3)
    for percent in (90, 100):
        show_letters_at(percent)
    after = measures(window)
    changed = {key: (value, after[key]) for key, value in before.items() if after.get(key, value) != value}
    assert len(before.keys() & after.keys()) > 500
    assert not changed, changed


def test_what_is_first_looked_at_in_large_letters_follows_when_they_are_made_small(window: Window) -> None:
    show_letters_at(150)
    window.visit("papers")
    page = window.pages["papers"]
    assert page.layout().contentsMargins().left() == 36
    show_letters_at(100)
    assert page.layout().contentsMargins().left() == 24
