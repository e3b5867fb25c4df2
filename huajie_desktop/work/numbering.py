"""Numbers of tasks and papers: given in order, never twice, never again; a task's by the pattern of its campaign."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, select

from db.base import Record, table_of
from db.images import CHUNK, Row, among
from db.models import Campaign, Category, Counter, ListKind, Task
from huajie_desktop.declared.life import Done
from huajie_desktop.office import categories, list_kinds, short_name
from huajie_desktop.seat import Running, SeatSession
from huajie_desktop.values.text import clean

DEFAULT_PATTERN = "{镇}〔{年}〕{类别}-{序号:3}"
SERIAL = "序号"
FIELDS = {
    "镇": "乡镇的简称",
    "年": "年度",
    "类别": "类别的编号简称",
    "清单": "清单种类",
    SERIAL: "流水号",
    f"{SERIAL}:3": "三位流水号，如 012",
}
_LONGEST = 40  # characters a number may have
_HIGHEST = 99999  # the serial number that must still fit
_FIELD = re.compile(r"\{([^{}]*)\}")
_SERIAL = re.compile(rf"{SERIAL}(?:[:\uff1a]([1-9]))?")
_SERIAL_FIELD = re.compile(rf"\{{{_SERIAL.pattern}\}}")

Values = Mapping[str, str]  # by field, without the serial number


class NextNumber(NamedTuple):
    """The number the next approved task of a category will get."""

    dimension: str
    category: str
    number: str


def fault_in(pattern: str) -> str:
    """What is wrong with a pattern, empty if nothing."""
    names = _FIELD.findall(pattern)
    serials = [name for name in names if _SERIAL.fullmatch(name)]
    unknown = [name for name in names if name not in FIELDS and name not in serials]
    if unknown:
        known = " ".join(f"{{{name}}}" for name in FIELDS)
        return f"不认识“{{{unknown[0]}}}”，可以用的有 {known}"
    if not serials:
        return f"编号样式里要有 {{{SERIAL}}}，不然几项任务会是同一个编号"
    if len(serials) > 1:
        return f"{{{SERIAL}}} 只能写一次"
    if set("{}") & set(_FIELD.sub("", pattern)):
        return "花括号没有成对，请检查 { 和 }"
    return ""


def fill(pattern: str, values: Values, serial: int) -> str:
    """One number by a sound pattern."""

    def put(found: re.Match[str]) -> str:
        counted = _SERIAL.fullmatch(found[1])
        return f"{serial:0{counted[1] or 1}d}" if counted else values[found[1]]

    return _FIELD.sub(put, pattern)


def _writer(pattern: str, values: Values) -> Callable[[int], str]:
    """The same for many serial numbers: what stands around them is filled in once."""
    around = _FIELD.sub(lambda found: found[0] if _SERIAL.fullmatch(found[1]) else values[found[1]], pattern)
    serial = _SERIAL_FIELD.search(around)
    assert serial is not None, "a sound pattern has a serial number"
    head, tail, digits = around[: serial.start()], around[serial.end() :], int(serial[1] or 1)
    return lambda number: f"{head}{number:0{digits}d}{tail}"


def series_of(pattern: str, values: Values) -> str:
    """The counter a number comes from: whatever in the pattern tells numbers apart counts for itself."""
    asked = set(_FIELD.findall(pattern))
    return ":".join(["task", *(values[name] for name in ("年", "类别", "清单") if name in asked)])


def overlong(session: SeatSession, pattern: str) -> bool:
    """Whether some task of the campaign would get a number longer than there is room for."""
    codes = [item.code for item in categories(session)] or [""]
    lists = [_list_word(kind.name) for kind in list_kinds(session)] or [""]
    values = _values(_head(session), max(codes, key=len), max(lists, key=len))
    return len(fill(pattern, values, _HIGHEST)) > _LONGEST


def next_numbers(session: SeatSession, pattern: str = "") -> list[NextNumber]:
    """What the next task of every category would be numbered by that pattern (empty: the usual one); gives nothing away.

    Where the pattern says the list, it is that of the campaign's last list kind.
    """
    head, pattern = _head(session), clean(pattern) or DEFAULT_PATTERN
    listed = _list_word("".join([kind.name for kind in list_kinds(session)][-1:]))
    found = []
    for item in categories(session):
        values = _values(head, item.code, listed)
        counter = session.get(Counter, (session.seat.township_id, series_of(pattern, values)))
        found.append((item, values, (counter.value if counter else 0) + 1))
    numbers = [fill(pattern, values, serial) for _item, values, serial in found]
    taken = _given(session, numbers)
    return [
        NextNumber(item.dimension.name, item.name, _next_free(session, pattern, values, serial) if number in taken else number)
        for (item, values, serial), number in zip(found, numbers, strict=True)
    ]


def give_numbers(session: SeatSession, task_ids: Sequence[int]) -> dict[int, str]:
    """Numbers for tasks that have none, in the order given; call inside an operation. They stay used even if it is undone."""
    pattern = clean(session.campaign.number_pattern or "") or DEFAULT_PATTERN
    words, head = _words_of(session, task_ids), _head(session)
    values = {pair: _values(head, *pair) for pair in set(words.values())}
    series_by = {pair: series_of(pattern, found) for pair, found in values.items()}
    waiting: dict[str, list[int]] = {}
    for task_id in task_ids:
        waiting.setdefault(series_by[words[task_id]], []).append(task_id)
    given: dict[int, str] = {}
    for series, left in waiting.items():
        write = _writer(pattern, values[words[left[0]]])  # whatever tells numbers apart is the same within a series
        while left:
            serials = take_numbers(session, series, len(left))
            numbers = {task_id: write(serial) for task_id, serial in zip(left, serials, strict=True)}
            taken = _given(session, numbers.values()) | set(given.values())
            given.update((task_id, number) for task_id, number in numbers.items() if number not in taken)
            left = [task_id for task_id in left if task_id not in given]
    return given


def number_approved(running: Running, tasks: Mapping[int, str], _reason: str) -> Mapping[int, Row]:
    """The numbers of approved tasks (id -> title), by id in their order; one that has a number keeps it."""
    session, ids = running.session, list(tasks)
    numbered: set[int] = set()
    for start in range(0, len(ids), CHUNK):
        chunk = among(Task.id, ids[start : start + CHUNK])
        numbered.update(session.scalars(select(Task.id).where(chunk, Task.number.is_not(None))))
    given = give_numbers(session, [task_id for task_id in ids if task_id not in numbered])
    return {task_id: {"number": number} for task_id, number in given.items()}


def in_series(model: type[Record], mark: str) -> Done:
    """What gives approved records of a ledger the next numbers of their own series: township, `mark`, 〔2021〕1号."""

    def number(running: Running, records: Mapping[int, str], _reason: str) -> Mapping[int, Row]:
        session, kept = running.session, table_of(model).c
        ids, having = list(records), set[int]()
        for start in range(0, len(ids), CHUNK):
            chunk = among(kept.id, ids[start : start + CHUNK])
            having.update(session.scalars(select(kept.id).where(chunk, kept.number.is_not(None))))
        fresh = [record_id for record_id in ids if record_id not in having]
        numbers = next_in_series(session, model, mark, len(fresh))
        return {record_id: {"number": given} for record_id, given in zip(fresh, numbers, strict=True)}

    return number


def next_in_series(session: SeatSession, model: type[Record], mark: str, count: int) -> list[str]:
    """The next numbers of the series of a ledger's records, its own each year; call inside an operation."""
    serials = take_numbers(session, f"{model.__tablename__} {session.seat.campaign_id}", count)
    return [paper_number(session, mark, serial) for serial in serials]


def take_numbers(session: SeatSession, series: str, count: int) -> range:
    """The next `count` numbers of a series, from 1; call inside an operation. They stay used even if it is undone later."""
    township_id = session.seat.township_id
    counter = session.get(Counter, (township_id, series))
    if counter is None:
        counter = Counter(township_id=township_id, name=series, value=0)
        session.add(counter)
    first = counter.value + 1
    counter.value += count
    return range(first, counter.value + 1)


def paper_number(session: SeatSession, mark: str, number: int) -> str:
    """The township's short name, mark, year in full in hexagonal brackets, no leading zero (GB/T 9704-2012, 7.2.5)."""
    return f"{short_name(session)}{mark}〔{session.seat.year}〕{number}号"


def _words_of(session: SeatSession, task_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Of each task the code of its category and the word of its list."""
    found: dict[int, tuple[str, str]] = {}
    statement = select(Task.id, Category.code, ListKind.name).outerjoin(Category, Category.id == Task.category_id)
    statement = statement.outerjoin(ListKind, ListKind.id == Task.list_kind_id)
    for start in range(0, len(task_ids), CHUNK):
        for task_id, code, listed in session.execute(statement.where(among(Task.id, task_ids[start : start + CHUNK]))):
            found[task_id] = code or "", _list_word(listed or "")
    return found


def _next_free(session: SeatSession, pattern: str, values: Values, serial: int) -> str:
    while _given(session, [fill(pattern, values, serial)]):
        serial += 1
    return fill(pattern, values, serial)


def _head(session: SeatSession) -> Values:
    return {"镇": short_name(session), "年": str(session.seat.year)}


def _values(head: Values, code: str, listed: str) -> Values:
    """What is put into the pattern; older programs kept signs that nobody sees in these words, and no number can hold them."""
    return {**head, "类别": clean(code), "清单": clean(listed)}


def _list_word(name: str) -> str:
    return name.removesuffix("清单") or name


def _given(session: SeatSession, numbers: Iterable[str]) -> set[str]:
    """Those of the numbers some task of any year of the township already has, as after a change of the pattern."""
    asked = list(numbers)
    found: set[str] = set()
    numbers_of = select(Task.number).join(Campaign, Campaign.id == Task.campaign_id)
    statement = numbers_of.where(Task.number.in_(bindparam("numbers", expanding=True)))
    for start in range(0, len(asked), CHUNK):
        found.update(filter(None, session.scalars(statement, {"numbers": asked[start : start + CHUNK]})))
    return found
