"""Late in receiving, late in reporting, the editions of the rules, and a clock that was set back."""

from datetime import date

import pytest

from huajie_desktop.lights.late import clock_warning, late_in_receiving, late_in_reporting, missing_months
from huajie_desktop.lights.rules import BOUNDS, Edition, Rules, rules_on
from huajie_desktop.lights.workdays import official
from tests.lights.cases import day, task

USUAL = Rules()


@pytest.mark.parametrize(
    ("facts", "on", "last"),
    [
        (task(handed_on="9-30"), "10-11", None),  # 国庆 between; the Saturday is worked
        (task(handed_on="9-30"), "10-12", "10-11"),
        (task(handed_on="3-1"), "3-4", None),
        (task(handed_on="3-1"), "3-5", "3-4"),
        (task(handed_on="3-1", received_on="3-9"), "3-8", "3-4"),
        (task(handed_on="3-1", received_on="3-9"), "3-9", None),
        (task(handed_on="3-1", pauses=(("3-2",),)), "3-9", None),
        (task(handed_on="3-1", endings=(("3-2",),)), "3-9", None),
        (task(), "3-9", None),
        (task(handed_on="3-10"), "3-9", None),
    ],
)
def test_receiving(facts, on, last):
    late = late_in_receiving(facts, day(on), USUAL, official())
    assert (late and late.last_day) == day(last)


@pytest.mark.parametrize(
    ("facts", "on", "months"),
    [
        (task("3-1"), "3-28", []),
        (task("3-1"), "3-29", [3]),
        (task("3-29"), "4-28", []),  # begins after the last day of March
        (task("3-1", reports=(("4-2", 5, None, "3-31"),)), "4-1", [3]),
        (task("3-1", reports=(("4-2", 5, None, "3-31"),)), "4-29", [4]),  # late, and in
        (task("3-1", reports=(("3-2", 5), ("5-2", 9))), "5-29", [4]),
        (task("3-1", handed_on="5-6"), "5-29", [5]),
        (task("3-1", pauses=(("4-1", "5-10"),)), "5-29", [3, 5]),
        (task("3-1", endings=(("5-28",),)), "5-27", [3, 4]),
        (task("3-1", endings=(("5-28",),)), "5-28", []),  # nobody is asked any more
        (task("3-1", pauses=(("5-28", "6-10"),)), "6-9", []),
        (task("3-1", pauses=(("5-28", "6-10"),)), "6-10", [3, 4]),
        (task("2020-11-1"), "3-29", [1, 2, 3]),  # months are those of the year
        (task("3-1", endings=(("4-28", None, "6-1"),)), "6-29", [3, 6]),
    ],
)
def test_reporting(facts, on, months):
    assert [month.month for month in missing_months(facts, day(on), USUAL)] == months
    late = late_in_reporting(facts, day(on), USUAL)
    assert (late.why.split("的")[0] if late else "") == "、".join(f"{month}月" for month in months)


def test_the_year_after_asks_for_no_months_of_its_own():
    assert missing_months(task("11-1"), day("2022-2-1"), USUAL) == (date(2021, 11, 1), date(2021, 12, 1))


def test_a_short_month_ends_before_the_day_to_report():
    assert missing_months(task("2-1"), day("2-28"), Rules(report_day=31)) == ()
    assert missing_months(task("2-1"), day("3-1"), Rules(report_day=31)) == (date(2021, 2, 1),)


def test_the_edition_of_a_day():
    first, second = Edition(day("3-1"), Rules(soon_days=5)), Edition(day("6-1"), Rules(soon_days=9))
    again = Edition(day("6-1"), Rules(soon_days=10))
    said = [rules_on((second, again, first), day(on)).soon_days for on in ("2-28", "3-1", "5-31", "6-1", "12-1")]
    assert said == [7, 5, 5, 10, 10]


@pytest.mark.parametrize("name", BOUNDS)
def test_rules_keep_their_bounds(name):
    bound = BOUNDS[name]
    for number in (bound.least, bound.most):
        assert getattr(Rules(**{name: number}), name) == number
    for number in (bound.least - 1, bound.most + 1):
        with pytest.raises(ValueError, match=bound.label):
            Rules(**{name: number})


def test_a_clock_set_back_is_told():
    assert clock_warning(day("3-5"), day("3-5")) == ""
    assert "2021年3月4日" in clock_warning(day("3-4"), day("3-5"))
