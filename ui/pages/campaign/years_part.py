"""The years: which one is worked on, and the form the next one is made by."""

from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Slot

from huajie_desktop.errors import FieldErrors
from huajie_desktop.year import years
from huajie_desktop.year.years import Made, Wishes, YearLine
from ui.desk.desk import Desk
from ui.desk.jobs import Job
from ui.forms.forms import RecordForm
from ui.lists.lines import LineColumn, LinesTable
from ui.pages.campaign.ordered_part import CampaignPart
from ui.widgets.buttons import WINDOW, add_action

_COLUMNS = (
    LineColumn("year", "年度", 90),
    LineColumn("title", "活动名称", 200),
    LineColumn("tasks", "任务", 80, numeric=True),
    LineColumn("unfinished", "没有办结", 90, numeric=True),
    LineColumn("state", "情况", 110, tint=lambda line: "green" if line.current else "grey"),
)
_HINT = "所有页面、文书和统计都是正在使用的年度的。往年的内容一直留着，切换过去就能看。"
_NOTE = (
    "板块、类别、清单种类和编号样式照搬。已办结的任务留在原来的年度，没有办结的转入后是草稿；持续推进的改到新年度年底，"
    "其余的时限清空重新报，或者推后一年。做错了可以整个撤销。"
)

_MADE = "year-made"  # under which the desk keeps the year made in this sitting: none is proposed while it is worked on


class _Line(NamedTuple):
    id: int
    year: str
    title: str
    tasks: str
    unfinished: str
    state: str
    current: bool


class YearsPart(CampaignPart):
    """The list of years and the form for the next one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "年度")
        self.switch = add_action(
            self, "切换到这一年", "Ctrl+G", "calendar", "在选中的年度里工作，可以随时切换回来", self._on_switch, context=WINDOW
        )
        self.table = LinesTable("years", _COLUMNS, desk.preferences, spare=("unfinished",))
        self.table.set_menu([self.switch])
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(self._on_opened)
        self.form = RecordForm([("", list(years.ASKED))], years.ASKED, {}, desk)
        self.form.setAccessibleName("建立新年度")
        self.form.keep()  # nothing is typed yet
        self.form.heading.setText("建立新年度")
        self.form.show_note(_NOTE)
        self.form.save_action.setText("建立")
        self.form.save_action.setStatusTip("按这里写的建立新年度，并切换过去")
        self.form.next_action.setVisible(False)
        self.form.next_action.setEnabled(False)
        self.form.save_asked.connect(self._on_make)
        self.form.leave_asked.connect(self._on_left)
        self.arrange(_HINT, [(self.switch, "")], self.table, self.form)
        self.setFocusProxy(self.table)

    def refresh(self) -> None:
        """Reads the years anew; what is being typed stays."""
        with self.desk.reading() as session:
            lines, proposal, year = years.lines(session), years.proposal(session), session.campaign.year
        if self.desk.kept.get(_MADE) == year:  # a second press must not make the year after
            proposal = {**proposal, "year": "", "name": ""}
        self.table.show_lines([_line(found) for found in lines])
        if self.table.current_id() is None:
            self.table.step(0)
        if not self.form.changed:
            self.form.set_texts(proposal, filled=proposal.keys())
        self._on_chosen()

    @Slot()
    def _on_chosen(self) -> None:
        line = self.table.current_line()
        self.switch.setEnabled(line is not None and not line.current)

    @Slot(object)
    def _on_opened(self, _id: object) -> None:
        if self.switch.isEnabled():
            self._on_switch()
        else:
            self.form.focus()

    @Slot()
    def _on_switch(self) -> None:
        line = self.table.current_line()
        if line is not None and not line.current:
            self.desk.look_at(line.id)
            self.desk.say("done", f"现在在 {line.year} 年度里工作。")

    @Slot(bool)
    def _on_make(self, _then_next: bool) -> None:
        try:
            wishes = years.read(self.desk.seat, self.form.texts())
        except FieldErrors as errors:
            self.form.show_errors(errors.messages)
            return
        self.form.show_errors({})
        work = partial(_make, self.desk, wishes)
        self.desk.start(f"建立 {wishes.year} 年度", work, partial(_on_made, self.desk, self.form, wishes))

    @Slot()
    def _on_left(self) -> None:
        self.form.keep()
        self.refresh()
        self.table.setFocus()


def _make(desk: Desk, wishes: Wishes, job: Job) -> Made:
    return years.next_year(desk.seat, wishes, job)


def _on_made(desk: Desk, form: RecordForm, wishes: Wishes, made: Made) -> None:
    form.keep()
    desk.kept[_MADE] = wishes.year
    desk.take(made)
    desk.look_at(made.campaign_id)
    carried = f"转入 {made.tasks} 项没有办结的任务，都是草稿" if wishes.carry else "没有转入任务"
    todo = "" if wishes.shift or not made.tasks else "，请补上完成时限再提交"
    desk.say("done", f"已建立 {wishes.year} 年度，{carried}{todo}。现在就在 {wishes.year} 年度里工作。")


def _line(found: YearLine) -> _Line:
    state = "正在使用" if found.current else "可以查看"
    return _Line(found.id, str(found.year), found.title, str(found.tasks), str(found.unfinished), state, found.current)
