"""民生实事台账: what the township does for its people, what it costs, how far it is and what they think of it."""

from dataclasses import replace

from db.ledgers.livelihood import LivelihoodProgress, LivelihoodProject
from huajie_desktop.declared.facets import Count, Figures, Form, Listing, Ratio, Sheets, Sum
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.declared.life import NUMBERS, REVIEW, Effect
from huajie_desktop.declared.reports import reports_on
from huajie_desktop.values.works import reads_like_work
from huajie_desktop.work.numbering import in_series
from huajie_desktop.work.ticking import ticks

DONE = ("spent", "finished", "stage", "satisfied", "nearly_satisfied", "dissatisfied")  # known only after it was confirmed
LEDGER = Ledger(
    key="livelihood_projects", title="民生实事台账", model=LivelihoodProject, name="title", place="unit",
    shown=Listing(
        columns=("number", "title", "unit", "due", "finished", "investment", "spent", "stage", "responsible", "state"),
        filters=("unit", "finished"),
    ),
    form=Form(usual=2, files=True, groups=(
        ("", ("title", "unit", "lead", "responsible", "due", "content", "investment", "planned", "start")),
        ("进度与评价", DONE),
        ("背景、数量与资金", ("background", "benefit", "quantities", "funding", "milestones", "remarks")),
    )),
    sheets=Sheets(
        identity=("unit", "title"), title_words=("民生实事",), reads_like=reads_like_work, beside=("responsible", "lead", "due"),
    ),
    figures=Figures(day="due", breakdowns=("unit", "finished"), indicators=(
        Count("项目数", unit="个"), Count("完成数", lambda record: record.finished == "done", unit="个"),
        Ratio("完成率", "完成数", "项目数"), Sum("总投资", "investment"), Sum("完成投资", "spent"),
    ), sentence="共实施民生实事项目{项目数}，完成{完成数}，完成率{完成率}，总投资{总投资}，完成投资{完成投资}。"),
    life=replace(REVIEW, stays_open=DONE, effects={NUMBERS: Effect(in_series(LivelihoodProject, "民生"), writes=("number",))}),
)  # fmt: skip
REPORTS = reports_on(
    LEDGER,
    LivelihoodProgress,
    key="livelihood_progress",
    title="民生实事进展台账",
    title_words=("实事月报",),
    rules=ticks(LEDGER, LivelihoodProgress),
)
