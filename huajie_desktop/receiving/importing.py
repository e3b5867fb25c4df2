"""Importing what villages send: read, compare with what is kept, let the clerk mend, and only then apply."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

from huajie_desktop.application import Application
from huajie_desktop.collecting import collecting_later
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.jobs import Job
from huajie_desktop.reading.known import Known, known_of, known_office
from huajie_desktop.reading.memory import HEADER
from huajie_desktop.reading.read_record import ReadFile
from huajie_desktop.receiving.beforehand import Beforehand
from huajie_desktop.receiving.earlier import skip_again
from huajie_desktop.receiving.matching import compare_rows
from huajie_desktop.receiving.previews import FilePreview, Preview, PreviewRow
from huajie_desktop.receiving.remembering import corrected_in
from huajie_desktop.receiving.twins import compare_with_each_other
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.sheets.fenced.fence import Reader
from huajie_desktop.sheets.understood.workbooks import read_workbooks
from huajie_desktop.shipped_catalogue import open_catalogue
from huajie_desktop.township.seating import by_command
from huajie_desktop.township.shipped import demo_township, reference_units, shipped_pattern
from huajie_desktop.values.text import fold

_NOTHING = Beforehand()  # said of the files


def preview(
    seat: Seat,
    paths: Sequence[Path],
    job: Job | None = None,
    onto: Preview | None = None,
    reader: Reader | None = None,
    ledger: Ledger | None = None,
    said: Beforehand = _NOTHING,
) -> Preview:
    """Reads the files and compares them with what is kept, behind those of the preview `onto`; a file it has is read anew.

    They hold records of `ledger`; None: each is recognised. Raises Cancelled, Misuse where what is `said` of them cannot be; a
    file that cannot be read says so in itself.
    """
    paths = list(dict.fromkeys(path.absolute() for path in paths))
    with collecting_later(), seat.reading() as session:
        known = known_office(session)
        made = onto or Preview(known)
        made.known = known
        fresh = _previewed(made, paths, ledger, said, job, reader)
        skip_again(session, fresh)
        made.files = [file for file in made.files if file.path not in paths] + fresh
        compare_rows(session, made)
    return made


def look(
    folder: Path, paths: Sequence[Path], reader: Reader | None = None, kind: str | None = None, said: Beforehand = _NOTHING
) -> Preview:
    """The preview against the data in `folder`, or against the default office where there is no data; keeps nothing.

    `kind` is the key of the ledger the files hold. Raises Problem where there is none of that key, or as `preview` does.
    """
    data = Application.look(folder)
    if data is not None:
        try:
            ledger = data.catalogue.named(kind) if kind else None
            return preview(by_command(data), paths, reader=reader, ledger=ledger, said=said)
        finally:
            data.close()
    listed = [category for dimension in shipped_pattern() for category in dimension.categories]
    usual = demo_township()
    catalogue = open_catalogue()
    ledger = catalogue.named(kind) if kind else None
    made = Preview(known_of(usual.year, reference_units(usual.name), listed, catalogue))
    paths = list(dict.fromkeys(path.absolute() for path in paths))
    made.files = _previewed(made, paths, ledger, said, None, reader)
    compare_with_each_other(made)
    return made


def mend(seat: Seat, made: Preview, row: PreviewRow, name: str, text: str) -> None:
    """Reads a newly typed text for one field of a row with the parser of the import."""
    row.type_in(name, text)
    _compare_again(seat, made)


def skip(seat: Seat, made: Preview, rows: Sequence[PreviewRow], *, skipped: bool = True) -> None:
    """Leaves rows out of the import, or takes them in again."""
    for row in rows:
        row.skipped = skipped
    _compare_again(seat, made)


def check(seat: Seat, made: Preview, rows: Sequence[PreviewRow], key: str | None = None) -> None:
    """Somebody looked at what is doubted of rows, in one field or in all, and found it as it was meant."""
    for row in rows:
        row.check(key)
    _compare_again(seat, made)


def decide(seat: Seat, made: Preview, rows: Sequence[PreviewRow], side: str | None, key: str | None = None) -> None:
    """Says whose word counts in what rows change: THEIRS, OURS or (None) undecided; of one field, or of all."""
    for row in rows:
        for change in row.changes:
            if key in (None, change.key):
                row.choose(change.key, side)
    _compare_again(seat, made)


def answer(seat: Seat, made: Preview, row: PreviewRow, record_id: int | None) -> None:
    """Says which kept record a row is: an id, NEW, or None to be asked again; another row of its file is no more that one."""
    for other in row.file.rows if record_id else ():
        if other.answer == record_id:
            other.answer = None
    row.answer = record_id
    _compare_again(seat, made)


def close(seat: Seat, made: Preview, rows: Sequence[PreviewRow], *, closing: bool = True) -> None:
    """Says of records that stand no longer in the sheet that they are over, or that they stay."""
    for row in rows:
        row.closing = row.removed and closing
    _compare_again(seat, made)


def tell(seat: Seat, made: Preview, *, mode: str | None = None, blank: str | None = None, unlock: bool | None = None) -> None:
    """Says how the whole import is meant: MODES, BLANKS, and whether approved records are changed, too."""
    made.mode, made.blank = mode or made.mode, blank or made.blank
    made.unlock = made.unlock if unlock is None else unlock
    _compare_again(seat, made)


def drop(seat: Seat, made: Preview, file: FilePreview) -> None:
    """Takes a file out of the preview."""
    made.files.remove(file)
    _compare_again(seat, made)


def set_ledger(seat: Seat, made: Preview, file: FilePreview, ledger: Ledger, job: Job | None = None) -> None:
    """Says what a file holds and reads it again; what was typed and mapped belonged to something else. Raises Cancelled."""
    with _said_or_as_before(file):
        file.asked, file.mapping = ledger, {}
        read_again(seat, made, [file], job)


def set_unit(seat: Seat, made: Preview, file: FilePreview, unit: str, job: Job | None = None) -> None:
    """Says whose file it is and reads it again. Raises Cancelled; then it stays as it was."""
    with _said_or_as_before(file):
        file.unit = unit
        read_again(seat, made, [file], job)


def take_sheet(seat: Seat, made: Preview, file: FilePreview, sheet: str, job: Job | None = None, *, taken: bool = True) -> None:
    """Says that a sheet that was set aside is read all the same, or not, and reads the file again. Raises Cancelled; as above."""
    with _said_or_as_before(file):
        file.sheets = file.sheets | {sheet} if taken else file.sheets - {sheet}
        read_again(seat, made, [file], job)


def remap(seat: Seat, made: Preview, file: FilePreview, corrections: Mapping[Any, str | None], job: Job | None = None) -> None:
    """Corrects what columns were taken for ((sheet, header row, column) -> field or None) and reads the file again."""
    with _said_or_as_before(file):
        earlier = {place: key for place, key in file.mapping.items() if place not in corrections}
        file.mapping = {**earlier, **corrections}  # what was said last stands last
        read_again(seat, made, [file, *_headed_alike(made, file)], job)


def _headed_alike(made: Preview, taught: FilePreview) -> list[FilePreview]:
    """The other files with a header the clerk just said the meaning of, where nobody said anything of their columns."""
    tables = taught.read.mappable
    headers = {(table.sheet, table.starts, column.index): column.header for table in tables for column in table.columns}
    said = {fold(headers[place]): key for place, key in taught.mapping.items() if key and headers.get(place, "").strip()}
    return [
        file
        for file in made.files
        if file is not taught and file.ledger is taught.ledger and not file.mapping and any(
            said.get(fold(column.header), column.field) != column.field
            for table in file.read.mappable
            for column in table.columns
        )
    ]  # fmt: skip


@contextmanager
def _said_or_as_before(file: FilePreview) -> Iterator[None]:
    """What is said of a file in here stands if it can be read so, and else what had been said before."""
    before = file.asked, file.unit, file.mapping, file.sheets
    try:
        yield
    except BaseException:
        file.asked, file.unit, file.mapping, file.sheets = before
        raise


def is_outdated(session: SeatSession, made: Preview) -> bool:
    """Whether units or categories were changed since the files were read."""
    return known_office(session) != made.known


def read_again(seat: Seat, made: Preview, files: Sequence[FilePreview] | None = None, job: Job | None = None) -> None:
    """Reads files (None: all) as the office is known now; what was typed, skipped and said stays. Raises Cancelled."""
    files = made.files if files is None else files
    with seat.reading() as session:
        known = known_office(session)
    read = _read_as_taught(made, files, known, job)
    made.known = known
    for file, again in read.items():
        _take_again(file, again)
    compare(seat, made)


def _take_again(file: FilePreview, again: ReadFile) -> None:
    """What was read anew takes the place of the rows; what was skipped, ticked, answered and typed at them stays."""
    alike = again.known.ledger is file.ledger
    before = {row.record.place: row for row in file.rows}
    file.read, file.rows = again, [PreviewRow(file, record) for record in again.records]
    for row in file.rows:
        if old := before.get(row.record.place):
            row.skipped, row.checked = old.skipped, old.checked
            if alike:
                row.answer, row.chosen = old.answer, old.chosen
            for name, (_stood, text) in old.typed.items() if alike else ():
                row.type_in(name, text)


def _read_as_taught(made: Preview, files: Sequence[FilePreview], known: Known, job: Job | None) -> dict[FilePreview, ReadFile]:
    """Files as read, those without a word about their columns by what the clerk said of the others' headers."""
    taught = [item for item in dict.fromkeys(chain.from_iterable(map(corrected_in, made.files))) if item.kind == HEADER]
    said = [file for file in files if file.mapping or not taught]  # a header may mean something else in each of its own lists
    others = [file for file in files if file not in said]
    read = dict(zip(said, _read(said, known, job) if said else (), strict=True))
    return read | dict(zip(others, _read(others, known.with_memory(taught), job) if others else (), strict=True))


def _read(files: Sequence[FilePreview], known: Known, job: Job | None, reader: Reader | None = None) -> list[ReadFile]:
    """Reads files with what was said of each."""
    return read_workbooks(
        [file.path for file in files],
        known,
        mappings={file.path: file.mapping for file in files},
        units={file.path: file.unit for file in files if file.unit},
        ledgers={file.path: file.asked for file in files},
        sheets={file.path: file.sheets for file in files},
        job=job,
        reader=reader,
    )


def compare(seat: Seat, made: Preview) -> None:
    """Compares the rows with what is kept now."""
    with seat.reading() as session:
        compare_rows(session, made)


def _compare_again(seat: Seat, made: Preview) -> None:
    """The same where only the preview changed."""
    with seat.reading() as session:
        compare_rows(session, made, anew=False)


def _previewed(
    made: Preview, paths: Sequence[Path], ledger: Ledger | None, said: Beforehand, job: Job | None, reader: Reader | None
) -> list[FilePreview]:
    """Files that are new to a preview, read with what is said of all of them."""
    unit = said.unit_of(made.known)
    files = [FilePreview(ReadFile(path.name, path, made.known), path, made) for path in paths]
    for file in files:
        file.asked, file.unit, file.sheets = ledger, unit, said.sheets
    for file, read in zip(files, _read(files, made.known, job, reader), strict=True):
        file.read = read
        file.mapping = said.mapping(read) if read.mappable else {}
    said.look_for_sheets([file.read for file in files])
    mapped = [file for file in files if file.mapping]
    for file, read in zip(mapped, _read(mapped, made.known, job, reader) if mapped else (), strict=True):
        file.read = read
    for file in files:
        file.rows = [PreviewRow(file, record) for record in file.read.records]
    return files
