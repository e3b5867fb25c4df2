"""Tasks for the tests of lights: days are written as in 2021 (8-31) or with their year."""

from datetime import date

from huajie_desktop.lights.task_facts import DueChange, Ending, Milestone, Pause, Reported, TaskFacts

FIRST = date(2021, 1, 1)


def day(text):
    if text is None:
        return None
    numbers = [int(part) for part in text.split("-")]
    return date(*numbers) if len(numbers) == 3 else date(2021, *numbers)


def task(start=None, due=None, **more):
    """Parts are tuples of texts for days, as their NamedTuples have them."""
    made = {
        "reports": lambda on, percent=None, stage=None, month=None: Reported(day(on), percent, stage, day(month)),
        "milestones": lambda due, reached=None, text="": Milestone(day(due), day(reached), text),
        "due_changes": lambda *days: DueChange(*map(day, days)),
        "pauses": lambda *days: Pause(*map(day, days)),
        "endings": lambda *days: Ending(*map(day, days)),
    }
    said = {
        key: tuple(made[key](*part) for part in value) if key in made else day(value) if isinstance(value, str) else value
        for key, value in more.items()
    }
    return TaskFacts(**{"first_day": FIRST, "start": day(start), "due": day(due)} | said)
