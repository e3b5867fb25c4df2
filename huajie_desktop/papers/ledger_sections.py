"""What the report says of every ledger that has records to count: its figures as a sentence and as tables."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from db.fields import Kind
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.records import indicators
from huajie_desktop.records.indicators import Part, Scope, Value
from huajie_desktop.seat import SeatSession
from huajie_desktop.typesetting.content import TableContent
from huajie_desktop.typesetting.table import Align, Column
from huajie_desktop.typesetting.wording import Block, Place
from huajie_desktop.work.task_ledger import TASKS

_NAMES, _WIDTH = 36, 156  # mm of the column of names, of the table
_NUMERALS = "一二三四五六七八九十"


class LedgerSection(NamedTuple):
    """What the report says of one ledger: its title, its figures as a sentence, and tables of them, the last row the total."""

    title: str
    sentence: str
    tables: tuple[TableContent, ...]


def ledger_sections(session: SeatSession, unit_names: Mapping[int, str], *, approved_only: bool) -> tuple[LedgerSection, ...]:
    """The sections in the order of the ledgers; `unit_names` by id are those of the day the report speaks of."""
    scope = Scope(approved_only)
    found = (
        _section(session, ledger, scope, unit_names)
        for ledger in session.seat.catalogue.ledgers.values()
        if ledger.figures.indicators and ledger.sheets.each_of != TASKS.key  # the report itself is made of what is said of tasks
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


def _table(ledger: Ledger, title: str, parts: Sequence[Part], whole: Mapping[str, Value]) -> TableContent:
    figures = ledger.figures.indicators
    width = (_WIDTH - _NAMES) / len(figures)
    columns = [Column(title, _NAMES, Align.UNITS)]
    columns += [Column(indicators.heading(ledger, item).replace("（", "\n（"), width, Align.FIGURES) for item in figures]
    lines = [*((part.name, part.figures) for part in parts), ("合　　计", whole)]
    rows = ((name, *(indicators.value_words(ledger, item, values[item.label]) for item in figures)) for name, values in lines)
    return TableContent(tuple(columns), tuple(rows))


def in_blocks(sections: Sequence[LedgerSection]) -> tuple[tuple[Block, ...], dict[str, TableContent]]:
    """The sections line by line, and their tables by the names these lines give them."""
    blocks, tables = list[Block](), dict[str, TableContent]()
    for number, section in enumerate(sections, 1):
        numeral = _NUMERALS[number - 1] if number <= len(_NUMERALS) else number
        blocks += [Block(Place.INDENTED, (f"（{numeral}）{section.title}",)), Block(Place.INDENTED, (section.sentence,))]
        for table in section.tables:
            name = f"{section.title} {table.columns[0].title}"
            tables[name] = table
            blocks += [Block(Place.TABLE, (name,)), Block(Place.EMPTY)]
    return tuple(blocks), tables
