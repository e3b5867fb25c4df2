"""Whatever a clerk does in whatever order, journal and tables agree, and what is taken back is as it was."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test
from openpyxl import Workbook
from sqlalchemy import select

from db.base import Base, Record
from db.models import JournalEntry, Task
from db.net import images_of
from huajie_desktop.application import Application
from huajie_desktop.errors import Problem
from huajie_desktop.journal import history, recycle_bin, versions
from huajie_desktop.ledgers import LEDGERS
from huajie_desktop.receiving import importing, intake
from huajie_desktop.receiving.pasting import block_of, from_clipboard, to_clipboard
from huajie_desktop.receiving.typed import TypedTable
from huajie_desktop.records import bulk, entry
from huajie_desktop.sheets.fenced.fence import Reader
from huajie_desktop.township.seating import come_in
from huajie_desktop.work import review
from huajie_desktop.work.task_ledger import TASKS
from tests.folders import Files
from tests.office import TEXTS
from tests.tasks import form_texts, save_task
from ui.desk.undo import Step, UndoStack

TODAY = date(2021, 3, 1)
DISPUTES = LEDGERS["disputes"]
titles = st.sampled_from(["路灯安装", "公厕改造", "绿道一期", "主题党日", "防汛演练", "村务公开"])
units = st.sampled_from(["倪宅村", "金杜村", "卉川村", "党政办"])
people = st.sampled_from(["", "张三", "李四、王五", "倪成纲、张三、赵六"])
days = st.sampled_from(["8月底前", "2021-05-06", "全年", "9月份前", "长期"])
amounts = st.sampled_from(["", "12.5", "约10万元", "3"])
texts = st.fixed_dictionaries(
    {"title": titles, "unit": units, "responsible": people, "due": days, "investment": amounts, "category": st.just("干事承诺")}
)
disputes = st.fixed_dictionaries(
    {
        "accepted_on": st.sampled_from(["2021-03-05", "5月6日"]),
        "kind": st.sampled_from(["邻里", "合同", "山林土地"]),
        "village": st.sampled_from(["倪宅村", "金杜村"]),
        "summary": st.sampled_from(["宅基地边界", "滴水纠纷", "借款"]),
        "level": st.just("一般"),
        "amount": st.sampled_from(["", "5000", "1.2万元"]),
        "result": st.sampled_from(["", "成功", "不成功"]),
        "mediator": st.sampled_from(["", "张三"]),
    }
)
few = st.integers(0, 50)


def replayed(session):
    """What the journal says every kept row is: what came, with all its changes; the version is its last operation."""
    rows, tables = {}, Base.metadata.tables
    for told in session.scalars(select(JournalEntry).order_by(JournalEntry.operation_id, JournalEntry.id)):
        key = (told.kind, told.record_id)
        _before, after = images_of(tables[told.kind], told.before, told.after)
        if after is None:
            del rows[key]
        else:
            rows[key] = {**rows.get(key, {}), **after, "version": told.operation_id}
        if (owner := rows.get((told.owner_kind, told.owner_id))) is not None:
            owner["version"] = told.operation_id
    return rows


def kept(session):
    """Every row of every kind of record, by table and id."""
    tables = [mapper.local_table for mapper in Base.registry.mappers if issubclass(mapper.class_, Record)]
    return {(table.name, row["id"]): dict(row) for table in tables for row in session.execute(select(table)).mappings()}


class YearOfWork(RuleBasedStateMachine):
    """Random work at one desk; every step is whole, and Ctrl+Z and Ctrl+Y go through all of them."""

    def __init__(self, databases):
        super().__init__()
        self.databases = databases

    @initialize()
    def set_up(self):
        self.folder = TemporaryDirectory()
        self.reader = Reader()
        self.place = self.databases.begun(Path(self.folder.name) / "data")
        self.app = self.open()
        self.steps = UndoStack()
        self.before, self.after = {}, {}  # contents around each operation

    def teardown(self):
        if hasattr(self, "app"):
            self.app.data.close()
            self.reader.close()
            self.folder.cleanup()

    def open(self):
        return come_in(Application.open(Path(self.folder.name) / "data", today=lambda: TODAY, place=self.place), "张三")

    def contents(self):
        """What is kept now; the version says only since when."""
        with self.app.reading() as session:
            return {key: {**row, "version": None} for key, row in kept(session).items()}

    def do(self, service, *arguments, **options):
        """One step at the desk; a refusal must leave everything as it was."""
        before = self.contents()
        try:
            done = service(self.app, *arguments, **options)
        except Problem:
            assert self.contents() == before
            return
        changes = getattr(done, "changes", done)
        if changes.operation_id is None:
            assert self.contents() == before
        else:
            self.steps.push(Step(changes.operation_id, changes.label))
            self.before[changes.operation_id], self.after[changes.operation_id] = before, self.contents()

    def tasks(self):
        with self.app.reading() as session:
            return list(session.scalars(select(Task.id).order_by(Task.id)))

    @rule(typed=texts)
    def enter(self, typed):
        self.do(save_task, None, {**TEXTS, **typed})

    @precondition(lambda self: self.tasks())
    @rule(which=few, typed=texts)
    def edit(self, which, typed):
        ids = self.tasks()
        with self.app.reading() as session:
            stood = form_texts(session, ids[which % len(ids)])
        self.do(save_task, ids[which % len(ids)], {**stood, **typed})

    @precondition(lambda self: self.tasks())
    @rule(which=few)
    def delete(self, which):
        ids = self.tasks()
        self.do(entry.delete, [ids[which % len(ids)]], TASKS)

    @precondition(lambda self: self.tasks())
    @rule(step=st.sampled_from([review.submit, review.withdraw, review.approve]), count=st.integers(1, 3))
    def move_on(self, step, count):
        self.do(step, self.tasks()[:count])

    @precondition(lambda self: self.tasks())
    @rule(which=few)
    def send_back(self, which):
        ids = self.tasks()
        self.do(review.send_back, [ids[which % len(ids)]], "请补全内容")

    @precondition(lambda self: self.tasks())
    @rule(which=few, back=few)
    def bring_back(self, which, back):
        ids = self.tasks()
        with self.app.reading() as session:
            found = versions.versions(session, TASKS, ids[which % len(ids)])
        self.do(versions.bring_back, TASKS, ids[which % len(ids)], found[back % len(found)].operation_id)

    @rule()
    def take_out_of_the_bin(self):
        with self.app.reading() as session:
            deleted = recycle_bin.deleted_ids(session)
        if len(deleted):
            self.do(recycle_bin.restore_deleted, list(deleted)[:2])

    @precondition(lambda self: self.tasks())
    @rule(count=st.integers(1, 4), change=st.sampled_from([("responsible", "赵六"), ("due", "10月底"), ("investment", "7")]))
    def edit_many(self, count, change):
        self.do(bulk.set_field, self.tasks()[:count], TASKS, *change)

    @rule(rows=st.lists(st.tuples(titles, units, people, days), min_size=1, max_size=3))
    def paste(self, rows):
        table = TypedTable(self.app)
        copied = to_clipboard([["任务名称", "责任单位", "责任人", "完成时限"], *map(list, rows)])
        table.paste(0, block_of(from_clipboard(copied), TASKS, TASKS.shown.columns))
        self.do(lambda _app: table.keep())

    @rule(rows=st.lists(st.tuples(titles, people, days), min_size=1, max_size=3), unit=st.sampled_from(["倪宅村", "金杜村"]))
    def bring_in(self, rows, unit):
        book = Workbook()
        book.active.append([f"{unit}2021年干事承诺清单"])
        book.active.append(["序号", "类别", "承诺事项", "责任人", "完成时限"])
        for number, (title, names, due) in enumerate(rows, 1):
            book.active.append([number, "干事承诺", title, names, due])
        file = Path(self.folder.name) / f"{unit}.xlsx"
        book.save(file)
        self.do(intake.apply, importing.preview(self.app, [file], reader=self.reader), skip_errors=True)

    @rule(typed=disputes)
    def enter_dispute(self, typed):
        self.do(entry.save, DISPUTES, None, typed)

    @rule(which=few, typed=disputes)
    def edit_dispute(self, which, typed):
        with self.app.reading() as session:
            ids = list(session.scalars(select(DISPUTES.model.id).order_by(DISPUTES.model.id)))
        if ids:
            self.do(entry.save, DISPUTES, ids[which % len(ids)], typed)

    @precondition(lambda self: self.steps.undoable)
    @rule()
    def undo(self):
        step = self.steps.undoable
        reverse = history.undo(self.app, [step.operation_id])
        self.steps.undone(Step(reverse.operation_id, step.label))
        now = self.contents()
        assert now == self.before[step.operation_id]
        self.before[reverse.operation_id], self.after[reverse.operation_id] = self.after[step.operation_id], now

    @precondition(lambda self: self.steps.redoable)
    @rule()
    def redo(self):
        step = self.steps.redoable
        again = history.undo(self.app, [step.operation_id])
        self.steps.redone(Step(again.operation_id, step.label))
        now = self.contents()
        assert now == self.before[step.operation_id]
        self.before[again.operation_id], self.after[again.operation_id] = self.after[step.operation_id], now

    @rule()
    def reopen(self):
        before = self.contents()
        self.app.data.close()
        self.app, self.steps = self.open(), UndoStack()
        assert self.contents() == before

    @invariant()
    def journal_and_tables_agree(self):
        if hasattr(self, "app"):
            with self.app.reading() as session:
                assert replayed(session) == kept(session)


def test_a_year_of_work(databases):
    # Each step compares every row, which costs most on a server; fewer examples go as far there, as the rules are the same.
    examples = 12 if isinstance(databases, Files) else 5
    often = settings(max_examples=examples, stateful_step_count=25, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(lambda: YearOfWork(databases), settings=often)
