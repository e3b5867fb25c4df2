"""Templates for villages: one file a unit and kind, pre-filled with what is kept, which come back whatever was done to them."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from db.base import table_of
from db.fields import FILLED_IN, ONE_LINE, Field, Kind
from db.models import Campaign, TaskForce, Unit
from db.organisation import VILLAGE_KINDS
from huajie_desktop import office
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.errors import Problem
from huajie_desktop.jobs import Job, Silent
from huajie_desktop.reading import tokens
from huajie_desktop.reading.tokens import Token
from huajie_desktop.records.comparing import base_of, compared_keys
from huajie_desktop.records.kept import Values, kept_values
from huajie_desktop.records.ticked import Lines, reported_on, still_open
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.sending.exporting import cell_of, column_of
from huajie_desktop.settings import secret_of
from huajie_desktop.sheets.written.workbook_writing import ANY_TEXT, NUMBER, Column, Template, Value, as_template
from huajie_desktop.typesetting.files import write_files
from huajie_desktop.values.shown import full, masked
from huajie_desktop.values.text import fold

_SERIAL = Column("序号", 6, look=NUMBER, key=tokens.SERIAL)
_NUMBER = Column("编号", 11, look=ANY_TEXT, key=tokens.UNREAD, given=True)
_EXAMPLE = "示例"
_NARROWER, _LEAST = 0.68, 11.0  # of a list's widths, so that a page can be read; characters a column has at least
_MOST_FROZEN = 4  # columns up to the name that stay in sight; where it stands farther right only the first does
_PREPARED = 30  # empty rows with lines, to be typed into
_NOTE = (
    "填写说明：一行填一条，带 * 的必填，有下拉箭头的从列表中选；新增的接着往下填。不再做的，把这一行的内容清空，不要只删序号。",
    "灰色表头和隐藏的行、列是导入时对照用的，请不要删除；列可以移动。示例行导入时自动略过。填好后把这个文件原样发回。",
)
_OF_REPORTS = (
    "填写说明：每项任务一行，填“{month}”的进展；没有进展的留空即可。节点完成的，在“完成：”后面写日期、“已交：”后面写交了什么；数量写在“／”前面。任务名称、编号和月份不用改，有下拉箭头的从列表中选。",
    "灰色表头和隐藏的行、列是导入时对照用的，请不要删除；列可以移动。示例行导入时自动略过。填好后把这个文件原样发回。",
)
_Kept = tuple[int, str | None, Values]  # id, number and values of a record
_NOT_IN_FILES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def write_template(seat: Seat, ledger: Ledger, target: Path) -> None:
    """Writes an empty list for the whole township, to be typed in. Raises Problem."""
    write_files({target: make_template(seat, ledger)})


def make_template(seat: Seat, ledger: Ledger) -> bytes:
    """That list as a workbook."""
    secret = secret_of(seat)
    with seat.reading() as session:
        return as_template(_Templates(session, ledger, seat.today().month, secret).of(session.township))


def write_templates(
    seat: Seat,
    ledger: Ledger,
    folder: Path,
    unit_ids: Sequence[int] | None = None,
    month: int | None = None,
    job: Job | None = None,
) -> list[Path]:
    """Writes one file a unit, as `make_templates` makes them: all or none. Raises Problem (cannot be written) and Cancelled."""
    made = make_templates(seat, ledger, folder, unit_ids, month, job)
    write_files(made)
    return list(made)


def make_templates(
    seat: Seat,
    ledger: Ledger,
    folder: Path,
    unit_ids: Sequence[int] | None = None,
    month: int | None = None,
    job: Job | None = None,
) -> dict[Path, bytes]:
    """One workbook a unit (None: all villages and committees, and whoever else has such records), named so that they sort.

    By where in `folder` they belong. Raises Problem (no unit to write for) and Cancelled.
    """
    job, made = job or Silent(), dict[Path, bytes]()
    month = month or seat.today().month
    secret = secret_of(seat)
    with seat.reading() as session:
        if ledger.place is None:
            raise Problem(f"{ledger.title}不分单位，只有全镇一张的模板。没有生成。")
        asked = units_for(session, ledger)
        wanted = [(place, unit) for place, unit in enumerate(asked, 1) if unit_ids is None or unit.id in unit_ids]
        if not wanted:
            raise Problem("没有可以生成模板的单位，没有生成任何文件。请先在“组织”页加入村居。")
        templates = _Templates(session, ledger, month, secret)
        for done, (place, unit) in enumerate(wanted):
            job.step(done, len(wanted), f"生成{unit.name}的模板")
            made[folder / _file_name(place, unit, ledger, month)] = as_template(templates.of(unit))
        job.step(len(wanted), len(wanted), "写入文件")
    return made


def units_for(session: SeatSession, ledger: Ledger) -> list[Unit]:
    """The units a template is made for, in their order: villages and committees, then others that have records of the kind."""
    every = office.units(session)
    of = session.seat.catalogue[ledger.sheets.each_of] if ledger.sheets.each_of else ledger
    model: Any = of.model
    having: set[int] = set()
    if of.place:
        having = set(session.scalars(select(getattr(model, of.fields[of.place].name)).distinct()))
    villages = [unit for kind in VILLAGE_KINDS for unit in every if unit.kind == kind]
    return villages + [u for u in every if u.kind not in (*VILLAGE_KINDS, "township") and u.id in having]


def _file_name(place: int, unit: Unit, ledger: Ledger, month: int) -> str:
    title = ledger.title.removesuffix("台账")
    of_month = f"（{month}月）" if ledger.sheets.month else ""
    return _NOT_IN_FILES.sub("_", f"{place:02} {unit.name} {title}{of_month}.xlsx")


class _Templates:
    """The templates of one kind, all that they share looked up once."""

    def __init__(self, session: SeatSession, ledger: Ledger, month: int, secret: str) -> None:
        self._session, self._ledger, self._month = session, ledger, month
        self._of = session.seat.catalogue[ledger.sheets.each_of] if ledger.sheets.each_of else ledger
        self._numbered = self._of.gives_numbers  # whether rows show the number that is given here
        year, model = session.campaign, self._of.model
        self._year, self._secret = year.year, secret
        self._choices = _choices(session, year)
        table = table_of(model)
        self._last = session.scalar(select(func.max(table.c.uid))) or ""
        self._uids: dict[int, str] = {record_id: uid for record_id, uid in session.execute(select(table.c.id, table.c.uid))}

    def of(self, unit: Unit) -> Template:
        """The template of one unit with its records; of the township an empty one with a column for the unit."""
        ledger, whole = self._ledger, unit.kind == "township"
        keys = list(ledger.form_fields) if whole else self._keys_sent
        reports = bool(ledger.sheets.each_of) and not whole
        number = [_NUMBER] if self._numbered else []
        columns = [_SERIAL, *number, *(_column(ledger, key, self._choices, reports) for key in keys)]
        token = Token(ledger.key, self._year, unit.uid, self._last)
        found = () if whole else self._reports(unit) if reports else self._records(unit)
        rows, identities = self._filled(keys, found, token, reports=reports)
        shown = {key: self._example(key) for key in keys}
        example = [_EXAMPLE, *[""] * len(number), *shown.values()]
        of_month = f"{self._month}月" if reports else ""
        note = tuple(line.format(month=of_month) for line in (_OF_REPORTS if reports else _NOTE))
        frozen = next((place for place, column in enumerate(columns[:_MOST_FROZEN], 1) if column.key == ledger.name), 1)
        return Template(
            f"{unit.name}{self._year}年{of_month}{ledger.title}", note, columns, example,
            self._of_example(token, shown), rows, identities,
            tokens.write(token, self._secret), frozen, 0 if reports else _PREPARED,
        )  # fmt: skip

    def _of_example(self, token: Token, shown: Mapping[str, Value]) -> str:
        """What the row of examples says of itself, so that it is known wherever it is sorted to, and when it is typed over."""
        said = {key: tokens.digest(fold(str(text))) for key, text in shown.items()}
        return tokens.write(token._replace(record=tokens.EXAMPLE, base=said), self._secret)

    @property
    def _keys_sent(self) -> list[str]:
        """What a unit is asked for: its own name it need not write."""
        return [key for key in self._ledger.sheets.sent or self._ledger.form_fields if key != self._ledger.place]

    def _filled(
        self, keys: Sequence[str], found: Iterable[_Kept], token: Token, *, reports: bool
    ) -> tuple[list[list[Value]], list[str]]:
        """The rows of what is kept, and what each says of itself in its hidden cell."""
        rows, identities = list[list[Value]](), list[str]()
        for record_id, given, values in found:
            number = [given] if self._numbered else []
            rows.append([len(rows) + 1, *number, *(self._cell(key, values, record_id if reports else 0) for key in keys)])
            base = base_of(self._ledger, keys, values)
            identities.append(tokens.write(token._replace(record=self._uids[record_id], base=base), self._secret))
        return rows, identities

    def _records(self, unit: Unit) -> Iterator[_Kept]:
        """What is kept of the unit."""
        for record_id, values in self._by_unit.get(unit.name, ()):
            yield record_id, values.get("number"), values

    def _reports(self, unit: Unit) -> Iterator[_Kept]:
        """Each record that is reported of, with what was reported of that month already."""
        ledger, month = self._ledger, f"{self._month:02}"
        reported = (values for _id, values in self._by_unit.get(unit.name, ()) if values[ledger.sheets.month] == month)
        kept = {values[ledger.name]: values for values in reported}
        for record_id, task in self._tasks_by_unit.get(unit.name, ()):
            name = task[self._of.name]
            if record_id not in self._reported_on and name not in kept:
                continue
            empty = dict.fromkeys(compared_keys(ledger)) | {
                ledger.name: name,
                ledger.sheets.month: month,
                str(ledger.place): unit.name,
            }
            yield record_id, task.get("number"), kept.get(name, empty)

    @cached_property
    def _reported_on(self) -> frozenset[int]:
        model: Any = self._of.model
        return frozenset(self._session.scalars(select(model.id).where(*reported_on(self._session, self._of))))

    @cached_property
    def _still_open(self) -> Mapping[Kind, Lines]:
        return still_open(self._session, self._of)

    @cached_property
    def _by_unit(self) -> Mapping[str, list[tuple[int, Values]]]:
        return _grouped(self._session, self._ledger, compared_keys(self._ledger))

    @cached_property
    def _tasks_by_unit(self) -> Mapping[str, list[tuple[int, Values]]]:
        return _grouped(self._session, self._of, [self._of.name, str(self._of.place)])

    def _cell(self, key: str, values: Values, reported: int) -> Value:
        declared, value = self._ledger.fields[key], values[key]
        if declared.kind in FILLED_IN:
            return "\n".join(filter(None, (value, *self._still_open[declared.kind].get(reported, ())))) or None
        return masked(declared.kind, full(declared, value)) if declared.private else cell_of(declared, value)

    def _example(self, key: str) -> Value:
        declared = self._ledger.fields[key]
        if key == self._ledger.sheets.month:
            return f"{self._month}月"
        if declared.kind in _EXAMPLES:
            return _EXAMPLES[declared.kind](declared, self._year)
        if declared.kind == Kind.CHOICE:
            return next(iter(declared.choices.values()))
        return next(iter(self._choices.get(declared.kind, ())), "按实际填写")


def _grouped(session: SeatSession, ledger: Ledger, keys: Sequence[str]) -> Mapping[str, list[tuple[int, Values]]]:
    """All records in force by the name of their unit, in the order they were entered."""
    further = [key for key in ("number", ledger.closes_by) if key in ledger.fields]
    found: dict[str, list[tuple[int, Values]]] = {}
    for record_id, values in kept_values(session, ledger, list(dict.fromkeys([*keys, str(ledger.place), *further]))):
        if not values.get(ledger.closes_by):
            found.setdefault(values[str(ledger.place)], []).append((record_id, values))
    return found


def _choices(session: SeatSession, year: Campaign) -> Mapping[Kind, Sequence[str]]:
    forces = select(TaskForce.name).where(TaskForce.campaign_id == year.id).order_by(TaskForce.position)
    return {
        Kind.FLAG: ("是", "否"),
        Kind.UNIT: [unit.name for unit in office.units(session)],
        Kind.CATEGORY: [item.name for item in office.categories(session)],
        Kind.LIST_KIND: [kind.name for kind in office.list_kinds(session)],
        Kind.FORCE: list(session.scalars(forces)),
    }


def _column(ledger: Ledger, key: str, words: Mapping[Kind, Sequence[str]], reports: bool) -> Column:
    declared, column = ledger.fields[key], column_of(ledger, key)
    strict = declared.kind in (Kind.CHOICE, Kind.FLAG, Kind.CATEGORY, Kind.LIST_KIND, Kind.FORCE)
    choices = tuple(declared.choices.values()) if declared.kind == Kind.CHOICE else words.get(declared.kind, ())
    needed = declared.required or key == ledger.name
    look = ANY_TEXT if declared.kind in ONE_LINE and key != ledger.name else column.look  # phones and codes stay as typed
    if declared.kind == Kind.DEADLINE:
        look = "yyyy-mm-dd;@"  # 8月底前 is right, too
    given = reports and key in (ledger.name, ledger.sheets.month)
    most = 100 if declared.unit == "%" else None
    label = column.label + "*" * needed
    width = max(column.width * _NARROWER, _LEAST)
    return column._replace(label=label, width=width, choices=choices, strict=strict, look=look, key=key, given=given, most=most)


_EXAMPLES: Mapping[Kind, Callable[[Field, int], str]] = {
    Kind.DAY: lambda _declared, year: f"{year}-03-05",
    Kind.DEADLINE: lambda _declared, year: f"{year}-03-05",
    Kind.MONEY: lambda _declared, _year: "12.5",
    Kind.NUMBER: lambda declared, _year: "60" if declared.unit == "%" else "3",
    Kind.PERSON: lambda _declared, _year: "张三",
    Kind.PEOPLE: lambda _declared, _year: "张三、李四",
    Kind.MILESTONES: lambda _declared, _year: "6月底 完成招标",
    Kind.QUANTITIES: lambda _declared, _year: "路灯12盏",
    Kind.REACHED: lambda _declared, _year: "完成招标 完成：6月25日 已交：中标通知书",
    Kind.BROUGHT: lambda _declared, _year: "路灯 9／12盏",
    Kind.FUNDING: lambda _declared, _year: "镇补 5万",
    Kind.RECURRENCE: lambda _declared, _year: "每周一",
}
