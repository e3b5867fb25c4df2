"""Tells by the hidden cells of our own template what its rows are: records that were sent, its example, what was emptied."""

from collections.abc import Set

from db.fields import FILLED_IN, POINTING
from huajie_desktop.reading.by_kind import read_cell
from huajie_desktop.reading.cell_text import show
from huajie_desktop.reading.known import Known
from huajie_desktop.reading.raw import Cell
from huajie_desktop.reading.read_record import ReadFile
from huajie_desktop.reading.tokens import EXAMPLE, Token, digest, is_token
from huajie_desktop.reading.tokens import read as read_token
from huajie_desktop.sheets.understood import row_sorts as kinds
from huajie_desktop.sheets.understood.found_table import Table
from huajie_desktop.values.text import fold

_DAMAGED = "这一行的模板编号被改动过，已按名称核对，请看看是不是同一项"
_OTHER_YEAR = "这一行是从 {} 年度的模板复制来的，按名称核对，请看看是不是同一项"
_TYPED_OVER = "这一行是在示例行上改的，{}还是示例里的话，请核对"


class TemplateRows:
    """The rows of one table that has a column of hidden cells."""

    def __init__(self, file: ReadFile, table: Table, known: Known) -> None:
        self._file, self._table, self._known = file, table, known
        self.doubt = ""  # about the row that was asked last

    def reason(self, row: list[Cell], token: Token | None, useful: Set[int]) -> str:
        """Why a row is no record, whatever its words look like, "" where it may be one; `useful` columns make it one."""
        if self._shows_how(row, token):
            return kinds.EXAMPLE
        if token is None or not token.record or token.record == EXAMPLE:
            return ""
        ledger, index = self._known.ledger, self._table.index
        if token.ledger == ledger.key:
            self._file.sent[token.record] = token.base
        given = {index.get(key) for key in (ledger.name, ledger.sheets.month)} if ledger.sheets.each_of else set()
        if any(self._is_said(row[i], i) for i in useful - given):
            return ""
        return kinds.UNSAID if given else kinds.EMPTIED

    def _is_said(self, cell: Cell, place: int) -> bool:
        """Whether a cell says anything; lines that were handed out to be filled in do not until they are."""
        fields, index = self._known.ledger.form_fields, self._table.index
        handed_out = (one for key, one in fields.items() if one.kind in FILLED_IN and index.get(key) == place)
        if (declared := next(handed_out, None)) is None:
            return bool(show(cell).strip())
        value, severity, _message = read_cell(self._known, declared, "", cell)
        return value is not None or bool(severity)

    def token_in(self, row: list[Cell]) -> Token | None:
        """What the hidden cell of a row says, which is taken out; a doubt where it is damaged or of another year's template."""
        column = self._table.identity
        cell, self.doubt = row[column] if column is not None and column < len(row) else "", ""
        if column is None or not is_token(cell):
            return None
        row[column] = ""
        token, sent = read_token(str(cell), self._known.marks), self._file.token
        if token is None:
            self.doubt = "" if self._table.foreign else _DAMAGED
        elif token.year != self._known.year and token.record != EXAMPLE:
            self.doubt = _OTHER_YEAR.format(token.year) if sent and sent.year == self._known.year else ""
            return None
        return token

    def left_of_example(self, row: list[Cell]) -> str:
        """The doubt about a row typed over that of the examples where their words still stand in it; choices say nothing."""
        same = self._as_in_example(row)
        fields = [declared for key, declared in self._known.ledger.fields.items() if key in same]
        left = [declared.label for declared in fields if not declared.choices and declared.kind not in POINTING]
        return _TYPED_OVER.format("、".join(left)) if left else ""

    def _shows_how(self, row: list[Cell], token: Token | None) -> bool:
        """Whether a row holds the example of our template, wherever it was moved."""
        said = self._table.example
        same = self._as_in_example(row) if said else set()
        if self._known.ledger.name not in same:
            return False
        return (token is not None and token.record == EXAMPLE) or same == said.keys() & self._table.index.keys()

    def _as_in_example(self, row: list[Cell]) -> set[str]:
        """The fields of which a row says what the row of examples does."""
        said, index = self._table.example, self._table.index
        return {key for key in said.keys() & index.keys() if digest(fold(show(row[index[key]]))) == said[key]}
