"""What stands beside the cells: a village's comments, cells struck through or coloured; shown at the field, never acted on."""

from huajie_desktop.reading.raw import RawSheet
from huajie_desktop.reading.read_record import ReadFile, ReadRecord, letter_of
from huajie_desktop.sheets.fenced.cell_looks import STRUCK
from huajie_desktop.sheets.understood.found_table import Table
from huajie_desktop.sheets.written.marks import PREFIX

_LONGEST = 100  # characters of a comment
_STRUCK = "字上划了删除线，是不是取消了？没有按取消读，请核对"


def remark(record: ReadRecord, sheet: RawSheet, number: int, table: Table) -> None:
    """Hints at a record's fields: comments and looks of its row; what stands in no column of ours belongs to its name."""
    fields = {column: key for key, column in table.index.items()}
    name, hints = table.words.ledger.name, dict[str, list[str]]()
    for (row, column), text in sheet.notes.items():
        if row == number and not text.startswith(PREFIX):
            hints.setdefault(fields.get(column, name), []).append(f"批注：{' '.join(text.split())[:_LONGEST]}")
    for (row, column), words in sheet.marks.items():
        if row == number and column in fields:
            hint = _STRUCK if STRUCK in words else f"这一格是{words}，程序不按颜色读，请核对"
            hints.setdefault(fields[column], []).append(hint)
    if hints:
        record.hints = hints


def tell_marks(file: ReadFile, sheet: RawSheet) -> None:
    """One sentence each about comments, struck cells, colours and pictures, with an example."""
    where = f"工作表“{sheet.name}”" if sheet.name else "表格"
    notes = {at: text for at, text in sheet.notes.items() if not text.startswith(PREFIX)}
    struck = {at: words for at, words in sheet.marks.items() if STRUCK in words}
    coloured = {at: words for at, words in sheet.marks.items() if at not in struck}
    if notes:
        at, text = next(iter(notes.items()))
        file.notices.append(f"{where}有{len(notes)}处批注（如 {_place(at)}：{' '.join(text.split())[:30]}），请看一看要不要改")
    if struck:
        file.notices.append(f"{where}有{len(struck)}个单元格划了删除线（如 {_place(next(iter(struck)))}），没有按取消读，请核对")
    if coloured:
        at, words = next(iter(coloured.items()))
        file.notices.append(f"{where}有{len(coloured)}个单元格用颜色标了（如 {_place(at)} 是{words}），程序不按颜色读，请核对")
    if sheet.pictures:
        file.notices.append(f"{where}有{sheet.pictures}处单元格图片没有读，图片请另存后作为附件添加")


def _place(at: tuple[int, int]) -> str:
    return f"{letter_of(at[1])}{at[0] + 1}"
