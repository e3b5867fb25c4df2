"""What is offered for the records of some ledgers beside what all have: papers, answers, findings, random draws."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from sqlalchemy import select

from db.supervision import Inspection
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.supervision import draws
from huajie_desktop.supervision.findings import FINDINGS
from huajie_desktop.supervision.inspections import INSPECTIONS
from huajie_desktop.supervision.issuing import OF_INSPECTIONS, found_on
from ui.desk.page import Page
from ui.desk.record_papers import save_draw, save_papers
from ui.forms.asking_dialog import AskingDialog, ask_step
from ui.lists.record_list import RecordList
from ui.record_parts.answering import register_answer
from ui.widgets.buttons import add_action


class Offer(NamedTuple):
    """One step: its action, of which ledgers it is, and how many records it wants chosen, if any."""

    action: QAction
    of: Callable[[Ledger], bool]
    least: int
    most: int | None


class OfferedSteps(QObject):
    """The actions of the ledgers' page for what one ledger has and another has not."""

    def __init__(self, page: Page, shown: Callable[[], RecordList]) -> None:
        super().__init__(page)
        self._page, self._shown = page, shown
        self._offers: list[Offer] = []
        self.draw_sheet = add_action(page, "抽取结果表", "Ctrl+Shift+W", "print", _SHEET_TIP, self._on_sheet)
        self.papers = page.add_action("印发", "Ctrl+Shift+Y", "print", _PAPER_TIP, self._on_papers, "plain")
        self.answer = page.add_action("登记反馈…", "Ctrl+Shift+A", "right", _ANSWER_TIP, self._on_answer, "plain")
        self.find = page.add_action("记问题…", "Ctrl+Shift+I", "plus", _FIND_TIP, self._on_find, "plain")
        self.draw = page.add_action("随机抽取…", "Ctrl+Shift+O", "calendar", _DRAW_TIP, self._on_draw, "plain")
        for action, of, least, most in (
            (self.papers, _has_paper, 1, None), (self.answer, _has_paper, 1, 1), (self.find, _is_inspected, 1, None),
            (self.draw, _is_inspected, 0, None), (self.draw_sheet, _is_inspected, 1, 1),
        ):  # fmt: skip
            self._offers.append(Offer(action, of, least, most))

    def show_for(self, ledger: Ledger) -> None:
        """Shows what that ledger has."""
        for offer in self._offers:
            offer.action.setVisible(offer.of(ledger))

    def enable(self, ids: Sequence[int]) -> None:
        """Lets be done what can be done with so many records."""
        for offer in self._offers:
            offer.action.setEnabled(offer.least <= len(ids) <= (offer.most or len(ids)))

    @Slot()
    def _on_papers(self) -> None:
        shown = self._shown()
        save_papers(self._page.desk, self._page, shown.ledger, shown.table.selected_ids())

    @Slot()
    def _on_answer(self) -> None:
        shown = self._shown()
        if shown.beside.leave():
            register_answer(self._page, self._page.desk, shown.ledger, shown.table.selected_ids()[0])

    @Slot()
    def _on_find(self) -> None:
        desk, ids = self._page.desk, self._shown().table.selected_ids()
        done = ask_step(finding_dialog(self._page, ids))
        if done is not None:
            desk.done(f"已{done.label}，登记在督查问题台账。")

    @Slot()
    def _on_draw(self) -> None:
        desk = self._page.desk
        done = ask_step(draw_dialog(self._page))
        if done is not None:
            self._drawn = done.draw_id
            offer = add_action(self, "保存结果表…", "", "print", _SHEET_TIP, self._on_drawn_sheet)
            desk.say("done", f"抽中 {done.lines} 个，已列入检查计划。", offers=(offer, desk.take_back))

    @Slot()
    def _on_drawn_sheet(self) -> None:
        save_draw(self._page.desk, self._page, self._drawn)

    @Slot()
    def _on_sheet(self) -> None:
        desk, ids = self._page.desk, self._shown().table.selected_ids()
        with desk.reading() as session:
            draw_id = session.scalar(select(Inspection.draw_id).where(Inspection.id.in_(ids)))
        if draw_id is None:
            desk.say("warning", "选中的这次检查不是随机抽取来的，没有结果表。")
        else:
            save_draw(desk, self._page, draw_id)


_SHEET_TIP = "选中的检查是哪一次抽取来的：种子、方法、名单和结果，谁都能照着重做"
_PAPER_TIP = "把选中的做成文书，用它自己的编号，登记在“文书”页；签回的回执一扫就到这一条"
_ANSWER_TIP = "登记责任单位的反馈，符合要求的同时办结，不符合的写明原因退回"
_FIND_TIP = "记下选中的检查发现的问题，写了期限的同时编号交办"
_DRAW_TIP = "按种子随机抽检查对象和检查人员，抽中的列入检查计划"


def finding_dialog(page: Page, ids: Sequence[int]) -> AskingDialog:
    """The dialog for what those inspections found."""
    fields = [FINDINGS.fields[key] for key in OF_INSPECTIONS]
    words = f"{len(ids)} 次检查各记一个问题。写了整改期限的，同时编号交办。"
    return AskingDialog(page, page.desk, "记问题", fields, "记下", partial(page.desk.do, found_on, list(ids)), words=words)


def draw_dialog(page: Page) -> AskingDialog:
    """The dialog for a draw; all villages are proposed."""
    desk = page.desk
    with desk.reading() as session:
        first = {"objects": "\n".join(draws.usual_objects(session)), "count": "5", "planned_on": ""}
    fields = list(draws.ASKED.values())
    return AskingDialog(page, desk, "随机抽取", fields, "抽取", partial(desk.do, draws.draw), first=first)


def _has_paper(ledger: Ledger) -> bool:
    return ledger.paper is not None


def _is_inspected(ledger: Ledger) -> bool:
    return ledger.key == INSPECTIONS.key
