"""The month in figures: equal to what is counted task by task, as of any day, fair to small units, the same on screen and paper."""

import calendar
import random
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pypdfium2
import pytest
from docx import Document
from sqlalchemy import select

from db.ledgers.progress import Progress
from db.log import Act
from db.models import Category, Extension, Finding, FurtherCategory, LightRules, Milestone, Notice, Paper, Step, Task, Unit
from db.reports import STAGES
from db.supervision import LEVELS
from huajie_desktop.lights.kept_facts import editions, facts_of
from huajie_desktop.lights.late import late_in_receiving, missing_months
from huajie_desktop.lights.light import BEHIND, DONE, LOOKS, OVERDUE, STOPPED, light_of
from huajie_desktop.lights.rules import rules_on
from huajie_desktop.lights.task_facts import as_of
from huajie_desktop.lights.workdays import official
from huajie_desktop.papers.making import Order, make
from huajie_desktop.papers.register import scan
from huajie_desktop.supervision.bulletin import bulletin_of, counted_on
from huajie_desktop.supervision.bulletin_line import Line
from huajie_desktop.supervision.ranking import ranked
from huajie_desktop.typesetting.files import WORD, WORKBOOK

YEAR = 2021
DAYS = [date(YEAR, 3, 31), date(YEAR, 6, 15), date(YEAR, 6, 30), date(YEAR, 9, 30), date(YEAR, 12, 31)]


def some_day(chance, *, empty=0.0, first=1, last=12):
    if chance.random() < empty:
        return None
    return date(YEAR, first, 1) + timedelta(days=chance.randrange((date(YEAR, last, 28) - date(YEAR, first, 1)).days))


def fill(app, count=160, seed=7):
    """A year of tasks with whatever there can be of each: reports of all sorts, milestones, extensions, steps, notices, findings."""
    chance = random.Random(seed)
    with app.operation(Act.CHANGE, "一年") as running:
        session = running.session
        units = list(session.scalars(select(Unit.id).where(Unit.kind == "village").order_by(Unit.id).limit(9)))
        categories = list(session.scalars(select(Category.id).order_by(Category.id)))
        common = {"campaign_id": app.campaign_id, "state": "approved"}
        session.add(
            LightRules(valid_from=date(YEAR, 6, 1), soon_days=10, behind_points=20, silent_days=40, receive_days=2, report_day=20)
        )
        for number in range(count):
            due, handed = some_day(chance, empty=0.1, first=3), some_day(chance, empty=0.4, last=6)
            task = Task(
                **common | {"state": chance.choice(["approved"] * 5 + ["draft"])}, title=f"任务{number}",
                unit_id=chance.choice(units), category_id=chance.choice([*categories, None]), due=due, due_precision="day",
                ongoing=chance.random() < 0.15, start=some_day(chance, empty=0.5, last=5), handed_on=handed,
                received_on=handed and some_day(chance, empty=0.5, first=6), finished_on=some_day(chance, empty=0.6, first=3),
                investment=chance.choice([None, Decimal(chance.randrange(1, 90)) * 1000]),
            )  # fmt: skip
            session.add(task)
            session.flush()
            about = {"unit_id": task.unit_id, "title": task.title, "task_id": task.id}
            more = [one for one in categories if one != task.category_id]
            if chance.random() < 0.2:
                session.add(FurtherCategory(task_id=task.id, category_id=chance.choice(more), position=0))
            for place in range(chance.choice([0, 0, 0, 1, 3])):
                reached, due_on = some_day(chance, empty=0.5), some_day(chance, empty=0.1)
                session.add(Milestone(task_id=task.id, position=place, text="节点", due=due_on, reached_on=reached))
            for month in sorted(chance.sample(range(1, 13), chance.randrange(8))):
                on = None if chance.random() < 0.3 else some_day(chance, first=month)
                session.add(
                    Progress(
                        **common | about, month=f"{month:02}", reported_on=on, stage=chance.choice([*STAGES, None]),
                        percent=chance.choice([None, 0, 5, 40, 80, 100]), invested=chance.choice([None, Decimal("12345.67")]),
                    )
                )  # fmt: skip
            if due and chance.random() < 0.2:
                asked = due - timedelta(days=20)
                session.add(
                    Extension(**common | about | {"state": "granted"}, asked_on=asked, decided_on=asked, before=due, wanted=due,
                              reason="雨")
                )  # fmt: skip
                task.due = due + timedelta(days=30)
            days = sorted(some_day(chance) for _ in range(chance.choice([0, 0, 2, 3])))
            way = ("suspended", "underway", "suspended") if number % 2 else ("signed_off", "underway", "applied")
            for on, handling in zip(days, way, strict=False):
                session.add(Step(task_id=task.id, on=on, handling=handling))
            if days and not number % 2:  # it was opened again, so it was finished later or is not yet
                task.finished_on = chance.choice([None, days[-1] + timedelta(days=3)])
            if chance.random() < 0.3:
                notice(session, chance, common | about)
            if chance.random() < 0.2:
                found = some_day(chance)
                closed = some_day(chance, empty=0.5, first=found.month)
                state = "closed" if closed else "handed"
                session.add(Finding(**common | about | {"state": state}, found_on=found, closed_on=closed))


def notice(session, chance, about):
    issued = some_day(chance, last=9)
    answered = some_day(chance, empty=0.5, first=issued.month)
    first = Notice(**about | {"state": "answered" if answered else "issued"}, level="remind", issued_on=issued, term=issued,
                   answered_on=answered)  # fmt: skip
    session.add(first)
    session.flush()
    if not answered and chance.random() < 0.5:
        first.state = "escalated"
        later = issued + timedelta(days=30)
        session.add(Notice(**about | {"state": "issued"}, level="warn", issued_on=later, term=later, follows_id=first.id))


def by_hand(session, day, *, approved_only=True):
    """The same counts by going through all tasks with the functions that say a single task's light."""
    rules, workdays = rules_on(editions(session), day), official()
    tasks = [one for one in session.scalars(select(Task)) if one.state == "approved" or not approved_only]
    further = {one.task_id: one.category_id for one in session.scalars(select(FurtherCategory))}
    lines = {}
    last = day.replace(day=min(rules.report_day, calendar.monthrange(day.year, day.month)[1]))
    for task_id, facts in facts_of(session, sorted(one.id for one in tasks)).items():
        task = session.get_one(Task, task_id)
        known, key = as_of(facts, day), light_of(facts, day, rules, workdays).key
        dated = known.due is not None and not known.ongoing
        percent = 100 if key == DONE else known.percent
        told = [one for one in task.progress if one.invested is not None and (one.reported_on or end_of(one.month)) <= day]
        spent = max(told, key=lambda one: (one.reported_on or end_of(one.month), one.month)).invested if told else 0
        line = Line(
            None, "", 1, int(dated and known.due <= day),
            int(key == DONE and (not dated or known.ending.finished_on <= known.due)), percent or 0, int(percent is not None),
            task.investment or Decimal(0), Decimal(spent), int(last < day and day.replace(day=1) in missing_months(facts, day, rules)),
            int(late_in_receiving(facts, day, rules, workdays) is not None), Counter([key]),
        )  # fmt: skip
        groups = {("unit", task.unit_id), ("category", task.category_id), ("whole", None)}
        for group in groups | ({("category", further[task_id])} if task_id in further else set()):
            lines.setdefault(group, Line(None, "")).add(line)
    return lines


def end_of(month):
    return date(YEAR, int(month), calendar.monthrange(YEAR, int(month))[1])


def numbers(line):
    return {
        name: getattr(line, name) for name in Line.__slots__ if name not in ("key", "name", "notices", "unanswered", "findings")
    }


@pytest.fixture
def filled(app):
    fill(app)
    return app


def test_what_is_added_up_by_the_database_is_what_single_tasks_say(filled):
    seen = Line(None, "")
    with filled.reading() as session:
        for day, approved_only in zip(DAYS, (True, False) * 3, strict=False):
            counted, told = (
                bulletin_of(session, day, approved_only=approved_only),
                by_hand(session, day, approved_only=approved_only),
            )
            assert numbers(counted.whole) == numbers(told["whole", None]), day
            for kind, lines in (("unit", counted.units), ("category", counted.categories)):
                named = {(kind, line.key): numbers(line) for line in lines if line.tasks}
                assert named == {group: numbers(line) for group, line in told.items() if group[0] == kind}, day
            seen.add(counted.whole)
            assert supervised_by_hand(session, day) == supervised(counted.whole) == supervised(*counted.units)
    assert all(seen.lights[key] for key in LOOKS), "else it compares little"
    assert all((seen.due, seen.spent, seen.unreported, seen.unreceived, seen.unanswered, seen.findings, seen.notices["warn"]))


def supervised(*lines):
    whole = Line(None, "")
    for line in lines:
        whole.add(line)
    return whole.notices, whole.unanswered, whole.findings


def supervised_by_hand(session, day):
    """Notices and findings as they were that evening, one by one."""
    sent = [one for one in session.scalars(select(Notice)) if one.issued_on <= day]
    waiting = [one for one in sent if one.answered_on is None or one.answered_on > day]
    followed = {one.follows_id for one in sent}
    found = [one for one in session.scalars(select(Finding)) if one.found_on <= day]
    return (
        Counter(one.level for one in sent), sum(one.id not in followed for one in waiting),
        sum(one.closed_on is None or one.closed_on > day for one in found),
    )  # fmt: skip


def test_a_notice_about_a_task_counts_in_each_of_its_categories_and_one_about_none_for_its_unit_alone(filled):
    with filled.operation(Act.CHANGE, "通知") as running:
        task = running.session.scalars(select(FurtherCategory)).first()
        first = running.session.get_one(Task, task.task_id)
        for task_id in (first.id, None):
            running.session.add(
                Notice(campaign_id=filled.campaign_id, state="issued", unit_id=first.unit_id, title="催", task_id=task_id, level="listed",
                       issued_on=date(YEAR, 12, 31), term=date(YEAR, 12, 31))
            )  # fmt: skip
        categories = {first.category_id, task.category_id}
    with filled.reading() as session:
        counted = bulletin_of(session, date(YEAR, 12, 31), approved_only=False)
    listed = {line.key: line.notices["listed"] for line in counted.categories}
    assert {key for key, count in listed.items() if count} == categories
    assert (
        [line.notices["listed"] for line in counted.units if line.notices["listed"]] == [2] == [counted.whole.notices["listed"]]
    )


def test_the_month_before_is_the_month_before_and_a_month_that_goes_on_is_counted_up_to_the_day(filled):
    with filled.reading() as session:
        june = bulletin_of(session, date(YEAR, 6, 30))
        may = bulletin_of(session, date(YEAR, 5, 31))
        assert numbers(june.before) == numbers(may.whole)
        assert bulletin_of(session, date(YEAR, 1, 31)).before is None
    assert counted_on(YEAR, 6, date(YEAR, 7, 3)) == date(YEAR, 6, 30)
    assert counted_on(YEAR, 6, date(YEAR, 6, 10)) == date(YEAR, 6, 10)


def of(name, tasks, *, red=0, done=0, late=0, stopped=0):
    return Line(None, name, tasks, in_time=done - late, lights=Counter({OVERDUE: red, STOPPED: stopped, DONE: done}))


@pytest.mark.parametrize(
    ("lines", "best", "worst", "small"),
    [
        ([of("甲", 10, red=1), of("乙", 4), of("丙", 5, red=4)], "1乙 2甲", "3丙", ""),
        ([of("甲", 10), of("乙", 4), of("丙", 5, red=4)], "1甲 1乙", "3丙", ""),
        (
            [of("甲", 10, done=5), of("乙", 4, done=1), of("丙", 5, red=4)],
            "1甲 2乙",
            "3丙",
            "",
        ),  # done decides where all is in order
        ([of("甲", 10, done=5, late=5), of("乙", 10)], "1乙", "2甲", ""),  # done too late is not in order
        ([of("甲", 2, red=2), of("乙", 4), of("丙", 5, red=4)], "1乙", "2丙", "甲"),  # one task of two says nothing
        ([of("甲", 4, stopped=2, red=2), of("乙", 4), of("丙", 5, red=4)], "1乙", "2丙", "甲"),
        ([of("甲", 4), of("乙", 5)], "", "", ""),
        (
            [of(name, 4) for name in "甲乙丙丁"] + [of("戊", 4, red=1)],
            "1甲 1乙 1丙 1丁",
            "5戊",
            "",
        ),  # nobody is left out of a tie
        ([of("甲", 4)] + [of(name, 4, red=2) for name in "乙丙丁戊"], "1甲", "2戊 2丁 2丙 2乙", ""),
        ([], "", "", ""),
    ],
)
def test_places_are_shared_and_units_with_few_tasks_are_neither_first_nor_last(lines, best, worst, small):
    found = ranked(lines)
    for placed, told in ((found.best, best), (found.worst, worst)):
        assert " ".join(f"{one.place}{one.line.name}" for one in placed) == told
    assert "".join(line.name for line in found.small) == small


def made(app, folder, **said):
    outcome = make(
        app,
        Order("bulletin", None, {"月份": "6月", "成文日期": "2021-07-03", **said}),
        folder / "通报.pdf",
        also=(WORD, WORKBOOK),
    )
    assert not outcome.faults
    return outcome


def words_of(file):
    with pypdfium2.PdfDocument(file) as document:
        return "".join("".join(page.get_textpage().get_text_range().split()) for page in document)


def test_one_making_gives_pdf_word_and_tables_with_the_numbers_that_are_counted(filled, tmp_path):
    outcome = made(filled, tmp_path)
    assert sorted(outcome.files) == [tmp_path / f"通报{ending}" for ending in (WORD, ".pdf", WORKBOOK)]
    with filled.reading() as session:
        counted = bulletin_of(session, date(YEAR, 6, 30))
        [paper] = session.scalars(select(Paper))
        assert (paper.given_as, paper.number) == ("both", "花通报〔2021〕1号")
        names = {unit.id: unit.name for unit in session.scalars(select(Unit))}
    whole = counted.whole
    book = openpyxl.load_workbook(tmp_path / "通报.xlsx")
    head, *rows, last = book["单位进展表"].iter_rows(min_row=2, values_only=True)
    told = {row[1]: dict(zip(head, row, strict=True)) for row in rows}
    assert last[0] == "合计"
    assert dict(zip(head, last, strict=True))["任务"] == whole.tasks
    for line in counted.units:
        row = told[names[line.key]]
        assert (row["任务"], row["到期"], row["办结"], row["按时办结"]) == (line.tasks, line.due, line.done, line.in_time)
        assert [row[look.word] for key, look in LOOKS.items() if key != DONE] == [
            line.lights[key] for key in LOOKS if key != DONE
        ]
        assert (row["本月未报"], row["未按期签收"], row["平均进度（%）"]) == (line.unreported, line.unreceived, line.percent)
        assert row["完成投资（万元）"] == pytest.approx(float(line.spent_wan), abs=0.01)
    assert {"类别进展表", "单位督查表", "上月比较表"} <= set(book.sheetnames)
    sent = list(book["单位督查表"].iter_rows(values_only=True))[-1]
    assert sent[2:] == (*(whole.notices[level] for level in LEVELS), whole.unanswered, whole.findings)
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"], (
        "numbers, no formulas"
    )
    text, typed = words_of(tmp_path / "通报.pdf"), "".join(docx_words(tmp_path / "通报.docx").split())
    for said in (
        f"列入清单并已确认的事项{whole.tasks}项", f"逾期未办结{whole.overdue}项", f"滞后{whole.lights[BEHIND]}项", f"已办结{whole.done}项",
        f"应报而没有报送进展的{whole.unreported}项", "任务不足3项的单位", f"发出督查单{whole.notices.total()}份", "一是任务逾期",
        "责任单位要逐项说明原因", "图3各单位正常情况",
    ):  # fmt: skip
        assert said in text
        assert said in typed


def test_what_the_clerk_says_stands_in_place_of_what_is_counted_and_a_bulletin_is_known_until_something_changes(filled, tmp_path):
    made(filled, tmp_path, 存在问题="个别单位重视不够。")
    text = words_of(tmp_path / "通报.pdf")
    assert "个别单位重视不够。" in text
    assert "一是任务逾期" not in text
    assert "责任单位要逐项说明原因" in text
    with filled.reading() as session:
        number = session.scalar(select(Paper.number))
    filled.data.today = lambda: date(YEAR, 12, 1)
    assert scan(filled, number).holds, "it says how the month ended, whenever it is scanned"
    with filled.operation(Act.CHANGE, "办结") as running:
        task = running.session.scalars(select(Task).where(Task.state == "approved", Task.finished_on.is_(None))).first()
        task.finished_on = date(YEAR, 6, 29)
    assert not scan(filled, number).holds


def docx_words(file):
    return "\n".join(node.text or "" for node in Document(file).element.iter() if node.tag.endswith("}t"))
