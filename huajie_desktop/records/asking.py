"""A few values asked for before a step: read by the parsers of the import, like any form."""

from collections.abc import Mapping
from typing import Any

from db.fields import POINTING, SEVERAL_NAMES, Field
from huajie_desktop.errors import FieldErrors
from huajie_desktop.reading.by_kind import read_cell
from huajie_desktop.reading.known import known_of, known_office
from huajie_desktop.reading.read_record import ERROR
from huajie_desktop.seat import Seat
from huajie_desktop.values.text import trim


def read_asked(seat: Seat, fields: Mapping[str, Field], texts: Mapping[str, str]) -> dict[str, Any]:
    """The values by key; raises FieldErrors for what is missing or cannot be read."""
    if any(declared.kind in POINTING | SEVERAL_NAMES for declared in fields.values()):
        with seat.reading() as session:
            known = known_office(session)
    else:  # nothing of it names anything the office keeps
        known = known_of(seat.year, (), (), seat.catalogue)
    values: dict[str, Any] = {}
    messages: dict[str, str] = {}
    for key, declared in fields.items():
        text = trim(texts.get(key, ""))
        values[key], severity, message = read_cell(known, declared, declared.unit, text)
        if severity == ERROR:
            messages[key] = message
        elif values[key] is None and declared.required:
            messages[key] = f"请填写{declared.label}"
        elif declared.max_length and len(text) > declared.max_length:
            messages[key] = f"{declared.label}不能超过 {declared.max_length} 个字"
    if messages:
        raise FieldErrors(messages)
    return values
