"""Reads workbooks into checked records: the one way in, for the window, the command line and tests."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from db.fields import SEVERAL_ITEMS, SEVERAL_NAMES, Deadline, Field, Kind
from db.models import Unit
from huajie_desktop.collecting import collecting_later
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.jobs import Job
from huajie_desktop.reading.checks import check_duplicates
from huajie_desktop.reading.known import Known, KnownCategory, KnownUnit
from huajie_desktop.reading.raw import RawSheet
from huajie_desktop.reading.read_record import ReadFile, ReadRecord, ReadTable
from huajie_desktop.reading.tokens import Token
from huajie_desktop.sheets.fenced.fence import RawFile, Reader
from huajie_desktop.sheets.understood.found_table import Overrides, Table
from huajie_desktop.sheets.understood.headers import Vocabulary, vocabulary
from huajie_desktop.sheets.understood.layout import find_header
from huajie_desktop.sheets.understood.notices import conclude, tell_foreign, tell_sent, tell_sheet, tell_table, tell_units
from huajie_desktop.sheets.understood.recognition import Recognition
from huajie_desktop.sheets.understood.returned import (
    example_of,
    find_identities,
    find_returned,
    own_hidden,
    token_of,
    unit_unsigned,
)
from huajie_desktop.sheets.understood.row_sorts import is_short_name
from huajie_desktop.sheets.understood.sectioned_rows import SectionedListing
from huajie_desktop.sheets.understood.sheet_tables import find_tables, map_header
from huajie_desktop.sheets.understood.table_rows import Listing
from huajie_desktop.sheets.understood.titles import Surroundings, is_summary
from huajie_desktop.sheets.written.marks import is_ours
from huajie_desktop.values.shown import in_unit
from huajie_desktop.values.text import fold, without_ordinal

_Found = tuple[RawSheet, list[Table]]  # a sheet and the tables in it


def read_workbook(
    path: Path,
    known: Known,
    *,
    mapping: Overrides | None = None,
    unit: str | None = None,
    job: Job | None = None,
    reader: Reader | None = None,
) -> ReadFile:
    """Reads one file; `mapping` corrects columns by (sheet, last header row from 1, column from 0), `unit` what the file says."""
    units = {path: unit} if unit else {}
    [file] = read_workbooks([path], known, mappings={path: mapping or {}}, units=units, job=job, reader=reader)
    check_duplicates((record, file.known) for record in file.records)
    return file


def read_workbooks(
    paths: Sequence[Path],
    known: Known,
    *,
    mappings: Mapping[Path, Overrides] | None = None,
    units: Mapping[Path, str] | None = None,
    ledgers: Mapping[Path, Ledger | None] | None = None,
    job: Job | None = None,
    reader: Reader | None = None,
) -> list[ReadFile]:
    """Reads files in one reader process (`reader`, when it was started early). Raises Cancelled when the job is stopped.

    `ledgers` says what each file holds, None that it is to be recognised; without it all hold what `known` reads. Which records
    stand twice is for the caller to check, who may have other files beside these.
    """
    asked = dict.fromkeys(paths, known.ledger) if ledgers is None else ledgers
    recognition = Recognition(known.catalogue)
    own = reader or Reader()
    files = list[ReadFile]()
    try:
        with collecting_later():
            for raw in own.read(paths, job):
                held = recognition.of(raw.path.name, raw.sheets, asked.get(raw.path))
                unit = (units or {}).get(raw.path)
                file = _understand(raw, known.reading(held.ledger), (mappings or {}).get(raw.path, {}), unit)
                file.may_be = held.others
                files.append(file)
    finally:
        if reader is None:
            own.close()
    return files


def _understand(raw: RawFile, known: Known, mapping: Overrides, unit: str | None) -> ReadFile:
    file = _read(raw, known, mapping, unit)
    if known.ledger.model is Unit and (fresh := _fresh_units(file)):
        return _read(raw, known.with_units(fresh), mapping, unit)  # a unit's superior may stand in another row of the file
    return file


def _fresh_units(file: ReadFile) -> list[KnownUnit]:
    fresh = (record for record in file.records if record.title and not file.known.unit_words.find(record.title))
    return [KnownUnit(None, str(record.title), (), record["kind"] or "office") for record in fresh]


def _read(raw: RawFile, known: Known, mapping: Overrides, unit: str | None) -> ReadFile:
    file = ReadFile(raw.path.name, raw.path, known, raw.digest, problem=raw.problem)
    words = vocabulary(known.ledger)
    ours = [sheet for sheet in raw.sheets if sheet.rows and is_ours(sheet.name, next(iter(sheet.rows[0]), ""))]
    if ours:
        file.notices.append(f"工作表“{ours[0].name}”是上次退回的说明，没有读")
    found = [(sheet, _tables(file, sheet, mapping, words, unit)) for sheet in raw.sheets if sheet not in ours]
    several = bool(words.category) and sum(1 for s, tables in found if tables and known.category_words.find_in_name(s.name)) > 1
    main, summaries = _told_apart(found)
    for sheet, tables in main:
        tell_sheet(file, sheet, held=bool(tables), ours=own_hidden(sheet, tables))
        for table in tables:
            _read_table(file, sheet, table, known, unit, several)
    for sheet, tables in summaries:
        _compare_summary(file, sheet, tables, known, unit)
    conclude(file, raw.sheets)
    return file


def _told_apart(found: list[_Found]) -> tuple[list[_Found], list[_Found]]:
    """The sheets to be read, and those that only sum them up; where nothing else holds a table, the sums are what there is."""
    summaries = [(sheet, tables) for sheet, tables in found if tables and is_summary(sheet.name)]
    others = [pair for pair in found if pair not in summaries]
    return (others, summaries) if any(tables for _, tables in others) else (found, [])


def _tables(file: ReadFile, sheet: RawSheet, mapping: Overrides, words: Vocabulary, unit: str | None) -> list[Table]:
    """By the keys of our template where they came back, else by the words of the header and what was corrected before."""
    if not mapping and (returned := find_returned(sheet, words)):
        return returned
    tables = find_tables(sheet, file.known.year, mapping, words)
    if recalled := _recalled(file, sheet, tables, unit):
        tables = find_tables(sheet, file.known.year, {**recalled, **mapping}, words)
    for table in tables:
        find_identities(sheet, table)
    if not tables and sheet.visible and (header := find_header(sheet)):
        table = map_header(sheet, header, file.known.year, mapping, words)
        given = any((sheet.name, header[-1] + 1, column.index) in mapping for column in table.columns)
        if given and words.ledger.name in table.index:
            return [table]
        file.unsaid.append(ReadTable(sheet.name, tuple(r + 1 for r in header), table.columns, table.missing))
    return tables


def _recalled(file: ReadFile, sheet: RawSheet, tables: list[Table], unit: str | None) -> dict[tuple[str, int, int], str | None]:
    """The columns whose headers the clerk corrected in earlier sheets of the same sender."""
    known, found = file.known, dict[tuple[str, int, int], str | None]()
    for table in tables if known.memory.items else ():
        units = Surroundings(file.name, sheet, table, known).units()
        headers = known.memory.headers(unit or (units[0][1].name if units else None), known.ledger.key)
        for column in table.columns:
            meant = headers.get(fold(column.header))
            if meant is not None and meant != column.field and meant in table.words.fields:
                found[sheet.name, table.header[-1] + 1, column.index] = meant
                label = table.words.fields[meant].label
                file.notices.append(f"按以前的改正，把“{column.header}”这一列读成{label}；不对的话请在“列对应”里改")
    return found


def _read_table(file: ReadFile, sheet: RawSheet, table: Table, known: Known, unit: str | None, several: bool) -> None:
    around = Surroundings(file.name, sheet, table, known)
    for key in table.words.money:
        table.money_units[key] = table.money_units.get(key) or around.money_unit
    own = _addressee(known, _token_in(file, sheet, table, known))
    units = around.units() if known.ledger.place else []
    if own:
        tell_sent(file, own, units)
        units = []
    name = unit or own or (units[0][1].name if units else _sender(file, around))
    first = len(file.records)
    if table.words.sectioned:
        _list_sections(file, sheet, table, known, name, several)
    else:
        Listing(file, sheet, table, known, name, around.month()).read()
    missing = _missing(table, file.records[first:])
    read = ReadTable(sheet.name, tuple(r + 1 for r in table.header), table.columns, missing, name)
    file.tables.append(read)
    tell_table(file, read, around, len(file.records) - first)
    if known.ledger.place and not unit:
        tell_units(file, units, around.unknown_reporter() if known.ledger.place not in table.index else "")


def _token_in(file: ReadFile, sheet: RawSheet, table: Table, known: Known) -> Token | None:
    """What our template says of itself; of one that is another office's that is noted."""
    token = token_of(sheet, table, known.marks)
    file.token = file.token or token
    table.example = example_of(sheet, table, known.marks)
    if token is None and (of := unit_unsigned(sheet, table)) is not None:
        table.foreign = True
        tell_foreign(file, known, of)
    return token


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
        file.notices.append(f"填报单位写的是“{file.reporter}”，按以前的改正读作{found.name}，请核对")
        return found.name
    return None


def _list_sections(file: ReadFile, sheet: RawSheet, table: Table, known: Known, unit: str | None, several: bool) -> None:
    category = _category_of(sheet.name, known, several) if table.words.category else None
    listing = SectionedListing(file, sheet, table, known, unit, category)
    if (
        several
        and category is None
        and is_short_name(without_ordinal(fold(sheet.name)))
        and not known.unit_words.search(sheet.name)
    ):
        listing.begin_unknown(sheet.name)
    listing.read()


def _category_of(sheet_name: str, known: Known, several: bool) -> KnownCategory | None:
    """The category a sheet is named after; 干事承诺清单 counts only where several sheets are named so."""
    return known.category_words.find_in_name(sheet_name) if several else known.category_words.find(sheet_name)


def _compare_summary(file: ReadFile, sheet: RawSheet, tables: list[Table], known: Known, unit: str | None) -> None:
    """A sheet 汇总 beside the others is not counted twice; what only it holds is said."""
    apart = ReadFile(file.name, file.path, known)
    for table in tables:
        _read_table(apart, sheet, table, known, unit, False)
    titles = {fold(r.title) for r in file.records if r.title}
    extra = [r for r in apart.records if r.title and fold(r.title) not in titles]
    text = f"工作表“{sheet.name}”是汇总，没有重复读"
    file.notices.append(text + (f"；其中有{len(extra)}项在其他工作表里没有（如“{extra[0].title}”），请核对" if extra else ""))


def record_as_json(record: ReadRecord, ledger: Ledger) -> dict[str, Any]:
    """A record as plain values for JSON: days as YYYY-MM-DD, amounts in their field's unit, a category with its dimension."""
    said: dict[str, Any] = {"title": record.title}
    for key in record.places:
        declared = ledger.fields[key]
        said[key] = plain_value(declared, record[key])
        if declared.kind == Kind.CATEGORY:
            said["dimension"] = record.dimension
        elif declared.kind == Kind.DEADLINE:
            said["ongoing"] = bool(record[key] and record[key].ongoing)
    issues = [{"field": i.field, "severity": i.severity, "message": i.message, "cell": i.cell} for i in record.issues]
    return {**said, "issues": issues}


def plain_value(declared: Field, value: Any) -> Any:
    """A read or kept value as JSON says it; of what has several parts a list of their words."""
    match value:
        case None | "":
            return [] if declared.kind in SEVERAL_NAMES | SEVERAL_ITEMS else None
        case Deadline():
            return value.day.isoformat() if value.day else None
        case dt.date():
            return value.isoformat()
        case Decimal():
            return float(in_unit(value, declared.unit)) if declared.kind == Kind.MONEY else float(value)
        case (str(), str()) if declared.kind == Kind.CATEGORY:
            return value[1]
        case list() | tuple():
            return [_part(part) for part in value]
    return value


def _part(part: Any) -> Any:
    if isinstance(part, tuple) and len(part) == 3 and (part[0] is None or isinstance(part[0], dt.date)):
        return {"due": part[0].isoformat() if part[0] else None, "text": part[1]}
    return part[1] if type(part) is tuple else str(getattr(part, "words", part))
