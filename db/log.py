"""What was done: operations with the rows they changed, import batches, and counters that only go up."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.base import Base, Record


class Operation(Base):
    """One thing somebody did, in one transaction; the journal entries say which rows it changed."""

    __tablename__ = "operations"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(40))
    label: Mapped[str] = mapped_column(String(200))
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("operations.id"))


class JournalEntry(Base):
    """The before and after image (JSON by column) of one changed row; None where it did not exist. Append-only."""

    __tablename__ = "journal"
    __table_args__ = (Index("ix_journal_kind_record_id", "kind", "record_id"), Base.__table_args__)

    id: Mapped[int] = mapped_column(primary_key=True)
    operation_id: Mapped[int] = mapped_column(ForeignKey("operations.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    record_id: Mapped[int]
    before: Mapped[str | None] = mapped_column(Text)
    after: Mapped[str | None] = mapped_column(Text)


class ImportBatch(Base):
    """One import: the files it took and the operation that undoes it whole."""

    __tablename__ = "import_batches"

    id: Mapped[int] = mapped_column(primary_key=True)
    operation_id: Mapped[int] = mapped_column(ForeignKey("operations.id"), index=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))

    operation: Mapped[Operation] = relationship()
    files: Mapped[list["ImportFile"]] = relationship(order_by="ImportFile.id")


class ImportFile(Base):
    """One file of a batch, with what became of its rows."""

    __tablename__ = "import_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batches.id"), index=True)
    name: Mapped[str] = mapped_column(String(255))
    kind: Mapped[str] = mapped_column(String(40), default="tasks", server_default="tasks")  # the table its rows went to
    digest: Mapped[str] = mapped_column(String(64), index=True)
    unit: Mapped[str | None] = mapped_column(String(60))
    new: Mapped[int]
    changed: Mapped[int] = mapped_column(default=0, server_default="0")
    closed: Mapped[int] = mapped_column(default=0, server_default="0")  # records no longer in the sheet and closed by the clerk
    same: Mapped[int]
    skipped: Mapped[int]
    month: Mapped[str | None] = mapped_column(String(2))  # the month its rows report of ("03"), None where it is not said
    units: Mapped[str] = mapped_column(Text, default="[]", server_default="[]")  # JSON: ids of the units its rows are of
    said: Mapped[str] = mapped_column(Text, default="{}", server_default="{}")  # JSON: what the clerk said of it in the preview
    left_out: Mapped[str] = mapped_column(Text, default="[]")  # JSON: rows not taken, with reason and their text


class Counter(Base):
    """The last number given in a series; never goes back, so that no number on paper is used twice."""

    __tablename__ = "counters"
    __table_args__ = ()

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    value: Mapped[int]


class Setting(Record):
    """One setting of the office that belongs to the data, not to the computer."""

    __tablename__ = "settings"

    name: Mapped[str] = mapped_column(String(80), unique=True)
    value: Mapped[str] = mapped_column(Text)


class Snapshot(Base):
    """What a page showed after some operation, kept so that it can stand there again before this library is loaded."""

    __tablename__ = "snapshots"
    __table_args__ = ()

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    operation_id: Mapped[int]
    value: Mapped[str] = mapped_column(Text)


class Draft(Base):
    """What stands half typed in a form, kept so that a power cut does not take it; no history, gone once saved."""

    __tablename__ = "drafts"
    __table_args__ = ()

    actor: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(80), primary_key=True)  # which form and record
    at: Mapped[datetime]
    value: Mapped[str] = mapped_column(Text)


class Habit(Base):
    """How one person likes to look at something: chosen columns, saved filters; no history."""

    __tablename__ = "habits"
    __table_args__ = ()

    actor: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
