"""The year of work of make_0006.py with the program of schema 0007, and a template sent back: python make_0007.py CHECKOUT, see README.md."""

import shutil
import sys
import tempfile
from pathlib import Path

import make
import make_0006

NEW = {"title": "（演示）文化礼堂修缮", "category": "干事承诺", "due": "9月底前", "responsible": "倪成纲"}


def main(checkout: Path) -> None:
    """Works, takes the last five steps back and does them again, and keeps the database with what lay beside it."""
    sys.path[:0] = [str(checkout)]
    from huajie_desktop.application import Application

    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "data"
        data = Application.create(folder, today=lambda: make.TODAY)
        seat = make_0006.work(data, Path(scratch))
        send_back(seat, Path(scratch))
        last = make_0006.last_five(seat, Path(scratch))
        data.close()
        make_0006.prove(shutil.copytree(folder, Path(scratch) / "again"), last)
        make.keep(folder, "0007", "0007")


def send_back(seat, scratch: Path) -> None:
    """Templates go out; one comes back with a row written below its own."""
    from openpyxl import load_workbook

    from huajie_desktop.receiving import importing, intake
    from huajie_desktop.sending.templates import write_templates
    from huajie_desktop.work.task_ledger import TASKS

    write_templates(seat, TASKS, scratch / "sent")
    file = sorted((scratch / "sent").glob("*倪宅村*.xlsx"))[0]
    book = load_workbook(file)
    sheet = book.worksheets[0]
    row = next(cell.row for cell in sheet["D"][5:] if cell.value is None)
    keys = [cell.value for cell in sheet[3]]
    for key, words in NEW.items():
        sheet.cell(row, keys.index(f"hj:{key}") + 1).value = words
    book.save(file)
    taken = intake.apply(seat, importing.preview(seat, [file]))
    assert taken.changes.touched["tasks"]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
