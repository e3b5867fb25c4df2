"""Long work without a window: who is told how far it is, and how it is stopped."""

from typing import Protocol


class Job(Protocol):
    """Where progress is told; `step` raises Cancelled when the user stopped the job."""

    def step(self, done: int, total: int, text: str) -> None:
        """`done` of `total` is finished; `text` says in Chinese what comes now."""


class Silent:
    """A job nobody watches."""

    def step(self, done: int, total: int, text: str) -> None:
        """Tells nobody."""
