"""The first page: what is to be done today, and how the year's checklist stands."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from db.choices import STATES
from huajie_desktop.errors import Problem
from huajie_desktop.records.lines import HomeFigures, Total
from ui.desk.page import Page
from ui.pages.home.queue_panel import QueuePanel
from ui.theme import scaled
from ui.widgets.building import FLUSH, across, as_caption, as_tip, flowing, make_label, put, upright
from ui.widgets.buttons import ActionButton
from ui.widgets.counted import KEYS, TIP, WORD, ActionBox
from ui.widgets.figure_tiles import Bar, Bars, Tile
from ui.widgets.flow import Flow
from ui.widgets.state_colours import STATE_COLOURS

_quiet = partial(make_label, name="quiet")

if TYPE_CHECKING:
    from db.journal import Changes
    from ui.desk.aside import Aside
    from ui.desk.desk import Desk

_TIPS = {"draft": "看还没有提交的草稿", "submitted": "去审核", "returned": "看退回要改的任务", "approved": "看已确认的任务"}
_DUE_SHOWN, _DUE_ROOMY = 5, 8  # on a low and on a high page
_HIGH = 800  # px at 100 %
_NUMBERS = "①②③④⑤⑥"


class Step(NamedTuple):
    """One thing to do: the sentence, the word on its button, the page it leads to and what to show there."""

    sentence: str
    verb: str
    page: str
    subject: object = None


class HomePage(Page):
    """Tiles by state, what to do next, totals by category, what falls due."""

    TITLE = "首页"

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.tiles: dict[str | None, Tile] = {None: Tile(None, "全部任务", None, "看整个清单")}
        for state, word in STATES.items():
            self.tiles[state] = Tile(state, word, STATE_COLOURS[state], _TIPS[state])
        tiles = flowing(spacing=12)
        for tile in self.tiles.values():
            tile.asked.connect(self._on_tile)
            tiles.addWidget(tile, 1)
        self.only = self.add_action(WORD, KEYS, "", TIP, self._on_only)
        self.only.setEnabled(False)  # until the data is open
        head = across(spacing=8)
        put(head, make_label("今日待办", "groupTitle"), 1)
        for action in self._make_ways():
            head.addWidget(ActionButton(action, "plain"))
        self.queue = QueuePanel(desk, head)
        self.old = make_label("正在重新统计，下面灰色的是上一次的数字。", "quiet")
        self._aside: Aside | None = None
        self.bars, self.counted = Bars(), make_label()
        self.counted.setObjectName("groupTitle")
        self.none = _quiet("还没有任务类别。设好类别、有了任务，这里是各类别的项数。")
        self.none.setWordWrap(True)
        self.none.hide()
        self._steps, self._due = QVBoxLayout(), QGridLayout()
        self._steps.setSpacing(scaled(4))
        self._due.setHorizontalSpacing(scaled(16))
        self._due.setVerticalSpacing(scaled(8))
        self._due.setColumnStretch(0, 1)
        right = upright(spacing=12)
        self._ahead = _panel("接着要做的", self._steps)
        right.addWidget(self._ahead)
        due = upright()
        put(due, self._due, 1)
        right.addWidget(_panel("一个月内到期", due), 1)
        bars = upright()
        bars.addWidget(self.bars, 1)
        bars.addStretch()
        columns = across(spacing=12)
        counted = across()
        put(counted, (self.counted, 1), ActionBox(self.only))
        bars.insertLayout(0, counted)
        bars.insertWidget(1, self.none)
        put(columns, (_panel("", bars), 1), (right, 1))
        self._arrange_body(tiles, columns)

    def _make_ways(self) -> list[QAction]:
        """What leads on from the queue."""
        self.add_action("第一件", "Ctrl+Shift+T", "", "到今日待办里最急的一件，回车打开", self._on_first)
        return [
            self.add_action("到期月历", "Ctrl+Shift+M", "", "按月看哪天有什么到期", self._on_calendar),
            self.add_action("催办", "Ctrl+Shift+R", "", "按单位列出欠办的，做催办单或复制催办文字", self._on_reminders),
        ]

    def _arrange_body(self, tiles: Flow, columns: QHBoxLayout) -> None:
        self.inside = inside = QWidget()
        inside.setObjectName("pageBody")
        self.old.hide()
        put(upright(inside, FLUSH, 12), self.old, self.queue, tiles, (columns, 1))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        self.body.addWidget(scroll)

    def refresh(self, _changes: "Changes | None") -> None:
        """Counts anew; what cannot be counted is blank."""
        self.only.setEnabled(True)
        if self.desk.damage:
            self._show_nothing()
            return
        try:
            if self.desk.counts_long():
                self._count_aside()
            else:
                self._show_counted(self.desk.home())
        except Problem:
            self._show_nothing()
            raise

    def _count_aside(self) -> None:
        """Counts in the background; what was counted last stands there in grey meanwhile."""
        if self._aside is None:
            from ui.desk.aside import Aside  # most offices never need it

            self._aside = Aside(self.desk, "统计首页", self.desk.home, self._show_counted, self)
        self._say_old(True)
        self._aside.ask()

    def _show_counted(self, found: HomeFigures) -> None:
        self._say_old(False)
        self.show_figures(found, self.desk.today)

    def _say_old(self, old: bool) -> None:
        self.old.setVisible(old)
        self.inside.setEnabled(not old)

    def _show_nothing(self) -> None:
        for tile in self.tiles.values():
            tile.show_number(None)
        self.bars.show_bars([])
        self.none.hide()
        self.queue.clear()
        for layout in (self._steps, self._due):
            _empty(layout)

    def show_figures(self, found: HomeFigures, today: date) -> None:
        """Shows what was counted."""
        self.subtitle.setText(f"今天是 {today.year} 年 {today.month} 月 {today.day} 日 星期{'一二三四五六日'[today.weekday()]}")
        self.tiles[None].show_number(found.total)
        for state, count in found.states.items():
            self.tiles[state].show_number(count)
        self.only.setChecked(found.approved_only)
        self.counted.setText("各类别已确认的任务" if found.approved_only else "各类别任务（已确认 / 全部）")
        self.bars.show_bars(_bars(found))
        self.none.setVisible(not found.categories)
        self.queue.show_lines(found.todo)
        self._show_steps(_steps(found))
        self._show_due(found)

    def _show_steps(self, steps: list[Step]) -> None:
        _empty(self._steps)
        for step in steps:
            line = across()
            sentence = make_label(step.sentence, wrap=True)
            button = QPushButton(step.verb)
            button.setToolTip(as_tip(step.sentence))
            button.clicked.connect(_going(self.desk, step))
            put(line, (sentence, 1), button)
            holder = QWidget()
            holder.setLayout(line)
            line.setContentsMargins(0, scaled(1), 0, scaled(1))
            self._steps.addWidget(holder)
        self._ahead.setVisible(bool(steps))

    def _show_due(self, found: HomeFigures) -> None:
        _empty(self._due)
        for row, line in enumerate(found.due_next[: _DUE_ROOMY if self.height() > scaled(_HIGH) else _DUE_SHOWN]):
            button = QPushButton(as_caption(line.title))
            button.setProperty("kind", "row")
            button.setToolTip(as_tip(f"打开“{line.title}”"))
            button.clicked.connect(_going(self.desk, Step("", "", "checklist", {"id": line.id})))
            self._due.addWidget(button, row, 0)
            self._due.addWidget(_quiet(line.unit), row, 1)
            self._due.addWidget(make_label(line.due_words), row, 2)
        if not found.due_next:
            self._due.addWidget(_quiet("一个月内没有到期的任务。"), 0, 0)

    @Slot()
    def _on_first(self) -> None:
        self.queue.focus_first()

    @Slot()
    def _on_calendar(self) -> None:
        self.desk.visit("agenda", {"day": self.desk.today})

    @Slot()
    def _on_reminders(self) -> None:
        self.desk.visit("agenda", {"reminders": ()})

    @Slot()
    def _on_only(self) -> None:
        self.desk.count_approved_only(self.only.isChecked())

    @Slot(object)
    def _on_tile(self, state: str | None) -> None:
        if state == "submitted":
            self.desk.visit("review")
        else:
            self.desk.visit("checklist", {"state": state})


def _done(found: HomeFigures, total: Total) -> int | None:
    return None if found.approved_only else total.approved


def _first_steps(found: HomeFigures) -> list[Step]:
    """What comes first in an office without a task, in its order; what is done is ticked."""
    units = _units_step(found) or Step(f"✓ 单位：已有 {found.villages} 个村（居）", "看单位", "organisation")
    categories = _categories_step(found) or Step(f"✓ 任务类别：已有 {len(found.categories)} 个", "看类别", "campaign")
    steps = [
        units,
        categories,
        Step("导入各村报来的表格（Excel、WPS、CSV 都可以）", "导入", "import"),
        Step("或者自己录入任务，一项一条", "新增任务", "checklist", {"new": True}),
        Step("审核任务；通过的才有编号", "审核", "review"),
        Step("打印承诺书和承诺交办单", "文书", "papers"),
    ]
    numbers = iter(_NUMBERS)
    return [step._replace(sentence=_numbered(step.sentence, numbers)) for step in steps]


def _numbered(sentence: str, numbers: Iterator[str]) -> str:
    """A sentence with its number; another way to the same is no further step."""
    return f"　 {sentence}" if sentence.startswith("或者") else f"{next(numbers)} {sentence}"


def _units_step(found: HomeFigures) -> Step | None:
    if found.villages:
        return None
    return Step("先建立村和居委会：从行政区划取，或粘贴一列名称", "取村", "organisation", {"villages": True})


def _categories_step(found: HomeFigures) -> Step | None:
    return None if found.categories else Step("设好任务类别（审核和编号要用）", "设类别", "campaign")


def _steps(found: HomeFigures) -> list[Step]:
    if not found.total:
        return _first_steps(found)
    states, silent = found.states, len(found.silent_units)
    steps = list(filter(None, (_units_step(found), _categories_step(found))))
    if states["draft"]:
        steps.append(Step(f"{states['draft']} 项草稿还没有提交", "去提交", "checklist", {"state": "draft"}))
    if silent:
        names = "、".join(found.silent_units[:4]) + ("等" if silent > 4 else "")
        steps.append(Step(f"{silent} 个村（居）还没有任务：{names}", "导入", "import"))
    return steps


def _bars(found: HomeFigures) -> list[Bar]:
    bars: list[Bar] = []
    totals = {total.name: total for total in found.dimensions}
    for category in found.categories:
        if not any(bar.heading and bar.name == category.group for bar in bars):
            group = totals[category.group]
            bars.append(Bar(group.name, group.tasks, _done(found, group), heading=True))
        bars.append(Bar(category.name, category.tasks, _done(found, category)))
    return bars


def _going(desk: "Desk", step: Step) -> Callable[[], None]:
    # holds the desk, not the page: a partial that captured a widget would keep it for ever
    return partial(desk.visit, step.page, step.subject)


def _panel(heading: str, content: QVBoxLayout | QGridLayout) -> QFrame:
    panel = QFrame()
    panel.setObjectName("panel")
    column = upright(panel, (16, 12, 16, 12), 8)
    if heading:
        title = make_label(heading, "groupTitle")
        column.addWidget(title)
    column.addLayout(content)
    return panel


def _empty(layout: QVBoxLayout | QGridLayout) -> None:
    while item := layout.takeAt(0):
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
