"""Marks what is wrong in a village's own workbook: faulty cells coloured and commented, a sheet in front that sums it up."""

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from huajie_desktop import temporary
from huajie_desktop.errors import Problem
from huajie_desktop.reading.raw import RawSheet
from huajie_desktop.sheets.fenced.fence import ROOT, Reader
from huajie_desktop.sheets.written.marks import Marked
from huajie_desktop.sheets.written.remaking import remade

_PATIENCE = 20.0  # seconds the marking of one workbook may take in its own process
_MAIN = "from huajie_desktop.sheets.fenced.marking_child import main; main()"


def mark_workbook(path: Path, said: Marked, reader: Reader | None = None) -> bytes:
    """The workbook as .xlsx with its faults marked: itself where it is one, else made anew from its cells, each in its place.

    It is opened in a process of its own with little memory and a deadline, as everything that was sent. Raises Problem when
    it cannot be read at all.
    """
    if made := _in_place(path, said):
        return made
    return remade(_sheets(path, reader), said)


def _in_place(path: Path, said: Marked) -> bytes | None:
    """The workbook opened and saved again by the library that keeps its looks; None where that fails or takes too long."""
    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        return None
    frozen = getattr(sys, "frozen", False)
    command = [sys.executable, "--mark-worker"] if frozen else [sys.executable, "-c", _MAIN]
    request = json.dumps({"path": str(path.absolute()), "title": said.title, "marks": [asdict(mark) for mark in said.marks]})
    try:
        done = subprocess.run(
            command,
            input=request.encode(),
            capture_output=True,
            timeout=_PATIENCE,
            env={**os.environ, **temporary.for_children(), "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)])},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired:
        return None
    return done.stdout if done.returncode == 0 and done.stdout.startswith(b"PK") else None


def _sheets(path: Path, reader: Reader | None) -> list[RawSheet]:
    own = reader or Reader()
    try:
        [raw] = own.read([path])
    finally:
        if reader is None:
            own.close()
    if raw.problem:
        raise Problem(f"{path.name}：{raw.problem}")
    return raw.sheets
