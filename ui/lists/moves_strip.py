"""Above a record's form: where it stands, buttons for what can be done with it now, and why the next step cannot."""

from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from db.journal import Changes
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.work import review
from huajie_desktop.work.review import Way
from ui.desk.desk import Desk
from ui.lists.verbs import asked_why, verb_of
from ui.widgets.building import FLUSH, flowing, make_label, put, upright
from ui.widgets.buttons import ActionButton, add_action


class MovesStrip(QWidget):
    """The moves of one record in all its lives; the same by keys are those of the list it stands beside."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._of: tuple[Ledger, int] | None = None
        self._acts = QObject(self)  # owns the actions: the menu has the list's, which say the same
        self._buttons: list[ActionButton] = []
        self._line = flowing(spacing=8)
        self._why = make_label(name="quiet", wrap=True)
        self.setAccessibleName("办理")
        put(upright(self, FLUSH, 4), self._line, self._why)
        self.show_record(None, None)

    def show_record(self, ledger: Ledger | None, record_id: int | None) -> None:
        """Reads what can be done with a record anew; nothing of one that is not kept yet."""
        self._of = (ledger, record_id) if ledger is not None and record_id else None
        for button in self._buttons:
            self._line.removeWidget(button)
            button.deleteLater()
            button.action.deleteLater()
        self._buttons = []
        found: list[Way] = []
        if self._of is not None:
            with self._desk.reading() as session:
                found = review.ways(session, *self._of)
        for way in found:
            if not way.against:
                self._offer(way)
        self._why.setText(
            "\n".join(f"{way.made.word}：{way.against.removeprefix('的')}" for way in found if way.against and way.near)
        )
        self._why.setVisible(bool(self._why.text()))
        self.setVisible(bool(self._buttons or self._why.text()))

    @property
    def offered(self) -> list[QAction]:
        """What can be done now."""
        return [button.action for button in self._buttons]

    def _offer(self, way: Way) -> None:
        assert self._of is not None
        tip = way.made.tip.format(noun=self._of[0].noun)
        action = add_action(self._acts, way.made.word, "", "", tip, self._on_triggered)
        action.setData(way.made.verb)
        button = ActionButton(action)
        self._line.addWidget(button)
        self._buttons.append(button)

    @Slot()
    def _on_triggered(self) -> None:
        action = self.sender()
        if not isinstance(action, QAction) or self._of is None:
            return
        ledger, record_id = self._of
        verb = verb_of(ledger.lives, action.data())
        assert verb is not None
        said = asked_why(self, self._desk, verb, f"{verb.doing} 1 项")
        if said is not None:
            done = partial(self._tell, verb.word)
            self._desk.do_many(verb.doing, verb.service, [record_id], *said, ledger, done=done)

    def _tell(self, word: str, _changes: Changes) -> None:
        self._desk.done(f"已{word}。")
