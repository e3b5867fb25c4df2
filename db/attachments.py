"""Files (附件) of any record: kept once under their content's digest, hanging on the record they were added to."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from db.fields import short_text
from db.hanging import Hanging, Pair
from db.types import Line
from db.uids import LENGTH

ATTACHMENT_KINDS = {"photo": "照片", "scan": "扫描件", "document": "文档", "other": "其他"}


class Attachment(Hanging):
    """A file of a record; it may prove one of the record's parts: a milestone reached, an occurrence done."""

    __tablename__ = "attachments"
    TITLE = "附件"
    PAIRS: ClassVar = (*Hanging.PAIRS, Pair("proves_kind", "proves_uid", goes=False))
    CONTENT: ClassVar = True

    proves_kind: Mapped[str | None] = mapped_column(Line(40))  # the table of the part it proves
    proves_uid: Mapped[str | None] = mapped_column(Line(LENGTH), index=True)
    name: Mapped[str] = short_text("文件名", length=255, required=True)
    kind: Mapped[str] = short_text("附件种类", length=20, required=True)  # key of ATTACHMENT_KINDS
    digest: Mapped[str] = short_text("内容校验", length=64, required=True)  # SHA-256, hexadecimal
    size: Mapped[int]  # bytes
    added_at: Mapped[datetime]
    added_by: Mapped[str] = short_text("添加人", length=40, required=True)
