"""How far a task should be: its boundaries, its milestones, its working days."""

import pytest

from huajie_desktop.lights.planned import counted_by_weekdays, planned_share
from huajie_desktop.lights.workdays import official
from tests.lights.cases import day, task

THREE = (("6-30",), ("9-30",), ("12-31",))


@pytest.mark.parametrize(
    ("facts", "on", "planned"),
    [
        (task("3-1", "3-12"), "2-28", 0),
        (task("3-1", "3-12"), "3-1", 10),
        (task("3-1", "3-12"), "3-5", 50),
        (task("3-1", "3-12"), "3-7", 50),  # a Sunday adds nothing
        (task("3-1", "3-12"), "3-11", 90),
        (task("3-1", "3-12"), "3-12", 100),
        (task("3-1", "3-12"), "2022-3-12", 100),
        (task("9-27", "10-9"), "9-30", 66),  # 国庆: 4 of 6 days, the Saturday is worked
        (task("9-27", "10-9"), "10-7", 66),
        (task("9-27", "10-9"), "10-8", 83),
        (task("10-1", "10-7"), "10-6", 0),  # no day of it is worked
        (task("10-1", "10-7"), "10-7", 100),
        (task("2024-2-28", "2024-3-1"), "2024-2-29", 66),
        (task("2020-1-20", "2020-2-7"), "2020-2-2", 44),  # 4 of 9, as the feast was made longer
        (task(None, "12-31"), "12-30", 99),
        (task(None, "12-31"), "1-1", 0),
        (task(None, "12-31", first_day=day("2-25")), "2-24", 0),
        (task(None, "12-31", first_day=day("12-29")), "12-29", 33),  # the campaign's first day
        (task("5-1", "4-1"), "3-1", 0),  # begins after it ends
        (task("5-1", "4-1"), "4-15", 100),
        (task("3-1", "12-31", milestones=THREE), "6-29", 0),
        (task("3-1", "12-31", milestones=THREE), "6-30", 33),
        (task("3-1", "12-31", milestones=THREE), "10-1", 66),
        (task("3-1", "12-31", milestones=THREE), "12-31", 100),
        (task("3-1", "10-31", milestones=THREE), "10-31", 100),  # a milestone behind the due day
        (task("7-1", "12-31", milestones=THREE), "6-30", 0),  # one before the start
        (task("3-1", milestones=THREE), "9-30", 66),  # no due day of its own
        (task("3-1"), "9-30", None),
        (task("3-1", "12-31", ongoing=True), "9-30", None),
        (task("3-1", "12-31", ongoing=True, milestones=THREE), "9-30", None),
    ],
)
def test_planned(facts, on, planned):
    assert planned_share(facts, day(on), official()) == planned


def test_it_says_where_it_counted_without_a_calendar():
    assert "2027年" in counted_by_weekdays(task("2026-11-1", "2027-3-1"), official())
    for known in (task("3-1", "12-31"), task("2026-1-1", "2027-3-1", milestones=THREE), task("2027-1-1", ongoing=True)):
        assert counted_by_weekdays(known, official()) == ""
