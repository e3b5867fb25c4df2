"""What is said of a file that was read: what a reader of the paper would not see, what is missing, what does not agree."""

from collections.abc import Sequence

from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.reading.known import Known, KnownUnit
from huajie_desktop.reading.raw import RawSheet
from huajie_desktop.reading.read_record import Aside, Column, ReadFile, ReadTable
from huajie_desktop.sheets.understood import row_sorts as kinds
from huajie_desktop.sheets.understood.found_table import Table
from huajie_desktop.sheets.understood.headers import SURE, vocabulary
from huajie_desktop.sheets.understood.remarks import tell_marks
from huajie_desktop.sheets.understood.sheet_copies import Likeness
from huajie_desktop.sheets.understood.titles import Surroundings

_NAMED = 6  # columns named one by one
_NO_TABLE = "没有找到{}：要有一行表头，写明{}等。请检查是不是选错了文件"
_RECORD = 3  # cells of a row that looks like a record
_EXPLAINING = 2  # columns of a table that is but an explanation
_QUOTE, _QUOTES = 12, 5  # characters of a quoted word, words quoted
_BY_HAND = "请在“列对应”里指定哪一列是{}，或检查是不是选错了文件"
_BLIND = "这个文件的数字格式和删除线看不到，金额、比例、日期请核对；另存为 .xlsx 再导入就看得到"
_FOREIGN = "这是别的单位（办公室）发的模板，里面的编号这里不认识，按普通表格读"
_UNSIGNED = "这份模板的编号全都对不上，按普通表格读，请核对每一行是不是原来那一项"


def tell_sheet(file: ReadFile, sheet: RawSheet, *, held: bool, ours: tuple[int, int] = (0, 0)) -> None:
    """Says what a reader of the paper would not see, and which sheets hold no list; `ours` rows and columns we hid ourselves."""
    where = f"工作表“{sheet.name}”" if sheet.name else "表格"
    if sheet.problem:
        file.notices.append(sheet.problem)
    if not held:
        if sheet.visible and not sheet.problem and any(cell not in ("", None) for row in sheet.rows for cell in row):
            file.notices.append(f"{where}里没有{file.known.ledger.title}，没有读")
        return
    tell_marks(file, sheet)
    if not sheet.looked and _BLIND not in file.notices:
        file.notices.append(_BLIND)
    if not sheet.visible:
        file.notices.append(f"{where}是隐藏的，按您的要求读了")
    hidden = (sheet.hidden_rows - ours[0], sheet.hidden_columns - ours[1])
    if any(hidden):
        parts = [f"{count}{word}" for count, word in zip(hidden, "行列", strict=True) if count]
        file.notices.append(f"{where}有{'、'.join(parts)}是隐藏的，也读了，请核对")


def set_unseen_aside(file: ReadFile, sheet: RawSheet, count: int) -> None:
    """Notes a hidden sheet that holds a list as not read."""
    hidden = "深度隐藏的" if sheet.deeply_hidden else "隐藏的"
    file.aside.append(Aside(sheet.name, f"{hidden}工作表", count))
    file.notices.append(f"工作表“{sheet.name}”是{hidden}，里面有{file.known.ledger.counted(count)}，没有读；要不要读请确认")


def set_copy_aside(file: ReadFile, likeness: Likeness, names: Sequence[str], count: int) -> None:
    """Notes a sheet that repeats another as not read, and says what differs in it."""
    name, original = names[likeness.copy], names[likeness.original]
    file.aside.append(Aside(name, f"和“{original}”几乎一样的副本", count))
    differs = f"不一样的是：{likeness.told}" if likeness.differences else "内容都一样"
    file.notices.append(f"工作表“{name}”和“{original}”几乎一样，像是副本，没有读；{differs}。要不要读请确认")


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


def tell_others(file: ReadFile, table: ReadTable, others: Sequence[tuple[int, str]]) -> None:
    """Says which tables of something else stand on the sheet of a table, by the row of their header from 1 and its words."""
    where = f"工作表“{table.sheet}”" if table.sheet else "表格"
    for row, heads in others:
        file.notices.append(f"{where}第{row}行起另有一个表（表头是{heads}），不是{file.known.ledger.title}，没有读")


def tell_money(file: ReadFile, table: ReadTable, unit: str) -> None:
    """Says in which unit the amounts of a further table are read that states none, where those above are not the usual one."""
    where = f"工作表“{table.sheet}”" if table.sheet else "表格"
    file.notices.append(f"{where}第{table.header_rows[0]}行的表没有写金额单位，按“{unit}”读，请核对")


def tell_above(file: ReadFile, sheet: RawSheet, table: Table) -> None:
    """Says which rows over a header look like records, whose own header is missing."""
    if table.keyed:
        return
    where = f"工作表“{sheet.name}”" if sheet.name else "表格"
    rows = [row for row in table.above if _looks_like_record(kinds.filled(sheet.rows[row]), table)]
    if rows:
        lines = f"{rows[0] + 1}" if len(rows) == 1 else f"{rows[0] + 1}–{rows[-1] + 1}"
        file.notices.append(f"{where}第{lines}行在表头上面，像是{file.known.ledger.noun}，没有读，请核对")


def _looks_like_record(cells: Sequence[tuple[int, str]], table: Table) -> bool:
    """Whether a row has a serial number of its own and something in most of the columns that are read."""
    said = dict(cells)
    filled = len(said.keys() & table.read)
    return said.get(-1 if table.serial is None else table.serial, "").isdigit() and filled >= max(_RECORD, len(table.read) - 2)


def tell_columns(file: ReadFile, sheet: RawSheet, table: Table, unread: Sequence[tuple[Column, int]]) -> None:
    """Says which columns were taken for a field by likeness or put together, and which hold something nobody reads."""
    where = f"工作表“{sheet.name}”" if sheet.name else "表格"
    words = table.words.fields
    if table.moved:
        moved = "、".join(table.column_at(i).called for i in table.moved[:_QUOTES])
        file.notices.append(f"{where}的表头挪了位置（{moved}{'等' * (len(table.moved) > _QUOTES)}），按现在的表头读，请核对")
    unlike = [
        f"{column.called}按{words[column.field].label}读"
        for column in table.columns
        if column.field in words and column.likeness < SURE
    ]
    letters = {key: "、".join(table.column_at(i).letter for i in table.together(key)) for key in table.joined}
    joined = [f"{words[key].label}由{columns}列合在一起" for key, columns in letters.items()]
    for said in (unlike, joined):
        if said:
            file.notices.append(f"{where}的{'；'.join(said)}，请核对")
    if unread:
        names = [f"{column.called}（{count}格有内容）" for column, count in unread]
        more = f"等{len(names)}列" if len(names) > _NAMED else ""
        file.notices.append(f"{where}没有读这些列：{'、'.join(names[:_NAMED])}{more}；要读的请在“列对应”里指定")


def tell_units(file: ReadFile, units: Sequence[tuple[str, KnownUnit]], unknown: str) -> None:
    """Says that the places naming a unit do not agree, or that nobody knows the one that is named."""
    different = [f"{place}是{unit.name}" for place, unit in units[1:] if unit.name != units[0][1].name]
    if different:
        file.notices.append(
            f"单位不一致：{units[0][0]}是{units[0][1].name}，{'、'.join(different)}；按{units[0][1].name}读，请核对"
        )
    elif not units and unknown:
        file.notices.append(f"填报单位“{unknown[:20]}”不在单位表里，请选择单位")


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
    if file.problem is None and not file.records:
        _tell_nothing(file, sheets)
    if file.tables and file.problem is None:
        _tell_further(file)
    needed = ledger.place is not None and ledger.fields[ledger.place].required
    if needed and any(record.unit is None for record in file.records):
        count = sum(record.unit is None for record in file.records)
        file.notices.append(f"有 {ledger.counted(count)}没有认出是哪个单位的，请选择单位")
    file.notices = [said for said in dict.fromkeys(file.notices) if said != file.problem]  # the tables of a sheet say the same


def _tell_nothing(file: ReadFile, sheets: Sequence[RawSheet]) -> None:
    """What is wrong where there is no record: nothing, where all lists stand in sheets that were set aside."""
    ledger = file.known.ledger
    if file.tables and file.token is None:
        file.notices.append(f"表头下面没有{ledger.noun}")
    elif not file.tables and not file.aside:
        hidden = (sheet for sheet in sheets if not sheet.visible and any(map(any, sheet.rows)))
        file.notices += (f"工作表“{sheet.name}”是隐藏的，没有读" for sheet in hidden)
        broken = next((sheet.problem for sheet in sheets if sheet.problem), None)
        file.problem = broken or _unsaid(file) or _no_table(ledger)
        file.tables, file.unsaid = file.unsaid, []


def _tell_further(file: ReadFile) -> None:
    """Says which sheets hold a table nobody knows beside those that were read; what has but two columns explains, as a rule."""
    ledger = file.known.ledger
    for table in file.unsaid:
        if len(table.columns) > _EXPLAINING:
            plain = f"工作表“{table.sheet}”里没有{ledger.title}，没有读"
            more = f"；第{table.starts}行像是表头，要读请在“列对应”里指定哪一列是{ledger.fields[ledger.name].label}"
            file.notices = [notice + more if notice == plain else notice for notice in file.notices]


def _no_table(ledger: Ledger) -> str:
    labels = [ledger.fields[key].label for key in vocabulary(ledger).expected]
    return _NO_TABLE.format(ledger.title, "、".join(labels))


def _unsaid(file: ReadFile) -> str:
    """What is said of a file with a table nobody knows; of what may be its header those words that are words of one."""
    ledger, table = file.known.ledger, next(iter(file.mappable), None)
    if table is None:
        return ""
    words, where = vocabulary(ledger), f"工作表“{table.sheet}”" if len({one.sheet for one in file.mappable}) > 1 else ""
    known = [column.header for column in table.columns if words.match_words(column.header).field is not None]
    advice = _BY_HAND.format(ledger.fields[ledger.name].label)
    if known and table.header_rows:
        return f"{where}第{table.starts}行有表头的字样（{_quoted(known)}），但看不出是{ledger.title}。{advice}"
    if file.unsaid:
        return f"{where}第{table.starts}行像是表头，但没有认识的字样，看不出是不是{ledger.title}。{advice}"
    return f"没有找到{ledger.title}：看不出哪一行是表头。{advice}"


def _quoted(heads: Sequence[str]) -> str:
    """The first words of a header, clipped."""
    shown = [head if len(head) <= _QUOTE else f"{head[:_QUOTE]}…" for head in heads[:_QUOTES]]
    return "、".join(shown) + "等" * (len(heads) > _QUOTES)
