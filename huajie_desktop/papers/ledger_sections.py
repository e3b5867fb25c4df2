"""What the report says of every ledger that has records to count: its figures as a sentence and as tables."""

from collections.abc import Mapping, Sequence

from db.fields import Kind
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.records import indicators
from huajie_desktop.records.indicators import Part, Scope, Value
from huajie_desktop.seat import SeatSession
from huajie_desktop.typesetting.content import LedgerSection, LedgerTable


def ledger_sections(session: SeatSession, unit_names: Mapping[int, str], *, approved_only: bool) -> tuple[LedgerSection, ...]:
    """The sections in the order of the ledgers; `unit_names` by id are those of the day the report speaks of."""
    scope = Scope(approved_only)
    found = (
        _section(session, ledger, scope, unit_names)
        for ledger in session.seat.catalogue.ledgers.values()
        if ledger.figures.indicators
    )
    return tuple(section for section in found if section is not None)


def _section(session: SeatSession, ledger: Ledger, scope: Scope, unit_names: Mapping[int, str]) -> LedgerSection | None:
    figures = indicators.figures(session, ledger, scope)
    if not any(figure.value for figure in figures):
        return None
    year = session.campaign
    whole = {figure.label: figure.value for figure in figures}
    tables = []
    for key in ledger.figures.breakdowns:
        parts = indicators.broken_down(session, ledger, key, scope)
        if ledger.fields[key].kind is Kind.UNIT:
            parts = [part._replace(name=unit_names.get(part.value, part.name)) for part in parts]
        tables.append(_table(ledger, ledger.fields[key].label, parts, whole))
    if ledger.figures.day:
        tables.append(_table(ledger, "月份", indicators.by_month(session, ledger, scope), whole))
    said = f"{year.year}年，{unit_names[year.township_id]}{indicators.sentence(ledger, figures)}"
    return LedgerSection(ledger.title, said, tuple(tables))


def _table(ledger: Ledger, title: str, parts: Sequence[Part], whole: Mapping[str, Value]) -> LedgerTable:
    columns = (title, *(indicators.heading(ledger, item) for item in ledger.figures.indicators))
    lines = [*((part.name, part.figures) for part in parts), ("合　　计", whole)]
    rows = (
        (name, *(indicators.value_words(ledger, item, values[item.label]) for item in ledger.figures.indicators))
        for name, values in lines
    )
    return LedgerTable(columns, tuple(rows))
