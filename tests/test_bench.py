"""The benchmark tells what failed: a peer that makes nothing is quick, and was once measured as the better one."""

import io
import sys
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from huajie_desktop.papers.printing import TextLine
from tests.bench import __main__ as bench
from tests.bench.measure import LeftOut, Measure, Timed
from tests.bench.papers import _check_pages

LINES = [TextLine(page, 0, 0, "", 12, "试") for page in range(3)]


def pdf(pages: int) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target)
    for _ in range(pages):
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def runs(made: int | None, folder: Path) -> tuple[Timed, Timed]:
    """Ours makes three pages, the peer so many of them, or no file."""

    def ours() -> float:
        (folder / "ours.pdf").write_bytes(pdf(3))
        _check_pages(folder / "ours.pdf", LINES)
        return 1.0

    def peer() -> float:
        if made is not None:
            (folder / "peer.pdf").write_bytes(pdf(made))
        _check_pages(folder / "peer.pdf", LINES)
        return 2.0

    return ours, peer


def left_out(_folder: Path) -> tuple[Timed, Timed]:
    raise LeftOut("no Writer")


def measured(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *measures: Measure) -> tuple[int, str]:
    monkeypatch.setattr(bench, "MEASURES", measures)
    monkeypatch.setattr(sys, "argv", ["bench"])
    return bench.main(), capsys.readouterr().out


def test_a_whole_peer_is_measured(monkeypatch, capsys):
    code, told = measured(monkeypatch, capsys, Measure("whole", 1.0, 2, lambda folder: runs(3, folder)))
    assert (code, "failed" in told) == (0, False)
    assert "0.50" in told


@pytest.mark.parametrize("made", [None, 1])
def test_a_peer_that_made_nothing_or_not_all_pages_fails_and_the_others_go_on(monkeypatch, capsys, made):
    halt = Measure("halt", 1.0, 2, lambda folder: runs(made, folder))
    code, told = measured(monkeypatch, capsys, halt, Measure("next", 1.0, 2, lambda folder: runs(3, folder)))
    assert code == 1
    assert "halt" in told
    assert "failed" in told
    assert "0.50" in told


def test_what_cannot_be_measured_here_is_said_with_the_reason(monkeypatch, capsys):
    code, told = measured(monkeypatch, capsys, Measure("merge", 1.0, 2, left_out))
    assert code == 0
    assert "left out: no Writer" in told
