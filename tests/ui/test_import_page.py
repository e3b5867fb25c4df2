"""The import page: read, look over, mend, skip, remap, take in, take back."""

import zipfile

from openpyxl import Workbook, load_workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from huajie_desktop.receiving import importing
from huajie_desktop.records import entry
from huajie_desktop.township.registers import UNITS
from huajie_desktop.work import review
from huajie_desktop.work.checklist import TaskFilter, task_ids
from tests.office import contents, enter
from tests.sheets.files import Grid, write
from tests.ui.hands import HEADERS, LAMP, PARTY, answer, book, choose, show_letters_at, wait
from tests.ui.keys import CTRL, press, type_text
from ui.pages.importing.preview.mapping import MappingDialog
from ui.pages.importing.templates_part import TemplatesDialog


def shown(page):
    """The texts of the table, row by row."""
    model = page.pane.rows.table.model
    return [[model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())]


def box(page, name):
    return page.pane.detail.boxes[name]


TO_BE_SAID = "“待定”不是日期，请写一个日期（如 8月31日前 或 2021-08-31）"


def test_the_empty_page_says_what_to_do_first(page):
    assert page._stack.currentWidget() is page.start
    assert not page.apply.isVisible()


def test_chosen_files_are_read_beside_the_window_and_nothing_is_written(page, app, desk, qtbot, monkeypatch, tmp_path):
    before = contents(app)
    choose(monkeypatch, files=[book(tmp_path / "倪宅.xlsx", LAMP, PARTY)])
    page.choose.trigger()
    assert desk.jobs.busy
    wait(qtbot, desk)
    assert page.subtitle.text() == "1 个文件 · 2 行"
    assert contents(app) == before
    assert shown(page) == [["有错误", "第 4 行", "主题党日规范化", TO_BE_SAID, "倪宅村", "基层党建", "张三", "待定", ""]], (
        "problems first, with the reason"
    )
    page.pane.rows.problems.setChecked(False)
    assert shown(page)[0] == ["新任务", "第 3 行", "穿村段路灯安装", "", "倪宅村", "干事承诺", "倪成纲、张三", "8月底", "12.5"]


def test_a_row_shows_raw_text_value_address_and_what_is_wrong(page, read, tmp_path):
    read(book(tmp_path / "倪宅.xlsx", LAMP, PARTY))
    due = box(page, "due")
    assert (due.text, due._place.text()) == ("待定", "Sheet!G4")
    assert "不是日期" in due.issue
    assert box(page, "unit")._read.text() == "读作：倪宅村"
    assert box(page, "remarks")._place.text() == "表里没有这一列"


def test_what_stands_in_the_way_is_said_in_one_line(page, read, window, tmp_path):
    window.resize(1366, 728)
    read(book(tmp_path / "倪宅.xlsx", LAMP, PARTY))
    for percent in (100, 150, 100):
        show_letters_at(percent)
        assert page._blocked.height() < 2 * page._blocked.fontMetrics().height(), percent


def test_mending_by_keys_goes_from_fault_to_fault(page, read, tmp_path, themed):
    faulty = ["其他", "公厕改造", "", -5, "", "尽快"]
    read(book(tmp_path / "倪宅.xlsx", LAMP, PARTY, faulty))
    assert not page.apply.isEnabled()
    assert "2 行有错误" in page._blocked.text()
    assert page._blocked.height() < 2 * page._blocked.fontMetrics().lineSpacing(), "there is room for it in one line"
    press(Qt.Key.Key_Return)  # from the row into its first faulty field
    assert QApplication.focusWidget() is box(page, "due").editor
    type_text("12月底")
    press(Qt.Key.Key_Return)
    for name, text in (("category", "文明环境"), ("due", "9月30日"), ("investment", "5"), ("responsible", "李四")):
        assert QApplication.focusWidget() is box(page, name).editor
        QApplication.focusWidget().selectAll()
        type_text(text)
        press(Qt.Key.Key_Return)
        if page.pane.detail.boxes[name].editor is QApplication.focusWidget():
            press(Qt.Key.Key_Return)
    assert page.preview.counts() == {"new": 3}
    assert page.apply.isEnabled()
    assert page.apply.text() == "导入 3 项"
    assert page.preview.files[0].rows[1].typed == {"due": ("待定", "12月底")}


def test_a_typed_text_is_read_when_the_field_is_left_another_way(page, read, tmp_path):
    preview = read(book(tmp_path / "倪宅.xlsx", PARTY))
    page.pane.detail.focus_problem()
    type_text("12月底")
    page.pane.rows.setFocus()
    assert preview.counts() == {"new": 1}


def test_rows_are_skipped_and_taken_in_again_by_keys(page, read, tmp_path):
    preview = read(book(tmp_path / "倪宅.xlsx", LAMP, PARTY))
    press(Qt.Key.Key_Delete)
    assert preview.counts() == {"new": 1, "skipped": 1}
    page.pane.rows.problems.setChecked(False)
    page.pane.rows.table.step(1)
    press(Qt.Key.Key_Insert)
    assert preview.counts() == {"new": 1, "error": 1}


def test_all_twins_are_skipped_at_once(page, read, tmp_path):
    preview = read(book(tmp_path / "倪宅.xlsx", LAMP, LAMP, LAMP, PARTY))
    page.pane.twins_action.trigger()
    assert preview.counts() == {"new": 1, "skipped": 2, "error": 1}
    assert not page.pane.twins_action.isEnabled()


def test_the_unit_of_a_file_can_be_said(page, read, desk, qtbot, tmp_path):
    preview = read(book(tmp_path / "清单.xlsx", LAMP, PARTY, title="2021年清单"))
    assert preview.counts()["error"] == 2
    page.pane.files.table.go_to(1)
    box(page, "due").editor.set_value("年底")
    page.pane.rows.table.step(1)
    importing.mend(desk.seat, preview, preview.files[0].rows[1], "due", "年底")
    page.pane.files.unit.setFocus()
    type_text("nz")
    press(Qt.Key.Key_Return)
    wait(qtbot, desk)
    assert preview.files[0].unit == "倪宅村"
    assert preview.counts() == {"new": 2}, "what was typed stays when a file is read again"


def test_columns_are_shown_with_what_they_were_taken_for_and_can_be_corrected(page, read, desk, qtbot, tmp_path):
    headers = [*HEADERS[:3], "说一说", *HEADERS[4:]]
    preview = read(book(tmp_path / "倪宅.xlsx", LAMP, headers=headers))
    assert preview.files[0].read.tables[0].missing == ["content"]
    dialog = MappingDialog(page, preview.files[0])
    assert dialog._missing.text() == "没有找到的列：建设内容及规模"
    column = dialog.box_of("说一说")
    assert column.currentText() == "不读这一列"
    column.setCurrentText("建设内容及规模")
    assert dialog.corrections == {("Sheet", 2, 3): "content"}
    other = dialog.box_of("序号")
    other.setCurrentText("建设内容及规模")
    assert column.currentText() == "建设内容及规模", "texts stand in several columns"
    other.setCurrentText("启动时间")
    column.setCurrentText("启动时间")
    assert other.currentText() == "不读这一列", "one value stands in one column"
    column.setCurrentText("建设内容及规模")
    dialog.deleteLater()
    importing.skip(desk.seat, preview, preview.files[0].rows)
    importing.remap(desk.seat, preview, preview.files[0], dialog.corrections)
    assert preview.files[0].rows[0].record["content"] == "安装路灯12盏"
    assert preview.files[0].rows[0].skipped


def test_columns_of_lists_side_by_side_are_chosen_each_for_itself(page, read, desk, tmp_path):
    write(
        tmp_path / "倪宅.xlsx",
        [Grid("清单", [["任务名称", "责任人", "完成时限"] * 2, ["村道", "张三丰", "8月底", "公厕", "李四光", "9月底"]])],
    )
    preview = read(tmp_path / "倪宅.xlsx")
    dialog = MappingDialog(page, preview.files[0])
    assert [dialog._which.itemText(place).partition("表头在")[2] for place in (0, 1)] == ["第 1 行", "第 1 行（D 列起）"]
    left, right = dialog._boxes["清单", 1, 2], dialog._boxes["清单", 1, 5]
    right.setCurrentText("启动时间")
    right.setCurrentText("完成时限")
    assert left.currentText() == "完成时限", "the other list keeps its own"
    right.setCurrentText("启动时间")
    corrections = dialog.corrections
    dialog.deleteLater()
    assert corrections == {("清单", 1, 5): "start"}
    importing.remap(desk.seat, preview, preview.files[0], corrections)
    assert [(row.record["start"] is None, row.record["due"] is None) for row in preview.rows] == [(True, False), (False, True)]


def test_the_mapping_dialog_reads_the_file_again(page, read, desk, qtbot, tmp_path):
    read(book(tmp_path / "倪宅.xlsx", LAMP, headers=[*HEADERS[:3], "说一说", *HEADERS[4:]]))
    page.pane.files.table.go_to(1)

    def correct():
        dialog = QApplication.activeModalWidget()
        dialog.box_of("说一说").setCurrentText("建设内容及规模")
        dialog.accept()

    QTimer.singleShot(0, correct)
    page.pane.map_action.trigger()
    wait(qtbot, desk)
    assert page.preview.files[0].rows[0].record["content"] == "安装路灯12盏"


def test_a_list_nobody_could_read_is_read_once_the_clerk_says_its_columns_are_right(page, read, desk, qtbot, tmp_path):
    made = Workbook()
    for row in (["项目名称", "金额", "说一说"], ["期初余额", 1, "甲"], ["差旅费用", 2, "乙"], ["应收帐款", 3, "丙"]):
        made.active.append(row)
    made.save(tmp_path / "倪宅.xlsx")
    preview = read(tmp_path / "倪宅.xlsx")
    assert preview.files[0].read.problem.startswith("第1行有表头的字样（项目名称、金额）")
    dialog = MappingDialog(page, preview.files[0])
    assert dialog.box_of("项目名称").currentText() == "任务名称"
    corrections = dialog.corrections
    dialog.deleteLater()
    importing.remap(desk.seat, preview, preview.files[0], corrections)
    assert [row.record.title for row in preview.files[0].rows] == ["期初余额", "差旅费用", "应收帐款"]


def test_rows_that_are_no_tasks_are_listed_with_the_reason(page, read, tmp_path):
    file = book(tmp_path / "倪宅.xlsx", LAMP)
    made = load_workbook(file)
    made.active.append(["合计", None, None, None, 12.5])
    made.save(file)
    read(file)
    leftovers = page.pane.rows.leftovers
    assert leftovers.fold.text().startswith("没有当作任务的行 1")
    assert not leftovers.table.isVisible()
    leftovers.fold.click()
    assert leftovers.table.isVisible()
    assert "合计" in [line.reason for line in leftovers.table.lines.values()]


def test_a_file_that_cannot_be_read_says_why_and_the_others_go_on(page, read, desk, qtbot, tmp_path):
    (tmp_path / "坏.xlsx").write_bytes(b"%PDF-1.4")
    read(book(tmp_path / "倪宅.xlsx", LAMP), tmp_path / "坏.xlsx")
    assert "1 个文件读不了" in page._blocked.text()
    page.pane.files.table.go_to(2)
    assert "PDF" in page.pane.files._problem.text()
    page.skip_errors.trigger()
    wait(qtbot, desk)
    assert page.outcome.new == 1
    assert any("PDF" in line for line in page.outcome.left_out)


def test_dropping_a_folder_reads_its_workbooks(page, desk, qtbot, tmp_path):
    folder = tmp_path / "各村"
    (folder / "片").mkdir(parents=True)
    book(folder / "倪宅.xlsx", LAMP)
    book(folder / "片" / "大屋.xlsx", LAMP, title="大屋村2021年干事承诺清单")
    (folder / "~$倪宅.xlsx").write_bytes(b"x")
    (folder / "说明.txt").write_text("x")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder))])
    action, no = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    page.dropEvent(QDropEvent(QPointF(5, 5), action, data, Qt.MouseButton.LeftButton, no))
    wait(qtbot, desk)
    assert [file.read.name for file in page.preview.files] == ["倪宅.xlsx", "大屋.xlsx"]
    assert page.run._others == 1


def test_more_files_join_the_preview_and_a_file_read_again_replaces_itself(page, read, tmp_path):
    one, two = book(tmp_path / "倪宅.xlsx", LAMP), book(tmp_path / "大屋.xlsx", LAMP, title="大屋村清单")
    read(one)
    read(two, one)
    assert [file.read.name for file in page.preview.files] == ["大屋.xlsx", "倪宅.xlsx"]
    page.pane.files.table.go_to(1)
    page.pane.drop_action.trigger()
    assert [file.read.name for file in page.preview.files] == ["倪宅.xlsx"]


def test_taking_in_leads_to_review_and_back(page, read, app, desk, qtbot, window, tmp_path):
    before = contents(app)
    read(book(tmp_path / "倪宅.xlsx", LAMP, PARTY))
    page.skip_errors.trigger()
    wait(qtbot, desk)
    assert page.preview is None
    assert page.result.isVisible()
    assert "导入 1 项任务" in page.result.sentence.text()
    assert desk.steps.undoable
    page.undo_import.trigger()
    wait(qtbot, desk)
    assert contents(app) == before
    assert "已撤销" in page.result.sentence.text()
    page._on_review()
    assert window.current == "review"


def test_the_same_file_again_has_nothing_new_and_says_so(page, read, desk, qtbot, tmp_path):
    file = book(tmp_path / "倪宅.xlsx", LAMP)
    read(file)
    press(Qt.Key.Key_Return, CTRL)
    wait(qtbot, desk)
    assert page.outcome.new == 1
    read(file)
    assert not page.apply.isEnabled()
    assert "没有新任务：1 项都已导入过" in page._blocked.text()
    page.pane.files.table.go_to(1)
    assert "已导入过" in page.pane.files._notices.text()


def test_a_whole_import_is_taken_back_with_what_stands_on_it_if_agreed(page, read, app, desk, qtbot, tmp_path):
    before = contents(app)
    read(book(tmp_path / "倪宅.xlsx", LAMP))
    page.apply.trigger()
    wait(qtbot, desk)
    with desk.reading() as session:
        ids = list(task_ids(session, TaskFilter(), today=desk.today))
    desk.do(review.approve, ids)
    page.tabs.button("past").click()
    seen: list[str] = []
    answer("取消", seen)
    page.batches.undo_action.trigger()
    qtbot.waitUntil(lambda: bool(seen))
    assert "审核通过 1 项" in seen[0]
    assert contents(app) != before
    answer("一并撤销")
    page.batches.undo_action.trigger()
    qtbot.waitUntil(lambda: not desk.jobs.busy and not page.batches.undo_action.isEnabled())
    assert contents(app) == before


def test_a_preview_survives_leaving_the_page_and_another_text_size(page, read, desk, window, tmp_path):
    preview = read(book(tmp_path / "倪宅.xlsx", LAMP, PARTY))
    window.visit("home")
    window.visit("import")
    assert page.preview is preview
    show_letters_at(150)
    try:
        assert window.pages["import"].preview is preview
    finally:
        show_letters_at(100)


def test_closing_the_window_asks_before_a_preview_is_lost(page, read, window, tmp_path):
    read(book(tmp_path / "倪宅.xlsx", LAMP))
    window.visit("home")
    answer("取消")
    assert not window.close()
    answer("放弃预览并关闭")
    assert window.close()
    page.pane.forget()


def test_a_unit_added_meanwhile_is_known_to_the_preview(page, read, app, desk, window, qtbot, tmp_path):
    preview = read(book(tmp_path / "新设.xlsx", LAMP, title="新设村2021年清单"))
    assert preview.counts()["error"] == 1
    window.visit("home")
    desk.do(entry.save, UNITS, None, {"name": "新设村", "kind": "行政村", "aliases": "新设"})
    window.visit("import")
    wait(qtbot, desk)
    assert preview.counts() == {"new": 1}
    assert preview.files[0].read.unit == "新设村"


DISPUTE_HEADERS = ["序号", "受理日期", "纠纷类型", "村名", "纠纷简要情况", "涉及金额（元）", "等级", "调解员", "调解结果"]
WALL = ["2021-03-05", "邻里", "倪宅村", "围墙越界", 8000, "一般", "李四", "成功"]
FENCE = ["2021-03-06", "天气", "倪宅村", "篱笆倒了", "", "一般", "李四", "成功"]


def disputes(path, *rows):
    return book(path, *rows, title="花街镇2021年矛盾纠纷调处台账", headers=DISPUTE_HEADERS)


def test_another_ledger_is_shown_mended_and_taken_in_in_its_own_words(page, read, desk, qtbot, tmp_path):
    preview = read(disputes(tmp_path / "纠纷.xlsx", WALL, FENCE))
    labels = [column.label for column in page.pane.rows.table.model.columns]
    [row] = shown(page)
    cells = dict(zip(labels, row, strict=True))
    assert (cells["状态"], cells["受理日期"], cells["纠纷类型"], cells["村（社）"]) == ("有错误", "2021-03-06", "天气", "倪宅村")
    assert (cells["纠纷简要情况"], cells["涉及金额（元）"], cells["调解结果"]) == ("篱笆倒了", "", "成功")
    assert page.pane.rows.tabs.button("new").text() == "新增 1"
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is box(page, "kind").editor
    assert "不是可选的纠纷类型" in box(page, "kind").issue
    QApplication.focusWidget().selectAll()
    type_text("邻里")
    press(Qt.Key.Key_Return)
    assert preview.counts() == {"new": 2}
    assert page.apply.text() == "导入 2 项"
    page.apply.trigger()
    wait(qtbot, desk)
    assert page.result.sentence.text() == "导入 2 条矛盾纠纷记录。"
    assert page.review.isVisible()


def test_files_of_several_ledgers_lie_side_by_side(page, read, tmp_path):
    read(book(tmp_path / "倪宅.xlsx", LAMP), disputes(tmp_path / "纠纷.xlsx", WALL))
    page.pane.rows.problems.setChecked(False)
    assert [row[1:] for row in shown(page)] == [
        ["倪宅村", "第 3 行", "任务清单", "穿村段路灯安装"],
        ["倪宅村", "第 3 行", "矛盾纠纷调处台账", "围墙越界"],
    ]
    page.pane.files.table.go_to(1)
    assert "category" in page.pane.detail.boxes
    page.pane.files.table.go_to(2)
    page.pane.rows.table.step(0)
    assert "category" not in page.pane.detail.boxes
    assert box(page, "village")._read.isHidden()
    assert box(page, "amount").text == "8000"


def test_what_a_file_holds_can_be_said(page, read, desk, qtbot, tmp_path):
    preview = read(disputes(tmp_path / "纠纷.xlsx", WALL))
    page.pane.files.table.go_to(1)
    kind = page.pane.files.kind
    assert kind.currentText() == "矛盾纠纷调处台账"
    kind.setCurrentIndex(kind.findData("people"))
    kind.activated.emit(kind.currentIndex())
    wait(qtbot, desk)
    assert preview.files[0].ledger.key == "people"
    assert "看不出是人员" in page.pane.files._problem.text()
    kind.setCurrentIndex(kind.findData("disputes"))
    kind.activated.emit(kind.currentIndex())
    wait(qtbot, desk)
    assert preview.counts() == {"new": 1}


def test_a_file_of_an_unsure_kind_is_asked_about_until_the_clerk_chooses_even_the_same(page, read, desk, qtbot, tmp_path):
    made = Workbook()
    made.active.append(["项目名称", "主要内容", "完成时限", "责任单位", "责任人", "进展情况", "存在问题", "<b>下步打算</b>"])
    made.active.append(["路灯安装", "12盏", "8月底前", "倪宅村", "张三", "已招标", "无", ""])
    made.save(tmp_path / "x.xlsx")
    read(tmp_path / "x.xlsx", book(tmp_path / "倪宅.xlsx", LAMP))
    files = page.pane.files
    assert files.table.model.index(1, 1).data() == "是哪种表？"
    assert files.table.model.index(2, 1).data() == "新任务 1"
    files.table.go_to(1)
    assert "也可能是“月度进展台账”" in files._notices.text()
    assert "请选定" in files._kind_label.text()
    assert files._notices.textFormat() == Qt.TextFormat.PlainText, "what villages write is no markup"
    files.kind.activated.emit(files.kind.findData("tasks"))
    wait(qtbot, desk)
    assert "也可能是" not in files._notices.text()
    assert files._kind_label.text() == "读成"
    assert files.table.model.index(1, 1).data() == "新任务 1"
    files.kind.activated.emit(files.kind.findData("tasks"))
    assert not desk.jobs.busy, "nothing is asked any more"


def test_another_page_says_what_will_be_imported_and_gets_its_template(page, desk, qtbot, monkeypatch, window, tmp_path):
    window.visit("home")
    desk.visit("import", {"ledger": "disputes"})
    assert page.kind.box.currentText() == "矛盾纠纷调处台账"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(tmp_path))

    def ask_for_the_whole_township():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, TemplatesDialog)
        dialog.whole.click()
        dialog.make.click()

    QTimer.singleShot(0, ask_for_the_whole_township)
    page.template.trigger()
    wait(qtbot, desk)
    page.read([tmp_path / "矛盾纠纷调处台账（模板）.xlsx"])
    wait(qtbot, desk)
    assert page.preview.files[0].ledger.key == "disputes"
    assert page.preview.files[0].asked is not None


def test_the_columns_of_a_ledger_are_offered_by_its_fields(page, read, tmp_path):
    preview = read(disputes(tmp_path / "纠纷.xlsx", WALL))
    dialog = MappingDialog(page, preview.files[0])
    choices = dialog.box_of("村名")
    assert choices.currentText() == "村（社）"
    assert choices.findText("板块") == -1
    assert choices.findText("甲方姓名") > 0
    dialog.deleteLater()


def test_the_listed_rows_are_exported_in_the_shown_columns(window, app, desk, qtbot, monkeypatch, tmp_path):
    enter(app)
    enter(app, title="另一件")
    window.visit("checklist")
    said: list[str] = []
    desk.said.connect(lambda _kind, text, _details: said.append(text))
    choose(monkeypatch, target=tmp_path / "清单.xlsx")
    press(Qt.Key.Key_E, CTRL)
    wait(qtbot, desk)
    assert said[-1] == f"已导出 2 行：{tmp_path / '清单.xlsx'}"
    rows = list(load_workbook(tmp_path / "清单.xlsx").worksheets[0].iter_rows(values_only=True))
    assert rows[1][1:4] == ("编号", "任务名称", "类别")
    assert {row[2] for row in rows[2:]} == {"穿村段路灯安装", "另一件"}


def test_what_could_not_be_read_of_archives_is_said_at_reading_and_in_the_result(page, read, desk, qtbot, tmp_path) -> None:
    said: list[tuple[str, str]] = []
    desk.said.connect(lambda _kind, sentence, details, *_rest: said.append((sentence, details)))
    with zipfile.ZipFile(tmp_path / "甲.zip", "w") as archive:
        archive.write(book(tmp_path / "a.xlsx", LAMP), "倪宅村.xlsx")
        archive.writestr("里.zip", b"PK no archive")
    (tmp_path / "乙.zip").write_bytes(b"PK cut off")
    preview = read(tmp_path / "甲.zip", tmp_path / "乙.zip")
    assert [file.read.name for file in preview.files] == ["倪宅村.xlsx"]
    assert said[-1][0] == "有 2 处没有读，请看详情。"
    assert "里.zip" in said[-1][1]
    assert "乙.zip" in said[-1][1]
    page.run.apply(preview, skip_errors=False)
    wait(qtbot, desk)
    assert page.outcome is not None
    assert page.outcome.new == 1
    assert [sentence for sentence in page.outcome.left_out if "zip" in sentence] == preview.refused
