"""The unit that headings between the rows name: it counts for the records below, until the next heading of that kind."""

from collections.abc import Callable

from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.reading.cells import Cells
from huajie_desktop.reading.read_record import ERROR, WARNING, ReadFile, ReadRecord
from huajie_desktop.sheets.understood.place_headings import PlaceHeading
from huajie_desktop.values.text import is_blank
from huajie_desktop.values.units import COMMITTEE, VILLAGE


class PlaceSections:
    """Whose the next record of a table is, by the headings so far; `unit` is that of the whole sheet."""

    def __init__(self, file: ReadFile, ledger: Ledger, cells: Cells, unit: str | None) -> None:
        self._file, self._key, self._cells = file, ledger.place or "", cells
        self.unit = self._whole = unit
        self.entered = False  # whether there was any heading at all
        self._heading: PlaceHeading | None = None
        self._fault, self._first = ("", ""), 0
        self._above: str | None = None  # whose the record above says it is

    def enter(self, heading: PlaceHeading) -> None:
        """Begins the records of a unit; one nobody knows is a fault of each."""
        self.close()
        if heading.unit:
            value, *fault = self._cells[self._key][heading.name]
            self._fault = (str(fault[0]), str(fault[1]))
        else:
            value, self._fault = None, (ERROR, f"上面的标题“{heading.name[:20]}”不在单位表里，请核对单位名称")
        self.unit, self.entered = value or None, True
        self._heading, self._first = heading, len(self._file.records)

    def leave(self) -> None:
        """Ends them: what follows is of the whole sheet's unit."""
        self.close()
        self.unit, self._heading, self._fault = self._whole, None, ("", "")

    def close(self) -> None:
        """Says that a heading states another count than was read."""
        if self._heading and (stated := self._heading.stated) is not None:
            count = len(self._file.records) - self._first
            if stated != count:
                self._file.notices.append(f"“{self._heading.text.strip()}”写的是{stated}项，读到{count}项，请核对")
        self._heading = None

    def judge(self, record: ReadRecord, written_once: Callable[[str], bool]) -> None:
        """Notes what is doubtful of a record's unit; without heading a blank one is that of the group above."""
        own = record.raw.get(self._key)
        blank = own is None or is_blank(own)
        severity, message = self._fault
        if self._heading is None:
            self._take_above(record, blank=blank, column=own is not None, written_once=written_once)
        elif message and blank:
            record.complain(self._key, severity, message)
        elif not blank and record.unit != self.unit and self._heading.unit and self._heading.unit.kind in (VILLAGE, COMMITTEE):
            self._doubt(record)

    def _doubt(self, record: ReadRecord) -> None:
        if self._heading and not any(issue.field == self._key and issue.severity == ERROR for issue in record.issues):
            said = f"这一行写的是{record.unit}，上面的标题是“{self._heading.text.strip()[:20]}”，请核对"
            record.complain(self._key, WARNING, said)

    def _take_above(self, record: ReadRecord, *, blank: bool, column: bool, written_once: Callable[[str], bool]) -> None:
        """A unit written once, on the first row of its group, is filled down with a doubt."""
        if not blank:
            self._above = record.unit
        elif column and record.unit is None and self._above and written_once(self._key):
            record.unit = record[self._key] = self._above
            record.issues = [issue for issue in record.issues if issue.field != self._key]
            record.complain(self._key, WARNING, f"这一格是空的，按上面的“{self._above}”读，请核对")
