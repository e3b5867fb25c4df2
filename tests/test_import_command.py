"""The command import says what the window says, and its exit status says whether a person would have been asked."""

import json

import pytest
from sqlalchemy import select

from db.models import Task
from huajie_desktop.application import Application
from huajie_desktop.receiving import importing, intake
from huajie_desktop.township.seating import by_command
from tests.commands import run, speak
from tests.folders import lay_office
from tests.sheets.files import Grid, write

HEAD = ["序号", "类别", "任务名称", "主要内容", "责任人", "完成时限", "计划投资(万元)"]


def task(number, title, due="8月底前", content="硬化300米"):
    return [number, "干事承诺", title, content, "张三丰", due, 12.5]


LAMP, ROAD = task(1, "路灯安装", content="12盏"), task(2, "村道硬化")
DRAFT = Grid("旧稿", [HEAD, task(1, "作废的事情")], visible=False)


def save(path, *rows, further=(), head=HEAD):
    write(path, [Grid("Sheet1", [["倪宅村2021年任务清单"], head, *rows]), *further])
    return path


@pytest.fixture
def data(tmp_path):
    return lay_office(tmp_path / "data")


def kept(data):
    app = by_command(Application.open(data))
    with app.reading() as session:
        titles = sorted(session.scalars(select(Task.title)))
    app.data.close()
    return titles


@pytest.mark.parametrize("dry", [["--dry-run"], []], ids=["dry", "real"])
def test_everything_that_was_not_read_is_named_with_its_reason(tmp_path, data, dry):
    rest = [Grid("填表说明", [["请如实填写"]]), DRAFT]
    file = save(tmp_path / "倪宅村.xlsx", LAMP, ROAD, ["", "", "合计", "", "", "", 25], further=rest)
    done = run("import", file, *dry, "--data", data)
    lines = done.stdout.splitlines()
    assert "  没有当作任务：Sheet1 第5行“合计 25”（合计）" in lines
    assert "  提示：工作表“填表说明”里没有任务清单，没有读" in lines
    [asked] = [line for line in lines if line.startswith("  要决定：工作表“旧稿”是隐藏的")]
    assert asked.endswith('（要读：--with-sheet "旧稿"）')
    assert done.returncode == 1, "the window would have asked about the hidden sheet"
    said = run("import", file, *dry, "--with-sheet", "旧稿", "--data", data)
    assert said.returncode == 0
    if not dry:
        assert kept(data) == ["作废的事情", "村道硬化", "路灯安装"]


def test_json_says_the_same(tmp_path, data):
    file = save(tmp_path / "倪宅村.xlsx", LAMP, ["", "", "合计", "", "", "", 12.5], further=[DRAFT])
    done = speak("import", file, "--dry-run", "--json", "--data", data)
    assert done.returncode == 1
    told = json.loads(done.stdout)
    [one] = told["files"]
    assert one["aside"] == [{"sheet": "旧稿", "why": "隐藏的工作表", "count": 1}]
    assert one["left_out"] == [{"sheet": "Sheet1", "row": 4, "text": "合计 12.5", "reason": "合计"}]
    assert any("旧稿" in words for words in one["asks"])
    assert any("旧稿" in words for words in one["notices"])
    assert told["refused"] == []
    both = json.loads(speak("import", file, "--dry-run", "--json", "--with-sheet", "旧稿", "--data", data).stdout)["files"][0]
    assert ([record["title"] for record in both["records"]], both["aside"], both["asks"]) == (["路灯安装", "作废的事情"], [], [])


def first_import(data, tmp_path, *rows):
    app = by_command(Application.open(data))
    intake.apply(app, importing.preview(app, [save(tmp_path / "以前 倪宅村.xlsx", *rows)]))
    app.data.close()


@pytest.mark.parametrize("dry", [["--dry-run"], []], ids=["dry", "real"])
def test_a_row_that_may_be_one_of_several_is_asked_with_all_of_them(tmp_path, data, dry):
    first_import(data, tmp_path, task(1, "穿村段路灯安装工程"), task(2, "穿村段路灯安装项目"))
    done = speak("import", save(tmp_path / "倪宅村.xlsx", task(1, "穿村段路灯安装")), *dry, "--data", data)
    [line] = [line for line in done.stdout.splitlines() if "要决定：和已有的" in line]
    assert "“穿村段路灯安装工程”（相似 88%）、“穿村段路灯安装项目”（相似 88%）相近" in line
    assert "1 行要选是哪一条已有的记录，请在窗口里导入；--skip-errors 略过它们" in done.stdout.splitlines()
    assert done.returncode == 1
    if not dry:
        assert "所有文件都没有导入" in done.stderr
        skipped = speak("import", tmp_path / "倪宅村.xlsx", "--skip-errors", "--data", data)
        assert (skipped.returncode, "未导入：" in skipped.stdout) == (1, True), (
            "left out, and nobody said that it is none of these"
        )


def test_errors_fail_unless_it_was_said_that_they_are_left_out(tmp_path, data):
    file = save(tmp_path / "倪宅村.xlsx", LAMP, task(2, "", due="8月底前"))
    assert speak("import", file, "--dry-run", "--data", data).returncode == 1
    assert speak("import", file, "--dry-run", "--skip-errors", "--data", data).returncode == 0
    assert speak("import", file, "--data", data).returncode == 1
    assert kept(data) == []
    taken = speak("import", file, "--skip-errors", "--data", data)
    assert (taken.returncode, kept(data)) == (0, ["路灯安装"])


def test_a_plain_sheet_is_taken_without_a_question(tmp_path, data):
    file = save(tmp_path / "倪宅村.xlsx", LAMP, ROAD)
    done = speak("import", file, "--dry-run", "--data", tmp_path / "nowhere")
    assert (done.returncode, done.stdout, done.stderr) == (0, "倪宅村.xlsx：倪宅村，2 项，0 项有错误，0 项请核对\n", "")
    assert speak("import", file, "--data", data).returncode == 0


def test_a_unit_nobody_could_tell_is_asked_and_said(tmp_path, data):
    write(tmp_path / "清单.xlsx", [Grid("Sheet1", [HEAD, LAMP])])
    done = speak("import", tmp_path / "清单.xlsx", "--dry-run", "--data", data)
    assert (done.returncode, "请选择单位（--unit 单位）" in done.stdout) == (1, True)
    assert speak("import", tmp_path / "清单.xlsx", "--unit", "倪宅村", "--data", data).returncode == 0
    nobody = speak("import", tmp_path / "清单.xlsx", "--unit", "没有村", "--dry-run", "--data", data)
    assert (nobody.returncode, "单位表里没有“没有村”" in nobody.stderr) == (2, True)


def test_the_same_task_in_two_files_is_told_with_the_file(tmp_path, data):
    one = save(tmp_path / "倪宅村.xlsx", task(1, "穿村段路灯安装"), ROAD)
    two = save(tmp_path / "倪宅村（补）.xlsx", task(1, "穿村段路灯安装工程"), ROAD)
    for where in (data, tmp_path / "nowhere"):
        told = speak("import", one, two, "--dry-run", "--data", where).stdout
        assert "与“倪宅村.xlsx” Sheet1!C4 的任务重复，请核对要不要跳过" in told
        assert "和倪宅村.xlsx Sheet1 第3行“穿村段路灯安装”很像（相似 88%），请核对是不是同一项" in told


UNKNOWN = [["倪宅村"], ["号", "要办啥", "找谁", "啥时候好"], [1, "修路", "张三丰", "8月底"], [2, "装灯", "李四光", "9月底"]]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (UNKNOWN, ["--map", "B=任务名称", "--map", "C=责任人", "--map", "啥时候好=due"]),
        (UNKNOWN[2:], ["--map", "B=title", "--map", "C=responsible", "--map", "D=due", "--header", 0]),
        ([[2019, 2020, 2021, 2022], *UNKNOWN[2:]], ["--map", "B=title", "--map", "C=责任人", "--map", "D=due", "--header", 1]),
    ],
    ids=["unknown", "none", "numbers"],
)  # fmt: skip
def test_what_columns_hold_can_be_said(tmp_path, data, rows, said):
    write(tmp_path / "倪宅村.xlsx", [Grid("Sheet1", rows)])
    refused = speak("import", tmp_path / "倪宅村.xlsx", "--dry-run", "--data", data)
    assert (refused.returncode, "--map" in refused.stdout) == (1, True)
    done = speak("import", tmp_path / "倪宅村.xlsx", *said, "--dry-run", "--json", "--data", data)
    records = json.loads(done.stdout)["files"][0]["records"]
    assert [(one["title"], one["responsible"], one["due"]) for one in records] == [
        ("修路", ["张三丰"], "2021-08-31"), ("装灯", ["李四光"], "2021-09-30"),
    ]  # fmt: skip
    assert done.returncode == 0


@pytest.mark.parametrize("said", [["Z=任务名称"], ["B=没有这项"], ["B"], ["B=任务名称", "--header", "30"]])
def test_a_column_or_field_there_is_not_is_a_mistake_of_the_command(tmp_path, data, said):
    write(tmp_path / "倪宅村.xlsx", [Grid("Sheet1", UNKNOWN)])
    done = speak("import", tmp_path / "倪宅村.xlsx", "--map", *said, "--data", data)
    assert (done.returncode, "意外" in done.stderr, bool(done.stderr.strip())) == (2, False, True)
    assert kept(data) == []


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (["--with-sheet", "没有这张"], "没有哪个文件有叫“没有这张”的清单"),
        (["--map", "A=任务名称", "--map", "B=任务名称", "--header", "2"], "有两列都写成了“任务名称”"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_is_read(tmp_path, data, said, words):
    """A name nothing answers to, and two columns for a field of one value, were passed over in silence."""
    file = save(tmp_path / "倪宅村.xlsx", LAMP, further=[DRAFT])
    for dry in (["--dry-run"], []):
        done = speak("import", file, *said, *dry, "--data", data)
        assert (done.returncode, kept(data)) == (2, [])
        assert words in done.stderr
        assert "没有导入任何内容" in done.stderr
    assert speak("import", file, "--with-sheet", "旧稿", "--dry-run", "--data", data).returncode == 0


def test_a_sheet_nobody_could_read_beside_one_that_was_is_asked_about_and_read_when_its_columns_are_said(tmp_path, data):
    unknown = Grid("镇里", [["另一张"], ["序号", "甲", "乙", "丙", "丁"], [1, "植树", "千棵", "张三丰", "8月底"]])
    file = save(tmp_path / "倪宅村.xlsx", LAMP, further=[unknown])
    done = speak("import", file, "--dry-run", "--data", data)
    [asked] = [line for line in done.stdout.splitlines() if line.startswith("  要决定：工作表“镇里”")]
    assert asked.endswith("（要读：--map 列=字段，没有认出表头的再写 --header 行号）")
    assert (done.returncode, done.stderr) == (1, "")
    said = ("--map", "B=任务名称", "--map", "C=建设内容及规模", "--map", "D=责任人", "--map", "E=完成时限", "--header", "2")
    done = speak("import", file, *said, "--skip-errors", "--data", data)
    assert done.stderr == ""
    assert kept(data) == ["植树", "路灯安装"], "the header is that of the sheet nobody could read, not of the other"
