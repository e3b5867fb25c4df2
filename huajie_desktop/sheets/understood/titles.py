"""What stands around a table: the unit in title, 填报单位 line, sheet name or file name; unit of money; counts stated."""

import re
from collections.abc import Sequence
from pathlib import PurePath

from huajie_desktop.reading.cell_text import show
from huajie_desktop.reading.known import Known, KnownCategory, KnownUnit
from huajie_desktop.reading.raw import RawSheet
from huajie_desktop.sheets.understood.found_table import Table
from huajie_desktop.sheets.understood.headers import money_unit
from huajie_desktop.sheets.understood.returned import is_identity
from huajie_desktop.sheets.understood.title_lines import names_place
from huajie_desktop.values.money import FACTORS
from huajie_desktop.values.text import fold, trim, without_brackets

_REPORTER = re.compile(
    r"(?:填报|报送|上报|填表|申报|承诺|责任|报表|编制)?(?:单位|村居|村名|行政村|村|居)(?:名称)?:(?!万元|元|亿元)(.*)"
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)年")
_COUNT = re.compile(r"(?:共|合计|总计|[^\d])(\d{1,4})[项件条](?!目)")
_MONTH = re.compile(r"(?<![\d月至\-—~])(\d{1,2})月份?(?![\d至\-—~])")
_MOST_LINES = 20  # lines over a table that are looked at
_SUMMARY = re.compile(r"汇总|总表|合计|总览|统计")


class Surroundings:
    """Lines above the table and the names of sheet and file, searched in the order of the answer key."""

    def __init__(self, file_name: str, sheet: RawSheet, table: Table, known: Known) -> None:
        self._known, self._sheet_name, self._stem = known, sheet.name, PurePath(file_name).stem
        self._rows = _lines(sheet, table.above)
        before = [_lines(sheet, rows) for rows in table.before]
        self._under = next((rows for rows in reversed(before) if rows), [])
        own = self.own_money_unit = _money_unit(self._rows)
        self.stated_above = set() if own else {*table.units_before, *filter(None, map(_money_unit, before))}  # units of money
        self.money_unit = own or (min(self.stated_above) if len(self.stated_above) == 1 else "")
        self._apart = bool(table.before) and any(names_place(text) for row in self._rows for text in row)

    def units(self) -> list[tuple[str, KnownUnit]]:
        """Every place that names a unit, best first: title, 填报单位, sheet name, file name."""
        words = self._known.unit_words
        title, reporter = self._named(self._rows)
        if self._apart and not (title or reporter):
            return []  # a village nobody knows, below the list of another one
        if not (title or reporter):
            title, reporter = self._named(self._under)
        sheet = words.find(self._sheet_name) or words.search(self._sheet_name)
        file = words.search(self._stem)
        found = (("标题", title), ("填报单位", reporter), ("工作表名", sheet), ("文件名", file))
        return [(place, unit) for place, unit in found if unit]

    def heading(self) -> str:
        """The line right over the header if it stands there alone, as 一、重点工作 does; "" without one."""
        line = self._rows[-1] if self._rows else []
        return line[0] if len(line) == 1 else ""

    def category(self) -> KnownCategory | None:
        """The one category the lines over the table speak of, alone or within a title."""
        words = self._known.category_words
        return next((found for row in reversed(self._rows) for text in row if (found := words.search(text))), None)

    def _named(self, rows: Sequence[Sequence[str]]) -> tuple[KnownUnit | None, KnownUnit | None]:
        """The units named in titles and behind 填报单位."""
        words = self._known.unit_words
        title = next((u for row in rows for text in row if not self._reporter([text]) and (u := words.search(text))), None)
        named = (name for row in rows if (name := self._reporter(row)))
        return title, next((u for name in named if (u := words.find(name) or words.search(name))), None)

    def unknown_reporter(self) -> str:
        """What the 填报单位 line says when it is no known unit."""
        return next((name for row in self._rows if (name := self._reporter(row))), "")

    def years(self) -> set[int]:
        """Years the lines above the table name."""
        return {
            int(year)
            for row in self._rows
            for text in row
            if not re.search(r"日期|时间|填报", text)
            for year in _YEAR.findall(text)
        }

    def month(self) -> int | None:
        """The month the lines above the table, the sheet's or the file's name speak of; None where it is none or several."""
        for texts in (*self._rows, [self._sheet_name], [self._stem]):
            months = {int(month) for text in texts for month in _MONTH.findall(fold(text)) if 1 <= int(month) <= 12}
            if len(months) == 1 and not any(re.search(r"填报|日期", text) for text in texts):
                return months.pop()
        return None

    def stated_count(self) -> int | None:
        """The number of tasks a title states (254项)."""
        for row in self._rows:
            if row and (count := _COUNT.search(fold(row[0]))):
                return int(count[1])
        return None

    def _reporter(self, row: Sequence[str]) -> str:
        for i, text in enumerate(row):
            match = _REPORTER.search(without_brackets(fold(text)))
            if match:
                return re.split(r"填报|日期|单位", match[1])[0] or (row[i + 1] if i + 1 < len(row) else "")
        return ""


def _lines(sheet: RawSheet, rows: range) -> list[list[str]]:
    """What the last lines over a table say; blank ones do not count."""
    said = [row for row in sheet.rows[rows.start : rows.stop] if any(cell not in ("", None) for cell in row)]
    return [[trim(show(cell)) for cell in row if show(cell).strip() and not is_identity(cell)] for row in said[-_MOST_LINES:]]


def _money_unit(rows: Sequence[Sequence[str]]) -> str:
    said = (text for row in rows for text in row if "单位" in text or fold(text).strip("()") in FACTORS)
    return next(filter(None, map(money_unit, said)), "")


def is_summary(sheet_name: str) -> bool:
    """Whether a sheet is by its name the sum of the others."""
    return _SUMMARY.search(sheet_name) is not None
