"""A month's reports typed as a table: a row for each record to report on, with what was said of it before beside it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from db.fields import FILLED_IN, Field, Kind
from db.models import Unit
from db.reports import MONTHS
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.reading.read_record import ReadRecord
from huajie_desktop.receiving.previews import BOTH, PreviewRow
from huajie_desktop.receiving.typed import Texts, TypedTable
from huajie_desktop.records.entry import texts_of
from huajie_desktop.records.ticked import reported_on, still_open
from huajie_desktop.seat import Seat, SeatSession, visible

_REPORTED = "已报送"
BEFORE = "before"  # key of the column with what was said last
_BEFORE = Field("上次比例", Kind.TEXT, BEFORE)
Late = Callable[[SeatSession, Ledger, Sequence[int]], Mapping[int, str]]  # by id of what is reported on the months missing
_TYPED = ("percent", "invested", "summary", "problems", "next_steps", "reached", "brought", "stage", "reported_on")


class TypedReports(TypedTable):
    """The reports of one month, of one unit's records or of all; rows are given, and nothing is kept of those left alone."""

    mode = BOTH  # what was reported already may be mended here

    def __init__(self, seat: Seat, ledger: Ledger, month: str, unit_id: int | None = None, late: Late | None = None) -> None:
        """`month` is a key of MONTHS; without `unit_id` of all units; `late` says which months are missing."""
        self.month, self.unit_id, self._late = month, unit_id, late
        self.name = f"{MONTHS[month]}{ledger.noun.removeprefix('月度')}录入"
        self._given: list[Texts] = []  # by row what it begins with: whose it is, and what was reported already
        self._told: list[str] = []  # by row whether it was, or which months are missing
        super().__init__(seat, ledger)
        whose = (str(ledger.place), ledger.name) if unit_id is None else (ledger.name,)
        self.keys = [*whose, BEFORE, *(key for key in _TYPED if key in ledger.form_fields)]
        self._begin()

    def __len__(self) -> int:
        return sum(map(bool, self._texts))

    @property
    def below(self) -> int:
        """Where rows typed another time go: each to its own record."""
        return 0

    @property
    def count(self) -> int:
        """How many records there are to report on."""
        return len(self._given)

    @property
    def reported(self) -> int:
        """How many of them were reported on."""
        return sum(told == _REPORTED for told in self._told)

    def field(self, key: str) -> Field:
        """What a column holds."""
        return _BEFORE if key == BEFORE else super().field(key)

    def may_type(self, key: str) -> bool:
        """Whether a column is typed into: not whose report it is."""
        return key in _TYPED

    def standing(self, _row: int) -> str:
        """Whether something was reported already."""
        return self._told[_row] if _row < len(self._told) else ""

    def text(self, row: int, key: str) -> str:
        """What was typed into a cell, else what the row begins with."""
        return super().text(row, key) or (self._given[row].get(key, "") if row < len(self._given) else "")

    def write(self, cells: Mapping[tuple[int, str], str]) -> None:
        """Types texts into cells of the rows there are as one step; one that says what stands there already is left alone."""
        own = {at: text for at, text in cells.items() if at[0] < len(self._given) and self.may_type(at[1])}
        super().write({at: "" if text == self._given[at[0]].get(at[1], "") else text for at, text in own.items()})

    def remove(self, rows: Collection[int]) -> None:
        """Leaves rows as they began."""
        self._become([{} if row in rows else texts for row, texts in enumerate(self._texts)])

    def first_open(self) -> int:
        """The first row of which nothing was reported and nothing is typed; 0 where there is none."""
        free = (row for row, told in enumerate(self._told) if told != _REPORTED and not self.said(row))
        return next(free, 0)

    # inside

    def _left(self) -> list[Texts]:
        done = {id(texts) for texts in self._texts if texts and self._is_done(self._rows[id(texts)])}
        left = [{} if id(texts) in done else texts for texts in self._texts]
        while left and not left[-1]:
            left.pop()
        return left

    @staticmethod
    def _is_done(row: PreviewRow) -> bool:
        return row.applies or row.status == "same"

    def _read(self, at: int, texts: Texts) -> PreviewRow:
        row = PreviewRow(self.file, ReadRecord(self.ledger.places, "", 1, {}, {}))
        said = {**self._given[at], **texts}
        for key in (self.ledger.name, *(key for key in self.ledger.form_fields if key != self.ledger.name)):
            if said.get(key):
                row.type_in(key, said[key])
        return row

    def _begin(self) -> None:
        """Looks at what is to be reported on, and what was reported."""
        with self._seat.reading() as session:
            self._given, self._told = [], []
            reports = _reports(session, self.ledger)
            of = session.seat.catalogue[self.ledger.sheets.each_of]
            handed_out = still_open(session, of)
            records = _records(session, of, self.unit_id)
            missing = self._late(session, of, [record_id for record_id, _unit, _name in records]) if self._late else {}
            for record_id, unit, name in records:
                own = reports.get(record_id, {})
                kept = own.get(self.month)
                told = texts_of(session, self.ledger, kept.id) if kept else {"reported_on": self._seat.today().isoformat()}
                lines = {kind: "\n".join(lines.get(record_id, ())) for kind, lines in handed_out.items()}
                self._given.append(self._row(told, unit, name, _before(own, self.month), {} if kept else lines))
                self._told.append(_REPORTED if kept else f"缺{missing[record_id]}" if record_id in missing else "")

    def _row(self, told: Texts, unit: str, name: str, before: str, lines: Mapping[Kind, str]) -> Texts:
        ledger = self.ledger
        open_lines = {key: lines.get(one.kind, "") for key, one in ledger.form_fields.items() if one.kind in FILLED_IN}
        whose = {str(ledger.place): unit, ledger.name: name, ledger.sheets.month: MONTHS[self.month], BEFORE: before}
        return {key: text for key, text in {**open_lines, **told, **whose}.items() if text}


def units_to_report(session: SeatSession, ledger: Ledger) -> set[int]:
    """The units (ids) that have something to report on."""
    of = session.seat.catalogue[ledger.sheets.each_of]
    return set(session.scalars(select(of.column(str(of.place))).where(*reported_on(session, of)).distinct()))


def _records(session: SeatSession, of: Ledger, unit_id: int | None) -> Sequence[tuple[int, str, str]]:
    """Id, unit and name of all that is to be reported on, unit by unit."""
    model: Any = of.model
    place = of.column(str(of.place))
    wanted = (*reported_on(session, of), *([] if unit_id is None else [place == unit_id]))
    asked = select(model.id, Unit.name, of.column(of.name)).join(Unit, Unit.id == place).where(*wanted)
    return [(record_id, unit, name) for record_id, unit, name in session.execute(asked.order_by(Unit.id, model.id))]


def _reports(session: SeatSession, ledger: Ledger) -> Mapping[int, Mapping[str, Any]]:
    """What was reported of each record, by month."""
    model: Any = ledger.model
    found: dict[int, dict[str, Any]] = {}
    for report in session.scalars(select(model).where(*visible(session.seat, model)).order_by(model.month)):
        found.setdefault(getattr(report, model.OF), {})[report.month] = report
    return found


def _before(own: Mapping[str, Any], month: str) -> str:
    """What was said of the percentage last before a month, with its month where that is not the one before."""
    told = [(said, report.percent) for said, report in own.items() if said < month and report.percent is not None]
    if not told:
        return ""
    last, percent = told[-1]
    return f"{percent}%" if int(last) == int(month) - 1 else f"{MONTHS[last]} {percent}%"
