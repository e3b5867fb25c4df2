"""Every unit's template out, filled by a script, saved again by LibreOffice in three formats, and back: every change, nothing else."""

import random
import shutil
import subprocess
from copy import copy
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from db.models import Task
from huajie_desktop.reading import tokens
from huajie_desktop.receiving import importing, intake
from huajie_desktop.sending import templates
from huajie_desktop.work.task_ledger import TASKS
from tests.conftest import SAMPLES
from tests.tasks import form_texts

VILLAGES = SAMPLES / "villages-2021"
FIRST = 6  # the row of the first record
soffice = shutil.which("soffice")


def filled(file: Path, chance: random.Random) -> dict[str, list[str]]:
    """Edits, adds and removes rows, moves and renames columns as a village might; returns what was done."""
    book = load_workbook(file)
    page = book.worksheets[0]
    page.protection.sheet = False
    keys = {str(cell.value).removeprefix("hj:"): cell.column for cell in page[3]}
    rows = [row for row in range(FIRST, page.max_row + 1) if tokens.is_token(page.cell(row, 1).value)]
    done: dict[str, list[str]] = {"changed": [], "removed": [], "added": []}
    for row in rows[:3]:
        title = page.cell(row, keys["title"]).value
        done["changed"].append(title)
        page.cell(row, keys["due"]).value = "11月17日前"
        page.cell(row, keys["investment"]).value = 77.7
    if len(rows) > 4:
        done["removed"].append(page.cell(rows[4], keys["title"]).value)
        page.delete_rows(rows[4])
    bottom = FIRST + len(rows) - len(done["removed"])
    for number in range(2):
        title = f"{page.title[:4]}新添的第{'甲乙'[number]}件事"
        said = {
            "title": title,
            "category": "文明环境",
            "content": "做好",
            "responsible": "张三",
            "due": "10月底前",
            "investment": 5,
        }
        for key, text in said.items():
            page.cell(bottom + number, keys[key]).value = text
        done["added"].append(title)
    for column in range(2, page.max_column + 1):
        page.cell(4, column).value = f"表头{column}"
    for merged in list(page.merged_cells.ranges):
        page.merged_cells.remove(merged)
    if chance.random() < 0.5:
        page.insert_cols(3)
        page.cell(4, 3).value = "村里加的一列"
    move(page, chance)
    book.save(file)
    return done


def move(page, chance: random.Random) -> None:
    """Puts the columns behind the first into another order, title and note left where they are."""
    order = list(range(2, page.max_column + 1))
    chance.shuffle(order)
    for row in range(3, page.max_row + 1):
        cells = [(page.cell(row, column).value, copy(page.cell(row, column)._style)) for column in order]
        for column, (value, style) in enumerate(cells, 2):
            page.cell(row, column).value = value
            page.cell(row, column)._style = style


@pytest.mark.skipif(soffice is None, reason="LibreOffice saves the files again; it is not installed here")
@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_every_units_template_comes_back_with_every_change_and_nothing_else(app, tmp_path, ending):
    books = sorted(f for f in VILLAGES.iterdir() if f.suffix != ".json")
    intake.apply(app, importing.preview(app, books), skip_errors=True)
    out, back = tmp_path / "out", tmp_path / "back"
    made = templates.write_templates(app, TASKS, out)
    chance = random.Random(ending)
    done = {file.stem: filled(file, chance) for file in made}
    command = [soffice, f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", ending, "--outdir", back]
    subprocess.run([*command, *made], check=True, capture_output=True, timeout=300)
    files = sorted(back.iterdir())
    assert [file.stem for file in files] == [file.stem for file in made]

    preview = importing.preview(app, files)

    assert not [file.read.problem for file in preview.files if file.read.problem]
    for file in preview.files:
        asked = done[Path(file.read.name).stem]
        assert [r.record.title for r in file.rows if r.action == "new"] == asked["added"], file.read.name
        assert [r.record.title for r in file.rows if r.action == "removed"] == asked["removed"]
        changed = {r.record.title: {c.key for c in r.changes} for r in file.rows if r.action == "change"}
        assert changed == {title: {"due", "investment"} for title in asked["changed"]}, file.read.name
        assert not [r.record.title for r in file.rows if r.action in ("conflict", "error")], file.read.name
    before = texts(app)
    outcome = intake.apply(app, preview)
    assert (outcome.changed, outcome.new) == (sum(len(asked["changed"]) for asked in done.values()), 2 * len(made))
    after = texts(app)
    edited = {title for asked in done.values() for title in asked["changed"]}
    for task_id, said in before.items():
        now = {"due": "11月17日前", "investment": "77.7"} if after[task_id]["due"] == "11月17日前" else {}
        assert after[task_id] == {**said, **now}
        assert not now or said["title"] in edited
    assert sum(said["due"] == "11月17日前" for said in after.values()) == outcome.changed


def texts(app) -> dict[int, dict[str, str]]:
    """Every task as the form shows it, by id."""
    with app.reading() as session:
        return {task_id: form_texts(session, task_id) for task_id in session.scalars(select(Task.id))}
