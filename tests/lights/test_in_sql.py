"""The light in SQL is the light of the function, for any tasks without milestones as they stand today."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Boolean, Column, Date, Integer, MetaData, String, Table, create_engine, insert, select

from huajie_desktop.lights.in_sql import LightColumns, count_rows, light_key, linear_share
from huajie_desktop.lights.light import light_of
from huajie_desktop.lights.planned import planned_share
from huajie_desktop.lights.rules import Rules
from huajie_desktop.lights.task_facts import Ending, Pause, Reported, TaskFacts
from huajie_desktop.lights.workdays import official

FIRST, TODAY, LAST = date(2021, 1, 1), date(2021, 7, 1), date(2022, 5, 15)
KEPT = MetaData()
DAYS = ("start", "due", "finished_on", "handed_on", "reported_on")
TASKS = Table(
    "tasks",
    KEPT,
    Column("id", Integer, primary_key=True),
    *(Column(name, Date) for name in DAYS),
    Column("ongoing", Boolean, nullable=False),
    Column("stopped", Boolean, nullable=False),
    Column("percent", Integer),
    Column("stage", String),
)
COUNTS = Table("counts", KEPT, Column("day", Date, primary_key=True), Column("before", Integer), Column("upto", Integer))
COLUMNS = LightColumns(FIRST, *(TASKS.c[name] for name in LightColumns._fields[1:]))
SOME = st.none() | st.integers(0, 499).map(lambda number: FIRST + timedelta(days=number))
NEAR = st.none() | st.integers(-40, 40).map(lambda number: TODAY + timedelta(days=number))
PAST = st.none() | st.integers(0, 181).map(lambda number: FIRST + timedelta(days=number))
ROWS = st.fixed_dictionaries(
    {
        "start": SOME | NEAR,
        "due": SOME | NEAR,
        "finished_on": st.none() | st.none() | NEAR,
        "handed_on": SOME | NEAR,
        "reported_on": PAST,
        "ongoing": st.booleans(),
        "stopped": st.sampled_from((False, False, False, True)),
        "percent": st.none() | st.integers(0, 100),
        "stage": st.sampled_from((None, "waiting", "underway", "nearly", "done", "stuck")),
    }
)
RULES = st.builds(Rules, st.integers(0, 90), st.integers(0, 100), st.integers(1, 366))


def facts_of(row):
    report = Reported(row["reported_on"], row["percent"], row["stage"]) if row["reported_on"] else None
    return TaskFacts(
        FIRST,
        row["start"],
        row["due"],
        row["ongoing"],
        handed_on=row["handed_on"],
        reports=(report,) if report else (),
        pauses=(Pause(FIRST),) if row["stopped"] else (),
        endings=(Ending(row["finished_on"]),) if row["finished_on"] else (),
    )


PLAIN = dict.fromkeys((*DAYS, "percent", "stage")) | {
    "start": FIRST,
    "due": date(2021, 12, 31),
    "ongoing": False,
    "stopped": False,
}
NEXT = [timedelta(days=number) for number in range(-50, 51)]


def agree(rows, rules):
    engine = create_engine("sqlite://")
    with engine.begin() as kept:
        KEPT.create_all(kept)
        kept.execute(insert(COUNTS), list(count_rows(FIRST - timedelta(days=1), LAST, official())))
        kept.execute(insert(TASKS), rows)
        planned = linear_share(COLUMNS, TODAY, COUNTS)
        told = kept.execute(select(planned, light_key(COLUMNS, TODAY, rules, planned)).order_by(TASKS.c.id)).all()
    engine.dispose()
    facts = [facts_of(row) for row in rows]
    assert [share for share, _key in told] == [planned_share(one, TODAY, official()) for one in facts]
    assert [key for _share, key in told] == [light_of(one, TODAY, rules, official()).key for one in facts]


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(ROWS, min_size=1, max_size=60), rules=RULES)
def test_both_say_the_same(rows, rules):
    agree(rows, rules)


def test_both_say_the_same_at_every_border():
    said = PLAIN | {"reported_on": TODAY, "percent": 99}
    agree(
        [PLAIN | {"reported_on": TODAY, "percent": percent} for percent in range(101)]
        + [said | {"due": TODAY + far} for far in NEXT]
        + [said | {"start": TODAY + far} for far in NEXT]
        + [said | {"finished_on": TODAY + far} for far in NEXT]
        + [said | {"due": None, "reported_on": TODAY + far} for far in NEXT[:51]]
        + [PLAIN | {"ongoing": True, "start": TODAY + far} for far in NEXT]
        + [PLAIN | {"ongoing": True, "handed_on": TODAY + far} for far in NEXT],
        Rules(),
    )
