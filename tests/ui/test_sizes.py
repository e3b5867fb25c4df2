"""Nothing is cut, covered or outside, whatever the size of letters and screen; the primary button and 撤销 are always in sight."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPalette, QScreen, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QSlider, QSpinBox, QWidget

from huajie_desktop import demo
from huajie_desktop.records import entry
from huajie_desktop.seat import Seat
from huajie_desktop.township.registers import UNITS
from tests.ui.hands import LAMP, PARTY, book, show_letters_at, wait
from tests.ui.walking import calm, faults, looks, out_of_sight, settle
from ui.desk.desk import Desk
from ui.desk.jobs import Jobs
from ui.desk.preferences import Preferences
from ui.pages import PAGES
from ui.pages.papers.subjects import SubjectTable
from ui.shell.window import Window
from ui.theme import _palette, show_theme_at
from ui.widgets.dialogs import FRAME
from ui.widgets.scrolled import Roomy

SCREEN = (1366, 768)
TASKBAR = 40  # px
# per cent of the letters, of the screen: all steps of the one, and of the other what systems offer
LETTERS = [(90, 100), (110, 100), (130, 100), (160, 100)]
SCALES = [(100, 100), (100, 125), (100, 150), (100, 200), (130, 125)]


def room(scale: int) -> tuple[int, int]:
    """What a scaled screen leaves for a window with its frame, in its own px."""
    return SCREEN[0] * 100 // scale - FRAME.width(), (SCREEN[1] - TASKBAR) * 100 // scale - FRAME.height()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of the demo, made once."""
    folder = tmp_path_factory.mktemp("sizes") / "data"
    demo.open_begun(folder).data.close()
    return folder


@pytest.fixture
def full(filled: Path, tmp_path: Path, themed: QApplication) -> Iterator[Window]:
    """A window on the demo in which something can be taken back."""
    folder = tmp_path / "data"
    shutil.copytree(filled, folder)
    seat = demo.open_begun(folder)
    jobs, preferences = Jobs(), Preferences(folder)
    made = Window(preferences, jobs)
    made.show()
    desk = Desk(seat, preferences, jobs, made)
    made.enter(desk)
    desk.do(entry.save, UNITS, None, {"name": "一个名称很长很长的新设行政村，名称长到一行写不下", "kind": "行政村"})
    made.resize(*room(100))
    settle()
    yield made
    show_letters_at(100)
    calm(made)
    made.hide()
    jobs.close()
    made.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    seat.data.close()


def unseen(window: Window) -> list[str]:
    """Of what must always be in sight, what is not."""
    primary = [button for button in window.findChildren(QPushButton) if button.property("kind") == "primary"]
    watched = [button for button in (*primary, window.status._undo) if button.isVisible()]
    return [f"{button.text()} is out of sight" for button in watched if out_of_sight(window, button)]


@pytest.mark.parametrize(("letters", "scale"), [*LETTERS, *SCALES])
def test_nothing_is_cut_covered_or_outside(full: Window, letters: int, scale: int) -> None:
    full.resize(*room(scale))
    show_letters_at(letters)
    found: dict[str, str] = {}
    seen = 0
    for name in looks(full):
        seen += 1
        assert full.size().toTuple() == room(scale), name
        for fault in [*faults(full), *unseen(full)]:
            found.setdefault(fault, name)
    assert seen > 50
    assert full.status._undo.isVisible()
    assert not found, "\n".join(f"{name}: {fault}" for fault, name in found.items())


@pytest.mark.parametrize(("letters", "scale"), [(160, 100), (100, 150)])
def test_a_preview_with_faults_and_all_that_is_opened_there_too(
    full: Window, qtbot, tmp_path: Path, letters: int, scale: int
) -> None:
    assert full.desk is not None
    full.resize(*room(scale))
    show_letters_at(letters)
    full.visit("import")
    page = full.pages["import"]
    unknown = book(tmp_path / "新设.xlsx", LAMP, title="新设村2021年清单")
    strange = book(tmp_path / "金湖.xlsx", LAMP, headers=["甲", "乙", "丙", "丁", "戊", "己", "庚"])
    page.read([book(tmp_path / "倪宅.xlsx", LAMP, PARTY), unknown, strange])
    wait(qtbot, full.desk)
    settle()
    found = [f"preview: {fault}" for fault in [*faults(full), *unseen(full)]]
    rows = page.pane.rows.table
    rows.step(0)
    rows.view.entered_row.emit()
    settle()
    found += [f"row: {fault}" for fault in [*faults(full), *unseen(full)]]
    full.visit("checklist")
    checklist = full.pages["checklist"]
    for action in (checklist.grid, checklist.bulk):
        checklist.table.step(0)
        action.trigger()
        settle()
        found += [f"{action.text()}: {fault}" for fault in [*faults(full), *unseen(full)]]
    full.commands.help.trigger()
    settle()
    found += [f"help: {fault}" for fault in [*faults(full), *unseen(full)]]
    page.pane.forget()
    assert not found, "\n".join(found)


def wheel_over(widget: QWidget) -> None:
    """Turns the wheel by one step over a widget."""
    place = QPointF(widget.rect().center())
    turned = QWheelEvent(
        place, QPointF(widget.mapToGlobal(place.toPoint())), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, turned)


def test_the_wheel_changes_nothing_the_keys_are_not_in(full: Window) -> None:
    passed = 0
    for entry_ in PAGES:
        full.visit(entry_.key)
        for widget in full.pages[entry_.key].findChildren(QWidget):
            value: Callable[[], object] | None = None
            if isinstance(widget, QComboBox):
                value = widget.currentIndex
            elif isinstance(widget, QSpinBox | QSlider) and "ui." in type(widget).__module__:
                value = widget.value
            if value is None or widget.hasFocus():
                continue
            before = value()
            wheel_over(widget)
            assert value() == before, f"{entry_.word}: {widget.accessibleName()}"
            passed += 1
    assert passed > 8


def test_what_is_round_is_round_at_every_size(themed: QApplication) -> None:
    """Qt draws a corner wider than half of its box as a square one."""
    for percent in range(90, 161):
        show_theme_at(percent)
        rules = re.findall(r"::indicator[^{]*{([^}]*)}", themed.styleSheet())
        for rule in rules:
            said = {name: int(px) for name, px in re.findall(r"([a-z-]+): (\d+)px", rule)}
            if "border-radius" in said:
                assert 2 * said["border-radius"] <= said["width"] + 2 * said["border"], (percent, rule)
    show_theme_at(100)


def test_no_page_goes_sideways_at_large_letters(full: Window) -> None:
    show_letters_at(150)
    full.visit("import")
    page = full.pages["import"]
    for button in page.tabs.findChildren(QPushButton):
        button.click()
        calm(full)
        areas = [area for area in page.findChildren(Roomy) if area.isVisible()]
        assert not any(area.horizontalScrollBar().isVisible() for area in areas), button.text()
    full.visit("papers")
    calm(full)
    table = full.pages["papers"].findChild(SubjectTable)
    names = max(table.fontMetrics().horizontalAdvance(table.item(row, 1).text()) for row in range(table.rowCount()))
    assert table.columnWidth(1) > names


def test_every_colour_of_the_system_is_replaced_by_one_that_can_be_read() -> None:
    """A dark system, or one of high contrast, changes nothing: each role is set, and words stand out from what is behind."""

    def light(colour: QColor) -> float:
        parts = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.getRgbF()[:3]]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    made, role = _palette(), QPalette.ColorRole
    for each in role:
        if each not in (role.NoRole, role.NColorRoles):
            assert made.isBrushSet(QPalette.ColorGroup.Active, each), each
    pairs = [
        (role.WindowText, role.Window),
        (role.Text, role.Base),
        (role.Text, role.AlternateBase),
        (role.ButtonText, role.Button),
    ]
    pairs += [(each, role.Base) for each in (role.PlaceholderText, role.Link, role.LinkVisited, role.BrightText, role.Accent)]
    pairs += [(role.HighlightedText, role.Highlight), (role.ToolTipText, role.ToolTipBase)]
    for words, behind in pairs:
        one, other = sorted((light(made.color(words)), light(made.color(behind))))
        assert (other + 0.05) / (one + 0.05) >= 4.5, (words, behind)


def test_the_first_window_stands_inside_a_screen_of_any_size(themed, qtbot, app: Seat, monkeypatch) -> None:
    for scale in (100, 125, 150, 200):
        left = QRect(0, 0, SCREEN[0] * 100 // scale, (SCREEN[1] - TASKBAR) * 100 // scale)
        monkeypatch.setattr(QScreen, "availableGeometry", lambda _screen, left=left: left)
        made = Window(Preferences(app.folder), Jobs())
        qtbot.addWidget(made)
        for size in (made.size(), made.minimumSize()):
            assert size.width() + FRAME.width() <= left.width(), scale
            assert size.height() + FRAME.height() <= left.height(), scale
