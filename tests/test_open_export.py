"""The open export holds every row of the office, readable by anything."""

import csv
import json

import pytest
from sqlalchemy import select

from db.base import Base
from huajie_desktop.errors import Cancelled, Problem
from huajie_desktop.sending.open_export import export_everything
from tests.office import enter


def test_every_row_of_every_table_is_there_twice(app, tmp_path):
    enter(app)
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
            kept = session.execute(select(table)).mappings().all()
            assert len(objects) == len(lines) == len(kept)
            assert {json.dumps(row, sort_keys=True) for row in objects} == {
                json.dumps({name: row[name] if row[name] is None or isinstance(row[name], int | str) else str(row[name]).replace(" ", "T")
                            for name in row}, sort_keys=True)
                for row in kept
            }  # fmt: skip
            found += len(kept)
    assert count == found
    tasks = json.loads((tmp_path / "out" / "数据" / "tasks.json").read_text("utf-8"))
    assert tasks[1]["title"] == "=1+1"
    assert tasks[1]["investment"] == "100"
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
