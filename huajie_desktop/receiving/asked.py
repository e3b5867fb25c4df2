"""What a preview asks of a person, of whole files and of rows: the same for the window and for the command line."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from huajie_desktop.reading.read_record import Aside
from huajie_desktop.receiving.previews import FilePreview, Preview
from huajie_desktop.records.doubts import asks_somebody
from huajie_desktop.township.village_names import Offered

UNREAD, KIND, TABLE, SHEET, NOTICE = "unread", "kind", "table", "sheet", "notice"
UNIT, CATEGORY = "unit", "category"  # named and not kept: see `unknown_names`
_COLUMNS = "列对应"  # what the window calls saying what columns hold
WAITING = ("error", "ask", "conflict", "locked", "differs")  # rows that are not taken as long as nobody says so


class Asked(NamedTuple):
    """One thing asked of a whole file, in words: why it could not be read, what it holds, whether a sheet is read, a doubt."""

    file: FilePreview
    sort: str
    words: str
    sheet: str = ""
    taken: bool = False  # whether the clerk said that the sheet is read all the same, or of a TABLE that it is not
    units: tuple[Offered, ...] = ()  # that may be made
    categories: tuple[str, ...] = ()  # names of such

    @property
    def is_open(self) -> bool:
        """Whether something stays undone as long as nobody answers; of a doubt all is read, as it was said."""
        return self.sort != NOTICE and not self.taken

    @property
    def wants_columns(self) -> bool:
        """Whether the answer is to say what columns hold."""
        return _COLUMNS in self.words and bool(self.file.read.mappable)


def asked_of(file: FilePreview) -> Iterator[Asked]:
    """What is asked of a file, the gravest first."""
    if file.read.problem:
        yield Asked(file, UNREAD, file.read.problem)
    if file.doubt:
        yield Asked(file, KIND, file.doubt)
    unsaid = unsaid_sheets(file)
    for sheet, words in unsaid.items():
        passed = sheet in file.passed
        yield Asked(file, TABLE, f"工作表“{sheet}”按您说的没有读" if passed else words, sheet, taken=passed)
    notices = [notice for notice in file.further_notices if notice not in unsaid.values()]
    yield from _of_sheets(file, notices)
    further = (notice for notice in notices if not any(_tells_of(notice, aside) for aside in file.read.aside))
    yield from (Asked(file, NOTICE, notice) for notice in further if asks_somebody(notice))


def _of_sheets(file: FilePreview, notices: Sequence[str]) -> Iterator[Asked]:
    """The sheets that were set aside, and those of them the clerk wants read."""
    for aside in file.read.aside:
        plain = f"工作表“{aside.sheet}”是{aside.why}，没有读（{file.ledger.counted(aside.count)}）"
        said = next((notice for notice in notices if _tells_of(notice, aside)), plain)  # which may say more, as what differs
        yield Asked(file, SHEET, said, aside.sheet)
    for sheet in sorted(file.sheets - {aside.sheet for aside in file.read.aside}):
        if any(table.sheet == sheet for table in file.read.tables):
            yield Asked(file, SHEET, f"工作表“{sheet}”按您说的也读了", sheet, taken=True)


def unsaid_sheets(file: FilePreview) -> dict[str, str]:
    """The sheets that hold a list whose columns nobody knows, beside those that were read, with what is said of each."""
    found: dict[str, str] = {}
    for sheet in {table.sheet: None for table in file.read.unsaid}:
        for notice in file.read.notices:
            if notice.startswith(f"工作表“{sheet}”") and "没有读" in notice and asks_somebody(notice):
                found.setdefault(sheet, notice)
    return found


def _tells_of(notice: str, aside: Aside) -> bool:
    """Whether a notice says of a sheet that it was not read."""
    return notice.startswith(f"工作表“{aside.sheet}”") and "没有读" in notice


def told_of(file: FilePreview) -> list[str]:
    """What is only told of a file."""
    return [notice for notice in file.further_notices if not asks_somebody(notice)]


def open_rows(made: Preview, *, errors_left_out: bool = False) -> Counter[str]:
    """How many rows wait for a person, by status; with `errors_left_out` it was said that faulty ones are not taken."""
    counts = Counter(row.status for row in made.rows)
    return Counter({status: counts[status] for status in WAITING[errors_left_out:] if counts[status]})


def needs_somebody(made: Preview, *, errors_left_out: bool = False) -> bool:
    """Whether a person at the window would be asked anything that is not answered."""
    if made.refused or open_rows(made, errors_left_out=errors_left_out):
        return True
    return any(asked.is_open for file in made.files for asked in asked_of(file))
