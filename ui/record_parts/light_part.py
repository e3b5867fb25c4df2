"""The light of one task: its word, why, what would make it green, and what it was at the end of each month."""

from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.lights.kept_facts import editions, facts_of
from huajie_desktop.lights.light import light_of, months_of
from huajie_desktop.lights.rules import rules_on
from huajie_desktop.lights.workdays import official
from huajie_desktop.values.spoken_days import in_words
from huajie_desktop.work.task_light import LIGHT
from ui.desk.desk import Desk
from ui.lists.lines import LineColumn, LinesTable
from ui.widgets.badge import dotted
from ui.widgets.building import make_label, put, upright


class _Month(NamedTuple):
    id: int
    month: str
    word: str
    why: str
    key: str


_COLUMNS = (
    LineColumn("month", "月底", 80),
    LineColumn("word", "亮灯", 90, tint=lambda line: LIGHT.colours[line.key]),
    LineColumn("why", "为什么", 260),
)


class LightPart(QWidget):
    """What the lamp of a task says, today or on the day looked back to; months that were yellow stay yellow."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.word = make_label(markup=True)
        self.why, self.to_green = make_label(wrap=True), make_label(name="quiet", wrap=True)
        self.table = LinesTable("light-months", _COLUMNS, desk.preferences, stretch="why")
        self.table.empty.say("还没有亮灯", "保存这项任务以后，这里写明亮什么灯、为什么。", None, "calendar")
        put(upright(self, (20, 12, 20, 12), 8), self.word, self.why, self.to_green, (self.table, 1))
        self.setFocusProxy(self.table)

    def show_record(self, _ledger: Ledger, record_id: int | None) -> None:
        """Reads it anew."""
        day, months = self._desk.day, list[_Month]()
        self.word.hide()
        if record_id is not None:
            with self._desk.reading() as session:
                found, held, year = facts_of(session, [record_id]), editions(session), session.seat.year
            if facts := found.get(record_id):
                light = light_of(facts, day, rules_on(held, day), official())
                self.word.setText(f"{dotted(light.word, light.colour)}（{in_words(day)}）")
                self.word.show()
                self.why.setText(light.why)
                self.to_green.setText(f"怎样变绿：{light.to_green}" if light.to_green else "")
                ends = months_of(facts, year, held, official(), day)
                months = [_Month(on.month, f"{on.month}月", one.word, one.why, one.key) for on, one in ends]
        for label in (self.why, self.to_green):
            label.setVisible(not self.word.isHidden() and bool(label.text()))
        self.table.show_lines(months[::-1])
