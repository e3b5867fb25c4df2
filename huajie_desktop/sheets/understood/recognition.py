"""Recognises what kind of records a workbook lists, by the words of its header row."""

from collections.abc import Sequence

from huajie_desktop.declared.catalogue import Catalogue
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.reading.raw import RawSheet
from huajie_desktop.reading.tokens import is_token, ledger_of
from huajie_desktop.sheets.understood.headers import DIMENSION, NODE_DAY, NODE_TEXT, SERIAL, Vocabulary, clean, vocabulary

_ROWS, _SHEETS, _LONGEST = 40, 3, 24  # rows and sheets looked at, characters of a header cell
_LARGE, _FEW, _MANY = 10, 2, 3  # a ledger of so many fields is recognised by three columns, a smaller one by two
_AUXILIARY = frozenset(("", SERIAL, DIMENSION, NODE_DAY, NODE_TEXT))


def recognise(sheets: Sequence[RawSheet], catalogue: Catalogue) -> Ledger:
    """The ledger whose fields the header row names most of, its naming one among them; the first where none stands out."""
    if said := next((cell for sheet in sheets for row in sheet.rows[:_ROWS] for cell in row if is_token(cell)), None):
        return catalogue.get(ledger_of(str(said)), catalogue.first)
    rows = [
        {clean(cell) for cell in row if cell.__class__ is str and len(str(cell)) <= _LONGEST}
        for sheet in [sheet for sheet in sheets if sheet.rows][:_SHEETS]
        for row in sheet.rows[:_ROWS]
    ]
    return max(catalogue.values(), key=lambda ledger: _hits(vocabulary(ledger), rows))


def _hits(words: Vocabulary, rows: Sequence[set[str]]) -> int:
    """How many fields the best header row names (with the row below it, where a header has two); 0 where it is none."""
    needed = _MANY if len(words.fields) >= _LARGE else _FEW
    named = [{words.words[word] for word in row & words.words.keys()} - _AUXILIARY for row in rows]
    most = 0
    for here, below in zip(named, [*named[1:], set[str]()], strict=False):
        both = here | below if len(here) >= needed else here
        if words.ledger.name in both and len(both) >= needed:
            most = max(most, len(both))
    return most
