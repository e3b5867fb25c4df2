"""Dated notes on how something went on (跟进记录), on any record."""

from datetime import date
from typing import ClassVar

from sqlalchemy.orm import Mapped

from db.fields import day, long_text
from db.hanging import Hanging


class FollowUp(Hanging):
    """One note of one day; who wrote it says the history."""

    __tablename__ = "follow_ups"
    TITLE = "跟进记录"
    CONTENT: ClassVar[bool] = False

    on: Mapped[date] = day("日期", required=True)
    words: Mapped[str] = long_text("情况", required=True)
