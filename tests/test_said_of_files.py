"""What is said of whole files in a preview: sheets that were set aside, columns and units, kept through every new reading."""

import pytest

from huajie_desktop.errors import Cancelled
from huajie_desktop.receiving import importing, intake
from huajie_desktop.receiving.asked import KIND, NOTICE, SHEET, UNREAD, asked_of, needs_somebody, told_of
from huajie_desktop.receiving.reopening import reopen
from huajie_desktop.work.task_ledger import TASKS
from tests.sheets.files import Grid, write

HEAD = ["序号", "类别", "任务名称", "主要内容", "责任人", "完成时限"]


def task(number, title, content="12盏"):
    return [number, "干事承诺", title, content, "张三丰", "8月底前"]


def village(path, *further, title="倪宅村2021年任务清单"):
    write(path, [Grid("Sheet1", [[title], HEAD, task(1, "路灯安装")]), *further])
    return path


DRAFT = Grid("旧稿", [["倪宅村2021年任务清单"], HEAD, task(1, "作废的事情")], visible=False)
OLD = Grid("底稿", [HEAD, task(1, "另一件事")], visible=False)


class Stopping:
    """A job that is stopped at its first step."""

    def step(self, _done, _total, _text):
        raise Cancelled


def titles(made):
    return [row.record.title for row in made.rows]


def test_a_sheet_that_was_taken_stays_so_through_all_that_is_said_later(app, tmp_path):
    made = importing.preview(app, [village(tmp_path / "a.xlsx", DRAFT, title="2021年任务清单")])
    [file] = made.files
    importing.take_sheet(app, made, file, "旧稿")
    assert titles(made) == ["路灯安装", "作废的事情"]
    importing.set_unit(app, made, file, "倪宅村")
    importing.remap(app, made, file, {("Sheet1", 2, 3): None})
    importing.read_again(app, made)
    importing.set_ledger(app, made, file, TASKS)
    assert titles(made) == ["路灯安装", "作废的事情"]
    importing.take_sheet(app, made, file, "旧稿", taken=False)
    assert (titles(made), file.sheets, len(file.read.aside)) == (["路灯安装"], frozenset(), 1)


def test_what_was_said_stands_as_before_if_reading_is_stopped(app, tmp_path):
    made = importing.preview(app, [village(tmp_path / "a.xlsx", DRAFT, OLD)])
    [file] = made.files
    importing.take_sheet(app, made, file, "旧稿")
    for stopped in (
        lambda: importing.take_sheet(app, made, file, "底稿", Stopping()),
        lambda: importing.take_sheet(app, made, file, "旧稿", Stopping(), taken=False),
        lambda: importing.set_unit(app, made, file, "杨杭村", Stopping()),
        lambda: importing.remap(app, made, file, {("Sheet1", 2, 3): None}, Stopping()),
        lambda: importing.set_ledger(app, made, file, app.catalogue["disputes"], Stopping()),
    ):
        with pytest.raises(Cancelled):
            stopped()
        assert (file.sheets, file.unit, file.mapping, file.asked) == (frozenset({"旧稿"}), None, {}, None)
        assert titles(made) == ["路灯安装", "作废的事情"]


def test_decisions_about_rows_of_a_taken_sheet_come_back_with_the_preview(app, tmp_path):
    made = importing.preview(app, [village(tmp_path / "a.xlsx", DRAFT)])
    importing.take_sheet(app, made, made.files[0], "旧稿")
    first, second = made.rows
    importing.mend(app, made, first, "remarks", "镇里补的")
    importing.skip(app, made, [second])
    outcome = intake.apply(app, made)
    again = reopen(app, outcome.batch_id)
    assert [(row.record.title, row.status) for row in again.rows] == [("路灯安装", "same"), ("作废的事情", "skipped")]
    assert next(again.rows).typed["remarks"][1] == "镇里补的"


def test_what_is_asked_and_what_is_only_told(app, tmp_path):
    made = importing.preview(app, [village(tmp_path / "a.xlsx", DRAFT, Grid("填表说明", [["请如实填写"]]))])
    [file] = made.files
    assert [asked.sort for asked in asked_of(file)] == [SHEET]
    assert "工作表“填表说明”里没有任务清单，没有读" in told_of(file)
    assert needs_somebody(made)
    importing.take_sheet(app, made, file, "旧稿")
    assert [(asked.sort, asked.taken) for asked in asked_of(file)] == [(SHEET, True)]
    assert not needs_somebody(made)
    (tmp_path / "b.xlsx").write_bytes(b"%PDF-1.4")
    write(tmp_path / "c.xlsx", [Grid("Sheet1", [["倪宅村共5项任务清单"], HEAD, task(1, "路灯改造")])])
    head = ["项目名称", "主要内容", "完成时限", "责任单位", "责任人", "进展情况", "存在问题"]
    write(tmp_path / "d.xlsx", [Grid("Sheet1", [head, ["公厕改造", "1座", "8月底前", "倪宅村", "张三丰", "已招标", "无"]])])
    others = importing.preview(app, [tmp_path / name for name in ("b.xlsx", "c.xlsx", "d.xlsx")]).files
    assert [[asked.sort for asked in asked_of(file)][:1] for file in others] == [[UNREAD], [NOTICE], [KIND]]
    assert [next(asked_of(file)).is_open for file in others] == [True, False, True]


def test_a_word_of_asking_in_what_is_quoted_asks_nothing(app, tmp_path):
    made = importing.preview(app, [village(tmp_path / "a.xlsx", Grid("请看这里", [["x"]]))])
    assert list(asked_of(made.files[0])) == []
    assert "工作表“请看这里”里没有任务清单，没有读" in told_of(made.files[0])


def doubts(made):
    return [
        issue.message for row in made.rows for issue in row.record.issues if "很像" in issue.message or "重复" in issue.message
    ]


@pytest.mark.parametrize(
    ("one", "two", "told"),
    [
        ("穿村段路灯安装", "穿村段路灯安装工程", True),
        ("穿村段路灯安装", "穿村段路灯安裝", True),
        ("穿村段路灯安装", "（续）穿村段路灯安装", True),
        ("穿村路灯安装一期", "穿村路灯安装二期", False),
        ("村东道路硬化", "村西道路硬化", False),
        ("1号桥维修加固", "2号桥维修加固", False),
        ("路灯安装", "公厕改造", False),
    ],
)
def test_nearly_the_same_task_of_one_unit_in_two_files_is_a_doubt(app, tmp_path, one, two, told):
    paths = [tmp_path / "a.xlsx", tmp_path / "b.xlsx"]
    for path, title in zip(paths, (one, two), strict=True):
        write(path, [Grid("Sheet1", [["倪宅村2021年任务清单"], HEAD, task(1, title)])])
    assert bool(doubts(importing.preview(app, paths))) is told
    write(paths[1], [Grid("Sheet1", [["杨杭村2021年任务清单"], HEAD, task(1, two)])])
    assert doubts(importing.preview(app, paths)) == [], "of another unit it is another task"


def test_within_one_file_names_that_are_near_are_no_doubt(app, tmp_path):
    write(tmp_path / "a.xlsx", [Grid("Sheet1", [["倪宅村"], HEAD, task(1, "穿村段路灯安装"), task(2, "穿村段路灯安装工程")])])
    write(tmp_path / "b.xlsx", [Grid("Sheet1", [["倪宅村"], HEAD, task(1, "公厕改造")])])
    assert doubts(importing.preview(app, [tmp_path / "a.xlsx", tmp_path / "b.xlsx"])) == []


def test_the_doubt_goes_with_the_file_or_row_it_is_about(app, tmp_path):
    paths = [tmp_path / "a.xlsx", tmp_path / "b.xlsx"]
    for path, title in zip(paths, ("穿村段路灯安装", "穿村段路灯安装工程"), strict=True):
        write(path, [Grid("Sheet1", [["倪宅村2021年任务清单"], HEAD, task(1, title)])])
    made = importing.preview(app, paths)
    assert doubts(made) == ["和a.xlsx Sheet1 第3行“穿村段路灯安装”很像（相似 88%），请核对是不是同一项"]
    importing.skip(app, made, [made.files[0].rows[0]])
    assert doubts(made) == []
    importing.skip(app, made, [made.files[0].rows[0]], skipped=False)
    assert len(doubts(made)) == 1
    importing.drop(app, made, made.files[0])
    assert doubts(made) == []
