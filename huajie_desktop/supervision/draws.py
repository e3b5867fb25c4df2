"""Random draws for spot checks (双随机): units and inspectors by a seed and a method anybody can repeat without this program."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from secrets import token_hex
from typing import Any, NamedTuple

from sqlalchemy import select

from db.acts import Act
from db.fields import Field, Kind
from db.journal import Changes
from db.models import Task, Unit
from db.supervision import Draw, Inspection
from huajie_desktop.errors import FieldErrors
from huajie_desktop.records.asking import read_asked
from huajie_desktop.records.entry import begin, make_findable
from huajie_desktop.seat import Seat, SeatSession, visible
from huajie_desktop.supervision.inspections import INSPECTIONS
from huajie_desktop.values.text import clean

METHOD = "SHA-256 排序"
OBJECTS, PEOPLE = "【检查对象】", "【检查人员】"
ASKED = {
    field.key: field
    for field in (
        Field("抽取事项", Kind.TEXT, "title", required=True, max_length=200),
        Field("检查对象名单", Kind.LONG_TEXT, "objects", required=True, help="一行一个：单位名称，或任务编号"),
        Field("检查人员名单", Kind.LONG_TEXT, "people", help="一行一人；不写就不抽人员"),
        Field("抽几个对象", Kind.NUMBER, "count", required=True, least=1),
        Field("每个对象几人", Kind.NUMBER, "each"),
        Field("计划检查日期", Kind.DAY, "planned_on"),
        Field("种子", Kind.TEXT, "seed", max_length=64, help="如当众掷出的数；不写由程序给"),
    )
}  # fmt: skip


class Drawn(NamedTuple):
    """A draw that was made: its id, what it changed, and how many lines came out of it."""

    draw_id: int
    changes: Changes
    lines: int


def ranked(seed: str, lines: Sequence[str]) -> list[tuple[str, str]]:
    """The lines with their digests in the order of these: SHA-256, in small hexadecimal letters, of seed, | and line as UTF-8."""
    return sorted((hashlib.sha256(f"{seed}|{line}".encode()).hexdigest(), line) for line in lines)


def drawn_of(seed: str, objects: Sequence[str], count: int, people: Sequence[str] = (), each: int = 0) -> list[str]:
    """What comes out: the first `count` of the objects, and behind each the first `each` of the people, ranked by seed, |,
    object, | and person; 倪宅村：张三、李四.
    """
    found = [line for _digest, line in ranked(seed, objects)[:count]]
    return [f"{line}：{'、'.join(_sent_to(seed, line, people, each))}" if each else line for line in found]


def _sent_to(seed: str, line: str, people: Sequence[str], each: int) -> list[str]:
    return [person for _digest, person in ranked(f"{seed}|{line}", people)[:each]]


def pool_of(draw: Draw) -> tuple[list[str], list[str]]:
    """The objects and the people a draw was made from."""
    lines = draw.pool.split("\n")
    place = lines.index(PEOPLE) if PEOPLE in lines else len(lines)
    return lines[1:place], lines[place + 1 :]


def holds(draw: Draw) -> bool:
    """Whether the same comes out of a kept draw again."""
    objects, people = pool_of(draw)
    drawn = draw.drawn.split("\n")
    return draw.method == METHOD and drawn == drawn_of(draw.seed, objects, len(drawn), people, drawn_people(draw))


def drawn_people(draw: Draw) -> int:
    """How many people were drawn for each object."""
    first = draw.drawn.split("\n")[0].partition("：")[2]
    return first.count("、") + 1 if first else 0


def draws(session: SeatSession) -> Sequence[Draw]:
    """The draws of the year, the newest first."""
    return session.scalars(select(Draw).where(*visible(session.seat, Draw)).order_by(Draw.id.desc())).all()


def usual_objects(session: SeatSession) -> list[str]:
    """The names of the villages in force, as they are proposed for a draw."""
    standing = (Unit.kind.in_(("village", "committee")), Unit.closed_on.is_(None))
    return list(session.scalars(select(Unit.name).where(*standing).order_by(Unit.position, Unit.id)))


def draw(seat: Seat, texts: Mapping[str, str]) -> Drawn:
    """Draws by what was typed (keys of ASKED), keeps pool, seed and result, and plans an inspection of each that came out.

    One operation. Raises FieldErrors.
    """
    values = read_asked(seat, ASKED, texts)
    objects, people = _lines(values["objects"]), _lines(values["people"])
    count, each = int(values["count"]), int(values["each"] or 0)
    with seat.operation(Act.ENTER, "随机抽取") as running:
        session = running.session
        meant = _meant(session, objects)
        _refuse(objects, people, count, each, meant)
        seed = clean(values["seed"] or token_hex(8))  # as it is kept
        drawn = drawn_of(seed, objects, count, people, each)
        pool = [OBJECTS, *objects, *((PEOPLE, *people) if people else ())]
        made = Draw(
            campaign_id=seat.campaign_id, title=values["title"], drawn_on=seat.today(), seed=seed, method=METHOD,
            pool="\n".join(pool), drawn="\n".join(drawn),
        )  # fmt: skip
        session.add(made)
        session.flush()
        session.add_all(_planned(session, made, meant, values["planned_on"]))
        running.call(f"随机抽取 {len(drawn)} 个检查对象")
    return Drawn(made.id, running.changes, len(drawn))


def _lines(text: str | None) -> list[str]:
    return [line for one in (text or "").splitlines() if (line := clean(one).strip().replace("：", ":"))]


def _meant(session: SeatSession, objects: Sequence[str]) -> dict[str, tuple[int, str]]:
    """By line the unit that is meant and, of a task, its name."""
    units = select(Unit.name, Unit.id).where(Unit.name.in_(objects), Unit.closed_on.is_(None))
    found = {name: (unit_id, "") for name, unit_id in session.execute(units)}
    tasks = select(Task.number, Task.unit_id, Task.title).where(Task.number.in_(objects), *visible(session.seat, Task))
    return found | {number: (unit_id, title) for number, unit_id, title in session.execute(tasks) if number}


def _refuse(objects: Sequence[str], people: Sequence[str], count: int, each: int, meant: Mapping[str, Any]) -> None:
    messages: dict[str, str] = {}
    for key, lines in (("objects", objects), ("people", people)):
        if twice := [line for line in dict.fromkeys(lines) if lines.count(line) > 1]:
            messages[key] = f"“{twice[0]}”写了两次，每个只能有一次机会"
    if unknown := [line for line in objects if line not in meant]:
        messages["objects"] = f"“{unknown[0]}”不是本镇的单位，也不是今年任务的编号"
    if not 1 <= count <= len(objects):
        messages["count"] = f"名单上有 {len(objects)} 个，要抽 1 到 {len(objects)} 个"
    if each > len(people):
        messages["each"] = f"名单上有 {len(people)} 人，每个对象最多 {len(people)} 人"
    if people and not each:
        messages["each"] = "写了检查人员，请写每个对象几人"
    if messages:
        raise FieldErrors(messages)


def _planned(session: SeatSession, made: Draw, meant: Mapping[str, tuple[int, str]], day: date | None) -> list[Inspection]:
    """The inspections of what came out."""
    planned = []
    for line in made.drawn.split("\n"):
        name, _colon, people = line.partition("：")
        unit_id, task = meant[name]
        title = f"{made.title}（{task}）"[:200] if task else made.title
        one = Inspection(title=title, unit_id=unit_id, planned_on=day, inspectors=people[:200] or None, draw_id=made.id)
        begin(session, INSPECTIONS, one)
        make_findable(INSPECTIONS, one)
        planned.append(one)
    return planned
