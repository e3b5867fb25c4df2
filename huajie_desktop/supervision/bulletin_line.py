"""One line of the monthly bulletin: what is counted of a unit's, a category's or all tasks as of a day."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

from db.fields import in_wan
from huajie_desktop.lights.light import BEHIND, DONE, OVERDUE, STOPPED

SUMMED = ("tasks", "due", "in_time", "shares", "shared", "planned", "spent", "unreported", "unreceived")


@dataclass(slots=True)
class Line:
    """What is counted of some tasks as of a day. Money in 元; `due` are those whose due day has come, `unreported` those
    whose report of the month is missing behind its last day, `shares` the per cent of `shared` tasks added up.
    """

    key: int | None  # the unit's or category's id; None for tasks without one, and for the whole
    name: str
    tasks: int = 0
    due: int = 0
    in_time: int = 0
    shares: int = 0
    shared: int = 0
    planned: Decimal = Decimal(0)
    spent: Decimal = Decimal(0)
    unreported: int = 0
    unreceived: int = 0
    lights: Counter[str] = field(default_factory=Counter)  # by key of LOOKS
    notices: Counter[str] = field(default_factory=Counter)  # by level, issued so far
    unanswered: int = 0
    findings: int = 0  # open ones

    def add(self, other: "Line") -> None:
        """Counts another's tasks, notices and findings as well."""
        for name in (*SUMMED, "unanswered", "findings"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.lights += other.lights
        self.notices += other.notices

    @property
    def says(self) -> bool:
        """Whether there is anything to count."""
        return bool(self.tasks or self.findings or self.notices)

    @property
    def percent(self) -> int | None:
        """How far they are on the average, whole per cent; None where nobody said."""
        return round(Decimal(self.shares) / self.shared) if self.shared else None

    @property
    def done(self) -> int:
        """Finished by the day."""
        return self.lights[DONE]

    @property
    def overdue(self) -> int:
        """Past their due day and not done: the red ones."""
        return self.lights[OVERDUE]

    @property
    def running(self) -> int:
        """All but those that are stopped, which are nobody's fault."""
        return self.tasks - self.lights[STOPPED]

    @property
    def in_order(self) -> int:
        """Done in time, or underway and neither behind nor overdue."""
        return self.running - self.overdue - self.lights[BEHIND] - (self.done - self.in_time)

    @property
    def planned_wan(self) -> Decimal:
        """What they are to cost, in 万元."""
        return in_wan(self.planned)

    @property
    def spent_wan(self) -> Decimal:
        """What was reported as spent last, in 万元."""
        return in_wan(self.spent)
