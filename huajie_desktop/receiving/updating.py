"""What sheets change of kept records: written field by field, the rest untouched; and records closed that stand in none."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from db.base import Entry
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.errors import FieldErrors, Problem
from huajie_desktop.jobs import Job
from huajie_desktop.receiving.previews import PreviewRow
from huajie_desktop.records.comparing import KeptRecords
from huajie_desktop.records.entry import remove, write
from huajie_desktop.seat import Running
from huajie_desktop.work.review import needed_to_submit
from huajie_desktop.work.signed import outdate

_STEP = 100  # records between two looks at the job


def update(running: Running, ledger: Ledger, rows: Sequence[PreviewRow], job: Job) -> None:
    """Writes the effective changes of those rows. Raises Problem naming the row when it cannot be, or was changed meanwhile."""
    if rows:
        _refuse_changed(running, ledger, rows)
    for place, row in enumerate(rows):
        if place % _STEP == 0:
            job.step(place, len(rows), f"修改{ledger.noun} {place}/{len(rows)}")
        kept: Any = running.session.get_one(ledger.model, row.target)
        if isinstance(kept, Entry):
            _reopen(running, ledger, kept, row)
        keys = {change.key for change in row.effective}
        try:
            with running.session.no_autoflush:
                write(running.session, ledger, kept, row.record, keys)
        except FieldErrors as faults:
            raise Problem(f"{row.where}“{row.record.title}”：{faults}。所有文件都没有导入，请改正或跳过这一行。") from faults
        running.session.flush()
        ledger.followed(running.session, [kept.id], keys)


def _refuse_changed(running: Running, ledger: Ledger, rows: Sequence[PreviewRow]) -> None:
    """A preview is of the moment it was made: what was changed since must be looked at again."""
    ids = [row.target for row in rows if row.target is not None]
    seen = rows[0].file.preview.kept[ledger.key].values(running.session, ids)
    now = KeptRecords(running.session, ledger).values(running.session, ids)
    for row, record_id in zip(rows, ids, strict=True):
        if now.get(record_id) != seen[record_id]:
            raise Problem(f"{row.where}“{row.record.title}”：预览之后这条{ledger.noun}又改过，没有导入任何内容。请重新预览。")


def _reopen(running: Running, ledger: Ledger, kept: Entry, row: PreviewRow) -> None:
    """An approved record that is changed waits for review again, as does a returned one that was answered."""
    why = f"{row.file.read.name} 报来修改"[:200]
    if kept.state == "approved":
        if not row.file.preview.unlock:
            raise Problem(f"{row.where}“{row.record.title}”：已确认，不能修改。没有导入任何内容。")
        kept.state, kept.return_reason = "submitted", None
        if ledger.outdates:
            outdate(running, {kept.id: str(row.record.title)}, why)
    elif kept.state == "returned" and all(getattr(kept, name) not in (None, "") for name in needed_to_submit(ledger)):
        kept.state, kept.return_reason = "submitted", None


def close(running: Running, ledger: Ledger, rows: Sequence[PreviewRow], today: date) -> None:
    """Closes the records of those rows on the day, or puts them into the recycle bin where there is no such day."""
    ids = [row.target for row in rows if row.target is not None]
    if ledger.closes_by:
        closing: Mapping[int, dict[str, Any]] = {record_id: {ledger.fields[ledger.closes_by].name: today} for record_id in ids}
        running.update(ledger.model, dict(closing))
    elif ids:
        remove(running.session, ledger, ids)
