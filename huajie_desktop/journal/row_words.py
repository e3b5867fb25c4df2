"""Kept rows in words, present or past: what each field said, by the names of what it pointed at, and what changed."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import select

from db.base import Record, content_columns, table_of
from db.belonging import models_by_table
from db.fields import SEVERAL_NAMES, Field, Kind
from db.images import Row, decode
from db.models import Attachment, JournalEntry, Milestone, Paper, Setting, Task
from db.personal import hide_numbers
from huajie_desktop.declared.catalogue import Catalogue
from huajie_desktop.journal.belongings import parts_of
from huajie_desktop.records.pointing import TARGETS
from huajie_desktop.seat import SeatSession
from huajie_desktop.settings import label_of
from huajie_desktop.values.shown import full, masked

_LONGEST = 60  # characters of a name in a sentence
_NAMES = ("name", "title", "number", "text", "year")  # of what has no list of its own
_UNSAID = {  # what only the program reads
    (Attachment, "digest"), (Attachment, "kind"), (Milestone, "raw"), (Paper, "digest"), (Task, "due_precision"),
}  # fmt: skip

Rows = Mapping[tuple[type[Record], int], Row]  # a record with its parts, by model and id


class Difference(NamedTuple):
    """One field that says something else than before; empty where it said nothing."""

    key: str
    label: str
    old: str
    new: str


class RowWords:
    """Words rows within one session, remembering the names it looked up; `open_names` shows personal data in full."""

    def __init__(self, session: SeatSession, *, open_names: bool = False) -> None:
        self._session, self._open = session, open_names
        self._names: dict[tuple[type[Record], int], str] = {}

    def texts(self, model: type[Record], row: Row) -> dict[str, str]:
        """The declared fields of one row in words, by key; what is empty is left out."""
        texts = {}
        for name, declared in model.FIELDS.items():
            if name in row and (model, name) not in _UNSAID and (text := self._text(declared, row[name])):
                texts[declared.key] = text
        return texts

    def record_texts(self, model: type[Record], record_id: int, rows: Rows) -> dict[str, str]:
        """A record in words with its parts, by key; nothing for one that is not among the rows."""
        if (model, record_id) not in rows:
            return {}
        texts = self.texts(model, rows[model, record_id])
        for part in parts_of(model):
            own = [row for (of, _id), row in rows.items() if of is part.model and part.is_of(row, rows[model, record_id])]
            own.sort(key=lambda row: (row.get("position") or 0, row["id"]))
            several = "、" if part.declared and model.FIELDS[part.key].kind in SEVERAL_NAMES else "；"
            if own:
                texts[part.key] = several.join(self.line(part.model, row) for row in own)
        return texts

    def line(self, model: type[Record], row: Row) -> str:
        """One row in a few words: its declared values side by side, amounts with their label; else what it points at."""
        texts = self.texts(model, row)
        if not texts:
            return " ".join(self._pointed_at(model, row))
        money = {declared.key: declared.label for declared in model.FIELDS.values() if declared.kind == Kind.MONEY}
        return " ".join(f"{money[key]}{text}" if key in money else text for key, text in texts.items())

    def name(self, model: type[Record], row: Row) -> str:
        """What a row is called: the name of a listed record, otherwise its values; numbers of persons in it are hidden."""
        ledger = self._session.seat.catalogue.of(model)
        if model is Setting:
            return label_of(row["name"])
        names = [ledger.fields[ledger.name].name] if ledger else _NAMES
        name = str(next((row[name] for name in names if row.get(name)), "") or self.line(model, row))
        return (name if self._open else hide_numbers(name))[:_LONGEST]

    def name_of(self, model: type[Record], record_id: int) -> str:
        """What the record of that id is called, or was called when it was deleted."""
        key = (model, record_id)
        if key not in self._names:
            row = self.row(model, record_id)
            self._names[key] = self.name(model, row) if row else "（已删除）"
        return self._names[key]

    def name_by(self, kind: str, uid: str) -> str:
        """What the record of that table and identity is called."""
        model = models_by_table()[kind]
        record_id = self._session.scalar(select(table_of(model).c.id).where(table_of(model).c.uid == uid))
        return "（已删除）" if record_id is None else self.name_of(model, record_id)

    def _pointed_at(self, model: type[Record], row: Row) -> Iterator[str]:
        for key in table_of(model).foreign_keys:
            target = models_by_table().get(key.column.table.name)
            if target is not None and row.get(key.parent.name) is not None:
                yield self.name_of(target, row[key.parent.name])

    def row(self, model: type[Record], record_id: int) -> Row | None:
        """The row of that id, or what it was when it was deleted."""
        table = table_of(model)
        found = self._session.execute(select(*content_columns(table)).where(table.c.id == record_id)).mappings().first()
        if found is not None:
            return dict(found)
        images = select(JournalEntry.before).where(JournalEntry.kind == table.name, JournalEntry.record_id == record_id)
        image = self._session.scalar(images.where(JournalEntry.after.is_(None)).order_by(JournalEntry.id.desc()).limit(1))
        return decode(table, image) if image else None

    def _text(self, declared: Field, value: Any) -> str:
        if value is None or value is False or value == "":
            return ""
        if target := TARGETS.get(declared.kind):
            return self.name_of(target, value)
        text = full(declared, value)
        if declared.private and not self._open:
            text = masked(declared.kind, text)
        elif not self._open:
            text = hide_numbers(text)
        return f"{text}{declared.unit}" if declared.kind in (Kind.MONEY, Kind.NUMBER) else text


def title_of(model: type[Record]) -> str:
    """What one such row is called: 任务, 责任人."""
    return model.TITLE or "设置"


def kinds(catalogue: Catalogue) -> dict[str, str]:
    """What a history can be narrowed to: the listed kinds of records and others of their own, by table."""
    parts = {part.model for model in models_by_table().values() for part in parts_of(model)}
    listed = {table_of(ledger.model).name: ledger.noun for ledger in catalogue.values()}
    return listed | {
        name: title_of(model) for name, model in models_by_table().items() if name not in listed and model not in parts
    }


def differences(model: type[Record], old: Mapping[str, str], new: Mapping[str, str]) -> list[Difference]:
    """Field by field what changed between two wordings of a record, in the order of declaration."""
    labels = {declared.key: declared.label for declared in model.FIELDS.values()}
    labels |= {part.key: part.label for part in parts_of(model) if part.key not in labels}
    return [
        Difference(key, label, old.get(key, ""), new.get(key, ""))
        for key, label in labels.items()
        if old.get(key, "") != new.get(key, "")
    ]
