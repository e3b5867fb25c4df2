"""The filters above a list of tasks: search, what they point at, deadline; and those kept under a name."""

from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from huajie_desktop.records.listing import Wanted
from huajie_desktop.records.personal_marks import MARK
from huajie_desktop.seat import SeatSession
from huajie_desktop.work import saved_filters
from huajie_desktop.work.checklist import DUE_FILTERS, POINTED, TaskFilter, wanted_of
from huajie_desktop.work.task_ledger import TASKS
from huajie_desktop.work.task_light import LIGHT
from ui.desk.desk import Desk
from ui.forms.choices import choices_of, values_of
from ui.lists.kept_names import KeptFilters
from ui.lists.own_marks import mark_chip
from ui.lists.record_filters import RecordFilters
from ui.widgets.buttons import WINDOW, add_action
from ui.widgets.choice import Choice
from ui.widgets.filters import Chip

_ASIDE = ("lead", "list_kind", "force", "key_project")
_CONDITIONS = {field.name for field in fields(TaskFilter)}
_NOBODY = 0  # no person has this id


class TaskFilters(RecordFilters):
    """What part of the checklist the clerk looks at; conditions without a chip come with a kept filter or another page."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        self._beyond = TaskFilter()  # what no chip shows: state, dimension, author
        self._kept: dict[str, TaskFilter] = {}
        self._named = Chip("筛选")
        chips = {
            "named": self._named,
            **{key: Chip(TASKS.fields[key].label) for key in ("unit", "category")},
            "due": Chip("时限"),
            LIGHT.key: Chip(LIGHT.label),
            **{key: Chip(TASKS.fields[key].label) for key in ("responsible", *_ASIDE)},
            MARK: mark_chip(),
        }
        super().__init__(desk, TASKS, chips, "名称、村、人、编号或拼音", "看全部任务", (*_ASIDE, MARK))
        self._named.chosen.disconnect(self._announce)
        self._named.chosen.connect(self._on_named)
        self.chips["due"].set_choices([Choice(key, word) for key, word in DUE_FILTERS.items()])
        self.chips[LIGHT.key].set_choices([Choice(key, word) for key, word in LIGHT.words.items()])
        self.chips["key_project"].set_choices([Choice(True, "是"), Choice(False, "否")])
        self.named_action = add_action(self, "筛选", "Ctrl+J", "", "选一组存好的条件", self._named.click, context=WINDOW)
        tip = "把现在的条件起个名称存下来；改名、删除也在这里"
        self.keep_action = add_action(self, "存为筛选", "Ctrl+Shift+J", "", tip, self._on_keep, context=WINDOW)
        parent.addActions([self.find_action, self.clear_action, self.more_action, self.named_action, self.keep_action])

    @property
    def wanted(self) -> TaskFilter:
        """The conditions as they stand."""
        values: dict[str, Any] = {f"{key}_id": self.chips[key].value for key in POINTED}
        nobody = True if values["responsible_id"] == _NOBODY else None
        if nobody:
            values["responsible_id"] = None
        values |= {key: self.chips[key].value for key in ("due", LIGHT.key, "key_project", MARK)}
        return replace(self._beyond, text=self.text, nobody=nobody, **values)

    @property
    def state(self) -> str | None:
        """The state asked for, None for any."""
        return self._beyond.state

    def wanted_in(self, session: SeatSession) -> Wanted:
        """What is asked for, as the lists take it."""
        return wanted_of(session, self.wanted, session.seat.today(), self._desk.day)

    @property
    def narrowed(self) -> bool:
        """Whether anything beside the state narrows the list."""
        return replace(self.wanted, state=None) != TaskFilter() or self.further_narrowed

    def load_choices(self) -> None:
        """Reads what there is to choose from, and the kept filters."""
        with self._desk.reading() as session:
            known = choices_of(session)
            people = values_of(session, TASKS.fields["lead"])
            for key in POINTED:
                self.chips[key].set_choices(people if key in ("responsible", "lead") else known[TASKS.fields[key].kind])
            self.chips["responsible"].set_choices([Choice(_NOBODY, "没有责任人", "myzrr"), *people])
            own = saved_filters.own(session)
            self.load_doubted(session)
        self._kept = {**saved_filters.built_in(self._desk.seat.author.name), **own}
        self._named.set_choices([Choice(name, name) for name in self._kept])
        self._show_name()

    def set_wanted(self, wanted: TaskFilter) -> None:
        """Shows a filter and announces it."""
        self._beyond = TaskFilter(
            state=wanted.state, dimension_id=wanted.dimension_id, author=wanted.author, queried=wanted.queried
        )
        values: dict[str, object] = {key: getattr(wanted, f"{key}_id") for key in POINTED}
        if wanted.nobody:
            values["responsible"] = _NOBODY
        values |= {key: getattr(wanted, key) for key in ("due", LIGHT.key, "key_project", MARK)}
        self.show_wanted(wanted.text, values)

    def show_subject(self, subject: Mapping[str, Any]) -> None:
        """Shows words ("text"), a state ("state"), a key of DUE_FILTERS ("due"), a light, a unit or other by its id."""
        said = {key: subject.get(key) for key in ("state", "due", LIGHT.key)}
        pointed = {f"{key}_id": subject.get(key) for key in POINTED}
        self.set_wanted(TaskFilter(subject.get("text", ""), **said, **pointed))

    def _show_alone(self, chip: str, value: object) -> None:
        self._beyond = TaskFilter()
        super()._show_alone(chip, value)

    @Slot(object)
    def set_state(self, state: str | None) -> None:
        """Changes the state asked for, nothing else."""
        self.set_wanted(replace(self.wanted, state=state))

    def clear_narrowing(self) -> None:
        self.set_wanted(TaskFilter(state=self._beyond.state))

    def way(self) -> dict[str, Any]:
        return asdict(self.wanted)

    def take_way(self, way: Mapping[str, Any]) -> None:
        self.set_wanted(TaskFilter(**{key: value for key, value in way.items() if key in _CONDITIONS}))

    def _show_name(self) -> None:
        """Names the kept filter that says just what is asked for, if one does."""
        self._named.set_value(next((name for name, wanted in self._kept.items() if wanted == self.wanted), None))

    @Slot()
    def _announce(self) -> None:
        self._show_name()
        super()._announce()

    @Slot(object)
    def _on_named(self, name: object) -> None:
        self.set_wanted(self._kept[name] if isinstance(name, str) else TaskFilter())

    @Slot()
    def _on_keep(self) -> None:
        dialog = KeptFilters(self, self._desk, self.wanted)
        dialog.exec()
        dialog.deleteLater()
        self.load_choices()
