"""Tasks as papers and reports show them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from db.choices import STATES
from db.fields import in_wan
from db.hanging import hanging_on
from db.ledgers.progress import Progress
from db.models import Attachment, Campaign, Category, Cooperation, Dimension, Funding, FurtherCategory, Responsibility, Task, Unit
from huajie_desktop.ordering import number_key
from huajie_desktop.seat import SeatSession
from huajie_desktop.typesetting.content import Item, word_amount, word_day, word_due
from huajie_desktop.work.task_ledger import TASK_REVIEW


def tasks_with_items(
    session: SeatSession,
    names: Mapping[int, str],
    *,
    state: str | None = TASK_REVIEW.counted,
    ids: Collection[int] | None = None,
    whole: bool = False,
    campaign: Campaign | None = None,
) -> Iterator[tuple[Task, Item]]:
    """The tasks in that state (None: any), of those ids (None: all), as they stand on paper; `names` are the units'.

    They are those of `campaign` (None: of the one on the table), sorted by unit, category, number. With `whole` the items also
    say what only lists and forms of one task need.
    """
    statement = (
        select(Task)
        .join(Unit, Unit.id == Task.unit_id)
        .outerjoin(Category, Category.id == Task.category_id)
        .outerjoin(Dimension, Dimension.id == Category.dimension_id)
        .where(Task.campaign_id == (campaign.id if campaign else session.seat.campaign_id))
        .order_by(Unit.position, Unit.id, Dimension.position, Category.position, Task.category_id, Task.id)
        .options(
            joinedload(Task.lead),
            joinedload(Task.category).joinedload(Category.dimension),
            selectinload(Task.responsible).joinedload(Responsibility.person),
            selectinload(Task.further).joinedload(FurtherCategory.category).joinedload(Category.dimension),
        )
    )
    if whole:
        parts = selectinload(Task.milestones), selectinload(Task.funding), selectinload(Task.progress)
        statement = statement.options(*parts, selectinload(Task.cooperating).joinedload(Cooperation.unit))
    if state is not None:
        statement = statement.where(Task.state == state)
    if ids is not None:
        statement = statement.where(Task.id.in_(ids))
    for _place, found in groupby(session.scalars(statement), key=lambda task: (task.unit_id, task.category_id)):
        for task in sorted(found, key=lambda task: number_key(task.number)):
            yield task, _item(task, names[task.unit_id], whole=whole)


def proofs(session: SeatSession, task_id: int) -> str:
    """The names of a task's files, one a line."""
    return "\n".join(
        session.scalars(select(Attachment.name).where(hanging_on(Attachment, Task, [task_id])).order_by(Attachment.id))
    )


def _item(task: Task, unit: str, *, whole: bool) -> Item:
    investment: Decimal | None = None if task.investment is None else in_wan(task.investment)
    return Item(
        number=task.number or "",
        title=task.title,
        content=task.content or "",
        category=task.category.name if task.category else "",
        dimension=task.category.dimension.name if task.category else "",
        responsible=tuple(link.person.name for link in task.responsible),
        lead=task.lead.name if task.lead else "",
        due_text=word_due(task.due, task.due_precision or "day", task.ongoing),
        due=task.due,
        investment=investment,
        state=STATES[task.state],
        unit=unit,
        further=tuple((link.category.dimension.name, link.category.name) for link in task.further),
        **(_further(task) if whole else {}),
    )


def _further(task: Task) -> dict[str, str]:
    return {
        "start": word_day(task.start) if task.start else "",
        "finished": word_day(task.finished_on) if task.finished_on else "",
        "milestones": "\n".join(node.text for node in task.milestones),
        "cooperating": "\n".join(link.unit.name for link in task.cooperating),
        "funding": "\n".join(item.source + _planned(item) for item in task.funding),
        **_reported(task.progress),
        "remarks": task.remarks or "",
    }


def _reported(lines: Sequence[Progress]) -> dict[str, str]:
    """What the last report says that says anything."""
    reports = ({"progress": line.summary, "problems": line.problems, "next_steps": line.next_steps} for line in reversed(lines))
    latest = next((said for said in reports if any(said.values())), dict.fromkeys(("progress", "problems", "next_steps")))
    return {key: text or "" for key, text in latest.items()}


def _planned(item: Funding) -> str:
    return "" if item.planned is None else f"{word_amount(in_wan(item.planned))}万元"
