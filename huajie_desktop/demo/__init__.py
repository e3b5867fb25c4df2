"""The demo: the whole main job on made-up data, marked as such."""

from collections.abc import Iterator
from pathlib import Path

from huajie_desktop.application import Application
from huajie_desktop.demo import details, disputes, forces, organisation
from huajie_desktop.exchange import importing, intake
from huajie_desktop.papers.making import Order, make
from huajie_desktop.papers.reporting import make_report
from huajie_desktop.township import office
from huajie_desktop.work.checklist import TaskFilter, task_ids
from huajie_desktop.work.dossier import make_dossiers
from huajie_desktop.work.review import approve
from resources import path

CLERK, REVIEWER = "张三（演示）", "李四（演示）"


def demo_files() -> list[Path]:
    """The workbooks 27 units of the demo sent."""
    return sorted(path("demo").glob("*.xlsx"))


def open_demo(folder: Path) -> Application:
    """Opens `folder` with the demo's data: set up, marked, imported by a clerk, approved by a reviewer."""
    app = Application.open(folder)
    app.actor = CLERK
    if office.is_set_up(app):
        return app
    office.set_up(app, office.DEFAULT_TOWNSHIP, office.DEFAULT_YEAR)
    office.mark_as_demo(app)
    intake.apply(app, importing.preview(app, demo_files()))
    details.fill(app)
    app.actor = REVIEWER
    with app.reading() as session:
        submitted = task_ids(session, TaskFilter(state="submitted"), today=app.today())
    approve(app, submitted)
    organisation.fill(app)
    forces.fill(app)
    disputes.fill(app, CLERK, REVIEWER)
    return app


def make_everything(app: Application, out: Path) -> Iterator[Path]:
    """Writes pledges and slips of all units, the report, the task forces and a dossier into `out`; yields each file."""
    out.mkdir(parents=True, exist_ok=True)
    for kind, name in (("pledge", "承诺书"), ("slip", "承诺交办单")):
        yield from make(app, Order(kind), out / f"{name}（全部单位）.pdf").files
        yield from make(app, Order(kind), out / name, separate=True).files
    make_report(app, out / "任务进展情况报告.pdf")
    yield out / "任务进展情况报告.pdf"
    yield from make(app, Order("forces"), out / "专班一览表.pdf").files
    with app.reading() as session:
        first = task_ids(session, TaskFilter(text="路灯"), today=app.today())[:1]
    make_dossiers(app, first, out / "一事一档.pdf")
    yield out / "一事一档.pdf"
