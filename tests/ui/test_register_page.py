"""From printing to the signed sheet: print, scan, change a task, scan again; and the words of the papers."""

import os
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QPushButton
from sqlalchemy import select

from db.log import Act
from db.models import Paper, Task, WordingVersion
from huajie_desktop.drafts import drafts
from huajie_desktop.papers.making import Order, make
from huajie_desktop.work import review
from tests.office import contents, enter
from tests.ui.hands import answer, choose, wait
from tests.ui.keys import press, type_text
from ui.pages.papers.papers_page import REGISTER, WORDINGS, PapersPage

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def grab(page, name):
    if folder := os.environ.get("PICTURES"):
        page.window().grab().save(str(Path(folder) / f"{name}.png"))


@pytest.fixture
def page(app, window) -> PapersPage:
    ids = [enter(app, title=f"任务{n}", unit=unit) for unit in ("倪宅村", "杨杭村", "大屋村") for n in range(3)]
    review.submit(app, ids)
    review.approve(app, ids)
    window.visit("papers")
    found = window.pages["papers"]
    assert isinstance(found, PapersPage)
    return found


def codes(app):
    with app.reading() as session:
        return {paper.about: paper.code for paper in session.scalars(select(Paper).where(Paper.kind == "pledge"))}


def states(page):
    return {line.about: line.state for line in page.register._lines}


def print_to(file):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    return printer


def test_print_scan_signed_change_scan_again_outdated(page, app, desk, window, qtbot, tmp_path):
    page.making.print_on(print_to(tmp_path / "out.pdf"))
    wait(qtbot, desk)
    assert "送到打印机" in window.messages.text
    with pypdfium2.PdfDocument(tmp_path / "out.pdf") as document:
        assert len(document) == 5, "each of the three begins on a front side"
    text = words_of(file_of(page, tmp_path))
    assert all(code in text for code in codes(app).values()), "the code is printed in letters, too"

    page.show_subject(REGISTER)
    page.refresh(None)
    assert set(states(page).values()) == {"waiting"}
    press(Qt.Key.Key_F8)
    scanned = codes(app)
    for unit in ("倪宅村", "杨杭村"):  # one sheet after the other: the field has the focus again at once
        type_text(scanned[unit])
        press(Qt.Key.Key_Return)
        assert "已登记签回" in window.messages.text
        assert page.register.scan.text() == ""
    assert states(page) == {"倪宅村": "signed", "杨杭村": "signed", "大屋村": "waiting"}
    assert page.register.form.heading.text() == "杨杭村承诺书"
    grab(page, "登记")

    with app.reading() as session:
        task_id = session.scalars(select(Task.id).where(Task.title == "任务1")).first()
    desk.do(review.unlock, [task_id], "金额有误")
    assert states(page)["倪宅村"] == "outdated"
    type_text(scanned["倪宅村"])
    press(Qt.Key.Key_Return)
    assert "已变更：金额有误" in window.messages.text
    assert "收回" in window.messages.text
    grab(page, "登记-已变更")


def file_of(page, folder):
    """The printed PDF as the program holds it, put where it can be read back."""
    made = folder / "held.pdf"
    page.making.shelf.view.pages._documents[0].save(made)
    return made


def test_a_changed_person_makes_the_sheet_outdated_when_it_is_scanned(page, app, desk, window, tmp_path):
    make(app, Order("pledge"), tmp_path / "a.pdf")
    with app.operation(Act.CHANGE, "改") as running:
        running.session.scalars(select(Task).where(Task.title == "任务0")).first().title = "任务零"
    page.show_subject(REGISTER)
    page.refresh(None)
    page.register.scan.setFocus()
    type_text(codes(app)["倪宅村"].lower())
    press(Qt.Key.Key_Return)
    assert "后来有改动" in window.messages.text
    assert states(page)["倪宅村"] == "outdated"
    desk.undo()
    assert states(page)["倪宅村"] == "waiting", "what the scan noted can be taken back"


@pytest.mark.parametrize(
    ("typed", "words"),
    [("6901234567892", "不是本程序文书上的二维码"), ("HJ-2021-P-1-00000000-11", "读错了"), ("花承诺〔2021〕9号", "不是本程序")],
)
def test_what_cannot_be_found_is_said_and_nothing_is_noted(page, app, window, tmp_path, typed, words):
    make(app, Order("pledge"), tmp_path / "a.pdf")
    before = contents(app)
    page.show_subject(REGISTER)
    page.refresh(None)
    page.register.scan.setText(typed)
    page.register.scan.setFocus()
    press(Qt.Key.Key_Return)
    assert words in window.messages.text
    assert contents(app) == before


def test_a_typed_number_a_second_scan_and_the_lists(page, app, desk, window, monkeypatch, tmp_path):
    make(app, Order("pledge", sign_by="2021-03-10"), tmp_path / "a.pdf")
    monkeypatch.setattr(app.data, "today", lambda: date(2021, 3, 20))
    page.show_subject(REGISTER)
    page.refresh(None)
    assert set(states(page).values()) == {"late"}
    for words in ("已登记签回", "没有重复登记"):
        page.register.scan.setText("花承诺〔2021〕1号")
        page.register.scan.setFocus()
        press(Qt.Key.Key_Return)
        assert words in window.messages.text
    assert sorted(states(page).values()) == ["late", "late", "signed_late"]
    page.register.tabs.button("late").click()
    assert len(page.register.table.lines) == 2
    choose(monkeypatch, target=tmp_path / "未签.xlsx")
    page.register.export.trigger()
    assert (tmp_path / "未签.xlsx").stat().st_size > 1000
    assert "2 份" in window.messages.text


def test_who_signed_and_when_is_typed_beside_the_list(page, app, window, tmp_path):
    make(app, Order("pledge"), tmp_path / "a.pdf")
    page.show_subject(REGISTER)
    page.refresh(None)
    form = page.register.form
    form.type_in({"handed_on": "2021-03-05", "signed_on": "2021-03-01"})
    form.save_action.trigger()
    assert "不能早于发出日期" in form.boxes["signed_on"].error
    form.type_in({"signed_on": "2021-03-06", "signed_by": "示例甲"})
    form.save_action.trigger()
    line = page.register.table.current_line()
    assert (line.handed, line.signed, line.by, line.state) == ("2021-03-05", "2021-03-06", "示例甲", "signed")


def test_words_are_changed_kept_and_reset(page, app, desk, window, qtbot, tmp_path):
    page.show_subject(WORDINGS)
    page.refresh(None)
    part = page.wordings
    qtbot.waitUntil(lambda: part.view.pages is not None and not desk.jobs.busy)
    grab(page, "措辞")
    part.text.setFocus()
    part.text.moveCursor(part.text.textCursor().MoveOperation.End)
    type_text("附{单 位}")
    assert "{单 位}" in part.fault.text()
    assert "不是可用的字段" in part.fault.text()
    before = contents(app)
    press(Qt.Key.Key_S, CTRL)
    assert contents(app) == before, "an unknown field is not saved"
    assert "不是可用的字段" in window.messages.text
    text = part.text.toPlainText().replace("附{单 位}", "附：{单位}承诺已公开。")
    part.text.setPlainText(text)
    press(Qt.Key.Key_S, CTRL)
    assert "已保存" in window.messages.text
    make(app, Order("pledge"), tmp_path / "a.pdf")
    assert "倪宅村承诺已公开" in words_of(tmp_path / "a.pdf")
    part.reset.trigger()
    assert "附：" not in part.text.toPlainText()
    with app.reading() as session:
        kept = session.scalars(select(WordingVersion).order_by(WordingVersion.edition)).all()
        assert ["附：" in version.text for version in kept] == [True, False], "both stay, the first with the papers made in it"
        assert {paper.wording.edition for paper in session.scalars(select(Paper))} == {1}
    part.text.setPlainText("改了一半")
    answer("不保存，留作草稿")
    window.visit("home")
    assert window.current == "home"
    assert not part.changed
    qtbot.waitUntil(lambda: "的措辞”没有保存，留作草稿了" in window.messages.text)
    next(found for found in window.messages.findChildren(QPushButton) if found.text() == "继续填写").click()
    assert window.current == "papers"
    assert part.text.toPlainText() == "改了一半"
    part.undo_typing.trigger()
    with app.reading() as session:
        assert drafts(session) == []


def words_of(file):
    with pypdfium2.PdfDocument(file) as document:
        return "".join("".join(sheet.get_textpage().get_text_range().split()) for sheet in document)


def test_papers_of_a_task_ask_for_what_stands_on_them(page, app, desk, window, qtbot, monkeypatch, tmp_path):
    part = page.making
    part.choose("notice")
    assert part.subjects.ticked_ids() == []
    assert not part.print.isEnabled()
    part.search.setText("大屋")
    part.all.trigger()
    assert len(part.subjects.ticked_ids()) == 3
    before = contents(app)
    choose(monkeypatch, target=tmp_path / "通知.pdf")
    part.make.trigger()
    assert part.asked._body.boxes["立项依据"].error == "请填写立项依据"
    assert contents(app) == before
    typed = {"立项依据": "镇党委会议纪要", "办理要求": "加快进度", "办理期限": "2021-06-30"}
    for label, text in typed.items():
        part.asked._body.boxes[label].editor.set_value(text)
    part.preview.trigger()
    wait(qtbot, desk)
    assert contents(app) == before, "a preview is not registered"
    assert not part.shelf.print.isEnabled()
    grab(page, "制作-督查通知单")
    part.make.trigger()
    wait(qtbot, desk)
    text = words_of(tmp_path / "通知.pdf")
    for words in ("花街镇督查通知单", "花督通〔2021〕1号", "花督通〔2021〕3号", "请于2021年6月30日前", "大屋村", "加快进度"):
        assert words in text
    part.choose("pledge")
    part.choose("notice")
    assert part.asked.texts()["办理要求"] == "加快进度", "what was typed stays"


def test_a_scan_of_the_signed_sheet_is_kept(page, app, desk, window, tmp_path):
    make(app, Order("pledge"), tmp_path / "a.pdf")
    page.show_subject(REGISTER)
    page.refresh(None)
    page.register.card.show_part("扫描件")
    page.register.scans.take([tmp_path / "a.pdf"])
    assert "已添加 1 个附件" in window.messages.text
    assert [line.name for line in page.register.scans.table.lines.values()] == ["a.pdf"]


def test_tasks_chosen_in_the_checklist_come_ticked(page, app, window):
    enter(app, title="还没确认", unit="大屋村")
    window.visit("checklist")
    checklist = window.pages["checklist"]
    checklist.table.view.setFocus()
    press(Qt.Key.Key_A, CTRL)
    press(Qt.Key.Key_Y, CTRL | SHIFT)
    assert window.current == "papers"
    assert page.making.kind.key == "notice"
    assert len(page.making.subjects.ticked_ids()) == 9, "the one that is not approved is not among them"


def test_a_day_to_be_back_that_cannot_be_read_is_said_beside_its_field(page, app, desk, monkeypatch, tmp_path):
    before = contents(app)
    box = page.making.asked._body.boxes["签回期限"]
    box.editor.set_value("改天")
    choose(monkeypatch, target=tmp_path / "a.pdf")
    page.making.make.trigger()
    assert box.error
    assert not desk.jobs.busy
    assert contents(app) == before


def test_a_printer_that_fails_leaves_the_papers_registered_and_says_so(page, app, desk, window, qtbot, tmp_path, qt_warnings):
    page.making.print_on(print_to(tmp_path / "no" / "such" / "folder" / "out.pdf"))
    wait(qtbot, desk)
    assert "文书已编号登记，但没有打印完" in window.messages.text
    assert len(codes(app)) == 3
    assert qt_warnings == ["QPainter::begin(): Returned false"]
    qt_warnings.clear()
    assert page.making.shelf.print.isEnabled(), "it can be printed again from the preview"
