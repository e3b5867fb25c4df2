"""Many new records typed as a table: read like an import while they are typed, kept only when the clerk says so."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from db.fields import Field
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.jobs import Job
from huajie_desktop.reading.known import known_office
from huajie_desktop.reading.read_record import ERROR, Issue, ReadFile, ReadRecord
from huajie_desktop.receiving import intake
from huajie_desktop.receiving.matching import compare_rows
from huajie_desktop.receiving.pasting import Block
from huajie_desktop.receiving.previews import INSERT, FilePreview, Preview, PreviewRow
from huajie_desktop.seat import Seat
from huajie_desktop.values.text import clean, trim

NAME = "表格录入"  # what the file of such a batch is called
_STEPS = 200  # that can be taken back
_SPARE = 20  # empty rows below the last typed one

Texts = Mapping[str, str]  # one row: by field key, without the empty ones; never changed, only replaced


class TypedTable:
    """The rows of the table with their steps back; it looks like the preview of one file to everything else."""

    name = NAME
    mode = INSERT  # what is typed as a table is new; it changes nothing that is kept

    def __init__(self, seat: Seat, ledger: Ledger | None = None) -> None:
        self._seat, self.ledger = seat, ledger or seat.catalogue.first
        self.keys: Sequence[str] = list(self.ledger.form_fields)  # of the columns, in their order
        ledger = self.ledger
        with seat.reading() as session:
            known = known_office(session, ledger)
        self.preview = Preview(known, mode=self.mode, own=True)
        self.file = FilePreview(ReadFile(self.name, Path(self.name), known=known), Path(self.name), self.preview, asked=ledger)
        self.preview.files.append(self.file)
        self._texts: list[Texts] = []
        self._rows: dict[int, PreviewRow] = {}  # by identity of the texts they were read from
        self._before: list[list[Texts]] = []
        self._after: list[list[Texts]] = []

    # what stands there

    def __len__(self) -> int:
        return len(self._texts)

    @property
    def texts(self) -> Sequence[Texts]:
        """The rows as typed; the same object as long as nothing was typed."""
        return self._texts

    @property
    def below(self) -> int:
        """Where rows typed another time go."""
        return len(self)

    @property
    def count(self) -> int:
        """How many rows are shown, those to be typed into with them."""
        return len(self) + _SPARE

    def field(self, key: str) -> Field:
        """What a column holds."""
        return self.ledger.fields[key]

    def may_type(self, key: str) -> bool:
        """Whether a column is typed into."""
        return key in self.ledger.form_fields

    def standing(self, _row: int) -> str:
        """What is said of a row into which nothing was typed."""
        return ""

    def said(self, row: int) -> Texts:
        """All that was typed into a row by field key."""
        return self._texts[row] if row < len(self._texts) else {}

    def text(self, row: int, key: str) -> str:
        """What was typed into a cell, empty beyond the last row."""
        return self._texts[row].get(key, "") if row < len(self._texts) else ""

    def row(self, row: int) -> PreviewRow | None:
        """The row as it was read, None where nothing stands."""
        return self._rows[id(self._texts[row])] if row < len(self._texts) and self._texts[row] else None

    def issue(self, row: int, key: str) -> Issue | None:
        """The gravest doubt or fault at a cell."""
        found = self.row(row)
        if found is None:
            return None
        issues = [issue for issue in found.record.issues if issue.field == key]
        return min(issues, key=lambda issue: issue.severity != ERROR, default=None)

    # typing

    def write(self, cells: Mapping[tuple[int, str], str]) -> None:
        """Types texts into cells (row, key) as one step; rows beyond the last are added."""
        rows: dict[int, dict[str, str]] = {}
        for (row, key), text in cells.items():
            rows.setdefault(row, dict(self._texts[row] if row < len(self._texts) else {}))[key] = text
        texts = [*self._texts, *({} for _ in range(len(self._texts), 1 + max(rows, default=-1)))]
        for row, said in rows.items():
            kept = {key: clean(text) for key, text in said.items() if trim(text)}
            if kept != texts[row]:
                texts[row] = kept
        self._become(texts)

    def fill_down(self, top: int, bottom: int, keys: Iterable[str]) -> None:
        """Repeats the cells of row `top` in all rows below it down to `bottom`."""
        keys = list(keys)
        self.write({(row, key): self.text(top, key) for row in range(top + 1, bottom + 1) for key in keys})

    def paste(self, row: int, block: Block) -> int:
        """Types a pasted block from that row on; returns how many rows it took."""
        cells = {
            (row + number, key): text
            for number, line in enumerate(block.rows)
            for key, text in zip(block.keys, line, strict=False)
            if key is not None
        }
        self.write(cells)
        return len(block.rows)

    def remove(self, rows: Collection[int]) -> None:
        """Takes whole rows out."""
        self._become([texts for row, texts in enumerate(self._texts) if row not in rows])

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._before)

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back."""
        return bool(self._after)

    def undo(self) -> None:
        """Takes the last step back."""
        if self._before:
            self._after.append(self._texts)
            self._show(self._before.pop())

    def redo(self) -> None:
        """Does the step taken back last again."""
        if self._after:
            self._before.append(self._texts)
            self._show(self._after.pop())

    # keeping

    def keep(self, job: Job | None = None) -> intake.Outcome:
        """Takes the rows that apply in as one batch; those with an error, and those kept already, stay in the table.

        Raises Problem, Cancelled; nothing is kept then, and all stays.
        """
        self.compare(anew=True)
        rows, self.file.rows = self.file.rows, [row for row in self.file.rows if row.applies]
        left = self._left()
        try:
            outcome = intake.apply(self._seat, self.preview, job=job)
        except BaseException:
            self.file.rows = rows
            raise
        self._before, self._after = [], []
        self._begin()
        self._show(left)
        return outcome

    def _left(self) -> list[Texts]:
        """The rows that stay when the others are kept."""
        return [texts for texts in self._texts if texts and not self._rows[id(texts)].applies]

    def _begin(self) -> None:
        """Looks at what is kept, where rows begin with some of it."""

    def compare(self, *, anew: bool = False) -> None:
        """Compares the rows with what is kept; not `anew` with what was read of that last time."""
        with self._seat.reading() as session:
            compare_rows(session, self.preview, anew=anew)

    def read_again(self) -> None:
        """Reads all rows as the office is known now."""
        with self._seat.reading() as session:
            self.preview.known = self.file.read.known = known_office(session, self.ledger)
        self.preview.kept = {}
        self._rows = {}
        self._begin()
        self._show(self._texts)

    # inside

    def _become(self, texts: list[Texts]) -> None:
        while texts and not texts[-1]:
            texts.pop()
        if texts != self._texts:
            self._before = [*self._before[1 - _STEPS :], self._texts]
            self._after = []
            self._show(texts)

    def _show(self, texts: list[Texts]) -> None:
        """Reads rows that are new; those that stayed keep what was read of them."""
        rows = {id(said): self._rows.get(id(said)) or self._read(at, said) for at, said in enumerate(texts) if said}
        self._texts, self._rows = texts, rows
        self.file.rows = self._numbered(texts)
        self.compare()

    def _numbered(self, texts: Sequence[Texts]) -> list[PreviewRow]:
        found = []
        for number, said in enumerate(texts, 1):
            if said:
                found.append(self._rows[id(said)])
                found[-1].record.row = number
        return found

    def _read(self, _at: int, texts: Texts) -> PreviewRow:
        row = PreviewRow(self.file, ReadRecord(self.ledger.places, "", 1, {}, {}))
        name = self.ledger.name
        for key in (name, *(key for key in self.ledger.form_fields if key != name)):
            if key in texts or key == name:
                row.type_in(key, texts.get(key, ""))
        return row
