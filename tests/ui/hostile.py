"""An office whose every text was written by somebody who means harm, and a picture that nobody may look at."""

import ctypes
import os
import struct
import sys
from pathlib import Path

from openpyxl import load_workbook
from sqlalchemy import Table, select
from sqlalchemy import text as sql

from db.base import Base
from db.fields import ONE_LINE, Kind
from db.log import Act
from db.models import Person, Task, Unit
from huajie_desktop.named_habits import NamedHabits
from huajie_desktop.papers.making import Order, make
from huajie_desktop.receiving import importing, intake
from huajie_desktop.records import entry
from huajie_desktop.work import attachments, queries, review, saved_filters
from huajie_desktop.work.checklist import TaskFilter
from huajie_desktop.work.task_ledger import TASKS
from huajie_desktop.year.forces import save_force
from tests.office import CATALOGUE, enter
from tests.ui.hands import HEADERS, LAMP, book

_NO_WORDS = ("attachments", "campaigns")  # where digests and patterns of numbers are declared, too
_OPENED = 0x20  # IN_OPEN
_BESIDE = {  # columns of text that no field is declared for
    "tasks": ("return_reason", "due_text"), "attachments": ("name", "added_by"), "operations": ("actor", "label"),
    "import_files": ("name", "unit"), "queries": ("text", "answer", "asked_by", "answered_by", "closed_by"),
    "papers": ("about", "made_by"), "wordings": ("made_by",), "corrections": ("said", "meant"), "campaigns": ("name",),
    "unit_changes": ("name_before",),
}  # fmt: skip


def words(picture: Path) -> str:
    """What a village can put into a cell, 300 characters of it; the signs that are refused today an older program kept."""
    said = f'<b>粗</b><img src="file://{picture}">&lt;i&gt;甲&乙 \u202e反着念\x00\u200b😀<br><a href="file:///etc">点</a>'
    return said + "长" * (300 - len(said))


def printable(picture: Path) -> str:
    """The same without the signs no face has, which are refused on paper."""
    return "".join(sign for sign in words(picture) if sign not in "\u202e\x00\u200b😀{}#|\n")


def workbooks(folder: Path, picture: Path) -> list[Path]:
    """What a village can send: names of file and sheet, titles, headers and cells that are no markup, no formula and no path."""
    said = words(picture).replace("\x00", "")
    lamp = [LAMP[0], said[:150], said, 12.5, "张<b>三&amp;\u202e", "8月底前"]
    odd = [said, said, '=HYPERLINK("file:///etc","点")', said, said, said]
    names = [f"倪宅村<img src=x>&lt;&amp;\u202e{number}.xlsx" for number in range(3)]
    made = [
        book(folder / names[0], lamp, odd, title=f"倪宅村2021年干事承诺清单<b>{said[:60]}"),
        book(folder / names[1], lamp, odd, headers=[*HEADERS[:4], f"{HEADERS[4]}<i>", f"{said[:80]}", "责任人", "完成时限"]),
        book(folder / names[2], lamp, odd, title=said, headers=[*HEADERS, said]),
    ]
    for path in made:
        sheet_named = load_workbook(path)
        sheet_named.active.title = "<b>&lt;\u202e表<img src=x>"[:31]
        sheet_named.save(path)
    return made


def fill(seat, folder: Path, text: str) -> None:
    """Something of every kind of record, then the text into every column of words, as an older program may have kept it."""
    ids = [enter(seat, title=f"任务{number}", recurrence="每周一", start="2021-03-01") for number in range(4)]
    save_force(seat, None, {"name": "专班", "commander": "张三（花街镇）"})
    entry.save(
        seat,
        CATALOGUE["disputes"],
        None,
        {"accepted_on": "2021-03-01", "kind": "邻里", "village": "倪宅村", "summary": "纠纷", "level": "一般"},
    )
    review.submit(seat, ids[1:])
    review.approve(seat, ids[2:3])
    review.send_back(seat, ids[3:], "原因")
    queries.ask(seat, TASKS, ids[1], "", "问题")
    photo = folder / "照片.txt"
    photo.write_text("照片")
    attachments.add(seat, ids[0], [photo])
    intake.apply(seat, importing.preview(seat, [book(folder / "倪宅村.xlsx", LAMP)]))
    make(seat, Order("pledge"), folder / "承诺书.pdf")
    entry.delete(seat, [enter(seat, title="删掉的")], TASKS)
    saved_filters.keep(seat, text[:20], TaskFilter(state="draft"))
    NamedHabits("patterns/tasks", "样式").keep(seat, text[:20], {"title": text})
    with seat.engine.begin() as connection:
        for table in Base.metadata.sorted_tables:
            for row in connection.execute(select(table)).mappings():
                if values := {name: f"{row['id']}{text}" for name in _columns(table) if row[name]}:
                    places = ", ".join(f"{name} = :{name}" for name in values)
                    connection.execute(sql(f"UPDATE {table.name} SET {places} WHERE id = :id"), {**values, "id": row["id"]})


def rename(seat, text: str) -> None:
    """Calls the office, its person and a task so, in a step of that name, as an older program may have done."""
    enter(seat)
    with seat.operation(Act.CHANGE, f"改成{text}"[:200]) as running:
        for model in (Unit, Person, Task):
            record = running.session.scalars(select(model).order_by(model.id)).first()
            setattr(record, "title" if model is Task else "name", text)


def _columns(table: Table) -> list[str]:
    model = next((mapper.class_ for mapper in Base.registry.mappers if mapper.local_table is table), None)
    declared = () if table.name in _NO_WORDS else getattr(model, "FIELDS", {}).values()
    named = [field.name for field in declared if field.kind in {*ONE_LINE, Kind.LONG_TEXT} and field.name in table.c]
    named = [name for name in named if name != "code"]  # of which numbers are made
    return list(dict.fromkeys([*named, *_BESIDE.get(table.name, ())]))


class Watched:
    """Says how often a file was opened, by whatever in this process; on Linux, which alone tells."""

    def __init__(self, path: Path) -> None:
        self._queue = -1
        if sys.platform == "linux":
            system = ctypes.CDLL(None, use_errno=True)
            self._queue = system.inotify_init1(os.O_NONBLOCK)
            assert system.inotify_add_watch(self._queue, os.fsencode(path), _OPENED) >= 0

    def openings(self) -> int:
        """How often since the last time it was asked."""
        try:
            return len(os.read(self._queue, 4096)) // struct.calcsize("iIII") if self._queue >= 0 else 0
        except BlockingIOError:
            return 0

    def close(self) -> None:
        """Stops watching."""
        if self._queue >= 0:
            os.close(self._queue)
