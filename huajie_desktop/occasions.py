"""What a copy of everything is made for."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Occasion(StrEnum):
    """Why a copy was made; the value stands in its name on the disk."""

    DAY = "day"
    CLOSE = "close"
    IMPORT = "import"
    MERGE = "merge"
    RESTORE = "restore"
    MIGRATION = "migration"
    HAND = "hand"


WORDS: Mapping[str, str] = MappingProxyType(
    {
        Occasion.DAY: "当天第一次打开",
        Occasion.CLOSE: "关闭程序时",
        Occasion.IMPORT: "导入之前",
        Occasion.MERGE: "合并之前",
        Occasion.RESTORE: "恢复之前",
        Occasion.MIGRATION: "升级之前",
        Occasion.HAND: "手工备份",
    }
)
