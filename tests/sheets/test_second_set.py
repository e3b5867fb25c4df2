"""The second set of workbooks is read exactly; layouts and footers it does not make are tried one by one."""

import pytest

from huajie_desktop.sheets.fenced.fence import Reader
from huajie_desktop.sheets.understood.workbooks import read_workbook
from tests.sheets.files import Grid, write
from tests.sheets.office import huajie, told
from tests.sheets.second_layouts import LAYOUTS, make_book

FIELDS = ("title", "content", "dimension", "category", "unit", "responsible", "due", "ongoing", "investment", "milestones")
MERGING = ("merged", "by_sheet", "steps")  # what .csv cannot carry
HEAD = ["序号", "类别", "任务名称", "工作内容", "责任人", "完成时限", "投资(万元)"]
PLAIN = [HEAD[0], *HEAD[2:]]


@pytest.fixture(scope="module")
def reader():
    opened = Reader()
    yield opened
    opened.close()


@pytest.mark.parametrize("ending", [".xlsx", ".xls", ".ods", ".csv"])
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_second_set_is_read_exactly(layout, ending, tmp_path, reader):
    if ending == ".csv" and layout.__name__ in MERGING:
        pytest.skip("no merged cells and one sheet only in .csv")
    for seed in range(8):
        name, grids, want = make_book(seed, ending, layout, (0, 0.15, 0.4)[seed % 3])
        write(tmp_path / name, grids)

        file = read_workbook(tmp_path / name, huajie(), reader=reader)

        [got] = told([file])
        assert got["problem"] is None, name
        assert got["unit"] == want["unit"] or any("unit" in record for record in want["records"]), name
        assert [simple(r, w) for r, w in zip(got["records"], want["records"], strict=False)] == [
            simple(w, w) for w in want["records"]
        ], name
        assert len(got["records"]) == len(want["records"]), name


def simple(record, like):
    values = {name: record[name] or None for name in FIELDS if name in like}
    if values["investment"] is not None:
        values["investment"] = round(float(values["investment"]), 6)
    return values | {"issues": sorted({(issue["field"], issue["severity"]) for issue in record["issues"]})}


def read(tmp_path, reader, *grids, name="倪宅村.xlsx"):
    write(tmp_path / name, list(grids))
    return read_workbook(tmp_path / name, huajie(), reader=reader)


def grid(*rows, merges=(), name="Sheet1"):
    return Grid(name, [list(row) for row in rows], list(merges))


def task(number, title="村道硬化", category="重点工作"):
    return [number, category, f"{title}{number}", "5米", "张三", "8月底前", "12.5"]


def plain(number):
    return [number, *task(number)[2:]]


def faults(file):
    return [(issue.field, issue.severity) for record in file.records for issue in record.issues]


def test_headings_in_two_cells_and_with_counts_and_sums(tmp_path, reader):
    rows = (
        *(["一", "重点工作", "共1项", "", "", 12.5], plain(1)),
        *(["二、干事承诺", "", "", "", "", "12.5万元"], plain(2)),
        *(["三", "其他"], plain(3)),
    )
    file = read(tmp_path, reader, grid(PLAIN, *rows))
    assert [r["category"] and r["category"][1] for r in file.records] == ["重点工作", "干事承诺", None]
    assert faults(file) == [("category", "error")]


def test_tasks_numbered_in_chinese_are_no_headings(tmp_path, reader):
    file = read(tmp_path, reader, grid(HEAD, ["一", *task(1)[1:]], ["二", "", "绿道修缮", "", "", "", ""]))
    assert [r.title for r in file.records] == ["村道硬化1", "绿道修缮"]


def test_headings_in_brackets_follow_each_other_or_stand_below_others(tmp_path, reader):
    alone = read(tmp_path, reader, grid(PLAIN, ["（一）重点工作"], plain(1), ["（二）其他"], plain(2)))
    below = read(tmp_path, reader, grid(PLAIN, ["一、重点工作"], ["（一）道路"], plain(1), ["（二）绿化"], plain(2)))
    assert [r["category"] and r["category"][1] for r in alone.records] == ["重点工作", None]
    assert [r["category"] and r["category"][1] for r in below.records] == ["重点工作", "重点工作"]


def test_headings_after_a_note_or_a_signature_count(tmp_path, reader):
    rows = (
        ["注:请按类别填写"],
        ["一、重点工作"],
        plain(1),
        ["填表人:张三"],
        ["二、干事承诺"],
        plain(2),
        ["注:完"],
        ["二、按时上报"],
    )
    file = read(tmp_path, reader, grid(PLAIN, *rows))
    assert [r["category"] and r["category"][1] for r in file.records] == ["重点工作", "干事承诺"]


def test_unknown_heading_without_number_and_unknown_sheet_are_errors(tmp_path, reader):
    file = read(tmp_path, reader, grid(PLAIN, ["重点工作"], plain(1), ["综合治理"], plain(2)))
    assert faults(file) == [("category", "error")]
    sheets = [
        grid(PLAIN, plain(i), name=name) for i, name in enumerate(("重点工作", "干事承诺", "五、综合治理", "Sheet4", "倪宅村"))
    ]
    file = read(tmp_path, reader, *sheets)
    assert [bool(r.issues) for r in file.records] == [False, False, True, False, False]


def test_text_of_several_lines_in_a_merged_cell_is_taken_once(tmp_path, reader):
    head = ["序号", "任务名称", "工作内容", "节点时间", "节点内容", "完成时限"]
    rows = ([1, "硬化", "1.招标\n2.施工", "3月底", "招标", "8月底"], ["", "", "", "6月底", "开工", ""])
    file = read(tmp_path, reader, grid(head, *rows, merges=[(1, c, 2, c) for c in (0, 1, 2, 5)]))
    assert file.records[0]["content"] == "1.招标\n2.施工"
    assert [str(day) for day, _, _ in file.records[0]["milestones"]] == ["2021-03-31", "2021-06-30"]


@pytest.mark.parametrize(("group", "text"), [("时间节点", "内容"), ("进度安排", "工作内容")])
def test_day_and_text_under_one_group_are_milestones(tmp_path, reader, group, text):
    rows = (
        ["序号", "任务名称", "责任人", group, "", "完成时限"],
        ["", "", "", "时间", text, ""],
        [1, "硬化", "张三", "3月底", "招标", "8月底"],
        ["", "", "", "6月底", "开工", ""],
    )
    merges = [(0, c, 1, c) for c in (0, 1, 2, 5)] + [(0, 3, 0, 4), (2, 1, 3, 1)]
    [record] = read(tmp_path, reader, grid(*rows, merges=merges)).records
    assert [(str(day), text) for day, text, _ in record["milestones"]] == [("2021-03-31", "招标"), ("2021-06-30", "开工")]
    assert not record.issues


@pytest.mark.parametrize("again", [True, False])
def test_repeated_header_of_two_rows_is_no_record(tmp_path, reader, again):
    head = (
        ["序号", "类别", "任务名称", "时间节点", "", "", "", "完成时限"],
        ["", "", "", "一季度", "二季度", "三季度", "四季度", ""],
    )
    own = [(0, c, 1, c) for c in (0, 1, 2, 7)] + [(0, 3, 0, 6)]
    rows = [[n, "重点工作", f"硬化{n}", "招标", "", "", "", "8月底"] for n in (1, 2)]
    merges = own + [(a + 3, b, c + 3, d) for a, b, c, d in own] * again
    file = read(tmp_path, reader, grid(*head, rows[0], *head, rows[1], merges=merges))
    assert [(r.title, len(r["milestones"])) for r in file.records] == [("硬化1", 1), ("硬化2", 1)]
    assert [line.reason for line in file.left_out] == ["重复表头", "重复表头"]


@pytest.mark.parametrize(
    "lines",
    [
        [["填表人", "张三", "", "审核人", "李四"]],
        [["村支部书记签字", "", "", "村主任签字"]],
        [["", "", "", "", "", "倪宅村村委会"], ["", "", "", "", "", "2021年2月20日"]],
        [["填表人:"], ["", "", "", "", "", "", "2021年 月 日"]],
    ],
)
def test_signatures_in_cells_side_by_side_and_at_the_right_are_no_records(tmp_path, reader, lines):
    file = read(tmp_path, reader, grid(["倪宅村清单"], HEAD, task(1), [], *lines))
    assert [r.title for r in file.records] == ["村道硬化1"]
    assert {line.reason for line in file.left_out} == {"签名"}


def test_header_words_wholly_in_brackets(tmp_path, reader):
    file = read(
        tmp_path,
        reader,
        grid(["【序号】", "【类别】", "【任务名称】", "（工作内容）", "责任人\n[签字]", "完成时限"], task(1)[:6]),
    )
    assert [(r.title, r["content"], r["responsible"]) for r in file.records] == [("村道硬化1", "5米", ["张三"])]
