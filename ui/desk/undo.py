"""The steps of this sitting that Ctrl+Z takes back and Ctrl+Y does again."""

from typing import NamedTuple


class Step(NamedTuple):
    """One operation with what it is called."""

    operation_id: int
    label: str


class UndoStack:
    """Two stacks of operations; a new step forgets what could be done again."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._taken_back: list[Step] = []

    @property
    def undoable(self) -> Step | None:
        """The step Ctrl+Z would take back."""
        return self._done[-1] if self._done else None

    @property
    def redoable(self) -> Step | None:
        """The step Ctrl+Y would do again."""
        return self._taken_back[-1] if self._taken_back else None

    def push(self, step: Step) -> None:
        """A new step was done."""
        self._done.append(step)
        self._taken_back.clear()

    def undone(self, reverse: Step) -> None:
        """The last step was taken back by the operation `reverse`."""
        self._done.pop()
        self._taken_back.append(reverse)

    def redone(self, again: Step) -> None:
        """What was taken back last was done again by the operation `again`."""
        self._taken_back.pop()
        self._done.append(again)
