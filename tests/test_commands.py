"""The commands as an administrator runs them: the real program, its output and its exit status."""

import json
import shutil
import subprocess
import sys
from datetime import date

import pypdfium2
import pytest
from sqlalchemy import select

from db.log import Act
from db.models import Task
from huajie_desktop.application import Application
from huajie_desktop.demo import open_begun
from huajie_desktop.township.registers import UNITS
from huajie_desktop.township.seating import by_command
from huajie_desktop.work import review
from tests.commands import ROOT, run, speak
from tests.conftest import SAMPLES
from tests.folders import lay_office, open_office
from tests.office import CATALOGUE, contents, enter

VILLAGES = sorted(file for file in (SAMPLES / "villages-2021").iterdir() if file.suffix != ".json")


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    open_begun(folder).data.close()
    return folder


def pages(file):
    document = pypdfium2.PdfDocument(file)
    count = len(document)
    document.close()
    return count


def test_dry_run_reads_every_sample_record_exactly_and_keeps_nothing(tmp_path):
    done = run("import", *VILLAGES, "--dry-run", "--json", "--data", tmp_path / "data")
    assert (done.returncode, done.stderr) == (1, ""), "some rows have errors, which a person must mend"
    (tmp_path / "result.json").write_text(done.stdout, "utf-8")
    checker = [
        sys.executable,
        ROOT / "tests" / "check_import.py",
        SAMPLES / "villages-2021" / "expected.json",
        tmp_path / "result.json",
    ]
    verdict = subprocess.run(checker, capture_output=True, text=True)
    assert verdict.stdout.splitlines() == ["318 of 318 records exact (100.0 %)"], "no difference is told"
    assert verdict.returncode == 0
    assert not (tmp_path / "data").exists()


def test_import_takes_all_or_none(tmp_path):
    refused = run("import", *VILLAGES, "--new", "--data", tmp_path)
    assert refused.returncode == 1
    assert "所有文件都没有导入" in refused.stderr
    taken = run("import", *VILLAGES, "--skip-errors", "--data", tmp_path)
    assert taken.returncode == 0
    assert "导入 305 项任务，13 行未导入。" in taken.stdout
    assert taken.stdout.count("未导入：") == 13
    again = run("import", *VILLAGES, "--skip-errors", "--json", "--data", tmp_path)
    assert "没有新任务" in again.stderr
    assert len(json.loads(again.stdout)["files"]) == 27


def test_a_file_that_may_be_of_two_kinds_is_told_until_the_kind_is_said(tmp_path):
    file = tmp_path / "x.csv"
    file.write_text("项目名称,主要内容,完成时限,责任人,进展情况,存在问题\n路灯安装,12盏,8月底前,张三,已招标,无\n", "utf-8-sig")
    dry = speak("import", file, "--dry-run", "--data", tmp_path / "data")
    assert "也可能是“月度进展台账”" in dry.stdout
    told = json.loads(speak("import", file, "--dry-run", "--json", "--data", tmp_path / "data").stdout)["files"]
    assert [(one["ledger"], one["may_be"]) for one in told] == [("tasks", ["progress"])]
    for more in ([], ["--skip-errors"]):
        taken = speak("import", file, *more, "--new", "--data", tmp_path / "data")
        assert "也可能是“月度进展台账”" in taken.stdout, "whether anything is taken in or not"
    assert "也可能是" not in speak("import", file, "--dry-run", "--ledger", "tasks", "--data", tmp_path / "data").stdout


def test_missing_file_is_named(tmp_path):
    done = speak("import", tmp_path / "没有.xlsx", "--data", tmp_path)
    assert (done.returncode, "找不到文件" in done.stderr) == (1, True)


def test_unreadable_file_fails_a_dry_run_but_says_why(tmp_path):
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04")
    done = speak("import", tmp_path / "坏.xlsx", "--dry-run", "--json", "--data", tmp_path / "data")
    assert done.returncode == 1
    assert json.loads(done.stdout)["files"][0]["problem"]


def test_one_rare_character_leaves_the_other_pledges_and_is_named(demo, tmp_path):
    data = shutil.copytree(demo, tmp_path / "data")
    app = by_command(Application.open(data))
    with app.operation(Act.CHANGE, "改") as running:
        task = running.session.scalars(select(Task).where(Task.state == "approved").order_by(Task.id)).first()
        task.title, unit = "坏\U0002ffff字", task.unit.name
    app.data.close()
    done = speak("pledges", "--out", tmp_path / "out/", "--data", data)
    assert done.returncode == 1
    assert f"{unit} 1 份没有制作，其余 33 份不受影响" in done.stderr
    assert "U+2FFFF" in done.stderr
    assert len(list((tmp_path / "out").glob("*.pdf"))) == 33


def test_papers_of_the_demo(demo, tmp_path):
    assert run("pledges", "--out", tmp_path / "all.pdf", "--data", demo).returncode == 0
    assert run("slips", "--out", f"{tmp_path}/slips/", "--data", demo).returncode == 0
    assert run("--data", demo, "report", "--out", tmp_path / "report.pdf").returncode == 0
    assert pages(tmp_path / "all.pdf") >= 34
    assert len(list((tmp_path / "slips").glob("*.pdf"))) == 34
    assert pages(tmp_path / "report.pdf") > 5
    for made in (tmp_path / "all.pdf", next((tmp_path / "slips").glob("*.pdf")), tmp_path / "report.pdf"):
        document = pypdfium2.PdfDocument(made)
        text = "".join("".join(page.get_textpage().get_text_range() for page in document).split())
        assert "演示数据" in text, "made-up data says so on paper"
        document.close()


def test_a_paper_of_any_kind_for_one_unit_or_task(demo, tmp_path):
    said = ("--said", "奖项=先进村", "--unit", "倪宅村")
    assert speak("papers", "--kind", "award", *said, "--out", tmp_path / "奖状.pdf", "--data", demo).returncode == 0
    assert pages(tmp_path / "奖状.pdf") == 1
    refused = speak("papers", "--kind", "award", "--unit", "倪宅村", "--out", tmp_path / "a.pdf", "--data", demo)
    assert (refused.returncode, "请填写奖项" in refused.stderr) == (1, True)
    nobody = speak("papers", "--kind", "signoff", "--task", "没有", "--out", tmp_path / "a.pdf", "--data", demo)
    assert (nobody.returncode, "没有编号为“没有”的任务" in nobody.stderr) == (1, True)
    app = by_command(Application.open(demo))
    with app.reading() as session:
        number = session.scalar(select(Task.number).where(Task.number.is_not(None)))
    app.data.close()
    assert speak("papers", "--kind", "signoff", "--task", number, "--out", tmp_path / "b.pdf", "--data", demo).returncode == 0


@pytest.mark.parametrize(
    "said",
    [
        ("papers", "--kind", "award", "--said", "奖项=先进村", "--unit", "倪宅村", "--out"), ("pledges", "--out"), ("slips", "--out"),
        ("templates", "--out"), ("everything", "--out"), ("report", "--out"),
    ],
    ids=lambda said: said[0],
)  # fmt: skip
@pytest.mark.parametrize("ending", [".odt", ".DOC", ".xls"])
def test_an_ending_of_files_that_are_not_made_is_refused_and_no_folder_is_called_so(demo, tmp_path, said, ending):
    done = speak(*said, tmp_path / f"x{ending}", "--data", demo)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"“x{ending}”的结尾" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_there_is_one_whatever_its_name(demo, tmp_path):
    (tmp_path / "2021.3").mkdir()
    assert speak("slips", "--out", tmp_path / "2021.3", "--data", demo).returncode == 0
    assert len(list((tmp_path / "2021.3").glob("*.pdf"))) == 34
    assert speak("templates", "--unit", "倪宅村", "--out", tmp_path / "2021.3", "--data", demo).returncode == 0


def test_same_pledge_made_again_is_the_same_paper(demo, tmp_path):
    app = by_command(Application.open(demo))
    before = contents(app)
    app.data.close()
    assert speak("pledges", "--out", tmp_path / "a.pdf", "--data", demo).returncode == 0
    assert speak("pledges", "--out", tmp_path / "b.pdf", "--data", demo).returncode == 0
    app = by_command(Application.open(demo))
    after = contents(app)
    app.data.close()
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    assert len(after["papers"]) - len(before["papers"]) in (0, 34)
    assert len({row for row in after["papers"]}) == len(after["papers"])


def test_papers_without_approved_tasks_are_refused(tmp_path):
    done = speak("pledges", "--out", tmp_path / "p.pdf", "--data", lay_office(tmp_path / "data"))
    assert done.returncode == 1
    assert "已确认" in done.stderr
    assert not (tmp_path / "p.pdf").exists()


def test_run_passes_arguments_on_and_leaves_standard_output_to_the_program(tmp_path):
    command = [sys.executable, ROOT / "dev.py", "run", "import", VILLAGES[0], "--dry-run", "--json", "--data", tmp_path / "data"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["files"][0]["records"]) == 60


def test_what_is_exported_is_imported_again_as_the_same(demo, tmp_path):
    for key, count in (("disputes", 302), ("tasks", 314)):
        done = speak("export", "--ledger", key, "--out", tmp_path / f"{key}.xlsx", "--open-names", "--data", demo)
        assert (done.returncode, f" {count} 行" in done.stdout) == (0, True), done.stderr
        again = speak("import", tmp_path / f"{key}.xlsx", "--ledger", key, "--data", demo)
        assert (again.returncode, f"{count} 项都已导入过" in again.stdout) == (0, True), again.stdout
    assert speak("export", "--ledger", "weather", "--out", tmp_path / "a.xlsx", "--data", demo).returncode == 2


def test_templates_of_every_kind_or_of_one_unit(demo, tmp_path):
    assert speak("templates", "--kind", "all", "--out", tmp_path / "all", "--data", demo).returncode == 0
    folders = {file.name for file in (tmp_path / "all").iterdir() if file.is_dir()}
    assert folders == {ledger.title for ledger in CATALOGUE.values() if ledger is not UNITS}
    assert (tmp_path / "all" / "单位（模板）.xlsx").exists()
    assert speak("templates", "--kind", "people", "--unit", "杨杭村", "--out", tmp_path / "one", "--data", demo).returncode == 0
    assert [file.name for file in (tmp_path / "one").iterdir()] == ["02 杨杭村 人员.xlsx"]
    assert speak("templates", "--ledger", "people", "--blank", "--out", tmp_path / "blank", "--data", demo).returncode == 0
    assert [file.name for file in (tmp_path / "blank").iterdir()] == ["人员（模板）.xlsx"]
    empty = speak("import", tmp_path / "blank" / "人员（模板）.xlsx", "--dry-run", "--data", demo)
    assert (empty.returncode, "人员，" in empty.stdout) == (0, True), empty.stdout


@pytest.mark.parametrize("target", ["huajie.db", "attachments/报告.pdf", "报告.pdf"])
def test_nothing_is_written_over_or_among_the_data(demo, target):
    before = (demo / "huajie.db").read_bytes()
    for command in (("report",), ("pledges",), ("export", "--ledger", "tasks")):
        done = speak(*command, "--out", demo / target, "--data", demo)
        assert (done.returncode, done.stdout) == (1, "")
        assert "意外" not in done.stderr
    assert (demo / "huajie.db").read_bytes() == before
    assert not list(demo.rglob("报告.pdf"))


def test_an_ending_or_a_file_of_another_kind_is_refused(demo, tmp_path):
    (tmp_path / "别的.pdf").write_bytes(b"PK\x03\x04")
    for target, words in (("报告.db", "结尾"), ("报告.xlsx", "结尾"), ("别的.pdf", "没有覆盖")):
        done = speak("report", "--out", tmp_path / target, "--data", demo)
        assert (done.returncode, words in done.stderr) == (1, True), done.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["别的.pdf"]


def test_templates_of_all_kinds_are_all_written_or_none(demo, tmp_path):
    out = tmp_path / "all"
    assert speak("templates", "--kind", "all", "--out", out, "--data", demo).returncode == 0
    files = sorted(file for file in out.rglob("*.xlsx"))
    for file in files:
        file.write_bytes(b"PK\x03\x04 old")
    stuck = next(file for file in reversed(files) if file.parent != out)
    stuck.unlink()
    stuck.mkdir()
    done = speak("templates", "--kind", "all", "--out", out, "--data", demo)
    assert (done.returncode, done.stdout) == (1, "")
    assert (stuck.name in done.stderr, "原有文件都没有改动" in done.stderr) == (True, True)
    assert {file.read_bytes() for file in files if file != stuck} == {b"PK\x03\x04 old"}


def test_one_paper_that_cannot_be_made_fails_the_command_and_the_others_are_made(tmp_path):
    office = open_office(tmp_path / "data", date(2021, 3, 1))
    ids = [enter(office), enter(office, title="坏字\U00030000桥", unit="杨杭村")]
    review.submit(office, ids)
    review.approve(office, ids)
    office.data.close()
    done = speak("pledges", "--out", tmp_path / "承诺书", "--data", tmp_path / "data")
    assert done.returncode == 1
    for words in ("杨杭村 1 份没有制作", "坏字", "U+30000"):
        assert words in done.stderr
    assert "制作承诺书 1 份" in done.stdout
    assert [file.name for file in (tmp_path / "承诺书").iterdir()] == ["倪宅村承诺书.pdf"]


@pytest.mark.skipif(sys.platform == "win32", reason="names there are made of characters")
def test_a_word_that_is_no_text_is_refused_in_a_sentence(demo, tmp_path):
    done = run("papers", "--kind", "award", "--unit", "\udcff村", "--out", tmp_path / "a.pdf", "--data", demo)
    assert (done.returncode, "没有" in done.stderr, "意外" in done.stderr) == (1, True, False)
