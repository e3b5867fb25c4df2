"""What the clerk teaches in one sheet helps with the next: in the same batch, and where nobody knows who sent it."""

from openpyxl import Workbook

from huajie_desktop.receiving import importing, intake
from huajie_desktop.receiving.asked import TABLE, asked_of, needs_somebody

ROWS = [["穿村段路灯安装", "安装路灯12盏", 12.5, "倪成纲", "8月底前"], ["公厕改造", "改造公厕2座", 8, "张三", "9月底前"]]
KNOWN = ["序号", "承诺事项", "建设内容及规模", "计划投资(万元)", "责任人", "完成时限"]
STRANGE = ["甲", "乙", "丙", "丁", "戊"]  # nobody knows these words
MEANT = ["title", "content", "investment", "responsible", "due"]


def workbook(path, **sheets):
    made = Workbook()
    made.remove(made.active)
    for name, (heading, header, rows) in sheets.items():
        sheet = made.create_sheet(name)
        for row in ([heading], header, *rows):
            sheet.append(row)
    made.save(path)
    return path


def strange(path, heading="2021年清单"):
    return workbook(path, 表=(heading, STRANGE, ROWS))


def say(app, made, file):
    (table,) = [table for table in file.read.mappable if table.starts == 2]
    importing.remap(app, made, file, {(table.sheet, 2, place): key for place, key in enumerate(MEANT)})


def test_a_header_taught_in_one_file_is_known_in_the_others_of_the_batch(app, tmp_path):
    made = importing.preview(app, [strange(tmp_path / "22 金湖村.xlsx"), strange(tmp_path / "23 枫源村.xlsx")])
    assert [bool(file.read.problem) for file in made.files] == [True, True]
    say(app, made, made.files[0])
    assert [(file.read.problem, len(file.rows)) for file in made.files] == [(None, 2), (None, 2)]
    assert any("“甲”这一列读成任务名称；不对的话请在“列对应”里改" in notice for notice in made.files[1].all_notices)


def test_and_in_the_next_batch_where_the_sender_is_not_known(app, tmp_path):
    first = importing.preview(app, [strange(tmp_path / "22 金湖村.xlsx")])
    say(app, first, first.files[0])
    intake.apply(app, first)
    again = importing.preview(app, [strange(tmp_path / "不知道谁的.xlsx")])
    (file,) = again.files
    assert (file.read.problem, len(file.rows), file.read.unit) == (None, 2, None)


def test_a_sheet_with_a_list_nobody_could_read_stands_open_until_somebody_says(app, tmp_path):
    village = ["三明村2021年干事承诺清单", KNOWN, [[n, *row] for n, row in enumerate(ROWS, 1)]]
    other = [
        "三明村2021年文明环境清单",
        ["序号", "干啥子", *KNOWN[2:]],
        [[1, "一村万树示范村创建", "植树1000棵", 5, "王五", "10月底前"]],
    ]
    made = importing.preview(app, [workbook(tmp_path / "19 三明村.xlsx", 镇级清单=village, 文明环境=other)])
    (file,) = made.files
    assert [(asked.sheet, asked.is_open) for asked in asked_of(file) if asked.sort == TABLE] == [("文明环境", True)]
    assert needs_somebody(made)
    file.passed = frozenset({"文明环境"})
    assert [(asked.words, asked.is_open) for asked in asked_of(file) if asked.sort == TABLE] == [
        ("工作表“文明环境”按您说的没有读", False)
    ]
    outcome = intake.apply(app, made)
    assert any("工作表“文明环境”里没有任务清单，没有读" in words for words in outcome.left_out)
