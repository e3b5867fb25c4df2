"""The indicators of one ledger: the figures of the whole, and a table of them part by part with a bar for each."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from db.base import table_of
from db.journal import Changes
from db.models import Setting, Unit
from huajie_desktop import settings
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.records import indicators
from huajie_desktop.records.indicators import Change, Figure, Part, Period, Scope
from ui.desk.desk import Desk
from ui.lists.lines import LineColumn, LinesTable
from ui.lists.rows import record_cell
from ui.pages.ledgers.period import FIRST, LAST, month_chips, period_of
from ui.pages.ledgers.share_bars import BarDelegate
from ui.theme import scaled
from ui.widgets.building import FLUSH, flowing, make_label, put, upright
from ui.widgets.counted import ActionBox
from ui.widgets.filters import Tabs

_MONTH = "by month"  # key of the breakdown that no field names
_ACROSS = 6  # cards in a row
_TOTAL = 0  # id of the line of totals


class _Line(NamedTuple):
    id: int
    cells: Mapping[str, str]
    part: Part | None


class FigureCard(QFrame):
    """One indicator: its name, the figure as a report says it, and below it the exact amount and the changes."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.name, self.words, self.more = make_label(), make_label(), make_label()
        self.name.setObjectName("quiet")
        self.words.setObjectName("figure")
        self.more.setObjectName("caption")
        column = upright(self, (16, 10, 12, 10), 2)
        for label in (self.name, self.words, self.more):
            column.addWidget(label)
        column.addStretch(1)

    def show_figure(self, figure: Figure, change: Change | None) -> None:
        """Shows an indicator."""
        self.name.setText(figure.label)
        self.words.setText(figure.words)
        lines = [figure.exact]
        if change:
            lines += [f"同比 {change.year_on_year}", f"环比 {change.month_on_month}" if change.month_on_month else ""]
        self.more.setText("\n".join(filter(None, lines)))


class LedgerFigures(QWidget):
    """The indicators of a ledger over the year or some of its months."""

    part_asked = Signal(object)  # what the list is to show of a line of the table

    def __init__(self, desk: Desk, ledger: Ledger, only: QAction) -> None:
        """`only` is the page's action that has approved records counted alone."""
        super().__init__()
        self._desk, self._ledger = desk, ledger
        self._concerned = {table_of(model).name for model in (ledger.model, Unit, Setting)}
        self.chips = month_chips() if ledger.figures.day else {}
        for chip in self.chips.values():
            chip.chosen.connect(self._fill)
        self._only = only
        self.sentence = make_label(wrap=True)
        self.cards = [FigureCard() for _ in ledger.figures.indicators]
        words = {key: f"按{ledger.fields[key].label}" for key in ledger.figures.breakdowns} | (
            {_MONTH: "按月份"} if ledger.figures.day else {}
        )
        self.tabs = Tabs(words, tips=False)
        self.tabs.chosen.connect(self._fill)
        self.table = self._make_table()
        self._arrange()
        self.setFocusProxy(self.table)

    def _make_table(self) -> LinesTable:
        ledger = self._ledger
        heads = [("name", "名称", 130, False)]
        heads += [(item.label, indicators.heading(ledger, item), 124, True) for item in ledger.figures.indicators]
        heads += [("share", f"{self._basis}占比", 240, False)]
        columns = [LineColumn(*head, word=partial(record_cell, key=head[0])) for head in heads]
        spare = [item.label for item in reversed(ledger.figures.indicators)]
        made = LinesTable(f"{ledger.key}-figures", columns, self._desk.preferences, stretch="share", spare=spare, many=True)
        self._bars = BarDelegate(made.view)
        made.view.setItemDelegateForColumn(len(columns) - 1, self._bars)
        made.empty.say("还没有可以统计的记录", "录入、提交并审核通过后，这里是各项指标。", picture="report")
        made.opened.connect(self._on_opened)
        return made

    def _arrange(self) -> None:
        line = flowing(spacing=8)
        for chip in self.chips.values():
            line.addWidget(chip)
        line.addStretch(1)
        if self._ledger.reviewed:
            line.addWidget(ActionBox(self._only))
        cards = QGridLayout()
        cards.setSpacing(scaled(12))
        for place, card in enumerate(self.cards):
            cards.addWidget(card, place // _ACROSS, place % _ACROSS)
        put(upright(self, FLUSH, 8), line, cards, self.sentence, self.tabs, (self.table, 1))

    @property
    def _basis(self) -> str:
        """The indicator whose share the bars show: the first."""
        return self._ledger.figures.indicators[0].label

    def refresh(self, changes: Changes | None) -> None:
        """Counts anew."""
        if changes is None or self._concerned & changes.touched.keys():
            self._fill()

    @Slot()
    def _fill(self) -> None:
        ledger = self._ledger
        for card in self.cards:
            card.setVisible(not self._desk.damage)
        if self._desk.damage:  # blank rather than wrong
            self.sentence.setText("数据有损坏，数字先不显示。请到“设置”的“备份”，用最近一份好的备份恢复。")
            self._show_parts([], {self._basis: 0})
            return
        with self._desk.reading() as session:
            year = session.campaign
            approved_only = settings.approved_only(session)
            period = period_of({key: chip.value for key, chip in self.chips.items()}, year.year)
            scope = Scope(approved_only, period)
            found = indicators.figures(session, ledger, scope)
            changes = indicators.changes(session, ledger, scope, self._desk.today) if ledger.figures.day else {}
            place = session.township.name
            key = self.tabs.key
            parts = (
                indicators.by_month(session, ledger, scope)
                if key == _MONTH
                else indicators.broken_down(session, ledger, key or "", scope)
            )
        self._only.setChecked(approved_only)
        for card, figure in zip(self.cards, found, strict=True):
            card.show_figure(figure, changes.get(figure.label))
        self.sentence.setText(f"{_period_words(year.year, period)}，{place}{indicators.sentence(ledger, found)}")
        self._show_parts(parts, {figure.label: figure.value for figure in found})

    def _show_parts(self, parts: Sequence[Part], whole: Mapping[str, Any]) -> None:
        total = whole[self._basis] or 0
        shares = [Decimal(part.figures[self._basis] or 0) * 100 / total if total else Decimal(0) for part in parts]
        self._bars.most = float(max(shares, default=Decimal(0)))
        lines = [
            _Line(part.id, self._cells(part.name, part.figures, share), part) for part, share in zip(parts, shares, strict=True)
        ]
        lines.append(_Line(_TOTAL, self._cells("合计", whole, None), None))
        self.table.show_lines(lines if total else [])

    def _cells(self, name: str, values: Mapping[str, Any], share: Decimal | None) -> dict[str, str]:
        words = {
            item.label: indicators.value_words(self._ledger, item, values[item.label]) for item in self._ledger.figures.indicators
        }
        return {"name": name, **words, "share": "" if share is None else f"{share:.1f}%"}

    @Slot(object)
    def _on_opened(self, _line_id: int) -> None:
        line = self.table.current_line()
        if line is None or line.part is None:
            return
        values: dict[str, object] = {key: chip.value for key, chip in self.chips.items()}
        if self.tabs.key == _MONTH:
            values |= dict.fromkeys((FIRST, LAST), line.part.value % 12 + 1) if line.part.value is not None else {}
        elif self.tabs.key is not None:
            values[self.tabs.key] = line.part.value
        with self._desk.reading() as session:
            life = self._ledger.life
            state = life.counted if life and settings.approved_only(session) else None
        self.part_asked.emit({"values": values, "state": state})


def _period_words(year: int, period: Period | None) -> str:
    if period is None:
        return f"{year} 年"
    first, last = period.begin.month, period.end.month
    return f"{year} 年 {first} 月" if first == last else f"{year} 年 {first}–{last} 月"
