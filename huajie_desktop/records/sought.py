"""The conditions under which a record is one that is looked for: by its words, their letters, its number, a telephone."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, or_

from db.base import Record
from db.fields import Kind, fields_of
from db.words.matching import said
from db.words.sounding import Ear, ears
from huajie_desktop.declared.ledger import NUMBER

_IN_DIGITS = (Kind.PHONE, Kind.ID_NUMBER)
LISTENING = (Ear.SYLLABLE, Ear.ALIKE)  # of the ways to listen those that are quick among many records
_LEAST = 4  # digits; of fewer every second telephone has some
_EITHER = str.maketrans(dict.fromkeys("()-", "_"))  # marks a number may have in another form: 〔2021〕 is found by (2021)


def sought(model: type[Record], word: str, ear: Ear = Ear.LETTER) -> ColumnElement[bool]:
    """Records of that kind which say a folded word, or have those digits in a number of theirs; these are shown masked still."""
    kept: Any = model
    found = [said(kept.search, word, ear), *numbered(model, word)]
    if digits := digits_of(word):
        columns = [getattr(kept, name) for name, declared in fields_of(model).items() if declared.kind in _IN_DIGITS]
        found += [func.replace(column, "-", "").icontains(digits) for column in columns]
    return or_(*found)


def digits_of(word: str) -> str:
    """What of a folded word a telephone or an identity number may hold; nothing where it is too short or no number."""
    digits = word.replace("-", "")
    return digits if len(digits) >= _LEAST and digits.isascii() and digits.removesuffix("x").isdigit() else ""


def numbered(model: type[Record], word: str, before: str = "%", behind: str = "%") -> list[ColumnElement[bool]]:
    """That the record's number reads so, with those patterns around it; nothing where such records have none."""
    if NUMBER not in fields_of(model):
        return []
    escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_").translate(_EITHER)
    number: Any = getattr(model, NUMBER)
    return [number.is_not(None) & number.ilike(before + escaped + behind, escape="\\")]


def listening(words: Sequence[str], is_there: Callable[[Ear], bool]) -> Ear:
    """How to listen for folded words that nothing says as they are written; `is_there` says whether anything is heard so."""
    able = [ear for ear in LISTENING if ear in ears(words)]
    if not able or not is_there(able[-1]):  # the last one hears what the others do
        return Ear.LETTER
    return next((ear for ear in able[:-1] if is_there(ear)), able[-1])
