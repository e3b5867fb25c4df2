"""Many read records of any ledger into its table: names resolved once, plain rows where the ledger lets them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import inspect

from db.base import Entry, table_of
from db.fields import Kind
from db.images import CHUNK
from db.rows import reserve_ids
from huajie_desktop.declared.ledger import Ledger, nothing_to_settle
from huajie_desktop.errors import FieldErrors, Problem
from huajie_desktop.jobs import Job
from huajie_desktop.receiving.previews import PreviewRow
from huajie_desktop.records.entry import findable, write
from huajie_desktop.records.listing import PARTS, TARGETS
from huajie_desktop.records.naming import Names
from huajie_desktop.seat import Running

Values = Mapping[str, Any]


class LedgerIntake:
    """Takes the read records of one ledger into its table within a running operation."""

    def __init__(self, running: Running, ledger: Ledger, batch_id: int) -> None:
        self._running, self._ledger, self._batch_id = running, ledger, batch_id
        self._campaign_id = running.session.seat.campaign_id
        self._names = Names(running.session)
        self._columns = inspect(ledger.model).column_attrs

    def take(self, rows: Sequence[PreviewRow], job: Job) -> None:
        """Adds the records; all of them or, by the Problem it raises, none."""
        self._names.take_up(self._running, self._people(rows))
        if self._ledger.settle is nothing_to_settle:
            for start in range(0, len(rows), CHUNK):
                job.step(start, len(rows), f"写入{self._ledger.noun} {start}/{len(rows)}")
                self._insert(rows[start : start + CHUNK])
        else:
            for place, row in enumerate(self._in_order(rows)):
                job.step(place, len(rows), f"写入{self._ledger.noun} {place}/{len(rows)}")
                self._add(row)

    def _people(self, rows: Sequence[PreviewRow]) -> Iterator[str]:
        keys = [key for key, declared in self._ledger.form_fields.items() if declared.kind == Kind.PERSON]
        return (name for row in rows for key in keys if (name := row.record.more.get(key)))

    # plain rows

    def _insert(self, rows: Sequence[PreviewRow]) -> None:
        model = self._ledger.model
        keys = [key for key, declared in self._ledger.form_fields.items() if declared.kind not in PARTS]
        columns = ["id", *(self._ledger.fields[key].name for key in keys)]
        with_search = "search" in self._columns
        entry = issubclass(model, Entry)
        columns += ["search"] * with_search + ["campaign_id", "batch_id"] * entry + [*self._ledger.received]
        found = [[self._kept(key, row.record.more.get(key)) for key in keys] for row in rows]
        ids = reserve_ids(self._running.session.connection(), table_of(model), len(rows))
        self._running.insert(
            model,
            columns,
            [
                (record_id, *values, *self._found_by(dict(zip(keys, values, strict=True)), with_search), *self._own(entry))
                for record_id, values in zip(ids, found, strict=True)
            ],
        )

    def _kept(self, key: str, value: Any) -> Any:
        declared = self._ledger.fields[key]
        if declared.kind in TARGETS:
            return self._names.id_of(declared, value)
        return bool(value) if declared.kind == Kind.FLAG else value

    def _own(self, entry: bool) -> tuple[Any, ...]:
        return (*((self._campaign_id, self._batch_id) if entry else ()), *self._ledger.received.values())

    def _found_by(self, values: Values, with_search: bool) -> tuple[str, ...]:
        if not with_search:
            return ()
        return (findable(self._ledger, (values.get(key) for key in (self._ledger.name, *self._ledger.found_by))),)

    # one by one, where each is settled against the others

    def _in_order(self, rows: Sequence[PreviewRow]) -> Iterator[PreviewRow]:
        """Records other rows point at go before those."""
        keys = [k for k, declared in self._ledger.form_fields.items() if TARGETS.get(declared.kind) is self._ledger.model]
        waiting = list(rows)
        while waiting:
            names = {row.record.title for row in waiting}
            ready = [row for row in waiting if not any(row.record.more.get(key) in names for key in keys)]
            if not ready:
                raise Problem(f"{waiting[0].where}：几行互为{self._ledger.fields[keys[0]].label}，没有导入任何内容。请改正。")
            yield from ready
            done = set(map(id, ready))
            waiting = [row for row in waiting if id(row) not in done]

    def _add(self, row: PreviewRow) -> None:
        session, record = self._running.session, row.record
        kept: Any = self._ledger.model()
        if isinstance(kept, Entry):
            kept.campaign_id, kept.batch_id = self._campaign_id, self._batch_id
        for column, state in self._ledger.received.items():
            setattr(kept, column, state)
        try:
            with session.no_autoflush:
                write(session, self._ledger, kept, {key: record.more.get(key) for key in self._ledger.form_fields})
        except FieldErrors as faults:
            raise Problem(f"{row.where}“{record.title}”：{faults}。所有文件都没有导入，请改正或跳过这一行。") from faults
        session.add(kept)
        session.flush()
