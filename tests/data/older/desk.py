"""What the years of work from schema 0002 on share: a desk with the names of its records, and the steps at it."""

import struct
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from db.models import Person, Task, Unit
from huajie_desktop.exchange import importing, intake
from huajie_desktop.journal import history
from huajie_desktop.ledgers import LEDGERS
from huajie_desktop.records import entry
from huajie_desktop.work import review, tasks

LAMPS = {
    "title": "穿村段路灯安装", "content": "沿线安装路灯12盏", "category": "干事承诺", "unit": "倪宅村", "due": "8月底前",
    "investment": "12.5", "responsible": "张三、李四", "lead": "王五", "start": "3月1日", "milestones": "4月底 完成招标\n6月底 竣工",
    "recurrence": "每月5日", "cooperating": "示例办、金湖村", "further": "全域美丽提升", "quantities": "路灯12盏、电缆1.5公里",
    "funding": "镇补 10万 实际 4万\n村自筹 2.5万", "key_project": "是", "remarks": "演示",
}  # fmt: skip
PLAIN = {"title": "", "category": "干事承诺", "unit": "倪宅村", "due": "9月底前", "responsible": "赵六"}
DISPUTE = {
    "accepted_on": "2021-03-05", "kind": "邻里", "village": "倪宅村", "level": "一般", "summary": "排水沟改道起争执",
    "party_a": "甲某", "party_b": "乙某", "people": "3", "amount": "8000.5", "mediator": "钱七",
}  # fmt: skip
DISPUTES = LEDGERS["disputes"]


@dataclass
class Desk:
    """The open data, a folder for what is written, and how papers are made in that version."""

    app: Any
    scratch: Path
    make: Any  # (app, kind, target) -> changes

    def one(self, statement) -> int:
        """The only id a statement finds."""
        with self.app.reading() as session:
            return session.scalars(statement).one()

    def unit(self, name: str) -> int:
        """A unit by name."""
        return self.one(select(Unit.id).where(Unit.name == name))

    def person(self, name: str, unit: str) -> int:
        """A person by name and unit."""
        return self.one(select(Person.id).join(Unit, Unit.id == Person.unit_id).where(Person.name == name, Unit.name == unit))

    def task(self, title: str) -> int:
        """A task of 2021 by title."""
        return self.one(select(Task.id).where(Task.title == title, Task.campaign_id == 1))

    def named(self, model, name: str) -> int:
        """The first of any records that have a name."""
        return self.one(select(model.id).where(model.name == name).order_by(model.id).limit(1))

    def enter(self, **texts: str) -> int:
        """A task typed into the form; the rest as in PLAIN."""
        return tasks.save_task(self.app, None, {**PLAIN, **texts}).record_id

    def change(self, title: str, **texts: str) -> int:
        """Some fields of a task typed anew. Returns the operation."""
        task_id = self.task(title)
        with self.app.reading() as session:
            stood = tasks.form_texts(session, task_id)
        return tasks.save_task(self.app, task_id, {**stood, **texts}).changes.operation_id

    def dispute(self, record_id: int | None = None, **texts: str):
        """A dispute typed into the form; the rest as in DISPUTE."""
        return entry.save(self.app, DISPUTES, record_id, {**DISPUTE, **texts})

    def take_in(self, *files: Path, **options):
        """Sheets taken in."""
        return intake.apply(self.app, importing.preview(self.app, list(files)), **options).changes

    def reviewed(self, step, *arguments):
        """One step of 李四, who reviews."""
        self.app.actor = "李四"
        done = step(self.app, *arguments)
        self.app.actor = "张三"
        return done

    def approve(self, ids, *ledger) -> None:
        """Handed in by 张三, approved by 李四."""
        review.submit(self.app, ids, *ledger)
        self.reviewed(review.approve, ids, *ledger)

    def back(self, changes):
        """Taken back; of what was taken back: done again."""
        return history.undo(self.app, [changes.operation_id])

    def picture(self, name: str, grey: int) -> Path:
        """A photo of one grey point."""
        parts = ((b"IHDR", struct.pack(">2I5B", 1, 1, 8, 0, 0, 0, 0)), (b"IDAT", zlib.compress(bytes([0, grey]))), (b"IEND", b""))
        data = b"".join(
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in parts
        )
        file = self.scratch / name
        file.write_bytes(b"\x89PNG\r\n\x1a\n" + data)
        return file
