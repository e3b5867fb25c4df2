"""What is given out with personal data in full leaves a trace in the history: who, when, what, how much, in which file."""

from collections.abc import Iterator
from contextlib import contextmanager

from db.log import Act
from huajie_desktop.seat import Seat


@contextmanager
def traced(seat: Seat, label: str) -> Iterator[None]:
    """What is put in place inside is noted under `label`; where it cannot be, nothing is noted."""
    with seat.operation(Act.EXPORT, label) as running:
        running.leave_trace()
        yield
