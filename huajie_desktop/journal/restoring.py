"""Rows written back as they once were, refused in words where the present no longer allows it."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Table, UniqueConstraint, select, tuple_

from db.belonging import models_by_table
from db.images import CHUNK, Row
from db.standing import Footing, name_of_lost, used_row
from huajie_desktop.errors import Problem
from huajie_desktop.journal.row_words import RowWords, title_of
from huajie_desktop.seat import Running, SeatSession

Wanted = Mapping[tuple[Table, int], Row | None]


def restore(running: Running, wanted: Wanted) -> None:
    """Makes rows what they once were, None for not there. Raises Problem naming what is gone, in use or taken."""
    session = running.session
    footing, going = Footing(), dict[Table, list[int]]()
    for (table, row_id), row in wanted.items():
        if row is None:
            going.setdefault(table, []).append(row_id)
        else:
            footing.take(table, {row_id: row})
    if lost := name_of_lost(session, footing.lost(session, going)):
        raise Problem(f"{lost}已经不在了，不能恢复，没有改动任何内容。请先恢复它。")
    if used := used_row(session, going, wanted):
        raise Problem(f"{used}还用着要去掉的内容，不能恢复，没有改动任何内容。请先处理它。")
    for table in {table for table, _id in wanted}:
        rows = {row_id: row for (of, row_id), row in wanted.items() if of is table and row is not None}
        for constraint in table.constraints:
            if isinstance(constraint, UniqueConstraint):
                _refuse_taken(session, table, [column.name for column in constraint.columns], rows, wanted)
    running.restore(dict(wanted))


def _refuse_taken(session: SeatSession, table: Table, names: Sequence[str], rows: Mapping[int, Row], wanted: Wanted) -> None:
    """Refuses where another row, not written back itself, has what must be unique."""
    values = {tuple(row[name] for name in names): row for row in rows.values() if None not in [row[name] for name in names]}
    columns = [table.c[name] for name in names]
    asked = list(values)
    for start in range(0, len(asked), CHUNK):
        taken = select(table.c.id, *columns).where(tuple_(*columns).in_(asked[start : start + CHUNK]))
        for row_id, *value in session.execute(taken):
            if (table, row_id) not in wanted:
                model = models_by_table()[table.name]
                name = RowWords(session).name(model, values[tuple(value)])
                raise Problem(f"{title_of(model)}“{name}”现在已经另有一个，不能恢复，没有改动任何内容。请先改名或删去那一个。")
