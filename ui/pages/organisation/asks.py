"""What is asked before a step on a unit or person: renaming, merging, splitting, handing over; a form of its own each time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from db.fields import Field, Kind
from db.journal import Changes
from huajie_desktop.application import Application
from huajie_desktop.errors import FieldErrors
from huajie_desktop.records.asking import read_asked
from huajie_desktop.seat import Seat
from huajie_desktop.township import handing_over, organisation, unit_changes, unit_merging
from ui.desk.desk import Desk
from ui.forms.choices import choices_of
from ui.forms.forms import RecordForm
from ui.widgets.building import FLUSH, upright
from ui.widgets.choice import Choice
from ui.widgets.dialogs import ask


@dataclass(frozen=True)
class Asked:
    """One step: its heading, what it does in a sentence, its fields, the verb, and who carries it out."""

    heading: str
    note: str
    fields: Mapping[str, Field]
    verb: str
    run: Callable[[Application, Mapping[str, str]], Changes]
    people: Mapping[str, list[Choice]]  # by field key, what can be chosen there
    texts: Mapping[str, str]


class AskPanel(QWidget):
    """Shows one question at a time in place of the record."""

    left = Signal()
    done = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._asked: Asked | None = None
        self._doing = False
        self.form: RecordForm | None = None
        self._column = upright(self, FLUSH)

    def open(self, asked: Asked) -> None:
        """Asks for the values of one step."""
        self._drop()
        self._asked = asked
        with self._desk.reading() as session:
            choices = choices_of(session)
        form = RecordForm([("", list(asked.fields))], asked.fields, choices, self._desk)
        form.setObjectName("side")
        form.setAccessibleName(asked.heading)
        for key, offered in asked.people.items():
            form.boxes[key].set_choices(offered)
        form.heading.setText(asked.heading)
        form.show_note(asked.note)
        form.save_action.setText(asked.verb)
        form.save_action.setStatusTip(asked.heading)
        form.next_action.setVisible(False)
        form.leave_action.setText("不办了")
        form.leave_action.setStatusTip("不办了，回到原来的内容")
        form.set_texts(asked.texts, filled=asked.texts.keys())
        form.save_asked.connect(self._on_save)
        form.leave_asked.connect(self._on_leave)
        self.form = form
        self._column.addWidget(form)
        form.show()  # at once: what is hidden takes no focus
        self.setFocusProxy(form)
        form.focus()

    def may_leave(self) -> bool:
        """Whether what was typed may go; asks only if something was typed."""
        if self._doing or self.form is None or not self.form.changed:
            return True
        return ask(self, "放弃没有办的事吗？", f"“{self.form.heading.text()}”填了一半，离开后填的就没有了。", "放弃")

    def _drop(self) -> None:
        if self.form is not None:
            self.setFocusProxy(None)  # type: ignore[arg-type]
            self._column.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None

    @Slot(bool)
    def _on_save(self, _then_new: bool) -> None:
        assert self.form is not None
        assert self._asked is not None
        self._doing = True
        try:
            changes = self._desk.do(self._asked.run, self.form.texts())
        except FieldErrors as errors:
            self.form.show_errors(errors.messages)
            return
        finally:
            self._doing = False
        if changes is not None:
            self._drop()
            self.done.emit()

    @Slot()
    def _on_leave(self) -> None:
        if self.may_leave():
            self._drop()
            self.left.emit()


def renaming(desk: Desk, unit_id: int, name: str) -> Asked:
    """A new name from a day on."""
    note = "那一天以前的文书和报告仍用原来的名称；原来的名称以后也认得。"
    return Asked(
        f"{name}更名", note, unit_changes.RENAMING, "更名", partial(_on_unit, unit_changes.rename, unit_id), {}, _today(desk)
    )


def merging_into(desk: Desk, unit_id: int, name: str) -> Asked:
    """Into another unit on a day."""
    note = "这个单位从那一天起停用；没有办结的任务、人员和自然村转到新单位，办结的留在原处。"
    run = partial(_on_unit, unit_changes.merge_into, unit_id)
    return Asked(f"{name}并入另一单位", note, unit_changes.MERGING, "并入", run, {}, _today(desk))


def splitting(desk: Desk, unit_id: int, name: str) -> Asked:
    """Into several new units on a day."""
    note = "这个单位从那一天起停用，新单位接着所属片盟。没有办结的任务先留在原处，请到清单里逐项改派。"
    return Asked(
        f"{name}拆分", note, unit_changes.SPLITTING, "拆分", partial(_on_unit, unit_changes.split, unit_id), {}, _today(desk)
    )


def merging_units(desk: Desk, unit_id: int, name: str) -> Asked:
    """Another record of the same unit becomes this one."""
    with desk.reading() as session:
        labels = organisation.unit_labels(session, without=unit_id)
    note = "同一个单位录了两次时用：选的那一条并到这一条，任务、人员都归这里，它的名称成为别名。"
    return _merge(f"合并到{name}", note, "重复的那一条", labels, partial(_merge_records, unit_merging.merge_units, unit_id))


def merging_people(desk: Desk, person_id: int, name: str) -> Asked:
    """Another record of the same person becomes this one."""
    with desk.reading() as session:
        labels = organisation.people_labels(session, without=person_id)
    note = "同一个人录了两次时用：选的那一条并到这一条，任务、专班、职务都归这里。"
    return _merge(f"合并到{name}", note, "重复的那一条", labels, partial(_merge_records, unit_merging.merge_people, person_id))


def handing_over_of(desk: Desk, person_id: int, name: str) -> Asked:
    """All unfinished work of a person to another."""
    with desk.reading() as session:
        labels = organisation.people_labels(session, without=person_id)
        parts = handing_over.preview(session, person_id, posts=True)
    words = "、".join(f"{part.words} {part.number} 项" for part in parts) or "没有要移交的工作"
    fields = {"taker": _one_of("交给谁", labels, "taker"), "posts": handing_over.POSTS_TOO}
    run = partial(_hand_over, person_id, fields)
    note = f"现有：{words}。职务只在勾选时移交；已经办结的留在原处。"
    return Asked(f"{name}的工作移交", note, fields, "移交", run, {"taker": _choices(labels)}, {})


def _merge(heading: str, note: str, label: str, labels: Mapping[int, tuple[str, str]], run: Any) -> Asked:
    fields = {"other": _one_of(label, labels, "other")}
    return Asked(heading, note, fields, "合并", partial(run, fields), {"other": _choices(labels)}, {})


def _one_of(label: str, labels: Mapping[int, tuple[str, str]], key: str) -> Field:
    words = {str(record_id): word for record_id, (word, _search) in labels.items()}
    return Field(label, Kind.CHOICE, required=True, choices=words, help="文字、拼音或首字母").named(key)


def _choices(labels: Mapping[int, tuple[str, str]]) -> list[Choice]:
    return [Choice(record_id, word, search) for record_id, (word, search) in labels.items()]


def _today(desk: Desk) -> dict[str, str]:
    return {"on": desk.today.isoformat()}


def _on_unit(service: Any, unit_id: int, seat: Seat, texts: Mapping[str, str]) -> Changes:
    changes: Changes = service(seat, unit_id, texts)
    return changes


def _merge_records(service: Any, kept_id: int, fields: Mapping[str, Field], seat: Seat, texts: Mapping[str, str]) -> Changes:
    changes: Changes = service(seat, kept_id, int(read_asked(seat, fields, texts)["other"]))
    return changes


def _hand_over(giver_id: int, fields: Mapping[str, Field], seat: Seat, texts: Mapping[str, str]) -> Changes:
    values = read_asked(seat, fields, texts)
    return handing_over.hand_over(seat, giver_id, int(values["taker"]), posts=bool(values["posts"]))
