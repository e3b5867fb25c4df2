"""Saving the papers of records and the sheet of a draw: asks where, works in the background, opens what was made."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from db.papers import PAPER_KINDS
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.jobs import Job
from huajie_desktop.papers import making
from huajie_desktop.papers.draw_sheet import write_draw
from huajie_desktop.papers.making import Order, Outcome
from huajie_desktop.papers.printing import Printed, counted
from huajie_desktop.seat import Seat
from ui.desk.asking_file import ask_document
from ui.desk.desk import Desk
from ui.desk.opening import open_file
from ui.desk.papers_made import say_made

_PLACE = "papers"


def save_papers(desk: Desk, parent: QWidget, ledger: Ledger, ids: Sequence[int]) -> None:
    """Makes one file with the papers of those records, enters them in the register and opens the file."""
    if ledger.paper is None or not ids:
        desk.say("warning", f"没有选中{ledger.noun}。请先在列表中选择{ledger.noun}。")
        return
    name = PAPER_KINDS[ledger.paper.kind]
    if target := _asked(desk, parent, name):
        order = Order(ledger.paper.kind, list(ids), ledger=ledger)
        desk.start(f"制作{name} {len(ids)} 份", partial(_make, desk.seat, order, target), partial(_made, desk, target))


def save_draw(desk: Desk, parent: QWidget, draw_id: int) -> None:
    """Makes the sheet of a draw and opens it."""
    if target := _asked(desk, parent, "双随机抽取结果表"):
        desk.start("制作抽取结果表", partial(_write, desk.seat, draw_id, target), partial(_written, desk, target), apart=True)


def _asked(desk: Desk, parent: QWidget, name: str) -> Path | None:
    target = ask_document(parent, f"保存{name}", desk.preferences.place(_PLACE) or str(Path.home()), name)
    if target:
        desk.preferences.remember_place(_PLACE, str(target.parent))
    return target


def _make(seat: Seat, order: Order, target: Path, job: Job) -> Outcome:
    return making.make(seat, order, target, job=job)


def _made(desk: Desk, target: Path, outcome: Outcome) -> None:
    desk.take(outcome)
    made = len(outcome.printed)
    say_made(desk, "done", f"已做好 {made} 份，{counted(outcome.printed)}，编号登记在“文书”页：{target}", made, outcome.left,
             outcome.refused)  # fmt: skip
    if outcome.files:
        open_file(target)


def _write(seat: Seat, draw_id: int, target: Path, job: Job) -> Printed:
    return write_draw(seat, draw_id, target, job)


def _written(desk: Desk, target: Path, made: Printed) -> None:
    desk.say("done", f"抽取结果表已做好，共 {made.pages} 页：{target}")
    open_file(target)
