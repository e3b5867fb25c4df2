"""What the monthly bulletin says in sentences: how it stands, who is ahead and who behind, what is wrong, what is asked for."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from db.supervision import LEVELS
from huajie_desktop.lights.late import last_day_to_report
from huajie_desktop.lights.light import BEHIND, LOOKS, OVERDUE, SOON
from huajie_desktop.papers.bulletin_tables import rate
from huajie_desktop.papers.report_figures import percent
from huajie_desktop.papers.report_tables import HUNDREDTH
from huajie_desktop.supervision.bulletin import Bulletin
from huajie_desktop.supervision.bulletin_line import Line
from huajie_desktop.supervision.ranking import RULE, Placed, ranked
from huajie_desktop.typesetting.content import word_amount, word_day

_NAMED = 5  # units named in a sentence
_ORDINALS = "一二三四五六七八"
Names = Mapping[int, str]


def sentences(counted: Bulletin, names: Names) -> dict[str, str]:
    """What the fields of the wording say, by their labels."""
    whole, ranking = counted.whole, ranked(counted.units)
    return {
        "截至日期": word_day(counted.day), "办理情况": _done(whole), "亮灯情况": of_lights(whole),
        "进展报送": of_missing(counted, names), "签收情况": _received(whole), "投资情况": _money(whole), "评比规则": RULE,
        "先进单位": _places("排在前面的", ranking.best, names),
        "滞后单位": _places("排在后面的", ranking.worst, names) or _alike(ranking.placed),
        "督查情况": of_notices(whole), "督查问题": of_findings(whole),
    }  # fmt: skip


def _done(whole: Line) -> str:
    return (
        f"其中完成时限已到的{whole.due}项；已办结{whole.done}项，办结率{percent(whole.done, whole.tasks)}%，"
        f"其中按时办结{whole.in_time}项；逾期未办结{whole.overdue}项。"
    )


def of_lights(whole: Line) -> str:
    """How many tasks have which light, and how far they are on the average."""
    said = "、".join(f"{look.word}{whole.lights[key]}项" for key, look in LOOKS.items() if whole.lights[key])
    average = "" if whole.percent is None else f"各项任务平均完成{whole.percent}%。"
    return f"按亮灯情况分：{said}。{average}"


def of_missing(counted: Bulletin, names: Names) -> str:
    """What reports of the month are missing behind its last day, by unit; a task that was done before owes none."""
    month, last = f"{counted.day.month}月", last_day_to_report(counted.day, counted.rules)
    if counted.day <= last:
        return f"{month}的进展最晚{word_day(last)}报送，期限还没有到。"
    if not counted.whole.unreported:
        return f"{month}应报的进展都已报送。"
    who = _most(counted.units, lambda one: one.unreported, names)
    return f"{month}应报而没有报送进展的{counted.whole.unreported}项：{who}。"


def _received(whole: Line) -> str:
    return f"交办后没有按期签收的{whole.unreceived}项。" if whole.unreceived else ""


def _money(whole: Line) -> str:
    if not whole.planned:
        return ""
    planned, spent = (word_amount(one.quantize(HUNDREDTH)) for one in (whole.planned_wan, whole.spent_wan))
    return f"计划投资合计{planned}万元，各单位报送的已完成投资{spent}万元。"


def _places(which: str, placed: Sequence[Placed], names: Names) -> str:
    """Units by place, those that share one together."""
    said = []
    for place, group in groupby(placed, key=lambda one: one.place):
        lines = [one.line for one in group]
        shared = "并列" if len(lines) > 1 else ""
        done = percent(lines[0].done, lines[0].running)
        said.append(f"{_named(lines, names)}{shared}第{place}名（正常率{rate(lines[0])}%，办结率{done}%）")
    return f"{which}单位：{'；'.join(said)}。" if said else ""


def _alike(placed: Sequence[Placed]) -> str:
    return "各单位的正常率没有差别，不分先后。" if placed else ""


def _named(lines: Sequence[Line], names: Names) -> str:
    few = "、".join(names[one.key or 0] for one in lines[:_NAMED])
    return few if len(lines) <= _NAMED else f"{few}等{len(lines)}个单位"


def of_findings(whole: Line) -> str:
    """What inspections found and is not put right yet; nothing where there is none."""
    return f"督查发现的问题还有{whole.findings}个没有销号。" if whole.findings else ""


def of_notices(whole: Line) -> str:
    """The notices of the year so far by level, and how many wait for an answer."""
    if not whole.notices:
        return "今年以来没有发出督查单。"
    said = "、".join(f"{word}{whole.notices[level]}份" for level, word in LEVELS.items() if whole.notices[level])
    waiting = f"，还有{whole.unanswered}份没有反馈" if whole.unanswered else "，都已反馈"
    return f"今年以来发出督查单{whole.notices.total()}份：{said}{waiting}。"


def _most(units: Sequence[Line], value: Callable[[Line], int], names: Names) -> str:
    """Who has most of it, by name and number, and how many units there are in all."""
    found = sorted((one for one in units if value(one)), key=lambda one: -value(one))
    few = "、".join(f"{names[one.key or 0]}{value(one)}项" for one in found[:_NAMED])
    return few if len(found) <= _NAMED else f"{few}等{len(found)}个单位"


def problems(counted: Bulletin, names: Names) -> str:
    """What is wrong by the counts, a sentence each; the clerk may say it otherwise."""
    whole, units = counted.whole, counted.units
    overdue, behind = (_most(units, lambda one, key=key: one.lights[key], names) for key in (OVERDUE, BEHIND))  # type: ignore[misc]
    found = (
        (whole.overdue, f"任务逾期。逾期未办结{whole.overdue}项：{overdue}。"),
        (whole.lights[BEHIND], f"进度滞后。落后于序时进度{whole.lights[BEHIND]}项：{behind}。"),
        (whole.unreported, f"进展没有报送。{of_missing(counted, names)}"),
        (whole.unreceived, f"签收不及时。{_received(whole)}"),
        (whole.unanswered, f"督查单没有反馈。还有{whole.unanswered}份没有反馈：{_sent(units, names)}。"),
        (whole.findings, f"问题没有整改到位。督查发现的问题还有{whole.findings}个没有销号。"),
    )
    return _numbered(text for count, text in found if count) or "没有任务亮黄灯、红灯，应报的进展都已报送。"


def _sent(units: Sequence[Line], names: Names) -> str:
    return _most(units, lambda one: one.unanswered, names).replace("项", "份")


def demands(counted: Bulletin) -> str:
    """What is asked for by the counts; the clerk may say it otherwise."""
    whole = counted.whole
    found = (
        (whole.overdue, f"逾期未办结的{whole.overdue}项，责任单位要逐项说明原因，明确办结时间，办结后及时申请销号。"),
        (whole.lights[BEHIND], f"进度滞后的{whole.lights[BEHIND]}项，要对照序时进度倒排工期，尽快赶上。"),
        (whole.lights[SOON], f"临近完成时限的{whole.lights[SOON]}项，要在时限前办结；确实完不成的，到期之前申请延期。"),
        (whole.unreported, f"没有报送进展的要尽快补报，以后每月{counted.rules.report_day}日前报送。"),
        (whole.unreceived, "交办的任务要按期签收。"),
        (whole.unanswered, "没有反馈的督查单要按办理期限书面反馈。"),
        (whole.findings, "没有整改到位的问题要限期整改，申请复核销号。"),
    )
    return _numbered(text for count, text in found if count) or "各单位要对照清单，按序时进度推进，按时报送进展。"


def _numbered(said: Iterator[str]) -> str:
    found = list(said)
    return "\n".join(f"{_ORDINALS[place]}是{text}" for place, text in enumerate(found)) if len(found) > 1 else "".join(found)
