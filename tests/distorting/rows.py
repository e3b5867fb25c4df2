"""Distortions of rows, of the sheet as a whole and of the file: what stands between and around records, hidden rows, formats."""

import copy
import random

from tests.distorting.book import DOUBT, UNSURE, VOID, Book, Meant, Row, Table, text_of
from tests.distorting.distortion import FILES, PAGES, ROWS, distortion
from tests.distorting.drawing import carried
from tests.distorting.plain import LEDGERS, money_of, name_of, person, unit_of

NOTES = (
    "说明：1.本表由各村填写；2.完成时限填到月底。", "注：投资金额以实际为准", "填表说明：每项填一行，不得合并单元格，务必于2月20日前报党建办汇总",
    "（以下为新增项目）", "备注：以上项目均已上会", "※ 请逐项核对后再报", "以下项目由驻村干部指导落实，确保年底前全部完成，不留尾巴",
    "温馨提示：双击单元格可选择类别", "附：未列入的事项另行上报",
)  # fmt: skip


def _between(rng: random.Random, table: Table, row: Row) -> None:
    table.rows.insert(rng.randint(0, len(table.rows)), row)


@distortion(ROWS)
def explanations(book: Book, rng: random.Random) -> bool:
    for table in book.tables:
        if table.columns:
            for _ in range(rng.choice((1, 2))):
                _between(rng, table, Row(line=rng.choice(NOTES), merged=rng.random() < 0.5))
    return True


def _sum(book: Book, records: list[Meant]) -> float:
    key = money_of(book.ledger)
    amounts = [record.values.get(key) for record in records] if key else []
    return round(sum(amount for amount in amounts if isinstance(amount, int | float)), 2)


@distortion(ROWS)
def subtotals(book: Book, rng: random.Random) -> bool:
    """Sums, averages and counts between and below the records."""
    done = False
    for table in book.tables:
        if not table.records:
            continue
        words = ("小计", "本页小计", "合计", "平均值", "平均", "{} 汇总", "{} 计数", "{}小计", "总计数", "累计", "计", "共{}项")
        word = rng.choice(words)
        place = rng.choice(("serial", name_of(book.ledger), unit_of(book.ledger), "category"))
        place = place if table.column(place) else name_of(book.ledger)
        of = len(table.records) if "项" in word else rng.choice((book.villages[0], "重点工作"))
        cells = {place: word.format(of)}
        if (key := money_of(book.ledger)) and table.column(key):
            cells[key] = _sum(book, table.records)
        at = rng.choice((0, len(table.rows), rng.randint(0, len(table.rows))))
        table.rows.insert(at, Row(cells=cells))
        done = True
    return done


@distortion(ROWS)
def blank_rows(book: Book, rng: random.Random) -> bool:
    for table in book.tables:
        if table.rows:
            for _ in range(rng.choice((1, 2, 4))):
                _between(rng, table, Row())
    return True


@distortion(ROWS)
def example_row(book: Book, rng: random.Random) -> bool:
    """An example below the header."""
    table = book.some_table(rng)
    if not table.records:
        return False
    record = copy.deepcopy(table.records[0])
    record.standing, record.drawn = VOID, []
    name = name_of(book.ledger)
    if table.column("serial") and rng.random() < 0.7:
        record.cells["serial"] = rng.choice(("例", "示例", "样例", "例：", "填写示例", "（例）"))
    else:
        record.cells[name] = f"{rng.choice(('示例：', '例：', '（示例）'))}某某项目"
        record.values[name] = record.cells[name]
    table.rows.insert(0, Row(record, ordinal=False))
    return True


@distortion(ROWS)
def header_on_each_page(book: Book, rng: random.Random) -> bool:
    """The header, perhaps the title too, again after some rows."""
    done = False
    for table in book.tables:
        if len(table.rows) < 3 or table.headless or any(len(column.heads) > 1 for column in table.columns):
            continue
        at = rng.randint(2, len(table.rows) - 1)
        heads = {column.id: column.heads[0] for column in table.columns}
        title = [Row(line=table.above[0])] if table.above and rng.random() < 0.4 else []
        table.rows[at:at] = [*title, Row(cells=heads)]
        done = True
    return done


@distortion(ROWS)
def column_numbers(book: Book, rng: random.Random) -> bool:
    """A row of numbers or letters below the header."""
    way = rng.choice(("{}", "（{}）", "({})", "栏{}"))
    for table in book.tables:
        if table.columns:
            cells = {column.id: way.format(number) for number, column in enumerate(table.columns, 1)}
            table.rows.insert(0, Row(cells=cells))
    return True


@distortion(ROWS)
def signatures(book: Book, rng: random.Random) -> bool:
    lines = (["填表人：张三", "", "审核人：李四"], ["村书记（签字）：", "", "2021年2月20日"], ["审核：", "制表：王五", "日期：2021.2.20"], [book.villages[0] + "村民委员会"], ["经办人：" + person(rng), "联系电话：13800001234"], ["第1页，共2页"], ["2021年2月20日"])  # fmt: skip
    table = book.some_table(rng)
    table.below += [[], *rng.sample(lines, rng.choice((1, 2)))]
    return True


@distortion(ROWS)
def record_over_two_rows(book: Book, rng: random.Random) -> bool:
    """A text goes on in the row below, in which nothing else stands: both parts are meant."""
    table = book.some_table(rng)
    keys = [key for key in ("content", "summary", "problems") if table.column(key)]
    rows = [row for row in table.rows if row.record and row.record.standing != VOID]
    if not keys or not rows:
        return False
    key, row = rng.choice(keys), rng.choice(rows)
    text = text_of(row.record.cells.get(key))
    more = rng.choice(("并做好后期管护", "涉及农户30户，含配套设施", "（详见设计图纸）"))
    if not text or row.record.values.get(key) is DOUBT:
        return False
    row.record.below = frozenset((key,))
    row.record.values[key] = f"{text}{more}" if isinstance(row.record.cells[key], str) else DOUBT
    table.rows.insert(table.rows.index(row) + 1, Row(cells={key: more}))
    return True


@distortion(ROWS)
def blank_titles(book: Book, rng: random.Random) -> bool:
    """A record without a name."""
    rows = [row for row in book.some_table(rng).rows if row.record and row.record.standing != VOID]
    if not rows:
        return False
    record = rng.choice(rows).record
    record.cells[name_of(book.ledger)], record.values[name_of(book.ledger)] = "", DOUBT
    return True


@distortion(ROWS, "long")
def hidden_rows(book: Book, rng: random.Random) -> bool:
    table = book.some_table(rng)
    rows = [row for row in table.rows if row.record]
    if len(rows) < 3:
        return False
    for row in rng.sample(rows, rng.randint(1, len(rows) // 2)):
        row.hidden = True
        row.record.standing = UNSURE if row.record.standing != VOID else VOID
    return True


@distortion(PAGES)
def on_its_side(book: Book, rng: random.Random) -> bool:
    """The fields in the left column, a record in each further one."""
    table = book.whole()
    if (
        table is None
        or any(len(column.heads) > 1 for column in table.columns)
        or any(row.line or not row.record for row in table.rows)
    ):
        return False
    if table.headless or table.below or any(column.merged or column.hidden or column.joined for column in table.columns):
        return False
    next(sheet for sheet in book.sheets if sheet.tables == [table]).standing = True
    return True


@distortion(PAGES)
def set_in(book: Book, rng: random.Random) -> bool:
    """Blank rows above and columns to the left."""
    for sheet in book.sheets:
        sheet.top, sheet.left = rng.choice((0, 1, 3)), rng.choice((0, 1, 2))
    return True


@distortion(PAGES)
def title_elsewhere(book: Book, rng: random.Random) -> bool:
    """The title is not merged, or stands only in the name of the file."""
    for table in book.tables:
        table.merged_title = False
    table = book.whole()
    if table and len(book.villages) == 1 and rng.random() < 0.5 and table.above:
        table.above = table.above[1:]
        book.file = f"{book.villages[0]}{LEDGERS[book.ledger][5]}"
    return True


@distortion(FILES)
def as_xls(book: Book, rng: random.Random) -> bool:
    return _exported(book, ".xls")


@distortion(FILES)
def as_ods(book: Book, rng: random.Random) -> bool:
    return _exported(book, ".ods")


@distortion(FILES)
def as_csv(book: Book, rng: random.Random) -> bool:
    for table in book.tables:
        table.merged_title = False
    done = _exported(book, ".csv")
    book.byte = done and rng.random() < 0.3
    return done


def _exported(book: Book, ending: str) -> bool:
    if book.ending != ".xlsx" or not carried(book, ending):
        return False
    book.ending = ending
    return True
