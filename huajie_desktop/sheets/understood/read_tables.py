"""Reads one table of a sheet into a file's records: whose it is, and with or without sections."""

from collections.abc import Sequence

from huajie_desktop.reading.known import Known, KnownCategory
from huajie_desktop.reading.raw import RawSheet
from huajie_desktop.reading.read_record import WARNING, ReadFile, ReadRecord, ReadTable
from huajie_desktop.reading.tokens import Token
from huajie_desktop.sheets.understood.column_mapping import examples
from huajie_desktop.sheets.understood.found_table import Table
from huajie_desktop.sheets.understood.notices import (
    tell_above,
    tell_foreign,
    tell_money,
    tell_others,
    tell_sent,
    tell_table,
    tell_units,
)
from huajie_desktop.sheets.understood.returned import example_of, token_of, unit_unsigned
from huajie_desktop.sheets.understood.row_sorts import is_short_name
from huajie_desktop.sheets.understood.sectioned_rows import SectionedListing
from huajie_desktop.sheets.understood.table_rows import Listing
from huajie_desktop.sheets.understood.titles import Surroundings
from huajie_desktop.values.text import fold, without_ordinal

_TWO_UNITS = "表格上面写的金额单位是{}，表头写的是{}，按表头读，请核对"


def read_table(
    file: ReadFile, sheet: RawSheet, table: Table, known: Known, unit: str | None, several: bool, titled: str = ""
) -> None:
    """Adds the records of a table, and what is to be said of it; `unit` is whose it is where the clerk said so.

    `several` says that sheets of the workbook are named after categories, `titled` which category the table's title speaks of.
    """
    around = Surroundings(file.name, sheet, table, known)
    unstated = _take_money_unit(file, table, around)
    own = _addressee(known, _take_token(file, sheet, table, known))
    units = around.units() if known.ledger.place else []
    if own:
        tell_sent(file, own, units)
        units = []
    name = unit or own or (units[0][1].name if units else _sender(file, around))
    first = len(file.records)
    listing = (
        _sectioned(file, sheet, table, name, several, titled or around.heading())
        if table.words.sectioned
        else Listing(file, sheet, table, known, name, around.month())
    )
    listing.read()
    _doubt_uncategorised(table, file.records[first:])
    name = _whose(listing, file.records[first:], name)
    missing = _missing(table, file.records[first:])
    found = examples(sheet.rows[table.first : table.last])
    for column in table.columns:
        column.example = found.get(column.index, "")
    read = ReadTable(sheet.name, tuple(r + 1 for r in table.header), table.columns, missing, name, table.header.stop)
    file.tables.append(read)
    tell_table(file, read, around, len(file.records) - first)
    tell_others(file, read, table.others)
    tell_above(file, sheet, table)
    if usual := _usual_unit(table, around, unstated):
        tell_money(file, read, around.money_unit or usual)
    if known.ledger.place and not unit:
        tell_units(file, units, around.unknown_reporter() if known.ledger.place not in table.index else "")


def _take_token(file: ReadFile, sheet: RawSheet, table: Table, known: Known) -> Token | None:
    """What a template of ours says of itself and of its example; of another office's it is said that it is none."""
    token = token_of(sheet, table, known.marks)
    file.token = file.token or token
    table.example = example_of(sheet, table)
    if token is None and (of := unit_unsigned(sheet, table)) is not None:
        table.foreign = True
        tell_foreign(file, known, of)
    return token


def _take_money_unit(file: ReadFile, table: Table, around: Surroundings) -> list[str]:
    """Takes the unit the lines above state for amounts whose header states none. Returns the fields of these."""
    unstated = [key for key in table.words.money if key in table.index and not table.money_units.get(key)]
    for key in table.words.money:
        headed, line = table.money_units.get(key), around.own_money_unit
        if headed and line and headed != line and key in table.index and key not in table.doubts:
            file.notices.append(_TWO_UNITS.format(line, headed))
        table.money_units[key] = headed or around.money_unit
    return unstated


def _doubt_uncategorised(table: Table, records: Sequence[ReadRecord]) -> None:
    """Records above the first heading of a list in sections have no category, which no missing column tells."""
    key = table.words.category
    if key and key not in table.index and any(record[key] for record in records):
        for record in records:
            if record[key] is None and not any(issue.field == key for issue in record.issues):
                record.complain(key, WARNING, "别的都写在某一类的标题下面，这一项没有，请选择类别")


def _usual_unit(table: Table, around: Surroundings, unstated: Sequence[str]) -> str:
    """The unit of amounts that state none, where the tables above state another one; "" where there is nothing to ask."""
    usual = table.words.fields[unstated[0]].unit if unstated else ""
    return usual if around.stated_above - {usual} else ""


def _addressee(known: Known, token: Token | None) -> str | None:
    """The unit our template was made for, None where that was the whole township."""
    if token is None:
        return None
    return next((unit.name for unit in known.units if unit.is_called(token.unit) and unit.kind != "township"), None)


def _missing(table: Table, records: Sequence[ReadRecord]) -> list[str]:
    """The columns the table lacks; not that of the category where sections or the sheet's name said it."""
    category = table.words.category
    told = category and any(record[category] for record in records)
    return [key for key in table.missing if not told or key != category]


def _sender(file: ReadFile, around: Surroundings) -> str | None:
    """Who sent a sheet that names no known unit, if the clerk said so of an earlier one that named itself alike."""
    known, ledger = file.known, file.known.ledger
    file.reporter = around.unknown_reporter()
    if not file.reporter or not ledger.place:
        return None
    meant = known.memory.meaning(None, ledger.key, ledger.place, file.reporter)
    if meant and (found := known.unit_words.find(meant)):
        file.notices.append(f"填报单位写的是“{file.reporter[:20]}”，按以前的改正读作{found.name}，请核对")
        return found.name
    return None


def _whose(listing: Listing, records: Sequence[ReadRecord], unit: str | None) -> str | None:
    """Whose a table is: where headings say it of the records below them, only the one unit they all are of."""
    units = {record.unit for record in records} if listing.places.entered else {unit}
    return units.pop() if len(units) == 1 else None


def _sectioned(file: ReadFile, sheet: RawSheet, table: Table, unit: str | None, several: bool, heading: str) -> SectionedListing:
    known = file.known
    category = _category_of(sheet.name, known, several) if table.words.category else None
    listing = SectionedListing(file, sheet, table, known, unit, category)
    if (
        several
        and category is None
        and is_short_name(without_ordinal(fold(sheet.name)))
        and not known.unit_words.search(sheet.name)
    ):
        listing.begin_unknown(sheet.name)
    listing.begin_under(heading)
    return listing


def _category_of(sheet_name: str, known: Known, several: bool) -> KnownCategory | None:
    """The category a sheet is named after; 干事承诺清单 counts only where several sheets are named so."""
    return known.category_words.find_in_name(sheet_name) if several else known.category_words.find(sheet_name)
