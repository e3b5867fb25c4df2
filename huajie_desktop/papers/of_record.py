"""What a paper has from the record of a ledger it is made of."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple


class OfRecord(NamedTuple):
    """The record by identity, its number, what it says by label, worded, and the day by which it is to be answered."""

    uid: str
    number: str
    said: Mapping[str, str]
    term: date | None
