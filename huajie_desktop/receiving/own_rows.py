"""Which record each row of our own template is: what its hidden cell says and what it says itself, weighed together.

Whatever a village did to the rows, no record takes on what another one says: of hidden cell, name and the rest of the row two
must agree, and where they do not, it is asked.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import NamedTuple

from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.reading.tokens import digest
from huajie_desktop.receiving.own_records import NOTHING, OwnRecords
from huajie_desktop.receiving.previews import BY_CONTENT, BY_IDENTITY, BY_NAME, Candidate, PreviewRow
from huajie_desktop.records.comparing import normal

Bases = Mapping[int, Mapping[str, str]]  # by record what its fields said when the template went out, as far as it is known


class Verdict(NamedTuple):
    """What a row is: a record, maybe one that another row is already; one of several; or none of them."""

    record: int | None = None
    asked: tuple[Candidate, ...] = ()
    source: PreviewRow | None = None  # the row it was copied from


class Weighing:
    """The rows of one file, with the records their hidden cells name (None: none of this unit's), settled strongest first."""

    def __init__(self, ledger: Ledger, rows: Mapping[PreviewRow, int | None], strangers: set[PreviewRow], bases: Bases) -> None:
        self._ledger, self._own, self._strangers, self._bases = ledger, rows, strangers, bases
        self._holders: dict[int, PreviewRow] = {}
        self.verdicts: dict[PreviewRow, Verdict] = {}

    def run(self, look_up: Callable[[], OwnRecords]) -> Mapping[PreviewRow, Verdict]:
        """What each row is, where that can be said; the records are looked up if a row is not as it was sent."""
        self._take_plain()
        if left := self._left(self._own):
            self._records = look_up()
            self._take_named(left)
            named = [row for row in self._left(left) if self._records.named(row)]
            for row in named:
                self._settle_named(row)
            free = self._records.by_id.keys() - self._holders.keys()
            others = [row for row in self._left(left) if row not in named]
            self._take_renamed(others, free)
            self._settle_unnamed(self._left(others))
        return self.verdicts

    def _left(self, rows: Iterable[PreviewRow]) -> list[PreviewRow]:
        return [row for row in rows if row not in self.verdicts]

    def _claim(self, row: PreviewRow, record_id: int) -> None:
        self._holders[record_id] = row
        self.verdicts[row] = Verdict(record_id)

    def _take_plain(self) -> None:
        """Rows that bear the name their hidden cell was sent with, which no other row bears."""
        names: dict[str, list[PreviewRow]] = {}
        for row in self._own:
            names.setdefault(digest(normal(self._ledger, self._ledger.name, row.record[self._ledger.name])), []).append(row)
        cells = Counter(self._own.values())
        sent = Counter(base.get(self._ledger.name) for base in self._bases.values())
        for name, rows in names.items():
            own = self._own[rows[0]]
            if own is None or len(rows) > 1 or cells[own] > 1 or name in NOTHING:
                continue
            if self._bases[own].get(self._ledger.name) == name and sent[name] == 1:
                self._claim(rows[0], own)

    # by the exact name

    def _take_named(self, rows: Sequence[PreviewRow]) -> None:
        """The rows that bear a record's name, the best fitting first, unless the rest of the row speaks against it."""
        pairs = [
            (self._fit(row, record), row, record)
            for row in rows
            for record in self._records.named(row)
            if not self._is_torn(row, record)
        ]
        for _, row, record in sorted(pairs, key=lambda pair: pair[0], reverse=True):
            if row not in self.verdicts and record not in self._holders:
                self._claim(row, record)

    def _fit(self, row: PreviewRow, record: int) -> tuple[int, bool]:
        fits = self._records.agreement(row, record)
        return fits.same - fits.other, self._own[row] == record

    def _is_torn(self, row: PreviewRow, record: int) -> bool:
        """Whether hidden cell and rest of a row say otherwise than its name, or the name has nothing to go with it."""
        own, fits = self._own[row], self._records.agreement(row, record)
        alone = fits.same == 0 and fits.other > 0 and not self._records.is_bare(row)
        if row in self._strangers:
            return alone
        if own is None or own == record:
            return False
        sames = self._records.agreement(row, own).same
        return sames > fits.same or (alone and sames == 0) or bool(self._others(row, record, self._records.by_id.keys()))

    def _others(self, row: PreviewRow, record: int, among: Set[int]) -> list[int]:
        """Which of those records the rest of a row fits better than the one it bears the name of."""
        return self._records.fullest(row, among - {self._own[row]}, record)

    def _settle_named(self, row: PreviewRow) -> None:
        """A row whose name is that of a record another row is, or that the rest of it speaks against."""
        if (own := self._own[row]) is None:
            return  # typed in, pasted from elsewhere: what any sheet may hold
        record = max(self._records.named(row), key=lambda found: self._fit(row, found))
        holder = self._holders.get(record)
        free = self._records.by_id.keys() - self._holders.keys() - {record}
        readings = [(own, BY_IDENTITY)] if own in free else []
        readings += [(other, BY_CONTENT) for other in self._others(row, record, free)]
        if holder is not None and self._records.said(holder) == self._records.said(row):
            self.verdicts[row] = Verdict(record)
        elif holder is None and not readings and not self._records.agreement(row, own).same and not self._rest_stands(record):
            self._claim(row, record)
        else:
            self._ask(row, [(record, BY_IDENTITY if own == record else BY_NAME), *readings])

    def _rest_stands(self, record: int) -> bool:
        """Whether all the rest of a record stands in a row of another name, as where two names were exchanged."""
        return any(self._records.agreement(row, record).is_whole for row in self._left(self._own))

    # by what else the row says

    def _take_renamed(self, rows: Sequence[PreviewRow], free: Set[int]) -> None:
        """Rows whose name is nearly that of a record the rest of the row, or the hidden cell beside it, says they are."""
        likely: dict[int, list[PreviewRow]] = {}
        for row in rows:
            own = self._own[row] if self._own[row] in free else None
            near = own is not None and self._records.is_near(row, own)
            fullest = self._records.fullest(row, free, own)
            if near and not fullest and own is not None:
                likely.setdefault(own, []).append(row)
            elif not near and len(fullest) == 1 and self._records.is_near(row, fullest[0]):
                likely.setdefault(fullest[0], []).append(row)
        for record, several in likely.items():
            for row in several:
                if len(several) == 1:
                    self._claim(row, record)
                else:
                    self._ask(row, [(record, BY_IDENTITY if self._own[row] == record else BY_CONTENT)])

    def _settle_unnamed(self, rows: Sequence[PreviewRow]) -> None:
        """Rows of another name: a question where the rest is as it was or another record's, else new."""
        free = self._records.by_id.keys() - self._holders.keys()
        for row in rows:
            own = self._own[row]
            beside = own if own in free else None
            still = beside is not None and self._records.agreement(row, beside).telling > 0
            readings = [(beside, BY_IDENTITY)] if still and beside is not None else []
            readings += [(record, BY_CONTENT) for record in self._records.fullest(row, free, beside)]
            if readings:
                self._ask(row, readings)
            elif own is not None:
                copied = beside is None and self._records.agreement(row, own).telling > 0
                self.verdicts[row] = Verdict(source=self._holders[own] if copied else None)

    def _ask(self, row: PreviewRow, readings: Iterable[tuple[int, str]]) -> None:
        by_id = self._records.by_id
        self.verdicts[row] = Verdict(asked=tuple(Candidate(record, by_id[record].name, 0.0, by) for record, by in readings))
