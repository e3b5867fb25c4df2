"""The year's status report: gathered from the tasks and ledgers, written as a PDF."""

from pathlib import Path

from huajie_desktop import settings
from huajie_desktop.errors import Problem
from huajie_desktop.jobs import Job
from huajie_desktop.office import categories, is_demo
from huajie_desktop.papers.gathering import campaign_name
from huajie_desktop.papers.items import tasks_with_items
from huajie_desktop.papers.ledger_sections import ledger_sections
from huajie_desktop.papers.printing import Printed, write_report
from huajie_desktop.seat import Seat
from huajie_desktop.township.unit_names import names_on, paper_day
from huajie_desktop.typesetting.content import ReportContent
from huajie_desktop.typesetting.faces import apply_faces
from huajie_desktop.work.task_ledger import TASK_REVIEW


def make_report(seat: Seat, target: Path, job: Job | None = None, *, approved_only: bool | None = None) -> Printed:
    """Writes the status report of the year to `target`, of approved tasks alone or of all (None: as the office has settled).

    Raises Problem when there is nothing to report.
    """
    with seat.reading() as session:
        apply_faces(session)
        year = session.campaign
        names = names_on(session, paper_day(year.year, seat.today()))
        alone = settings.approved_only(session) if approved_only is None else approved_only
        items = tuple(item for _task, item in tasks_with_items(session, names, state=TASK_REVIEW.counted if alone else None))
        if not items and alone:
            raise Problem("还没有已确认的任务，报告没有制作。请先审核通过任务，或去掉“只统计已确认”。")
        if not items:
            raise Problem("清单里还没有任务，报告没有制作。请先导入或录入任务。")
        order = tuple(category.name for category in categories(session))
        top = names[year.township_id]
        ledgers, name = ledger_sections(session, names, approved_only=alone), campaign_name(year, demo=is_demo(session))
        content = ReportContent(top, year.year, name, seat.today(), items, order, alone, ledgers)
    return write_report(content, target, job)
