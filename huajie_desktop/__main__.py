"""Starts the window, a command, or the child process that reads spreadsheets."""

import sys
from pathlib import Path


def main(arguments: list[str] | None = None) -> int:
    """Runs what the arguments say; returns the exit status. Imports only what that needs, as starting must be quick."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:1] == ["--read-worker"]:
        from huajie_desktop.spreadsheets.reader import main as read

        return read()
    if not arguments or (arguments[0] == "--data" and len(arguments) == 2):
        from ui.main import run as open_window

        return open_window(Path(arguments[1]) if arguments else None)
    from huajie_desktop.commands import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
