"""What a clerk corrected in what a sender writes, remembered for the sender's next sheet."""

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from db.base import OfTownship, Record
from db.fields import Kind, choice, reference, short_text

CORRECTION_KINDS = {"header": "表头", "value": "内容"}


class Correction(OfTownship):
    """A header or a value a unit writes in its own way, and what it means: 杨坑 → 杨杭村."""

    __tablename__ = "corrections"
    __table_args__ = (UniqueConstraint("township_id", "unit_id", "ledger", "kind", "field", "said"), Record.__table_args__)
    TITLE = "改正记忆"

    unit_id: Mapped[int | None] = reference("填报单位", Kind.UNIT, "units.id")  # None: whoever sends it
    ledger: Mapped[str] = short_text("表格种类", length=40, required=True)  # key of a ledger
    kind: Mapped[str] = choice("改正的是", CORRECTION_KINDS)
    field: Mapped[str] = short_text("字段", length=40, required=True)  # a header's new field, or the field whose value it is
    said: Mapped[str] = short_text("表里写的", length=200, required=True)
    meant: Mapped[str | None] = short_text("改为", length=200)  # empty for a header: its meaning is the field
