"""The commands for administrators and tests: the same services as the window, spoken on standard output."""

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from io import TextIOWrapper
from pathlib import Path

from huajie_desktop.commands import backing_up, giving_out, supervising
from huajie_desktop.commands.arguments import parser
from huajie_desktop.commands.taking_in import take_in
from huajie_desktop.errors import Misuse, Problem
from huajie_desktop.faults import record_fault
from huajie_desktop.folders import data_folder
from huajie_desktop.seat import Seat
from huajie_desktop.sheets.fenced.fence import Reader

Pictures = Callable[[Seat, Path], Iterable[Path]]


def run(arguments: Sequence[str], take_pictures: Pictures, reader: Reader | None = None) -> int:
    """Runs one command; 0 only on full success, 1 when something was refused (the sentence is on standard error), 2 when it
    was written wrongly.

    `take_pictures` grabs the window's pages for the demo; this module knows no window. `reader` was started early for an import.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # What reads our JSON expects it, whatever the console speaks; a file's name need not be made of characters.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    said = parser().parse_args(arguments)
    said.take_pictures, said.reader = take_pictures, reader
    said.data = said.data or said.data_before or data_folder()
    try:
        return _COMMANDS[said.command](said)
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 2 if isinstance(problem, Misuse) else 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:  # a clerk gets a sentence, the log gets the trace
        print(record_fault(said.data, error), file=sys.stderr)
    return 1


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "import": take_in,
    "export": giving_out.write_list,
    "templates": giving_out.make_templates,
    "papers": giving_out.make_papers,
    "pledges": giving_out.make_papers,
    "slips": giving_out.make_papers,
    "report": giving_out.write_report,
    "dossier": giving_out.write_dossiers,
    "reminders": giving_out.write_reminders,
    "everything": giving_out.write_everything,
    "demo": giving_out.demonstrate,
    "backup": backing_up.back_up,
    "restore": backing_up.restore,
    "check": backing_up.check,
    "drill": backing_up.drill,
    "escalate": supervising.escalate_due,
    "verify": supervising.verify_draws,
}
