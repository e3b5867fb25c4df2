"""Which units have sent what for a month, and which are missing: the list to remind them by (催报清单)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from db.base import table_of
from db.clock import local_time
from db.fields import Kind
from db.models import ImportBatch, ImportFile, Operation, Person, Post
from huajie_desktop import office
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.jobs import Job
from huajie_desktop.papers.paper_tables import reminder_table
from huajie_desktop.papers.printing import Printed, write_papers
from huajie_desktop.seat import Seat, SeatSession, visible
from huajie_desktop.sending.templates import units_for
from huajie_desktop.sheets.written.csv_writing import as_csv
from huajie_desktop.sheets.written.workbook_writing import NUMBER, Column, Sheet, as_xlsx
from huajie_desktop.typesetting.content import PaperContent
from huajie_desktop.typesetting.files import write_files
from huajie_desktop.typesetting.wording import shipped_wording
from huajie_desktop.values.shown import masked

STATES = {"missing": "未报", "part": "部分", "sent": "已报"}
_CONTACTS = ("书记", "主任", "文书", "联系人")  # posts by which a unit is reached, the best first
_COLUMNS = (
    Column("序号", 7, look=NUMBER), Column("单位", 16), Column("表格", 16), Column("月份", 8), Column("情况", 9),
    Column("报送时间", 18), Column("已录条数", 10, look=NUMBER), Column("应报条数", 10, look=NUMBER), Column("联系人", 12),
    Column("联系电话", 16), Column("文件", 40, wrap=True),
)  # fmt: skip


@dataclass(frozen=True)
class SendingLine:
    """What one unit sent of one kind of list for one month; times are local."""

    id: int  # of the unit
    unit: str
    state: str  # key of STATES
    files: tuple[str, ...]
    at: datetime | None
    actor: str
    records: int  # kept of it, also by hand
    expected: int | None  # how many there should be, where that is known
    contact: str
    phone: str


def sendings(session: SeatSession, ledger: Ledger, month: int) -> list[SendingLine]:
    """Every unit that should send such a list, whether it did for that month of the campaign's year, and what is kept of it.

    A sheet counts for the month its rows report of, else for the month it was taken in; an import that was undone does not.
    """
    sent, kept, expected = _sent(session, ledger, month), _kept(session, ledger, month), _expected(session, ledger)
    contacts = _contacts(session)
    lines = []
    for unit in units_for(session, ledger):
        files, at, actor = sent.get(unit.id, ((), None, ""))
        wanted, count = expected.get(unit.id) if ledger.sheets.each_of else None, kept.get(unit.id, 0)
        whole = bool(files) if wanted is None else count >= wanted > 0
        state = "sent" if whole else "part" if files or count else "missing"
        contact, phone = contacts.get(unit.id, ("", ""))
        lines.append(SendingLine(unit.id, unit.name, state, files, at, actor, count, wanted, contact, phone))
    return lines


def _sent(session: SeatSession, ledger: Ledger, month: int) -> Mapping[int, tuple[tuple[str, ...], datetime, str]]:
    year = session.campaign
    statement = (
        select(ImportFile, Operation.at, Operation.actor)
        .join(ImportBatch, ImportBatch.id == ImportFile.batch_id)
        .join(Operation, Operation.id == ImportBatch.operation_id)
        .where(Operation.undone_by_id.is_(None), ImportBatch.campaign_id == year.id)
        .where(ImportFile.kind == table_of(ledger.model).name)
        .order_by(Operation.id)
    )
    found: dict[int, tuple[tuple[str, ...], datetime, str]] = {}
    for file, at, actor in session.execute(statement):
        when = local_time(at)
        of_month = int(file.month) == month if file.month else (when.year, when.month) == (year.year, month)
        for unit_id in json.loads(file.units) if of_month else ():
            files = found[unit_id][0] if unit_id in found else ()
            found[unit_id] = ((*files, file.name), when, actor)
    return found


def _kept(session: SeatSession, ledger: Ledger, month: int) -> Mapping[int, int]:
    """Records by unit: of that month where they report of months, else all."""
    model: Any = ledger.model
    place = getattr(model, ledger.fields[str(ledger.place)].name)
    statement = select(place, func.count()).where(*visible(session.seat, model)).group_by(place)
    if ledger.sheets.month:
        statement = statement.where(getattr(model, ledger.sheets.month) == f"{month:02}")
    return {unit_id: count for unit_id, count in session.execute(statement)}


def _expected(session: SeatSession, ledger: Ledger) -> Mapping[int, int]:
    return _kept(session, session.seat.catalogue[ledger.sheets.each_of], 0) if ledger.sheets.each_of else {}


def _contacts(session: SeatSession) -> Mapping[int, tuple[str, str]]:
    """Whom to ring at a unit: who holds the best of the posts there."""
    statement = select(Post.unit_id, Post.title, Person.name, Person.phone).join(Person, Person.id == Post.person_id)
    found: dict[int, tuple[int, str, str]] = {}
    for unit_id, title, name, phone in session.execute(statement.where(Post.until.is_(None)).order_by(Post.position, Post.id)):
        rank = next((place for place, word in enumerate(_CONTACTS) if word in title), len(_CONTACTS))
        if unit_id not in found or rank < found[unit_id][0]:
            found[unit_id] = (rank, name, phone or "")
    return {unit_id: (name, phone) for unit_id, (_rank, name, phone) in found.items()}


def summary(lines: Sequence[SendingLine], today: date) -> str:
    """The counts as one sentence: 截至2021年3月10日，应报27个单位，已报24个，未报3个：倪宅村、…."""
    missing = [line.unit for line in lines if line.state == "missing"]
    part = [line.unit for line in lines if line.state == "part"]
    sent = len(lines) - len(missing) - len(part)
    words = f"截至{today.year}年{today.month}月{today.day}日，应报{len(lines)}个单位，已报{sent}个"
    words += f"，只报了一部分的{len(part)}个：{'、'.join(part)}" if part else ""
    return words + (f"，未报{len(missing)}个：{'、'.join(missing)}。" if missing else "，没有未报的。")


def export_reminders(seat: Seat, ledger: Ledger, month: int, target: Path, *, everyone: bool = False) -> int:
    """Writes the units still to be reminded (or everyone) as .xlsx or .csv by the ending; returns how many. Raises Problem."""
    with seat.reading() as session:
        lines = [line for line in sendings(session, ledger, month) if everyone or line.state != "sent"]
        title = f"{session.township.name}{session.seat.year}年{month}月{_called(ledger)}催报清单"
    rows = [
        [
            number,
            line.unit,
            _called(ledger),
            f"{month}月",
            STATES[line.state],
            f"{line.at:%Y-%m-%d %H:%M}" if line.at else None,
            line.records,
            line.expected,
            line.contact,
            masked(Kind.PHONE, line.phone),
            "\n".join(line.files),
        ]
        for number, line in enumerate(lines, 1)
    ]
    sheet = Sheet(title, _COLUMNS, rows)
    write_files({target: as_csv(sheet) if target.suffix.lower() == ".csv" else as_xlsx(sheet)})
    return len(rows)


def make_reminders(seat: Seat, ledger: Ledger, month: int, target: Path, job: Job | None = None) -> Printed:
    """Writes the same as a PDF to be printed and hung up or sent round. Raises Problem."""
    with seat.reading() as session:
        lines, year = sendings(session, ledger, month), session.campaign
        name = f"{year.year}年{month}月{_called(ledger)}催报清单" + ("（演示数据）" if office.is_demo(session) else "")
        said = {"镇": session.township.name, "活动": name, "说明": summary(lines, seat.today())}
        rows = [
            (
                line.unit, STATES[line.state], f"{line.at:%m-%d %H:%M}" if line.at else "",
                str(line.records) if line.expected is None else f"{line.records}/{line.expected}",
                line.contact, masked(Kind.PHONE, line.phone),
            )
            for line in sorted(lines, key=lambda line: list(STATES).index(line.state))
        ]  # fmt: skip
    content = PaperContent(
        "催报清单", said["镇"], year.year, "", shipped_wording("reminders"), said, {"催报表": reminder_table(rows)}, counted=False
    )
    return write_papers([content], target, job)[0]


def _called(ledger: Ledger) -> str:
    return ledger.title.removesuffix("台账")
