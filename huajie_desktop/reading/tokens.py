"""What a template says of itself in hidden cells, so that it is known again whatever a village did to its columns and rows."""

import base64
import hashlib
import hmac
import re
from collections.abc import Hashable, Mapping
from typing import NamedTuple

VERSION = "QD3"  # of the template; what it begins with is our word for a hidden cell of identity
_ANY_VERSION = re.compile(r"[A-Z]{2}[123]\|")  # the first named records by their number here, and two had no secret
KEY = "hj:"  # before the key of its field in each cell of the hidden row over the header
EXAMPLE = "*"  # in place of a record: the row that shows how to fill in the others
IDENTITY, SERIAL, UNREAD = "#", "-", "~"  # in place of a field's key: the column of identities, of serials, one not read back
_BETWEEN = "|"
_CHECKED, _DIGESTED = 24, 5  # characters of a signature (144 bits) and of a value's digest
_CHECKED_BEFORE = 10  # of a checksum before there was a secret


class Marks(NamedTuple):
    """What the office's templates are known by: its secret, and what those sent before it had one were marked with."""

    secret: str = ""
    older: tuple[str, ...] = ()


class Token(NamedTuple):
    """Whose template it is, and which record a row was when the template went out.

    No `record` means the template itself, EXAMPLE the row of examples, whose `base` digests are of its words as they stand there.
    """

    ledger: str  # key
    year: int
    unit: str  # identity; a number in a template of the first version, as the two below
    last: str  # the highest identity there was: what is higher was not in the template
    record: str = ""
    base: Mapping[str, str] = {}  # digest of what each field said then, by key
    older: bool = False  # whether it was sent before templates were signed with a secret


def digest(value: Hashable) -> str:
    """A value in comparable form as a few characters, by which it can be told whether it is still the same."""
    return base64.b64encode(hashlib.sha256(repr(value).encode()).digest(), b"-_")[:_DIGESTED].decode()


def write(token: Token, secret: str) -> str:
    """The text of a hidden cell, signed with the office's secret, so that nobody else can say which record a row is."""
    base = ",".join(f"{key}:{said}" for key, said in token.base.items())
    body = _BETWEEN.join((VERSION, token.ledger, *map(str, token[1:5]), base))
    return f"{body}{_BETWEEN}{_signature(body, secret)}"


def is_token(text: object) -> bool:
    """Whether a cell looks like one of ours, whole or damaged."""
    return isinstance(text, str) and _ANY_VERSION.match(text) is not None


def ledger_of(text: str) -> str:
    """The key of the ledger a token names; nothing is checked."""
    return text.split(_BETWEEN, 2)[1]


def unit_of(text: str) -> str:
    """The unit a token names, "" for a damaged one; nothing is checked."""
    return (text.split(_BETWEEN, 4) + [""] * 4)[3]


def example_in(text: str) -> Mapping[str, str]:
    """The digests of the words of a row of examples, {} of any other row; nothing is checked, as these words say it themselves."""
    parts = text.split(_BETWEEN)
    return _base_of(parts[6]) if len(parts) > 6 and parts[5] == EXAMPLE else {}


def read(text: str, marks: Marks) -> Token | None:
    """What a hidden cell says; None for one that was damaged or is another office's."""
    body, _, said = text.strip().rpartition(_BETWEEN)
    parts, older = body.split(_BETWEEN), not body.startswith(VERSION + _BETWEEN)
    if older:
        wanted = [_checksum(body, mark) for mark in marks.older]
    else:
        wanted = [_signature(body, marks.secret)] if marks.secret else []
    if len(parts) != 7 or not any(hmac.compare_digest(said.encode(), right.encode()) for right in wanted):
        return None
    year, unit, last, record = int(parts[2]), *parts[3:6]
    record = "" if record == "0" else record
    return Token(parts[1], year, unit, last, record, _base_of(parts[6]), older)


def _base_of(said: str) -> dict[str, str]:
    return dict(pair.split(":", 1) for pair in said.split(",") if ":" in pair)


def _signature(body: str, secret: str) -> str:
    made = hmac.new(bytes.fromhex(secret), body.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(made)[:_CHECKED].decode()


def _checksum(body: str, mark: str) -> str:
    return hmac.new(mark.encode(), body.encode(), hashlib.sha256).hexdigest()[:_CHECKED_BEFORE]
