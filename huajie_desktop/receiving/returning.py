"""What could not be taken goes back to the village: its own workbook with the faults marked, to be mended and sent again."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from db.fields import Field, Kind
from huajie_desktop.errors import Problem
from huajie_desktop.jobs import Job, Silent
from huajie_desktop.reading.read_record import ERROR
from huajie_desktop.receiving.previews import FilePreview, PreviewRow
from huajie_desktop.sheets.fenced.fence import Reader
from huajie_desktop.sheets.written.marking import mark_workbook
from huajie_desktop.sheets.written.marks import SHEET, Mark, Marked
from huajie_desktop.typesetting.files import write_files

_NOT_IN_FILES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_ENDING = "（请修改）.xlsx"
_ADVICE = {
    Kind.DAY: "写成 2021-08-31 或 8月底前",
    Kind.MONEY: "写一个数字，如 12.5",
    Kind.NUMBER: "写一个整数",
    Kind.FLAG: "写 是 或 否",
    Kind.UNIT: "写单位全称，如 李庄村",
    Kind.PEOPLE: "写姓名，几个人用、分开",
    Kind.CATEGORY: "写本年度的类别名称",
    Kind.PERSON: "写一个人的姓名",
    Kind.QUANTITIES: "写成 路灯12盏，几样用、分开",
    Kind.FUNDING: "写成 镇补 5万，每个来源一行",
    Kind.REACHED: "写成 完成招标 完成：6月25日，每行一个",
    Kind.BROUGHT: "写成 路灯 9／12盏，每行一样",
    Kind.MILESTONES: "写成 6月底 完成招标，每行一个",
}


def faulty(file: FilePreview) -> bool:
    """Whether a file has rows that cannot be taken."""
    return any(row.action == "error" and not row.skipped for row in file.rows)


def return_files(files: Sequence[FilePreview], target: Path, job: Job | None = None) -> list[Path]:
    """Writes each faulty file as a workbook to be mended: one to `target` itself where that is an .xlsx, several beside it.

    Raises Problem where nothing is faulty or a file cannot be read at all; Cancelled. All are written, or none.
    """
    job, wanted = job or Silent(), [file for file in files if faulty(file)]
    if not wanted:
        raise Problem("没有有错误的行，不用退回，没有写任何文件。")
    alone = len(wanted) == 1 and target.suffix.lower() == ".xlsx"
    folder = target.with_suffix("") if target.suffix.lower() == ".xlsx" else target
    made: dict[Path, bytes] = {}
    with Reader() as reader:
        for place, file in enumerate(wanted):
            job.step(place, len(wanted), f"标出 {file.read.name} 的问题")
            path = target if alone else _free(made, folder, file)
            made[path] = mark_workbook(file.path, Marked(_title(file), list(_marks(file))), reader)
    job.step(len(wanted), len(wanted), "写入文件")
    write_files(made)
    return list(made)


def _free(taken: dict[Path, bytes], folder: Path, file: FilePreview) -> Path:
    stem = _NOT_IN_FILES.sub("_", Path(file.read.name).stem.removesuffix("（请修改）"))
    path, number = folder / f"{stem}{_ENDING}", 1
    while path in taken:
        number += 1
        path = folder / f"{stem}（{number}）{_ENDING}"
    return path


def _title(file: FilePreview) -> str:
    count = sum(row.action == "error" and not row.skipped for row in file.rows)
    return f"{file.read.unit or ''}{file.ledger.title}{SHEET}（{count} 行有错误）"


def _marks(file: FilePreview) -> Iterator[Mark]:
    """Errors, and doubts beside them, in the order of the rows."""
    for row in file.rows:
        if row.skipped or row.removed or not row.record.row:
            continue
        yield from sorted(_marks_of(row), key=lambda mark: (len(mark.letter), mark.letter))


def _marks_of(row: PreviewRow) -> Iterator[Mark]:
    record = row.record
    grave = row.action == "error"
    for issue in record.issues:
        if issue.severity == ERROR and not grave:
            continue  # of a cell that is left as it is
        yield _mark(row, issue.field, issue.message, grave=issue.severity == ERROR)
    for key, message in row.faults.items():
        yield _mark(row, key, message, grave=True)


def _mark(row: PreviewRow, key: str, message: str, *, grave: bool) -> Mark:
    record, ledger = row.record, row.file.ledger
    letter = record.letters.get(key) or record.letters.get(ledger.name) or "A"
    declared = ledger.fields.get(key)
    return Mark(record.sheet, record.row, letter, record.raw.get(key, ""), message, advice(declared) if declared else "", grave)


def advice(declared: Field) -> str:
    """How a field is filled in, in a few words."""
    if declared.choices:
        return f"从这些里选一个：{'、'.join(declared.choices.values())}"
    return declared.help or _ADVICE.get(declared.kind, "按实际填写")
