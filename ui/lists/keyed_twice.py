"""Whether an amount typed into a list is meant: keyed in a second time where the office asks for that."""

from PySide6.QtWidgets import QWidget

from db.fields import Field
from huajie_desktop.records import twice
from ui.desk.desk import Desk
from ui.forms.twice import key_in_again


def keyed_twice(desk: Desk, parent: QWidget, field: Field, text: str, before: str) -> bool:
    """Whether the text holds: nothing was asked, or the second entry says the same. `before` is what stood there."""
    with desk.reading() as session:
        asked = twice.fields_to_repeat(session, {field.key: field}, {field.key: before}, {field.key: text})
    if not asked:
        return True
    held = key_in_again(parent, desk, asked, {field.key: text})
    return held is not None and held[field.key] == text
