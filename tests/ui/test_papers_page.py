"""Papers and report: which units, one file or many, the preview, the printer."""

import errno
import os
from pathlib import Path

import pytest
from PIL import ImageOps
from pypdfium2 import PdfDocument
from PySide6.QtCore import Qt
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from sqlalchemy import select

from db.models import Paper, Task
from huajie_desktop.papers.making import Order, make
from huajie_desktop.work import review
from tests.office import contents, enter
from tests.ui.hands import choose, wait
from tests.ui.keys import press
from ui.pages.papers.making_part import MakingPart
from ui.pages.papers.papers_page import PapersPage
from ui.pages.report.report_page import ReportPage
from ui.pdf import asking_printer
from ui.pdf.asking_printer import ask_printer, set_as_before
from ui.pdf.document import PageSize
from ui.widgets.counted import ActionBox


@pytest.fixture
def filled(app, window):
    """Three units: two with approved tasks, one with a draft only."""
    ids = [enter(app, title=f"任务{n}", unit="倪宅村") for n in range(30)] + [enter(app, unit="杨杭村")]
    review.submit(app, ids)
    review.approve(app, ids)
    enter(app, unit="大屋村")


@pytest.fixture
def page(filled, window) -> MakingPart:
    window.visit("papers")
    found = window.pages["papers"]
    assert isinstance(found, PapersPage)
    return found.making


def bookmarks(file):
    with PdfDocument(file) as document:
        return [entry.get_title() for entry in document.get_toc()], len(document)


def test_without_tasks_the_page_says_what_to_do(window):
    window.visit("papers")
    page = window.pages["papers"].making
    assert page._empty.isVisible()
    assert not page.make.isEnabled()


def test_units_with_approved_tasks_come_ticked(page):
    assert page.subjects.rowCount() == 3
    assert len(page.subjects.ticked_ids()) == 2
    assert page._count.text() == "已选 2 个单位，31 项已确认的任务"
    page.none.trigger()
    assert page.subjects.ticked_ids() == []
    assert not page.make.isEnabled()
    page.subjects.setFocus()
    for _ in range(2):
        press(Qt.Key.Key_Space)
        press(Qt.Key.Key_Down)
    page.subjects._on_clicked(2, 1)
    assert len(page.subjects.ticked_ids()) == 2, "a unit without an approved task cannot be ticked"


def test_all_in_one_file_with_a_bookmark_for_each(page, app, desk, qtbot, monkeypatch, tmp_path):
    before = contents(app)
    choose(monkeypatch, target=tmp_path / "承诺书")
    page.make.trigger()
    wait(qtbot, desk)
    titles, pages = bookmarks(tmp_path / "承诺书.pdf")
    assert titles == ["倪宅村承诺书", "杨杭村承诺书"]
    assert len(page.shelf.view.pages) == pages > 2
    assert page.subjects.item(0, 5).text() == "花承诺〔2021〕1号"
    desk.undo()
    assert contents(app) == before
    assert page.subjects.item(0, 5).text() == ""


def test_one_file_for_each_ticked_unit_beside_what_was_there(page, app, desk, qtbot, monkeypatch, tmp_path):
    (tmp_path / "别的.pdf").write_bytes(b"x")
    page.choose("slip")
    page.separate.setChecked(True)
    page.subjects._toggle(0)
    choose(monkeypatch, folder=tmp_path)
    page.make.trigger()
    wait(qtbot, desk)
    assert page.shelf.files == [tmp_path / "杨杭村承诺交办单.pdf"]
    with app.reading() as session:
        assert [(paper.kind, paper.unit.name) for paper in session.query(Paper)] == [("slip", "杨杭村")]


def test_ticks_stay_when_the_list_is_read_anew(page):
    page.subjects._toggle(0)
    page.refresh()
    assert len(page.subjects.ticked_ids()) == 1


def test_a_paper_with_a_character_without_a_glyph_is_named_and_the_others_are_made(
    page, app, desk, window, qtbot, monkeypatch, tmp_path
):
    ids = [enter(app, title="坏字\U0002ffff", unit="杨杭村")]
    review.submit(app, ids)
    review.approve(app, ids)
    choose(monkeypatch, target=tmp_path / "承诺书.pdf")
    page.make.trigger()
    wait(qtbot, desk)
    assert window.messages.kind == "warning"
    for words in ("已制作 1 份", "杨杭村 1 份没有制作", "坏字", "U+2FFFF"):
        assert words in window.messages.text
    assert bookmarks(tmp_path / "承诺书.pdf")[0] == ["倪宅村承诺书"]


def test_what_was_not_written_is_offered_and_written_again_by_keys(page, app, desk, window, qtbot, monkeypatch, tmp_path):
    """The old file is open in a reader: numbers are kept, the page says so, Ctrl+Shift+W writes the same papers."""
    move = os.replace

    def replace(source, target):
        if Path(target).name == "承诺书.pdf":
            raise PermissionError(errno.EACCES, "Permission denied", str(target))
        move(source, target)

    choose(monkeypatch, target=tmp_path / "承诺书.pdf")
    strip = window.pages["papers"].unwritten
    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", replace)
        page.make.trigger()
        wait(qtbot, desk)
    assert window.messages.kind == "error"
    assert "2 份已编号登记，还没有写出" in window.messages.text
    assert page.subjects.item(0, 5).text() == "花承诺〔2021〕1号"
    assert strip.isVisible()
    assert f"2 份文书已编号登记，但文件没有写完（应在 {tmp_path}）" in strip.words.text()
    assert not (tmp_path / "承诺书.pdf").exists()
    page.subjects.setFocus()
    press(Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    wait(qtbot, desk)
    assert bookmarks(tmp_path / "承诺书.pdf")[0] == ["倪宅村承诺书", "杨杭村承诺书"]
    assert window.messages.kind == "done"
    assert not strip.isVisible()
    assert desk.steps.undoable.label == "制作承诺书 2 份"


def test_leafing_by_keys_draws_only_what_is_in_sight(page, desk, qtbot, monkeypatch, tmp_path):
    choose(monkeypatch, target=tmp_path / "承诺书.pdf")
    page.make.trigger()
    wait(qtbot, desk)
    view = page.shelf.view
    view.grab()
    assert 0 in view._drawn
    assert len(view.pages) - 1 not in view._drawn
    press(Qt.Key.Key_PageDown)
    assert view.page == 1
    assert page.shelf._number.text().startswith("第 2 页")
    press(Qt.Key.Key_End)
    assert view.page == len(view.pages) - 1
    assert not page.shelf.forth.isEnabled()
    view.set_zoom(2)
    assert view.page == len(view.pages) - 1


def test_printing_sends_each_page_in_full(page, desk, qtbot, window, monkeypatch, tmp_path):
    choose(monkeypatch, target=tmp_path / "承诺书.pdf")
    page.make.trigger()
    wait(qtbot, desk)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "打印.pdf"))
    printer.setFromTo(2, 3)
    page.shelf.print_on(printer)
    wait(qtbot, desk)
    assert "2 页" in window.messages.text
    with PdfDocument(tmp_path / "打印.pdf") as made, PdfDocument(tmp_path / "承诺书.pdf") as source:
        assert len(made) == 2
        for paper, page_size in zip(made[0].get_size(), source[1].get_size(), strict=True):
            assert abs(paper - page_size) < 2  # points
        ink = [
            sum(255 - value for value in document[number].render(scale=2, grayscale=True).buffer)
            for document, number in ((made, 0), (source, 1))
        ]
        assert abs(ink[0] - ink[1]) < ink[1] * 0.1, "as large and as black as on the page itself"


def test_the_report_shows_figures_and_is_made(filled, window, desk, qtbot, monkeypatch, tmp_path):
    window.visit("report")
    page = window.pages["report"]
    assert isinstance(page, ReportPage)
    assert page.subtitle.text() == "2021 年 · 只统计已确认的任务 31 项"
    assert page.table.lines[0].tasks == "31"
    page.findChild(ActionBox).click()
    assert page.subtitle.text() == "2021 年 · 任务 32 项 · 已确认 31 项"
    assert [page.table.lines[0].tasks, page.table.lines[0].approved] == ["32", "31"]
    page.tabs.button("unit").click()
    assert [(line.title, line.group) for line in page.table.lines.values()][:2] == [("倪宅村", "行政村"), ("杨杭村", "行政村")]
    choose(monkeypatch, target=tmp_path / "报告.pdf")
    page.make.trigger()
    wait(qtbot, desk)
    with PdfDocument(tmp_path / "报告.pdf") as document:
        assert len(page.shelf.view.pages) == len(document)


def test_amounts_of_the_report_page_have_equally_many_decimals(window, desk):
    for title, money in (("路灯", "12.5"), ("绿道", "1200"), ("公厕", "3.456")):
        enter(desk.seat, title=title, unit="杨杭村" if title == "路灯" else "倪宅村", investment=money)
    window.visit("report")
    page = window.pages["report"]
    page.findChild(ActionBox).click()
    page.tabs.button("unit").click()
    assert {line.title: line.investment for line in page.table.lines.values()} == {
        "倪宅村": "1203.456", "杨杭村": "12.500", "合计": "1215.956",
    }  # fmt: skip


def test_the_report_asks_for_whom_it_is_and_is_looked_at_before_it_is_kept(filled, window, desk, qtbot, tmp_path):
    window.visit("report")
    page = window.pages["report"]
    boxes = page.asked._body.boxes
    assert list(boxes) == ["主送", "署名", "成文日期", "月份", "下步打算", "全部事项清单"]
    assert {label: box.editor.value() for label, box in boxes.items()}["主送"] == "花街镇党委、政府"
    assert (boxes["月份"].editor.value(), boxes["成文日期"].editor.value()) == ("3月", desk.today.isoformat())
    boxes["成文日期"].editor.set_value("2021-02-28")
    press(Qt.Key.Key_F9)
    assert "早于所报的2021年3月" in boxes["成文日期"]._error.text()
    assert page.shelf.view.pages is None
    boxes["成文日期"].editor.set_value("2021-03-12")
    boxes["主送"].editor.set_value("县委、县政府")
    boxes["全部事项清单"].editor.set_value("不附")
    press(Qt.Key.Key_F9)
    wait(qtbot, desk)
    assert page.shelf.view.pages is not None
    assert not page.shelf.print.isVisible(), "what is only looked at is not printed"
    assert not page.shelf.files
    window.visit("papers")
    window.visit("report")
    assert boxes["主送"].editor.value() == "县委、县政府", "what was typed stays"


def test_an_outdated_paper_says_so_beside_its_number(filled, window, desk, app, tmp_path):
    with app.reading() as session:
        unit_id, task_id = session.execute(select(Task.unit_id, Task.id).where(Task.state == "approved")).first()
    make(app, Order("pledge", [unit_id]), tmp_path / "p.pdf")
    window.visit("papers")
    table = window.pages["papers"].making.subjects
    row = next(row for row, line in enumerate(table._lines) if line.id == unit_id)
    assert table.item(row, 6).text() == "有效"
    desk.do(review.unlock, [task_id], "金额有误")
    assert table.item(row, 5).text() == "花承诺〔2021〕1号"
    assert table.item(row, 6).text().startswith("已变更：")
    assert "金额有误" in table.item(row, 6).text()


def pdf_printer(target, paper=None):
    """A printer that prints into a file; its paper is what the system proposes, unless the clerk chooses another."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    printer.setPageSize(QPageSize(paper or QPageSize.PageSizeId.Letter))
    return printer


def poster(page):
    page.choose("poster")
    page.asked._body.boxes["幅面"].editor.set_value("A3")


def test_a_poster_is_printed_in_pieces_on_the_paper_there_is(page, desk, qtbot, window, tmp_path):
    """Asked for on the page, A4 proposed to the printer, and the next time proposed again."""
    poster(page)
    assert not page.two_sided.isEnabled(), "what hangs on a wall has one side"
    page.asked._body.boxes["拼贴"].editor.set_value("用 A4 拼贴")
    page.print_on(pdf_printer(tmp_path / "打印.pdf"))
    wait(qtbot, desk)
    assert "已把 2 份，共 2 页，拼贴共 10 张送到打印机" in window.messages.text
    with PdfDocument(tmp_path / "打印.pdf") as made:
        assert len(made) == 10
        assert all(abs(max(sheet.get_size()) - 842) < 2 for sheet in made)
    page.choose("pledge")
    page.asked._said.clear()
    page.choose("poster")
    assert page.asked.texts()["拼贴"] == "用 A4 拼贴"


@pytest.mark.parametrize(("kind", "longer"), [("unit_list", 842), ("pledge", 842), ("poster", 1191)])
def test_each_page_is_printed_whole_on_paper_of_its_own_size(page, desk, qtbot, window, tmp_path, kind, longer):
    """Whatever paper the system proposes: A4 comes out on A4, not shrunk to Letter, and a poster on A3."""
    page.choose(kind)
    if kind == "poster":
        poster(page)
    page.print_on(pdf_printer(tmp_path / "打印.pdf"))
    wait(qtbot, desk)
    assert "缩小" not in window.messages.text
    with PdfDocument(tmp_path / "打印.pdf") as made:
        width, height = made[0].get_size()
        assert (width > height) == (kind == "unit_list")
        assert abs(max(width, height) - longer) < 2
        image = ImageOps.invert(made[0].render(scale=1).to_pil().convert("L")).getbbox()
    assert width - image[2] > 15, "nothing runs out at the right"
    assert image[2] > width * 0.8
    assert image[3] > height * (0.5 if kind == "unit_list" else 0.8)


def test_a_poster_for_smaller_paper_is_asked_about_before_anything_is_numbered(
    page, app, desk, qtbot, window, monkeypatch, tmp_path
):
    poster(page)
    paper = QPageSize(QPageSize.PageSizeId.A4)
    asked = []
    monkeypatch.setattr(asking_printer, "ask", lambda _parent, _heading, text, _verb: asked.append(text) or len(asked) > 1)
    page.print_on(pdf_printer(tmp_path / "打印.pdf", QPageSize.PageSizeId.A4), paper)
    assert not desk.jobs.busy
    assert not (tmp_path / "打印.pdf").exists()
    with app.reading() as session:
        assert session.query(Paper).count() == 0
    for words in ("文书是 A3（297×420 毫米）", "打印机的纸是 A4（210×297 毫米）", "缩小到 71% 打印"):
        assert words in asked[0]
    page.print_on(pdf_printer(tmp_path / "打印.pdf", QPageSize.PageSizeId.A4), paper)
    wait(qtbot, desk)
    assert "2 页比打印机的纸大，已缩小" in window.messages.text
    with PdfDocument(tmp_path / "打印.pdf") as made:
        assert abs(max(made[0].get_size()) - 842) < 2


def test_larger_paper_is_asked_about_too(page, desk, qtbot, window, monkeypatch, tmp_path):
    choose(monkeypatch, target=tmp_path / "承诺书.pdf")
    page.make.trigger()
    wait(qtbot, desk)
    asked = []
    monkeypatch.setattr(asking_printer, "ask", lambda _parent, _heading, text, _verb: asked.append(text))
    page.shelf.print_on(pdf_printer(tmp_path / "打印.pdf"), QPageSize(QPageSize.PageSizeId.A3))
    assert "按原大小印在纸的左上角" in asked[0]
    assert not (tmp_path / "打印.pdf").exists()


def test_how_a_kind_was_printed_is_proposed_again_for_that_kind_alone(page, desk, qtbot, window, monkeypatch):
    """And before anything goes to the printer it is told how much that is."""
    seen, told = [], []

    def chooses(dialog):
        printer = dialog.printer()
        told.append(dialog.windowTitle())
        seen.append((printer.colorMode(), printer.copyCount(), printer.pageLayout().pageSize().id()))
        printer.setColorMode(QPrinter.ColorMode.GrayScale)
        printer.setCopyCount(2)
        return 1

    monkeypatch.setattr(QPrintDialog, "exec", chooses)
    monkeypatch.setattr(MakingPart, "print_on", lambda _page, printer, paper: seen.append(paper))
    for prepare in (lambda: None, lambda: page.two_sided.setChecked(False), lambda: poster(page)):
        prepare()
        page.print.trigger()
        wait(qtbot, desk)
    assert told == ["打印：2 份，共 4 页，双面 3 张", "打印：2 份，共 4 页", "打印：2 份，共 2 页"]
    colour, grey = QPrinter.ColorMode.Color, QPrinter.ColorMode.GrayScale
    a4, a3 = QPageSize.PageSizeId.A4, QPageSize.PageSizeId.A3
    assert seen == [(colour, 1, a4), None, (grey, 2, a4), None, (colour, 1, a3), None]


def test_printing_on_both_sides_is_set_again(desk):
    """The printer of these tests knows no sides: what it is told is what counts."""

    class Told(QPrinter):
        sides = QPrinter.DuplexMode.DuplexNone

        def setDuplex(self, sides):
            self.sides = sides

    desk.preferences.remember_printing("pledge", (QPrinter.DuplexMode.DuplexLongSide.value, 1, 3))
    printer = Told()
    set_as_before(printer, desk.preferences, "pledge")
    assert (printer.sides, printer.copyCount()) == (QPrinter.DuplexMode.DuplexLongSide, 3)


def test_both_sides_are_proposed_where_the_page_says_so(desk, monkeypatch):
    """And posters one side, whatever was printed before; what the clerk chose of the long and the short side stays."""
    sides = QPrinter.DuplexMode

    class Told(QPrinter):
        set_to = sides.DuplexNone

        def setDuplex(self, mode):
            self.set_to = mode

        def duplex(self):
            return self.set_to

    monkeypatch.setattr(asking_printer, "QPrinter", Told)
    monkeypatch.setattr(QPrintDialog, "exec", lambda _dialog: 1)
    found = []
    for before, two_sided in ((sides.DuplexNone, True), (sides.DuplexShortSide, True), (sides.DuplexLongSide, False)):
        desk.preferences.remember_printing("pledge", (before.value, 1, 1))
        printer = ask_printer(None, desk.preferences, "pledge", PageSize(595, 842), two_sided=two_sided).printer
        found.append(printer.duplex())
    assert found == [sides.DuplexLongSide, sides.DuplexShortSide, sides.DuplexNone]


def test_another_paper_chosen_in_the_dialog_is_taken(page, desk, monkeypatch):
    monkeypatch.setattr(QPrintDialog, "exec", lambda dialog: dialog.printer().setPageSize(QPageSize(QPageSize.PageSizeId.A5)))
    found = ask_printer(page, desk.preferences, "pledge", PageSize(595, 842))
    assert found.paper.id() == QPageSize.PageSizeId.A5


def test_an_office_other_than_the_heads_is_said_beside_its_field_and_in_the_preview(page, desk, window, qtbot):
    page.choose("bulletin")
    boxes = page.asked._body.boxes
    assert boxes["成文日期"].editor.value() == desk.today.isoformat(), "today is proposed"
    assert "签发人" in page.asked._body.rare
    assert not page.asked._body.unfolded, "what is rarely said lies folded"
    assert boxes["署名"].editor.value() == "花街镇人民政府"
    for label, text in {"存在问题": "进度滞后", "下步要求": "加快推进", "红头": "中共花街镇委员会文件"}.items():
        boxes[label].editor.set_value(text)
        boxes[label].editor.edited.emit()
    assert boxes["署名"].editor.value() == "中共花街镇委员会", "the office of the head signs"
    boxes["署名"].editor.set_value("花街镇党政办公室")
    page.preview.trigger()
    assert "不是同一机关" in boxes["署名"].warning
    wait(qtbot, desk)
    assert "不是同一机关" in window.messages.text
    assert window.messages.kind == "warning"
    boxes["署名"].editor.set_value("中共花街镇委员会")
    page.preview.trigger()
    assert boxes["署名"].warning == ""
    wait(qtbot, desk)
    assert window.messages.kind == "info"
