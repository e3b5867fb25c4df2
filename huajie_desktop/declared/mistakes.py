"""What can be wrong with the declaration of a ledger: the first fault found stops the program and names the ledger."""

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import inspect
from sqlalchemy.orm import Mapper

from db.base import Entry, table_of
from db.fields import Deadline, Field, Kind, fields_of
from db.part_kinds import Part
from db.reports import MONTHS
from huajie_desktop.declared.facets import FEW, Count, Ratio, Sum
from huajie_desktop.declared.life import faults_of
from huajie_desktop.values.text import header_word

if TYPE_CHECKING:  # a ledger is looked at while it is made
    from huajie_desktop.declared.ledger import Ledger

# What a key said at one of these places must be, and how that is worded.
_KINDS: Mapping[str, tuple[tuple[Kind, ...], str]] = {
    "place": ((Kind.UNIT,), "单位"),
    "day": ((Kind.DAY, Kind.DEADLINE), "日期"),
    "closes_by": ((Kind.DAY,), "日期"),
    "awaited": ((Kind.DAY,), "日期"),
    "term": ((Kind.DAY,), "日期"),
    "filters": (FEW, "可以分类的内容"),
    "breakdowns": (FEW, "可以分类的内容"),
    "indicators": ((Kind.MONEY, Kind.NUMBER), "可以相加的数"),
    "begins": ((Kind.DAY,), "日期"),
    "steps": ((Kind.MILESTONES,), "时间节点"),
}
# Where only what can be typed has a meaning.
_TYPED = frozenset(
    (
        "previewed", "filled", "sent", "month", "expected", "likely", "telling", "beside", "by_unit", "besides", "begins",
        "steps",
    )
)  # fmt: skip
# What of several names one more may be said by itself in another field.
_ONE_OF = {Kind.PEOPLE: Kind.PERSON, Kind.UNITS: Kind.UNIT, Kind.CATEGORIES: Kind.CATEGORY}
# In which sort of parts several of something are kept.
_PARTS: Mapping[Kind, type[Part]] = {sort.KIND: sort for sort in Part.__subclasses__()}
# Where a reference points.
_TABLES = {
    Kind.UNIT: "units",
    Kind.CATEGORY: "categories",
    Kind.PERSON: "people",
    Kind.LIST_KIND: "list_kinds",
    Kind.FORCE: "task_forces",
}


def refused(title: str, fault: str) -> ValueError:
    """The error by which a wrong declaration stops the program."""
    return ValueError(f"台账“{title}”的声明有误：{fault}")


def mistakes(ledger: "Ledger") -> Iterator[str]:
    """What is wrong with a declaration; each look relies on what those before it found right."""
    yield from _in_keys(ledger)
    yield from _in_form(ledger)
    yield from _in_headers(ledger)
    yield from _in_sheets(ledger)
    yield from _in_fields(ledger)
    yield from _in_bounds(ledger)
    yield from _in_keeping(ledger)
    yield from _in_life(ledger)
    yield from _in_required(ledger)
    yield from _in_indicators(ledger)


def _keys(ledger: "Ledger") -> Iterator[tuple[str, str]]:
    """Every key the declaration says, with where it is said."""
    shown, sheets, figures = ledger.shown, ledger.sheets, ledger.figures
    several: dict[str, tuple[str, ...]] = {
        "name": (ledger.name,),
        "columns": shown.columns,
        "filters": shown.filters,
        "found_by": shown.found_by,
        "apart": shown.apart,
        "previewed": shown.previewed,
        "groups": ledger.form.keys,
        "filled": tuple(key for key, _text in ledger.form.filled),
        "identity": sheets.identity,
        "sent": sheets.sent,
        "expected": sheets.expected,
        "likely": sheets.likely,
        "telling": sheets.telling,
        "beside": sheets.beside,
        "by_unit": tuple(ledger.rules.by_unit),
        "indicators": tuple(item.key for item in figures.indicators if isinstance(item, Sum)),
        "breakdowns": figures.breakdowns,
        "tints": tuple(shown.tints),
        "answer": ledger.paper.answer if ledger.paper else (),
    }
    for where, keys in several.items():
        yield from ((where, key) for key in keys)
    awaited, paper = shown.awaited, ledger.paper
    at_most_one = {
        "place": ledger.place, "closes_by": ledger.closes_by, "month": sheets.month, "day": figures.day,
        "awaited": awaited.day if awaited else "", "term": paper.term if paper else "",
    }  # fmt: skip
    yield from ((where, key) for where, key in at_most_one.items() if key)
    for declared in ledger.fields.values():
        of_field = {"besides": declared.besides, "begins": declared.begins, "steps": declared.steps}
        yield from ((where, key) for where, key in of_field.items() if key)


def _in_keys(ledger: "Ledger") -> Iterator[str]:
    for where, key in _keys(ledger):
        if key not in ledger.fields:
            yield f"{ledger.model.__name__} 没有 {where} 里写的字段 {key}"
        elif where in _TYPED and key not in ledger.form_fields:
            yield f"{where} 里的字段 {key} 不在表单里"
        elif where in _KINDS and ledger.fields[key].kind not in _KINDS[where][0]:
            yield f"{where} 里的字段 {key} 不是{_KINDS[where][1]}"


def _in_form(ledger: "Ledger") -> Iterator[str]:
    typed = ledger.form.keys
    for key in dict.fromkeys(typed):
        if typed.count(key) > 1:
            yield f"字段 {key} 在表单里出现了两次"
    if ledger.rules.by_unit and not ledger.place:
        yield "by_unit 要按单位填写，却没有声明 place"


def _in_headers(ledger: "Ledger") -> Iterator[str]:
    """A header means one field; the steps of a deadline alone may be headed like it: 时间节点 over one column is the deadline."""
    taken: dict[str, str] = {}
    form = ledger.form_fields
    for key, declared in form.items():
        for word in (declared.label, *declared.aliases):
            other = taken.setdefault(header_word(word), key)
            if other != key and other != declared.steps and key != form[other].steps:
                yield f"表头“{word}”既是字段 {other}，又是字段 {key}"


def _in_sheets(ledger: "Ledger") -> Iterator[str]:
    sheets = ledger.sheets
    if sheets.month and ledger.fields[sheets.month].choices.keys() != MONTHS.keys():
        yield f"month 里的字段 {sheets.month} 不是十二个月的选项"
    if sheets.each_of and not (sheets.month and ledger.place):
        yield "按 each_of 逐条填报，却没有声明 month 和 place"
    if bool(sheets.beside) != bool(sheets.reads_like):
        yield "reads_like 和 beside 要一起声明"


def _in_fields(ledger: "Ledger") -> Iterator[str]:
    keys = [declared.key for declared in fields_of(ledger.model).values()]
    kept = [name for declared in ledger.fields.values() for name in declared.further]
    for key, declared in ledger.fields.items():
        if keys.count(key) > 1:
            yield f"有两个字段都叫 {key}"
        if declared.kind is Kind.CHOICE and not declared.choices:
            yield f"字段 {key} 没有选项"
        if declared.besides and ledger.fields[declared.besides].kind is not _ONE_OF.get(declared.kind):
            yield f"字段 {key} 和它的 besides（{declared.besides}）指的不是一类"
        if len(declared.columns) != (len(Deadline._fields) if declared.kind is Kind.DEADLINE else 1):
            yield f"字段 {key} 用的列数不对"
        for name in declared.further:
            if kept.count(name) > 1:
                yield f"有两个字段都用了列 {name}"


def _in_bounds(ledger: "Ledger") -> Iterator[str]:
    for key, declared in ledger.fields.items():
        if declared.most is not None and (declared.most < declared.least or declared.kind is not Kind.NUMBER):
            yield f"字段 {key} 的上限 {declared.most} 没有意义"


def _in_keeping(ledger: "Ledger") -> Iterator[str]:
    mapper: Mapper[Any] | None = inspect(ledger.model, raiseerr=False)
    if mapper is None:  # a kind of record may be declared before it has a table
        return
    for key, declared in ledger.fields.items():
        if declared.kind in _PARTS:
            yield from _in_parts(ledger, key, _PARTS[declared.kind])
        elif declared.name in mapper.relationships:
            yield f"字段 {key} 是几项内容，种类不能是 {declared.kind}"
        else:
            yield from _in_columns(ledger, mapper, declared)


def _in_parts(ledger: "Ledger", key: str, sort: type[Part]) -> Iterator[str]:
    part = ledger.parts.get(key)
    if part is None:
        yield f"字段 {key} 是几项内容，要用 parts(…) 声明"
    elif not issubclass(part.model, sort):
        yield f"字段 {key} 的内容 {part.model.__name__} 不是 {sort.__name__}"


def _in_columns(ledger: "Ledger", mapper: Mapper[Any], declared: Field) -> Iterator[str]:
    for name in declared.columns:
        if name not in mapper.columns:
            yield f"{ledger.model.__name__} 没有字段 {declared.key} 要用的列 {name}"
            return
    pointed = {key.target_fullname for key in mapper.columns[declared.name].foreign_keys}
    table = _TABLES.get(declared.kind)
    if table and pointed != {f"{table}.id"}:
        yield f"字段 {declared.key} 是 {declared.kind}，却没有指向 {table}"
    elif pointed and not table:
        yield f"字段 {declared.key} 是 {declared.kind}，却指向 {'、'.join(pointed)}"


def _in_life(ledger: "Ledger") -> Iterator[str]:
    if issubclass(ledger.model, Entry) and ledger.life is None:
        yield f"{ledger.model.__name__} 要审核，却没有声明流程"
    if ledger.lives:
        yield from faults_of(ledger, [column.name for column in table_of(ledger.model).columns])


def _in_required(ledger: "Ledger") -> Iterator[str]:
    for key, declared in ledger.fields.items():
        # where nothing is reviewed, it may be given by where the record stands
        if declared.required and ledger.reviewed and key not in ledger.form_fields and key not in ledger.fresh:
            yield f"必填字段 {key} 不在表单里"


def _in_indicators(ledger: "Ledger") -> Iterator[str]:
    labels = [item.label for item in ledger.figures.indicators]
    counts = {item.label for item in ledger.figures.indicators if isinstance(item, Count)}
    for item in ledger.figures.indicators:
        if labels.count(item.label) > 1:
            yield f"指标“{item.label}”出现了两次"
        if isinstance(item, Ratio) and not {item.part, item.whole} <= counts:
            yield f"指标“{item.label}”用到了没有声明的计数"
    for label in re.findall(r"\{(.*?)\}", ledger.figures.sentence):
        if label not in labels:
            yield f"报告用语里的“{label}”不是它的指标"
