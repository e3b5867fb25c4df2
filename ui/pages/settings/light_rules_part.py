"""The rules of lights: the numbers that hold, new ones from a day on, and the editions of before."""

from typing import NamedTuple

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from db.fields import fields_of
from db.models import LightRules
from huajie_desktop.errors import FieldErrors
from huajie_desktop.lights.keeping_rules import DAY, keep_edition
from huajie_desktop.lights.kept_facts import editions
from huajie_desktop.lights.rules import BOUNDS, Edition, rules_on
from huajie_desktop.values.spoken_days import in_words, standing_day
from ui.desk.desk import Desk
from ui.forms.day_editor import DayEditor
from ui.forms.form_body import FieldBox
from ui.lists.lines import LineColumn, LinesTable
from ui.widgets.building import FLUSH, flowing, make_label, put, upright
from ui.widgets.buttons import WINDOW, ActionButton, add_action
from ui.widgets.steady import Spin

_COLUMNS = (
    LineColumn("since", "起用日期", 130),
    *(LineColumn(name, fields_of(LightRules)[name].label_with_unit, 150, numeric=True) for name in BOUNDS),
    LineColumn("state", "情况", 100, tint=lambda line: {"现在用": "green", "还没有到": "blue"}.get(line.state, "grey")),
)
_HINT = "一版规则从起用日期算起，以前的日子还按以前的规则亮灯。每次改动都有记录，也可以撤销（Ctrl+Z）。"


class _Line(NamedTuple):
    id: int
    since: str
    state: str
    soon_days: int
    behind_points: int
    silent_days: int
    receive_days: int
    report_day: int


class LightRulesPart(QWidget):
    """A number for each rule, the day they hold from, and the list of editions below."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setAccessibleName("亮灯规则")
        self.numbers = {name: Spin() for name in BOUNDS}
        declared = fields_of(LightRules)[DAY]
        self.day = DayEditor(desk, declared.kind)
        self._box = FieldBox(declared, self.day)
        self.keep = add_action(self, "起用新规则", "Ctrl+S", "save", "从起用日期起按这些数亮灯", self._on_keep, context=WINDOW)
        self.table = LinesTable("light-rules", _COLUMNS, desk.preferences, stretch="since")
        self.table.empty.say("还没有自己的规则", "现在按程序默认的数亮灯；改好上面的数，写上起用日期，按 Ctrl+S 起用。")
        self._arrange()
        self.setFocusProxy(self.numbers["soon_days"])

    def _arrange(self) -> None:
        upper = flowing(spacing=16)
        for name, spin in self.numbers.items():
            bound, box = BOUNDS[name], QWidget()
            spin.setRange(bound.least, bound.most)
            spin.setSuffix(f" {bound.unit}")
            spin.setAccessibleName(bound.label)
            put(upright(box, FLUSH, 4), make_label(bound.label, "fieldLabel"), spin)
            upper.addWidget(box)
        upper.addWidget(self._box)
        head, hint = flowing(spacing=16), make_label(_HINT, "quiet", wrap=True)
        put(head, (make_label("亮灯规则", "groupTitle"), 1), ActionButton(self.keep, "primary"))
        put(upright(self, (0, 8, 0, 0), 12), head, hint, upper, (self.table, 1))

    def refresh(self) -> None:
        """Reads the editions anew, and puts the numbers that hold into their places."""
        with self._desk.reading() as session:
            found = editions(session)
        today = self._desk.today
        holding = max((one.valid_from for one in found if one.valid_from <= today), default=None)
        self.table.show_lines([self._line(place, one, holding) for place, one in reversed(list(enumerate(found)))])
        rules = found[-1].rules if found else rules_on(found, today)
        for name, spin in self.numbers.items():
            spin.setValue(getattr(rules, name))
        self.day.set_value(max(today, found[-1].valid_from if found else today).isoformat())
        self._box.show_error("")

    def _line(self, place: int, one: Edition, holding: object) -> _Line:
        state = "现在用" if one.valid_from == holding else "还没有到" if one.valid_from > self._desk.today else "以前的"
        return _Line(place, in_words(one.valid_from), state, *(getattr(one.rules, name) for name in BOUNDS))

    @Slot()
    def _on_keep(self) -> None:
        day = standing_day(self.day.value(), self._desk.seat.year)
        if day is None:
            self._box.show_error("请写起用日期，如 2021-07-01")
            self.day.setFocus()
            return
        numbers = {name: spin.value() for name, spin in self.numbers.items()}
        try:
            changes = self._desk.do(keep_edition, day, numbers)
        except FieldErrors as errors:
            self._box.show_error(str(errors))
            self.day.setFocus()
            return
        if changes is not None:
            self._desk.done(f"自{in_words(day)}起按新的规则亮灯。")
