"""What is said of a file that was read: what a reader of the paper would not see, what is missing, what does not agree."""

from collections.abc import Sequence

from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.reading.known import Known, KnownUnit
from huajie_desktop.reading.raw import RawSheet
from huajie_desktop.reading.read_record import ReadFile, ReadTable
from huajie_desktop.sheets.understood.headers import vocabulary
from huajie_desktop.sheets.understood.remarks import tell_marks
from huajie_desktop.sheets.understood.titles import Surroundings

_NO_TABLE = "没有找到{}：要有一行表头，写明{}等。请检查是不是选错了文件"
_FOREIGN = "这是别的单位（办公室）发的模板，里面的编号这里不认识，按普通表格读"
_UNSIGNED = "这份模板的编号全都对不上，按普通表格读，请核对每一行是不是原来那一项"
_UNSAID = "认出了表头（第{}行）：{}等，但看不出是{}。请在“列对应”里指定哪一列是{}，或检查是不是选错了文件"


def tell_sheet(file: ReadFile, sheet: RawSheet, *, held: bool, ours: tuple[int, int] = (0, 0)) -> None:
    """Says what a reader of the paper would not see, and which sheets hold no list; `ours` rows and columns we hid ourselves."""
    where = f"工作表“{sheet.name}”" if sheet.name else "表格"
    if sheet.problem:
        file.notices.append(sheet.problem)
    if not held:
        if sheet.visible and any(cell not in ("", None) for row in sheet.rows for cell in row):
            file.notices.append(f"{where}里没有{file.known.ledger.title}，没有读")
        return
    tell_marks(file, sheet)
    if not sheet.visible:
        file.notices.append(f"{where}是隐藏的，也读了")
    hidden = (sheet.hidden_rows - ours[0], sheet.hidden_columns - ours[1])
    if any(hidden):
        parts = [f"{count}{word}" for count, word in zip(hidden, "行列", strict=True) if count]
        file.notices.append(f"{where}有{'、'.join(parts)}是隐藏的，也读了，请核对")


def tell_table(file: ReadFile, table: ReadTable, around: Surroundings, count: int) -> None:
    """Says which columns a table lacks, and that its title states another count."""
    where = f"工作表“{table.sheet}”" if table.sheet else "表格"
    if table.missing:
        ledger = file.known.ledger
        filled = {key: f"（按“{text}”读）" for key, text in vocabulary(ledger).filled.items()}
        labels = (ledger.fields[name].label + filled.get(name, "") for name in table.missing)
        file.notices.append(f"{where}没有这些列：{'、'.join(labels)}")
    stated = around.stated_count()
    if stated is not None and stated != count:
        file.notices.append(f"{where}的标题写的是{stated}项，读到{count}项，请核对")


def tell_units(file: ReadFile, units: Sequence[tuple[str, KnownUnit]], unknown: str) -> None:
    """Says that the places naming a unit do not agree, or that nobody knows the one that is named."""
    different = [f"{place}是{unit.name}" for place, unit in units[1:] if unit.name != units[0][1].name]
    if different:
        file.notices.append(
            f"单位不一致：{units[0][0]}是{units[0][1].name}，{'、'.join(different)}；按{units[0][1].name}读，请核对"
        )
    elif not units and unknown:
        file.notices.append(f"填报单位“{unknown}”不在单位表里，请选择单位")


def tell_sent(file: ReadFile, own: str, units: Sequence[tuple[str, KnownUnit]]) -> None:
    """Says that a template that came back is of another unit than it says now, or of before templates were signed."""
    other = next((f"{place}是{unit.name}" for place, unit in units if unit.name != own), "")
    if other:
        file.notices.append(f"这份模板是发给{own}的，{other}；按{own}读，请核对是不是拿错了模板")
    if file.token and file.token.older:
        file.notices.append("这份模板是程序更新前发出的，编号照常对照；下次请发新生成的模板")


def tell_foreign(file: ReadFile, known: Known, unit: str) -> None:
    """Says once of a template that none of its hidden cells is signed as ours are; `unit` is whose it says it is."""
    own = unit != "" and any(one.is_called(unit) for one in known.units)
    words = _UNSIGNED if own else _FOREIGN
    if words not in file.notices:
        file.notices.append(words)


def conclude(file: ReadFile, sheets: Sequence[RawSheet]) -> None:
    """The unit of the whole file, and what is said when nothing was found or no unit."""
    ledger = file.known.ledger
    units = {table.unit for table in file.tables}
    file.unit = units.pop() if len(units) == 1 else None
    if file.problem is None and not file.tables:
        broken = next((sheet.problem for sheet in sheets if sheet.problem), None)
        file.problem = broken or _unsaid(file) or _no_table(ledger)
        file.tables = file.unsaid
    elif _is_empty(file):
        file.notices.append(f"表头下面没有{ledger.noun}")
    needed = ledger.place is not None and ledger.fields[ledger.place].required
    if needed and any(record.unit is None for record in file.records):
        file.notices.append(f"有{ledger.noun}没有认出是哪个单位的，请选择单位")


def _is_empty(file: ReadFile) -> bool:
    """Whether there is a table and nothing in it; a template of ours comes back so if there is nothing to say."""
    return file.problem is None and not file.records and file.token is None


def _no_table(ledger: Ledger) -> str:
    labels = [ledger.fields[key].label for key in vocabulary(ledger).expected]
    return _NO_TABLE.format(ledger.title, "、".join(labels))


def _unsaid(file: ReadFile) -> str:
    """What is said of a file with a table nobody knows."""
    ledger = file.known.ledger
    for table in file.unsaid:
        heads = "、".join(column.header for column in table.columns[:5])
        return _UNSAID.format(table.header_rows[-1], heads, ledger.title, ledger.fields[ledger.name].label)
    return ""
