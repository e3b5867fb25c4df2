"""How much of what is counted was brought by now, as units report it: 路灯 9／12盏, one a line or with 、 between."""

from decimal import Decimal
from typing import NamedTuple

from huajie_desktop.values.patterns import pattern
from huajie_desktop.values.reading import Unreadable
from huajie_desktop.values.text import trim, with_points

_BETWEEN = pattern(r"[、，；;\n]+|,(?!\d{3}(?!\d))")
_WIDTHS = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF1A)} | {0xFF0F: "/", 0x3000: " "}
_NUMBER = r"\d[\d,]*(?:\.\d{1,3})?"
_LINE = pattern(
    rf"(?P<name>.*?)[\s:：]*(?:已?完成(?:数量|了)?|已建成?|已装)?[\s:：]*(?P<done>{_NUMBER})?\s*(?P<first>[^\d\s/、.]+?)?\s*"
    rf"(?:/\s*(?:计划|共)?\s*(?P<planned>{_NUMBER})\s*(?P<unit>[^\d\s/.]+)?)?[。.]?"
)
_SIGNS = "□☐☑√✓ "
_LARGEST = Decimal(10) ** 12
_NAME, _UNIT, _TOLD = 40, 20, 3  # characters, and doubts that are told


class Brought(NamedTuple):
    """How much of one thing counted was brought, of how much where that is said: 路灯, 9, 12, 盏."""

    name: str
    done: Decimal
    planned: Decimal | None
    unit: str

    @property
    def words(self) -> str:
        """As a clerk types it; read back it is the same."""
        return f"{self.name} {of_planned(self.done, self.planned)}{self.unit}"


class Brings(NamedTuple):
    """The things brought in the order written, and what is doubtful about the first that leave a doubt."""

    items: tuple[Brought, ...]
    doubt: str = ""

    @property
    def words(self) -> str:
        """All of them, one a line."""
        return "\n".join(item.words for item in self.items)


def plain(amount: Decimal) -> str:
    """A number without trailing zeros: 12, 1.5."""
    return f"{amount.normalize() + Decimal(0):f}"


def of_planned(done: Decimal | None, planned: Decimal | None) -> str:
    """So many of so many: 9／12; what is not known yet is left out to be filled in: ／12."""
    return ("" if done is None else plain(done)) + ("" if planned is None else f"／{plain(planned)}")


def to_bring(name: str, planned: Decimal, unit: str) -> str:
    """A thing of which nothing is said yet, as a line to be filled in before the stroke."""
    return f"{name} ／{plain(planned)}{unit}"


def parse_brought(text: str) -> Brings:
    """Reads how much was brought of what; lines left to be filled in say nothing, what cannot be read is a doubt."""
    items, doubts = list[Brought](), list[str]()
    for part in filter(None, map(trim, _BETWEEN.split(with_points(text).translate(_WIDTHS)))):
        try:
            if found := _read(part.lstrip(_SIGNS)):
                items.append(found)
        except Unreadable as problem:
            doubts.append(str(problem))
    return Brings(tuple(items), "；".join(doubts[:_TOLD]))


def _read(part: str) -> Brought | None:
    found = _LINE.fullmatch(part)
    if found is None:
        raise Unreadable(f"“{part[:20]}”读不出完成了多少，请写成 路灯 9／12盏")
    if found["done"] is None:
        if found["planned"] is not None:
            return None
        raise Unreadable(f"“{part[:20]}”没有写完成了多少，请写成 路灯 9／12盏")
    name, unit = trim(found["name"]), found["unit"] or found["first"] or ""
    if not name or not unit or len(name) > _NAME or len(unit) > _UNIT:
        raise Unreadable(f"“{part[:20]}”读不出是什么、用什么单位，请写成 路灯 9／12盏")
    if found["first"] and found["unit"] and found["first"] != found["unit"]:
        raise Unreadable(f"“{part[:20]}”的两个单位不一样，请写成 路灯 9／12盏")
    done = _amount(found["done"], part)
    return Brought(name, done, _amount(found["planned"], part) if found["planned"] else None, unit)


def _amount(text: str, part: str) -> Decimal:
    amount = Decimal(text.replace(",", ""))
    if amount > _LARGEST:
        raise Unreadable(f"“{part[:20]}”的数量太大，请核对")
    return amount
