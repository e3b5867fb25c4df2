"""A ledger of reports on the records of another: each row belongs to one of them, named by its unit and its name."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import inspect, select

from db.fields import Kind
from db.models import Unit
from db.reports import Report
from huajie_desktop.declared.facets import Check, Count, Figures, Form, Listing, Ratio, Rules, Sheets, Values
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.declared.life import REVIEW
from huajie_desktop.declared.mistakes import refused
from huajie_desktop.declared.presets import THIS_MONTH, TODAY
from huajie_desktop.seat import SeatSession, visible
from huajie_desktop.values.text import fold

_NO_RULES = Rules()
_TOLD = {Kind.MILESTONES: "reached", Kind.QUANTITIES: "brought"}  # what a report says of the parts its record has


def reports_on(
    of: Ledger, model: type[Report], *, key: str, title: str, title_words: tuple[str, ...], rules: Rules = _NO_RULES
) -> Ledger:
    """The ledger of what units report of the records of `of`, month by month; `rules` says what follows for these.

    Raises ValueError where it cannot be said.
    """
    if fault := _mistake(of, model):
        raise refused(title, fault)
    return Ledger(
        key=key,
        title=title,
        model=model,
        name="title",
        place="unit",
        shown=Listing(
            columns=("unit", "title", "month", "stage", "percent", "invested", "summary", "state"),
            filters=("unit", "month", "stage"),
        ),
        form=_form(of),
        sheets=Sheets(
            title_words=title_words,
            identity=("unit", "title", "month"),
            each_of=of.key,
            month="month",
            reads_like=of.sheets.reads_like,
            beside=("percent", "summary") if of.sheets.reads_like else (),
        ),
        rules=replace(rules, settle=_settling(of), against=_against(of)),
        figures=Figures(
            indicators=(
                Count("填报数", unit="条"),
                Count("已完成", lambda record: record.stage == "done", unit="条"),
                Ratio("完成率", "已完成", "填报数"),
            ),
            breakdowns=("unit", "month", "stage"),
        ),
        life=REVIEW,
    )


def _form(of: Ledger) -> Form:
    """What is typed of a report: of its record's parts only what that has."""
    told = [key for kind, key in _TOLD.items() if of.keys_of(kind)]
    whose, how_far = ("unit", "title", "month"), ("stage", "percent", "invested", "summary")
    keys = (*whose, *how_far, *told, "problems", "next_steps", "reported_on")
    return Form(groups=(("", keys),), filled=(("month", THIS_MONTH), ("reported_on", TODAY)), files=True)


def _mistake(of: Ledger, model: type[Report]) -> str:
    """What is wrong with the declaration of such reports, if anything."""
    column = inspect(model).columns.get(model.OF)
    if column is None:
        return f"{model.__name__} 的 OF 没有写明是哪一列"
    if {key.target_fullname for key in column.foreign_keys} != {f"{of.model.__tablename__}.id"}:
        return f"{model.__name__} 的 OF 列 {model.OF} 没有指向“{of.title}”"
    return "" if of.place else f"“{of.title}”没有声明 place，不能按单位填报"


def _settling(of: Ledger) -> Callable[[SeatSession, Any], Mapping[str, str]]:
    """Finds the record a report is of, by unit and name as they are now; it must be among those kept."""

    def settle(session: SeatSession, record: Any) -> Mapping[str, str]:
        model = type(record)
        if getattr(record, model.OF) is None or inspect(record).attrs.title.history.has_changes():
            found = _found(session, of, record)
            if len(found) != 1:
                return {"title": _several(of, record.title, len(found)) if found else _not_listed(of, record.title)}
            setattr(record, model.OF, found[0])
        others = select(model.id).where(
            getattr(model, model.OF) == getattr(record, model.OF), model.month == record.month, model.id != (record.id or 0)
        )
        if session.scalar(others) is not None:
            return {"month": f"这项{of.noun}这个月的进展已经有了，请在原来那一条上修改"}
        return {}

    return settle


def _found(session: SeatSession, of: Ledger, report: Any) -> list[int]:
    """The records of that unit and name."""
    wanted = (*visible(session.seat, of.model), of.column(str(of.place)) == report.unit_id)
    kept = session.execute(select(of.model.id, of.column(of.name)).where(*wanted).order_by(of.model.id))
    return [record_id for record_id, name in kept if fold(name) == fold(report.title)]


def _against(of: Ledger) -> Callable[[SeatSession], Check]:
    """The same of read rows, whose unit is a name."""

    def among(session: SeatSession) -> Check:
        kept = select(Unit.name, of.column(of.name)).join(Unit, Unit.id == of.column(str(of.place)))
        known = Counter((unit, fold(name)) for unit, name in session.execute(kept.where(*visible(session.seat, of.model))))

        def look(values: Values) -> Mapping[str, str]:
            name, unit = values.get("title"), values.get("unit")
            if not name or not unit or (count := known[unit, fold(name)]) == 1:
                return {}
            return {"title": _several(of, name, count) if count else _not_listed(of, name)}

        return look

    return among


def _several(of: Ledger, name: str, count: int) -> str:
    return f"{of.title}里这个单位有 {count} 个“{name[:40]}”，分不清说的是哪一个，请先把名称改得不同"


def _not_listed(of: Ledger, name: str) -> str:
    return f"{of.title}里没有这个单位的“{name[:40]}”，请按清单改正名称，或先把{of.noun}加进清单"
