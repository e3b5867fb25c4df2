"""What records are found by made anew from what they say, in their rows and in every image of them in the journal.

The words are those it was made of before: the record's name, and of what else was taken in the parts that stood in it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from db.words.searching import search_text

Image = dict[str, Any]
_CHUNK = 500
_LONGEST = 200  # characters of a word


def renew(connection: sa.Connection, taken: Mapping[str, Sequence[str]]) -> None:
    """All records of those tables; `taken` are by table the columns whose words were taken, the name first."""
    journal = sa.Table("journal", sa.MetaData(), autoload_with=connection)
    for name, sources in taken.items():
        table = sa.Table(name, sa.MetaData(), autoload_with=connection)
        renewing = _Renewing(connection, journal, table, sources)
        for ids in _chunks(connection, journal, table):
            renewing.renew(ids)


class _Renewing:
    """Renews the records of one table and what the journal says of them."""

    def __init__(self, connection: sa.Connection, journal: sa.Table, table: sa.Table, sources: Sequence[str]) -> None:
        self._connection, self._journal, self._table, self._sources = connection, journal, table, sources
        self._length: int = table.c.search.type.length  # type: ignore[attr-defined]

    def renew(self, ids: Sequence[int]) -> None:
        """Those records, there or gone."""
        table, columns = self._table, [self._table.c[name] for name in ("id", "search", *self._sources)]
        rows = [dict(row) for row in self._connection.execute(sa.select(*columns).where(table.c.id.in_(ids))).mappings()]
        if rows:
            said = sa.update(table).where(table.c.id == sa.bindparam("of")).values(search=sa.bindparam("found"))
            self._connection.execute(said, [{"of": row["id"], "found": self._found_by(row)} for row in rows])
        told = [entry for record in self._entries(ids) for entry in self._retold(record)]
        if told:
            values: dict[str, Any] = {"before": sa.bindparam("b"), "after": sa.bindparam("a")}
            said = sa.update(self._journal).where(self._journal.c.id == sa.bindparam("of")).values(values)
            self._connection.execute(said, told)

    def _entries(self, ids: Sequence[int]) -> Iterator[list[Any]]:
        """By record its entries in order."""
        columns = [self._journal.c[name] for name in ("id", "record_id", "before", "after")]
        statement = sa.select(*columns).where(self._journal.c.kind == self._table.name, self._journal.c.record_id.in_(ids))
        found = self._connection.execute(statement.order_by(self._journal.c.record_id, self._journal.c.id))
        for _record_id, entries in groupby(found, key=lambda entry: entry[1]):
            yield list(entries)

    def _retold(self, entries: Sequence[Any]) -> Iterator[Image]:
        """The entries of one record with what it was found by then."""
        stood: Image = {}
        for entry_id, _record_id, old, new in entries:
            before, after = (None if text is None else json.loads(text) for text in (old, new))
            then = {**stood, **(before or {})}
            now = {**then, **(after or {})}
            images = []
            for image, row in ((before, then), (after, now)):
                if image is not None and "search" in image:
                    image["search"] = self._found_by(row)
                images.append(None if image is None else json.dumps(image, ensure_ascii=False, separators=(",", ":")))
            if images != [old, new]:
                yield {"of": entry_id, "b": images[0], "a": images[1]}
            stood = now

    def _found_by(self, row: Mapping[str, Any]) -> str:
        name, *others = (str(row.get(source) or "") for source in self._sources)
        taken = row.get("search") or ""
        there = {*taken.split()}
        words = [name]
        for other in others:
            whole = other.lower()[:_LONGEST] in taken
            words += [other] if whole else [word for word in other.split("、") if word.lower() in there]
        return search_text(*(word[:_LONGEST] for word in words))[: self._length]


def _chunks(connection: sa.Connection, journal: sa.Table, table: sa.Table) -> Iterator[list[int]]:
    known = sa.select(journal.c.record_id).where(journal.c.kind == table.name)
    ids = sorted(set(connection.execute(known.union(sa.select(table.c.id))).scalars()))
    yield from (ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK))
