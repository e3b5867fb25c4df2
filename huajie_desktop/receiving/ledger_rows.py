"""Many read records of any ledger into its tables: names resolved once, plain rows where the ledger lets them."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import Any

from db.base import Entry, table_of
from db.fields import Kind
from db.rows import reserve_ids
from huajie_desktop.declared.facets import nothing_to_settle
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.errors import FieldErrors, Problem
from huajie_desktop.jobs import Job
from huajie_desktop.reading.read_record import ReadRecord
from huajie_desktop.receiving.previews import PreviewRow
from huajie_desktop.records.entry import finder, write
from huajie_desktop.records.naming import Names
from huajie_desktop.records.parts import part_rows
from huajie_desktop.records.pointing import TARGETS
from huajie_desktop.records.writing import stored
from huajie_desktop.seat import Running

_CHUNK = 2000  # records between two looks at the job


class LedgerIntake:
    """Takes the read records of one ledger into its tables within a running operation."""

    def __init__(self, running: Running, ledger: Ledger, batch_id: int, *, own: bool = False) -> None:
        """With `own` they were typed here and begin as drafts, however complete they are."""
        self._running, self._ledger = running, ledger
        self._own = (running.session.seat.campaign_id, batch_id)
        self._states, self._fresh = tuple(ledger.fresh), tuple(ledger.fresh.values())
        self._received = self._fresh if own else tuple(ledger.received[column] for column in self._states)
        self._names = Names(running.session)
        self._findable = finder(ledger) if ledger.is_searched else None
        self._words = [ledger.places[key] for key in (ledger.name, *ledger.shown.found_by) if key in ledger.places]
        self._needed = [ledger.places[key] for key in ledger.needed_keys if key in ledger.places]
        self.doubted: dict[int, PreviewRow] = {}  # by id the rows of which something is said

    def take(self, rows: Sequence[PreviewRow], job: Job) -> None:
        """Adds the records; all of them or, by the Problem it raises, none."""
        self._take_up([row.record for row in rows])
        if self._ledger.rules.settle is nothing_to_settle:
            table = _Rows(self._names, self._ledger)
            for start in range(0, len(rows), _CHUNK):
                job.step(start, len(rows), f"写入{self._ledger.noun} {start}/{len(rows)}")
                self._insert(table, rows[start : start + _CHUNK])
        else:
            for place, row in enumerate(self._in_order(rows)):
                job.step(place, len(rows), f"写入{self._ledger.noun} {place}/{len(rows)}")
                self._add(row)
        job.step(len(rows), len(rows), "保存")

    def _take_up(self, records: Sequence[ReadRecord]) -> None:
        """Looks up, once, whom and what all the records name."""
        ledger, names = self._ledger, self._names
        names.know_units()
        declared = ledger.fields.get(str(ledger.place))
        people: dict[tuple[int | None, str], None] = {}
        for key in ledger.keys_of(Kind.PERSON):
            people.update(dict.fromkeys((None, name) for record in records if (name := record[key])))
        for key in ledger.keys_of(Kind.PEOPLE):
            for record in records:
                unit_id = names.id_of(declared, record.unit) if declared else None
                people.update(dict.fromkeys((unit_id, name) for name in record[key] or ()))
        names.take_up(self._running, people)

    # plain rows

    def _insert(self, table: "_Rows", taken: Sequence[PreviewRow]) -> None:
        records = [row.record for row in taken]
        model, connection = self._ledger.model, self._running.session.connection()
        entry = issubclass(model, Entry)
        columns = ["id", *table.columns, *["search"] * bool(self._findable), *["campaign_id", "batch_id"] * entry, *self._states]
        ids = reserve_ids(connection, table_of(model), len(records))
        self.doubted.update((i, row) for i, row in zip(ids, taken, strict=True) if row.record.issues)
        found = [table.values(record) for record in records]
        rows = [
            (record_id, *values, *self._found_by(record), *(self._own if entry else ()), *self._stands(record))
            for record_id, record, values in zip(ids, records, found, strict=True)
        ]
        self._running.insert(model, columns, rows)
        for part, names, parts in table.parts(ids, records, found):
            part_ids = reserve_ids(connection, table_of(part), len(parts))
            self._running.insert(part, ("id", *names), [(i, *values) for i, values in zip(part_ids, parts, strict=True)])
        self._ledger.followed(self._running.session, ids, self._ledger.form_fields.keys())

    def _stands(self, record: ReadRecord) -> tuple[str, ...]:
        """Where a record stands in its lives: what is complete waits for review at once."""
        return self._received if all(record.slots[place] not in (None, "") for place in self._needed) else self._fresh

    def _found_by(self, record: ReadRecord) -> tuple[str, ...]:
        return (self._findable(record.slots[place] for place in self._words),) if self._findable else ()

    # one by one, where each is settled against the others

    def _in_order(self, rows: Sequence[PreviewRow]) -> Iterator[PreviewRow]:
        """Records other rows point at go before those."""
        keys = [k for k, declared in self._ledger.form_fields.items() if TARGETS.get(declared.kind) is self._ledger.model]
        waiting = list(rows)
        while waiting:
            names = {row.record.title for row in waiting}
            ready = [row for row in waiting if not any(row.record[key] in names for key in keys)]
            if not ready:
                raise Problem(f"{waiting[0].where}：几行互为{self._ledger.fields[keys[0]].label}，没有导入任何内容。请改正。")
            yield from ready
            done = set(map(id, ready))
            waiting = [row for row in waiting if id(row) not in done]

    def _add(self, row: PreviewRow) -> None:
        session, record = self._running.session, row.record
        kept: Any = self._ledger.model()
        if isinstance(kept, Entry):
            kept.campaign_id, kept.batch_id = self._own
        for column, state in zip(self._states, self._stands(record), strict=True):
            setattr(kept, column, state)
        try:
            with session.no_autoflush:
                write(session, self._ledger, kept, record, self._ledger.form_fields)
        except FieldErrors as faults:
            raise Problem(f"{row.where}“{record.title}”：{faults}。所有文件都没有导入，请改正或跳过这一行。") from faults
        session.add(kept)
        session.flush()
        if record.issues:
            self.doubted[kept.id] = row
        self._ledger.followed(session, [kept.id], self._ledger.form_fields.keys())


class _Rows:
    """Read records as rows of the ledger's own table and of those of its parts; what each field takes is found out once."""

    def __init__(self, names: Names, ledger: Ledger) -> None:
        self._names, self._ledger = names, ledger
        keys = [key for key in ledger.form_fields if key not in ledger.parts]
        self.columns = list(chain.from_iterable(ledger.fields[key].columns for key in keys))
        self._plan = [(ledger.places[key], stored(names, ledger.fields[key]), bool(ledger.fields[key].further)) for key in keys]
        self._place = self.columns.index(ledger.fields[ledger.place].name) if ledger.place else -1
        makers: dict[int, Callable[[int], Any]] = {
            self.columns.index(ledger.fields[key].name): make(names.session) for key, make in ledger.rules.by_unit.items()
        }
        self._usual = list(makers.items())
        self._own = {
            key: self.columns.index(ledger.fields[ledger.fields[key].besides].name)
            for key in ledger.parts
            if ledger.fields[key].besides
        }

    def values(self, record: ReadRecord) -> list[Any]:
        """The values of the record's own columns."""
        values: list[Any] = []
        for place, store, several in self._plan:
            value = store(record.slots[place])
            if several:
                values += value
            else:
                values.append(value)
        for place, usual in self._usual:
            if values[place] is None:
                values[place] = usual(values[self._place])
        return values

    def parts(
        self, ids: Sequence[int], records: Sequence[ReadRecord], found: Sequence[Sequence[Any]]
    ) -> Iterator[tuple[Any, tuple[str, ...], list[tuple[Any, ...]]]]:
        """By model of a part its columns and the rows; `found` are the values of the records' own columns."""
        for key, part in self._ledger.parts.items():
            rows: list[tuple[Any, ...]] = []
            columns: tuple[str, ...] = ()
            own, at = self._own.get(key, -1), self._ledger.places.get(key, -1)
            rows_of = part_rows(self._names, self._ledger, key)
            for record_id, record, values in zip(ids, records, found, strict=True):
                if at < 0 or not (said := record.slots[at]):
                    continue
                unit_id = values[self._place] if self._place >= 0 else None
                made = rows_of(said, unit_id, values[own] if own >= 0 else None)
                rows += [(record_id, place, *row.values()) for place, row in enumerate(made)]
                columns = columns or (part.column, "position", *next(iter(made), ()))
            if rows:
                yield part.model, columns, rows
