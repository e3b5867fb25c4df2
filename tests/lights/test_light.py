"""Every sort of light by a table of tasks and days, the months of a year, and what holds of any task."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huajie_desktop.lights.light import LOOKS, light_of, months_of
from huajie_desktop.lights.rules import Edition, Rules
from huajie_desktop.lights.task_facts import DueChange, Ending, Milestone, Pause, Reported, TaskFacts, as_of
from huajie_desktop.lights.workdays import official
from tests.lights.cases import FIRST, day, task

USUAL = Rules()
AT_HALF = (("5-31", 50),)
TWO = (("6-30", None, "招标"), ("12-31", None, "验收"))
CASES = [
    # not begun, on time, and around the start
    ("未启动", task("3-15", "12-31"), "3-1"),
    ("未启动", task("3-15", "12-31"), "3-14"),
    ("未启动", task("3-15", "12-31"), "3-15"),
    ("未启动", task("3-1", "12-31"), "3-31"),  # 10 points of it planned
    ("滞后", task("3-1", "12-31"), "4-8"),
    ("未启动", task("3-1", "12-31", reports=(("3-28", 0),)), "3-31"),
    ("未启动", task("3-1", "12-31", reports=(("3-28", None, "waiting"),)), "3-31"),
    ("正常", task("3-1", "12-31", reports=(("3-28", 1),)), "3-31"),
    ("正常", task("3-1", "12-31", reports=(("3-28", 0, "underway"),)), "3-31"),
    ("正常", task("3-15", "12-31", reports=(("3-1", 5),)), "3-2"),  # before its start
    ("未启动", task(None, "12-31"), "1-4"),  # no start: the first day of the year
    ("滞后", task(None, "12-31"), "3-31"),
    ("未启动", task(None, "12-31", first_day=day("2-25")), "3-25"),  # of the campaign
    # behind and on plan, at the very points
    ("临期", task("3-1", "3-12", reports=(("3-5", 40),)), "3-5"),
    ("滞后", task("3-1", "12-31", reports=(("5-28", 10),)), "5-31"),
    ("正常", task("1-1", "12-31", reports=AT_HALF), "5-31"),
    ("滞后", task("1-1", "12-31", reports=AT_HALF), "9-30"),
    ("正常", task("9-1", "10-31", reports=(("9-30", 50),)), "9-30"),
    ("正常", task("9-1", "10-31", reports=(("9-30", 50),)), "10-7"),  # 国庆 plans nothing
    ("滞后", task("9-1", "10-31", reports=(("9-30", 50),)), "10-11"),
    ("正常", task("9-1", "10-31", reports=(("9-30", 51),)), "10-8"),
    ("滞后", task("9-1", "10-31", reports=(("9-30", 50),)), "10-9"),  # a Saturday that is worked
    ("滞后", task("3-1", "12-31", reports=(("4-1", 60), ("7-1", 20))), "7-1"),  # per cent going down
    ("正常", task("3-1", "12-31", reports=(("4-1", 60), ("7-1", 20))), "6-30"),
    ("正常", task("3-1", "12-31", reports=(("4-1", 10), ("7-1", 60))), "7-1"),
    ("正常", task("3-1", "12-31", reports=(("7-1", 10), ("7-1", 60))), "7-1"),  # the last of one day
    ("正常", task("3-1", "12-31", reports=(("11-1", 100),)), "12-20"),  # 100 % and not finished
    ("临期", task("3-1", "12-31", reports=(("11-1", 100),)), "12-28"),
    ("逾期", task("3-1", "12-31", reports=(("11-1", 100),)), "2022-1-1"),
    ("正常", task("3-1", "12-31", reports=(("11-1", None, "done"),)), "11-2"),
    ("正常", task("3-1", "12-31", reports=(("9-1", 70), ("9-28", None, "underway"))), "9-30"),
    ("正常", task("3-1", "12-31", reports=(("9-28", None, "underway"),)), "9-30"),  # nobody said how far
    ("滞后", task("3-1", "12-31", reports=(("8-28", None, "underway"),)), "9-30"),  # nor for a month
    ("正常", task("3-1", "12-31", reports=(("9-28",),)), "9-30"),
    # around the due day
    ("正常", task("1-1", "8-31", reports=(("8-20", 95),)), "8-23"),
    ("临期", task("1-1", "8-31", reports=(("8-20", 95),)), "8-24"),
    ("临期", task("1-1", "8-31", reports=(("8-20", 95),)), "8-31"),  # due today
    ("逾期", task("1-1", "8-31", reports=(("8-20", 95),)), "9-1"),  # the day after
    ("滞后", task("1-1", "8-31", reports=(("8-20", 89),)), "8-31"),
    ("临期", task("1-1", "8-31", reports=(("8-20", 90),)), "8-31"),
    ("滞后", task("1-1", "8-31"), "8-31"),
    ("逾期", task("1-1", "8-31"), "9-1"),
    ("临期", task("3-15", "3-20"), "3-14"),  # not begun, and near
    ("临期", task("10-1", "10-7"), "10-6"),  # without a working day
    ("临期", task("2024-2-1", "2024-2-29", reports=(("2024-2-20", 95),)), "2024-2-29"),
    ("逾期", task("2024-2-1", "2024-2-29", reports=(("2024-2-20", 95),)), "2024-3-1"),
    ("临期", task("2024-2-1", "2024-3-7", reports=(("2024-2-20", 95),)), "2024-2-29"),
    ("正常", task("2024-2-1", "2024-3-8", reports=(("2024-2-20", 95),)), "2024-2-29"),
    ("临期", task("2023-2-1", "2023-3-7", reports=(("2023-2-20", 95),)), "2023-2-28"),
    ("逾期", task("2020-1-1", "2020-2-2", reports=(("2020-1-20", 95),)), "2020-2-3"),
    ("临期", task("5-1", "4-1"), "3-31"),  # begins after it ends
    ("滞后", task("2027-1-1", "2027-12-31"), "2027-6-30"),  # a year that is not known
    # milestones
    ("未启动", task("3-1", "12-31", milestones=TWO), "6-29"),
    ("滞后", task("3-1", "12-31", milestones=TWO), "6-30"),
    ("正常", task("3-1", "12-31", milestones=(("6-30", "6-29"), ("12-31",))), "6-30"),
    ("未启动", task("3-1", "12-31", milestones=(("6-30", "6-29"), ("12-31",))), "6-28"),
    ("正常", task("3-1", "12-31", milestones=(("6-30", "7-9"), ("12-31",))), "7-9"),
    ("滞后", task("3-1", "12-31", milestones=(("6-30", "7-9"), ("12-31",))), "7-8"),
    ("正常", task("3-1", "12-31", milestones=TWO, reports=(("6-30", 40),)), "7-31"),
    ("正常", task("3-1", "12-31", milestones=(("6-30", "6-1"), ("12-31",)), reports=(("6-2", 5),)), "7-31"),
    ("滞后", task("3-1", milestones=TWO), "7-1"),  # no due day of its own
    # without a due day, and ongoing
    ("未启动", task("3-1"), "4-1"),
    ("滞后", task("3-1"), "4-2"),
    ("正常", task("3-1", reports=(("4-1", 5),)), "5-2"),
    ("滞后", task("3-1", reports=(("4-1", 5),)), "5-3"),
    ("正常", task("1-1", "12-31", ongoing=True, reports=(("5-31", 1),)), "7-1"),  # 31 days
    ("滞后", task("1-1", "12-31", ongoing=True, reports=(("5-31", 1),)), "7-2"),
    ("正常", task("1-1", "12-31", ongoing=True, reports=(("5-31",), ("7-2",))), "7-2"),
    ("正常", task("1-1", "6-30", ongoing=True, reports=(("7-1", 1),)), "7-2"),  # never overdue
    ("未启动", task("1-1", ongoing=True, handed_on="6-1"), "7-2"),
    ("滞后", task("1-1", ongoing=True, handed_on="6-1"), "7-3"),
    ("完成", task("1-1", ongoing=True, endings=(("6-1",),)), "9-1"),
    # finished, signed off, opened again
    ("完成", task("3-1", "6-30", endings=(("6-1",),)), "6-1"),
    ("滞后", task("3-1", "6-30", endings=(("6-1",),)), "5-31"),
    ("完成", task("3-1", "6-30", endings=(("6-1", "6-5"),)), "2022-1-1"),
    ("完成", task("3-1", "6-30", endings=(("7-9",),)), "7-9"),  # late
    ("逾期", task("3-1", "6-30", endings=(("7-9",),)), "7-8"),
    ("完成", task("3-1", "6-30", endings=(("6-1", "6-5", "8-1"),)), "7-31"),
    ("逾期", task("3-1", "6-30", endings=(("6-1", "6-5", "8-1"),)), "8-1"),
    ("完成", task("3-1", "6-30", endings=(("6-1", "6-5", "8-1"), ("9-1",))), "9-1"),
    ("完成", task("3-1", "6-30", endings=(("6-1", "6-1", "6-1"), ("6-1",))), "6-1"),  # all on one day
    # extended
    ("逾期", task("3-1", "9-30", due_changes=(("7-5", "6-30"),), reports=(("6-28", 95),)), "7-4"),
    ("正常", task("3-1", "9-30", due_changes=(("7-5", "6-30"),), reports=(("6-28", 95),)), "7-5"),
    ("临期", task("3-1", "9-30", due_changes=(("6-28", "6-30"),), reports=(("6-20", 95),)), "6-27"),
    ("正常", task("3-1", "9-30", due_changes=(("6-28", "6-30"),), reports=(("6-20", 95),)), "6-28"),
    ("逾期", task("3-1", "12-31", due_changes=(("9-29", "8-31"), ("6-29", "6-30")), reports=(("6-20", 95),)), "9-1"),
    ("正常", task("3-1", "12-31", due_changes=(("9-29", "8-31"), ("6-29", "6-30")), reports=(("6-20", 95),)), "9-29"),
    ("正常", task("3-1", "9-30", due_changes=(("5-1", None),), reports=(("4-20", 5),)), "4-30"),  # had none before
    # stopped
    ("中止", task("3-1", "6-30", pauses=(("5-1",),)), "7-1"),
    ("滞后", task("3-1", "6-30", pauses=(("5-1",),)), "4-30"),
    ("中止", task("3-1", "6-30", pauses=(("5-1", "8-1"),)), "7-31"),
    ("逾期", task("3-1", "6-30", pauses=(("5-1", "8-1"),)), "8-1"),
    ("中止", task("3-1", "6-30", pauses=(("5-1", "6-1"), ("7-1",))), "7-1"),
    ("完成", task("3-1", "6-30", pauses=(("5-1",),), endings=(("6-1",),)), "7-1"),
    # a clock set back, and what is dated later
    ("未启动", task("3-1", "6-30", reports=(("6-1", 90),)), "3-2"),
    ("滞后", task("3-1", "6-30", reports=(("6-1", 90),)), "5-31"),
    ("正常", task("3-1", "6-30", reports=(("5-28", 80), ("6-30", 0))), "5-31"),
]


@pytest.mark.parametrize(("word", "facts", "on"), CASES, ids=lambda value: str(value) if isinstance(value, str) else "")
def test_the_light(word, facts, on):
    light = light_of(facts, day(on), USUAL, official())
    assert light.word == word, light
    assert light.why.endswith("。")
    assert bool(light.to_green) == (light.colour != "green")
    assert light.tick == (word == "完成")


def test_there_are_enough_cases_of_every_sort():
    assert len(CASES) >= 80
    assert {word for word, _facts, _on in CASES} == {look.word for look in LOOKS.values()}


@pytest.mark.parametrize(
    ("facts", "on", "why", "to_green"),
    [
        (
            task("1-1", "8-31", due_changes=(("6-28", "6-30"),), reports=(("8-20", 80),)),
            "9-5",
            "完成时限是8月31日（原为6月30日，经批准更改），已经逾期5天，还没有办结，实际完成80%。",
            "办结并登记办结日期后显示完成；经批准延期的，按新的时限重新亮灯。",
        ),
        (
            task("3-1", "12-31", milestones=TWO),
            "6-30",
            "按序时进度应完成50%，实际完成0%，落后50个百分点，超过10个百分点。到期没有完成的节点：招标（6月30日）。",
            "完成比例达到40%就不再滞后。",
        ),
        (task("3-1", "6-30", endings=(("7-9", "7-20"),)), "8-1", "7月9日办结，比完成时限晚9天，7月20日销号。", ""),
        (task("3-1", "6-30", endings=(("7-9", "7-20"),)), "7-10", "7月9日办结，比完成时限晚9天，还没有销号。", ""),
        (
            task("1-1", ongoing=True, reports=(("5-31", 1),)),
            "7-2",
            "持续推进的任务看多久没有进展。最近一次进展是5月31日报的，已有32天没有新的进展，超过31天。",
            "报送一次进展，写明完成比例。",
        ),
    ],
)
def test_it_says_why_and_what_to_do(facts, on, why, to_green):
    light = light_of(facts, day(on), USUAL, official())
    assert (light.why, light.to_green) == (why, to_green)
    assert light.why.endswith("。")


def test_who_caught_up_keeps_the_yellow_month_and_each_month_its_rules():
    facts = task("1-1", "12-31", reports=(("1-20", 5), ("4-20", 10), ("5-20", 45), ("11-20", 100)), endings=(("12-10",),))
    lights = months_of(facts, 2021, (), official(), date(2022, 1, 5))
    assert [one.light.word for one in lights] == [
        "正常", "正常", "滞后", "滞后", "正常", "正常", "滞后", "滞后", "滞后", "滞后", "正常", "完成",
    ]  # fmt: skip
    milder = [Edition(date(2021, 3, 31), Rules(behind_points=30)), Edition(date(2021, 5, 1), USUAL)]
    assert [one.light.word for one in months_of(facts, 2021, milder, official(), date(2021, 4, 7))] == ["正常"] * 4
    assert months_of(facts, 2021, milder, official(), date(2021, 4, 7))[-1].day == date(2021, 4, 7)
    assert months_of(facts, 2022, milder, official(), date(2021, 4, 7)) == ()


DAYS = st.integers(0, 500).map(lambda number: FIRST + timedelta(days=number))
MAYBE = st.none() | DAYS
STAGE = st.sampled_from((None, "waiting", "underway", "nearly", "done", "stuck"))
REPORTS = st.builds(Reported, DAYS, st.none() | st.integers(0, 100), STAGE)
RULES = st.builds(Rules, st.integers(0, 90), st.integers(0, 100), st.integers(1, 366))


def several(what, most=3):
    return st.lists(what, max_size=most).map(tuple)


FACTS = st.builds(
    TaskFacts,
    first_day=st.just(FIRST),
    start=MAYBE,
    due=MAYBE,
    ongoing=st.booleans(),
    due_changes=several(st.builds(DueChange, DAYS, MAYBE)),
    handed_on=MAYBE,
    received_on=MAYBE,
    pauses=several(st.builds(Pause, DAYS, MAYBE), 2),
    milestones=several(st.builds(Milestone, DAYS, MAYBE)),
    reports=several(REPORTS),
    endings=several(st.builds(Ending, DAYS, MAYBE, MAYBE), 2),
)


@settings(max_examples=300, deadline=None)
@given(facts=FACTS, later=FACTS, on=DAYS, rules=RULES)
def test_what_is_dated_later_changes_no_light(facts, later, on, rules):
    light = light_of(facts, on, rules, official())
    assert light == light_of(as_of(facts, on), on, rules, official())
    ahead = timedelta(days=(on - FIRST).days + 1)
    added = replace(
        facts,
        reports=facts.reports + tuple(one._replace(reported_on=one.reported_on + ahead) for one in later.reports),
        endings=facts.endings + tuple(Ending(one.finished_on + ahead) for one in later.endings),
        pauses=facts.pauses + tuple(Pause(one.stopped_on + ahead) for one in later.pauses),
    )
    assert light == light_of(added, on, rules, official())


@settings(max_examples=300, deadline=None)
@given(facts=FACTS, on=DAYS, rules=RULES)
def test_the_light_agrees_with_the_facts_and_its_advice_helps(facts, on, rules):
    light, known = light_of(facts, on, rules, official()), as_of(facts, on)
    rests = known.ending is not None or known.stopped_on is not None
    overdue = not known.ongoing and known.due is not None and known.due < on
    assert (light.word == "逾期") == (overdue and not rests)
    assert light.tick == (known.ending is not None)
    if light.word in ("滞后", "未启动"):
        told = replace(known, reports=(*known.reports, Reported(on, 100, "underway")))
        assert light_of(told, on, rules, official()).word in (("临期", "正常"))
    if not light.tick:
        done = replace(known, endings=(*known.endings, Ending(on)))
        assert light_of(done, on, rules, official()).word == "完成"
