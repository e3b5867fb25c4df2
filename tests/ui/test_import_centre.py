"""The import centre: earlier imports opened again and taken back, who sent what, what was corrected, templates in one go."""

import os
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog

from db.models import Correction
from huajie_desktop.receiving import importing, intake
from huajie_desktop.work.task_ledger import TASKS
from tests.office import contents, enter
from tests.ui.hands import HEADERS, LAMP, PARTY, book, wait
from tests.ui.keys import press
from ui.pages.importing.import_page import ImportPage
from ui.pages.importing.memory_part import CorrectionDialog
from ui.pages.importing.templates_part import TemplatesDialog


@pytest.fixture
def page(window) -> ImportPage:
    window.visit("import")
    found = window.pages["import"]
    assert isinstance(found, ImportPage)
    return found


def open_tab(page, key):
    page.tabs.button(key).click()


def grab(page, name):
    """A picture for people, where they ask for it."""
    if folder := os.environ.get("PICTURES"):
        QApplication.processEvents()
        page.window().grab().save(str(Path(folder) / f"{name}.png"))


def taken(app, tmp_path):
    """An import with a mended, a skipped and a good row; the clerk's corrections are kept with it."""
    row = ["美丽环境", "公厕改造", "1座", 5, "李四", "9月底前"]
    made = importing.preview(app, [book(tmp_path / "倪宅.xlsx", LAMP, PARTY, row)])
    rows = list(made.rows)
    importing.mend(app, made, rows[2], "category", "文明环境")
    importing.skip(app, made, [rows[1]])
    return intake.apply(app, made)


def test_an_earlier_import_is_opened_again_with_what_was_said_of_it_and_goes_on(page, app, desk, qtbot, tmp_path):
    taken(app, tmp_path)
    (tmp_path / "倪宅.xlsx").unlink()
    page.refresh(None)
    open_tab(page, "past")
    [line] = [page.batches.table.current_line()]
    assert (line.new, line.skipped, line.units, line.state) == ("2", "1", "倪宅村", "有效")
    texts = [page.batches.files.model.index(row, 0).data() for row in range(page.batches.files.model.rowCount())]
    assert texts[0] == "倪宅.xlsx"
    assert "已跳过" in texts[1]
    grab(page, "以往导入")
    page.batches.open_action.trigger()
    wait(qtbot, desk)
    assert page.tabs.key is None
    assert [row.status for row in page.preview.rows] == ["same", "skipped", "same"]
    assert page.preview.files[0].rows[2].typed == {"category": ("美丽环境", "文明环境")}
    second = page.preview.files[0].rows[1]
    importing.skip(app, page.preview, [second], skipped=False)
    importing.mend(app, page.preview, second, "due", "12月底")
    assert intake.apply(app, page.preview).new == 1


def test_a_batch_is_taken_back_from_the_list(page, app, desk, qtbot, tmp_path):
    before = contents(app, without=[Correction])
    taken(app, tmp_path)
    page.refresh(None)
    open_tab(page, "past")
    page.batches.undo_action.trigger()
    wait(qtbot, desk)
    assert contents(app, without=[Correction]) == before, "but for what the clerk taught"
    assert page.batches.table.current_line().state == "已撤销"


def test_what_was_corrected_is_offered_next_time_seen_changed_and_forgotten(page, app, desk, qtbot, tmp_path, monkeypatch):
    taken(app, tmp_path)
    again = importing.preview(app, [book(tmp_path / "b.xlsx", ["美丽环境", "新栽行道树", "1座", 5, "李四", "9月底前"])])
    [row] = again.rows
    assert (row.record["category"][1], row.action) == ("文明环境", "new")
    assert "按以前的改正读作“文明环境”" in row.record.issues[0].message
    other = importing.preview(
        app, [book(tmp_path / "c.xlsx", ["美丽环境", "栽树", "1座", 5, "李四", "9月底前"], title="大屋村2021年干事承诺清单")]
    )
    assert [found.action for found in other.rows] == ["error"], "of another sender nothing is known"
    page.refresh(None)
    assert page.tabs.button("memory").text() == "改正记忆 1"
    open_tab(page, "memory")
    table = page.memory.table
    texts = [table.model.index(0, column).data() for column in range(table.model.columnCount())]
    assert {"倪宅村", "美丽环境", "类别：文明环境"} <= set(texts)
    grab(page, "改正记忆")
    table.setFocus()
    table.step(0)

    def mend():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, CorrectionDialog)
        dialog.meant.setText("平安创建")
        dialog.accept()

    QTimer.singleShot(0, mend)
    page.memory.edit.trigger()
    [row] = importing.preview(app, [tmp_path / "b.xlsx"]).rows
    assert row.record["category"][1] == "平安创建"
    page.window().activateWindow()  # the dialog had it
    qtbot.waitUntil(page.window().isActiveWindow)
    table.setFocus()
    press(Qt.Key.Key_Delete)
    assert page.memory.refresh() == 0
    [row] = importing.preview(app, [tmp_path / "b.xlsx"]).rows
    assert row.action == "error"


def test_a_corrected_header_is_read_so_the_next_time(app, tmp_path):
    def sheet(path, title):
        made = book(path, LAMP, title=title)
        loaded = load_workbook(made)
        loaded.active.cell(2, HEADERS.index("建设内容及规模") + 1).value = "做啥"
        loaded.save(path)
        return path

    made = importing.preview(app, [sheet(tmp_path / "a.xlsx", "倪宅村2021年干事承诺清单")])
    file = made.files[0]
    column = next(column for column in file.read.tables[0].columns if column.header == "做啥")
    importing.remap(app, made, file, {(file.read.tables[0].sheet, 2, column.index): "content"})
    intake.apply(app, made)
    again = importing.preview(app, [sheet(tmp_path / "b.xlsx", "倪宅村2021年干事承诺清单（补）")])
    assert next(again.rows).record["content"] == LAMP[2]
    assert any("按以前的改正，把“做啥”这一列读成" in notice for notice in again.files[0].all_notices)


def test_who_has_sent_what_for_the_month_is_listed_exported_and_printed(page, app, desk, qtbot, tmp_path, monkeypatch):
    taken(app, tmp_path)
    enter(app, title="金湖的事", unit="金湖村")
    page.refresh(None)
    open_tab(page, "sent")
    part = page.sendings
    part.kind.setCurrentIndex(part.kind.findData(TASKS.key))
    part.kind.activated.emit(part.kind.currentIndex())
    month = app.today().month
    part.month.setCurrentIndex(month - 1)
    part.month.activated.emit(month - 1)
    lines = {line.unit: line.state for line in part._lines}
    assert (len(lines), lines["金湖村"], lines["大屋村"]) == (27, "part", "missing")
    now = [line for line in part._lines if line.unit == "倪宅村"]
    assert now[0].records == 2
    grab(page, "报送情况")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(tmp_path / "催报.xlsx"), ""))
    part.export.trigger()
    rows = list(load_workbook(tmp_path / "催报.xlsx").active.iter_rows(min_row=3, values_only=True))
    assert "大屋村" in [row[1] for row in rows]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(tmp_path / "催报.pdf"), ""))
    part.print.trigger()
    wait(qtbot, desk)
    text = "".join(found.extract_text() for found in PdfReader(tmp_path / "催报.pdf").pages)
    assert "月任务清单催报清单" in text.replace("\n", "")
    assert "大屋村" in text
    assert part._layers.currentWidget() is part.shelf
    grab(page, "催报清单")
    part.back.trigger()
    part.missing.setChecked(True)
    assert all(line.state != "sent" for line in part._lines if line.id in part.table.model.ids)


def test_templates_are_made_for_the_chosen_units_in_one_go(page, app, desk, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(tmp_path / "模板"))

    def choose_two():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, TemplatesDialog)
        assert len(dialog.unit_ids) == 27
        if folder := os.environ.get("PICTURES"):
            dialog.grab().save(f"{folder}/填报模板.png")
        dialog._none.click()
        for row in (0, 5):
            dialog.units.item(row).setCheckState(Qt.CheckState.Checked)
        dialog.make.click()

    QTimer.singleShot(0, choose_two)
    page.template.trigger()
    wait(qtbot, desk)
    assert [path.name for path in sorted((tmp_path / "模板").iterdir())] == ["01 倪宅村 任务清单.xlsx", "06 花街村 任务清单.xlsx"]
