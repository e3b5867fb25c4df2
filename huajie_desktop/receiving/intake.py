"""Taking a previewed import into the data: one transaction, one batch that can be undone whole."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from db.base import table_of
from db.journal import Changes
from db.log import Act
from db.models import ImportBatch, ImportFile, Unit
from huajie_desktop.collecting import collecting_later
from huajie_desktop.declared.catalogue import Catalogue
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.errors import Problem
from huajie_desktop.jobs import Job, Silent
from huajie_desktop.occasions import Occasion
from huajie_desktop.receiving.asked import unsaid_sheets
from huajie_desktop.receiving.clashes import beaten_words
from huajie_desktop.receiving.copies import keep_copies
from huajie_desktop.receiving.doubtful import keep_doubts
from huajie_desktop.receiving.ledger_rows import LedgerIntake
from huajie_desktop.receiving.previews import APPLIED, INSERT, UPDATE, FilePreview, Preview, PreviewRow
from huajie_desktop.receiving.remembering import remember
from huajie_desktop.receiving.reopening import said_of
from huajie_desktop.receiving.updating import close, update
from huajie_desktop.seat import Running, Seat

_LONGEST = 40  # characters of a name in a sentence
_DONE = {"new": "新增", "changed": "修改", "closed": "撤下"}


@dataclass
class Outcome:
    """What an import did, in counts and in one sentence; `left_out` names every row that was not taken."""

    new: int
    same: int
    skipped: int
    changes: Changes
    changed: int = 0
    closed: int = 0
    batch_id: int | None = None
    left_out: list[str] = field(default_factory=list)
    unkept: list[str] = field(default_factory=list)  # of which files no copy could be kept, in sentences
    as_told: bool = True  # whether everything not taken is what the caller said to leave out
    kinds: Counter[Ledger] = field(default_factory=Counter)  # how many of each ledger are new
    noun: str = "任务"

    @property
    def does(self) -> bool:
        """Whether anything is taken in at all."""
        return self.new > 0 or self.changed > 0 or self.closed > 0

    @property
    def reviewed(self) -> bool:
        """Whether what was taken waits for review."""
        return any(count and ledger.reviewed for ledger, count in self.kinds.items()) or self.changed > 0

    @property
    def sentence(self) -> str:
        """For the strip above the page."""
        if not self.does and not self.skipped:
            same = f"没有新{self.noun}：{self.same} 项都已导入过" if self.same else f"没有可以导入的{self.noun}"
            return f"{same}，数据没有变化。"
        words = [f"导入 {counted(self.kinds)}"] if self.new else []
        words += [f"修改 {self.changed} 项"] * bool(self.changed) + [f"撤下 {self.closed} 项"] * bool(self.closed)
        words = words or [f"没有新{self.noun}，数据没有变化"]
        words += [f"{self.same} 项已有，未改动"] * bool(self.same) + [f"{self.skipped} 行未导入"] * bool(self.skipped)
        words += [f"{len(self.unkept)} 个文件没有留存原件"] * bool(self.unkept)
        return "，".join(words) + "。"


def counted(kinds: Mapping[Ledger, int]) -> str:
    """How many records of which ledgers: 3 项任务、2 条矛盾纠纷记录."""
    return "、".join(ledger.counted(count) for ledger, count in kinds.items() if count)


class _Sorted:
    """One file's rows by what becomes of them, looked at once."""

    def __init__(self, file: FilePreview) -> None:
        self.file = file
        self.taken: list[PreviewRow] = []
        self.changed: list[PreviewRow] = []
        self.closed: list[PreviewRow] = []
        self.same = 0
        self.left: list[PreviewRow] = []
        self.statuses: Counter[str] = Counter()
        for row in file.rows:
            status = row.status
            self.statuses[status] += 1
            if status in APPLIED:
                (self.closed if row.removed else self.taken if row.target is None else self.changed).append(row)
            elif status == "same":
                self.same += 1
            else:
                self.left.append(row)

    @property
    def taken_in_part(self) -> list[PreviewRow]:
        """Rows that change something, and say something else that was decided for another file."""
        return [row for row in self.changed if row.beaten]

    @property
    def all_taken(self) -> list[PreviewRow]:
        """Every row that does something."""
        return [*self.taken, *self.changed, *self.closed]

    def entry(self, units: Mapping[str, int]) -> ImportFile:
        """The file as its batch remembers it."""
        file, ledger = self.file, self.file.ledger
        left_out = [
            {"sheet": at.sheet, "row": at.row, "part": at.part, "why": why_left(row), "text": dict(at.raw)}
            for row in self.left
            for at in [row.record]
        ]
        rows = [row.record for row in file.rows if not row.removed and row.record.row]
        names = dict.fromkeys(filter(None, [file.read.unit, *(record.unit for record in rows)]))
        months = {record.get(ledger.sheets.month) for record in rows} if ledger.sheets.month else set()
        return ImportFile(
            name=file.read.name[:255],
            kind=table_of(ledger.model).name,
            digest=file.read.digest,
            unit=file.read.unit,
            new=len(self.taken),
            changed=len(self.changed),
            closed=len(self.closed),
            same=self.same,
            skipped=len(self.left),
            month=months.pop() if len(months) == 1 else None,
            units=json.dumps([units[name] for name in names if name in units]),
            said=said_of(file),
            left_out=json.dumps(left_out, ensure_ascii=False),
        )


def apply(seat: Seat, made: Preview, *, skip_errors: bool = False, job: Job | None = None) -> Outcome:
    """Adds, changes and closes what the preview says, all files or none, as one batch that can be undone whole.

    Raises Problem while a file is unreadable, a row has an error or waits for a decision, unless `skip_errors` leaves those
    out; or when a record was changed since the preview; Cancelled.
    """
    job, files = job or Silent(), [_Sorted(file) for file in made.files]
    if not skip_errors:
        _refuse_faults(files)
    outcome = _outcome(made, files)
    outcome.unkept = keep_copies(seat.folder, [file.file for file in files if outcome.does or file.file.imported])
    if outcome.does:
        with collecting_later(), seat.operation(Act.IMPORT, _label(files, outcome), Occasion.IMPORT) as running:
            session = running.session
            batch = ImportBatch(operation_id=running.operation_id, campaign_id=session.seat.campaign_id)
            session.add(batch)
            session.flush()
            for ledger in _in_order(seat.catalogue, files):
                _take(running, ledger, [file for file in files if file.file.ledger is ledger], batch.id, job, own=made.own)
            units = {name: unit_id for name, unit_id in session.execute(select(Unit.name, Unit.id))}
            batch.files = [file.entry(units) for file in files if not file.file.read.problem]
        outcome.changes, outcome.batch_id = running.changes, batch.id
        remember(seat, made)
    return outcome


def _take(running: Running, ledger: Ledger, files: Sequence[_Sorted], batch_id: int, job: Job, *, own: bool) -> None:
    """Takes in all files of one ledger together."""
    rows, changed = [row for file in files for row in file.taken], [row for file in files for row in file.changed]
    doubted: dict[int, PreviewRow] = {}
    if rows:
        taking = LedgerIntake(running, ledger, batch_id, own=own)
        taking.take(rows, job)
        doubted |= taking.doubted
    update(running, ledger, changed, job)
    doubted.update((row.target, row) for row in changed if row.target is not None and row.record.issues)
    keep_doubts(running, doubted, batch_id)
    close(running, ledger, [row for file in files for row in file.closed], running.session.seat.today())


def _outcome(made: Preview, files: Sequence[_Sorted]) -> Outcome:
    unread = made.refused + [f"{file.read.name}：{file.read.problem}" for file in made.files if file.read.problem]
    kinds: Counter[Ledger] = Counter()
    for file in files:
        kinds[file.file.ledger] += len(file.taken)
    statuses = Counter[str]()
    for file in files:
        statuses.update(file.statuses)
    return Outcome(
        kinds=kinds,
        noun=made.noun,
        new=kinds.total(),
        changed=sum(len(file.changed) for file in files),
        closed=sum(len(file.closed) for file in files),
        same=sum(file.same for file in files),
        skipped=sum(len(file.left) for file in files),
        changes=Changes(),
        left_out=unread + _unread_sheets(made) + [why_left(row) for file in files for row in (*file.left, *file.taken_in_part)],
        as_told=not unread and not any(statuses[status] for status in ("differs", "conflict", "ask", "locked")),
    )


def _unread_sheets(made: Preview) -> list[str]:
    asides = ((file, aside) for file in made.files for aside in file.read.aside)
    return [
        f"{file.read.name}：工作表“{aside.sheet}”是{aside.why}，没有读（{file.ledger.counted(aside.count)}）"
        for file, aside in asides
    ] + [f"{file.read.name}：{words}" for file in made.files for words in unsaid_sheets(file).values()]


def _in_order(catalogue: Catalogue, files: Sequence[_Sorted]) -> list[Ledger]:
    """The ledgers something was taken of: registers (units before people) before all that points at their records."""
    held = {file.file.ledger for file in files if file.all_taken}
    return [ledger for ledger in sorted(catalogue.values(), key=lambda ledger: ledger.reviewed) if ledger in held]


def _refuse_faults(files: Sequence[_Sorted]) -> None:
    for file in files:
        if file.file.read.problem:
            raise Problem(f"{file.file.read.name}：{file.file.read.problem}。所有文件都没有导入。")
    for status, words in (("error", "有错误"), ("ask", "要选是哪一条"), ("conflict", "两边改得不一样，要决定用哪边的")):
        if count := sum(file.statuses[status] for file in files):
            rows = [row for file in files if file.statuses[status] for row in file.left if row.status == status]
            lines = "\n".join(map(why_left, rows[:20])) + ("\n……" if count > 20 else "")
            raise Problem(f"有 {count} 行{words}，所有文件都没有导入。请改正，或选择跳过这些行。\n{lines}")


_WHY = {
    "removed": "表里没有了，数据没有动；确实不做了请在预览里点“撤下”",
}


def why_left(row: PreviewRow) -> str:
    """Why a row is not taken, for a person: where it stands, what it is called, and what to do."""
    return f"{row.where}“{row.record.title or '（无名称）'}”：{_reason(row)}"


def _reason(row: PreviewRow) -> str:
    ledger, status = row.file.ledger, row.status
    if status in _WHY:
        return _WHY[status]
    if status == "ask":
        return _asked(row)
    if status == "locked":
        return f"{row.lock.word}，没有修改；要改{row.lock.first()[:-1]}，或在预览里勾选“已确认的也修改”"
    if status == "skipped":
        return "按“只修改”导入，没有新增" if row.file.preview.mode == UPDATE and not row.skipped else "已跳过"
    if status == "differs":
        kept = f"已有同样的{ledger.noun}但内容不同"
        return kept + "，按“只新增”导入，没有修改" * (row.file.preview.mode == INSERT)
    if status == "conflict":
        return _undecided(row)
    if row.beaten and not row.faulty:
        return "；".join(beaten_words(row, change) for change in row.beaten)
    return _faults(row)


def _faults(row: PreviewRow) -> str:
    issues = (f"{issue.cell} {issue.message}" for issue in row.record.issues if issue.severity == "error")
    return "；".join((*row.faults.values(), *issues))


def named_candidates(row: PreviewRow) -> str:
    """What a row may be, with the likeness of each: “甲”（相似 88%）、“乙”（相似 81%）."""
    more = ("…" * (len(found.name) > _LONGEST) for found in row.candidates)
    shown = zip(row.candidates, more, strict=True)
    return "、".join(f"“{found.name[:_LONGEST]}{cut}”（相似 {found.likeness:.0%}）" for found, cut in shown)


def _asked(row: PreviewRow) -> str:
    torn = "，".join(found.words for found in row.candidates if found.by)
    if torn:
        return f"{torn}，没有猜，请在预览里选是哪一条，或作为新增"
    return f"和已有的{named_candidates(row)}相近，没有猜是不是同一条，请在预览里选，或作为新增"


def _undecided(row: PreviewRow) -> str:
    open_ones = [change for change in row.changes if row.side(change) is None]
    labels = "、".join(row.file.ledger.fields[change.key].label for change in open_ones)
    elsewhere = next((change.elsewhere for change in open_ones if change.elsewhere), "")
    said = f"和{elsewhere}写的不一样" if elsewhere else "在模板发出后两边都改过"
    return f"{labels}{said}，没有修改，请在预览里选用哪边的"


def _label(files: Sequence[_Sorted], outcome: Outcome) -> str:
    taken = [file.file.read for file in files if file.all_taken]
    names = list(dict.fromkeys(read.unit or read.name for read in taken))
    shown = "、".join(names[:3]) + (f"等 {len(taken)} 个文件" if len(names) > 3 else "")
    if not outcome.changed and not outcome.closed:
        unsaid = all(ledger.unsaid for ledger in +outcome.kinds)
        return f"导入{shown}{f'的清单 {outcome.new} 项' if unsaid else f'：{counted(outcome.kinds)}'}"[:200]
    done = [f"{word} {count} 项" for name, word in _DONE.items() if (count := getattr(outcome, name))]
    return f"导入{shown}：{'、'.join(done)}"[:200]
