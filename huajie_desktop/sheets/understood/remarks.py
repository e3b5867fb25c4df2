"""What stands beside the cells: a village's comments and colours, shown at the field; what is struck or unreadable is doubted."""

from collections import defaultdict
from collections.abc import Mapping

from huajie_desktop.reading.raw import NOT_SHOWN, STRUCK, UNREADABLE, RawSheet
from huajie_desktop.reading.read_record import WARNING, ReadFile, ReadRecord, letter_of
from huajie_desktop.sheets.understood.found_table import Table
from huajie_desktop.sheets.written.marks import PREFIX

_LONGEST = 100  # characters of a comment
_STRUCK_ROW = "这一行划了删除线，是不是取消了？照原样读了，请核对"
_EXAMPLES = 3
_Said = dict[int, dict[int, str]]  # by row and column


class Remarks:
    """What is said beside the cells of one sheet, row by row."""

    def __init__(self, sheet: RawSheet) -> None:
        self._notes, self._marks, self._doubts = map(_by_row, (sheet.notes, sheet.marks, sheet.doubts))
        self.rows = frozenset(self._notes) | self._marks.keys() | self._doubts.keys()

    def put(self, record: ReadRecord, number: int, table: Table, filled: int) -> None:
        """Hints and doubts at a record's fields; what stands in no column of ours belongs to its name.

        `filled` is how many cells of its row say something.
        """
        fields = _fields(table)
        name, hints = table.words.ledger.name, dict[str, list[str]]()
        for column, text in self._notes.get(number, {}).items():
            if not text.startswith(PREFIX):
                hints.setdefault(fields.get(column, name), []).append(f"批注：{' '.join(text.split())[:_LONGEST]}")
        for column, words in self._marks.get(number, {}).items():
            if column in fields:
                hints.setdefault(fields[column], []).append(f"这一格是{words}，程序不按颜色读，请核对")
        if hints:
            record.hints = hints
        doubts = self._doubts.get(number, {})
        struck = [column for column, text in doubts.items() if text == STRUCK]
        cancelled = len(struck) * 2 > filled
        if cancelled:
            record.complain(name, WARNING, _STRUCK_ROW)
        for column, text in doubts.items():
            if (column in fields or text == UNREADABLE) and not (cancelled and text == STRUCK):
                record.complain(fields.get(column, name), WARNING, text)


def tell_marks(file: ReadFile, sheet: RawSheet) -> None:
    """One sentence each about comments, struck cells, unreadable ones, colours and pictures, with an example."""
    where = f"工作表“{sheet.name}”" if sheet.name else "表格"
    notes = {at: text for at, text in sheet.notes.items() if not text.startswith(PREFIX)}
    unreadable = [at for at, text in sheet.doubts.items() if text == UNREADABLE]
    struck = [at for at, text in sheet.doubts.items() if text != UNREADABLE and not text.endswith(NOT_SHOWN)]
    if notes:
        at, text = next(iter(notes.items()))
        file.notices.append(f"{where}有{len(notes)}处批注（如 {_place(at)}：{' '.join(text.split())[:30]}），请看一看要不要改")
    if struck:
        whole = "整格划掉的没有按取消读，划掉一部分的没有读那一部分"
        file.notices.append(f"{where}有{len(struck)}个单元格划了删除线（{_places(struck)}），{whole}，请核对")
    if unreadable:
        file.notices.append(
            f"{where}第{unreadable[0][0] + 1}行有读不出的字（共{len(unreadable)}格：{_places(unreadable)}），请核对"
        )
    if sheet.marks:
        at, words = next(iter(sheet.marks.items()))
        file.notices.append(f"{where}有{len(sheet.marks)}个单元格用颜色标了（如 {_place(at)} 是{words}），程序不按颜色读，请核对")
    if sheet.pictures:
        file.notices.append(f"{where}有{sheet.pictures}处单元格图片没有读，图片请另存后作为附件添加")


def _fields(table: Table) -> dict[int, str]:
    """By column the field its cells belong to."""
    steps = (*(index for index, _, _ in table.periods), table.node_day, table.node_text)
    return {
        **{column: table.words.milestones for column in steps if column is not None},
        **{column: key for key, column in table.index.items()},
    }


def _by_row(said: Mapping[tuple[int, int], str]) -> _Said:
    found: _Said = defaultdict(dict)
    for (row, column), text in said.items():
        found[row][column] = text
    return dict(found)


def _places(cells: list[tuple[int, int]]) -> str:
    return "、".join(map(_place, cells[:_EXAMPLES])) + (" 等" if len(cells) > _EXAMPLES else "")


def _place(at: tuple[int, int]) -> str:
    return f"{letter_of(at[1])}{at[0] + 1}"
