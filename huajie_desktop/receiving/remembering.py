"""Keeps what clerks corrected in a sender's sheet, so that the next one is read right; the list can be seen and edited."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import select

from db.fields import Kind
from db.journal import Changes
from db.log import Act
from db.models import Correction, Unit
from huajie_desktop.declared.facets import FEW
from huajie_desktop.errors import FieldErrors, Problem
from huajie_desktop.reading.memory import HEADER, VALUE, Remembered
from huajie_desktop.receiving.previews import FilePreview, Preview
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.sheets.understood.headers import vocabulary
from huajie_desktop.values.text import fold

_LONGEST = 200  # characters of what is said or meant


class CorrectionLine(NamedTuple):
    """One correction as listed, in words."""

    id: int
    unit: str  # "" for whoever sends it
    ledger: str
    kind: str
    said: str
    field: str
    meant: str


def remember(seat: Seat, made: Preview) -> None:
    """Keeps what was corrected in a preview that was taken in; a later correction of the same word goes before.

    An operation of its own: what the clerk taught stays though the import is taken back.
    """
    taught = list(dict.fromkeys(found for file in made.files for found in corrected_in(file)))
    if not taught:
        return
    with seat.operation(Act.ARRANGE, f"记住改正 {len(taught)} 条") as running:
        session = running.session
        units = {name: unit_id for unit_id, name in session.execute(select(Unit.id, Unit.name))}
        for item in taught:
            _keep(session, item, units.get(item.unit or ""))


def _keep(session: SeatSession, item: Remembered, unit_id: int | None) -> None:
    of = (Correction.ledger == item.ledger, Correction.kind == item.kind, Correction.said == item.said)
    same_unit = Correction.unit_id.is_(None) if unit_id is None else Correction.unit_id == unit_id
    found = session.scalars(select(Correction).where(*of, same_unit))
    kept = next((one for one in found if item.kind == HEADER or one.field == item.field), None)
    kept = kept or Correction(unit_id=unit_id, ledger=item.ledger, kind=item.kind, said=item.said)
    kept.field, kept.meant = item.field, item.meant
    session.add(kept)
    session.flush()


def corrected_in(file: FilePreview) -> Iterator[Remembered]:
    """What the clerk corrected in a file, as it is remembered of its sender."""
    ledger, sender = file.ledger, file.read.unit
    if file.unit and file.read.reporter and ledger.place:
        yield Remembered(None, ledger.key, VALUE, ledger.place, file.read.reporter[:_LONGEST], file.unit)
    for key, header in _corrected_headers(file):
        yield Remembered(sender, ledger.key, HEADER, key, header[:_LONGEST], "")
    for key, stood, text in _corrected_cells(file):
        yield Remembered(sender, ledger.key, VALUE, key, stood[:_LONGEST], text[:_LONGEST])


def _corrected_headers(file: FilePreview) -> Iterator[tuple[str, str]]:
    """The fields the clerk named for columns, with what stands over these where that does not say so anyway."""
    words = vocabulary(file.ledger)
    headers = {(table.sheet, table.starts, column.index): column.header for table in file.read.tables for column in table.columns}
    for place, key in file.mapping.items():
        header = headers.get(place, "").strip()
        if key in file.ledger.form_fields and header and words.match(header) != (key, 1.0):
            yield key, header


def _corrected_cells(file: FilePreview) -> Iterator[tuple[str, str, str]]:
    """What stood in cells of fields with few values and what the clerk typed there, where that could be read."""
    few = {kind for kind in FEW if kind != Kind.PERSON}
    for row in file.rows:
        for key, (stood, text) in row.typed.items() if row.applies else ():
            wrong = any(issue.field == key and issue.severity == "error" for issue in row.record.issues)
            if file.ledger.fields[key].kind in few and not wrong and stood.strip() and text.strip() and fold(stood) != fold(text):
                yield key, stood.strip(), text.strip()


def corrections(session: SeatSession) -> list[CorrectionLine]:
    """What is remembered, by sender and kind of sheet."""
    statement = select(Correction, Unit.name).outerjoin(Unit, Unit.id == Correction.unit_id)
    lines = []
    for item, unit in session.execute(statement.order_by(Unit.position, Correction.ledger, Correction.kind, Correction.id)):
        ledger = session.seat.catalogue.get(item.ledger)
        declared = ledger.fields.get(item.field) if ledger else None
        label = declared.label if declared else item.field
        kind = "表头" if item.kind == HEADER else "内容"
        lines.append(
            CorrectionLine(item.id, unit or "", ledger.title if ledger else item.ledger, kind, item.said, label, item.meant or "")
        )
    return lines


def change_correction(seat: Seat, correction_id: int, said: str, meant: str) -> Changes:
    """Changes what is remembered: the word, and of a value what it means, of a header the label of its field.

    Raises FieldErrors where something is missing, Problem when it is gone.
    """
    said, meant = said.strip(), meant.strip()
    with seat.operation(Act.ARRANGE, f"修改改正记忆“{said}”"[:200]) as running:
        item = running.session.get(Correction, correction_id)
        if item is None:
            raise Problem("这一条改正已经不在了，没有改动。")
        faults = {key: "请填写" for key, text in (("said", said), ("meant", meant)) if not text}
        if item.kind == HEADER and meant:
            labels = {declared.label: key for key, declared in seat.catalogue[item.ledger].form_fields.items()}
            if meant in labels:
                item.field, meant = labels[meant], ""
            else:
                faults["meant"] = f"没有“{meant}”这一项，请选一个：{'、'.join(labels)}"
        if faults:
            raise FieldErrors(faults)
        item.said, item.meant = said[:_LONGEST], meant[:_LONGEST]
    return running.changes


def forget(seat: Seat, ids: Sequence[int]) -> Changes:
    """Forgets those corrections; sheets read from now on are not corrected by them."""
    with seat.operation(Act.ARRANGE, f"删除改正记忆 {len(ids)} 条") as running:
        for item in running.session.scalars(select(Correction).where(Correction.id.in_(ids))):
            running.session.delete(item)
    return running.changes
