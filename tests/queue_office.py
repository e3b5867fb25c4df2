"""An office with something of everything in its work queue, as of 2021-03-10."""

from datetime import date, timedelta

from db.acts import Act
from db.clock import utc_now
from db.extensions import Extension
from db.ledgers.progress import Progress
from db.models import Milestone, Occurrence, Paper, Step, Task, Unit
from db.supervision import Finding, Notice
from huajie_desktop.office import units
from tests.office import enter

TODAY = date(2021, 3, 10)


def day(number: int) -> date:
    """So many days from today."""
    return TODAY + timedelta(days=number)


def fill(app) -> dict[str, int]:
    """Fills it; returns the ids of its tasks by name."""
    dues = {"逾期": -1, "今天到期": 0, "七天": 7, "十五天": 15, "三十天": 30, "以后": 200, "中止逾期": -5, "办结逾期": -5}
    ids = {name: enter(app, title=name, due=day(number).isoformat()) for name, number in dues.items()}
    further = ("待签收", "超期待签收", "待核验", "待审核", "退回", "草稿", "报过", "晚启动", "中止过", "周期")
    ids |= {name: enter(app, title=name, due="12月底") for name in further}
    with app.operation(Act.CHANGE, "试") as running:
        session = running.session
        unit = next(one for one in units(session) if one.kind == "village")
        tasks = {name: session.get_one(Task, task_id) for name, task_id in ids.items()}
        for name, task in tasks.items():
            task.state = {"待审核": "submitted", "退回": "returned", "草稿": "draft"}.get(name, "approved")
            task.handling = "underway"
        _stand(tasks)
        _belongings(session, ids, unit)
        _supervised(session, ids["以后"], unit)
    return ids


def _stand(tasks: dict[str, Task]) -> None:
    tasks["中止逾期"].handling = "suspended"
    tasks["办结逾期"].finished_on = day(-6)
    for name, by in (("待签收", 1), ("超期待签收", -1)):
        task = tasks[name]
        task.handling, task.handed_on, task.receive_by = "handed", day(-4), day(by)
    tasks["待核验"].handling, tasks["晚启动"].start = "applied", date(2021, 3, 1)


def _belongings(session, ids: dict[str, int], unit: Unit) -> None:
    for place, number in enumerate((-3, 0, 5, 20)):
        session.add(Milestone(task_id=ids["以后"], due=day(number), text=f"节点{place}", position=place,
                              reached_on=day(-3) if number == -3 else None))  # fmt: skip
    session.add(Milestone(task_id=ids["三十天"], due=day(3), text="招标", position=0))
    session.add(Milestone(task_id=ids["办结逾期"], due=day(-9), text="招标", position=0))
    for task, month in (("报过", 1), ("报过", 2), ("报过", 3), ("逾期", 1), ("中止过", 1)):
        session.add(Progress(campaign_id=session.seat.campaign_id, state="approved", task_id=ids[task], unit_id=unit.id,
                             title=task, month=f"{month:02}", reported_on=date(2021, month, 5)))  # fmt: skip
    session.add(Occurrence(task_id=ids["周期"], due=day(-2)))
    stood = (
        ("中止过", date(2021, 2, 20), "suspended"),
        ("中止过", date(2021, 3, 2), "underway"),
        ("中止逾期", day(-6), "suspended"),
    )
    for name, on, handling in stood:
        session.add(Step(task_id=ids[name], on=on, handling=handling, by="张三"))


def _supervised(session, task_id: int, unit: Unit) -> None:
    common = {"campaign_id": session.seat.campaign_id, "unit_id": unit.id, "title": "路灯"}
    for state, term in (("issued", -1), ("issued", 5), ("summoned", 0), ("answered", -2), ("accepted", -9), ("draft", 3)):
        session.add(Notice(**common, state=state, level="remind", issued_on=day(-10), term=day(term), task_id=task_id))
    for state, term in (("handed", -1), ("handed", None), ("answered", 2), ("answered", -4), ("closed", -3)):
        session.add(Finding(**common, state=state, found_on=day(-10), term=None if term is None else day(term)))
    for state, before in (("asked", 2), ("asked", -2), ("granted", 2), ("draft", 2)):
        session.add(Extension(**common, state=state, task_id=task_id, asked_on=day(-3), before=day(before), wanted=day(60),
                              reason="雨"))  # fmt: skip
    made = {"campaign_id": session.seat.campaign_id, "unit_id": unit.id, "about": unit.name, "items": 1, "digest": "0",
            "made_at": utc_now(), "made_by": "张三"}  # fmt: skip
    for number, (kind, by, signed) in enumerate(
        (("pledge", -1, None), ("pledge", 3, None), ("pledge", -1, day(0)), ("slip", -1, None), ("pledge", None, None))
    ):
        session.add(Paper(**made, kind=kind, number=f"试{number}", sign_by=None if by is None else day(by), signed_on=signed))
