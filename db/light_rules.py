"""By which rules tasks get their lights, and from which day each edition of them holds."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from db.base import OfTownship, Record
from db.fields import count, day


class LightRules(OfTownship):
    """One edition of a township's rules; the newest that holds on a day is meant."""

    __tablename__ = "light_rules"
    __table_args__ = (UniqueConstraint("township_id", "valid_from"), Record.__table_args__)
    TITLE = "亮灯规则"

    valid_from: Mapped[date] = day("起用日期", required=True)
    soon_days: Mapped[int] = count("临期天数", unit="天", required=True, most=90, help="离完成时限还有多少天起亮蓝灯")
    behind_points: Mapped[int] = count("滞后幅度", unit="个百分点", required=True, most=100, help="比序时进度落后多少以上亮黄灯")
    silent_days: Mapped[int] = count(
        "持续任务未报天数", unit="天", required=True, least=1, most=366, help="持续推进的任务多少天没有进展亮黄灯"
    )
    receive_days: Mapped[int] = count("签收期限", unit="个工作日", required=True, most=30, help="交办后几个工作日内签收")
    report_day: Mapped[int] = count("每月报送日", unit="日", required=True, least=1, most=31, help="每月进展最晚几日报送")
