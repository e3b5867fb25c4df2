"""What sheets change of kept records: written field by field, the rest untouched; and records closed that stand in none."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.declared.life import LONGEST_REASON, Move, Workflow
from huajie_desktop.errors import FieldErrors, Problem
from huajie_desktop.jobs import Job
from huajie_desktop.receiving.previews import FilePreview, PreviewRow
from huajie_desktop.records.comparing import KeptRecords
from huajie_desktop.records.doubts import settle_changed
from huajie_desktop.records.entry import remove, write
from huajie_desktop.seat import Running
from huajie_desktop.work.review import carry_out, is_lacking

_STEP = 100  # records between two looks at the job


def update(running: Running, ledger: Ledger, rows: Sequence[PreviewRow], job: Job) -> None:
    """Writes the effective changes of those rows. Raises Problem naming the row when it cannot be, or was changed meanwhile."""
    if rows:
        _refuse_changed(running, ledger, rows)
    changed: dict[int, set[str]] = {}
    moving: dict[tuple[Workflow, Move, FilePreview], dict[int, str]] = {}
    for place, row in enumerate(rows):
        if place % _STEP == 0:
            job.step(place, len(rows), f"修改{ledger.noun} {place}/{len(rows)}")
        kept: Any = running.session.get_one(ledger.model, row.target)
        moves = list(_moves(ledger, kept, row))
        keys = {change.key for change in row.effective}
        try:
            with running.session.no_autoflush:
                write(running.session, ledger, kept, row.record, keys)
        except FieldErrors as faults:
            raise Problem(f"{row.where}“{row.record.title}”：{faults}。所有文件都没有导入，请改正或跳过这一行。") from faults
        running.session.flush()
        ledger.followed(running.session, [kept.id], keys)
        changed[kept.id] = keys
        for life, made in moves:
            if not is_lacking(running.session, ledger, life, made, kept.id):
                moving.setdefault((life, made, row.file), {})[kept.id] = str(row.record.title)
    settle_changed(running, ledger, changed)
    for (life, made, file), names in moving.items():
        carry_out(running, ledger, life, made, names, f"{file.read.name} {made.word}"[:LONGEST_REASON])


def _refuse_changed(running: Running, ledger: Ledger, rows: Sequence[PreviewRow]) -> None:
    """A preview is of the moment it was made: what was changed since must be looked at again."""
    ids = [row.target for row in rows if row.target is not None]
    seen = rows[0].file.preview.kept[ledger.key].values(running.session, ids)
    now = KeptRecords(running.session, ledger).values(running.session, ids)
    for row, record_id in zip(rows, ids, strict=True):
        if now.get(record_id) != seen[record_id]:
            raise Problem(f"{row.where}“{row.record.title}”：预览之后这条{ledger.noun}又改过，没有导入任何内容。请重新预览。")


def _moves(ledger: Ledger, kept: Any, row: PreviewRow) -> Iterator[tuple[Workflow, Move]]:
    """What becomes of a record because a sheet changes what it locks, or answers why it was returned. Raises Problem."""
    keys = {change.key for change in row.effective}
    for life in ledger.lives:
        state = life.state(getattr(kept, life.column))
        made, locked = life.by_sheet(state), life.locked(state, ledger.form_fields)
        if locked & keys and (made is None or not row.file.preview.unlock):
            raise Problem(f"{row.where}“{row.record.title}”：{life.words[state]}，不能修改。没有导入任何内容。")
        if made is not None and (not locked or locked & keys):
            yield life, made


def close(running: Running, ledger: Ledger, rows: Sequence[PreviewRow], today: date) -> None:
    """Closes the records of those rows on the day, or puts them into the recycle bin where there is no such day."""
    ids = [row.target for row in rows if row.target is not None]
    if ledger.closes_by:
        closing: Mapping[int, dict[str, Any]] = {record_id: {ledger.fields[ledger.closes_by].name: today} for record_id in ids}
        running.update(ledger.model, dict(closing))
    elif ids:
        remove(running.session, ledger, ids)
