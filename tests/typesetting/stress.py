"""An office as hard to print as any: units, names, figures and texts of every length, seeded, so that each run draws the same."""

import io
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from sqlalchemy import select

from db.fields import Field, Kind
from db.ledgers.progress import Progress
from db.log import Act
from db.models import (
    Category,
    Cooperation,
    Decision,
    Extension,
    Finding,
    FollowUp,
    Funding,
    Incoming,
    Inspection,
    Milestone,
    Notice,
    Person,
    Record,
    Responsibility,
    Step,
    Task,
    Unit,
)
from db.supervision import LEVELS
from db.words.searching import search_text
from huajie_desktop.papers.dossier import make_dossiers
from huajie_desktop.papers.making import Order, make
from huajie_desktop.papers.paper_kinds import KINDS, PaperKind, Per
from huajie_desktop.papers.reporting import make_report
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.supervision.draws import draw
from huajie_desktop.typesetting.files import PDF
from huajie_desktop.work.review import approve, submit
from huajie_desktop.year.forces import save_force
from tests.folders import open_office
from tests.typesetting.checking import Known, Paper
from tests.typesetting.loop_papers import make_loop
from tests.typesetting.reading_back import read_pdf

DAY = date(2021, 3, 1)
# Name, kind, how many tasks: from 2 to 30 characters, one with the township's name doubled, from one task to 60.
UNITS = (
    ("金杜", "village", 1), ("花街镇花街村", "village", 3), ("倪宅村", "village", 11), ("小界岭村", "village", 36),
    ("花街居委会", "committee", 5), ("八字墙上片", "area", 2), ("镇领导班子", "leadership", 60), ("平安办", "office", 13),
    ("花街镇城乡人居环境综合整治办公室", "office", 8), ("永康市花街镇城乡人居环境综合整治提升行动领导小组办公室督查考核组", "office", 4),
    ("卉川村", "village", 21),
)  # fmt: skip
NAMES = (
    "王五", "倪成", "欧阳修文", "司马示𠅤", "𣲘三", "𬭎示例", "王䶮", "李㛃示", "赵堃", "阿依古丽·买买提", "Smith John", "陈献新",
    "买买提·阿不都热合曼江", "诸葛孔明", "示例甲", "古丽", "上官婉儿", "丁一",
)  # fmt: skip
_THINGS = (
    "穿村段路灯安装", "美丽河湖创建", "村内主干道硬化", "党群服务中心提升", "垃圾分类示范创建", "国土绿化", "农村生活污水运维与管网改造提升",
    "十里果香乡村振兴示范带基础设施建设及沿线环境综合整治提升二期工程项目前期工作及征地政策处理", "反诈", "“最美庭院”评选（第二批）",
    "5G基站DS-2CD3T46WD-I5S布点",
)  # fmt: skip
_SAID = (
    "硬化村内主干道{a}米,宽5米,同步敷设雨水管{b}米;完成率≥80%", "沿线安装路灯{a}盏，按时通电并落实管护",
    "总投资{m}元，其中镇补{b}万元、村自筹14万元，年增收10万元以上", "调处矛盾纠纷{a}起，调解成功率98.34%，涉及{b}余万元。",
    "征地政策处理{a}亩，坟墓迁移到位!(含协议{b}份)", "账号{n}，网址https://www.example.com/huajie/2021/list?id={a}&page={b}公示",
    "新建公厕１２０座；改造Ａ级旱厕{a}座", "落实村级管理规范36条“干部‘带头’”", "9月底前完成招标、11月竣工，每季度检查{a}家次",
    "按花委〔2021〕12号、永政办发〔2008〕31号文件执行，气温35℃以上停工", "完成",
    "一是拆除违章建筑{a}平方米，二是修建挡墙{b}立方米，三是绿化补植{a}株，四是新建停车位30个（含充电桩12个），五是管护责任落实到人，"
    "六是建立长效机制，七是每月通报一次，八是年底验收，确保群众满意度达到95%以上，力争进入全市前10名",
)  # fmt: skip
_DUE = ((date(2021, 8, 31), "month"), (date(2021, 6, 30), "day"), (date(2021, 12, 31), "year"), (date(2021, 9, 30), "quarter"))
LONG = "经查，硬化道路1250.5米（宽5米）未按2021年6月30日节点完成，仅完成投资107000.53元，占计划的≥80%以下；请立即整改，逐项销号。"
TITLED = ("checklist", "unit_list", "forces", "score", "poster")
_HARD = 14  # tasks that get a paper each


@dataclass(frozen=True)
class Drawn:
    """A file, what it is called and what is known of it."""

    name: str
    data: bytes
    known: Known
    left: tuple[str, ...] = ()  # what could not be made, in words

    @property
    def paper(self) -> Paper:
        return Paper(read_pdf(self.data), self.known)


def open_stress(folder: Path) -> Seat:
    """A data folder with that office."""
    seat = open_office(folder, DAY)
    chance = random.Random(20210301)
    with seat.operation(Act.ENTER, "录入") as running:
        people = [Person(name=name, search=search_text(name)) for name in NAMES]
        running.session.add_all(people)
        units = [_unit(running.session, *said[:2], position) for position, said in enumerate(UNITS)]
        running.session.flush()
        categories = running.session.scalars(select(Category).order_by(Category.id)).all()
        tasks = [
            _task(chance, unit, number, people, units, categories)
            for unit, (_name, _kind, count) in zip(units, UNITS, strict=True)
            for number in range(count)
        ]
        for task in tasks:
            task.campaign_id = running.session.campaign.id
        running.session.add_all(tasks)
        running.session.flush()
        ids = [task.id for task in tasks]
        running.session.add_all(_report(chance, task) for task in tasks[::3])
        for number, task in enumerate(tasks[-_HARD:]):
            running.session.add_all(_on_its_way(task, number))
        running.session.add_all(sources := list(_sources(tasks[-1])))
        running.session.flush()
        for source in sources[:2]:
            for task in tasks[-_HARD:]:
                setattr(task, "incoming_id" if isinstance(source, Incoming) else "decision_id", source.id)
        running.session.add_all(_notice(task) for task in tasks)
    submit(seat, ids)
    approve(seat, ids)
    force = save_force(seat, None, {"name": "工业平台能级提升专班", "commander": "倪成", "deputy": "欧阳修文、阿依古丽·买买提", "director": "诸葛孔明",
        "member": "、".join(NAMES[:9]), "contact": "王䶮", "duties": _SAID[0].format(a=1, b=2),
                            "document_number": "花委办〔2021〕12号"}).record_id  # fmt: skip
    with seat.operation(Act.CHANGE, "归入专班") as running:
        running.update(Task, {task_id: {"force_id": force} for task_id in ids[-_HARD:]})
        running.session.scalars(select(Decision).limit(1)).one().force_id = force
        done = running.session.get_one(Task, ids[-1])
        done.handling, done.applied_on, done.signed_off_on, done.finished_on = "signed_off", DAY, DAY, DAY
        done.signed_off_number = "花销〔2021〕1号"
    objects = "\n".join(name for name, *_rest in UNITS)
    draw(seat, {"title": LONG[:60], "objects": objects, "people": "\n".join(NAMES), "count": "9", "each": "3", "seed": "㊣0579"})
    return seat


def _unit(session: SeatSession, name: str, kind: str, position: int) -> Unit:
    unit = session.scalars(select(Unit).where(Unit.name == name)).first() or Unit(name=name)
    unit.kind, unit.position, unit.search = kind, position, search_text(name)
    session.add(unit)
    return unit


def _task(
    chance: random.Random,
    unit: Unit,
    number: int,
    people: Sequence[Person],
    units: Sequence[Unit],
    categories: Sequence[Category],
) -> Task:
    due, precision = chance.choice(_DUE)
    digits = chance.choice((2, 3, 6, 9, 12))
    money = chance.randrange(10 ** (digits - 1), 10**digits)
    said = chance.choice(_SAID).format(
        a=chance.choice((7, 121, 1250.5, 98765)), b=chance.choice((3, 45, 620, 1043)), m=money, n=chance.randrange(10**21, 10**22)
    )
    title = f"{chance.choice(_THINGS)}{number + 1}" if chance.random() < 0.9 else f"{number + 1}"
    task = Task(
        title=title, content=said if chance.random() < 0.95 else None, unit_id=unit.id, due=due, due_precision=precision,
        category_id=chance.choice(categories).id, state="draft", search=search_text(title), start=date(2021, 3, 1),
        investment=Decimal(money) if chance.random() < 0.8 else None, remarks=chance.choice((None, "重点", "花委〔2021〕12号")),
        lead_id=chance.choice(people).id,
    )  # fmt: skip
    task.responsible = [
        Responsibility(person_id=person.id, position=place)
        for place, person in enumerate(chance.sample(people, chance.choice((0, 1, 1, 1, 2, 4))))
    ]
    task.cooperating = [Cooperation(unit_id=one.id, position=0) for one in chance.sample(units, chance.choice((0, 1)))]
    task.funding = [Funding(source="村自筹", planned=Decimal(140000), position=0)] if chance.random() < 0.5 else []
    task.milestones = [Milestone(text="6月底前完成招标", position=0)] if chance.random() < 0.5 else []
    return task


def _report(chance: random.Random, task: Task) -> Progress:
    stage = chance.choice(("done", "underway", "stuck"))
    return Progress(
        task_id=task.id, unit_id=task.unit_id, title=task.title, month="06", stage=stage, summary=LONG, problems="资金缺口45万元",
        state="draft", campaign_id=task.campaign_id,
    )  # fmt: skip


def _sources(task: Task) -> Iterator[Record]:
    """What tasks came from, one of each that became many of them and one that became none."""
    for title in (LONG[:80], "通知"):
        yield Incoming(title=title, sender="永康市人民政府办公室", received_on=date(2021, 3, 1), number="永政办发〔2021〕31号",
                       campaign_id=task.campaign_id, state="approved")  # fmt: skip
        yield Decision(meeting="第一次工作例会", met_on=date(2021, 3, 1), title=title, unit_id=task.unit_id, due=date(2021, 6, 30),
                       campaign_id=task.campaign_id, state="approved")  # fmt: skip


def _on_its_way(task: Task, number: int) -> Iterator[Record]:
    """What happens to a task until it is signed off, each with as much to say as any."""
    day, about = (
        date(2021, 3, 2),
        {"unit_id": task.unit_id, "title": task.title, "task_id": task.id, "campaign_id": task.campaign_id},
    )
    for handling in ("handed", "underway", "suspended", "underway", "applied"):
        yield Step(task_id=task.id, on=day, handling=handling, by="阿依古丽·买买提", reason=LONG[:60])
    yield Extension(**about, state="granted", number="花延〔2021〕1号", asked_on=day, decided_on=day, before=task.due,
                    wanted=date(2021, 12, 30), reason=LONG, return_reason="同意")  # fmt: skip
    yield Notice(**about, state="answered", number=f"花督〔2021〕{107 + number}号", level=list(LEVELS)[number % 3], issued_on=day, term=date(2021, 3, 31),
                 grounds=LONG, demand=LONG, answer=LONG, answered_on=date(2021, 3, 30))  # fmt: skip
    yield Finding(**about | {"title": LONG[:80]}, state="handed", found_on=day, term=date(2021, 3, 31), demand=LONG,
                  number=f"花问〔2021〕{number + 1}号", handed_on=day)  # fmt: skip
    yield Inspection(title="督查", unit_id=task.unit_id, visited_on=day, campaign_id=task.campaign_id, state="approved", place=LONG[:40],
                     inspectors="、".join(NAMES[:4]))  # fmt: skip
    yield FollowUp(owner_kind="tasks", owner_uid=task.uid, on=day, words=LONG)


def _notice(task: Task) -> Notice:
    """A notice nobody answered: its unit is reminded of it, and it stands on the month of its term."""
    return Notice(
        campaign_id=task.campaign_id, unit_id=task.unit_id, title=task.title, state="issued", level="listed",
        issued_on=date(2021, 1, 4), term=date(2021, 1, 12 + task.id % 9),
    )  # fmt: skip


def draw_all(seat: Seat, folder: Path) -> Iterator[Drawn]:
    """Papers of every kind, the report, dossiers; where a kind looks in several ways, in each of them."""
    with seat.reading() as session:
        texts = {task.id: _texts(task) for task in session.scalars(select(Task).order_by(Task.id))}
        units = list(session.scalars(select(Unit.id).where(Unit.name.in_([name for name, *_ in UNITS])).order_by(Unit.position)))
    hard = list(texts)[-_HARD:]
    for kind in KINDS.values():
        ids = hard if kind.per is Per.TASK else units if kind.per is Per.UNIT else None
        shown = tuple(texts[task_id] for task_id in (hard if kind.per is Per.TASK else texts))
        said_texts = tuple(text for one in shown for text in one) if kind.table.endswith(("事项表", "清单表")) else ()
        known = Known(frozenset(NAMES), _units(), said_texts, titled=kind.key in TITLED, coded=kind.coded)
        for number, said in enumerate(ways(kind)):
            target = io.BytesIO()
            outcome = make(seat, Order(kind.key, ids, said), target)
            yield Drawn(f"{kind.key}-{number}", target.getvalue(), known, tuple(map(str, outcome.faults)))
    make_report(seat, folder / "report.pdf")
    yield Drawn("report", (folder / "report.pdf").read_bytes(), Known(frozenset(NAMES), _units()))
    make_dossiers(seat, hard[:3], folder / "dossiers.pdf")
    yield Drawn("dossier", (folder / "dossiers.pdf").read_bytes(), Known(frozenset(NAMES), _units()))
    for file, coded in make_loop(seat, folder, PDF):
        yield Drawn(file.stem, file.read_bytes(), Known(frozenset(NAMES), _units(), coded=coded))


def _units() -> frozenset[str]:
    """Units that fit into a line of a cell."""
    return frozenset(name for name, *_rest in UNITS if len(name) < 7)


def _texts(task: Task) -> tuple[str, ...]:
    return (task.title, task.content or "", *(link.person.name for link in task.responsible))


def ways(kind: PaperKind) -> Iterator[Mapping[str, str]]:
    """What the clerk may fill in: nothing but what is asked for, and everything; each size a poster has."""
    least = {asked.label: _answer(asked) for asked in kind.asked if asked.required}
    most = {asked.label: _answer(asked) for asked in kind.asked}
    yield least
    if most != least:
        yield most
    for asked in kind.asked:
        if asked.label == "幅面":
            yield from ({**most, asked.label: size} for size in list(asked.choices)[1:])


_ANSWERS: Mapping[Kind, Callable[[Field], str]] = {
    Kind.DAY: lambda asked: "2021-06-30" if "期限" in asked.label or "至" in asked.label else "2021-03-15",
    Kind.CHOICE: lambda asked: next(iter(asked.choices)),
    Kind.LONG_TEXT: lambda asked: "\n".join((f"一、{LONG}", f"（一）{LONG}", LONG * 2)) if "要求" in asked.label else LONG,
}
_WORDS = {
    "立项依据": "镇党委会议纪要〔2021〕3号", "联系人及电话": "王五 0579-00000000", "检查人员": "阿依古丽·买买提、Smith John、诸葛孔明",
    "奖项": "“五大比拼”先进村", "红头": "花街镇人民政府文件", "抄送": "市委办、市政府办，市综合行政执法局，各镇（街道、区）",
    "擂台场次": "第一场", "监督电话": "0579-00000000", "检查地点": "小界岭村穿村段",
}  # fmt: skip


def _answer(asked: Field) -> str:
    if asked.label in _WORDS:
        return _WORDS[asked.label]
    answer = _ANSWERS.get(asked.kind)
    return answer(asked) if answer else "花街镇党政办公室"
