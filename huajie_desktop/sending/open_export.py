"""Everything that is kept, written out in open formats for hand-over: every table as .csv and .json, and the files attached."""

import csv
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Table, func, select

from db.base import Base
from db.fields import Field
from huajie_desktop import temporary
from huajie_desktop.errors import Problem
from huajie_desktop.folders import is_data_folder
from huajie_desktop.jobs import Job, Silent
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.sending.traces import traced
from huajie_desktop.sheets.written.formulas import guarded
from huajie_desktop.typesetting.files import NotWritten

_STEP = 5000  # rows between two looks at the job
_SPARED = ("drafts", "habits", "snapshots")  # what belongs to a person's desk, not to the office
_READ_ME = """{township}{year}年清单数据（全部内容，{day}导出）

数据/　每张表各有一个 .csv 和一个 .json，内容相同；编码 UTF-8。
　　　日期写作 2021-08-31，时间是世界协调时，金额的单位是元，状态等写的是存储值（含义见下）。
　　　.json 是原样数据。.csv 里会被当成公式的文字前面加了一个撇号（'），长数字后面加了一个制表符，用表格软件打开不会变样。
附件/　任务的照片、扫描件和文档，按内容校验值命名；attachments 表写着原来的文件名。

各表的字段（括号里是屏幕上的名称）：
{tables}
"""


def export_everything(seat: Seat, folder: Path, job: Job | None = None) -> int:
    """Writes all tables and attached files into a new `folder`, which is noted in the history; returns the number of rows.

    Raises Problem when the folder is not empty or cannot be written, Cancelled; then nothing of it is left.
    """
    if any(map(is_data_folder, (folder, *folder.absolute().resolve().parents))):
        raise Problem(f"“{folder}”在数据文件夹里，那里只放程序自己的数据，没有导出。请另选一个文件夹。")
    try:
        if folder.exists() and any(folder.iterdir()):
            raise Problem(f"文件夹“{folder}”里已有内容，没有导出。请选一个空文件夹。")
        folder.parent.mkdir(parents=True, exist_ok=True)
        with temporary.beside([folder]) as beside:
            [waiting] = beside.waiting
            (waiting.new / "数据").mkdir(mode=0o700, parents=True)
            waiting.new.chmod(0o700)  # everybody's data, unmasked: for whoever exports it alone
            rows = _write_all(seat, waiting.new, job or Silent())
            with traced(seat, f"全部导出 {rows} 行（个人信息没有遮盖）：{folder.name}"):
                if folder.exists():
                    folder.rmdir()
                os.replace(waiting.new, folder)
    except OSError as error:
        raise NotWritten(folder, error) from error
    return rows


def _write_all(seat: Seat, folder: Path, job: Job) -> int:
    with seat.reading() as session:
        rows = _write_tables(session, folder / "数据", job)
        (folder / "说明.txt").write_text(_read_me(session, seat.today()), encoding="utf-8-sig", newline="\r\n")
    if (kept := seat.folder / "attachments").exists():
        shutil.copytree(kept, folder / "附件", ignore=shutil.ignore_patterns("*.tmp"))
    return rows


def _write_tables(session: SeatSession, folder: Path, job: Job) -> int:
    tables = [table for table in Base.metadata.sorted_tables if table.name not in _SPARED]
    total = sum(session.scalar(select(func.count()).select_from(table)) or 0 for table in tables)
    done = 0
    for table in tables:
        for row in _written(session, table, folder):
            if done % _STEP == 0:
                job.step(done, total, f"导出 {table.name} {done}/{total}")
            done += row
    job.step(total, total, "完成")
    return done


def _written(session: SeatSession, table: Table, folder: Path) -> Iterator[int]:
    """Writes one table into both files row by row; yields 1 for each."""
    names = list(table.columns.keys())
    order = [column for column in table.primary_key.columns]
    with (
        (folder / f"{table.name}.csv").open("w", encoding="utf-8-sig", newline="") as sheet,
        (folder / f"{table.name}.json").open("w", encoding="utf-8") as objects,
    ):
        rows = csv.writer(sheet)
        rows.writerow(names)
        objects.write("[")
        for number, row in enumerate(session.execute(select(table).order_by(*order).execution_options(yield_per=1000))):
            plain = {name: _plain(value) for name, value in zip(names, row, strict=True)}
            rows.writerow([_cell(value, plain[name]) for name, value in zip(names, row, strict=True)])
            objects.write((",\n" if number else "\n") + json.dumps(plain, ensure_ascii=False))
            yield 1
        objects.write("\n]\n")


def _plain(value: Any) -> Any:
    """Days and amounts as text, all else as it is."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _cell(kept: Any, plain: Any) -> Any:
    """A value as it stands in a .csv: a text that a spreadsheet program would take for a formula stays text."""
    return "" if plain is None else guarded(kept) if isinstance(kept, str) else plain


def _read_me(session: SeatSession, day: date) -> str:
    fields: dict[str, Mapping[str, Field]] = {
        mapper.local_table.name: getattr(mapper.class_, "FIELDS", {})  # type: ignore[attr-defined]
        for mapper in Base.registry.mappers
    }
    lines = []
    for table in Base.metadata.sorted_tables:
        if table.name not in _SPARED:
            words = [_named(column.name, fields.get(table.name, {}).get(column.name)) for column in table.c]
            lines.append(f"{table.name}：{'、'.join(words)}")
    year, top = session.campaign, session.township
    return _READ_ME.format(township=top.name, year=year.year, day=day.isoformat(), tables="\n".join(lines))


def _named(column: str, declared: Field | None) -> str:
    if declared is None:
        return column
    choices = "，".join(f"{key}={word}" for key, word in declared.choices.items())
    return f"{column}（{declared.label}{'：' + choices if choices else ''}）"
