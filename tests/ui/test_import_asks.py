"""What is asked of whole files before an import: seen, counted, filtered by file and answered by keys; columns said by hand."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from huajie_desktop.receiving import importing
from huajie_desktop.receiving.batches import batches
from tests.sheets.files import Grid, write
from tests.ui.hands import HEADERS, LAMP, book, wait
from tests.ui.keys import CTRL, press
from ui.pages.importing.preview.mapping import MappingDialog
from ui.theme import apply_theme

DOUBTFUL = [
    ["项目名称", "主要内容", "完成时限", "责任单位", "责任人", "进展情况", "存在问题"],
    ["路灯安装", "12盏", "8月底前", "倪宅村", "张三", "已招标", "无"],
]


def grab(page, name):
    """A picture for people, where they ask for it."""
    if folder := os.environ.get("PICTURES"):
        QApplication.processEvents()
        page.window().grab().save(str(Path(folder) / f"{name}.png"))


def hidden(path, *drafts):
    """A village's list with hidden sheets beside it."""
    rows = [["倪宅村2021年任务清单"], HEADERS, [1, *LAMP]]
    further = [
        Grid(name, [HEADERS, [1, "干事承诺", title, "旧内容", 3, "张三", "9月底前"]], visible=False) for name, title in drafts
    ]
    write(path, [Grid("Sheet1", rows), *further])
    return path


def lines(page):
    return [(line.name, line.title) for line in page.pane.asks.table.lines.values()]


def titles(page):
    return [row.record.title for row in page.preview.rows]


def test_a_sheet_that_was_set_aside_is_seen_at_once_and_read_and_left_by_keys(page, read, desk, qtbot, tmp_path):
    read(hidden(tmp_path / "倪宅.xlsx", ("旧稿", "作废的事情")))
    asks = page.pane.asks
    assert asks.isVisible()
    assert asks.table.isVisible(), "nobody need unfold it"
    assert "旧稿" in lines(page)[0][1]
    assert "没有读" in lines(page)[0][1]
    assert asks.fold.text() == f"整份文件要看的 {len(lines(page))}"
    assert page.pane.files.table.model.index(1, 1).data() == "有没读的表"
    assert titles(page) == ["穿村段路灯安装"], "unless somebody says so it is not read"
    press(Qt.Key.Key_J, CTRL)
    assert asks.table.view.hasFocus()
    press(Qt.Key.Key_Insert)
    wait(qtbot, desk)
    assert titles(page) == ["穿村段路灯安装", "作废的事情"]
    assert "按您说的也读了" in lines(page)[0][1]
    press(Qt.Key.Key_J, CTRL)
    press(Qt.Key.Key_Delete)
    wait(qtbot, desk)
    assert titles(page) == ["穿村段路灯安装"]
    press(Qt.Key.Key_J, CTRL)
    press(Qt.Key.Key_Return)
    wait(qtbot, desk)
    assert titles(page) == ["穿村段路灯安装", "作废的事情"], "Enter does what stands beside the line"


def test_the_button_beside_the_line_does_the_same(page, read, desk, qtbot, tmp_path):
    read(hidden(tmp_path / "倪宅.xlsx", ("旧稿", "作废的事情"), ("底稿", "另一件事")))
    assert page.pane.asks.take_action.isVisible()
    assert not page.pane.asks.leave_action.isVisible()
    page.pane.asks.table.put_cursor(1)
    page.pane.asks.take_action.trigger()
    wait(qtbot, desk)
    assert titles(page) == ["穿村段路灯安装", "另一件事"]
    assert page.preview.files[0].sheets == {"底稿"}


def test_what_is_asked_follows_the_chosen_file_and_goes_with_it(page, read, tmp_path):
    plain = book(tmp_path / "大屋.xlsx", LAMP, title="大屋村2021年干事承诺清单")
    write(tmp_path / "x.xlsx", [Grid("Sheet1", DOUBTFUL)])
    read(hidden(tmp_path / "倪宅.xlsx", ("旧稿", "作废的事情")), plain, tmp_path / "x.xlsx")
    assert {name for name, _ in lines(page)} >= {"倪宅.xlsx", "x.xlsx"}
    page.pane.files.table.go_to(1)
    assert {name for name, _ in lines(page)} == {"倪宅.xlsx"}
    page.pane.files.table.go_to(3)
    assert any("看不准是哪种表" in words for _, words in lines(page))
    page.pane.files.select_all_files()
    place = next(number for number, (_, words) in enumerate(lines(page)) if "看不准是哪种表" in words)
    page.pane.asks.table.put_cursor(place)
    page.pane.asks.enter()
    press(Qt.Key.Key_Return)
    assert page.pane.files.file is page.preview.files[2]
    assert page.pane.files.kind.hasFocus(), "there it is answered"


def test_a_plain_file_asks_nothing(page, read, tmp_path):
    read(book(tmp_path / "倪宅.xlsx", ["干事承诺", "安装路灯", "12盏", 12.5, "钱万里", "8月底前"]))
    assert lines(page) == []
    assert not page.pane.asks.isVisible()


def test_what_was_not_read_is_named_in_the_result_and_comes_back_with_the_preview(page, read, app, desk, qtbot, tmp_path):
    read(hidden(tmp_path / "倪宅.xlsx", ("旧稿", "作废的事情"), ("底稿", "另一件事")))
    page.pane.asks.take_action.trigger()
    wait(qtbot, desk)
    importing.skip(app, page.preview, [page.preview.files[0].rows[1]])
    page.apply.trigger()
    wait(qtbot, desk)
    assert any("底稿" in line and "没有读" in line for line in page.outcome.left_out)
    assert not any("旧稿" in line and "没有读" in line for line in page.outcome.left_out)
    page.run.open_again(page.outcome.batch_id)
    wait(qtbot, desk)
    assert page.preview.files[0].sheets == {"旧稿"}
    assert [(row.record.title, row.status) for row in page.preview.rows] == [
        ("穿村段路灯安装", "same"),
        ("作废的事情", "skipped"),
    ]


UNKNOWN = [["号", "要办啥", "找谁", "啥时候好"], [1, "修路", "张三", "8月底"], [2, "装灯", "李四", "9月底"]]


def correct(said, table=""):
    """Says in the dialog what columns are, by their letters; `table` is what the list of tables calls the one meant."""

    def act(left=3000):
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, MappingDialog):  # not there yet
            assert left
            QTimer.singleShot(10, lambda: act(left - 1))
            return
        if table:
            dialog._which.setCurrentIndex(next(n for n in range(dialog._which.count()) if table in dialog._which.itemText(n)))
        shown = dialog._tables[dialog._which.currentIndex()]
        for column in shown.columns:
            if column.letter in said:
                dialog._boxes[shown.sheet, shown.starts, column.index].setCurrentText(said[column.letter])
        dialog.accept()

    QTimer.singleShot(0, act)


@pytest.mark.parametrize(
    ("rows", "table", "said", "people"),
    [
        (UNKNOWN, "", {"B": "任务名称", "C": "责任人", "D": "完成时限"}, ["张三"]),
        (UNKNOWN[1:], "没有表头", {"B": "任务名称", "C": "责任人", "D": "完成时限"}, ["张三"]),
        ([["倪宅村的事"], *UNKNOWN[1:]], "表头在第 1 行", {"B": "任务名称", "C": "责任人"}, ["张三"]),
        ([[2019, 2020, 2021, 2022], *UNKNOWN[1:]], "表头在第 1 行", {"B": "任务名称", "C": "责任人"}, ["张三"]),
        ([["要办啥"], ["修路"], ["装灯"]], "", {"A": "任务名称"}, []),
        ([["任务名称"], ["修路"], ["装灯"]], "", {}, []),  # nothing is to be changed, only agreed to
    ],
    ids=["unknown", "none", "title", "numbers", "one", "agreed"],
)  # fmt: skip
def test_a_file_in_which_nothing_is_recognised_is_mapped_by_hand_and_stays_so(
    page, read, app, desk, qtbot, tmp_path, rows, table, said, people
):
    write(tmp_path / "倪宅村.xlsx", [Grid("Sheet1", rows)])
    read(tmp_path / "倪宅村.xlsx")
    assert titles(page) == []
    [(_, words)] = [line for line in lines(page) if "列对应" in line[1]]
    assert "请在“列对应”里指定哪一列是任务名称" in words
    assert page.pane.asks.table.view.hasFocus(), "where there are no rows the keys go to what is asked"
    correct(said, table)
    press(Qt.Key.Key_Return)
    wait(qtbot, desk)
    assert titles(page) == ["修路", "装灯"]
    assert next(page.preview.rows).record["responsible"] == (people or None)
    assert page.preview.files[0].read.unit == "倪宅村"
    for row in page.preview.files[0].rows:
        for key, text in (("responsible", "张三"), ("due", "8月底"), ("category", "干事承诺")):
            importing.mend(app, page.preview, row, key, text)
    page.pane.refresh()
    page.apply.trigger()
    wait(qtbot, desk)
    assert page.outcome.new == 2
    page.run.open_again(page.outcome.batch_id)
    wait(qtbot, desk)
    assert [(row.record.title, row.status) for row in page.preview.rows] == [("修路", "same"), ("装灯", "same")]
    with app.reading() as session:
        assert len(batches(session)) == 1


def test_a_header_that_was_said_wrong_can_be_said_anew(page, read, desk, qtbot, tmp_path):
    write(tmp_path / "倪宅村.xlsx", [Grid("Sheet1", UNKNOWN)])
    read(tmp_path / "倪宅村.xlsx")
    page.pane.files.table.go_to(1)
    for table, found in (
        ("没有表头", ["要办啥", "修路", "装灯"]),
        ("表头在第 1 行", ["修路", "装灯"]),
        ("没有表头", ["要办啥", "修路", "装灯"]),
    ):
        correct({"B": "任务名称"}, table)
        press(Qt.Key.Key_M, CTRL)
        wait(qtbot, desk)
        assert titles(page) == found
        page.window().activateWindow()  # the dialog had it
        qtbot.waitUntil(page.window().isActiveWindow)
        page.pane.setFocus()


@pytest.fixture(params=[100, 150])
def percent(request, themed):
    apply_theme(themed, request.param)
    yield request.param
    apply_theme(themed, 100)


def test_nothing_is_cut_off_at_any_size_of_letters(percent, page, read, tmp_path):
    write(tmp_path / "x.xlsx", [Grid("Sheet1", DOUBTFUL)])
    write(tmp_path / "y.xlsx", [Grid("Sheet1", UNKNOWN)])
    read(hidden(tmp_path / "倪宅.xlsx", ("旧稿", "作废的事情"), ("底稿", "另一件事")), tmp_path / "x.xlsx", tmp_path / "y.xlsx")
    grab(page, f"asks-{percent}")
    page.pane.files.table.go_to(1)
    grab(page, f"asks-file-{percent}")
    table = page.pane.asks.table
    assert table.y() + table.height() <= page.pane.asks.height(), "nothing lies over it"
    assert table.height() >= table.view.verticalHeader().defaultSectionSize()
    dialog = MappingDialog(page, page.preview.files[2])
    dialog.show()
    QApplication.processEvents()
    if folder := os.environ.get("PICTURES"):
        dialog.grab().save(str(Path(folder) / f"mapping-{percent}.png"))
    box = next(iter(dialog._boxes.values()))
    assert box.width() >= box.minimumSizeHint().width()
    dialog.close()
    dialog.deleteLater()


def test_tab_goes_through_all_columns_and_on_to_the_buttons(page, read, qtbot, tmp_path):
    """A table takes Tab for its cells unless told otherwise, and the boxes in it could not be left by keys."""
    write(
        tmp_path / "无表头.xlsx", [Grid("Sheet1", [["甲子", "修水沟", "张三丰", "三月底"], ["乙丑", "种树", "李四", "五月底"]])]
    )
    read(tmp_path / "无表头.xlsx")
    dialog = MappingDialog(page, page.preview.files[0])
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    dialog.activateWindow()
    seen = []
    for _ in range(8):
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        seen.append(dialog.focusWidget().accessibleName() or getattr(dialog.focusWidget(), "text", str)())
    assert [name[:1] for name in seen if "列" in name][:4] == ["A", "B", "C", "D"]
    assert {"重新读取", "取消"} <= set(seen)


def test_what_records_are_called_is_seen_beside_their_kinds(percent, page, read, tmp_path):
    """Of lists of several kinds the kind gives way where there is little room, never the name."""
    people = [["姓名", "单位", "联系电话"], ["钱大", "倪宅村", "13857900001"], ["孙二", "倪宅村", "13857900002"]]
    write(tmp_path / "人员.xlsx", [Grid("人员", people)])
    page.window().resize(1366, 768)
    read(book(tmp_path / "倪宅村.xlsx", LAMP), tmp_path / "人员.xlsx")
    QApplication.processEvents()
    assert {file.ledger.key for file in page.preview.files} == {"tasks", "people"}
    view = page.pane.rows.table.view
    heads = [view.model().headerData(place, Qt.Orientation.Horizontal) for place in range(view.model().columnCount())]
    place = heads.index("名称")
    assert not view.isColumnHidden(place)
    assert view.columnViewportPosition(place) + 60 < view.viewport().width()
