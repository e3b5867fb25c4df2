"""Moments: kept in UTC without a zone, shown in the computer's own time."""

from datetime import UTC, datetime

NOW = "now"  # in a session's info: the clock its operations are kept by, `utc_now` unless it is another


def utc_now() -> datetime:
    """This moment as it is kept."""
    return datetime.now(UTC).replace(tzinfo=None)


def local_time(kept: datetime) -> datetime:
    """A kept moment as the clock on the wall showed it."""
    return kept.replace(tzinfo=UTC).astimezone().replace(tzinfo=None)
