"""Reads workbooks into checked records: the one way in, for the window, the command line and tests."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from db.fields import SEVERAL_ITEMS, SEVERAL_NAMES, Deadline, Field, Kind
from db.models import Unit
from huajie_desktop.collecting import collecting_later
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.jobs import Job
from huajie_desktop.reading.amounts import check_amounts
from huajie_desktop.reading.checks import check_duplicates
from huajie_desktop.reading.known import Known, KnownUnit
from huajie_desktop.reading.raw import RawSheet
from huajie_desktop.reading.read_record import Issue, ReadFile, ReadRecord
from huajie_desktop.sheets.fenced.fence import RawFile, Reader
from huajie_desktop.sheets.understood.by_hand import tables_by_hand
from huajie_desktop.sheets.understood.found_table import Overrides, Table, hand_on_units
from huajie_desktop.sheets.understood.header_cells import Grid
from huajie_desktop.sheets.understood.headers import Vocabulary, header_words, vocabulary
from huajie_desktop.sheets.understood.notices import conclude, set_copy_aside, set_unseen_aside, tell_sheet
from huajie_desktop.sheets.understood.read_tables import read_table
from huajie_desktop.sheets.understood.recalling import meant_by
from huajie_desktop.sheets.understood.recognition import Recognition
from huajie_desktop.sheets.understood.returned import find_identities, find_returned, own_hidden
from huajie_desktop.sheets.understood.sheet_copies import find_copies
from huajie_desktop.sheets.understood.sheet_tables import find_tables
from huajie_desktop.sheets.understood.side_by_side import apart
from huajie_desktop.sheets.understood.small_tables import take_out
from huajie_desktop.sheets.understood.titles import Surroundings, is_summary
from huajie_desktop.sheets.understood.upright import beside
from huajie_desktop.sheets.written.marks import is_ours
from huajie_desktop.values.shown import in_unit
from huajie_desktop.values.text import fold

_Placed = tuple[RawSheet, Table]  # a table and the sheet, or the part of one, it stands in
_Found = tuple[RawSheet, list[_Placed]]  # a sheet and the tables in it


def read_workbook(
    path: Path,
    known: Known,
    *,
    mapping: Overrides | None = None,
    unit: str | None = None,
    sheets: Collection[str] = (),
    job: Job | None = None,
    reader: Reader | None = None,
) -> ReadFile:
    """Reads one file; `mapping` corrects columns by (sheet, last header row from 1, column from 0), `unit` what the file says.

    `sheets` are names of sheets that would be set aside (`ReadFile.aside`) and are to be read all the same.
    """
    units, asked = {path: unit} if unit else {}, {path: sheets}
    [file] = read_workbooks([path], known, mappings={path: mapping or {}}, units=units, sheets=asked, job=job, reader=reader)
    check_duplicates((record, file.known) for record in file.records)
    return file


def read_workbooks(
    paths: Sequence[Path],
    known: Known,
    *,
    mappings: Mapping[Path, Overrides] | None = None,
    units: Mapping[Path, str] | None = None,
    ledgers: Mapping[Path, Ledger | None] | None = None,
    sheets: Mapping[Path, Collection[str]] | None = None,
    job: Job | None = None,
    reader: Reader | None = None,
) -> list[ReadFile]:
    """Reads files in one reader process (`reader`, when it was started early). Raises Cancelled when the job is stopped.

    `ledgers` says what each file holds, None that it is to be recognised; without it all hold what `known` reads. `sheets` are
    names of sheets that would be set aside and are to be read all the same. Which records stand twice is for the caller to
    check, who may have other files beside these.
    """
    asked = dict.fromkeys(paths, known.ledger) if ledgers is None else ledgers
    recognition = Recognition(known.catalogue)
    own = reader or Reader()
    files = list[ReadFile]()
    try:
        with collecting_later():
            for raw in own.read(paths, job):
                held = recognition.of(raw.path.name, raw.sheets, asked.get(raw.path))
                unit, wanted = (units or {}).get(raw.path), (sheets or {}).get(raw.path, ())
                file = _understand(raw, known.reading(held.ledger), (mappings or {}).get(raw.path, {}), unit, wanted)
                file.may_be = held.others
                files.append(file)
    finally:
        if reader is None:
            own.close()
    return files


def _understand(raw: RawFile, known: Known, mapping: Overrides, unit: str | None, asked: Collection[str]) -> ReadFile:
    file = _read(raw, known, mapping, unit, asked)
    if known.ledger.model is Unit and (fresh := _fresh_units(file)):
        return _read(raw, known.with_units(fresh), mapping, unit, asked)  # a unit's superior may stand in another row of the file
    return file


def _fresh_units(file: ReadFile) -> list[KnownUnit]:
    fresh = (record for record in file.records if record.title and not file.known.unit_words.find(record.title))
    return [KnownUnit(None, str(record.title), (), record["kind"] or "office") for record in fresh]


def _read(raw: RawFile, known: Known, mapping: Overrides, unit: str | None, asked: Collection[str]) -> ReadFile:
    file = ReadFile(raw.path.name, raw.path, known, raw.digest, problem=raw.problem)
    found = _found(file, raw.sheets, mapping, unit)
    several = _named_by_category(found, known)
    seen, unseen = _split(found, lambda sheet, tables: sheet.visible or not tables or sheet.name in asked)
    main, summaries = _told_apart(seen, asked)
    titled = _titled_by_category(file, main)
    parts = [_read_sheet(file, sheet, tables, unit, several, titled) for sheet, tables in main]
    _join(file, [sheet.name for sheet, _ in main], parts, asked)
    check_amounts(file.records, known.ledger)
    for sheet, tables in unseen:
        set_unseen_aside(file, sheet, len(_read_sheet(file, sheet, tables, unit, several, {}).records))
    for sheet, tables in summaries:
        _compare_summary(file, sheet, tables, unit)
    conclude(file, raw.sheets)
    return file


def _found(file: ReadFile, sheets: Sequence[RawSheet], mapping: Overrides, unit: str | None) -> list[_Found]:
    """The sheets with their tables; what we once sent back with it is none of them."""
    words = vocabulary(file.known.ledger)
    ours = [sheet for sheet in sheets if sheet.rows and is_ours(sheet.name, next(iter(sheet.rows[0]), ""))]
    if ours:
        file.notices.append(f"工作表“{ours[0].name}”是上次退回的说明，没有读")
    return [(sheet, _tables(file, sheet, mapping, words, unit)) for sheet in sheets if sheet not in ours]


def _named_by_category(found: Sequence[_Found], known: Known) -> bool:
    """Whether several sheets are named after categories, so that their names say those of their records."""
    named = {sheet.name for sheet, tables in found if tables and known.category_words.find_in_name(sheet.name)}
    return bool(vocabulary(known.ledger).category) and len(named) > 1


def _titled_by_category(file: ReadFile, found: Sequence[_Found]) -> Mapping[int, str]:
    """By table the category its title speaks of, where they speak of several: 干事承诺清单 alone is what lists are called."""
    placed = [pair for _, tables in found for pair in tables] if vocabulary(file.known.ledger).category else []
    pairs = [(table, Surroundings(file.name, part, table, file.known).category()) for part, table in placed]
    named = {id(table): category.name for table, category in pairs if category}
    return named if len(set(named.values())) > 1 else {}


def _split(found: list[_Found], first: Callable[[RawSheet, list[_Placed]], bool]) -> tuple[list[_Found], list[_Found]]:
    return [pair for pair in found if first(*pair)], [pair for pair in found if not first(*pair)]


def _told_apart(found: list[_Found], asked: Collection[str]) -> tuple[list[_Found], list[_Found]]:
    """The sheets to be read, and those that only sum them up; where nothing else holds a table, the sums are what there is."""
    summaries, others = _split(found, lambda sheet, tables: bool(tables) and is_summary(sheet.name) and sheet.name not in asked)
    return (others, summaries) if any(tables for _, tables in others) else (found, [])


def _read_sheet(
    file: ReadFile, sheet: RawSheet, tables: list[_Placed], unit: str | None, several: bool, titled: Mapping[int, str]
) -> ReadFile:
    """What one sheet gives, apart from the others until it is clear whether it is read."""
    part = ReadFile(file.name, file.path, file.known)
    tell_sheet(part, sheet, held=bool(tables), ours=own_hidden(sheet, [table for _, table in tables]))
    for place, table in tables:
        read_table(part, place, table, file.known, unit, several, titled.get(id(table), ""))
    return part


def _join(file: ReadFile, names: Sequence[str], parts: Sequence[ReadFile], asked: Collection[str]) -> None:
    """Takes what the sheets gave, but for copies of others that nobody asked for."""
    copies = {likeness.copy: likeness for likeness in find_copies(names, parts, [name in asked for name in names])}
    for part in (part for number, part in enumerate(parts) if number not in copies):
        file.tables += part.tables
        file.records += part.records
        file.left_out += part.left_out
        file.notices += part.notices
        file.sent |= part.sent
        file.token, file.reporter = file.token or part.token, part.reporter or file.reporter
    for likeness in copies.values():
        set_copy_aside(file, likeness, names, len(parts[likeness.copy].records))


def _tables(file: ReadFile, sheet: RawSheet, mapping: Overrides, words: Vocabulary, unit: str | None) -> list[_Placed]:
    """By the keys of our template where they came back, else by the words of the header and what was corrected before."""
    if not mapping and (returned := find_returned(sheet, words)):
        return [(sheet, table) for table in returned]
    found = [(part, table) for part in apart(sheet, words) for table in _by_words(file, part, mapping, words, unit)]
    if not found and sheet.visible:
        sheet.problem = sheet.problem or beside(sheet, Grid(sheet, words), header_words(file.known.catalogue.values()))
        found = [(sheet, table) for table in _by_hand(file, sheet, mapping, words, unit)]
    hand_on_units([table for _, table in found])
    for part, table in found:
        find_identities(part, table)
    return found


def _by_words(file: ReadFile, sheet: RawSheet, mapping: Overrides, words: Vocabulary, unit: str | None) -> list[Table]:
    others = header_words(file.known.catalogue.values())
    tables = find_tables(sheet, file.known.year, mapping, words, others)
    if beside := [told for table in tables if (told := take_out(sheet, table, mapping))]:
        tables = _with_others(find_tables(sheet, file.known.year, mapping, words, others), beside)
    if recalled := _recalled(file, sheet, tables, unit):
        tables = _with_others(find_tables(sheet, file.known.year, {**recalled, **mapping}, words, others), beside)
    return tables


def _with_others(tables: list[Table], beside: list[tuple[int, str]]) -> list[Table]:
    """The tables of a sheet, the last of which tells of small ones right of them."""
    for table in tables[-1:]:
        table.others += beside
    return tables


def _recalled(file: ReadFile, sheet: RawSheet, tables: list[Table], unit: str | None) -> dict[tuple[str, int, int], str | None]:
    """The columns whose headers the clerk corrected in earlier sheets of the same sender."""
    known, found = file.known, dict[tuple[str, int, int], str | None]()
    for table in tables if known.memory.items else ():
        units = Surroundings(file.name, sheet, table, known).units()
        sender = unit or (units[0][1].name if units else None)
        found |= {
            (sheet.name, table.header.stop, index): meant
            for index, meant in meant_by(file, table.columns, table.words, sender).items()
        }
    return found


def _by_hand(file: ReadFile, sheet: RawSheet, mapping: Overrides, words: Vocabulary, unit: str | None) -> list[Table]:
    """The table a person pointed at, now or in an earlier sheet whose header said the same."""
    unsaid, offered = len(file.unsaid), len(file.offered)
    tables = tables_by_hand(file, sheet, mapping, words)
    shaped = next(iter(file.unsaid[unsaid:]), None) if file.known.memory.items and not mapping else None
    if tables or shaped is None or not (meant := meant_by(file, shaped.columns, words, unit)):
        return tables
    del file.unsaid[unsaid:], file.offered[offered:]
    held = {column.index: column.field for column in shaped.columns if column.field} | meant
    said = {(sheet.name, shaped.starts, index): key for index, key in held.items()}
    return tables_by_hand(file, sheet, said, words)


def _compare_summary(file: ReadFile, sheet: RawSheet, tables: list[_Placed], unit: str | None) -> None:
    """A sheet 汇总 beside the others is not counted twice; what only it holds is said."""
    apart = _read_sheet(file, sheet, tables, unit, False, {})
    titles = {fold(r.title) for r in file.records if r.title}
    extra = [r for r in apart.records if r.title and fold(r.title) not in titles]
    text = f"工作表“{sheet.name}”是汇总，没有重复读"
    example = str(extra[0].title)[:20] if extra else ""
    file.notices.append(text + (f"；其中有{len(extra)}项在其他工作表里没有（如“{example}”），请核对" if extra else ""))


def record_as_json(record: ReadRecord, ledger: Ledger) -> dict[str, Any]:
    """A record as plain values for JSON, with its issues: days as YYYY-MM-DD, amounts in their field's unit."""
    said: dict[str, Any] = {"title": record.title}
    for key in record.places:
        declared = ledger.fields[key]
        said[key] = plain_value(declared, record[key])
        if declared.kind == Kind.CATEGORY:
            said["dimension"] = record.dimension
        elif declared.kind == Kind.DEADLINE:
            said["ongoing"] = bool(record[key] and record[key].ongoing)
    return {**said, "issues": issues_as_json(record.issues)}


def issues_as_json(issues: Sequence[Issue]) -> list[dict[str, str]]:
    """Doubts and faults as plain values for JSON."""
    return [{"field": i.field, "severity": i.severity, "message": i.message, "cell": i.cell} for i in issues]


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
