"""The parser of one cell by the kind of its declared field: what every ledger is read and typed with."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from db.fields import Field, Kind, fields_of
from db.models import Unit
from huajie_desktop.reading.cell_text import Outcome, plain, show
from huajie_desktop.reading.known import Known
from huajie_desktop.reading.raw import Cell
from huajie_desktop.reading.read_record import ERROR, WARNING, Milestone
from huajie_desktop.values.brought import parse_brought
from huajie_desktop.values.chosen import parse_choice, parse_flag
from huajie_desktop.values.dates import leading_due, parse_due, parse_start
from huajie_desktop.values.funding import parse_funding
from huajie_desktop.values.identifiers import id_fault, looks_like_id, phone_fault, tidy_id, tidy_phone
from huajie_desktop.values.money import parse_money
from huajie_desktop.values.nearby import perhaps
from huajie_desktop.values.numbers import parse_count
from huajie_desktop.values.people import People, parse_people
from huajie_desktop.values.quantities import parse_quantities
from huajie_desktop.values.reached import parse_reached
from huajie_desktop.values.reading import Unreadable
from huajie_desktop.values.recurrence import parse_recurrence
from huajie_desktop.values.shares import parse_share
from huajie_desktop.values.text import clean, fold, is_blank, is_word, trim
from huajie_desktop.values.units import is_own, looks_like_office

_FREE = (Kind.TEXT, Kind.LONG_TEXT)
_NAME_OF_UNIT = fields_of(Unit)["name"]
_SEVERAL = re.compile(r"[、，,；;\n]+")
_BESIDE = re.compile(r"[(（]([^()（）]+)[)）]")
_IN_BRACKETS = re.compile(r"([^()（）]+)[(（]([^()（）]+)[)）]")
_MOST, _LONGEST = 300, 10_000  # things one cell may hold, and characters
_SHORTENED = re.compile(r"\d(?:\.\d+)?[eE]\+\d{2,3}")


def read_cell(known: Known, declared: Field, money_unit: str, cell: Cell) -> Outcome:
    """The value of a cell for that field: text, Decimal 元, date, stored choice, or the names of what it points at.

    An empty cell is None (empty text for text); what cannot be read is an ERROR that says what to type instead.
    """
    if cell.__class__ is str and not str(cell).startswith("\0"):
        cell = clean(str(cell))
    text = trim(show(cell))
    if is_blank(text) and not _is_expected(known, declared) and not (declared.kind in _FREE and is_word(text)):
        return Outcome(None)
    try:
        return _READERS.get(declared.kind, _read_text)(known, declared, money_unit, cell, text)
    except Unreadable as problem:
        return Outcome(None, ERROR, str(problem))


def _is_expected(known: Known, declared: Field) -> bool:
    """Whether a sheet should say it; its reader then tells what to write into an empty cell."""
    key = declared.key
    return key in known.ledger.sheets.expected and known.ledger.fields[key] is declared


_PLAIN: Mapping[Kind, Callable[[str], str]] = {Kind.PHONE: tidy_phone, Kind.ID_NUMBER: tidy_id}
Reader = Callable[[Known, Field, str, Cell, str], Outcome]


def _read_text(_known: Known, declared: Field, _unit: str, cell: Cell, text: str) -> Outcome:
    plain(cell)  # a formula without a result is no text
    if is_blank(text) and not is_word(text):  # asked only of what is expected
        if declared.required:
            raise Unreadable(f"没有填写{declared.label}，请补上或跳过这一行")
        return Outcome(None)
    if isinstance(cell, float) and abs(cell) >= 1e15:
        raise Unreadable(f"“{text[:24]}”位数太多，已被Excel改写，原来的数字找不回来了，请重新填写")
    if _SHORTENED.fullmatch(text):
        raise Unreadable(f"“{text[:24]}”被Excel缩成了科学计数，原来的数字找不回来了，请重新填写")
    text = _PLAIN.get(declared.kind, str)(text)
    doubt = _doubt(declared, text)
    return Outcome(text, WARNING if doubt else "", doubt)


def _doubt(declared: Field, text: str) -> str:
    if declared.kind == Kind.PHONE and "*" not in text:
        return phone_fault(text)
    if looks_like_id(text):
        return id_fault(text)
    bare = declared.kind == Kind.ID_NUMBER and "*" not in text
    return f"“{text[:20]}”不是18位的身份证号，请核对" if bare else ""


def _read_day(known: Known, declared: Field, _unit: str, cell: Cell, text: str) -> Outcome:
    if declared.first_day:
        day, doubt = parse_start(plain(cell), known.year)
        return Outcome(day, WARNING if doubt else "", doubt)
    due = parse_due(plain(cell), known.year, known.year + declared.next_year)
    coarse = due.precision not in ("", "day")
    doubt = due.doubt or (f"“{text[:20]}”没有写到日，{declared.label}按{due.day.isoformat()}读，请核对" if coarse else "")
    return Outcome(due.day, WARNING if doubt else "", doubt)


def _read_deadline(known: Known, _declared: Field, _unit: str, cell: Cell, _text: str) -> Outcome:
    due = parse_due(plain(cell), known.year)
    return Outcome(due, WARNING if due.doubt else "", due.doubt)


def _read_milestones(known: Known, _declared: Field, _unit: str, _cell: Cell, text: str) -> Outcome:
    found, doubt = list[Milestone](), ""
    for line in filter(None, map(trim, text.replace(";", "\n").replace("；", "\n").splitlines())):
        due, length = leading_due(line, known.year)
        doubt = doubt or (due.doubt if due else f"“{line[:20]}”没有写时间，请写成“6月底 完成招标”")
        found.append((due.day if due else None, trim(line[length:].lstrip(" :：,，、-—\u3000")), line[:length]))
    return Outcome(found, WARNING if doubt else "", doubt)


def _read_money(_known: Known, declared: Field, unit: str, cell: Cell, _text: str) -> Outcome:
    try:
        money = parse_money(plain(cell), unit or declared.unit)  # 万元
    except Unreadable as problem:
        raise Unreadable(_of_field(declared, str(problem))) from None
    yuan = None if money.amount is None else Decimal(money.amount) * 10000
    return Outcome(yuan, WARNING if money.doubt else "", _of_field(declared, money.doubt))


def _of_field(declared: Field, message: str) -> str:
    """What is said of an amount of investment in 万元, said of that field in its unit."""
    named = declared.label + message.removeprefix("投资") if message.startswith("投资") else message
    return named.replace("（万元）", f"（{declared.unit}）")


def _read_number(_known: Known, declared: Field, _unit: str, cell: Cell, text: str) -> Outcome:
    if declared.unit == "%":
        count = parse_share(text, declared.label, bare=isinstance(cell, int | float))
    else:
        count = parse_count(text, declared.label, declared.unit)
    return Outcome(count.number, WARNING if count.doubt else "", count.doubt)


def _read_flag(_known: Known, declared: Field, _unit: str, _cell: Cell, text: str) -> Outcome:
    return Outcome(parse_flag(text, declared.label))


def _read_choice(_known: Known, declared: Field, _unit: str, _cell: Cell, text: str) -> Outcome:
    choice = parse_choice(text, declared.choices, declared.label, declared.also)
    return Outcome(choice.key, WARNING if choice.doubt else "", choice.doubt)


def _read_unit(known: Known, declared: Field, _unit: str, _cell: Cell, text: str) -> Outcome:
    if is_own(text):
        return Outcome(None)
    if found := known.unit_words.find(text):
        if any(known.unit_words.search(note) not in (None, found) for note in _BESIDE.findall(text)):
            raise Unreadable(f"“{text[:20]}”里有几个单位，{declared.label}请只写一个")
        return Outcome(found.name)
    if why := known.resting.get(text):
        raise Unreadable(f"“{text[:20]}”{why}，请改成现在的单位")
    return _unknown_unit(known, declared, text)


def _unknown_unit(known: Known, declared: Field, text: str) -> Outcome:
    """A unit nobody calls so: one that is spoken so, a new office, or a fault that offers the near ones."""
    if heard := known.unit_words.sounding(text):
        return Outcome(heard.name, WARNING, f"“{text[:20]}”不在单位表里，读音和“{heard.name}”一样，请核对")
    if declared.takes_up and len(text) > (_NAME_OF_UNIT.max_length or 0):
        raise Unreadable(f"{_NAME_OF_UNIT.label}不能超过 {_NAME_OF_UNIT.max_length} 个字，现在 {len(text)} 个")
    maybe = perhaps(text, (unit.name for unit in known.units))
    if looks_like_office(text):
        if declared.takes_up:
            return Outcome(text)
        raise Unreadable(f"“{text[:20]}”不在单位表里，请先加入这个单位")
    if declared.takes_up == "anything":
        return Outcome(text, WARNING, f"“{text[:20]}”不在单位表里{maybe or '，'}请核对单位名称")
    raise Unreadable(f"“{text[:20]}”不在单位表里{maybe or '，'}请核对单位名称")


def _read_units(known: Known, declared: Field, unit: str, cell: Cell, text: str) -> Outcome:
    names, faults = [], []
    for word in filter(None, map(trim, _SEVERAL.split(text))):
        try:
            names.append(_read_unit(known, declared, unit, cell, word).value)
        except Unreadable as problem:
            faults.append(str(problem))
    return Outcome(list(dict.fromkeys(filter(None, names))), ERROR if faults else "", "；".join(faults))


def _read_category(known: Known, _declared: Field, _unit: str, _cell: Cell, text: str) -> Outcome:
    if found := known.category_words.find(text):
        return Outcome((found.dimension, found.name))
    if maybe := perhaps(text, (item.name for item in known.categories)):
        raise Unreadable(f"“{text[:20]}”不是本年度的类别{maybe}请选择")
    said = "没有填写类别" if is_blank(text) else f"“{text[:20]}”不是本年度的类别"
    if not known.categories:
        raise Unreadable(f"{said}；今年还没有设类别，请先在“年度”页加上")
    names = "、".join(item.name for item in known.categories if item.dimension == known.categories[-1].dimension)
    raise Unreadable(f"{said}，请选择一个（如 {names}）")


def _read_categories(known: Known, declared: Field, unit: str, cell: Cell, text: str) -> Outcome:
    words = filter(None, map(trim, _SEVERAL.split(text)))
    return Outcome(list(dict.fromkeys(_read_category(known, declared, unit, cell, word).value for word in words)))


def _read_person(known: Known, declared: Field, _unit: str, _cell: Cell, text: str) -> Outcome:
    for found in known.names.get(declared.kind, ()):
        if fold(text) == fold(found.name):  # 张三（东）, told apart from another 张三
            return Outcome(found.name)
    if (word := _with_unit(known, text)) in known.people:
        return Outcome(word)
    people = _people(known, declared, text)
    doubt = people.doubt or (f"{declared.label}只能是一个人，读了“{people.names[0]}”" if len(people.names) > 1 else "")
    return Outcome(people.names[0], WARNING if doubt else "", doubt)


def _people(known: Known, declared: Field, text: str) -> People:
    """The people a text names; a unit in brackets is no further name, and messages call the field by its label."""
    without = _BESIDE.sub(lambda found: "" if known.unit_words.find(found[1]) else found[0], text)
    return parse_people(without, declared.label)


def _with_unit(known: Known, text: str) -> str:
    """李强(倪宅) as people are told apart: 李强（倪宅村）; "" where no unit stands in brackets."""
    told = _IN_BRACKETS.fullmatch(text)
    unit = known.unit_words.find(told[2]) if told else None
    return f"{trim(told[1])}（{unit.name}）" if told and unit else ""


def _read_people(known: Known, declared: Field, _unit: str, _cell: Cell, text: str) -> Outcome:
    apart = {word: name for word in _SEVERAL.split(text) if (name := _with_unit(known, trim(word))) in known.people}
    if not apart:
        people = _people(known, declared, text)
        return Outcome(list(people.names), WARNING if people.doubt else "", people.doubt)
    names, doubt = list[str](), ""
    for word in filter(trim, _SEVERAL.split(text)):
        found = People((apart[word],)) if word in apart else _people(known, declared, word)
        names, doubt = [*names, *found.names], doubt or found.doubt
    return Outcome(list(dict.fromkeys(names)), WARNING if doubt else "", doubt)


def _read_name(known: Known, declared: Field, _unit: str, _cell: Cell, text: str) -> Outcome:
    word = fold(text)
    for found in known.names.get(declared.kind, ()):
        if word in map(fold, (found.name, *found.aliases)):
            return Outcome(found.name)
    if maybe := perhaps(text, (found.name for found in known.names.get(declared.kind, ()))):
        raise Unreadable(f"“{text[:20]}”不是已有的{declared.label}{maybe}请选一个")
    names = "、".join(found.name for found in known.names.get(declared.kind, ())) or "（还没有）"
    raise Unreadable(f"“{text[:20]}”不是已有的{declared.label}，请选一个：{names}")


def _read_items(parse: Callable[[str], Any], _known: Known, _declared: Field, _unit: str, _cell: Cell, text: str) -> Outcome:
    found = parse(text)
    return Outcome(list(found.items), WARNING if found.doubt else "", found.doubt)


def _read_filled_in(known: Known, declared: Field, _unit: str, _cell: Cell, text: str) -> Outcome:
    found = parse_reached(text, known.year) if declared.kind == Kind.REACHED else parse_brought(text)
    return Outcome(found.words or None, WARNING if found.doubt else "", found.doubt)


def _read_recurrence(_known: Known, _declared: Field, _unit: str, _cell: Cell, text: str) -> Outcome:
    found = parse_recurrence(text)
    return Outcome(found.words, WARNING if found.doubt else "", found.doubt)


def _bounded(read: Reader) -> Reader:
    """Of what holds several things no more than a person looks through: thousands would hold the window up for seconds."""

    def bounded(known: Known, declared: Field, unit: str, cell: Cell, text: str) -> Outcome:
        if len(text) > _LONGEST:
            raise Unreadable(f"{declared.label}有 {len(text)} 个字，一格最多 {_LONGEST} 个，请分成几项")
        outcome = read(known, declared, unit, cell, text)
        if isinstance(outcome.value, list) and len(outcome.value) > _MOST:
            raise Unreadable(f"{declared.label}写了 {len(outcome.value)} 个，一格最多 {_MOST} 个，请分成几项")
        return outcome

    return bounded


_READERS: Mapping[Kind, Reader] = {
    Kind.DAY: _read_day,
    Kind.MONEY: _read_money,
    Kind.NUMBER: _read_number,
    Kind.FLAG: _read_flag,
    Kind.CHOICE: _read_choice,
    Kind.UNIT: _read_unit,
    Kind.UNITS: _bounded(_read_units),
    Kind.CATEGORY: _read_category,
    Kind.CATEGORIES: _bounded(_read_categories),
    Kind.PERSON: _read_person,
    Kind.PEOPLE: _bounded(_read_people),
    Kind.LIST_KIND: _read_name,
    Kind.FORCE: _read_name,
    Kind.QUANTITIES: _bounded(partial(_read_items, parse_quantities)),
    Kind.FUNDING: _bounded(partial(_read_items, parse_funding)),
    Kind.REACHED: _bounded(_read_filled_in),
    Kind.BROUGHT: _bounded(_read_filled_in),
    Kind.RECURRENCE: _read_recurrence,
    Kind.DEADLINE: _read_deadline,
    Kind.MILESTONES: _bounded(_read_milestones),
}
