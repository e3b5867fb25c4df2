"""Templates: one file a unit and kind, pre-filled, known again whatever a village did, and nothing but what it did is changed."""

import datetime as dt
import hmac
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy import delete, select

from db.identity import lineage
from db.log import Act
from db.models import Habit, Person, Task, Unit
from db.opening import WRITING
from huajie_desktop.application import Application
from huajie_desktop.errors import Cancelled, FieldErrors, Problem
from huajie_desktop.reading import tokens
from huajie_desktop.reading.known import known_office
from huajie_desktop.reading.tokens import Marks
from huajie_desktop.receiving import importing, intake
from huajie_desktop.receiving.previews import CLEAR, NEW, OURS, THEIRS
from huajie_desktop.records import entry
from huajie_desktop.records.comparing import KeptRecords, compared_keys, normal
from huajie_desktop.sending import templates
from huajie_desktop.sending.open_export import export_everything
from huajie_desktop.settings import SIGNING, signing
from huajie_desktop.sheets.fenced.fence import Reader
from huajie_desktop.township.registers import PEOPLE
from huajie_desktop.township.seating import set_up
from huajie_desktop.work.review import approve, submit
from huajie_desktop.work.task_ledger import TASKS
from tests.conftest import TODAY
from tests.folders import open_office
from tests.forms import forms
from tests.office import CATALOGUE, TEXTS, contents, enter
from tests.tasks import form_texts, save_task

DISPUTES, PROGRESS = CATALOGUE["disputes"], CATALOGUE["progress"]
FIRST = 6  # the row of the first record, below title, note, keys, header and example
DISPUTE = {
    "accepted_on": "2021-03-05", "kind": "邻里", "village": "倪宅村", "level": "一般", "summary": "排水起争执",
    "party_a": "王二麻", "party_a_phone": "13800001111", "people": "3", "amount": "8000.5",
}  # fmt: skip


def unit_id(app, name="倪宅村"):
    with app.reading() as session:
        return session.scalars(select(Unit.id).where(Unit.name == name)).one()


def template(app, folder, ledger=TASKS, unit="倪宅村", month=None):
    [made] = templates.write_templates(app, ledger, folder, [unit_id(app, unit)], month)
    return made


def page_of(file):
    book = load_workbook(file)
    return book, book.worksheets[0]


def columns(page):
    """The column of each field, by the hidden keys."""
    return {str(cell.value).removeprefix("hj:"): cell.column for cell in page[3]}


def fill(file, *changes, page_changes=None):
    """Types into cells: (row of the record from 0, key, value)."""
    book, page = page_of(file)
    places = columns(page)
    for row, key, value in changes:
        page.cell(FIRST + row, places[key]).value = value
    if page_changes:
        page_changes(page)
    book.save(file)
    return file


def look(app, *files):
    return importing.preview(app, list(files))


def actions(made):
    return [row.action for row in made.rows]


def changes(row):
    return {change.key: (change.old, change.new) for change in row.changes}


def test_one_file_a_unit_sorted_and_all_in_one_go(app, tmp_path):
    enter(app)
    enter(app, unit="平安建设办", title="平安村创建")
    made = templates.write_templates(app, TASKS, tmp_path)
    assert len(made) == 28
    assert (made[0].name, made[26].name, made[27].name) == (
        "01 倪宅村 任务清单.xlsx", "27 八字墙居委会 任务清单.xlsx", "28 平安建设办 任务清单.xlsx",
    )  # fmt: skip
    assert sorted(made) == made == sorted(tmp_path.glob("*.xlsx"))


def test_cancelling_leaves_no_file_and_a_kind_without_units_is_refused(app, tmp_path):
    class Impatient:
        def step(self, done, total, text):
            if done == 3:
                raise Cancelled

    with pytest.raises(Cancelled):
        templates.write_templates(app, TASKS, tmp_path, job=Impatient())
    with pytest.raises(Problem, match="不分单位"):
        templates.write_templates(app, CATALOGUE["units"], tmp_path)
    assert list(tmp_path.glob("*.xlsx")) == []


def test_the_sheet_is_locked_where_it_must_stay_and_open_where_it_is_typed_in(app, tmp_path):
    enter(app)
    book, page = page_of(template(app, tmp_path))
    places = columns(page)
    assert page.protection.sheet
    assert page.protection.password is None
    assert page.column_dimensions["A"].hidden
    assert page.row_dimensions[3].hidden
    assert all(cell.protection.locked for cell in page[4])
    assert not any(page.cell(row, places[key]).protection.locked for key in ("title", "due") for row in (FIRST, FIRST + 1))
    assert (page.page_setup.orientation, page.page_setup.paperSize, page.print_title_rows) == ("landscape", 9, "$1:$4")
    assert page.print_area == f"'{page.title}'!$B$1:$N$36"
    assert page.freeze_panes == "E5"
    assert {check.type for check in page.data_validations.dataValidation} >= {"list", "date", "decimal"}
    options = book.worksheets[1]
    assert options.sheet_state == "hidden"
    assert any("干事承诺" in [cell.value for cell in column] for column in options.iter_cols())
    assert "责任单位*" not in [cell.value for cell in page[4]]


@pytest.mark.parametrize("ledger", CATALOGUE.values(), ids=CATALOGUE)
def test_a_blank_template_is_recognised_and_its_example_is_no_record(app, tmp_path, ledger):
    file = tmp_path / "模板.xlsx"
    templates.write_template(app, ledger, file)
    made = look(app, file)
    assert (made.files[0].ledger, made.files[0].read.problem) == (ledger, None)
    assert [left.reason for left in made.files[0].read.left_out] == ["示例"]
    assert {column.field for column in made.files[0].read.tables[0].columns} - {None} == set(compared_keys(ledger))


def test_a_filled_in_blank_template_is_all_new(app, tmp_path):
    file = tmp_path / "模板.xlsx"
    templates.write_template(app, DISPUTES, file)
    fill(file, *((row, key, f"{text}{row if key == 'summary' else ''}") for row in range(3) for key, text in DISPUTE.items()))
    made = look(app, file)
    assert made.counts() == {"new": 3}, [row.record.issues for row in made.rows]
    assert intake.apply(app, made).new == 3
    assert look(app, file).counts() == {"same": 3}


def test_as_it_went_out_nothing_is_changed(app, tmp_path):
    enter(app, milestones="6月底 完成招标\n9月底 竣工", quantities="路灯12盏", funding="镇补 5万")
    enter(app, title="合计", content="同上", remarks="无", due="长期坚持", investment="0")
    enter(app, title="注：说明", content="/", due="", category="", investment="")
    made = look(app, template(app, tmp_path))
    assert actions(made) == ["same"] * 3, [changes(row) for row in made.rows]
    assert [row.target for row in made.rows] == [1, 2, 3]


def test_edits_additions_and_removals_are_recognised_and_nothing_else_is_touched(app, tmp_path):
    for title in ("路灯安装", "公厕改造", "绿道建设"):
        enter(app, title=title)
    enter(app, title="别村的事", unit="金湖村")
    file = template(app, tmp_path)

    def remove(page):
        page.delete_rows(FIRST + 1)
        page.cell(FIRST + 2, columns(page)["title"], "新建凉亭")
        page.cell(FIRST + 2, columns(page)["category"], "文明环境")
        page.cell(FIRST + 2, columns(page)["due"], "10月底前")
        page.cell(FIRST + 2, columns(page)["responsible"], "张三")

    fill(file, (0, "title", "穿村段路灯安装（一期）"), (0, "due", "9月底前"), (0, "investment", 15), page_changes=remove)
    made = look(app, file)
    assert actions(made) == ["change", "same", "new", "removed"]
    assert changes(made.files[0].rows[0]) == {
        "title": ("路灯安装", "穿村段路灯安装（一期）"), "due": ("2021-08-31", "2021-09-30"), "investment": ("12.5", "15"),
    }  # fmt: skip
    before = contents(app)
    outcome = intake.apply(app, made)
    assert outcome.sentence == "导入 1 项任务，修改 1 项，1 项已有，未改动，1 行未导入。"
    with app.reading() as session:
        texts = form_texts(session, 1)
    assert texts == {**texts_before(before), "title": "穿村段路灯安装（一期）", "due": "9月底前", "investment": "15"}
    after = contents(app)
    changed = {table for table in before if before[table] != after[table]}
    assert changed <= {"tasks", "people", "responsibilities"}
    assert [row for row in after["tasks"] if row in before["tasks"]] == [
        r for r in before["tasks"] if r[-1] != 1 and r in after["tasks"]
    ]


def texts_before(_before):
    return {
        "title": "路灯安装", "content": "沿线安装路灯12盏", "category": "干事承诺", "unit": "倪宅村", "responsible": "倪成纲、张三",
        "lead": "", "due": "8月底前", "start": "", "finished_on": "", "milestones": "", "recurrence": "", "investment": "12.5",
        "cooperating": "", "further": "", "list_kind": "村级清单", "force": "", "key_project": "否", "quantities": "",
        "funding": "", "remarks": "",
    }  # fmt: skip


def test_removed_rows_are_closed_only_when_the_clerk_says_so_and_come_back_with_undo(app, tmp_path):
    enter(app, title="路灯安装")
    enter(app, title="公厕改造")
    file = fill(template(app, tmp_path), page_changes=lambda page: page.delete_rows(FIRST + 1))
    made = look(app, file)
    before = contents(app)
    assert made.counts() == {"same": 1, "removed": 1}
    assert intake.apply(app, made).closed == 0
    importing.close(app, made, [row for row in made.rows if row.removed])
    outcome = intake.apply(app, made)
    assert (outcome.closed, outcome.sentence) == (1, "撤下 1 项，1 项已有，未改动。")
    with app.reading() as session:
        assert session.scalars(select(Task.title)).all() == ["路灯安装"]
    from huajie_desktop.receiving.batches import undo_batch

    undo_batch(app, outcome.batch_id)
    assert contents(app) == before


def test_an_emptied_row_is_a_removed_one_and_people_are_closed_on_the_day(app, tmp_path):
    entry.save(app, PEOPLE, None, {"name": "张三", "unit": "倪宅村", "phone": "13857900001"})
    entry.save(app, PEOPLE, None, {"name": "李四", "unit": "倪宅村"})

    def empty(page):
        for cell in page[FIRST][2:]:
            cell.value = None

    made = look(app, fill(template(app, tmp_path, PEOPLE), page_changes=empty))
    assert made.counts() == {"same": 1, "removed": 1}
    assert [left.reason for left in made.files[0].read.left_out] == ["示例", "整行清空"]
    importing.close(app, made, list(made.rows))
    intake.apply(app, made)
    with app.reading() as session:
        people = session.scalars(select(Person).where(Person.unit_id != session.seat.township_id).order_by(Person.id))
        assert [(p.name, p.closed_on) for p in people] == [
            ("张三", app.today()), ("李四", None),
        ]  # fmt: skip


@pytest.mark.parametrize("side", [THEIRS, OURS])
def test_what_was_changed_on_both_sides_is_decided_by_the_clerk(app, tmp_path, side):
    enter(app)
    file = template(app, tmp_path)
    save_task(app, 1, {**TEXTS, "due": "7月底前", "remarks": "镇里加的"})
    fill(file, (0, "due", "10月底前"), (0, "content", "安装路灯20盏"))
    made = look(app, file)
    [row] = made.rows
    assert (row.action, row.status) == ("conflict", "conflict")
    assert [(change.key, change.conflict) for change in row.changes] == [("content", False), ("due", True)]
    with pytest.raises(Problem, match="两边都改过"):
        intake.apply(app, made)
    importing.decide(app, made, [row], side, "due")
    assert row.action == "change"
    intake.apply(app, made)
    with app.reading() as session:
        texts = form_texts(session, 1)
    assert (texts["content"], texts["remarks"]) == ("安装路灯20盏", "镇里加的")
    assert texts["due"] == ("10月底前" if side == THEIRS else "7月底前")


def test_a_conflict_can_be_edited_and_a_change_here_alone_stays(app, tmp_path):
    enter(app)
    file = template(app, tmp_path)
    save_task(app, 1, {**TEXTS, "due": "7月底前"})
    made = look(app, file)
    assert actions(made) == ["same"], "the village changed nothing"
    fill(file, (0, "due", "10月底前"))
    made = look(app, file)
    importing.mend(app, made, next(made.rows), "due", "9月30日")
    assert actions(made) == ["change"]
    intake.apply(app, made)
    with app.reading() as session:
        assert session.get_one(Task, 1).due == dt.date(2021, 9, 30)


def test_an_empty_cell_keeps_unless_the_clerk_clears_and_a_needed_one_cannot_be_cleared(app, tmp_path):
    enter(app, remarks="要保留的备注")
    file = fill(template(app, tmp_path), (0, "remarks", None), (0, "investment", "/"))
    made = look(app, file)
    assert actions(made) == ["same"]
    assert [(change.key, change.blank) for change in next(made.rows).changes] == [("investment", True), ("remarks", True)]
    importing.tell(app, made, blank=CLEAR)
    assert actions(made) == ["change"]
    importing.decide(app, made, list(made.rows), OURS, "investment")
    intake.apply(app, made)
    with app.reading() as session:
        task = session.get_one(Task, 1)
        assert (task.remarks, task.investment) == (None, Decimal(125_000))
    made = look(app, fill(template(app, tmp_path / "b"), (0, "title", None)))
    importing.tell(app, made, blank=CLEAR)
    assert actions(made) == ["error"]
    assert dict(next(made.rows).faults) == {"title": "任务名称不能空着"}


def test_columns_moved_renamed_added_and_copied_into_a_new_file(app, tmp_path):
    enter(app)
    enter(app, title="公厕改造")
    file = template(app, tmp_path)
    _book, page = page_of(file)
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    order = [0, *reversed(range(1, len(rows[0])))]
    from openpyxl import Workbook

    other = Workbook()
    for number, row in enumerate(rows, 1):
        moved = [row[place] for place in order]
        if number == 4:
            moved = [None, *(f"第{place}栏" for place in range(1, len(moved)))]
        other.active.append([None, *moved, "村里加的一列" if number == 4 else "x"])
    places = {str(cell.value).removeprefix("hj:"): cell.column for cell in other.active[3]}
    other.active.cell(FIRST, places["investment"], 20)
    target = tmp_path / "新建 Microsoft Excel 工作表.xlsx"
    other.save(target)
    made = look(app, target)
    assert (made.files[0].read.unit, actions(made)) == ("倪宅村", ["change", "same"])
    assert changes(made.files[0].rows[0]) == {"investment": ("12.5", "20")}


def test_without_the_row_of_keys_rows_are_still_known_by_their_identity(app, tmp_path):
    enter(app)
    file = template(app, tmp_path)
    fill(file, (0, "title", "穿村段的路灯安装"), page_changes=lambda page: page.delete_rows(3))
    made = look(app, file)
    assert actions(made) == ["change"]
    assert changes(next(made.rows)) == {"title": ("穿村段路灯安装", "穿村段的路灯安装")}


def test_a_damaged_a_copied_and_a_foreign_identity_are_told(app, tmp_path):
    enter(app)
    enter(app, title="公厕改造")

    def damage(page):
        page.cell(FIRST, 1, str(page.cell(FIRST, 1).value).replace("|2021|", "|2022|", 1))
        for place, cell in enumerate(page[FIRST + 1], 1):
            page.cell(FIRST + 2, place, cell.value)
        page.cell(FIRST + 2, columns(page)["title"], "照着公厕改造填的一项")

    made = look(app, fill(template(app, tmp_path), page_changes=damage))
    assert actions(made) == ["same", "same", "new"]
    messages = [issue.message for row in made.rows for issue in row.record.issues]
    assert any("编号被改动过" in message for message in messages)
    assert any("从同一行复制来的" in message for message in messages)


def both_units(app, tmp_path):
    """The template of one village with a row copied from the other's, its name typed over."""
    enter(app, title="倪宅的路灯")
    enter(app, title="金杜的公厕", unit="金杜村")
    _, other = page_of(template(app, tmp_path / "a"))
    copied = [cell.value for cell in other[FIRST]]

    def put(page):
        for place, value in enumerate(copied, 1):
            page.cell(FIRST + 1, place, value)
        page.cell(FIRST + 1, columns(page)["title"], "抄来改了名的")

    return fill(template(app, tmp_path / "b", unit="金杜村"), page_changes=put)


@pytest.mark.parametrize("approved", [False, True])
def test_a_row_copied_from_another_villages_template_changes_nothing_there(app, tmp_path, approved):
    file = both_units(app, tmp_path)
    if approved:
        submit(app, [1])
        approve(app, [1])
    before, made = contents(app), look(app, file)
    importing.tell(app, made, unlock=True)
    assert [row.status for row in made.rows] == ["same", "error"]
    [issue] = made.files[0].rows[1].record.issues
    assert "倪宅村" in issue.message
    assert "金杜村" in issue.message
    with pytest.raises(Problem, match="倪宅村"):
        intake.apply(app, made)
    intake.apply(app, made, skip_errors=True)
    assert contents(app) == before


def test_a_report_in_a_row_copied_from_another_village_is_no_report_there(app, tmp_path):
    enter(app, title="倪宅的路灯")
    enter(app, title="金杜的公厕", unit="金杜村")
    _, other = page_of(template(app, tmp_path / "a", PROGRESS, month=8))
    copied = [cell.value for cell in other[FIRST]]

    def put(page):
        for place, value in enumerate(copied, 1):
            page.cell(FIRST, place, value)
        page.cell(FIRST, columns(page)["summary"], "做完了")

    file = template(app, tmp_path / "b", PROGRESS, "金杜村", 8)
    made = look(app, fill(file, page_changes=put))
    [row] = made.rows
    assert row.status == "error"
    assert any("倪宅村" in issue.message for issue in row.record.issues)


def test_what_is_signed_off_is_asked_of_no_more_unless_it_was_reported_that_month(app, tmp_path):
    done, told, _open = (enter(app, title=title) for title in ("办完的", "报过的", "在办的"))
    entry.save(app, PROGRESS, None, {"unit": "倪宅村", "title": "报过的", "month": "8月", "percent": "100"})
    with app.operation(Act.CHANGE, "销号") as running:
        running.update(Task, {task_id: {"handling": "signed_off"} for task_id in (done, told)})
    _, page = page_of(template(app, tmp_path, PROGRESS, month=8))
    place = columns(page)["title"]
    assert [cell.value for [cell] in page.iter_rows(FIRST, FIRST + 2, place, place)] == ["报过的", "在办的", None]


def test_what_signs_a_template_is_random_and_stands_in_no_export(app, tmp_path):
    enter(app)
    _, page = page_of(template(app, tmp_path / "a"))
    cell = str(page.cell(FIRST, 1).value)
    with app.reading() as session:
        secret, sent_before = signing(session)
        marks = known_office(session).marks
    assert (len(bytes.fromhex(secret)), sent_before, marks.older) == (32, False, ())
    assert len(cell.rpartition("|")[2]) >= 16
    assert tokens.read(cell, marks) is not None
    assert tokens.read(cell, Marks("00" * 32)) is None
    export_everything(app, tmp_path / "all")
    written = [file.read_bytes() for file in (tmp_path / "all").rglob("*") if file.is_file()]
    assert written
    assert not any(secret.encode() in content for content in written)


def test_a_template_sent_before_there_was_a_secret_is_known_and_one_made_up_in_new_data_is_not(app, tmp_path):
    enter(app)
    file = fill(template(app, tmp_path), (0, "due", "10月底前"))
    with app.reading() as session:
        mark, known = lineage(session)[0], known_office(session)

    def as_before(page):
        for row in page.iter_rows():
            if tokens.is_token(row[0].value):
                body = str(row[0].value).rpartition("|")[0].replace(tokens.VERSION, "QD2", 1)
                row[0].value = f"{body}|{hmac.new(mark.encode(), body.encode(), 'sha256').hexdigest()[:10]}"

    fill(file, page_changes=as_before)
    assert look(app, file).rows.__next__().record.token is None
    with app.data.sessions() as session:
        session.connection(execution_options=WRITING)
        session.execute(delete(Habit).where(Habit.name == SIGNING))
        session.commit()
    made = look(app, file)
    [row] = made.rows
    assert changes(row) == {"due": ("2021-08-31", "2021-10-31")}
    assert any("更新前" in notice for notice in made.files[0].all_notices)
    with app.reading() as session:
        assert known_office(session).marks.older
    template(app, tmp_path / "new")
    with app.reading() as session:
        assert signing(session)[1], "what was sent before stays known"
        assert known_office(session).marks.secret not in ("", known.marks.secret)


def copies_of_one_template(app, tmp_path, first, second):
    enter(app)
    file = template(app, tmp_path)
    other = tmp_path / "再发一次.xlsx"
    other.write_bytes(file.read_bytes())
    return look(app, fill(file, *first), fill(other, *second))


def test_the_same_template_twice_is_no_new_record_and_what_both_say_is_done_once(app, tmp_path):
    made = copies_of_one_template(app, tmp_path, [], [(0, "due", "10月底前")])
    assert actions(made) == ["same", "change"]
    intake.apply(app, made)
    with app.reading() as session:
        assert form_texts(session, 1)["due"] == "10月底前"
        assert len(list(session.scalars(select(Task)))) == 1


@pytest.mark.parametrize("chosen", [0, 1])
def test_the_same_template_twice_with_other_contents_is_asked_across_the_files(app, tmp_path, chosen):
    made = copies_of_one_template(
        app, tmp_path, [(0, "due", "9月底前"), (0, "investment", "20")], [(0, "due", "10月底前"), (0, "investment", "20")]
    )
    rows = list(made.rows)
    assert actions(made) == ["conflict", "conflict"]
    assert rows[1].file.read.name in rows[0].changes[-1].elsewhere + rows[0].changes[0].elsewhere
    with pytest.raises(Problem, match="写的不一样"):
        intake.apply(app, made)
    importing.decide(app, made, rows, THEIRS)  # both at once cannot be
    assert "conflict" in actions(made)
    importing.decide(app, made, [rows[chosen]], THEIRS, "due")
    other, shown = rows[1 - chosen], ("2021-09-30", "2021-10-31")[1 - chosen]
    assert other.status == ("beaten" if chosen == 0 else "change"), "the first one says the investment for both"
    said = [issue.message for issue in other.record.issues if issue.field == "due"]
    assert len(said) == 1
    assert "没有采用" in said[0]
    outcome = intake.apply(app, made)
    assert (outcome.new, outcome.same, outcome.skipped) == (0, 0, 1 - chosen)
    assert "未改动" not in outcome.sentence
    [left] = outcome.left_out
    assert left.startswith(other.where)
    assert rows[chosen].where in left
    assert f"“{shown}”没有采用" in left
    with app.reading() as session:
        kept = form_texts(session, 1)
        assert (kept["due"], kept["investment"]) == (("9月底前", "10月底前")[chosen], "20")


def test_a_template_that_went_to_another_village_is_said(app, tmp_path):
    enter(app)

    def retitle(page):
        page.cell(1, 2, "金杜村2021年工作清单")

    made = look(app, fill(template(app, tmp_path), page_changes=retitle))
    assert any("发给倪宅村" in notice and "金杜村" in notice for notice in made.files[0].all_notices)


def test_another_offices_template_is_an_ordinary_sheet(app, tmp_path):
    other = set_up(Application.create(tmp_path / "other", today=app.today), "花街镇", 2021)
    enter(other, title="别的镇的事")
    file = template(other, tmp_path)
    other.data.close()
    enter(app, title="自己的事")
    made = look(app, file)
    assert actions(made) == ["new"]
    assert [row.target for row in made.rows] == [None]


def test_nearly_the_same_name_is_taken_with_its_likeness_and_several_are_asked(app, tmp_path):
    from tests.test_importing import book

    enter(app, title="穿村段公路路灯安装工程")
    made = look(
        app,
        book(
            tmp_path / "a.xlsx", ["干事承诺", "穿村段公路路灯安装工程项目", "沿线安装路灯12盏", 12.5, "倪成纲、张三", "8月底前"]
        ),
    )
    [row] = made.rows
    assert (row.action, row.status, changes(row)) == (
        "change", "warning", {"title": ("穿村段公路路灯安装工程", "穿村段公路路灯安装工程项目")},
    )  # fmt: skip
    assert "相似" in row.record.issues[0].message
    enter(app, title="穿村段公路路灯安装工作")
    made = look(app, tmp_path / "a.xlsx")
    [row] = made.rows
    assert (row.action, row.status, [found.id for found in row.candidates]) == ("conflict", "ask", [1, 2])
    with pytest.raises(Problem, match="要选是哪一条"):
        intake.apply(app, made)
    importing.answer(app, made, row, 2)
    assert (row.target, row.action) == (2, "change")
    importing.answer(app, made, row, NEW)
    assert (row.target, row.action) == (None, "new")
    numbered = book(tmp_path / "b.xlsx", ["干事承诺", "路灯安装工程二期", "x", 1, "张三", "8月底前"])
    enter(app, title="路灯安装工程一期")
    assert actions(look(app, numbered)) == ["new"], "what a numeral tells apart is not alike"


def test_approved_records_change_only_when_the_clerk_unlocks_and_are_reviewed_again(app, tmp_path):
    enter(app)
    submit(app, [1])
    approve(app, [1])
    file = fill(template(app, tmp_path), (0, "due", "10月底前"))
    made = look(app, file)
    assert made.counts() == {"locked": 1}
    assert not intake.apply(app, made).as_told
    importing.tell(app, made, unlock=True)
    assert made.counts() == {"change": 1}
    assert intake.apply(app, made).changed == 1
    with app.reading() as session:
        assert (session.get_one(Task, 1).state, session.get_one(Task, 1).due) == ("submitted", dt.date(2021, 10, 31))


@pytest.mark.parametrize("text", ["12..5", "若干", "9" * 30])
def test_a_cell_nobody_can_read_does_not_empty_what_is_kept(app, tmp_path, text):
    enter(app, investment="30")
    made = look(app, fill(template(app, tmp_path), (0, "investment", text), (0, "due", "10月底前")))
    [row] = made.rows
    assert row.status == "error"
    assert "原来的内容没有动" in row.faults["investment"]
    importing.decide(app, made, [row], OURS, "investment")
    intake.apply(app, made)
    with app.reading() as session:
        kept = form_texts(session, 1)
        assert (kept["investment"], kept["due"]) == ("30", "10月底前")


def test_a_number_masked_as_it_was_does_not_empty_the_one_put_in_its_place(app, tmp_path):
    made = entry.save(app, DISPUTES, None, DISPUTE)
    file = template(app, tmp_path, DISPUTES)
    with app.reading() as session:
        seen = entry.seen(session, DISPUTES, made.record_id)
    entry.save(app, DISPUTES, made.record_id, {"party_a_phone": "13900002222"}, seen=seen)
    [row] = look(app, fill(file, (0, "people", 5))).rows
    assert changes(row) == {"people": ("3", "5")}


def test_a_record_changed_after_the_preview_stops_the_import(app, tmp_path):
    enter(app)
    made = look(app, fill(template(app, tmp_path), (0, "due", "10月底前")))
    save_task(app, 1, {**TEXTS, "remarks": "刚刚改的"})
    before = contents(app)
    with pytest.raises(Problem, match="预览之后"):
        intake.apply(app, made)
    assert contents(app) == before


def test_monthly_progress_goes_out_with_the_units_tasks_and_comes_back_as_reports(app, tmp_path):
    enter(app, title="路灯安装")
    enter(app, title="公厕改造")
    file = template(app, tmp_path, PROGRESS, month=3)
    assert file.name == "01 倪宅村 月度进展（3月）.xlsx"
    fill(file, (0, "stage", "推进中"), (0, "percent", 40), (0, "summary", "已装路灯5盏\n其余月底前装完"))
    made = look(app, file)
    assert (made.files[0].ledger, actions(made)) == (PROGRESS, ["new"])
    assert [left.reason for left in made.files[0].read.left_out] == ["示例", "没有填写"]
    assert intake.apply(app, made).new == 1
    again = fill(
        template(app, tmp_path / "b", PROGRESS, month=3), (0, "percent", 60), (1, "stage", "已完成"), (1, "title", "改了名")
    )
    made = look(app, again)
    assert actions(made) == ["change", "new"]
    intake.apply(app, made)
    with app.reading() as session:
        kept = [(r.task_id, r.title, r.month, r.stage, r.percent) for r in session.scalars(select(PROGRESS.model))]
    assert kept == [(1, "路灯安装", "03", "underway", 60), (2, "公厕改造", "03", "done", None)]


def test_progress_in_a_villages_own_sheet_takes_the_month_from_its_title_and_must_be_of_a_listed_task(app, tmp_path):
    from openpyxl import Workbook

    enter(app, title="路灯安装")
    sheet = Workbook()
    for row in (
        ["倪宅村2021年4月份工作进展情况表"],
        ["序号", "任务名称", "进展情况", "存在问题", "下步打算"],
        [1, "路灯安装", "装了8盏", "无", "月底完成"],
        [2, "没听说过的事", "正在推进", None, None],
    ):
        sheet.active.append(row)
    sheet.save(tmp_path / "进展.xlsx")
    made = look(app, tmp_path / "进展.xlsx")
    assert [(row.action, row.record["month"]) for row in made.rows] == [("new", "04"), ("error", "04")]
    assert "任务清单里没有" in made.files[0].rows[1].record.issues[0].message


# every kind of field there and back

_AWKWARD = (
    "0",
    "１２．５",
    "007",
    "330784198001010012",
    "=1+1",
    "+86",
    "-无",
    "@x",
    "无",
    "/",
    "同上",
    "合计",
    "2021.3.5",
    "第一行\n第二行",
)
_LONG = "很长的内容" * 2000


@pytest.mark.parametrize(
    "text", [*_AWKWARD, _LONG, _LONG * 4], ids=[*map(repr, _AWKWARD), "10000 characters", "40000 characters"]
)
@pytest.mark.parametrize("ledger", [TASKS, DISPUTES], ids=lambda ledger: ledger.key)
def test_texts_come_back_as_they_went(app, tmp_path, ledger, text):
    key = "content" if ledger is TASKS else "measures"
    short = text[:40] if ledger is DISPUTES else text[:200]
    if ledger is TASKS:
        save_task(app, None, {**TEXTS, key: text, "title": f"{short[:100]}甲"})
    else:
        entry.save(app, ledger, None, {**DISPUTE, key: text, "recorder": short.replace("\n", "")})
    made = look(app, template(app, tmp_path, ledger))
    assert actions(made) == ["same"], changes(next(made.rows))


@pytest.mark.parametrize("key", ["disputes", "people", "tasks"])
@settings(max_examples=25)
@given(data=st.data())
def test_every_kind_of_field_comes_back_as_it_went(office, key, data):
    app, reader, folder = office
    ledger = CATALOGUE[key]
    texts = {**data.draw(forms(ledger)), str(ledger.place): "倪宅村"}
    try:
        save = save_task if ledger is TASKS else None
        record_id = (save(app, None, {**TEXTS, **texts}) if save else entry.save(app, ledger, None, texts)).record_id
    except FieldErrors:
        assume(False)
    [file] = templates.write_templates(app, ledger, folder, [unit_id(app)])
    made = importing.preview(app, [file], reader=reader)
    with app.reading() as session:
        kept = KeptRecords(session, ledger).values(session, [record_id])[record_id]
    found = [row for row in made.rows if row.target == record_id]
    assume(found or not texts.get("closed_on"))  # who is gone is in no template
    with app.operation(Act.CHANGE, "拿掉") as running:
        running.session.delete(running.session.get_one(ledger.model, record_id))
    assert [row.action for row in found] == ["same"], (texts, [changes(row) for row in found])
    for name in compared_keys(ledger):
        if name in found[0].record.letters and not ledger.fields[name].private:
            assert normal(ledger, name, found[0].record[name]) == normal(ledger, name, kept.get(name)), name


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """One office for all examples, and one reader process."""
    opened = open_office(tmp_path_factory.mktemp("office") / "data", TODAY)
    with Reader() as reader:
        yield opened, reader, tmp_path_factory.mktemp("files")
    opened.data.close()


def test_digits_in_a_column_of_text_stay_text_beside_words(app, tmp_path):
    entry.save(app, DISPUTES, None, {**DISPUTE, "agreement_number": "007", "recorder": "张三"})
    entry.save(app, DISPUTES, None, {**DISPUTE, "summary": "又一件", "agreement_number": "甲字7号", "recorder": "12"})
    made = look(app, template(app, tmp_path, DISPUTES))
    assert actions(made) == ["same", "same"]
    assert [row.record["agreement_number"] for row in made.rows] == ["007", "甲字7号"]


def test_a_template_holds_what_it_was_made_for_whatever_the_clerk_said(app, tmp_path):
    """The choice of a kind stays from the file before; a signed template tells itself."""
    save_task(app, None, TEXTS)
    preview = importing.preview(app, [template(app, tmp_path)], ledger=DISPUTES)
    assert [file.ledger for file in preview.files] == [TASKS]
    assert not [file for file in preview.files if file.read.problem]
