"""One cell to one value: the same parsers for files and for what a person types while mending. Repeated texts are parsed once."""

from collections.abc import Callable, Mapping
from functools import partial

from db.fields import Field
from huajie_desktop.reading.by_kind import read_cell
from huajie_desktop.reading.cell_text import FORMULA_ERROR, NO_RESULT, Outcome, plain, show
from huajie_desktop.reading.known import Known
from huajie_desktop.reading.raw import ERROR, UNCACHED, Cell
from huajie_desktop.reading.read_record import ERROR as FAULT
from huajie_desktop.reading.read_record import WARNING, Milestone
from huajie_desktop.values.dates import leading_due, parse_due
from huajie_desktop.values.money import parse_money
from huajie_desktop.values.people import parse_people
from huajie_desktop.values.reading import Unreadable
from huajie_desktop.values.text import is_blank, trim
from huajie_desktop.values.units import is_own, looks_like_office


class _Parsed(dict[Cell, Outcome]):
    """Outcomes by cell, parsed at the first time a cell content is met."""

    def __init__(self, parse: Callable[[Cell], Outcome]) -> None:
        self._parse = parse

    def __missing__(self, cell: Cell) -> Outcome:
        outcome = self[cell] = self._parse(cell)
        return outcome


class Cells:
    """Parsers of a table's cells by field, knowing the office and the headers' units of money by field."""

    def __init__(self, known: Known, money_units: Mapping[str, str]) -> None:
        self._known, self._money_units = known, money_units
        self.title = _Parsed(_read_title)
        self.text = _Parsed(_read_text)
        self.category = _Parsed(self._read_category)
        self.dimension = _Parsed(self._read_dimension)
        self.unit = _Parsed(self._read_unit)
        self.people = _Parsed(_read_people)
        self.lead = _Parsed(_read_lead)
        self.due = _Parsed(self._read_due)
        self.start = _Parsed(self._read_start)
        self.money = _Parsed(self._read_money)
        self._by_field: dict[str, _Parsed] = {}

    def of(self, declared: Field) -> _Parsed:
        """The parser of any declared field, chosen by its kind."""
        found = self._by_field.get(declared.name)
        if found is None:
            unit = self._money_units.get(declared.key, "")
            found = self._by_field[declared.name] = _Parsed(partial(read_cell, self._known, declared, unit))
        return found

    def _read_category(self, cell: Cell) -> Outcome:
        text = trim(show(cell))
        if found := self._known.category_words.find(text):
            return Outcome(found)
        names = "、".join(item.name for item in self._known.categories if item.dimension == "五大比拼") or "年度类别"
        if is_blank(text):
            return Outcome(None, FAULT, f"没有填写类别，请选择一个（如 {names}）")
        return Outcome(None, FAULT, f"“{text[:20]}”不是本年度的类别，请选择一个（如 {names}）")

    def _read_dimension(self, cell: Cell) -> Outcome:
        return Outcome(self._known.category_words.find_dimension(show(cell)))

    def _read_unit(self, cell: Cell) -> Outcome:
        text = trim(show(cell))
        if is_blank(text) or is_own(text):
            return Outcome(None)
        if found := self._known.unit_words.find(text):
            return Outcome(found.name)
        if why := self._known.resting.get(text):
            return Outcome(None, FAULT, f"“{text[:20]}”{why}，请改成现在的单位")
        if looks_like_office(text):
            return Outcome(text)
        return Outcome(text, WARNING, f"“{text[:20]}”不在单位表里，请核对单位名称")

    def _read_due(self, cell: Cell) -> Outcome:
        try:
            due = parse_due(plain(cell), self._known.year)
        except Unreadable as problem:
            return Outcome(None, FAULT, str(problem))
        return Outcome(due, WARNING if due.doubt else "", due.doubt)

    def _read_start(self, cell: Cell) -> Outcome:
        text = show(cell)
        if is_blank(text):
            return Outcome(None)
        try:
            due = parse_due(plain(cell), self._known.year)
        except Unreadable:
            return Outcome(None, WARNING, f"“{text[:20]}”不是日期，启动时间没有读")
        return Outcome(due.begin)

    def _read_money(self, cell: Cell) -> Outcome:
        try:
            money = parse_money(plain(cell), self._money_units.get("investment", ""))
        except Unreadable as problem:
            return Outcome(None, FAULT, str(problem))
        return Outcome(money.amount, WARNING if money.doubt else "", money.doubt)

    def milestone(self, day: Cell, text: str) -> tuple[Milestone, str]:
        """One milestone of a cell with its day and a text; the doubt about it is "" when there is none."""
        raw = show(day)
        if is_blank(raw):
            return (None, text, ""), f"“{text[:20]}”没有写时间，请补上"
        try:
            due = parse_due(plain(day), self._known.year)
        except Unreadable:
            return (None, text, raw), f"“{raw[:20]}”不是日期，时间节点的时间没有读"
        return (due.day, text, raw), due.doubt

    def milestones(self, text: str) -> tuple[list[Milestone], str]:
        """Milestones of one text, a line (or a part up to ;) each: 6月底 完成招标."""
        found, doubt = [], ""
        for line in filter(None, map(trim, text.replace(";", "\n").replace("；", "\n").splitlines())):
            due, length = leading_due(line, self._known.year)
            milestone = (due.day if due else None, trim(line[length:].lstrip(" :：,，、-—\u3000")), line[:length])
            doubt = doubt or ("" if due else f"“{line[:20]}”没有写时间，请写成“6月底 完成招标”")
            found.append(milestone)
        return found, doubt


def _read_text(cell: Cell) -> Outcome:
    if isinstance(cell, str) and cell.startswith((ERROR, UNCACHED)):
        return Outcome("", WARNING, NO_RESULT if cell.startswith(UNCACHED) else FORMULA_ERROR.format(cell[2:22]))
    return Outcome(trim(show(cell)))


def _read_title(cell: Cell) -> Outcome:
    if isinstance(cell, str) and cell.startswith((ERROR, UNCACHED)):
        return Outcome(None, FAULT, NO_RESULT if cell.startswith(UNCACHED) else FORMULA_ERROR.format(cell[2:22]))
    text = trim(show(cell))
    return Outcome(None, FAULT, "没有填写任务名称，请补上或跳过这一行") if is_blank(text) else Outcome(text)


def _read_people(cell: Cell) -> Outcome:
    try:
        value = plain(cell)
        people = parse_people(value if isinstance(value, str) else show(cell))
    except Unreadable as problem:
        return Outcome((), FAULT, str(problem))
    return Outcome(people.names, WARNING if people.doubt else "", people.doubt)


def _read_lead(cell: Cell) -> Outcome:
    text = show(cell)
    if is_blank(text):
        return Outcome(None)
    outcome = _read_people(cell)
    if not outcome.value:
        return Outcome(None, WARNING, f"“{text[:20]}”里没有姓名，牵头领导没有读")
    return Outcome("、".join(outcome.value), outcome.severity, outcome.message)
