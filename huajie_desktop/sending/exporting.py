"""Lists as spreadsheets: what is exported can be imported again as it is."""

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any

from db.fields import SEVERAL_NAMES, Deadline, Field, Kind
from db.personal import hide_numbers
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.errors import Problem
from huajie_desktop.jobs import Job
from huajie_desktop.records.judged import judged_at
from huajie_desktop.records.kept import kept_values
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.sending.traces import traced
from huajie_desktop.sheets.written.csv_writing import as_csv, as_text
from huajie_desktop.sheets.written.workbook_writing import AMOUNT, DAY, NUMBER, Column, Sheet, Value, as_xlsx
from huajie_desktop.typesetting.files import write_files
from huajie_desktop.values.shown import ONGOING, full, in_unit, masked

ENDINGS = (".xlsx", ".csv")
_SERIAL = Column("序号", 7, look=NUMBER)
_STEP = 500  # records between two looks at the job
_WIDTHS = {  # in characters
    Kind.LONG_TEXT: 40.0, Kind.MILESTONES: 36.0, Kind.DAY: 13.0, Kind.DEADLINE: 13.0, Kind.MONEY: 14.0, Kind.NUMBER: 10.0,
    Kind.FLAG: 9.0,
    Kind.CHOICE: 14.0, Kind.UNIT: 16.0, Kind.CATEGORY: 20.0, Kind.PERSON: 12.0, Kind.PEOPLE: 22.0, Kind.UNITS: 26.0,
    Kind.REACHED: 40.0, Kind.BROUGHT: 20.0, Kind.CATEGORIES: 26.0, Kind.QUANTITIES: 26.0, Kind.FUNDING: 26.0,
}  # fmt: skip
_LOOKS = {Kind.DAY: DAY, Kind.DEADLINE: DAY, Kind.MONEY: AMOUNT, Kind.NUMBER: NUMBER}


def export_list(
    seat: Seat,
    ledger: Ledger,
    ids: Sequence[int],
    keys: Sequence[str],
    target: Path,
    *,
    open_names: bool = False,
    judged_on: date | None = None,
    job: Job | None = None,
) -> int:
    """Writes those records with those columns, numbered, as .xlsx or .csv by the ending; returns how many.

    Personal data is masked unless `open_names`, which the history notes. What is judged of records stands in a last column as of
    the day `judged_on`, in none where no day is said.
    Raises Problem (other ending, cannot be written) and Cancelled.
    """
    if target.suffix.lower() not in ENDINGS:
        raise Problem(f"不能导出为 {target.suffix or '没有后缀的'} 文件，没有导出任何内容。请用 .xlsx 或 .csv 结尾的文件名。")
    with seat.reading() as session:
        year = session.campaign
        rows = _Rows(session, ledger, ids, keys, open_names, job, judged_on)
        judged = [Column(ledger.shown.judged.label, 10)] if ledger.shown.judged and judged_on else []
        columns = [_SERIAL, *(column_of(ledger, key) for key in keys), *judged]
        sheet = Sheet(f"{session.township.name}{year.year}年{ledger.title}", columns, rows)
        data = as_csv(sheet) if target.suffix.lower() == ".csv" else as_xlsx(sheet)
    in_full = open_names and any(ledger.fields[key].private for key in keys)
    label = f"完整导出{ledger.title} {rows.written} 行（个人信息没有遮盖）：{target.name}"
    with traced(seat, label) if in_full else nullcontext():
        write_files({target: data})
    return rows.written


def all_keys(ledger: Ledger) -> list[str]:
    """The columns of a whole export: number and state where there are such, and all that is typed."""
    first = [key for key in ("number",) if key in ledger.fields and key not in ledger.form_fields]
    return [*first, *ledger.form_fields, *(["state"] if ledger.reviewed else [])]


class _Rows:
    """The rows of an export with their numbers before them, read while they are written."""

    def __init__(
        self, session: SeatSession, ledger: Ledger, ids: Sequence[int], keys: Sequence[str], open_names: bool, job: Job | None,
        judged_on: date | None = None,
    ) -> None:  # fmt: skip
        self._session, self._ledger, self._ids, self._keys, self._job = session, ledger, ids, keys, job
        self._open = open_names
        self._judged = judged_at(session, ledger, ids, judged_on) if judged_on else {}
        self.written = 0

    def __iter__(self) -> Iterator[Sequence[Value]]:
        judgement = self._ledger.shown.judged
        for record_id, values in kept_values(self._session, self._ledger, self._keys, self._ids):
            if self._job and self.written % _STEP == 0:
                self._job.step(self.written, len(self._ids), "")
            self.written += 1
            fields = self._ledger.fields
            said = self._judged.get(record_id)
            judged = [judgement.words[said[0]]] if judgement and said else []
            yield [self.written, *(_shown(fields[key], values[key], open_names=self._open) for key in self._keys), *judged]


def rows_to_copy(seat: Seat, ledger: Ledger, ids: Sequence[int], keys: Sequence[str], job: Job | None = None) -> list[list[str]]:
    """Those records with those columns as texts for the clipboard; personal data is masked, nothing is a formula.

    Raises Cancelled.
    """
    with seat.reading() as session:
        return [[as_text(value) for value in row[1:]] for row in _Rows(session, ledger, ids, keys, False, job)]


def _shown(declared: Field, value: Any, *, open_names: bool) -> Value:
    """A kept value as a cell, personal data masked unless asked for in full."""
    if declared.private and not open_names:
        return masked(declared.kind, full(declared, value))
    cell = cell_of(declared, value)
    return hide_numbers(cell) if isinstance(cell, str) and not open_names else cell


def cell_of(declared: Field, value: Any) -> Value:
    """A kept value as a cell: days and numbers as such, choices by their word, several names with 、 between."""
    if value is None:
        return None
    if isinstance(value, Deadline):
        return value.text or ONGOING if value.ongoing else value.day
    if declared.kind == Kind.MONEY:
        return in_unit(value, declared.unit)
    if declared.kind in (Kind.CHOICE, Kind.FLAG):
        return full(declared, value)
    if declared.kind == Kind.CATEGORY:
        return str(value[1])
    if declared.kind in SEVERAL_NAMES:
        return "、".join(name[1] if isinstance(name, tuple) else name for name in value)
    if declared.kind in (Kind.MILESTONES, Kind.FUNDING):
        return str(value).replace("；", "\n")
    return value  # type: ignore[no-any-return]


def column_of(ledger: Ledger, key: str) -> Column:
    """The column of a field: its heading, width and number format."""
    declared = ledger.fields[key]
    width = 32.0 if key == ledger.name else _WIDTHS.get(declared.kind, 16.0)
    wrap = declared.kind not in (Kind.DAY, Kind.DEADLINE, Kind.MONEY, Kind.NUMBER)
    return Column(declared.label_with_unit, max(width, 2.0 * len(declared.label) + 2), wrap, _LOOKS.get(declared.kind, "General"))
