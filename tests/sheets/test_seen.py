"""What the reader process hands over is what the sender sees: alike from .xlsx, .xls and .ods."""

import datetime as dt
import re
import zipfile
from decimal import Decimal

import pytest
from openpyxl import Workbook

from huajie_desktop.reading.raw import DATE, STRUCK
from huajie_desktop.sheets.fenced import zipped
from huajie_desktop.sheets.fenced.binary import read_xls
from huajie_desktop.sheets.fenced.fence import Reader
from huajie_desktop.sheets.fenced.number_formats import look_of
from huajie_desktop.sheets.understood.workbooks import read_workbook, read_workbooks
from tests.sheets.locking import lock_xls, lock_xlsx
from tests.sheets.office import huajie
from tests.sheets.seen import ENDINGS, Page, Pieces, Shown, Struck, write

HEAD = ["序号", "类别", "任务名称", "主要内容", "责任人", "完成时限", "计划投资(万元)"]
ROW = [1, "干事承诺", "村道硬化", "硬化300米", "张三丰", "8月底前", 12.5]
DAY = dt.date(2021, 3, 5)
WAN = '[>=10000]0!.0,"万";0'
SEEN = [  # the cell, what an office program displays, what is handed over
    (125000, '0!.0,"万"', "12.5万", "12.5万"),
    (125678, '0!.0,"万"', "12.6万", "12.5678万"),
    (300000, '0!.0,"万元"', "30.0万元", "30.0万元"),
    (125678, '0!.0000"万"', "12.5678万", "12.5678万"),
    (1250000, "0.00,,", "1.25", "1.25"),
    (5000, "#,##0,", "5", "5"),
    (50000, '0.00"元"', "50000.00元", "50000.00元"),
    (50000, '#,##0.00"元"', "50,000.00元", "50000.00元"),
    (20, '0"万元"', "20万元", "20万元"),
    (1, "0%", "100%", "100%"),
    (0.8, "0%", "80%", "80%"),
    (0.01, "0%", "1%", "1%"),
    (0.805, "0%", "81%", "80.5%"),
    (0.8, "0.0%", "80.0%", "80.0%"),
    (125000, '"¥"#,##0', "¥125,000", "¥125000"),
    (20, '"约"0', "约20", "约20"),
    (3, '0"月"', "3月", "3月"),
    (250000, WAN, "25.0万", "25.0万"),
    (800, WAN, "800", 800),
    (250000000, '[>=100000000]0!.00,,"亿";[>=10000]0!.0,"万";0', "2.50亿", "2.50亿"),
    (1, '[=1]"是";[=0]"否";0', "是", "是"),
    (202103, '0000"年"00"月"', "2021年03月", "2021年03月"),
    (12, "000000", "000012", "000012"),
    (12, "000", "012", 12),
    (202135, "0000!.0!.0", "2021.3.5", "2021.3.5"),
    (3, '0"、"', "3、", 3),
    (5, 'General"元"', "5元", "5元"),
    (-12.5, '0.00"元";[Red]0.00"元"', "-12.50元", "-12.50元"),
    (DAY, 'm"月"', "3月", "3月"),
    (DAY, 'yyyy"年"m"月"', "2021年3月", "2021年3月"),
    (DAY, "yyyy-mm", "2021-03", "2021年3月"),
    (DAY, 'm"月底前"', "3月底前", "3月底前"),
    (12.5, "General", "12.5", 12.5),
    (12.5, "0", "13", 12.5),
    (12.5, "0.00", "12.50", 12.5),
    (12500, "#,##0", "12,500", 12500),
    (-12.5, "0.00_);[Red]\\(0.00\\)", "(12.50)", -12.5),
    (12.5, '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "12.50", 12.5),
    (0.5, "# ?/?", "1/2", 0.5),
    (125000, "0.00E+00", "1.25E+05", 125000),
    (DAY, "yyyy-mm-dd", "2021-03-05", DATE + "2021-03-05"),
    (DAY, 'm"月"d"日"', "3月5日", DATE + "2021-03-05"),
]


def handed_over(path):
    with Reader() as reader:
        [file] = reader.read([path])
    assert file.problem is None
    return file.sheets


@pytest.mark.parametrize("ending", ENDINGS)
def test_cells_are_handed_over_as_the_eye_sees_them_with_all_their_places(tmp_path, ending):
    rows = [[Shown(*cell)] for *cell, _ in SEEN]
    [sheet] = handed_over(write(tmp_path / f"a.{ending}", Page(rows)))
    wrong = [(said[1], row[0], said[3]) for said, row in zip(SEEN, sheet.rows, strict=True) if row[0] != said[3]]
    assert wrong == []


@pytest.mark.parametrize("ending", ENDINGS)
def test_amounts_and_deadlines_are_read_as_they_are_shown(tmp_path, ending):
    shown = [Shown(125000, '0!.0,"万"', "12.5万"), Shown(125678, '0!.0,"万"', "12.6万"), Shown(50000, '0.00"元"', "50000.00元")]
    rows = [HEAD, *([*ROW[:2], f"{'甲乙丙'[n]}项工程", *ROW[3:6], cell] for n, cell in enumerate(shown))]
    rows[1][5] = Shown(dt.date(2021, 8, 1), 'm"月"', "8月")
    records = read_workbook(write(tmp_path / f"倪宅村.{ending}", Page(rows)), huajie()).records
    assert [r["investment"] / 10000 for r in records] == [Decimal("12.5"), Decimal("12.5678"), Decimal(5)]
    assert (records[0]["due"].day, [r.issues for r in records]) == (dt.date(2021, 8, 31), [[], [], []])


@pytest.mark.parametrize(
    "code",
    [
        "",
        ";",
        ";;;",
        '"',
        "[",
        "[>",
        "\\",
        "!",
        "_",
        "*",
        "@",
        "%%",
        "0" * 900,
        "0!.0!.0,",
        "yyyymmdd[h]",
        ",,0,.",
        '0"元',
        "[>=a]0;0",
    ],
)
def test_no_format_is_too_odd(code):
    look = look_of(code)
    for cell in (0, -1, 12.5, 1e300, 1e-300, float("inf"), float("nan"), 10**30, True, "字", "", None, DAY, dt.time(1)):
        assert look is None or look.of(cell) is not Ellipsis


@pytest.mark.parametrize("ending", ENDINGS)
def test_struck_pieces_are_left_out_and_doubted(tmp_path, ending):
    people = Pieces((("张三丰", True), ("李四光", False)))
    money = Pieces((("12.5", True), ("15", False)))
    title = Pieces((("绿道", True), ("游步道", False), ("建设", False)))
    gone = Pieces((("路灯", True), ("安装", True)))
    rows = [HEAD, [*ROW[:4], people, "8月底前", money], [2, "干事承诺", title, *ROW[3:]], [3, "干事承诺", gone, *ROW[3:]]]
    file = read_workbook(write(tmp_path / f"倪宅村.{ending}", Page(rows)), huajie())
    first, second, third = file.records
    assert (first["responsible"], first["investment"], second.title, third.title) == (
        ["李四光"],
        150000,
        "游步道建设",
        "路灯安装",
    )
    said = [{issue.field: issue.message for issue in record.issues if issue.severity == "warning"} for record in file.records]
    assert ("“张三丰”划了删除线" in said[0]["responsible"], "“李四光”" in said[0]["responsible"]) == (True, True)
    assert ("“12.5”" in said[0]["investment"], "“绿道”" in said[1]["title"], said[2]) == (True, True, {"title": STRUCK})
    assert {text.split("”")[1][:8] for text in file.notices} >= {"有3格划掉了几个", "有1格划了删除线"}


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("share", [1, 2, 3])
def test_struck_rows_and_cells_are_doubted_at_any_share(tmp_path, ending, share):
    rows = [[n, "干事承诺", f"{'甲乙丙'[n]}项工程", *ROW[3:]] for n in range(3)]
    struck = [[Struck(cell) for cell in row] if n < share else row for n, row in enumerate(rows)]
    struck[-1][4] = Struck("张三丰")
    records = read_workbook(write(tmp_path / f"倪宅村.{ending}", Page([HEAD, *struck])), huajie()).records
    assert [r.title for r in records] == ["甲项工程", "乙项工程", "丙项工程"]
    told = [[(issue.field, "删除线" in issue.message) for issue in record.issues] for record in records]
    whole, single = [("title", True)], [("responsible", True)]
    assert told == [*[whole] * share, *[[]] * (2 - share), *([single] if share < 3 else [])]


@pytest.mark.parametrize("ending", ENDINGS)
def test_merges_and_hidden_state_come_from_every_format(tmp_path, ending):
    rows = [["一", "", "x", "y"], ["二", "a", "b", "c"], ["", "d", "e", "f"], ["三", "g", "h", "i"]]
    page = Page(rows, [(0, 0, 0, 1), (1, 0, 2, 0)], hidden_rows=(2, 3), hidden_columns=(3,))
    sheets = handed_over(
        write(tmp_path / f"a.{ending}", page, Page([["旧"]], state="hidden"), Page([["更旧"]], state="veryHidden"))
    )
    assert sorted(sheets[0].merges) == [(0, 0, 0, 1), (1, 0, 2, 0)]
    assert (sheets[0].hidden_rows, sheets[0].hidden_columns) == (2, 1)
    deep = ending != "ods"  # which knows but one way of hiding
    assert [(s.visible, s.deeply_hidden) for s in sheets] == [(True, False), (False, False), (False, deep)]


def rewritten(path, part, old, new):
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part], count = re.subn(old, new, parts[part])
    assert count
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def test_rows_and_columns_of_no_size_are_hidden(tmp_path):
    path = write(tmp_path / "a.xlsx", Page([["x", "y"], ["z", "w"]], hidden_rows=(1,), hidden_columns=(1,)))
    sheet = "xl/worksheets/sheet1.xml"
    rewritten(path, sheet, rb'<row r="2"[^>]*>', b'<row r="2" ht="0" customHeight="1">')
    rewritten(path, sheet, rb"<col [^>]*>", b'<col min="2" max="3" width="0" customWidth="1"/>')
    [found] = handed_over(path)
    assert (found.hidden_rows, found.hidden_columns) == (1, 2)


def test_a_folded_group_of_rows_is_hidden_in_ods(tmp_path):
    path = write(tmp_path / "a.ods", Page([["x"], ["y"], ["z"]]))
    group = rb'<table:table-row-group table:display="false">\1</table:table-row-group>'
    [found] = handed_over(rewritten(path, "content.xml", rb"(<table:table-row>.*?</table:table-row>)", group))
    assert found.hidden_rows == 3


def test_excels_own_password_is_tried_and_another_is_said(tmp_path):
    for ending, lock in (("xlsx", lock_xlsx), ("xls", lock_xls)):
        plain = write(tmp_path / f"a.{ending}", Page([HEAD, ROW]))
        opened = lock(plain, tmp_path / f"倪宅村.{ending}", "VelvetSweatshop")
        assert [r.title for r in read_workbook(opened, huajie()).records] == ["村道硬化"]
        locked = lock(plain, tmp_path / f"锁.{ending}", "另一个")
        assert "文件有密码" in (read_workbook(locked, huajie()).problem or "")


LINES = "序号,类别,任务名称,主要内容,责任人,完成时限,计划投资(万元)\n1,干事承诺,村道硬化,硬化300米,张三丰,8月底前,12.5\n2,干事承诺,绿道建设,硬化300米,李四光,8月底前,3\n"


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
@pytest.mark.parametrize(("word", "field"), [("李四光", "responsible"), ("绿道建设", "title"), ("8月底前,3", "due")])
def test_one_bad_byte_is_a_doubt_in_its_row(tmp_path, encoding, word, field):
    text = LINES.encode(encoding)
    place = text.rindex(word.encode(encoding)) + (1 if field != "due" else len("8月".encode(encoding)) + 1)
    for damaged in (text[:place] + b"\xff" + text[place:], text[:place] + b"\xff" + text[place + 1 :]):
        path = tmp_path / "倪宅村.csv"
        path.write_bytes(damaged)
        file = read_workbook(path, huajie())
        assert [record.row for record in file.records] == [2, 3]
        assert [issue.field for issue in file.records[0].issues] == []
        assert field in [issue.field for issue in file.records[1].issues if "读不出的字" in issue.message]
        assert any("第3行有读不出的字" in notice for notice in file.notices)


def test_a_broken_tail_is_a_doubt_and_no_other_encoding(tmp_path):
    path = tmp_path / "倪宅村.csv"
    path.write_bytes(LINES.encode()[: -len("光,8月底前,3\n".encode()) + 2])
    file = read_workbook(path, huajie())
    assert [r.title for r in file.records] == ["村道硬化", "绿道建设"]
    assert any("第3行有读不出的字" in notice for notice in file.notices)


@pytest.mark.parametrize(
    "data",
    [bytes(range(128, 256)) * 40, "文件".encode("big5") * 3 + b"\xff\xfe\xff", b"\xff\x80" * 30, "é".encode("latin-1") * 50],
)
def test_what_is_no_text_is_still_refused(tmp_path, data):
    path = tmp_path / "倪宅村.csv"
    path.write_bytes(data)
    assert read_workbook(path, huajie()).problem


def test_a_formula_that_only_guards_a_text_is_that_text(tmp_path):
    path = tmp_path / "倪宅村.csv"
    path.write_text('编号,电话,话\n="0138","=""0579""","=""他说""""好"""""""\n', "utf-8")
    assert handed_over(path)[0].rows[1] == ["0138", "0579", '他说"好"']
    book = Workbook()
    book.active.append(['="013800138000"', "=1+1"])
    book.save(tmp_path / "a.xlsx")
    assert handed_over(tmp_path / "a.xlsx")[0].rows == [["013800138000", "\0f"]]


@pytest.mark.parametrize("large", [0, 1 << 30])
def test_the_look_inside_tells_the_same_beside_calamine_and_before_it(tmp_path, monkeypatch, large):
    monkeypatch.setattr(zipped, "_LARGE", large)
    rows = [[Shown(0.8, "0%", "80%"), Struck("旧"), Pieces((("张三", True), ("李四", False)))]] * 30
    [(sheet, found)] = zipped.read_zip(write(tmp_path / "a.xlsx", Page(rows)).read_bytes())
    assert list(found) == [["80%", "旧", "李四"]] * 30
    assert len(sheet.doubts) == 60


def test_shares_are_read_as_their_cells_show_them(tmp_path):
    head = ["任务名称", "月份", "完成情况", "完成比例", "进展情况", "存在问题", "下步打算"]
    cells = [Shown(1, "0%", "100%"), Shown(0.8, "0%", "80%"), Shown(0.01, "0%", "1%"), Shown(2 / 3, "0%", "67%"), 0.8, 60, 1]
    rows = [head, *([f"{'甲乙丙丁戊己庚'[n]}项工程", "3月", "推进中", cell, "好", "无", "继续"] for n, cell in enumerate(cells))]
    path = write(tmp_path / "倪宅村月度进展.xlsx", Page(rows))
    [file] = read_workbooks([path], huajie(), ledgers={path: None})
    doubted = [[issue.severity for issue in r.issues if issue.field == "percent"] for r in file.records]
    assert [r["percent"] for r in file.records] == [100, 80, 1, 67, 80, 60, 1]
    assert doubted == [[], [], [], ["warning"], ["warning"], [], ["warning"]]


def test_of_a_file_whose_looks_cannot_be_seen_that_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr("huajie_desktop.sheets.fenced.binary._LARGE", 10)
    [(sheet, rows)] = read_xls(write(tmp_path / "a.xls", Page([[Shown(0.8, "0%", "80%")]])).read_bytes())
    assert (sheet.looked, list(rows)) == (False, [[0.8]])


@pytest.mark.parametrize("ending", ["xlsx", "xls"])
def test_a_number_its_format_hides_is_doubted_and_a_hidden_nought_is_none(tmp_path, ending):
    cells = [Shown(30, ";;;", ""), Shown(0, "0;-0;", ""), Shown(30, "0;-0;", "30")]
    rows = [HEAD, *([*ROW[:2], f"{'甲乙丙'[n]}项工程", *ROW[3:6], cell] for n, cell in enumerate(cells))]
    file = read_workbook(write(tmp_path / f"倪宅村.{ending}", Page(rows)), huajie())
    assert [r["investment"] for r in file.records] == [None, None, 300000]
    [doubt] = [issue for record in file.records for issue in record.issues]
    assert (doubt.field, doubt.message) == ("investment", "这一格里有“30”，格式设成了不显示，没有读，请核对")
    assert not any("删除线" in notice for notice in file.notices)
