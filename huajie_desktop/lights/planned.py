"""How far a task should be on a day (序时进度): by its milestones, else evenly over its working days."""

from datetime import date

from huajie_desktop.lights.task_facts import TaskFacts
from huajie_desktop.lights.workdays import Workdays

WHOLE = 100


def planned_share(facts: TaskFacts, day: date, workdays: Workdays) -> int | None:
    """Whole per cent, rounded down, that should be done by the end of that day; None where nothing says by when.

    0 before the task begins, 100 from its due day on. Each milestone counts alike, from its due day on. Without any the working
    days gone of all from the first to the due day; a stop of work moves nothing, only a decision moves the due day.
    """
    if facts.ongoing or (facts.due is None and not facts.milestones):
        return None
    if facts.due is not None and day >= facts.due:
        return WHOLE
    if day < facts.begin:
        return 0
    if facts.milestones:
        return WHOLE * sum(one.due <= day for one in facts.milestones) // len(facts.milestones)
    assert facts.due is not None
    whole = workdays.working_days_between(facts.begin, facts.due)
    return WHOLE * workdays.working_days_between(facts.begin, day) // whole if whole else 0


def counted_by_weekdays(facts: TaskFacts, workdays: Workdays) -> str:
    """The sentence that its plan lies in years without a calendar; "" where it does not or counts no working days."""
    if facts.ongoing or facts.milestones or facts.due is None:
        return ""
    return workdays.not_known(facts.begin, facts.due)
