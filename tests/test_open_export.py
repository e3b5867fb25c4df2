"""The open export holds every row of the office, readable by anything."""

import csv
import json
import sys

import pytest
from sqlalchemy import select

from db.base import Base
from huajie_desktop.errors import Cancelled, Problem
from huajie_desktop.sending.open_export import export_everything
from tests.office import enter
from tests.queue_office import fill


def test_every_row_of_every_table_is_there_twice(app, tmp_path):
    fill(app)
    enter(app, title="=1+1", content="第一行\n第二行，“引号”", investment="0.01")
    count = export_everything(app, tmp_path / "out")
    names = {file.stem for file in (tmp_path / "out" / "数据").glob("*.json")}
    found = 0
    with app.reading() as session:
        for table in Base.metadata.sorted_tables:
            if table.name not in names:
                assert table.name in ("drafts", "habits", "snapshots")
                continue
            objects = json.loads((tmp_path / "out" / "数据" / f"{table.name}.json").read_text("utf-8"))
            with (tmp_path / "out" / "数据" / f"{table.name}.csv").open(encoding="utf-8-sig", newline="") as file:
                lines = list(csv.DictReader(file))
            kept = [row for row in session.execute(select(table)).mappings() if row.get("act") != "export"]  # this very one
            assert len(objects) == len(lines) == len(kept)
            assert {json.dumps(row, sort_keys=True) for row in objects} == {
                json.dumps({name: row[name] if row[name] is None or isinstance(row[name], int | str) else str(row[name]).replace(" ", "T")
                            for name in row}, sort_keys=True)
                for row in kept
            }  # fmt: skip
            found += len(kept)
    assert count == found
    tasks = json.loads((tmp_path / "out" / "数据" / "tasks.json").read_text("utf-8"))
    assert tasks[-1]["title"] == "=1+1"
    assert tasks[-1]["investment"] == "100"
    for name in (
        "notices",
        "findings",
        "extensions",
        "task_steps",
        "milestones",
        "progress",
    ):  # the closed loop is given out, too
        assert json.loads((tmp_path / "out" / "数据" / f"{name}.json").read_text("utf-8")), name
    words = (tmp_path / "out" / "说明.txt").read_text("utf-8-sig")
    assert "title（任务名称）" in words
    assert "approved=已确认" in words


def test_a_folder_with_something_in_it_is_left_alone(app, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "别的.txt").write_text("x")
    with pytest.raises(Problem, match="已有内容"):
        export_everything(app, tmp_path / "out")
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["别的.txt"]


def test_a_cancelled_export_leaves_nothing(app, tmp_path):
    class Stops:
        def step(self, done, total, text):
            raise Cancelled

    with pytest.raises(Cancelled):
        export_everything(app, tmp_path / "out", Stops())
    assert [file.name for file in tmp_path.iterdir()] == ["data"]


def test_no_cell_is_a_formula_and_the_json_says_what_is_kept(app, tmp_path):
    titles = [f"{start}1+1" for start in ("=", "+", "-", "@", "＝", "＋", "－", "＠", "'=")]
    for title in titles:
        enter(app, title=title, content=title, remarks=title)
    export_everything(app, tmp_path / "out")
    folder = tmp_path / "out" / "数据"
    live = tuple("=+-@＝＋－＠")
    for file in folder.glob("*.csv"):
        with file.open(encoding="utf-8-sig", newline="") as lines:
            texts = [cell for row in csv.reader(lines) for cell in row]
        assert [text for text in texts if text.startswith(live) and not text.removeprefix("-").replace(".", "").isdigit()] == []
    assert [task["title"] for task in json.loads((folder / "tasks.json").read_text("utf-8"))] == titles


@pytest.mark.skipif(sys.platform == "win32", reason="who may read a file is said otherwise there")
def test_what_is_exported_is_for_whoever_exports_it_alone(app, tmp_path):
    enter(app)
    export_everything(app, tmp_path / "out")
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o700


def test_nothing_is_exported_into_a_data_folder(app, tmp_path):
    for folder in (app.folder, app.folder / "移交", app.folder / "attachments" / "移交"):
        with pytest.raises(Problem, match="数据文件夹"):
            export_everything(app, folder)
    assert not list(app.folder.rglob("移交"))
