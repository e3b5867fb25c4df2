"""What the database can refuse, by reason; the layer above words it for the clerk."""

from enum import StrEnum


class Reason(StrEnum):
    """Why the data could not be opened or written."""

    FULL = "full"
    BROKEN_DISK = "broken_disk"  # it can be neither read nor written to the end
    READ_ONLY = "read_only"
    BUSY = "busy"
    DAMAGED = "damaged"
    EMPTY = "empty"  # no byte, or no table, is left in it
    FOREIGN = "foreign"  # another program's
    MOVED = "moved"  # while it was open
    LINKED = "linked"  # it has a second name, by which another program may write it
    NEWER = "newer"
    UNREADABLE = "unreadable"
    UNREACHABLE = "unreachable"
    UNFIT = "unfit"
    OVERLONG = "overlong"


class StorageError(Exception):
    """The data could not be opened, read or written; nothing of the attempted change was kept where it should be."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class ChangedSince(Exception):
    """An operation cannot be undone alone: rows were changed or used since; names the first and all later operations."""

    def __init__(self, record: str, later: list[int]) -> None:
        super().__init__(record)
        self.record = record
        self.later = later
