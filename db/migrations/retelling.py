"""The journal told again in its present form, so that it ends at what is kept: for databases begun before migration 0005.

Images were whole rows then, and migrations had changed rows without telling. Here every record's entries are read from the
last to the first: what the kept row says and no image does was always so. Updates become their changed columns.
"""

import json
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

import sqlalchemy as sa

Image = dict[str, Any]  # column -> value as JSON has it
Key = tuple[str, int]  # table and id
_CHUNK = 500
_NO_PART = {"version"}  # columns no image holds
PARTS = {  # whose content a row is: its table -> the record's table and the column that points at it
    "responsibilities": ("tasks", "task_id"), "milestones": ("tasks", "task_id"), "cooperations": ("tasks", "task_id"),
    "further_categories": ("tasks", "task_id"), "quantities": ("tasks", "task_id"), "funding": ("tasks", "task_id"),
    "occurrences": ("tasks", "task_id"), "posts": ("people", "person_id"), "force_members": ("task_forces", "force_id"),
    "force_units": ("task_forces", "force_id"),
}  # fmt: skip
_HUNG = (("paper_id", "papers"), ("task_id", "tasks"))  # what a file hung on
_PROVED = (("occurrence_id", "occurrences"), ("milestone_id", "milestones"))  # and what it proved


def new_uid() -> str:
    """An identity of version 7 (RFC 9562, 5.7)."""
    stamp, chance = time.time_ns() // 1_000_000, secrets.randbits(74)
    return f"{stamp:012x}7{chance >> 62:03x}{chance & (1 << 62) - 1 | 1 << 63:016x}"


class Identities:
    """The identity of every record there is or ever was, given to those that have none."""

    def __init__(self, connection: sa.Connection, tables: Mapping[str, sa.Table]) -> None:
        self._given: dict[Key, str] = {}
        self.ids: dict[str, int] = {}  # by identity
        for kind, table in tables.items():
            ids = list(connection.execute(sa.select(table.c.id)).scalars())
            if ids:
                naming = sa.update(table).where(table.c.id == sa.bindparam("of")).values(uid=sa.bindparam("given"))
                connection.execute(naming, [{"of": i, "given": self.of(kind, i)} for i in ids])

    def of(self, kind: str, record_id: int) -> str:
        """The identity of a record, made up now where it is long gone."""
        if (kind, record_id) not in self._given:
            uid = self._given[kind, record_id] = new_uid()
            self.ids[uid] = record_id
        return self._given[kind, record_id]


class Retelling:
    """Rewrites the journal of a database table by table and checks by replay that it ends at what is kept."""

    def __init__(self, connection: sa.Connection, tables: Mapping[str, sa.Table], identities: Identities) -> None:
        self._connection, self._tables, self._identities = connection, tables, identities
        self._journal = sa.Table("journal", sa.MetaData(), autoload_with=connection)
        self._operation: int | None = None
        self._units = self._unit_names()
        self._township = connection.execute(sa.text("SELECT min(township_id) FROM campaigns")).scalar()

    def run(self) -> None:
        """All tables. Raises RuntimeError where the replay of what was written does not give the rows that are kept."""
        for kind in self._tables:
            self._retell(kind)
            self._check(kind)

    def _unit_names(self) -> dict[int, str]:
        """What units are called, or were called when they went."""
        journal = self._journal
        gone = sa.select(journal.c.record_id, journal.c.before).where(journal.c.kind == "units", journal.c.after.is_(None))
        names = {unit_id: json.loads(before)["name"] for unit_id, before in self._connection.execute(gone)}
        return names | {unit_id: name for unit_id, name in self._connection.execute(sa.text("SELECT id, name FROM units"))}

    def _retell(self, kind: str) -> None:
        for ids in self._chunks(kind):
            kept = self._kept(kind, ids)
            told = {record_id: entries for record_id, entries in self._entries(kind, ids)}
            for record_id in ids:
                entries = told.get(record_id, [])
                chain = [[self._image(kind, record_id, text) for text in entry[2:]] for entry in entries]
                last = chain[-1][1] if chain else None
                if (last is None) is not (record_id not in kept):
                    entries.append(self._amend(kind, record_id))
                    chain.append([last, kept.get(record_id)])
                _settle(chain, kept.get(record_id))
                self._write(kind, entries, chain)

    def _amend(self, kind: str, record_id: int) -> list[Any]:
        """A new entry for a row that came or went without one, in one operation for all of them."""
        if self._operation is None:
            operations = sa.Table("operations", sa.MetaData(), autoload_with=self._connection)
            now = datetime.now(UTC).replace(tzinfo=None)
            values = {"at": now, "actor": "程序", "act": "arrange", "label": "补记以前升级时改动的内容"}
            made = self._connection.execute(sa.insert(operations).values(**values))
            self._operation = made.inserted_primary_key[0]  # type: ignore[index]
        entry = {"operation_id": self._operation, "kind": kind, "record_id": record_id}
        made = self._connection.execute(sa.insert(self._journal).values(**entry))
        return [made.inserted_primary_key[0], record_id, None, None]  # type: ignore[index]

    def _write(self, kind: str, entries: list[Any], chain: list[list[Image | None]]) -> None:
        changed, empty = [], []
        for entry, (before, after) in zip(entries, chain, strict=True):
            owner_kind, owner_id = self._owner(kind, after or before or {})
            if before is not None and after is not None:
                names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
                before = {name: before.get(name) for name in names}
                after = {name: after.get(name) for name in names}
            if not before and not after:
                empty.append(entry[0])
            else:
                texts = {"b": _text(before), "a": _text(after)}
                changed.append({"of": entry[0], "k": owner_kind, "o": owner_id, **texts})
        journal = self._journal
        if changed:
            said = {"owner_kind": "k", "owner_id": "o", "before": "b", "after": "a"}
            values: dict[str, Any] = {name: sa.bindparam(said[name]) for name in said}
            self._connection.execute(sa.update(journal).where(journal.c.id == sa.bindparam("of")).values(values), changed)
        if empty:
            self._connection.execute(sa.delete(journal).where(journal.c.id.in_(empty)))

    def _check(self, kind: str) -> None:
        for ids in self._chunks(kind):
            kept = self._kept(kind, ids)
            told = dict(self._entries(kind, ids))
            for record_id in ids:
                row: Image | None = None
                for entry in told.get(record_id, []):
                    row = None if entry[3] is None else {**(row or {}), **json.loads(entry[3])}
                row = None if row is None else {name: value for name, value in row.items() if value is not None}
                if row != kept.get(record_id):
                    raise RuntimeError(f"journal and table disagree: {kind} {record_id}")

    def _chunks(self, kind: str) -> Iterator[list[int]]:
        journal, table = self._journal, self._tables[kind]
        known = sa.select(journal.c.record_id).where(journal.c.kind == kind)
        ids = sorted(set(self._connection.execute(known.union(sa.select(table.c.id))).scalars()))
        yield from (ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK))

    def _entries(self, kind: str, ids: list[int]) -> Iterator[tuple[int, list[Any]]]:
        """By record its entries in order: id, record, before, after."""
        columns = [self._journal.c[name] for name in ("id", "record_id", "before", "after")]
        statement = sa.select(*columns).where(self._journal.c.kind == kind, self._journal.c.record_id.in_(ids))
        found = self._connection.execute(statement.order_by(self._journal.c.record_id, self._journal.c.id))
        for record_id, entries in groupby(map(list, found), key=lambda entry: entry[1]):
            yield record_id, list(entries)

    def _kept(self, kind: str, ids: list[int]) -> dict[int, Image]:
        table = self._tables[kind]
        plain = {column.name: _plain(column) for column in table.c if column.name not in _NO_PART}
        found = self._connection.execute(sa.select(table).where(table.c.id.in_(ids))).mappings()
        return {row["id"]: {name: value for name, say in plain.items() if (value := say(row[name])) is not None} for row in found}

    def _image(self, kind: str, record_id: int, text: str | None) -> Image | None:
        if text is None:
            return None
        said, table = json.loads(text), self._tables[kind]
        if kind == "attachments":
            said |= self._pair(said, _HUNG, "owner") | self._pair(said, _PROVED, "proves")
        elif kind == "queries" and "record_id" in said:
            said |= {"owner_kind": said["kind"], "owner_uid": self._identities.of(said["kind"], said["record_id"])}
            del said["kind"], said["record_id"]
        elif kind == "wordings" and "version" in said:
            said["edition"] = said["version"]
        said["uid"], said["id"] = self._identities.of(kind, record_id), record_id
        columns = [column for column in table.c if column.name in said and column.name not in _NO_PART]
        return {column.name: _again(column, said[column.name]) for column in columns} | self._needed(kind, said)

    def _pair(self, said: Image, columns: tuple[tuple[str, str], ...], name: str) -> Image:
        for column, kind in columns:
            if said.get(column) is not None:
                return {f"{name}_kind": kind, f"{name}_uid": self._identities.of(kind, said[column])}
        return {}

    def _needed(self, kind: str, said: Image) -> Image:
        """Columns that came later and cannot be empty; the first guess, which a kept row overrules."""
        values: Image = {}
        for column in self._tables[kind].c:
            if column.name not in said and column.name not in _NO_PART and not column.nullable:
                known = {"about": self._units.get(said.get("unit_id", 0), ""), "township_id": self._township}
                values[column.name] = known[column.name] if column.name in known else _nothing(column)
        return values

    def _owner(self, kind: str, said: Image) -> tuple[str | None, int | None]:
        if kind == "attachments":
            return said["owner_kind"], self._identities.ids[said["owner_uid"]]
        owner, column = PARTS.get(kind, (None, ""))
        return (owner, said.get(column)) if owner else (None, None)


def _settle(chain: list[list[Image | None]], kept: Image | None) -> None:
    """Makes each image what the next one begins with, from the kept row back; what an entry itself changed stays changed."""
    known = kept
    for entry in reversed(chain):
        before, after = entry
        if after is None or known is None:
            known = before
            continue
        for name in {*after, *known}:
            old, new = after.get(name), known.get(name)
            if old == new:
                continue
            _put(after, name, new)
            if before is not None and before.get(name) == old:
                _put(before, name, new)
        known = before


def _put(image: Image, name: str, value: Any) -> None:
    if value is None:
        image.pop(name, None)
    else:
        image[name] = value


def _scale(column: sa.Column[Any]) -> int:
    """What amounts are kept in: hundredths, counted things in thousandths; they alone had 64 bits."""
    return (1000 if column.table.name == "quantities" else 100) if isinstance(column.type, sa.BigInteger) else 0


def _plain(column: sa.Column[Any]) -> Callable[[Any], Any]:
    """What makes a kept value what JSON has for it."""
    if scale := _scale(column):
        return lambda value: None if value is None else str(Decimal(value) / scale)
    if isinstance(column.type, sa.Date | sa.DateTime):
        return lambda value: None if value is None else value.isoformat()
    return lambda value: value


def _again(column: sa.Column[Any], value: Any) -> Any:
    """A value of an image in the one form kept values have."""
    scale = _scale(column)
    return value if not scale or value is None else str(Decimal(int(Decimal(value) * scale)) / scale)


def _nothing(column: sa.Column[Any]) -> Any:
    if isinstance(column.type, sa.Boolean):
        return False
    return 0 if isinstance(column.type, sa.Integer) else "{}" if column.name == "said" else ""


def _text(image: Image | None) -> str | None:
    return None if image is None else json.dumps(image, ensure_ascii=False, separators=(",", ":"))
