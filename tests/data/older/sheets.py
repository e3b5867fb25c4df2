"""The workbooks villages send in the made-up year."""

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

HEAD = ["序号", "类别", "承诺事项", "建设内容及规模", "计划投资（万元）", "责任人", "完成时限"]
DISPUTES = ["受理日期", "纠纷类型", "村（社）", "级别", "纠纷简要情况", "甲方姓名", "乙方姓名", "涉及金额"]
PROGRESS = ["责任单位", "任务名称", "月份", "完成情况", "完成比例", "进展情况"]


def village(folder: Path, unit: str, *rows: Sequence[object]) -> Path:
    """A village's list of what it promises, rows without their number."""
    numbered = [[number, *row] for number, row in enumerate(rows, 1)]
    return book(folder / f"{unit}.xlsx", f"{unit}2021年干事承诺清单", HEAD, *numbered)


def book(file: Path, title: str, head: Sequence[str], *rows: Sequence[object]) -> Path:
    """A workbook of one sheet: title, header, rows."""
    made = Workbook()
    for row in ([title], head, *rows):
        made.active.append(list(row))
    made.save(file)
    return file
