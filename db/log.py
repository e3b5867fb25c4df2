"""What was done: operations with the rows they changed, import batches, and counters that only go up."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from db.acts import Act as Act
from db.base import Base, OfTownship, Record
from db.types import Line, Words, key_to
from db.uids import LENGTH

LONGEST = 200  # characters of an operation's label


class Database(Base):
    """What this database is called among all, and which one it was copied from; the last row speaks of this one."""

    __tablename__ = "databases"

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(Line(LENGTH), unique=True)
    copied_from: Mapped[str | None] = mapped_column(Line(LENGTH))  # None for the first, begun here
    at: Mapped[datetime]
    operation_id: Mapped[int]  # the last operation both have in common
    place: Mapped[str] = mapped_column(Line(64))  # digest of the computer and folder it is kept in; "" not opened yet


class Operation(Base):
    """One thing somebody did, in one transaction; the journal entries say which rows it changed."""

    __tablename__ = "operations"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(Line(40))  # the name of whoever did it, as it was then
    author_uid: Mapped[str | None] = mapped_column(Line(LENGTH), index=True)  # the person; None: a command, or nobody known
    act: Mapped[str] = mapped_column(Line(20), default="")  # the verb, a value of Act
    label: Mapped[str] = mapped_column(Line(LONGEST))
    undone_by_id: Mapped[int | None] = mapped_column(key_to("operations.id"))


class JournalEntry(Base):
    """What became of one row, as JSON by column; append-only.

    A row that came has no `before`, one that went no `after`; of a changed one both hold the changed columns alone.
    A part also names the record whose content it is.
    """

    __tablename__ = "journal"
    __table_args__ = (  # what a server is told as well the migrations say: here it would load that dialect at every start
        Index("ix_journal_kind_record_id", "kind", "record_id"),
        Index("ix_journal_owner_kind_owner_id", "owner_kind", "owner_id", sqlite_where=text("owner_kind IS NOT NULL")),
        Index("ix_journal_gone", "kind", "record_id", sqlite_where=text("after IS NULL")),
        Base.__table_args__,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    operation_id: Mapped[int] = mapped_column(key_to("operations.id"), index=True)
    kind: Mapped[str] = mapped_column(Line(40))
    record_id: Mapped[int]
    owner_kind: Mapped[str | None] = mapped_column(Line(40))
    owner_id: Mapped[int | None]
    before: Mapped[str | None] = mapped_column(Words)
    after: Mapped[str | None] = mapped_column(Words)


class ImportBatch(Base):
    """One import: the files it took and the operation that undoes it whole."""

    __tablename__ = "import_batches"

    id: Mapped[int] = mapped_column(primary_key=True)
    operation_id: Mapped[int] = mapped_column(key_to("operations.id"), index=True)
    campaign_id: Mapped[int] = mapped_column(key_to("campaigns.id"))

    operation: Mapped[Operation] = relationship()
    files: Mapped[list["ImportFile"]] = relationship(order_by="ImportFile.id")


class ImportFile(Base):
    """One file of a batch, with what became of its rows."""

    __tablename__ = "import_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(key_to("import_batches.id"), index=True)
    name: Mapped[str] = mapped_column(Line(255))
    kind: Mapped[str] = mapped_column(Line(40), default="tasks", server_default="tasks")  # the table its rows went to
    digest: Mapped[str] = mapped_column(Line(64), index=True)
    unit: Mapped[str | None] = mapped_column(Line(60))
    new: Mapped[int]
    changed: Mapped[int] = mapped_column(default=0, server_default="0")
    closed: Mapped[int] = mapped_column(default=0, server_default="0")  # records no longer in the sheet and closed by the clerk
    same: Mapped[int]
    skipped: Mapped[int]
    month: Mapped[str | None] = mapped_column(Line(2))  # the month its rows report of ("03"), None where it is not said
    units: Mapped[str] = mapped_column(Words, default="[]", server_default="[]")  # JSON: ids of the units its rows are of
    said: Mapped[str] = mapped_column(Words, default="{}", server_default="{}")  # JSON: what the clerk said of it in the preview
    left_out: Mapped[str] = mapped_column(Words, default="[]")  # JSON: rows not taken, with reason and their text


class Counter(Base):
    """The last number given in a series of a township; never goes back, so that no number on paper is used twice."""

    __tablename__ = "counters"
    __table_args__ = ()

    township_id: Mapped[int] = mapped_column(key_to("units.id"), primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(Line(80), primary_key=True)
    value: Mapped[int]


class Setting(OfTownship):
    """One setting of the office that belongs to the data, not to the computer."""

    __tablename__ = "settings"
    __table_args__ = (UniqueConstraint("township_id", "name"), Record.__table_args__)

    name: Mapped[str] = mapped_column(Line(80))
    value: Mapped[str] = mapped_column(Words)


class Snapshot(Base):
    """What a page showed after some operation, kept so that it can stand there again before this library is loaded."""

    __tablename__ = "snapshots"
    __table_args__ = ()

    name: Mapped[str] = mapped_column(Line(80), primary_key=True)
    operation_id: Mapped[int]
    value: Mapped[str] = mapped_column(Words)


class Draft(Base):
    """What stands half typed in a form, kept so that a power cut does not take it; no history, gone once saved."""

    __tablename__ = "drafts"
    __table_args__ = ()

    person_uid: Mapped[str] = mapped_column(Line(LENGTH), primary_key=True)  # no reference: it outlives an undone person
    name: Mapped[str] = mapped_column(Line(80), primary_key=True)  # which form and record
    at: Mapped[datetime]
    value: Mapped[str] = mapped_column(Words)


class Habit(Base):
    """How one person likes to look at something: chosen columns, saved filters; no history."""

    __tablename__ = "habits"
    __table_args__ = ()

    person_uid: Mapped[str] = mapped_column(Line(LENGTH), primary_key=True)  # no reference: it outlives an undone person
    name: Mapped[str] = mapped_column(Line(80), primary_key=True)
    value: Mapped[str] = mapped_column(Words)
