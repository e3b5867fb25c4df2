"""What units, people, posts and memberships must be against all the others; asked inside the operation that keeps them."""

import re
from collections.abc import Mapping

from sqlalchemy import func, select

from db.models import Membership, Person, Post, Task, Unit
from db.organisation import SILENT_KINDS, UNIT_KINDS, VILLAGE_KINDS
from huajie_desktop.seat import SeatSession


def settle_unit(session: SeatSession, unit: Unit) -> Mapping[str, str]:
    """Completes a unit (place in the order, parent, aliases parted by 、) and says what is wrong with it, by field."""
    top = session.seat.township_id
    unit.aliases = "、".join(dict.fromkeys(filter(None, re.split(r"[、，,；;\s]+", unit.aliases or "")))) or None
    if unit.id is None:
        unit.position = 1 + (session.scalar(select(func.max(Unit.position))) or 0)
    if unit.parent_id is None and unit.id != top:
        unit.parent_id = top
    messages = {**_name_of(session, unit), **_place_of(session, unit, top), **_kind_of(session, unit, top)}
    if unit.closed_on and unit.id == top:
        messages["closed_on"] = "镇本级不能停用"
    elif unit.closed_on and unit.since and unit.closed_on < unit.since:
        messages["closed_on"] = f"停用日期不能早于设立日期（{unit.since.isoformat()}）"
    return messages


def _name_of(session: SeatSession, unit: Unit) -> dict[str, str]:
    twin = session.scalar(select(Unit).where(Unit.name == unit.name, Unit.id != (unit.id or 0)))
    if twin is None:
        return {}
    ended = "，已停用，可以恢复它" if twin.closed_on else ""
    return {"name": f"单位“{unit.name}”已经有了（{UNIT_KINDS[twin.kind]}{ended}）"}


def _place_of(session: SeatSession, unit: Unit, top: int) -> dict[str, str]:
    if unit.id == top:
        return {"parent": "镇本级没有上级单位"} if unit.parent_id else {}
    if unit.id is not None and unit.id in line_above(session, unit.parent_id):
        return {"parent": "上级单位不能是它自己或它的下级单位"}
    above = session.get(Unit, unit.parent_id) if unit.parent_id else None
    if unit.kind == "hamlet" and (above is None or above.kind not in VILLAGE_KINDS):
        return {"parent": "自然村的上级单位请选它所在的行政村"}
    if above is not None and above.kind in SILENT_KINDS:
        return {"parent": f"{UNIT_KINDS[above.kind]}不能作上级单位"}
    return {}


def line_above(session: SeatSession, unit_id: int | None) -> list[int]:
    """A unit and those above it, up to the township."""
    line: list[int] = []
    while unit_id is not None and unit_id not in line:
        line.append(unit_id)
        unit_id = session.scalar(select(Unit.parent_id).where(Unit.id == unit_id))
    return line


def _kind_of(session: SeatSession, unit: Unit, top: int) -> dict[str, str]:
    if (unit.kind == "township") != (unit.id == top):
        return {"kind": "镇本级的单位类型不能改" if unit.id == top else "镇只能有一个，请选别的单位类型"}
    if unit.id is not None and unit.kind in SILENT_KINDS:
        count = session.scalar(select(func.count()).where(Task.unit_id == unit.id))
        if count:
            return {"kind": f"它是 {count} 项任务的责任单位，不能改成{UNIT_KINDS[unit.kind]}"}
    return {}


def settle_person(session: SeatSession, person: Person) -> Mapping[str, str]:
    """Two people of one name in one unit could not be told apart in any list, nor by an import."""
    twin = select(Person.id).where(Person.name == person.name, Person.unit_id == person.unit_id, Person.id != (person.id or 0))
    if person.closed_on is None and session.scalar(twin.where(Person.closed_on.is_(None)).limit(1)):
        return {"name": f"这个单位已经有“{person.name}”。同名的两个人请加字区分，如 {person.name}（东）"}
    return {}


def settle_post(session: SeatSession, post: Post) -> Mapping[str, str]:
    """A term ends after it began; a new post stands behind the others."""
    if post.id is None:
        last = session.scalar(select(func.max(Post.position)).where(Post.person_id == post.person_id))
        post.position = 0 if last is None else last + 1
    return _term("离任日期不能早于任职日期", post)


def settle_membership(session: SeatSession, membership: Membership) -> Mapping[str, str]:
    """A unit is in a group once, for one term, and never in itself."""
    if membership.unit_id == membership.group_id:
        return dict.fromkeys(("group", "unit"), "不能属于它自己")
    twin = select(Membership.id).where(
        Membership.unit_id == membership.unit_id,
        Membership.group_id == membership.group_id,
        Membership.id != (membership.id or 0),
    )
    if session.scalar(twin):
        return dict.fromkeys(("group", "unit"), "已经在这个片盟里了，请修改原来的那一条")
    return _term("退出日期不能早于加入日期", membership)


def _term(message: str, term: Post | Membership) -> dict[str, str]:
    return {"until": message} if term.since and term.until and term.until < term.since else {}
