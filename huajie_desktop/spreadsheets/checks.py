"""Checks across records: the same task of the same unit written twice."""

from collections.abc import Iterable

from huajie_desktop.values.text import fold

from .records import WARNING, ReadRecord

DUPLICATE = "duplicate"


def check_duplicates(records: Iterable[ReadRecord]) -> None:
    """Warns at the title of every second and later record with the same unit and title; may be run again after mending."""
    first: dict[tuple[str | None, str], ReadRecord] = {}
    for record in records:
        if any(issue.rule for issue in record.issues):
            record.issues = [issue for issue in record.issues if issue.rule != DUPLICATE]
        if not record.title:
            continue
        other = first.setdefault((record.unit, fold(record.title)), record)
        if other is not record:
            record.complain("title", WARNING, f"与 {other.cell('title')} 的任务重复，请核对要不要跳过", DUPLICATE)
