"""Every action has a word, keys, a tip and its place in the menu; no keys mean two things; the menu goes by keys alone."""

import re
from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QStackedWidget,
    QWidget,
)

from huajie_desktop.ledgers import LEDGERS
from huajie_desktop.records.entry import save
from huajie_desktop.work import review
from tests.office import enter
from tests.ui.keys import CTRL, NONE, SHIFT, press
from ui.desk.desk import Desk
from ui.lists.tables import ListTable
from ui.pages import PAGES
from ui.shell.menus import actions_of
from ui.shell.window import Window
from ui.theme import text_size
from ui.widgets.buttons import tip_of, worded_keys

CHINESE = re.compile("[\u4e00-\u9fff]")
DISPUTE = {"accepted_on": "2021-03-01", "kind": "邻里", "village": "倪宅村", "summary": "宅基地排水纠纷", "level": "一般"}
PAGE_KEYS = [entry.key for entry in PAGES]


def open_menu(window: Window) -> QMenu:
    window.commands.menu.trigger()
    menu = window.guide.menu
    assert menu is not None
    return menu


def entries(menu: QMenu) -> dict[tuple[str, str, str], QAction]:
    """What stands in the menu and its parts, by heading, word and keys."""
    found = {}
    for entry in menu.actions():
        if part := entry.menu():
            found.update(((part.title(), *inner.text().split("\t")), inner) for inner in part.actions())
        elif not entry.isSeparator():
            found[("", *entry.text().split("\t"))] = entry
    return found


@pytest.mark.parametrize("key", PAGE_KEYS)
def test_every_action_of_a_page_has_word_keys_tip_and_a_place_in_the_menu(window: Window, desk: Desk, key: str) -> None:
    visit_and_open(window, desk, key)
    shown = entries(open_menu(window))
    window.guide.menu.close()
    for found in actions_of(window.pages[key]):
        action, name = found.action, f"{key}: {found.action.text()} of {type(found.owner).__name__}"
        assert CHINESE.search(action.text()), name
        assert action.shortcuts(), f"{name} has no keys"
        assert CHINESE.search(action.statusTip()), f"{name} has no tip"
        assert (found.heading, action.text(), worded_keys(action)) in shown, name


def test_the_window_has_word_keys_and_tip_for_all_it_can_do(window: Window) -> None:
    shown = entries(open_menu(window))
    window.guide.menu.close()
    actions = [action for action in window.actions() if action is not window.commands.menu]
    assert len(actions) == len(PAGES) + len(window.commands.others)
    for action in actions:
        heading = "转到" if action in window.commands.pages else ""
        entry = shown[(heading, action.text(), worded_keys(action))]
        assert entry.toolTip() == tip_of(action)
        assert CHINESE.search(action.statusTip())


@pytest.mark.parametrize("key", PAGE_KEYS)
def test_no_keys_mean_two_things_on_a_page(window: Window, desk: Desk, key: str) -> None:
    visit_and_open(window, desk, key)
    page = window.pages[key]
    owners: list[tuple[QAction, QWidget]] = [(found.action, found.owner) for found in actions_of(page)]
    owners += [(action, window) for action in window.actions()]
    twice = [
        f"{first.text()} ({type(one).__name__}) and {second.text()} ({type(other).__name__}): {worded_keys(first)}"
        for (first, one), (second, other) in combinations(owners, 2)
        if set(first.shortcuts()) & set(second.shortcuts()) and meet(first, one, second, other)
    ]
    assert twice == []


def visit_and_open(window: Window, desk: Desk, key: str) -> None:
    """Goes to a page where there is something in every list, and opens the first of each: forms are made when first opened."""
    enter(desk.seat)
    review.submit(desk.seat, [enter(desk.seat, title="村口绿化")])
    save(desk.seat, LEDGERS["disputes"], None, DISPUTE)
    window.visit(key)
    for table in window.pages[key].findChildren(ListTable):
        table.step(0)
        table.view.entered_row.emit()


def meet(first: QAction, one: QWidget, second: QAction, other: QWidget) -> bool:
    """Whether both could be meant at once: able now, in parts shown together, by contexts that overlap."""
    if apart(one, other) or not all(action.isEnabled() and action.isVisible() for action in (first, second)):
        return False
    wide, alone = Qt.ShortcutContext.WindowShortcut, Qt.ShortcutContext.WidgetShortcut
    if alone in (first.shortcutContext(), second.shortcutContext()):
        return any(
            reached(widget, first, one) and reached(widget, second, other) for widget in one.window().findChildren(QWidget)
        )
    if wide in (first.shortcutContext(), second.shortcutContext()):
        return True
    return one is other or one.isAncestorOf(other) or other.isAncestorOf(one)


def reached(widget: QWidget, action: QAction, owner: QWidget) -> bool:
    """Whether the keys of an action count while that widget has the focus."""
    match action.shortcutContext():
        case Qt.ShortcutContext.WindowShortcut:
            return True
        case Qt.ShortcutContext.WidgetShortcut:
            return action in widget.actions()
    return widget is owner or owner.isAncestorOf(widget)


def apart(one: QWidget, other: QWidget) -> bool:
    """Whether the two lie in different pages of one stack, so that only one of them is ever shown."""
    above = [one]
    while (parent := above[-1].parentWidget()) is not None:
        above.append(parent)
    way = [other]
    while way[-1] not in above and way[-1].parentWidget() is not None:
        way.append(way[-1].parentWidget())
    return isinstance(way[-1], QStackedWidget) and way[-1] not in (one, other)


def test_alt_opens_the_menu_and_arrows_and_enter_go_through_it(window: Window) -> None:
    window.visit("checklist")
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Alt)
    menu = window.guide.menu
    assert menu is not None
    assert menu.isVisible()
    assert menu.activeAction() is menu.actions()[0]
    for _step in range([entry.text() for entry in menu.actions()].index("转到")):
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Right)
    for _step in range(3):
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert window.current == PAGES[3].key


def test_alt_with_another_key_is_not_the_menu(window: Window) -> None:
    QTest.keyPress(window.windowHandle(), Qt.Key.Key_Alt)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    QTest.keyRelease(window.windowHandle(), Qt.Key.Key_Alt)
    assert window.guide.menu is None


@pytest.mark.parametrize("alt_first", [True, False])
def test_the_keys_of_a_card_s_parts_open_no_menu_whichever_is_let_go_first(window: Window, desk: Desk, alt_first: bool) -> None:
    visit_and_open(window, desk, "checklist")
    card, handle, alt = window.pages["checklist"].card, window.windowHandle(), Qt.KeyboardModifier.AltModifier
    for key, part in ((Qt.Key.Key_2, "附件"), (Qt.Key.Key_1, None)):
        QTest.keyPress(handle, Qt.Key.Key_Alt)
        QTest.keyPress(handle, key, alt)
        for let_go in (Qt.Key.Key_Alt, key) if alt_first else (key, Qt.Key.Key_Alt):
            QTest.keyRelease(handle, let_go)
        assert card.part == part
        assert window.guide.menu is None


def test_what_belongs_to_a_part_out_of_sight_is_grey_and_the_rest_works(window: Window) -> None:
    window.visit("checklist")
    page = window.pages["checklist"]
    shown = entries(open_menu(window))
    shown[(page.TITLE, "新增任务", "Ctrl+N")].trigger()
    assert page.form.record_id == 0
    window.guide.menu.close()
    assert entries(open_menu(window))[("表单", "保存", "Ctrl+S")].isEnabled()
    window.guide.menu.close()
    page.form.leave_action.trigger()
    assert not entries(open_menu(window))[("表单", "保存", "Ctrl+S")].isEnabled(), "the form is not shown"
    window.guide.menu.close()


def test_the_menu_does_not_wake_the_keys_of_a_page_out_of_sight(window: Window) -> None:
    window.visit("checklist")
    open_menu(window).close()
    window.visit("home")
    press(Qt.Key.Key_B, CTRL | SHIFT)
    assert window.pages["checklist"]._instead is None


def test_the_text_size_goes_by_keys(window: Window, desk, qtbot) -> None:
    before = desk.preferences.text_size
    try:
        press(Qt.Key.Key_BracketRight, CTRL)
        assert desk.preferences.text_size == before + 10
        qtbot.waitUntil(lambda: text_size() == before + 10)
    finally:
        desk.show_text_at(before)
        QApplication.processEvents()


@pytest.mark.parametrize("key", PAGE_KEYS)
def test_keys_of_the_spreadsheet_mean_nothing_else_on_any_page(window: Window, desk: Desk, key: str) -> None:
    visit_and_open(window, desk, key)
    meant = {"Ctrl+D": "向下填充", "Ctrl+R": "向右填充", "Ctrl+B": ""}
    for found in actions_of(window.pages[key]):
        for keys in found.action.shortcuts():
            if (name := keys.toString()) in meant:
                assert found.action.text() == meant[name], name
            if name == "Del":  # removes what is chosen in the list with the focus, nowhere else
                assert found.action.shortcutContext() != Qt.ShortcutContext.WindowShortcut, found.action.text()


@pytest.mark.parametrize("key", PAGE_KEYS)
def test_a_new_task_and_the_typed_table_are_begun_from_every_page(window: Window, desk: Desk, key: str) -> None:
    visit_and_open(window, desk, key)
    own = {
        keys.toString()
        for found in actions_of(window.pages[key])
        if found.usable and found.action.shortcutContext() == Qt.ShortcutContext.WindowShortcut
        for keys in found.action.shortcuts()
    }
    for keys, modifiers in (("Ctrl+N", CTRL), ("Ctrl+Shift+N", CTRL | SHIFT)):
        if keys in own and key != "checklist":
            continue  # e.g. a new person: the page's own
        window.visit(key)
        for part in window.pages[key].findChildren(QWidget):  # wherever the keys are
            if part.isVisible() and part.isEnabled() and part.focusPolicy() & Qt.FocusPolicy.TabFocus:
                part.setFocus()
                break
        press(Qt.Key.Key_N, modifiers)
        assert window.current == "checklist", keys
        page = window.pages["checklist"]
        if keys == "Ctrl+N":
            assert page.form.record_id == 0
            page.form.leave_action.trigger()
        else:
            assert page.entry is not None
            assert page.entry.isVisible()


@pytest.mark.parametrize("key", PAGE_KEYS)
def test_tab_and_shift_tab_reach_everything_on_every_page(window: Window, desk: Desk, key: str) -> None:
    visit_and_open(window, desk, key)
    window.visit(key)
    page = window.pages[key]
    seen: list[QWidget] = []
    for key_on in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        page.setFocus()
        way: list[QWidget] = []
        while (widget := QApplication.focusWidget()) is not None and widget not in way:
            way.append(widget)
            press(key_on, SHIFT if key_on == Qt.Key.Key_Backtab else NONE)
        seen += way
    missed = [
        f"{type(part).__name__} {getattr(part, 'text', str)()}"
        for part in page.findChildren(QWidget)
        if isinstance(part, (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView))
        if part.isVisible() and part.isEnabled() and part.focusPolicy() & Qt.FocusPolicy.TabFocus
        if part not in seen and part.focusProxy() not in seen and not any(part.isAncestorOf(widget) for widget in seen)
        if not (isinstance(part, QAbstractButton) and part.group() is not None)  # of those one is reached, arrows go on
    ]
    assert missed == []
