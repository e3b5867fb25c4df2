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
from huajie_desktop.sheets.fenced.fence import RawFile, Reader
from huajie_desktop.sheets.understood.headers import Vocabulary, vocabulary
from huajie_desktop.sheets.understood.layout import find_header
from huajie_desktop.sheets.understood.recognition import Recognised, Recognition
from huajie_desktop.sheets.understood.remarks import tell_marks
from huajie_desktop.sheets.understood.returned import find_identities, find_returned, token_of
from huajie_desktop.sheets.understood.row_sorts import is_short_name
from huajie_desktop.sheets.understood.sectioned_rows import SectionedListing
from huajie_desktop.sheets.understood.sheet_tables import Overrides, Table, find_tables, map_header
from huajie_desktop.sheets.understood.table_rows import Listing
from huajie_desktop.sheets.understood.titles import Surroundings, is_summary
from huajie_desktop.sheets.written.marks import is_ours
from huajie_desktop.values.shown import in_unit
from huajie_desktop.values.text import fold, without_ordinal

_NO_TABLE = "没有找到{}：要有一行表头，写明{}等。请检查是不是选错了文件"
_UNSAID = "认出了表头（第{}行）：{}等，但看不出是{}。请在“列对应”里指定哪一列是{}，或检查是不是选错了文件"


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
                said = asked.get(raw.path)
                held = Recognised(said) if said else recognition.of(raw.path.name, raw.sheets)
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
    summaries = [(sheet, tables) for sheet, tables in found if tables and is_summary(sheet.name)]
    others = [pair for pair in found if pair not in summaries]
    main = others if any(tables for _, tables in others) else found
    for sheet, tables in main:
        _tell_sheet(file, sheet, tables)
        for table in tables:
            _read_table(file, sheet, table, known, unit, several)
    for sheet, tables in summaries if main is others else []:
        _compare_summary(file, sheet, tables, known, unit)
    _conclude(file, raw)
    return file


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


def _tell_sheet(file: ReadFile, sheet: RawSheet, tables: list[Table]) -> None:
    """Says what a reader of the paper would not see, and which sheets hold no list."""
    where = f"工作表“{sheet.name}”" if sheet.name else "表格"
    if sheet.problem:
        file.notices.append(sheet.problem)
    if not tables:
        if sheet.visible and any(cell not in ("", None) for row in sheet.rows for cell in row):
            file.notices.append(f"{where}里没有{file.known.ledger.title}，没有读")
        return
    tell_marks(file, sheet)
    if not sheet.visible:
        file.notices.append(f"{where}是隐藏的，也读了")
    if sheet.hidden_rows or sheet.hidden_columns:
        parts = [f"{count}{word}" for count, word in ((sheet.hidden_rows, "行"), (sheet.hidden_columns, "列")) if count]
        file.notices.append(f"{where}有{'、'.join(parts)}是隐藏的，也读了，请核对")


def _read_table(file: ReadFile, sheet: RawSheet, table: Table, known: Known, unit: str | None, several: bool) -> None:
    around = Surroundings(file.name, sheet, table, known)
    for key in table.words.money:
        table.money_units[key] = table.money_units.get(key) or around.money_unit
    token = token_of(sheet, table, known.marks)
    file.token = file.token or token
    own = next((unit.name for unit in known.units if token and unit.is_called(token.unit) and unit.kind != "township"), None)
    units = around.units() if known.ledger.place and not own else []
    name = unit or own or (units[0][1].name if units else _sender(file, around))
    first = len(file.records)
    if table.words.category or table.words.milestones:
        _list_sections(file, sheet, table, known, name, several)
    else:
        Listing(file, sheet, table, known, name, around.month()).read()
    read = ReadTable(sheet.name, tuple(r + 1 for r in table.header), table.columns, table.missing, name)
    file.tables.append(read)
    if (category := table.words.category) and any(r[category] for r in file.records[first:]):
        read.missing = [f for f in read.missing if f != category]
    _tell_table(file, read, around, len(file.records) - first)
    if known.ledger.place and not unit:
        _tell_units(file, units, around.unknown_reporter() if known.ledger.place not in table.index else "")


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


def _tell_table(file: ReadFile, table: ReadTable, around: Surroundings, count: int) -> None:
    where = f"工作表“{table.sheet}”" if table.sheet else "表格"
    if table.missing:
        ledger = file.known.ledger
        filled = {key: f"（按“{text}”读）" for key, text in vocabulary(ledger).filled.items()}
        labels = (ledger.fields[name].label + filled.get(name, "") for name in table.missing)
        file.notices.append(f"{where}没有这些列：{'、'.join(labels)}")
    stated = around.stated_count()
    if stated is not None and stated != count:
        file.notices.append(f"{where}的标题写的是{stated}项，读到{count}项，请核对")


def _tell_units(file: ReadFile, units: list[tuple[str, Any]], unknown: str) -> None:
    different = [f"{place}是{unit.name}" for place, unit in units[1:] if unit.name != units[0][1].name]
    if different:
        file.notices.append(
            f"单位不一致：{units[0][0]}是{units[0][1].name}，{'、'.join(different)}；按{units[0][1].name}读，请核对"
        )
    elif not units and unknown:
        file.notices.append(f"填报单位“{unknown}”不在单位表里，请选择单位")


def _compare_summary(file: ReadFile, sheet: RawSheet, tables: list[Table], known: Known, unit: str | None) -> None:
    """A sheet 汇总 beside the others is not counted twice; what only it holds is said."""
    apart = ReadFile(file.name, file.path, known)
    for table in tables:
        _read_table(apart, sheet, table, known, unit, False)
    titles = {fold(r.title) for r in file.records if r.title}
    extra = [r for r in apart.records if r.title and fold(r.title) not in titles]
    text = f"工作表“{sheet.name}”是汇总，没有重复读"
    file.notices.append(text + (f"；其中有{len(extra)}项在其他工作表里没有（如“{extra[0].title}”），请核对" if extra else ""))


def _conclude(file: ReadFile, raw: RawFile) -> None:
    """The unit of the whole file, and the message when nothing was found."""
    ledger = file.known.ledger
    units = {table.unit for table in file.tables}
    file.unit = units.pop() if len(units) == 1 else None
    if file.problem is None and not file.tables:
        broken = next((sheet.problem for sheet in raw.sheets if sheet.problem), None)
        words = vocabulary(ledger)
        labels = [ledger.fields[key].label for key in words.expected]
        file.problem = broken or _unsaid(file) or _NO_TABLE.format(ledger.title, "、".join(labels))
        file.tables = file.unsaid
    elif file.problem is None and not file.records:
        file.notices.append(f"表头下面没有{ledger.noun}")
    needed = ledger.place is not None and ledger.fields[ledger.place].required
    if needed and any(record.unit is None for record in file.records):
        file.notices.append(f"有{ledger.noun}没有认出是哪个单位的，请选择单位")


def _unsaid(file: ReadFile) -> str:
    """What is said of a file with a table nobody knows."""
    ledger = file.known.ledger
    for table in file.unsaid:
        heads = "、".join(column.header for column in table.columns[:5])
        return _UNSAID.format(table.header_rows[-1], heads, ledger.title, ledger.fields[ledger.name].label)
    return ""


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
