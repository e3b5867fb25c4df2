"""The demo's year, played day by day: what must hold on each of its days, asked of the services and of the bare database."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import select

from db.checking import examine
from db.models import Task
from huajie_desktop import demo, settings
from huajie_desktop.demo import demo_year
from huajie_desktop.demo.demo_fates import LAST
from huajie_desktop.folders import DATABASE
from huajie_desktop.lights.kept_facts import lights_of
from huajie_desktop.lights.light import OVERDUE, Light
from huajie_desktop.lights.standing import has_light
from huajie_desktop.records.listing import Wanted
from huajie_desktop.records.listing import state_counts as counts_of
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.supervision.bulletin import bulletin_of
from huajie_desktop.supervision.notice_ledger import NOTICES
from huajie_desktop.supervision.todo import queue
from huajie_desktop.township.seating import by_command, come_in
from huajie_desktop.work.checklist import TaskFilter, state_counts, task_ids
from huajie_desktop.work.figures import home

Bare = sqlite3.Connection

# What is asked of the bare database, written anew and without a word of the program's own.
_LATE = "finished_on IS NULL AND due < :day"
_RED = f"SELECT id FROM tasks WHERE {_LATE} AND NOT coalesce(ongoing, 0) AND coalesce(handling, '') <> 'suspended'"
_UNPROVED = """
    SELECT t.id FROM tasks t WHERE t.handling = 'signed_off' AND (
      EXISTS (SELECT 1 FROM milestones m WHERE m.task_id = t.id AND (m.reached_on IS NULL OR coalesce(m.given, '') = ''))
      OR NOT EXISTS (SELECT 1 FROM milestones m WHERE m.task_id = t.id)
         AND NOT EXISTS (SELECT 1 FROM attachments a WHERE a.owner_kind = 'tasks' AND a.owner_uid = t.uid)
      OR t.signed_off_number IS NULL OR t.signed_off_on IS NULL)"""
_BY_ONESELF = """
    SELECT t.id FROM tasks t WHERE t.handling = 'signed_off' AND (t.applied_by IS NULL OR t.applied_by = (
      SELECT o.author_uid FROM task_steps s JOIN journal j ON j.kind = 'task_steps' AND j.record_id = s.id AND j.before IS NULL
      JOIN operations o ON o.id = j.operation_id WHERE s.task_id = t.id AND s.handling = 'signed_off' ORDER BY s.id DESC LIMIT 1))"""
_UNHEEDED = """
    SELECT n.id FROM notices n WHERE n.state = 'issued' AND n.term < :day
    OR n.state IN ('answered', 'accepted') AND coalesce(n.answer, '') = ''
    OR n.state = 'escalated' AND NOT EXISTS (SELECT 1 FROM notices f WHERE f.follows_id = n.id)"""
_TWICE = """
    SELECT signed_off_number FROM tasks WHERE signed_off_number IS NOT NULL GROUP BY 1 HAVING count(*) > 1
    UNION ALL SELECT number FROM notices WHERE number IS NOT NULL GROUP BY 1 HAVING count(*) > 1"""


class Compared(NamedTuple):
    """One number the program shows in several places, and the statement that counts it anew."""

    shown: tuple[Callable[[SeatSession, date], int], ...]
    counted: str


@lru_cache(maxsize=1)
def _queue(session: SeatSession, day: date) -> dict[str, int]:
    """The numbers of a day's queue by key, with what others decide, asked for once."""
    return {part.key: part.number + part.others for line in queue(session, day) for part in line.parts}


def _queued(key: str) -> Callable[[SeatSession, date], int]:
    """A number of the work queue."""

    def shown(session: SeatSession, day: date) -> int:
        return _queue(session, day).get(key, 0)

    return shown


def _overdue_in_list(session: SeatSession, day: date) -> int:
    return len(task_ids(session, TaskFilter(due="overdue"), today=day))


def _red_in_bulletin(session: SeatSession, day: date) -> int:
    return bulletin_of(session, day).whole.lights[OVERDUE]


def _signed_off_in_bulletin(session: SeatSession, day: date) -> int:
    return bulletin_of(session, day).whole.done


def _approved_at_home(session: SeatSession, day: date) -> int:
    return home(session, day).states["approved"]


def _approved_in_list(session: SeatSession, day: date) -> int:
    return state_counts(session, TaskFilter(), today=day)["approved"]


def _unanswered(session: SeatSession, _day: date) -> int:
    return counts_of(session, NOTICES, Wanted())["issued"]


_OVERDUE = f"SELECT count(*) FROM tasks WHERE {_LATE} AND NOT coalesce(ongoing, 0)"
COUNTS = {  # another page that shows one of these is one more function in its row
    "已过时限": Compared((_overdue_in_list,), _OVERDUE),
    "已逾期": Compared((_queued("overdue"),), f"{_OVERDUE} AND coalesce(handling, '') <> 'suspended'"),
    "待核验": Compared((_queued("applied"),), "SELECT count(*) FROM tasks WHERE handling = 'applied'"),
    "已确认": Compared((_approved_at_home, _approved_in_list), "SELECT count(*) FROM tasks WHERE state = 'approved'"),
    "未反馈": Compared((_queued("notices_open"),), "SELECT count(*) FROM notices WHERE state IN ('issued', 'summoned')"),
    "待反馈": Compared((_unanswered,), "SELECT count(*) FROM notices WHERE state = 'issued'"),
}
ON_ANY_DAY = {name: COUNTS[name] for name in ("已过时限",)}  # what goes on by itself; red tasks are compared each day, too
AT_MONTHS_END = {
    "逾期": Compared((_red_in_bulletin,), f"{_OVERDUE} AND coalesce(handling, '') <> 'suspended'"),
    "完成": Compared((_signed_off_in_bulletin,), "SELECT count(*) FROM tasks WHERE finished_on <= :day"),
}


class Year(NamedTuple):
    """A year that was played: the seat on its last day, what did not hold on which day, and the days there were.

    `done` are the last operations of these days: what depends on no day is asked anew only after a day on which something was done.
    """

    seat: Seat
    file: Path
    faults: dict[str, list[str]]
    days: list[date]
    done: list[int]
    lights: Counter[str]


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    """Played once, and looked at on each day."""
    folder = tmp_path_factory.mktemp("year") / "data"
    seat, reviewer, supervisor = demo.begin(folder)
    made = Year(seat, folder / DATABASE, defaultdict(list), [], [0], Counter())
    with closing(sqlite3.connect(f"file:{made.file}?mode=ro", uri=True)) as bare:
        for day in demo_year.play(seat, reviewer, supervisor):
            made.days.append(day)
            assert seat.today() == day
            _look(made, bare, day)
    yield made
    seat.data.close()


def _look(made: Year, bare: Bare, day: date) -> None:
    def ids(said: str) -> set[int]:
        return {row[0] for row in bare.execute(said, {"day": day.isoformat()})}

    [(last,)] = bare.execute("SELECT max(id) FROM operations")
    busy = last != made.done[-1]
    made.done.append(last)
    with made.seat.reading() as session:
        red = set(session.scalars(select(Task.id).where(has_light(session, day, OVERDUE))))
        lights = lights_of(session, list(session.scalars(select(Task.id))), day) if _ends_a_month(day) else {}
        compared = (COUNTS if busy or lights else ON_ANY_DAY) | (AT_MONTHS_END if lights else {})
        for name, one in compared.items():
            counted = {shown(session, day) for shown in one.shown} | ids(one.counted)
            if len(counted) > 1:
                made.faults["counts"].append(f"{day} {name} {sorted(counted)}")
    made.lights[OVERDUE] += len(red)
    _note(made, "red", day, red ^ ids(_RED))
    _note(made, "red", day, red ^ {one for one, light in lights.items() if light.key == OVERDUE} if lights else set())
    _note(made, "words", day, {one for one, light in lights.items() if not _explains(light)})
    _note(made, "notices", day, ids(_UNHEEDED))
    if busy:
        _note(made, "proof", day, ids(_UNPROVED))
        _note(made, "numbers", day, ids(_TWICE))
    if lights:  # the history is long
        _note(made, "eyes", day, ids(_BY_ONESELF))


def _ends_a_month(day: date) -> bool:
    return (day + timedelta(1)).day == 1


def _explains(light: Light) -> bool:
    return bool(light.word and light.why.endswith("。") and (light.to_green or light.colour == "green"))


def _note(made: Year, name: str, day: date, against: set[int]) -> None:
    if against:
        made.faults[name].append(f"{day} {sorted(against)[:5]}")


def _bare(made: Year, said: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(f"file:{made.file}?mode=ro", uri=True)) as bare:
        return bare.execute(said, {"day": LAST.isoformat()}).fetchall()


def test_every_day_of_the_year_was_played(year: Year) -> None:
    assert (year.days[0], year.days[-1], len(year.days)) == (date(2021, 2, 25), date(2021, 12, 31), 310)


def test_what_is_overdue_is_red_and_nothing_else_is(year: Year) -> None:
    assert year.lights[OVERDUE] > 500, "on some days of the year something was overdue"
    assert year.faults["red"] == [] == year.faults["words"]


def test_nothing_is_signed_off_without_evidence_and_another_pair_of_eyes(year: Year) -> None:
    assert year.faults["proof"] == [] == year.faults["eyes"]


def test_every_notice_is_answered_within_its_term_or_followed_by_a_higher_one(year: Year) -> None:
    assert year.faults["notices"] == [] == year.faults["numbers"]
    levels = dict(_bare(year, "SELECT level, count(*) FROM notices GROUP BY 1"))
    assert set(levels) == {"remind", "warn", "listed"}
    assert min(levels.values()) >= 5


def test_home_list_and_the_bare_database_count_alike(year: Year) -> None:
    assert year.faults["counts"] == []


def test_at_the_years_end_nothing_is_forgotten(year: Year) -> None:
    """Each task is signed off, or stands open with a last word of somebody: a report, a notice, a decision or a stop."""
    stand = dict(_bare(year, "SELECT handling, count(*) FROM tasks GROUP BY 1"))
    assert sum(stand.values()) == 314
    assert stand["signed_off"] >= 270
    assert set(stand) == {"signed_off", "applied", "underway", "suspended"}, "none was left in the drawer"
    forgotten = _bare(year, """
        SELECT t.id, t.title FROM tasks t WHERE t.handling <> 'signed_off'
        AND NOT EXISTS (SELECT 1 FROM progress p WHERE p.task_id = t.id AND p.month >= '10')
        AND NOT EXISTS (SELECT 1 FROM notices n WHERE n.task_id = t.id AND n.state IN ('issued', 'answered', 'summoned'))
        AND NOT EXISTS (SELECT 1 FROM extensions e WHERE e.task_id = t.id AND e.state = 'granted' AND t.due >= :day)
        AND NOT (t.handling = 'suspended' AND t.handling_reason <> '')""")  # fmt: skip
    assert forgotten == []
    with year.seat.reading() as session:
        lights = lights_of(session, [row[0] for row in _bare(year, "SELECT id FROM tasks")], LAST)
    assert len(lights) == 314
    assert all(_explains(light) for light in lights.values())


def test_the_year_has_something_of_everything(year: Year) -> None:
    """So that every page and paper of it has something to show."""
    acts = dict(_bare(year, "SELECT act, count(*) FROM operations GROUP BY 1"))
    wanted = "hand receive apply verify reject reopen suspend resume request grant refuse answer accept escalate"
    assert {act: acts.get(act, 0) for act in wanted.split() if acts.get(act, 0) < 2} == {}
    for table, least in {
        "progress": 1500, "extensions": 15, "notices": 60, "inspections": 25, "findings": 15, "incoming": 5, "decisions": 5,
        "follow_ups": 60, "attachments": 50, "draws": 8,
    }.items():  # fmt: skip
        assert _bare(year, f"SELECT count(*) FROM {table}")[0][0] >= least, table
    late = "SELECT count(*) FROM tasks WHERE received_on > receive_by"
    behind = "SELECT count(*) FROM (SELECT task_id FROM progress GROUP BY 1 HAVING max(stage = 'stuck'))"
    missing = "SELECT count(*) FROM tasks WHERE id NOT IN (SELECT task_id FROM progress WHERE month = '04')"
    for said in (late, behind, missing):
        assert _bare(year, said)[0][0] >= 10, said


def test_the_history_lies_in_the_days_of_the_year(year: Year) -> None:
    [(first, last, several)] = _bare(year, "SELECT min(at), max(at), count(DISTINCT date(at)) FROM operations")
    assert str(first) >= "2021-02-21"
    assert str(last) < "2022"
    assert int(str(several)) > 150
    assert _bare(year, "SELECT count(*) FROM (SELECT at, lag(at) OVER (ORDER BY id) b FROM operations) WHERE at < b") == [(0,)]


def test_the_journal_of_the_year_is_its_tables(year: Year) -> None:
    with year.seat.engine.connect() as connection:
        assert examine(connection, lambda *_said: None) == []


def test_made_up_data_is_looked_at_on_its_last_day_whatever_the_computers(app):
    settings.keep_rule(app, settings.STANDS_ON, LAST.isoformat())
    assert come_in(app.data, "张三").today() == LAST
    app.data.today = date.today
    assert by_command(app.data).today() == LAST
