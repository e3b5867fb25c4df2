"""Reminders and the month: what each unit owes, in letters, in texts, day by day."""

from datetime import date

import pypdfium2
import pytest
from sqlalchemy import func, select

from db.models import Task, Unit
from huajie_desktop.papers.making import Order, make
from huajie_desktop.supervision import todo
from huajie_desktop.supervision.due_days import due_between, weeks_of, word_of
from huajie_desktop.supervision.owing import LONGEST, in_runs, owed_by, reminders
from tests.commands import run
from tests.folders import open_office
from tests.office import enter
from tests.queue_office import TODAY, day, fill

LONG = "沿线路灯、绿化、亮化、强弱电管线及周边环境综合整治提升工程第{}标段"


@pytest.fixture
def today():
    return TODAY


@pytest.fixture
def office(app):
    fill(app)
    return app


def test_what_is_owed_is_what_the_queue_counts_each_thing_once(office):
    with office.reading() as session:
        owed = [one for of_unit in owed_by(session, TODAY).values() for one in of_unit]
        said = {key: sum(one.sort.key == key for one in owed) for key in {one.sort.key for one in owed}}
        counts = {part.key: part.number for line in todo.queue(session, TODAY) for part in line.parts}
    for key in ("overdue", "notices_late", "findings_late", "receive_late", "reports_owed", "due_7"):
        assert said[key] == counts[key], key
    assert said["notices_open"] == counts["notices_open"] - counts["notices_late"], "what is late is not said again"
    assert said["findings_open"] == counts["findings_open"] - counts["findings_late"]
    assert {one.months for one in owed if one.sort.key == "reports_owed" and one.title == "逾期"} == {"2月"}


def test_months_are_said_in_runs():
    assert [in_runs(months) for months in ([2], [1, 2], [1, 2, 3, 6], [1, 3, 4, 5, 6, 12])] == [
        "2月", "1月、2月", "1至3月、6月", "1月、3至6月、12月",
    ]  # fmt: skip


def test_a_text_is_short_without_links_and_hides_numbers_of_people(office):
    hostile = "李某13812345678 见 http://坏.example/a?b 第三条"
    for title in (hostile, *(LONG.format(number) for number in range(9))):
        enter(office, title=title, due="2021-03-01", unit="尚仁村")
    with office.reading() as session:
        found = {one.unit: one for one in reminders(session, TODAY)}
    assert list(found) == ["倪宅村", "尚仁村"]
    texts = {unit: one.message("3月15日", "示例甲 0579-00000000") for unit, one in found.items()}
    assert all(len(text) <= LONGEST for text in texts.values())
    assert texts["尚仁村"].startswith("【花街镇催办】尚仁村：截至3月10日，你单位有10项要办。逾期未完成10项：")
    assert texts["尚仁村"].endswith("。请于3月15日前办理并反馈。联系人：示例甲 0579-00000000。")
    assert "李某138****5678 见" in found["尚仁村"].message()
    for text in texts.values():
        assert "http" not in text
        assert "13812345678" not in text
    assert found["倪宅村"].late


def test_a_letter_goes_to_each_unit_that_owes_something_in_one_step(office, tmp_path):
    enter(office, title="公厕", due="2021-03-01", unit="尚仁村")
    done = make(office, Order("reminder", None, {"办理期限": "3月15日"}), tmp_path / "催办.pdf")
    assert done.changes.label == "制作催办单 2 份"
    with office.reading() as session:
        owing = list(owed_by(session, TODAY))
        silent = session.scalar(select(func.max(Unit.id)).where(Unit.kind == "village", Unit.id.not_in(owing)))
    again = make(office, Order("reminder", [owing[0], silent], {"办理期限": "3月15日"}), tmp_path / "一份.docx")
    assert [out.unit_id for out in again.left] == [silent]
    assert "没有欠办的事项" in str(again.faults[0])


def test_the_command_prints_the_texts(tmp_path):
    seat = open_office(tmp_path / "data", date.today())
    enter(seat, title="公厕", due="2021-03-01")
    seat.data.close()
    done = run("reminders", "--until", "本周五", "--data", tmp_path / "data")
    assert (done.returncode, done.stderr) == (0, "")
    assert "倪宅村：" in done.stdout
    assert "逾期未完成1项：公厕（2021年3月1日）。请于本周五前办理并反馈。" in done.stdout


def test_days_have_what_is_open_and_due_on_them(office):
    enter(office, title="常年", due="全年")
    with office.reading() as session:
        due = due_between(session, date(2021, 1, 1), date(2021, 12, 31))
        overdue = session.scalar(select(func.count()).select_from(Task).where(todo.condition(session, "overdue")))
    sorts = {when: [(one.sort, one.title) for one in found] for when, found in due.items()}
    assert sorts[day(-1)] == [("任务", "逾期"), ("督查单", "路灯"), ("整改", "路灯")]
    assert sorts[day(0)] == [("任务", "今天到期"), ("节点", "以后：节点1"), ("督查单", "路灯")]
    assert ("节点", "以后：节点0") not in sorts.get(day(-3), []), "a milestone that was reached"
    assert ("延期待批", "路灯") in sorts[day(2)]
    assert sum(one.sort == "任务" for when, found in due.items() if when < TODAY for one in found) == overdue
    assert day(-5) not in due, "stopped"
    assert ("任务", "常年") not in sorts[date(2021, 12, 31)], "what goes on all the time has no last day, as the queue says"


def test_days_off_are_said_by_the_official_calendar():
    said = {when: word_of(when) for week in weeks_of(2021, 10) for when in week}
    assert [said[date(2021, 10, number)] for number in (1, 7, 8, 9, 10, 11)] == ["休", "休", "", "班", "休", ""]


def test_the_month_on_paper_counts_what_has_no_room_and_lists_it_below(office, tmp_path):
    for number in range(9):
        enter(office, title=LONG.format(number), due="2021-03-18")
    done = make(office, Order("month", None, {"月份": "3月", "幅面": "A4"}), tmp_path / "月历.pdf")
    assert done.faults == []
    with pypdfium2.PdfDocument(tmp_path / "月历.pdf") as document:
        text = "".join("".join(page.get_textpage().get_text_range().split()) for page in document)
    assert "任务9项" in text
    for number in range(9):
        assert text.count(LONG.format(number)) == 1


def test_an_ongoing_task_falls_due_on_no_day(office):
    enter(office, title="常年保洁", due="持续推进", unit="尚仁村")
    with office.reading() as session:
        ongoing = session.scalars(select(Task).where(Task.title == "常年保洁")).one()
        assert ongoing.ongoing
        listed = {one.title for found in due_between(session, date(2021, 1, 1), date(2021, 12, 31)).values() for one in found}
    assert "常年保洁" not in listed
