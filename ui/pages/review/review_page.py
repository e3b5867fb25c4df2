"""Review: what waits for approval in every ledger, each record in full beside the list, what changed on top."""

from collections.abc import Sequence
from html import escape
from typing import Any

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtWidgets import QMenu, QSplitter, QWidget

from db.acts import Act
from db.journal import Changes
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.journal.versions import changed_since_review
from huajie_desktop.records.doubts import DoubtLine, doubts_of, settle
from huajie_desktop.records.entry import texts_of
from huajie_desktop.work import review
from huajie_desktop.work.queries import query_lines
from huajie_desktop.work.task_ledger import TASKS
from ui.desk.desk import Desk
from ui.desk.page import Page
from ui.lists.chosen_actions import ChosenActions
from ui.lists.tables import ListTable
from ui.pages.review.waiting import WaitingList, Waits
from ui.record_parts.queries_part import QueriesPart
from ui.theme import scaled
from ui.widgets.badge import dotted
from ui.widgets.buttons import ActionButton
from ui.widgets.filters import Tabs
from ui.widgets.panes import Panes
from ui.widgets.record_text import RecordView
from ui.widgets.stack import Stack

_WIDE = 640  # px at 100 % from which the record stands beside the list


class ReviewPage(Page):
    """Approves or returns one, many or all; asks about what is not clear."""

    TITLE = "审核"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        found = [Waits(ledger, life) for ledger in desk.catalogue.values() for life in ledger.lives]
        self._waits = {waits.key: waits for waits in found}
        self._doubted: list[DoubtLine] = []  # of the record beside the list
        self._make_actions()
        self.tabs = Tabs({key: waits.word for key, waits in self._waits.items()}, tips=False)
        self.tabs.chosen.connect(self._on_tab)
        self._lists = Stack()
        self._waiting: dict[str, WaitingList] = {}
        self.record = RecordView()
        self.record.left.connect(self._on_left)
        self.record.menu_asked.connect(self._on_menu_asked)
        for button in self.findChildren(ActionButton):  # a click leaves the cursor on the field that is meant
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.queries = QueriesPart(desk)
        self.queries.ask_action.setVisible(False)  # the page asks, about the field with the cursor
        side = QSplitter(Qt.Orientation.Vertical)
        side.setChildrenCollapsible(False)
        side.addWidget(self.record)
        side.addWidget(self.queries)
        side.setStretchFactor(0, 1)
        side.setSizes([scaled(420), scaled(220)])
        splitter = Panes((self._lists, 7), (side, 5), least=_WIDE)
        self.body.addWidget(self.tabs)
        self.body.addWidget(splitter, 1)
        self.tabs.setVisible(len(self._waits) > 1)
        self._show_ledger(TASKS.key)

    def _make_actions(self) -> None:
        self._actions = ChosenActions(self, "记录", self._shown)
        self.select_all = self.add_action("全选", "Ctrl+Shift+A", "review", "选中列出的全部记录", self._on_select_all, "plain")
        self.ask = self.add_action(
            "提出疑问", "F4", "info", "就光标所在的字段提出疑问；回车进入内容，上下键选字段", self._on_ask, ""
        )
        self.check = self._actions.add("check", button="plain")
        self.send_back = self._actions.add(Act.RETURN, button="")
        self.approve = self._actions.add(Act.APPROVE)
        lives = [waits.life for waits in self._waits.values()]
        acts = dict.fromkeys(act for waits in self._waits.values() for act in self._deciding(waits))
        self.moves = [self._actions.add(act, lives, "") for act in acts if act not in (Act.RETURN, Act.APPROVE)]

    @property
    def waiting(self) -> WaitingList:
        """The list that is shown."""
        return self._waiting[self.tabs.key or TASKS.key]

    def _shown(self) -> WaitingList:
        return self.waiting

    @property
    def table(self) -> ListTable:
        """The table that is shown."""
        return self.waiting.table

    @property
    def ledger(self) -> Ledger:
        """The ledger that is shown."""
        return self.waiting.ledger

    def refresh(self, _changes: Changes | None) -> None:
        """Reads what waits anew."""
        with self.desk.reading() as session:
            self.tabs.show_counts({key: review.waiting(session, *waits) for key, waits in self._waits.items()})
        self.waiting.load()

    def show_subject(self, subject: Any) -> None:
        """A ledger asked for by its key, or only what whoever sits here may decide of it ({"ledger": key, "mine": True})."""
        if isinstance(subject, str):
            self._on_tab(subject)
        else:
            self._on_tab(subject["ledger"])
            self.waiting.show_mine()

    def _show_ledger(self, key: str) -> None:
        if key not in self._waiting:
            made = WaitingList(self.desk, self._waits[key])
            made.table.set_menu([self.approve, self.check, self.send_back, *self.moves, self.ask, self.select_all])
            made.table.opened.connect(self._on_opened)
            made.moved.connect(self._on_moved)
            made.chosen.connect(self._on_chosen)
            self._waiting[key] = made
            self._lists.addWidget(made)
        self.tabs.select(key)
        self._actions.show_for(self._waits[key].ledger, self._deciding(self._waits[key]))
        self._lists.setCurrentWidget(self._waiting[key])
        self.setFocusProxy(self._waiting[key])

    @staticmethod
    def _deciding(waits: Waits) -> Sequence[Act]:
        """What is decided where these wait; who takes something back does so where it was entered."""
        return [made.verb for made in waits.life.from_state(waits.life.waiting) if made.verb is not Act.WITHDRAW]

    @Slot(object)
    def _on_tab(self, key: str) -> None:
        self._show_ledger(key)
        self.refresh(None)
        self.waiting.setFocus()

    @Slot(object)
    def _on_moved(self, record_id: int | None) -> None:
        self.queries.show_record(self.ledger, record_id)
        self.queries.setVisible(self.queries.table.count > 0)
        self.ask.setEnabled(record_id is not None)
        if record_id is None:
            self.record.clear(f"选中一条{self.ledger.noun}，这里显示它的全部内容。")
        else:
            self._show_record(record_id)

    def _show_record(self, record_id: int) -> None:
        ledger = self.ledger
        with self.desk.reading() as session:
            kept: Any = session.get_one(ledger.model, record_id)
            texts = texts_of(session, ledger, record_id)
            changes = changed_since_review(session, ledger, record_id)
            doubted = doubts_of(session, ledger, record_id)
            remarks: dict[str, list[str]] = {}
            for doubt in doubted:
                remarks.setdefault(doubt.field if doubt.field in ledger.form_fields else "", []).append(f"待核对：{doubt.words}")
            for line in query_lines(session, ledger, record_id):
                if line.state != "closed":
                    answer = f"——{line.answered_by} 答：{line.answer}" if line.answer else ""
                    remarks.setdefault(line.field, []).append(f"疑问：{line.text}{answer}")
        state = ledger.stands(kept)[self.waiting.waits.life.column]
        note = [dotted(state.word, state.colour), escape(getattr(kept, "number", None) or "")]
        note += [escape(text) for text in remarks.get("", ())]
        self._doubted = doubted
        self.waiting.show_seen(record_id, [doubt.id for doubt in doubted])
        self.record.show_record(
            str(getattr(kept, ledger.fields[ledger.name].name)), " · ".join(filter(None, note)), ledger.form.groups,
            ledger.form_fields, texts, changes, {key: "\n".join(said) for key, said in remarks.items()},
        )  # fmt: skip

    @Slot()
    def _on_chosen(self) -> None:
        selected = self.table.selected_ids()
        seen = self.waiting.seen(selected)
        self.approve.setText(f"通过 {len(selected)} 项" if len(selected) > 1 else "核对并通过" if seen else "通过")
        self._actions.enable(selected)

    @Slot(object)
    def _on_opened(self, _record_id: int) -> None:
        self.record.go_to("")

    @Slot()
    def _on_left(self) -> None:
        self.table.setFocus()

    @Slot()
    def _on_select_all(self) -> None:
        self.table.view.selectAll()
        self.table.setFocus()

    @Slot(str, QPoint)
    def _on_menu_asked(self, key: str, where: QPoint) -> None:
        """What can be done about the field that was clicked."""
        label = self.ledger.fields[key].label if key in self.ledger.fields else ""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(f"对“{label}”提出疑问").triggered.connect(self._on_ask)
        if any(doubt.field == key for doubt in self._doubted):
            menu.addAction(f"“{label}”核对无误").triggered.connect(self._on_field_checked)
        menu.popup(where)

    @Slot()
    def _on_field_checked(self) -> None:
        record_id, key = self.table.current_id(), self.record.key
        if record_id is not None and key:
            self.desk.do(settle, [record_id], self.ledger, field=key)

    @Slot()
    def _on_ask(self) -> None:
        key = self.record.key
        said = next((line.texts[-1] for line in self.record.lines if line.key == key), "")
        self.queries.ask(key, said)
        if key:
            self.record.go_to(key)
