"""Templates for all villages in one go, beside a bare writer of the very same cells, looks, checks and locks."""

import shutil
import zipfile
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from huajie_desktop.application import Application
from huajie_desktop.demo import demo_files
from huajie_desktop.receiving import importing, intake
from huajie_desktop.sending import templates
from huajie_desktop.township.seating import set_up
from huajie_desktop.work.task_ledger import TASKS
from tests.bench.measure import Measure, Timed, stopwatch

_CALLS = (
    "write_string", "write_number", "write_datetime", "write_blank", "write_column", "set_column", "set_row", "merge_range",
    "data_validation", "freeze_panes", "repeat_rows", "set_landscape", "set_paper", "fit_to_pages", "center_horizontally",
    "set_margins", "set_footer", "print_area", "protect", "hide", "autofilter",
)  # fmt: skip


def _templates(folder: Path) -> tuple[Timed, Timed]:
    app = set_up(Application.create(folder / "data"), "花街镇", 2021)
    intake.apply(app, importing.preview(app, demo_files()[1:]), skip_errors=True)
    with app.reading() as session:
        units = [unit.id for unit in templates.units_for(session, TASKS)][:26]
    recorded = _recorded(app, folder / "recorded", units)

    def ours() -> float:
        shutil.rmtree(folder / "ours", ignore_errors=True)
        with stopwatch() as seconds:
            made = templates.write_templates(app, TASKS, folder / "ours", units)
        assert len(made) == 26
        return seconds[0]

    def peer() -> float:
        shutil.rmtree(folder / "peer", ignore_errors=True)
        (folder / "peer").mkdir()
        with stopwatch() as seconds:
            for number, book in enumerate(recorded):
                _play(folder / "peer" / f"{number}.xlsx", *book)
        assert _sheets(folder / "peer") == _sheets(folder / "ours") or not (folder / "ours").exists()
        assert _sheets(folder / "peer")[0] == 26
        return seconds[0]

    return ours, peer


def _sheets(folder: Path) -> tuple[int, int]:
    """How many workbooks lie there, and how many sheets they have in all; each can be opened."""
    books = [zipfile.ZipFile(file) for file in folder.glob("*.xlsx")]
    return len(books), sum("worksheets/sheet" in name for book in books for name in book.namelist())


Book = tuple[list[dict[str, Any]], list[tuple[str, list[tuple[str, tuple[Any, ...], dict[str, Any]]]]]]


def _recorded(app: Application, folder: Path, units: list[int]) -> list[Book]:
    """What our writer asks of the library for each file: looks, and calls by sheet with looks by number."""
    books: list[Book] = []
    own = {name: getattr(Worksheet, name) for name in _CALLS}
    add_format, add_worksheet = Workbook.add_format, Workbook.add_worksheet
    depth = [0]

    def listen(name: str) -> Any:
        def call(page: Worksheet, *args: Any, **more: Any) -> Any:
            if not depth[0]:
                page.told.append((name, tuple(getattr(a, "told", a) for a in args), more))
            depth[0] += 1
            try:
                return own[name](page, *args, **more)
            finally:
                depth[0] -= 1

        return call

    def note_format(book: Workbook, looks: dict[str, Any] | None = None) -> Any:
        made = add_format(book, looks or {})
        if looks and "xf_index" not in looks and "hyperlink" not in looks:  # not those the library makes for itself
            if not hasattr(book, "told"):
                book.told = ([], [])
                books.append(book.told)
            book.told[0].append(looks)
            made.told = _Look(len(book.told[0]) - 1)
        return made

    def note_sheet(book: Workbook, name: str) -> Any:
        page = add_worksheet(book, name)
        page.told = []
        if not hasattr(book, "told"):
            book.told = ([], [])
            books.append(book.told)
        book.told[1].append((name, page.told))
        return page

    try:
        for name in _CALLS:
            setattr(Worksheet, name, listen(name))
        Workbook.add_format, Workbook.add_worksheet = note_format, note_sheet
        templates.write_templates(app, TASKS, folder, units)
    finally:
        for name, call in own.items():
            setattr(Worksheet, name, call)
        Workbook.add_format, Workbook.add_worksheet = add_format, add_worksheet
    return books


class _Look(int):
    """The number of a look in place of the look itself."""


def _play(path: Path, looks: list[dict[str, Any]], sheets: list[Any]) -> None:
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = Workbook(str(path), plain)
    made = [book.add_format(dict(look)) for look in looks]
    for name, calls in sheets:
        page = book.add_worksheet(name)
        for call, args, more in calls:
            getattr(page, call)(*(made[a] if isinstance(a, _Look) else a for a in args), **more)
    book.close()


MEASURES = (Measure("templates-26", 2.0, 7, _templates),)
