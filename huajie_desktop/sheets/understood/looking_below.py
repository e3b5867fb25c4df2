"""Looks at what stands below a header where its words do not settle which column names the records."""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from db.fields import Field, Kind
from huajie_desktop.reading.read_record import Column
from huajie_desktop.sheets.understood import row_sorts as kinds
from huajie_desktop.sheets.understood.found_table import Table
from huajie_desktop.sheets.understood.header_cells import Grid
from huajie_desktop.sheets.understood.headers import SURE
from huajie_desktop.values.chosen import parse_choice
from huajie_desktop.values.reading import Unreadable
from huajie_desktop.values.surnames import COMMON, begins_like_a_name
from huajie_desktop.values.text import fold, is_blank

GUESSED = 0.5  # the likeness of a column that was found by what stands in it
_LOOKED_AT = 60  # rows
_MOST = 0.9  # share of the rows in which a name stands, and of the names that are different
_ALIKE = 0.6  # share of the texts that must read like names
_FEWEST_KNOWN = 2  # columns that must be known beside one found so
_FEWEST_ROWS = 2
_NAME_LENGTHS = (2, 3)
# Headers of lists of other things: goods, people, marks, money, machines, programs.
_FOREIGN = re.compile(
    r"单价|价格|报价|规格|型号|品名|品牌|库存|入库|出库|采购|供应商|客户|订单|合同|收货|收件|寄件|发货|快递|学号|工号|考号|班级|身份证|性别|年龄|民族|出生"
    r"|学历|籍贯|户主|户籍|开户|银行|账号|卡号|成绩|得分|分数|考试|名次|签到|出勤|考勤|请假|资产|车牌|凭证|借方|贷方|科目|报销|模块|页面|接口|书名|借阅"
    r"|版本|工时|缺陷"
)
_GUESSED = "{}没有写明是{}，是按内容认的，请核对"
_PEOPLE = "{}写的像是人名，不像{}，请核对"
_UNLIKE = "{}是不是{}，拿不准，请核对"


def look_below(grid: Grid, table: Table, said: AbstractSet[int]) -> None:
    """Lets what stands below gainsay headers, and finds the column of names; what a person `said` of columns stands."""
    name = table.words.ledger.name
    if len(table.index) + len(table.further) < _FEWEST_KNOWN or table.index.get(name) in said:
        return
    below = _Below(grid, table)
    if not below.rows:
        return
    _drop_serials(table, below, said)
    _take_sentences(table, below, said)
    if name in table.index:
        _take_finer(table, below, said)
    column = table.column_at(table.index[name]) if name in table.index else None
    unsure = column is None or (column.likeness < SURE and not below.may_name(column.index))
    if unsure and not _guess(table, below, said) and column:
        table.doubts[name] = _UNLIKE.format(column.called, table.words.fields[name].label)
    if name in table.index:
        table.doubtful = _is_of_others(table, below)
    for key in (
        {name, *table.words.ledger.keys_of(Kind.LONG_TEXT)} & table.index.keys() & {*table.words.expected} - table.doubts.keys()
    ):
        if table.index[key] not in said and below.names_people(table.index[key]):
            table.doubts[key] = _PEOPLE.format(table.column_at(table.index[key]).called, table.words.fields[key].label)


class _Below:
    """The rows right below a header that may be records, column by column."""

    def __init__(self, grid: Grid, table: Table) -> None:
        heads = {fold(column.header) for column in table.columns if column.header}
        self._reads_like = table.words.ledger.sheets.reads_like
        self.rows: list[dict[int, str]] = []
        for row in grid.rows[table.first : table.first + _LOOKED_AT]:
            cells = kinds.filled(row)
            texts = [text for _, text in cells]
            repeated = sum(fold(text) in heads for text in texts) > 1
            if len(cells) > 1 and not (repeated or kinds.is_total(texts) or kinds.is_numbering(texts)):
                self.rows.append({i: text for i, text in cells if not is_blank(text)})

    def texts(self, column: int) -> list[str]:
        """What stands in a column, rows without anything left out."""
        return [row[column] for row in self.rows if column in row]

    def tells_apart(self, column: int) -> bool:
        """Whether a column says something in nearly every row, and something else in each."""
        texts = self.texts(column)
        return len(texts) >= _MOST * len(self.rows) and len(set(map(fold, texts))) >= _MOST * len(texts)

    def read_alike(self, column: int) -> bool:
        """Whether what stands in a column reads like the names of records."""
        texts, alike = self.texts(column), self._reads_like
        return alike is not None and sum(map(alike, texts)) >= _ALIKE * len(texts)

    def names_people(self, column: int) -> bool:
        """Whether what stands in a column are names of people, whatever its header says."""
        texts, alike = self.texts(column), self._reads_like
        named = [text for text in texts if len(text) in _NAME_LENGTHS and begins_like_a_name(text) and alike and not alike(text)]
        common = sum(text[0] in COMMON for text in named)
        return len(texts) >= _FEWEST_ROWS and len(named) >= _MOST * len(texts) and common * 2 >= len(named)

    def may_name(self, column: int) -> bool:
        """Whether what stands in a column may be the names of records, each its own."""
        return self.tells_apart(column) and self.read_alike(column)

    def counts_up(self, column: int) -> bool:
        """Whether a column only numbers the rows: 1, 2, 3."""
        texts = self.texts(column)
        numbers = [int(text) for text in texts if text.isdecimal() and len(text) < 5]
        return bool(texts) and len(numbers) == len(texts) and numbers == list(range(1, len(texts) + 1))


def _is_of_others(table: Table, below: _Below) -> bool:
    """Whether the list may be of other things: no names like ours, and headers of such a list or none that stand beside ours."""
    sheets, column = table.words.ledger.sheets, table.column_at(table.index[table.words.ledger.name])
    if sheets.reads_like is None or (column.likeness >= SURE and below.read_alike(column.index)):
        return False
    return table.index.keys().isdisjoint(sheets.beside) or _is_foreign(table)


def _drop_serials(table: Table, below: _Below, said: AbstractSet[int]) -> None:
    """A column of texts in which only serials stand is one of serials, whatever its header says."""
    words = table.words
    for key in (words.ledger.name, *words.ledger.keys_of(Kind.LONG_TEXT, Kind.PEOPLE)):
        while key in table.index and table.index[key] not in said and below.counts_up(table.index[key]):
            index = table.index[key]
            table.let_go(index)
            table.serial = index if table.serial is None else table.serial


def _take_sentences(table: Table, below: _Below, said: AbstractSet[int]) -> None:
    """A column of a choice in which sentences stand is one of texts: 完成情况 over 已立杆9盏，正在接线."""
    for key, declared in table.words.ledger.form_fields.items():
        index = table.index.get(key)
        if index is None or index in said or not declared.in_words or declared.in_words in table.index:
            continue
        texts = below.texts(index)
        if 2 * sum(_is_choice(text, declared) for text in texts) < len(texts):
            likeness = table.column_at(index).likeness
            table.let_go(index)
            table.give(declared.in_words, index, likeness)


def _is_choice(text: str, declared: Field) -> bool:
    try:
        parse_choice(text, declared.choices, declared.label, declared.also)
    except Unreadable:
        return False
    return True


def _take_finer(table: Table, below: _Below, said: AbstractSet[int]) -> None:
    """Of several columns called alike the names stand in the one that tells the rows apart: 任务名称 over groups and tasks."""
    name = table.words.ledger.name
    first, alike = table.index[name], table.further.get(name, [])
    if below.tells_apart(first):
        return
    headed = {column.index for column in table.columns}
    finer = [i for i in alike if i not in said and below.tells_apart(i)]
    if not finer and first + 1 not in headed | said and below.may_name(first + 1):
        finer = [first + 1]  # the right half under a header that stands over both, unmerged
    if finer:
        likeness = table.column_at(first).likeness if finer[0] in headed else GUESSED
        table.let_go(first)
        table.give(name, finer[0], likeness)
        table.further[name] = sorted({first, *alike} - {finer[0]})
        if finer[0] not in headed:
            table.doubts[name] = _GUESSED.format(table.column_at(finer[0]).called, table.words.fields[name].label)


def _guess(table: Table, below: _Below, said: AbstractSet[int]) -> bool:
    """Takes the first column for that of names in which names may stand, where it can be no other sort of list."""
    ledger, words = table.words.ledger, table.words
    if not _may_be_guessed(table, below):
        return False
    found = next((i for i in _unsaid(table, below) if i not in said and below.may_name(i)), None)
    if found is None:
        return False
    table.let_go(found)
    if ledger.name in table.index:
        table.let_go(table.index[ledger.name])
    table.give(ledger.name, found, GUESSED)
    table.doubts[ledger.name] = _GUESSED.format(table.column_at(found).called, words.fields[ledger.name].label)
    return True


def _may_be_guessed(table: Table, below: _Below) -> bool:
    """Whether enough is known of the other columns, and none of them is one of another sort of list."""
    ledger = table.words.ledger
    known = (table.index.keys() & {*table.words.helpful, *ledger.sheets.beside}) - {ledger.name}
    enough = len(known) >= _FEWEST_KNOWN and len(below.rows) >= _FEWEST_ROWS
    return enough and not _is_foreign(table) and not table.index.keys().isdisjoint(ledger.sheets.beside)


def _is_foreign(table: Table) -> bool:
    """Whether a column nobody knows is one of another sort of list."""
    return any(_FOREIGN.search(fold(column.header)) for column in table.columns if column.field is None)


def _unsaid(table: Table, below: _Below) -> Iterator[int]:
    """The columns that may hold names, from left to right: no header, one nobody knows, or one of long texts."""
    words = table.words
    long = words.ledger.keys_of(Kind.LONG_TEXT)
    headers = {column.index: column for column in table.columns}
    for index in sorted({*headers, *(i for row in below.rows for i in row)} - {table.serial, table.node_day, table.node_text}):
        column = headers.get(index)
        if column is None or column.field in long or (column.field is None and _is_open(table, column)):
            yield index


def _is_open(table: Table, column: Column) -> bool:
    """Whether a header says nothing, or is one of the names in passing."""
    return table.words.match(column.header).field in (None, table.words.ledger.name)
