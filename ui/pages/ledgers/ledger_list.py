"""The list of one ledger: the filters it declares, the months, what stands beside a record's form."""

from PySide6.QtGui import QAction
from sqlalchemy import ColumnElement

from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.records.awaited import AWAITED_WHEN, is_awaited
from huajie_desktop.records.personal_marks import MARK, marked
from huajie_desktop.seat import SeatSession
from ui.desk.desk import Desk
from ui.forms.sources import LedgerSource
from ui.lists.card_beside import Parts
from ui.lists.own_marks import mark_chip
from ui.lists.record_filters import RecordFilters, declared_chips
from ui.lists.record_list import RecordList
from ui.pages.ledgers.period import month_chips, period_of
from ui.record_parts.attachments_part import AttachmentsPart
from ui.record_parts.became_part import BecamePart
from ui.record_parts.follow_ups_part import FollowUpsPart
from ui.record_parts.queries_part import QueriesPart
from ui.record_parts.versions_part import HistoryPart
from ui.widgets.choice import Choice
from ui.widgets.filters import Chip

_IN_LINE = 3  # filters beside the search; further ones stand in a line of their own


AWAITED = "awaited"  # key of the chip


def awaited_chip() -> Chip:
    """The filter by the day something is to be done by: overdue, today, this week."""
    made = Chip("期限")
    made.set_choices([Choice(key, word) for key, word in AWAITED_WHEN.items()])
    return made


class LedgerFilters(RecordFilters):
    """The declared filters, and the months a record counts in."""

    def __init__(self, desk: Desk, ledger: Ledger) -> None:
        awaited = {AWAITED: awaited_chip()} if ledger.shown.awaited else {}
        chips = awaited | declared_chips(ledger) | (month_chips() if ledger.figures.day else {}) | {MARK: mark_chip()}
        hint, clear_tip = "内容、单位、人、编号或拼音", f"看全部{ledger.noun}"
        super().__init__(desk, ledger, chips, hint, clear_tip, list(chips)[_IN_LINE:])

    def conditions(self, session: SeatSession) -> tuple[ColumnElement[bool], ...]:
        ledger, period, mark = self._ledger, period_of(self.values, session.seat.year), self.values[MARK]
        found = [] if mark is None else [marked(session, ledger, str(mark))]
        if period is not None and ledger.figures.day:
            found.append(getattr(ledger.model, ledger.fields[ledger.figures.day].name).between(period.begin, period.end))
        if (asked := self.values.get(AWAITED)) is not None:
            found.append(is_awaited(ledger, str(asked), session.seat.today()))
        return tuple(found)


def ledger_list(desk: Desk, ledger: Ledger, new: QAction) -> RecordList:
    """The records of a ledger, by their day where they have one."""
    files: Parts = {"附件": AttachmentsPart} if ledger.form.files else {}
    queries: Parts = {"疑问": QueriesPart} if ledger.reviewed else {}
    tasks: Parts = {"任务": BecamePart} if ledger.becomes else {}
    parts: Parts = {**files, **queries, "历史": HistoryPart, "跟进": FollowUpsPart, **tasks}
    stays = {ledger.name, ledger.figures.day, ledger.place, "state"}
    made = RecordList(
        desk, LedgerSource(ledger, "ledgers"), LedgerFilters(desk, ledger), new, parts,
        sort=ledger.figures.day or "", spare=[key for key in reversed(ledger.shown.columns) if key not in stays],
        empty=(f"{ledger.title}还是空的", "先导入已有的表格，或者自己录入第一条。"), group_tip="按单位、类别等分组，带小计",
    )  # fmt: skip
    made.form.load_choices()  # built at once: menu and help name the keys of the card
    return made
