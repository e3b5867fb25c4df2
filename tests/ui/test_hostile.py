"""Every page before an office full of hostile texts: plain words everywhere, no file looked at, nothing torn."""

from collections.abc import Iterable
from datetime import datetime

import pytest
from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QImage, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QHeaderView,
    QLabel,
    QListWidget,
    QTableView,
    QTreeView,
    QWidget,
)
from sqlalchemy import text as sql

from huajie_desktop.backups.second_place import name_second_place
from huajie_desktop.papers import wordings
from huajie_desktop.typesetting.wording import shipped_wording
from huajie_desktop.work import review
from tests.office import enter
from tests.ui import hostile
from tests.ui.hands import wait
from tests.ui.keys import ALT, CTRL, press
from ui.desk.desk import Desk
from ui.lists.tables import ListTable
from ui.pages import PAGES
from ui.pages.settings.copy_view import CopyView
from ui.pdf.document import PdfPages
from ui.shell.window import Window
from ui.widgets.badge import CellDelegate
from ui.widgets.building import as_caption, as_tip, legible, make_label
from ui.widgets.filters import Chip, Tabs

PAGE_KEYS = [entry.key for entry in PAGES]
WIDTH = 1366


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "canary.png"
    made = QImage(8, 8, QImage.Format.Format_RGB32)
    made.fill(Qt.GlobalColor.red)
    assert made.save(str(path))
    return path


@pytest.fixture
def watched(picture):
    found = hostile.Watched(picture)
    yield found
    assert found.openings() == 0, "a picture was loaded because a text said so"
    found.close()


@pytest.fixture
def text(app, tmp_path, picture):
    """The office is full of this before the window opens it."""
    found = hostile.words(picture)
    hostile.fill(app, tmp_path, found)
    return found


@pytest.fixture(autouse=True)
def questions(qapp: QApplication):
    """Every question that comes up meanwhile is looked at and given up."""

    def give_up() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            dialog.reject()
            look(dialog)

    timer = QTimer(interval=20)
    timer.timeout.connect(give_up)
    timer.start()
    yield
    timer.stop()


def markup(words: str) -> bool:
    """What Qt may take for markup, and a little more."""
    return "<" in words or "&" in words


def look(window: QWidget) -> None:
    """Nothing in sight or behind takes a text for markup, or is turned round by it."""
    QApplication.processEvents()
    for label in window.findChildren(QLabel):
        assert label.textFormat() != Qt.TextFormat.AutoText, label.text()
        assert "<img" not in label.text() or label.textFormat() == Qt.TextFormat.PlainText, label.text()
        assert "\u202e" not in label.text(), label.text()
        assert "\x00" not in label.text(), label.text()
    for plain in window.findChildren(QListWidget):
        assert_shown(plain.item(row).text() for row in range(plain.count()))
    for box in window.findChildren(QComboBox):
        assert_shown(map(box.itemText, range(box.count())))
    for widget in (window, *window.findChildren(QWidget)):
        assert_shown([widget.windowTitle()])
    for button in window.findChildren(QAbstractButton):
        assert "\u202e" not in button.text(), button.text()
        assert "&" not in button.text().replace("&&", ""), button.text()
    for widget in [window, *window.findChildren(QWidget)]:
        assert_tip(widget.toolTip())
    for view in window.findChildren(QAbstractItemView):
        if not isinstance(view, QHeaderView) and not isinstance(view.itemDelegate(), CellDelegate) and view.model() is not None:
            columns = view.model().columnCount() if isinstance(view, QTableView | QTreeView) else 1
            for place in (
                (row, column) for row in range(min(view.model().rowCount(QModelIndex()), 5)) for column in range(columns)
            ):
                assert_tip(view.model().index(*place).data(Qt.ItemDataRole.ToolTipRole) or "")


def assert_shown(texts: Iterable[str]) -> None:
    for said in texts:
        assert "\u202e" not in said, said
        assert "\x00" not in said, said


def assert_tip(tip: str) -> None:
    assert not markup(tip) or tip.startswith('<span style="white-space:pre-wrap">'), tip
    assert "<img" not in tip, tip
    assert "\u202e" not in tip, tip


@pytest.mark.parametrize("key", PAGE_KEYS)
def test_a_page_shows_what_is_kept_as_it_is(watched, text: str, window: Window, key: str, qtbot) -> None:
    window.visit(key)
    look(window)
    for tabs in window.pages[key].findChildren(Tabs):
        for word in list(tabs._buttons):
            if tabs.isVisible() and tabs.button(word).isEnabled():
                tabs.button(word).click()
                open_all(window, key)
    wait(qtbot, window.desk)
    open_all(window, key)
    window.commands.help.trigger()
    look(window)
    window.grab()
    look(window)
    assert window.width() == WIDTH, "the page was widened by a text"
    assert window.minimumSizeHint().width() <= WIDTH


def open_all(window: Window, key: str) -> None:
    """Opens the first of every list in sight, and what lies behind it."""
    for table in filter(ListTable.isVisible, window.pages[key].findChildren(ListTable)):
        table.step(0)
        table.view.entered_row.emit()
        look(window)
        if window.current != key:
            window.visit(key)
    for number in range(2, 7):
        if (widget := QApplication.focusWidget()) is not None and widget.window() is window:
            press(Qt.Key(Qt.Key.Key_0 + number), ALT)
            look(window)
    for chip in filter(Chip.isVisible, window.pages[key].findChildren(Chip)):
        chip.click()
        look(window)
        if chip._list is not None:
            chip._list.hide()


def test_the_search_the_strip_and_the_bar_below_show_it_as_it_is(watched, text: str, window: Window, desk: Desk) -> None:
    window.bar.search.setFocus()
    window.bar.search.setText("任务")
    window.guide.palette.look()
    look(window)
    window.guide.palette.hide()
    window.visit("checklist")
    page = window.pages["checklist"]
    page.table.go_to(page.table.ids[0])
    press(Qt.Key.Key_T, CTRL)
    for kind in ("done", "info", "warning", "error"):
        desk.say(kind, text, text)
        look(window)
    window.status.show_done(text, datetime(2021, 3, 10))
    window.status.show_steps(text, text)
    window.status.show_place(text, text, "上次备份 03-01 10:00")
    window.bar.show_person(text)
    look(window)
    assert window.width() == WIDTH
    assert window.minimumSizeHint().width() <= WIDTH


def test_a_sign_that_turns_or_hides_is_shown_as_such() -> None:
    assert legible("甲\u202e乙\x00丙\u2066") == "甲\ufffd乙\ufffd丙\ufffd"
    assert legible("两行\n一格\t😀") == "两行\n一格\t😀"
    assert as_caption("A&B\u202e") == "A&&B\ufffd"
    assert len(as_caption("长" * 300)) == 60
    assert as_tip("<b>&lt;") == '<span style="white-space:pre-wrap">&lt;b&gt;&amp;lt;</span>'
    assert not markup(as_tip("甲乙"))


def test_a_label_shows_tags_as_tags(themed: QApplication, watched, picture) -> None:
    label = make_label(hostile.words(picture))
    assert label.textFormat() == Qt.TextFormat.PlainText
    label.setText(hostile.words(picture))
    label.grab()
    assert "<img" in label.text()
    label.deleteLater()


def test_a_workbook_that_means_harm_is_previewed_and_taken_in_as_plain_words(
    watched, window: Window, desk: Desk, qtbot, tmp_path, picture
) -> None:
    window.visit("import")
    page = window.pages["import"]
    page.read(hostile.workbooks(tmp_path, picture))
    wait(qtbot, desk)
    assert len(page.preview.files) == 3
    assert len(list(page.preview.rows)) > 3, "rows were read"
    look(window)
    for number in range(len(page.preview.files) + 1):
        page.pane.files.table.go_to(number)
        look(window)
        page.pane.map_action.trigger()  # what comes up is looked at and given up
        for problems in (True, False):
            page.pane.rows.problems.setChecked(problems)
            for row in range(len(page.pane.rows.table.model.ids)):
                page.pane.rows.table.put_cursor(row)
                look(window)
    page.skip_errors.trigger()
    wait(qtbot, desk)
    assert page._stack.currentWidget() is page.result
    assert page.result._table.lines, "rows were left out, with why"
    look(window)
    page.tabs.button("past").click()
    open_all(window, "import")
    window.grab()
    assert window.width() == WIDTH
    assert window.minimumSizeHint().width() <= WIDTH


def test_a_wording_that_means_harm_is_words_on_its_page_on_the_sheet_and_at_the_printer(
    watched, app, window: Window, desk: Desk, qtbot, tmp_path, picture
) -> None:
    ids = [enter(app, title=hostile.printable(picture)[:200])]
    review.submit(app, ids)
    review.approve(app, ids)
    name = "pledge-village"
    usual = shipped_wording(name).text
    wordings.save(app, name, f"{usual}\n{hostile.printable(picture)}\n")
    with app.engine.begin() as connection:
        connection.execute(sql("UPDATE wordings SET made_by = :who"), {"who": hostile.words(picture)})
    window.visit("papers")
    page = window.pages["papers"]
    for key in list(page.tabs._buttons):
        page.tabs.button(key).click()
        look(window)
    page.wordings.names.setCurrentIndex(page.wordings.names.findData(name))
    page.wordings.refresh()
    assert "<img" in page.wordings.text.toPlainText()
    page.wordings._on_pause()
    wait(qtbot, desk)
    assert "<img" in text_of(page.wordings.view.pages), "the sample shows it as words"
    look(window)
    page.wordings.text.appendPlainText(f"#标题 {{{hostile.words(picture)}}}")
    look(window)
    assert page.wordings.fault.text(), "and says what cannot be set"
    page.wordings.undo_typing.trigger()
    page.tabs.button(next(iter(page.tabs._buttons))).click()
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "打印.pdf"))
    page.making.print_on(printer)
    wait(qtbot, desk)
    look(window)
    assert (tmp_path / "打印.pdf").stat().st_size > 10_000
    page.making.print_on(printer, QPageSize(QPageSize.PageSizeId.A6))  # another paper is asked about, and given up
    look(window)


def test_copies_of_an_office_that_means_harm_are_listed_and_looked_into(
    watched, app, window: Window, desk: Desk, qtbot, tmp_path, picture
) -> None:
    hostile.rename(app, hostile.words(picture).replace("\x00", ""))
    stick = tmp_path / "U<img src=x>&lt;\u202e盘"
    stick.mkdir()
    name_second_place(app.folder, stick, app.today())
    window.visit("settings", "backups")
    part = window.pages["settings"].backups
    part.copy.trigger()
    wait(qtbot, desk)
    look(window)
    assert len(part.table.lines) == 2, "here and on the stick"
    hostile.rename(app, "\u202e<b>另一个")
    part.refresh()
    seen = []
    for number in range(2):
        part.table.go_to(number)
        view = CopyView(part, desk.preferences, part.table.current_copy(), part._since[part.table.current_copy().folder])
        view.show()
        for key in list(view.tabs._buttons):
            view.tabs.button(key).click()
            look(view)
            view.grab()
        seen.append(view.later.count())
        view.hide()
        view.let_go()
    assert seen == [2, 2], "what was done since"
    part.look.trigger()
    part.restore.trigger()
    look(window)
    assert window.width() == WIDTH


def text_of(pages: PdfPages) -> str:
    return "".join(page.get_textpage().get_text_range() for page in pages._documents[0])
