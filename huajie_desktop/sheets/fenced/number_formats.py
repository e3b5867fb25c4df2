"""What a number format lets the eye see: scale, unit, per cent, a month without its day. Runs in the reader process.

What is shown is handed over with all its places: 125678 under 0!.0,"万" is shown as 12.6万 and handed over as 12.5678万. Formats
that show the value itself (General, 0.00, #,##0, whole dates) leave the cell as it is, so that a plain sheet costs nothing. The
libraries there are round as the eye does, and are new or no longer kept.
"""

import datetime as dt
import math
import operator
import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.?)|[_*](?P<filling>.?)|\[(?P<bracket>[^\]]*)\]?|(?P<general>General|G/通用格式)'
    r"|(?P<digit>[0#?])|(?P<power>E[+-])|(?P<next>;)|(?P<day>y+|m+|d+|h+|s+|e+|AM/PM|A/P)|(?P<text>@)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<>|<=|>=|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<>": operator.ne, "<=": operator.le, ">=": operator.ge, "<": operator.lt, ">": operator.gt, "=": operator.eq,
}  # fmt: skip
_ELAPSED = re.compile("h+|m+|s+", re.IGNORECASE)
_SIGNS = " -+()\u00a0"  # what says nothing but whether it is below 0
_PLAIN = _SIGNS + ".、．"  # and what stands behind serial numbers
_LONGEST_SERIAL = 3  # digits with zeros before them that are but a serial number
_PLACES = 15  # digits a spreadsheet keeps of a number
_CALENDAR = frozenset("yemdhs")
BUILT_IN = {
    9: "0%", 10: "0.00%", 17: "mmm-yy", 27: 'yyyy"年"m"月"', 36: 'yyyy"年"m"月"', 50: 'yyyy"年"m"月"', 52: 'yyyy"年"m"月"',
    57: 'yyyy"年"m"月"',
}  # fmt: skip  # by number, those that show something else than the value; as they are in China
Token = tuple[str, str]
_POINT, _DRAWN, _COMMA, _PERCENT, _FILLED = ("other", "."), ("literal", "."), ("other", ","), ("other", "%"), ("digit", "0")


class Look:
    """How the cells of one number format look."""

    __slots__ = ("_sections",)

    def __init__(self, sections: list["_Section"]) -> None:
        self._sections = sections

    def of(self, cell: object) -> object:
        """The cell as the eye sees it: a text where the format makes something else of it, else itself. Never raises."""
        if isinstance(cell, bool):
            return cell
        if isinstance(cell, int | float):
            return self._chosen(cell).number(cell) if math.isfinite(cell) else cell
        if isinstance(cell, dt.date):
            return self._sections[0].month(cell)
        if isinstance(cell, str) and cell and (last := self._sections[-1]).is_text:
            return f"{last.before}{cell}{last.after}"
        return cell

    def _chosen(self, value: float) -> "_Section":
        """The section a number is shown by: that of its condition, else positive;negative;zero."""
        numbers = [section for section in self._sections[:3] if not section.is_text] or self._sections[:1]
        conditions = [section.condition for section in numbers[:2]]
        if any(conditions):
            met = (s for s, condition in zip(numbers, conditions, strict=False) if condition and condition(value))
            others = [section for section in numbers if section.condition is None]
            return next(met, others[-1] if others else numbers[-1])
        place = 0 if value > 0 else 1 if value < 0 else 2
        return numbers[place] if place < len(numbers) else numbers[0]


class _Section:
    """One part of a format, between two semicolons."""

    def __init__(self, tokens: list[Token]) -> None:
        brackets = [text for kind, text in tokens if kind == "bracket"]
        letters = {text[0].lower() for kind, text in tokens if kind == "day"}
        elapsed = any(_ELAPSED.fullmatch(text) for text in brackets)
        whole = elapsed or bool({"d", "h", "s"} & letters) or not letters & _CALENDAR
        self.condition = next(filter(None, map(_condition, brackets)), None)
        self.is_text = any(kind == "text" for kind, _ in tokens)
        self._is_date = bool(letters) or elapsed
        self._month = None if whole else [token for token in tokens if token[0] in ("day", "literal", "other")]
        self._odd = any(kind == "power" or (kind, text) == ("other", "/") for kind, text in tokens)
        self._hides = not tokens
        self._shape(_as_literals(tokens))

    def _shape(self, tokens: list[Token]) -> None:
        """Takes the part apart: what stands before and behind the digits, literals among them, places, scale."""
        at = [i for i, token in enumerate(tokens) if token[0] in ("digit", "general", "text") or token == _POINT]
        first, last = (at[0], at[-1]) if at else (len(tokens), len(tokens))
        behind = tokens[last + 1 :]
        commas = _leading_commas(behind)
        self._has_number = bool(at)
        self.before, self.after = _said(tokens[:first]), _said(behind[commas:])
        whole, rest, drawn = _parted(tokens[first : last + 1])
        commas += _leading_commas(whole[::-1])
        self._shift = 2 * tokens.count(_PERCENT) - 3 * commas - (_digits(rest) if drawn else 0)
        self._least, self._places = whole.count(_FILLED), rest.count(_FILLED)
        literals = [(i, text) for i, (kind, text) in enumerate(whole) if kind == "literal" and text.strip(_SIGNS)]
        self._inside = [(_digits(whole[i:]), text) for i, text in literals]

    @property
    def is_plain(self) -> bool:
        """Whether it shows the value itself."""
        if self._hides:
            return False
        if self._is_date:
            return self._month is None
        if self._odd:
            return True
        bare = not (self.before + self.after).strip(_PLAIN)
        if self.is_text or not self._has_number:
            return bare
        return bare and not self._shift and not self._inside and self._least <= _LONGEST_SERIAL

    def number(self, value: float) -> object:
        """A number under this part."""
        if self._is_date or self.is_text or self.is_plain:
            return value
        if not self._has_number:
            return self.before  # a word in place of the number, or nothing
        whole, _, places = format(abs(Decimal(format(value, f".{_PLACES}g"))).scaleb(self._shift), "f").partition(".")
        places, whole = places.rstrip("0").ljust(self._places, "0"), whole.zfill(self._least)
        before, after = self.before.strip(), self.after.strip()
        if value < 0:
            before, after = "-" + before.replace("-", "").replace("(", ""), after.replace(")", "")
        return f"{before}{_drawn(whole, self._inside)}{'.' if places else ''}{places}{after}"

    def month(self, day: dt.date) -> object:
        """A day under this part: as month or year where only these are shown."""
        if self._month is None:
            return day
        letters = {text[0].lower() for kind, text in self._month if kind == "day"}
        parts = {"y": str(day.year), "e": str(day.year), "m": str(day.month)}
        said = "".join(parts.get(text[0].lower(), "") if kind == "day" else text for kind, text in self._month)
        if ("m" not in letters or "月" in said) and (letters == {"m"} or "年" in said):
            return said.strip()
        year = f"{day.year}年" if letters & {"y", "e"} else ""
        return year + (f"{day.month}月" if "m" in letters else "")


@lru_cache(4096)
def look_of(code: str) -> Look | None:
    """How cells of that format look; None where they look as they are. Never raises."""
    sections: list[list[Token]] = [[]]
    for found in _TOKEN.finditer(code[:500]):
        kind, text = str(found.lastgroup), found[found.lastgroup or 0] or ""
        if kind == "next":
            sections.append([])
        elif kind != "filling":
            sections[-1].append(("literal" if kind in ("quoted", "escaped") else kind, text))
    whole = len(sections) in (1, 3, 4)  # of all it is said how they look: under ;;; they are not shown
    made = [_Section(tokens) for tokens in sections[:4] if tokens or whole]
    return None if all(section.is_plain for section in made) else Look(made)


def _as_literals(tokens: list[Token]) -> list[Token]:
    """The tokens as they stand around a number: signs of money are words, conditions and colours are nothing."""
    found = []
    for kind, text in tokens:
        if kind == "bracket":
            sign = text[1:].partition("-")[0] if text.startswith("$") else ""
            found += [("literal", sign)] if sign else []
        elif kind == "other" and text not in ".,%":
            found.append(("literal", text))
        else:
            found.append((kind, text))
    return found


def _said(tokens: list[Token]) -> str:
    return "".join(text for kind, text in tokens if kind == "literal" or (kind, text) == _PERCENT)


def _digits(tokens: list[Token]) -> int:
    return sum(kind == "digit" for kind, _ in tokens)


def _parted(inside: list[Token]) -> tuple[list[Token], list[Token], bool]:
    """What stands before and behind the point, and whether that is but drawn: under 0!.0 the value is ten times what is shown."""
    drawn = _POINT not in inside and inside.count(_DRAWN) == 1
    if _POINT not in inside and not drawn:
        return inside, [], False
    point = inside.index(_DRAWN if drawn else _POINT)
    return inside[:point], inside[point + 1 :], drawn


def _leading_commas(tokens: list[Token]) -> int:
    count = 0
    while count < len(tokens) and tokens[count] == _COMMA:
        count += 1
    return count


def _drawn(digits: str, inside: list[tuple[int, str]]) -> str:
    """Digits with literals among them, each at its place from the right: 202103 under 0000"年"00 is 2021年03."""
    if not inside:
        return digits
    digits, done, start = digits.zfill(inside[0][0]), "", 0
    for place, text in inside:
        cut = len(digits) - place
        done, start = done + digits[start:cut] + text, cut
    return done + digits[start:]


def _condition(bracket: str) -> Callable[[float], bool] | None:
    found = _CONDITION.fullmatch(bracket.strip())
    if not found:
        return None
    compare, bound = _COMPARE[found[1]], float(found[2])
    return lambda value: compare(value, bound)
