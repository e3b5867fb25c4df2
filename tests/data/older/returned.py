"""What the programs of schema 0003 and later could do beside: monthly progress, templates out and back, remembered corrections."""

import sheets
from desk import Desk
from openpyxl import load_workbook
from sqlalchemy import select

from db.ledgers.progress import Progress
from db.models import Correction
from huajie_desktop.exchange import importing, intake, remembering, templates
from huajie_desktop.ledgers import LEDGERS
from huajie_desktop.records import entry
from huajie_desktop.records.registers import TASKS
from huajie_desktop.work import review

PROGRESS = LEDGERS["progress"]
REPORT = {"unit": "倪宅村", "title": "公厕改造", "month": "3月", "stage": "推进中", "percent": "30", "summary": "基础完工"}
FIRST = 6  # the row of the first record of a template


def go_on(desk: Desk) -> None:
    """All of it, after the year that came before."""
    for step in (report, correct, send_out_and_back):
        step(desk)


def report(desk: Desk) -> None:
    """Progress of tasks typed in, taken in from a sheet, approved, changed and deleted."""
    first = entry.save(desk.app, PROGRESS, None, REPORT).record_id
    second = entry.save(desk.app, PROGRESS, None, {**REPORT, "month": "4月", "percent": "60"}).record_id
    rows = [["尚仁村", "绿道一期", f"{month}月", "推进中", 20 * month, "演示"] for month in (3, 4)]
    desk.take_in(sheets.book(desk.scratch / "进展.xlsx", "月度进展台账", sheets.PROGRESS, *rows))
    entry.save(desk.app, PROGRESS, first, {**REPORT, "percent": "40", "invested": "2"})
    desk.approve([first], PROGRESS)
    desk.reviewed(review.unlock, [first], "比例有误", PROGRESS)
    entry.delete(desk.app, [second], PROGRESS)


def correct(desk: Desk) -> None:
    """A sheet whose words are corrected before it is taken in; one of the corrections is changed, one forgotten."""
    rows = [["基层党建", f"示例事项{number}", "演示", 1, "郑七", "9月底前"] for number in range(2)]
    made = importing.preview(desk.app, [sheets.village(desk.scratch, "潘宅村", *rows)])
    for row, words in zip(made.rows, ("干事承诺", "重点工作"), strict=True):
        importing.mend(desk.app, made, row, "category", words)
    intake.apply(desk.app, made)
    with desk.app.reading() as session:
        ids = list(session.scalars(select(Correction.id).order_by(Correction.id)))
    remembering.change_correction(desk.app, ids[0], "党建", "干事承诺")
    remembering.forget(desk.app, ids[1:2])


def send_out_and_back(desk: Desk) -> None:
    """A template filled in by the village: one task changed, one new, one struck out; taken in, and taken back and redone."""
    desk.enter(title="要撤下的事", unit="金湖村")
    desk.enter(title="要改的事", unit="金湖村", milestones="5月底 开工")
    [file] = templates.write_templates(desk.app, TASKS, desk.scratch / "模板", [desk.unit("金湖村")])
    pages = load_workbook(file)
    page = pages.worksheets[0]
    places = {str(cell.value).removeprefix("hj:"): cell.column for cell in page[3]}
    rows = {page.cell(row, places["title"]).value: row for row in range(FIRST, page.max_row + 1)}
    for key, value in (("due", "11月底前"), ("responsible", "郑八、张三"), ("investment", 9)):
        page.cell(rows["要改的事"], places[key]).value = value
    page.delete_rows(rows["要撤下的事"])
    pages.save(file)
    made = importing.preview(desk.app, [file])
    importing.close(desk.app, made, [row for row in made.rows if row.removed])
    desk.back(desk.back(intake.apply(desk.app, made).changes))


def progress(desk: Desk) -> int:
    """The progress of March that was unlocked."""
    return desk.one(select(Progress.id).where(Progress.month == "03", Progress.title == "公厕改造"))
