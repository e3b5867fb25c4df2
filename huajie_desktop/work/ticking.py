"""Milestones ticked off and quantities brought: by what units report, or by hand on the record itself."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import or_, select

from db.fields import Kind
from db.images import CHUNK
from db.journal import Changes
from db.log import Act
from db.models import Unit
from db.part_kinds import MilestonePart, QuantityPart
from db.reports import Report
from huajie_desktop.declared.facets import Check, Follow, Rules, Values
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.errors import FieldErrors, Problem
from huajie_desktop.seat import Seat, SeatSession, visible
from huajie_desktop.values.brought import Brought, parse_brought, plain
from huajie_desktop.values.reached import Reached, parse_reached
from huajie_desktop.values.text import fold
from huajie_desktop.work.occurrences import day_typed

_GIVEN = 200  # characters of what was handed in
_KEYS = frozenset(("reached", "brought"))  # of a report: what it says of its record's parts
_SHUT = "已经销号，节点和数量不再改。要改请先“重新办理”。"


def ticks(of: Ledger, model: type[Report]) -> Rules:
    """What follows from reports on records of `of`: their milestones are ticked off and their quantities counted."""
    return Rules(look_against=_looking(of), follow=_following(of, model))


def milestones_of(of: Ledger, record: Any) -> list[MilestonePart]:
    """The milestones of a record in their order; none where its ledger has no such."""
    return _parts(of, record, Kind.MILESTONES)


def quantities_of(of: Ledger, record: Any) -> list[QuantityPart]:
    """What a record is to bring, counted, in its order."""
    return _parts(of, record, Kind.QUANTITIES)


def tick(seat: Seat, of: Ledger, record_id: int, ids: Sequence[int], day: str, given: str) -> Changes:
    """Notes that milestones of a record were reached on `day` (as typed; empty is today) and what was handed in for them.

    Raises FieldErrors for "reached_on" and "given", Problem where they are gone or the record is signed off.
    """
    on = day_typed(seat, day, "reached_on", "完成日期")
    if len(given := " ".join(given.split())) > _GIVEN:
        raise FieldErrors({"given": f"已交佐证不能超过 {_GIVEN} 个字，现在 {len(given)} 个"})
    with seat.operation(Act.CHANGE, f"节点完成 {len(ids)} 个") as running:
        for one in _chosen(running.session, of, record_id, ids):
            one.reached_on, one.given = on, given or one.given
    return running.changes


def untick(seat: Seat, of: Ledger, record_id: int, ids: Sequence[int]) -> Changes:
    """Takes back that milestones were reached, and what was handed in for them. Raises Problem as `tick` does."""
    with seat.operation(Act.CHANGE, f"节点改为未完成 {len(ids)} 个") as running:
        for one in _chosen(running.session, of, record_id, ids):
            one.reached_on, one.given = None, None
    return running.changes


def bring(seat: Seat, of: Ledger, record_id: int, typed: str) -> Changes:
    """Notes how much was brought of what, as a report says it (路灯 9／12盏). Raises FieldErrors for "brought", Problem."""
    found = parse_brought(typed)
    if found.doubt or not found.items:
        raise FieldErrors({"brought": found.doubt or "请写完成了多少，如 路灯 9／12盏"})
    with seat.operation(Act.CHANGE, "登记完成数量") as running:
        record = _record(running.session, of, record_id)
        for item in found.items:
            one = _thing(quantities_of(of, record), item)
            if isinstance(one, str):
                raise FieldErrors({"brought": one})
            one.done = item.done
    return running.changes


# by hand


def _record(session: SeatSession, of: Ledger, record_id: int) -> Any:
    record = session.get(of.model, record_id)
    if record is None:
        raise Problem(f"这项{of.noun}已经不在了，没有改动。")
    if _is_shut(of, record):
        raise Problem(f"这项{of.noun}{_SHUT}没有改动。")
    return record


def _chosen(session: SeatSession, of: Ledger, record_id: int, ids: Sequence[int]) -> list[MilestonePart]:
    found = [one for one in milestones_of(of, _record(session, of, record_id)) if one.id in set(ids)]
    if len(found) < len(set(ids)):
        raise Problem("这些节点里有的已经不在了，没有改动。请再看一遍这项任务的节点。")
    return found


# by what is reported


def _looking(of: Ledger) -> Callable[[SeatSession], Check]:
    """The doubts about what a report says of the parts of its record."""

    def among(session: SeatSession) -> Check:
        model, place = of.model, str(of.place)

        def look(values: Values) -> Mapping[str, str]:
            name, unit = values.get("title"), values.get("unit")
            if not name or not unit or not (values.get("reached") or values.get("brought")):
                return {}
            kept = select(model).join(Unit, Unit.id == of.column(place)).where(Unit.name == unit, *visible(session.seat, model))
            found = [one for one in session.scalars(kept) if fold(getattr(one, of.fields[of.name].name)) == fold(name)]
            if len(found) != 1:
                return {}
            year, said = session.seat.year, dict[str, str]()
            ticked = (_of_tick(of, found[0], item, session) for item in parse_reached(values.get("reached") or "", year).items)
            counted = (_of_thing(of, found[0], item) for item in parse_brought(values.get("brought") or "").items)
            for key, doubts in (("reached", ticked), ("brought", counted)):
                if words := "；".join(filter(None, doubts)):
                    said[key] = words
            return said

        return look

    return among


def _following(of: Ledger, model: type[Report]) -> Follow:
    """Writes what reports say of the parts of their records into these; quantities as the last month says that says any."""

    def follow(session: SeatSession, ids: Sequence[int], keys: Any) -> None:
        if _KEYS.isdisjoint(keys):
            return
        said: Any = or_(model.reached.is_not(None), model.brought.is_not(None))
        for start in range(0, len(ids), CHUNK):
            for report in session.scalars(select(model).where(model.id.in_(ids[start : start + CHUNK]), said)):
                record = session.get_one(of.model, getattr(report, model.OF))
                if not _is_shut(of, record):
                    _take_over(session, of, record, report)

    return follow


def _take_over(session: SeatSession, of: Ledger, record: Any, report: Report) -> None:
    for item in parse_reached(report.reached or "", session.seat.year).items:
        one = _mark(milestones_of(of, record), item)
        if not isinstance(one, str) and item.on <= session.seat.today():
            one.reached_on, one.given = item.on, item.given or one.given
    if report.brought and not _said_later(session, report):
        for thing, said in _things(of, record, report.brought):
            thing.done = said.done


def _said_later(session: SeatSession, report: Report) -> bool:
    model = type(report)
    owner = getattr(model, model.OF)
    later = select(model.id).where(owner == getattr(report, model.OF), model.month > report.month, model.brought.is_not(None))
    return session.scalar(later.limit(1)) is not None


def _things(of: Ledger, record: Any, words: str) -> Iterator[tuple[QuantityPart, Brought]]:
    for item in parse_brought(words).items:
        one = _thing(quantities_of(of, record), item)
        if not isinstance(one, str):
            yield one, item


def _of_tick(of: Ledger, record: Any, item: Reached, session: SeatSession) -> str:
    """What is doubtful about a milestone said to be reached, "" for nothing."""
    one = _mark(milestones_of(of, record), item)
    if isinstance(one, str):
        return one
    if _is_shut(of, record):
        return f"“{item.text[:20]}”：{of.noun}{_SHUT}" if (one.reached_on, one.given) != (item.on, item.given) else ""
    if item.on > session.seat.today():
        return f"“{item.text[:20]}”写的完成日期是以后的日子（{item.on.isoformat()}），没有记为完成"
    if one.reached_on not in (None, item.on):
        return f"节点“{one.text[:20]}”原来记的是 {one.reached_on} 完成，按这里的 {item.on.isoformat()} 改，请核对"
    return ""


def _of_thing(of: Ledger, record: Any, item: Brought) -> str:
    one = _thing(quantities_of(of, record), item)
    if isinstance(one, str):
        return one
    if item.planned not in (None, one.amount):
        here = f"这里写的是 {plain(item.planned or Decimal(0))}{one.unit}"
        return f"“{one.name}”计划是 {plain(one.amount)}{one.unit}，{here}，计划没有改"
    if item.done > one.amount:
        return f"“{one.name}”完成 {plain(item.done)}{one.unit}，比计划的 {plain(one.amount)}{one.unit} 多，请核对"
    if one.done is not None and item.done < one.done:
        return f"“{one.name}”原来记的是 {plain(one.done)}{one.unit}，这里只有 {plain(item.done)}{one.unit}，请核对"
    return ""


def _mark(milestones: Sequence[MilestonePart], item: Reached) -> MilestonePart | str:
    """The milestone that is meant, by its words or a part of them; else the sentence why none is."""
    asked = fold(item.text)
    exact = [one for one in milestones if fold(one.text) == asked]
    found = exact or [one for one in milestones if asked in fold(one.text) or fold(one.text) in asked]
    if len(found) == 1:
        return found[0]
    if exact:  # 每季度一次: the one it was, else the first that is open
        return next((one for one in exact if one.reached_on in (None, item.on)), exact[-1])
    named = "、".join(one.text[:12] for one in milestones[:4])
    if found:
        return f"“{item.text[:20]}”像是几个节点，没有记为完成，请照节点写全"
    return f"“{item.text[:20]}”不是这项任务的节点，没有记为完成" + (f"；节点有：{named}" if named else "，任务没有节点")


def _thing(quantities: Sequence[QuantityPart], item: Brought) -> QuantityPart | str:
    """The quantity that is meant; else the sentence why none is."""
    found = [one for one in quantities if fold(one.name) == fold(item.name)]
    fitting = [one for one in found if fold(one.unit) == fold(item.unit)]
    if fitting:
        return fitting[0]
    if found:
        return f"“{item.name}”是按{found[0].unit}计的，这里写的是{item.unit}，没有记"
    named = "、".join(one.name for one in quantities[:4])
    return f"任务的建设数量里没有“{item.name[:20]}”，没有记" + (f"；有的是：{named}" if named else "")


def _is_shut(of: Ledger, record: Any) -> bool:
    """Whether a record is signed off."""
    return any(getattr(record, life.column) == life.counted for life in of.further_lives)


def _parts(of: Ledger, record: Any, kind: Kind) -> list[Any]:
    return [part for key in of.keys_of(kind)[:1] for part in getattr(record, of.parts[key].name)]
