"""Starts the window, a command, or the child process that reads spreadsheets. The one place that knows both window and core."""

import gc
import os
import sys
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from huajie_desktop.collecting import collecting_later

if TYPE_CHECKING:
    from huajie_desktop.seat import Seat
    from huajie_desktop.sheets.fenced.fence import Reader


def main(arguments: list[str] | None = None) -> int:
    """Runs what the arguments say; returns the exit status. Imports only what that needs, as starting must be quick."""
    arguments = sys.argv[1:] if arguments is None else arguments
    os.umask(0o077)  # what is written here is for nobody else on this computer
    if arguments[:1] == ["--read-worker"]:
        from huajie_desktop.sheets.fenced.reader import main as read

        read()
        return 0
    if arguments[:1] == ["--mark-worker"]:
        from huajie_desktop.sheets.fenced.marking_child import main as mark

        mark()
        return 0
    if not arguments or (arguments[0] == "--data" and len(arguments) == 2):
        gc.disable()  # collecting among what is being loaded finds nothing; `ui.main` turns it on when the data is open
        from ui.shell.main import run as open_window

        return open_window(Path(arguments[1]) if arguments else None)
    if arguments == ["--self-test"]:
        from huajie_desktop.selftest import run as test

        return test(_take_pictures)
    with _early_reader(arguments) as reader:
        with collecting_later():  # what is being loaded holds no garbage
            from huajie_desktop.commands import run

        return run(arguments, _take_pictures, reader)


def _early_reader(arguments: list[str]) -> AbstractContextManager["Reader | None"]:
    """For an import the reader process starts at once: it loads its libraries while this one loads SQLAlchemy."""
    if "import" not in arguments:
        return nullcontext()
    from huajie_desktop.sheets.fenced.fence import Reader

    return Reader()


def _take_pictures(seat: "Seat", folder: Path) -> Iterable[Path]:
    """Pictures of all pages of the window, in both sizes it is made for, without a screen."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from ui.shell.screenshots import SIZES, grab_pages

    return [made for size in SIZES for made in grab_pages(seat, folder, size)]


if __name__ == "__main__":
    sys.exit(main())
