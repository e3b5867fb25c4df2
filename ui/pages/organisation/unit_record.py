"""The unit or person chosen in the tree: its form, and as tabs the lines that belong to it."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget

from db.models import Person, Unit
from db.organisation import GROUP_KINDS, UNIT_KINDS
from huajie_desktop import office
from huajie_desktop.seat import SeatSession
from huajie_desktop.township import organisation
from huajie_desktop.township.registers import MEMBERS, MEMBERSHIPS, PEOPLE, POSTS, UNITS
from ui.desk.desk import Desk
from ui.forms.card import RecordCard
from ui.forms.kept_form import KeptForm
from ui.forms.sources import LedgerSource
from ui.pages.organisation.asks import Asked, AskPanel
from ui.pages.organisation.linked import PAGE, LinkedPart
from ui.pages.organisation.person_lists import ListPart, changes_part, people_part, roles_part
from ui.pages.organisation.tree_lines import Key
from ui.record_parts.versions_part import HistoryPart
from ui.widgets.choice import Choice
from ui.widgets.empty import EmptyState

LEDGERS = {"unit": UNITS, "person": PEOPLE}
_PEOPLE, _GROUPS, _MEMBERS, _CHANGES, _POSTS, _ROLES, _PAST = "人员", "所属片盟", "成员单位", "变更", "职务", "全部角色", "历史"


class RecordPane(QStackedWidget):
    """One card for units, one for groups of units, one for people; a question; or the hint what to do."""

    saved = Signal(object)  # Key
    shown = Signal(object)  # Key, None for a new one or none at all
    left = Signal()
    visit_asked = Signal(str, object)  # page, subject

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.key: Key | None = None
        self.forms = {name: KeptForm(desk, LedgerSource(LEDGERS[kind], PAGE)) for name, kind in _CARDS.items()}
        self.parts: dict[str, dict[str, Any]] = {
            "unit": {_PEOPLE: people_part(desk), _GROUPS: _memberships(desk), _CHANGES: changes_part(desk)},
            "group": {_PEOPLE: people_part(desk), _MEMBERS: _members(desk), _CHANGES: changes_part(desk)},
            "person": {_POSTS: _posts(desk), _ROLES: roles_part(desk)},
        }
        for parts in self.parts.values():
            parts[_PAST] = HistoryPart(desk)
        self.cards = {name: RecordCard(form, self.parts[name]) for name, form in self.forms.items()}
        self.question = AskPanel(desk)
        self.question.left.connect(self._on_question_left)
        self.question.done.connect(self._on_question_left)
        self.empty = EmptyState()
        for widget in (self.empty, *self.cards.values(), self.question):
            self.addWidget(widget)
        for form in self.forms.values():
            form.saved.connect(self._on_saved)
            form.opened.connect(self._on_shown)
            form.left.connect(self._on_form_left)
        for part in self._list_parts():
            part.opened.connect(self._on_line_opened)
        self._name = ""  # of the card that is shown last

    def _list_parts(self) -> list[ListPart]:
        return [part for parts in self.parts.values() for part in parts.values() if isinstance(part, ListPart)]

    @property
    def card(self) -> RecordCard | None:
        """The card that is shown."""
        found = self.currentWidget()
        return found if isinstance(found, RecordCard) else None

    @property
    def typing(self) -> bool:
        """Whether something typed here is not saved."""
        return self.currentWidget() is self.question or (self.card is not None and self.forms[self._name].changed)

    # what is shown

    def show_record(self, key: Key) -> None:
        """Shows a unit or person."""
        name = self._card_of(key)
        if name is None:
            self.show_nothing()
            return
        self._name = name
        self.forms[name].load_choices()
        self.forms[name].open_record(key[1])

    @Slot(object)
    def _on_shown(self, record_id: int) -> None:
        """The form opened a record, by itself after saving or because it was told to."""
        kind, card = _CARDS[self._name], self.cards[self._name]
        self.key = (kind, record_id) if record_id else None
        if self.key and self._card_of(self.key) != self._name:
            self.show_record(self.key)  # a unit that has become a group, or was saved as one
            return
        self.forms[self._name].show_note(self._note(self.key) if self.key else "")
        card.show_record(LEDGERS[kind], record_id or None)
        self.setCurrentWidget(card)
        self.setFocusProxy(card)
        self.shown.emit(self.key)

    def show_new(self, kind: str, texts: dict[str, str]) -> None:
        """Shows an empty form; `texts` are filled in by the program."""
        self._name = kind
        self.forms[kind].load_choices()
        self.forms[kind].open_new(texts)

    def show_nothing(self) -> None:
        """Shows the hint."""
        self.key = None
        self.setCurrentWidget(self.empty)
        self.shown.emit(None)

    def open_question(self, asked: Asked) -> None:
        """Asks for the values of a step in place of the record."""
        self.setCurrentWidget(self.question)
        self.question.open(asked)

    def refresh(self) -> None:
        """Reads the record anew; what is being typed stays."""
        if self.currentWidget() is self.question or self.card is None:
            return
        form = self.forms[self._name]
        if self.key is not None and self._card_of(self.key) is None:
            form.lose_record()
        elif self.key is not None and not form.changed:
            self.show_record(self.key)
        for part in self.parts[self._name].values():
            if self.key is not None and hasattr(part, "refresh"):
                part.refresh()

    def _card_of(self, key: Key) -> str | None:
        with self._desk.reading() as session:
            if key[0] == "person":
                return "person" if session.get(Person, key[1]) is not None else None
            unit = session.get(Unit, key[1])
            return None if unit is None else "group" if unit.kind in GROUP_KINDS else "unit"

    def _note(self, key: Key) -> str:
        with self._desk.reading() as session:
            record: Any = session.get_one(LEDGERS[key[0]].model, key[1])
            words = [UNIT_KINDS[record.kind]] if key[0] == "unit" else []
            if record.closed_on:
                words.append(f"{record.closed_on.isoformat()} 起停用")
        return " · ".join(words)

    def may_leave(self) -> bool:
        """Asks if something typed would be lost."""
        if self.currentWidget() is self.question:
            return self.question.may_leave()
        if self.card is None:
            return True
        parts = self.parts[self._name].values()
        return self.forms[self._name].may_leave() and all(part.may_leave() for part in parts if hasattr(part, "may_leave"))

    # what is done

    @Slot(object)
    def _on_saved(self, record_id: int) -> None:
        self.saved.emit((_CARDS[self._name], record_id))

    @Slot()
    def _on_form_left(self) -> None:
        if self.key is not None:
            self.show_record(self.key)
        else:
            self.show_nothing()
        self.left.emit()

    @Slot()
    def _on_question_left(self) -> None:
        if self.key is not None:
            self.show_record(self.key)
        else:
            self.show_nothing()
        self.left.emit()

    @Slot(object)
    def _on_line_opened(self, line: Any) -> None:
        if isinstance(line, organisation.PersonLine):
            self.visit_asked.emit(PAGE, {"person": line.id})
        elif ledger := getattr(line, "ledger", ""):
            page = {"tasks": "checklist", "forces": "forces"}.get(ledger, "ledgers")
            self.visit_asked.emit(page, {"ledger": ledger, "id": line.record_id} if page == "ledgers" else {"id": line.record_id})


_CARDS = {"unit": "unit", "group": "unit", "person": "person"}  # card -> kind of record


def _memberships(desk: Desk) -> LinkedPart:
    hint = "工作片、党建联盟、党建示范带：属于哪个就加哪个。"
    return LinkedPart(desk, MEMBERSHIPS, "unit_id", organisation.membership_lines, choices=_groups, hint=hint)


def _members(desk: Desk) -> LinkedPart:
    return LinkedPart(desk, MEMBERS, "group_id", organisation.member_lines, hint="把属于它的村和单位一个个加进来。")


def _posts(desk: Desk) -> LinkedPart:
    return LinkedPart(desk, POSTS, "person_id", organisation.post_lines, hint="一个人可以有几个职务，各在各的单位。")


def _groups(session: SeatSession) -> Sequence[Choice]:
    return [Choice(unit.id, unit.name, unit.search) for unit in office.groups(session)]
