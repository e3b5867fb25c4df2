"""What a template says of itself in hidden cells, so that it is known again whatever a village did to its columns and rows."""

import base64
import hashlib
import hmac
import re
from collections.abc import Hashable, Mapping, Sequence
from typing import NamedTuple

VERSION = "QD2"  # of the template; what it begins with is our word for a hidden cell of identity
_ANY_VERSION = re.compile(r"[A-Z]{2}[12]\|")  # the first one named records by their number in this database
KEY = "hj:"  # before the key of its field in each cell of the hidden row over the header
IDENTITY, SERIAL, UNREAD = "#", "-", "~"  # in place of a field's key: the column of identities, of serials, one not read back
_BETWEEN = "|"
_CHECKED, _DIGESTED = 10, 5  # characters of a checksum and of a value's digest


class Token(NamedTuple):
    """Whose template it is, and which record a row was when the template went out; no `record` means the template itself."""

    ledger: str  # key
    year: int
    unit: str  # identity; a number in a template of the first version, as the two below
    last: str  # the highest identity there was: what is higher was not in the template
    record: str = ""
    base: Mapping[str, str] = {}  # digest of what each field said then, by key


def digest(value: Hashable) -> str:
    """A value in comparable form as a few characters, by which it can be told whether it is still the same."""
    return base64.b64encode(hashlib.sha256(repr(value).encode()).digest(), b"-_")[:_DIGESTED].decode()


def write(token: Token, mark: str) -> str:
    """The text of a hidden cell; `mark` is the office's own, so that another office's template is not taken for ours."""
    base = ",".join(f"{key}:{said}" for key, said in token.base.items())
    body = _BETWEEN.join((VERSION, token.ledger, *map(str, token[1:5]), base))
    return f"{body}{_BETWEEN}{_check(body, mark)}"


def is_token(text: object) -> bool:
    """Whether a cell looks like one of ours, whole or damaged."""
    return isinstance(text, str) and _ANY_VERSION.match(text) is not None


def ledger_of(text: str) -> str:
    """The key of the ledger a token names; nothing is checked."""
    return text.split(_BETWEEN, 2)[1]


def read(text: str, marks: Sequence[str]) -> Token | None:
    """What a hidden cell says; None for one that was damaged or is another office's. `marks` are all the office ever had."""
    body, _, said = text.strip().rpartition(_BETWEEN)
    parts = body.split(_BETWEEN)
    if len(parts) != 7 or not any(hmac.compare_digest(said.encode(), _check(body, mark).encode()) for mark in marks):
        return None
    year, unit, last, record = int(parts[2]), *parts[3:6]
    record = "" if record == "0" else record
    base = dict(pair.split(":", 1) for pair in parts[6].split(",") if pair)
    return Token(parts[1], year, unit, last, record, base)


def _check(body: str, mark: str) -> str:
    return hmac.new(mark.encode(), body.encode(), hashlib.sha256).hexdigest()[:_CHECKED]
