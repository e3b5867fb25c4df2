"""Typing and pasting many new tasks: the clipboard loses nothing, and nothing is kept before the clerk says so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.models import Doubt, Task
from huajie_desktop.journal import history
from huajie_desktop.ledgers import LEDGERS
from huajie_desktop.reading.read_record import ERROR
from huajie_desktop.receiving.pasting import block_of, from_clipboard, to_clipboard
from huajie_desktop.receiving.typed import TypedTable
from huajie_desktop.work.checklist import TaskFilter, task_ids, task_lines
from huajie_desktop.work.task_ledger import TASKS
from tests.office import contents, enter

KEYS = ("title", "content", "category", "unit", "due", "investment", "responsible")
LAMP = ("穿村段路灯安装", "安装路灯12盏", "干事承诺", "倪宅村", "8月底前", "12.5", "倪成纲、张三")
TABLES = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(st.text(max_size=12), min_size=width, max_size=width), min_size=1, max_size=6)
)


@given(TABLES)
def test_any_table_of_texts_survives_the_clipboard(rows):
    if rows[-1] == [""]:
        rows = [*rows, ["x"]]  # a last row of one empty cell is the break at the end of the row before
    assert from_clipboard(to_clipboard(rows)) == rows


@given(TABLES)
def test_breaks_as_windows_writes_them_are_the_same(rows):
    texts = [[cell.replace("\r", "").replace("\n", "") for cell in row] for row in rows] + [["x"]]
    assert from_clipboard(to_clipboard(texts).replace("\n", "\r\n")) == texts


@given(st.text())
def test_no_text_is_refused(text):
    assert "".join(cell for row in from_clipboard(text) for cell in row) is not None


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("甲\t乙\r\n丙\t丁\r\n", [["甲", "乙"], ["丙", "丁"]]),
        ('"第一行\n第二行"\t乙', [["第一行\n第二行", "乙"]]),
        ('"说""好"""\t乙\n', [['说"好"', "乙"]]),
        ('"没有合上\t乙\n', [['"没有合上', "乙"]]),
        ('5"管\t乙\n', [['5"管', "乙"]]),
        ("甲", [["甲"]]),
    ],
)
def test_what_spreadsheet_programs_copy(text, rows):
    assert from_clipboard(text) == rows


def test_a_table_of_a_word_processor_keeps_its_breaks_and_merged_cells():
    html = (
        "<html><body><table><tr><td rowspan=2>干事承诺</td><td>路灯<br>安装</td></tr><tr><td>绿化</td></tr></table></body></html>"
    )
    assert from_clipboard("干事承诺\t路灯\n安装\n\t绿化\n", html) == [["干事承诺", "路灯\n安装"], ["干事承诺", "绿化"]]


def test_a_header_row_says_what_the_columns_are():
    rows = [["倪宅村2021年清单", "", ""], ["承诺事项", "联系电话", "完成时间"], ["路灯", "1385790", "8月底"], ["", "", ""]]
    block = block_of(rows, TASKS, KEYS)
    assert block.keys == ["title", None, "due"]
    assert block.rows == [["路灯", "1385790", "8月底"]]
    assert block.left_out == ["联系电话"]


def test_without_a_header_the_columns_are_as_shown_from_the_cursor_on():
    block = block_of([["干事承诺", "倪宅村"]], TASKS, KEYS[2:])
    assert block.keys == ["category", "unit"]
    assert not block.has_header


def typed(app, *rows):
    table = TypedTable(app)
    for number, row in enumerate(rows):
        table.write({(number, key): text for key, text in zip(KEYS, row, strict=True)})
    return table


def listed(app):
    with app.reading() as session:
        return [line.title for line in task_lines(session, task_ids(session, TaskFilter(), today=app.today()))]


def test_rows_are_read_as_an_import_reads_them(app):
    table = typed(app, LAMP, ("", "没有名称", "干事承诺", "倪宅村", "待定", "", ""))
    assert [row.status for row in table.file.rows] == ["new", "error"]
    assert table.row(0).record["responsible"] == ["倪成纲", "张三"]
    assert table.issue(1, "title").severity == "error"
    assert table.issue(0, "due") is None
    assert listed(app) == []


def test_a_row_of_nobodys_is_faulty_until_its_unit_is_typed(app):
    table = TypedTable(app)
    table.write({(0, "title"): "路灯"})
    assert table.issue(0, "unit").severity == "error"
    table.write({(0, "unit"): "倪宅"})
    assert table.issue(0, "unit") is None
    assert table.row(0).status == "new"


def test_kept_as_one_batch_that_is_undone_whole(app):
    before = contents(app)
    table = typed(app, LAMP, ("绿化", *LAMP[1:4], "12月前", *LAMP[5:]))
    outcome = table.keep()
    assert outcome.new == 2
    with app.reading() as session:
        [doubt] = session.query(Doubt).all()
    assert (doubt.field, doubt.stood, doubt.cell) == ("due", "12月前", None), "what is typed stands in no file"
    assert sorted(listed(app)) == ["穿村段路灯安装", "绿化"]
    assert len(table) == 0
    history.undo(app, [outcome.changes.operation_id])
    assert contents(app) == before


def test_what_the_list_has_already_is_said_and_stays_in_the_table(app):
    enter(app)
    table = typed(app, (*LAMP[:1], "改过的内容", *LAMP[2:]), ("绿化", *LAMP[1:]))
    assert [row.status for row in table.file.rows] == ["differs", "new"]
    table.keep()
    assert table.text(0, "title") == "穿村段路灯安装"
    assert len(table) == 1


def test_every_step_is_taken_back_and_done_again(app):
    table = typed(app, LAMP)
    table.fill_down(0, 3, ["unit", "category"])
    assert [table.text(row, "unit") for row in range(4)] == ["倪宅村"] * 4
    table.remove([0])
    assert table.text(0, "title") == ""
    table.undo()
    table.undo()
    assert len(table) == 1
    assert table.row(0).status == "new"
    table.redo()
    assert table.text(3, "category") == "干事承诺"


def test_a_pasted_block_is_one_step(app):
    table = TypedTable(app)
    rows = from_clipboard(to_clipboard([["任务名称", "责任单位"], ["路灯\n安装", "倪宅村"], ["绿化", "金杜"]]))
    assert table.paste(0, block_of(rows, TASKS, KEYS)) == 2
    assert [table.row(row).record.unit for row in range(2)] == ["倪宅村", "金杜村"]
    table.undo()
    assert len(table) == 0


def test_the_table_serves_ledgers_too(app):
    ledger = LEDGERS["disputes"]
    table = TypedTable(app, ledger)
    table.write({(0, "summary"): "相邻排水纠纷"})
    assert table.row(0).status == "error"
    table.write({(0, "accepted_on"): "3月5日", (0, "kind"): "邻里", (0, "village"): "倪宅村"})
    assert {key: table.issue(0, key) for key in ("accepted_on", "kind", "village")} == dict.fromkeys(
        ("accepted_on", "kind", "village")
    )


def test_an_amount_nobody_can_read_is_a_fault_of_its_cell(app):
    table = TypedTable(app)
    table.write({(0, key): text for key, text in zip(KEYS, LAMP, strict=True)} | {(0, "investment"): "12..5"})
    assert table.issue(0, "investment").severity == ERROR
    assert table.keep().new == 0
    assert table.text(0, "investment") == "12..5"
    table.write({(0, "investment"): "12。5"})
    table.keep()
    with app.reading() as session:
        [line] = task_lines(session, task_ids(session, TaskFilter(), today=app.today()))
        assert session.get_one(Task, line.id).investment == 125000


def test_a_name_nearly_somebodys_is_doubted_in_its_cell(app):
    enter(app, responsible="徐志军")
    table = TypedTable(app)
    table.write({(0, key): text for key, text in zip(KEYS, LAMP, strict=True)} | {(0, "responsible"): "徐志君"})
    assert "那里已有“徐志军”" in table.issue(0, "responsible").message
    table.write({(0, "responsible"): "徐志军"})
    assert table.issue(0, "responsible") is None


def test_namesakes_among_the_rows_themselves_are_asked_about(app):
    said = dict(zip(KEYS, LAMP, strict=True))
    table = TypedTable(app)
    rows = (
        {"unit": "倪宅村", "responsible": "徐志君"},
        {"unit": "金杜村", "responsible": "徐志君", "title": "村村都有的姓名不问"},
        {"unit": "倪宅村", "responsible": "徐志军", "title": "近名"},
        {"unit": "大屋村", "responsible": "王新", "title": "领导同名", "lead": "徐志君"},
    )
    table.write({(row, key): text for row, more in enumerate(rows) for key, text in {**said, **more}.items()})
    doubts = [(issue.message if (issue := table.issue(row, "responsible")) else "") for row in range(4)]
    assert "徐志军（倪宅村）" in doubts[0]
    assert doubts[1] == ""
    assert "徐志君（倪宅村）" in doubts[2]
    assert doubts[3] == ""
    lead = table.issue(3, "lead")
    assert lead is not None
    assert "徐志君（倪宅村）" in lead.message
    assert "请核对是不是同一个人" in lead.message
