"""What an import would do, row by row: read, compared with what is kept, mended, decided; nothing in here writes."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.reading.checks import check_record
from huajie_desktop.reading.filling import recheck
from huajie_desktop.reading.known import Known
from huajie_desktop.reading.read_record import ERROR, SEEN, WARNING, Issue, ReadFile, ReadRecord
from huajie_desktop.records.comparing import KeptRecords
from huajie_desktop.records.locking import UNLOCKED, Lock

STATUSES = {
    "error": "有错误",
    "ask": "请选是哪条",
    "conflict": "两边都改了",
    "warning": "请核对",
    "new": "新增",
    "change": "有修改",
    "locked": "已确认",
    "removed": "表里没有",
    "closing": "撤下",
    "differs": "已有不同",
    "beaten": "没有采用",
    "same": "没有变化",
    "skipped": "跳过",
}
APPLIED = ("new", "warning", "change", "closing")  # rows of these statuses are taken in
BOTH, INSERT, UPDATE = "both", "insert", "update"
MODES = {BOTH: "新增和修改", INSERT: "只新增", UPDATE: "只修改"}
KEEP, CLEAR = "keep", "clear"
BLANKS = {KEEP: "保留原来的内容", CLEAR: "清空原来的内容"}
THEIRS, OURS = "theirs", "ours"
BY_IDENTITY, BY_NAME, BY_CONTENT = "编号", "名称", "内容"  # what of a row of our template says that it is a record
_SHOWN = 20  # characters of what is kept
NEW = 0  # in place of a record's id: the row is a new record


def status_words(ledger: Ledger) -> dict[str, str]:
    """The words of the statuses for records of that ledger."""
    return STATUSES | {"new": f"新{ledger.noun}", "differs": "已有同名"} if ledger.sheets.by_likeness else STATUSES


NOTHING: Mapping[str, Any] = MappingProxyType({})  # shared, as most rows have nothing typed, chosen or wrong


def _nothing() -> Mapping[str, Any]:
    return NOTHING


class Change(NamedTuple):
    """One field that says something else than what is kept: both in words, and which side changed it since the template."""

    key: str
    old: str  # what is kept
    new: str  # what the sheet says
    conflict: bool = False  # changed here, too, since the template went out
    blank: bool = False  # the sheet's cell is empty
    elsewhere: str = ""  # where another file of this import says something else of the same record


class Candidate(NamedTuple):
    """A kept record a row may be, and how alike the names are (0 to 1), or what else of the row says so."""

    id: int
    name: str
    likeness: float
    by: str = ""  # BY_IDENTITY, BY_NAME or BY_CONTENT

    @property
    def words(self) -> str:
        """What it is, and why it may be that."""
        return f"按{self.by}是“{self.name}”" if self.by else f"{self.name}（相似 {self.likeness:.0%}）"


@dataclass(eq=False, slots=True)
class PreviewRow:
    """One row as it will be taken: its file, its record, what is kept of it already, and what the clerk decided."""

    file: "FilePreview"
    record: ReadRecord
    skipped: bool = False
    typed: Mapping[str, tuple[str, str]] = field(default_factory=_nothing)  # field -> what the cell said, what the clerk typed
    target: int | None = None  # the kept record it is
    sent: Mapping[str, str] = field(default_factory=_nothing)  # by field the digest of what our template said of that record
    changes: tuple[Change, ...] = ()
    faults: Mapping[str, str] = field(default_factory=_nothing)  # by field: what the changed record would be wrong in
    exact: bool = False  # found by the ledger's identity: what that is made of is the same however it is spelled
    lock: Lock = UNLOCKED  # what the kept record locks
    candidates: tuple[Candidate, ...] = ()  # what it may be; asked, never guessed
    chosen: Mapping[str, str] = field(default_factory=_nothing)  # by field: THEIRS or OURS, as the clerk decided
    answer: int | None = None  # which of the candidates it is, or NEW
    beaten: tuple[Change, ...] = ()  # what it says of fields that were decided for another file's row
    removed: bool = False  # was in the template and is not in the sheet
    closing: bool = False  # and the clerk says that it is over
    checked: frozenset[tuple[str, str]] = frozenset()  # field and words of what the clerk looked at and found as it was meant

    def type_in(self, name: str, text: str) -> None:
        """Reads a typed text in place of what the cell says; in a conflict it is what the clerk wants."""
        known = self.file.read.known
        stood = self.typed[name][0] if name in self.typed else self.record.raw.get(name, "")
        self.typed = {**self.typed, name: (stood, text)}
        recheck(self.record, name, text, known, fresh=True)
        check_record(self.record, known.ledger)
        if self.target is not None:
            self.choose(name, THEIRS)

    def check(self, key: str | None = None) -> None:
        """Somebody looked at what is doubted, of one field or (None) of all, and found it as it was meant."""
        self.checked |= {(issue.field, issue.message) for issue in self.issues if key in (None, issue.field)}

    def is_checked(self, issue: Issue) -> bool:
        """Whether somebody looked at that doubt."""
        return issue.severity == WARNING and (issue.field, issue.message) in self.checked

    def choose(self, key: str, side: str | None) -> None:
        """Says whose word counts in a field; None: nobody has said."""
        others = {name: said for name, said in self.chosen.items() if name != key}
        self.chosen = others if side is None else {**others, key: side}

    @property
    def effective(self) -> list[Change]:
        """The changes that would be kept: those decided for the sheet, and those nobody has to decide."""
        return [change for change in self.changes if self.side(change) == THEIRS]

    def side(self, change: Change) -> str | None:
        """Whose word counts in a field; None while the clerk has not said."""
        if said := self.chosen.get(change.key):
            return said
        if change.blank:
            return THEIRS if self.file.preview.blank == CLEAR else OURS
        return None if change.conflict else THEIRS

    @property
    def undecided(self) -> bool:
        """Whether a field was changed on both sides and nobody has said which counts."""
        return any(change.conflict and self.side(change) is None for change in self.changes)

    @property
    def issues(self) -> list[Issue]:
        """What is doubted or wrong of it; that a needed cell is empty is but a doubt where what is kept stays."""
        kept = {change.key: change.old for change in self.changes if change.blank and self.side(change) == OURS}
        return [self._eased(issue, kept[issue.field]) if issue.field in kept else issue for issue in self.record.issues]

    @staticmethod
    def _eased(issue: Issue, kept: str) -> Issue:
        words = f"这一格空着，保留原来的“{' '.join(kept.split())[:_SHOWN]}”，请核对"
        return replace(issue, severity=WARNING, message=words) if issue.severity == ERROR else issue

    @property
    def action(self) -> str:
        """What the row means, whatever is done with it: new, change, same, beaten, conflict, removed or error."""
        if self.removed:
            return "removed"
        if self.faulty:
            return "error"
        if self.target is None:
            return "conflict" if self.candidates and self.answer is None else "new"
        return "conflict" if self.undecided else "change" if self.effective else "beaten" if self.beaten else "same"

    @property
    def status(self) -> str:
        """Key of STATUSES; rows of the statuses in APPLIED are taken in."""
        if self.skipped:
            return "skipped"
        action = self.action
        mode = self.file.preview.mode
        if action == "removed":
            return "removed" if not self.closing else "locked" if self.is_held else "closing"
        if action == "new":
            return "skipped" if mode == UPDATE else "warning" if self.doubtful() else "new"
        if action == "change":
            return self._change_status(mode)
        return "ask" if action == "conflict" and self.target is None else action

    def _change_status(self, mode: str) -> str:
        if mode == INSERT:
            return "differs"
        keys = {change.key for change in self.effective}
        if keys & self.lock.keys and not self.file.preview.unlock:
            return "locked"
        return "warning" if self.doubtful(keys) else "change"

    def doubtful(self, keys: Collection[str] | None = None) -> bool:
        """Whether anything is doubted that nobody looked at, of those fields (None: of all) or of how cells look."""
        return any(
            (keys is None or issue.field in keys or issue.rule == SEEN) and not self.is_checked(issue)
            for issue in self.record.issues
        )

    @property
    def is_held(self) -> bool:
        """Whether the sheet says otherwise of what the kept record locks, or no longer has a record that locks anything."""
        return bool(self.lock.keys) and (self.removed or any(change.key in self.lock.keys for change in self.changes))

    @property
    def applies(self) -> bool:
        """Whether applying would change the data for this row."""
        return self.status in APPLIED

    @property
    def faulty(self) -> bool:
        """Whether a person must mend it first."""
        record = self.record
        if self.target is not None:
            if self.faults:
                return True
            keys = {change.key for change in self.changes if self.side(change) != OURS} if record.issues else ()
            return any(issue.severity == ERROR and issue.field in keys for issue in record.issues)
        return record.has_error

    @property
    def where(self) -> str:
        """File, sheet and row for a person: 01 倪宅村.xlsx 清单 第5行."""
        row = f"第{self.record.row}行" if self.record.row else "（表里没有）"
        return " ".join(filter(None, [self.file.read.name, self.record.sheet, row]))


@dataclass(eq=False, slots=True)
class FilePreview:
    """One file of the preview with its rows, and whether the very same file was imported before."""

    read: ReadFile
    path: Path
    preview: "Preview"
    rows: list[PreviewRow] = field(default_factory=list)
    imported: str = ""  # who and when, if this very file was imported before
    unit: str | None = None  # said by the clerk
    asked: Ledger | None = None  # what it holds, where the clerk said so
    mapping: dict[Any, str | None] = field(default_factory=dict)  # the clerk's corrections of columns
    sheets: frozenset[str] = frozenset()  # those the clerk wants read although they would be set aside
    passed: frozenset[str] = frozenset()  # sheets nobody could read of which the clerk says that they are none of ours
    notices: list[str] = field(default_factory=list)  # found in comparing, beside those found in reading

    @property
    def ledger(self) -> Ledger:
        """What its rows were taken for."""
        return self.read.known.ledger

    @property
    def doubt(self) -> str:
        """What the clerk is asked of what the file holds; empty where that is clear or was said."""
        others = "、".join(f"“{ledger.title}”" for ledger in self.read.may_be)
        return f"看不准是哪种表：先按“{self.ledger.title}”读了，也可能是{others}，请指定是哪一种" if others else ""

    @property
    def all_notices(self) -> list[str]:
        """What the clerk should know of the file."""
        return [self.doubt] * bool(self.doubt) + self.further_notices

    @property
    def further_notices(self) -> list[str]:
        """The same without what the file holds."""
        return [*self.read.notices, *self.notices]


@dataclass(eq=False, slots=True)
class Preview:
    """What an import would do and how it was told to; nothing is written before `intake.apply`."""

    known: Known
    files: list[FilePreview] = field(default_factory=list)
    kept: dict[str, KeptRecords] = field(default_factory=dict)  # by ledger, as of the last full comparison
    mode: str = BOTH  # key of MODES
    blank: str = KEEP  # key of BLANKS: what an empty cell means where something is kept
    refused: list[str] = field(default_factory=list)  # what was handed over and could not even be opened, in sentences
    own: bool = False  # whether it was typed here: what is new begins as a draft, as in the form
    unlock: bool = False  # whether approved records are changed, too, and reviewed again

    @property
    def rows(self) -> Iterator[PreviewRow]:
        """All rows in the order of files and rows."""
        return (row for file in self.files for row in file.rows)

    @property
    def ledger(self) -> Ledger | None:
        """What all files hold, None where they differ."""
        held = {file.ledger.key: file.ledger for file in self.files}
        return next(iter(held.values()), self.known.catalogue.first) if len(held) < 2 else None

    @property
    def noun(self) -> str:
        """What its rows are called."""
        return self.ledger.noun if self.ledger else "记录"

    @property
    def worked_on(self) -> bool:
        """Whether the clerk did anything to it that reading the files again would not bring back."""
        said = any(file.unit or file.mapping or file.sheets or file.passed for file in self.files)
        return said or any(row.typed or row.chosen or row.checked or row.closing or row.answer is not None for row in self.rows)

    def counts(self) -> Counter[str]:
        """How many rows have each status."""
        return Counter(row.status for row in self.rows)
