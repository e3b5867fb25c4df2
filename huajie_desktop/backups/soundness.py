"""Looking the data through as it lies there, and saying what is wrong in words."""

import re

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from db.backup import Moment
from db.belonging import models_by_table
from db.checking import GONE, MOST, TWICE, UNTOLD, Finding, examine
from db.errors import StorageError
from huajie_desktop.jobs import Job, Silent

SOUND = "检查过了，数据完好：数据库没有损坏，每条记录都和操作记录一致。"
_PAGE = re.compile(r"page (\d+)")
_WORDS = {UNTOLD: "多出来的，操作记录里没有", GONE: "不见了，操作记录里有", TWICE: "操作记录前后不一致"}


def look_through(engine: Engine, job: Job | None = None) -> list[Finding]:
    """What is wrong with the data as it is now, on a connection of its own; empty where all is well. Raises Cancelled."""
    told = job or Silent()
    try:
        with Moment(engine) as moment:
            return examine(moment.connection, lambda done, total: told.step(done, total, "检查数据"))
    except (StorageError, SQLAlchemyError) as error:
        return [Finding("", 0, str(error))]


def sentence(found: list[Finding]) -> str:
    """What was found, and what to do."""
    if not found:
        return SOUND
    many = f"至少 {len(found)}" if len(found) >= MOST else f" {len(found)}"
    return f"数据有损坏：发现{many} 处。请不要再录入，用最近一份好的备份恢复。"


def worded(finding: Finding) -> str:
    """A finding in a line."""
    if not finding.table:
        page = _PAGE.search(finding.what)  # SQLite's own words are English
        return f"数据库文件：第 {page[1]} 页损坏" if page else "数据库文件：有损坏，读不完"
    model = models_by_table().get(finding.table)
    noun = model.TITLE if model is not None and model.TITLE else finding.table
    if finding.what in _WORDS:
        return f"{noun}（第 {finding.record_id} 号）{_WORDS[finding.what]}"
    field = model.FIELDS.get(finding.what) if model is not None else None
    return f"{noun}（第 {finding.record_id} 号）的“{field.label if field else finding.what}”和操作记录不一致"
