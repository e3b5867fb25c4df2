"""The three registers every office has: its tasks, its units, its people; declared like any ledger."""

from db.models import Person, Task, Unit
from huajie_desktop.ledger import Ledger

TASKS = Ledger(
    key="tasks",
    title="任务清单",
    model=Task,
    columns=("number", "title", "category", "unit", "responsible", "due", "investment", "state"),
    groups=(
        ("做什么", ("title", "content", "category")),
        ("谁负责", ("unit", "responsible", "lead")),
        ("何时完成", ("due", "start", "milestones")),
        ("投资与备注", ("investment", "remarks")),
    ),
    name="title",
    identity=("unit", "title"),
    place="unit",
    day="due",
    filters=("unit", "category", "list_kind", "force"),
)
UNITS = Ledger(
    key="units",
    title="单位",
    model=Unit,
    columns=("name", "kind", "parent", "aliases", "code"),
    groups=(("", ("name", "kind", "parent", "aliases", "code", "since", "closed_on")),),
    name="name",
    identity=("name",),
    filters=("kind",),
)
PEOPLE = Ledger(
    key="people",
    title="人员",
    model=Person,
    columns=("name", "unit", "phone"),
    groups=(("", ("name", "unit", "phone", "closed_on")),),
    name="name",
    identity=("unit", "name"),
    place="unit",
    filters=("unit",),
)
