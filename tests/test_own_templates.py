"""Templates of ours as they come back: untouched, in another format, of another year or office, with reports and personal data."""

import subprocess
import zipfile
from pathlib import Path
from shutil import which

import pytest
from openpyxl import load_workbook

from huajie_desktop.application import Application
from huajie_desktop.receiving import intake
from huajie_desktop.records import entry
from huajie_desktop.sending import templates
from huajie_desktop.township.registers import PEOPLE
from huajie_desktop.township.seating import set_up
from huajie_desktop.work.review import approve, submit
from huajie_desktop.year.years import look_at, next_year, proposal, read
from tests.office import CATALOGUE, enter
from tests.own_templates import FIRST, TITLES, Hands, look, statuses, template, ten, told

DISPUTES, PROGRESS = CATALOGUE["disputes"], CATALOGUE["progress"]
soffice = which("soffice")


def people(app):
    for name, phone in (("钱大", "13857900001"), ("孙二", "13857900002"), ("周小五", ""), ("吴六", "13857900004")):
        entry.save(app, PEOPLE, None, {"name": name, "unit": "倪宅村", "phone": phone})


def disputes(app):
    for number, summary in enumerate(("排水沟起争执", "宅基地界址不清", "拖欠工钱")):
        texts = {
            "accepted_on": f"2021-03-0{number + 1}", "kind": "邻里", "village": "倪宅村", "level": "一般", "summary": summary,
            "party_a": f"王二{'甲乙丙'[number]}", "party_a_phone": f"1380000111{number}", "people": str(number + 2), "amount": "8000.5",
            "measures": f"已上门{number}次，电话1390000222{number}",
        }  # fmt: skip
        entry.save(app, DISPUTES, None, texts)


def reports(app, folder):
    """A list of three, of two of which is reported already; the template of that month."""
    for title in TITLES[:3]:
        enter(app, unit="尚仁村", title=title)
    hands = Hands(template(app, folder, "尚仁村", PROGRESS, 3))
    for number in range(2):
        hands.type(number, "stage", "推进中")
        hands.type(number, "percent", 20 + number)
        hands.type(number, "summary", f"完成了第{number}步")
    intake.apply(app, look(app, hands.save()))
    return Hands(template(app, folder / "again", "尚仁村", PROGRESS, 3))


def untouched(made, count):
    assert told(made) == []
    assert {status for _, status in statuses(made)} <= {"same"}
    assert len(list(made.rows)) == count


def test_untouched_ones_of_every_ledger_are_the_same_without_a_word(app, tmp_path):
    ten(app, tmp_path / "tasks")
    enter(app, title="没有责任人", responsible="", lead="", due="", investment="0", remarks="联系电话13857911111")
    numbered = [enter(app, title="有编号的", content="编号在表里，不读回来")]
    submit(app, numbered)
    approve(app, numbered)
    people(app)
    disputes(app)
    counts = {}
    for ledger in CATALOGUE.values():
        if ledger.place:
            [file] = [template(app, tmp_path / ledger.key, ledger=ledger)]
            made = look(app, file)
            counts[ledger.key] = len(list(made.rows))
            untouched(made, counts[ledger.key])
    assert (counts["tasks"], counts["people"] > 4, counts["disputes"], counts["progress"]) == (12, True, 3, 0)
    untouched(look(app, reports(app, tmp_path / "reports").save()), 2)


@pytest.mark.parametrize("order", [[2, 1, 0], [1, 2, 0], [0, 2, 1]])
def test_reports_of_which_only_the_visible_columns_were_sorted_stay_with_their_tasks(app, tmp_path, order):
    hands = reports(app, tmp_path)
    hands.sort_visible(order)
    untouched(look(app, hands.save()), 2)
    hands.type(order.index(0), "percent", 60)
    made = look(app, hands.save())
    assert [(row.record.title, row.status) for row in made.rows if row.status != "same"] == [(TITLES[0], "change")]
    hands.type(order.index(2), "summary", "刚开工")
    made = look(app, hands.save())
    assert (TITLES[2], "new") in statuses(made)


def test_a_report_beside_another_tasks_name_is_no_report_of_either(app, tmp_path):
    hands = reports(app, tmp_path)
    hands.type(0, "title", TITLES[2])
    made = look(app, hands.save())
    [row] = [row for row in made.rows if row.status != "same"]
    assert row.status == "error"
    assert TITLES[0] in row.record.issues[0].message
    assert TITLES[2] in row.record.issues[0].message


def test_people_and_disputes_with_masked_numbers_sorted_and_retyped(app, tmp_path):
    people(app)
    disputes(app)
    hands = Hands(template(app, tmp_path, ledger=PEOPLE))
    first = hands.keys["name"]
    hands.keys["title"], hands.seen = first, range(first, hands.page.max_column + 1)
    count = len(hands.rows)
    hands.sort_visible([*range(count - 1, -1, -1)])
    untouched(look(app, hands.save()), count)
    number = next(place for place in range(count) if hands.get(place, "name") == "孙二")
    hands.type(number, "phone", "13900009999")
    made = look(app, hands.save())
    assert {row.record.title: {c.key for c in row.changes} for row in made.rows if row.changes} == {"孙二": {"phone"}}

    hands = Hands(template(app, tmp_path / "d", ledger=DISPUTES))
    hands.keys["title"], hands.seen = hands.keys["summary"], range(2, hands.page.max_column + 1)
    hands.sort_visible([2, 0, 1])
    hands.type(0, "summary", "拖欠工程款")  # the rest says which it is
    made = look(app, hands.save())
    assert [(row.target, row.status, {c.key for c in row.changes}) for row in made.rows] == [
        (3, "ask", set()) if made.files[0].rows[0].status == "ask" else (3, "change", {"summary"}),
        (1, "same", set()), (2, "same", set()),
    ]  # fmt: skip


def test_last_years_template_is_an_ordinary_sheet_and_said_so_once(app, tmp_path):
    file = ten(app, tmp_path / "out")
    seat = the_year_after(app)
    enter(seat, title=TITLES[0], due="2022年8月底")
    made = look(seat, file)
    assert [notice for notice in made.files[0].all_notices if "年度的模板" in notice] == [
        "这是 2021 年度的模板，不是现在的年度，按普通表格读，没有对照编号"
    ]
    assert not [text for text in told(made) if "编号被改动" in text]
    row = next(row for row in made.rows if row.record.title == TITLES[0])
    assert "due" in {change.key for change in row.changes}, "what that template said says nothing of this year's record"


def the_year_after(app):
    """The same office, looking at a new year."""
    with app.reading() as session:
        texts = proposal(session)
    return look_at(app, next_year(app, read(app, texts)).campaign_id)


def test_a_row_of_last_year_among_this_years_is_named(app, tmp_path):
    old = Hands(ten(app, tmp_path / "out"))
    seat = the_year_after(app)
    enter(seat, title="今年的事")
    hands = Hands(template(seat, tmp_path / "new"))
    for column, cell in enumerate(old.page[FIRST], 1):
        hands.page.cell(FIRST + 1, column).value = cell.value
    made = look(seat, hands.save())
    row = made.files[0].rows[1]
    assert row.target is None
    assert any("2021 年度的模板复制来的" in issue.message for issue in row.record.issues)


def test_another_offices_template_is_said_once_and_no_row_is_called_damaged(app, tmp_path):
    other = set_up(Application.create(tmp_path / "other", today=app.today), "花街镇", 2021)
    file = ten(other, tmp_path / "out")
    other.data.close()
    enter(app, title="自己的事")
    made = look(app, file)
    assert {row.status for row in made.rows} == {"new"}
    assert [notice for notice in made.files[0].all_notices if "模板" in notice] == [
        "这是别的单位（办公室）发的模板，里面的编号这里不认识，按普通表格读"
    ]
    assert not [issue for row in made.rows for issue in row.record.issues if "编号" in issue.message]
    assert not [notice for notice in made.files[0].all_notices if "隐藏" in notice]


def test_one_damaged_cell_is_told_at_its_row_and_a_file_of_them_once(app, tmp_path):
    hands = Hands(ten(app, tmp_path))
    hands.page.cell(FIRST, 1).value = str(hands.page.cell(FIRST, 1).value)[:-3]
    made = look(app, hands.save())
    assert ["编号被改动过" in text for text in told(made)] == [True]
    for row in (1, *range(FIRST - 1, FIRST + 10)):
        hands.page.cell(row, 1).value = str(hands.page.cell(row, 1).value)[:-3]
    made = look(app, hands.save())
    assert told(made) == ["这份模板的编号全都对不上，按普通表格读，请核对每一行是不是原来那一项"]
    assert {row.status for row in made.rows} == {"same"}


def test_the_damage_of_a_cleared_row_is_not_told_of_the_next_one(app, tmp_path):
    hands = Hands(ten(app, tmp_path))
    hands.put(FIRST, [None] * len(hands.seen))
    hands.page.cell(FIRST, 1).value = str(hands.page.cell(FIRST, 1).value)[:-3]
    assert told(look(app, hands.save())) == []


def test_sorting_by_the_buttons_moves_whole_rows(app, tmp_path):
    """A protected sheet sorts only cells that are not locked, and what the filter does not reach over stays where it is."""
    file = ten(app, tmp_path)
    page = load_workbook(file).worksheets[0]
    assert page.auto_filter.ref == f"A4:N{FIRST + 10 + 29}"
    assert page.column_dimensions["A"].hidden
    assert not any(
        cell.protection.locked for row in page.iter_rows(min_row=FIRST - 1, max_row=FIRST + 39, max_col=14) for cell in row
    )
    assert all(cell.protection.locked for row in page.iter_rows(max_row=4, max_col=14) for cell in row if cell.value)
    sheet = zipfile.ZipFile(file).read("xl/worksheets/sheet1.xml").decode()
    protection = sheet[sheet.index("<sheetProtection") :].split("/>")[0]
    assert 'sheet="1"' in protection
    assert 'sort="0"' in protection  # 0: not forbidden
    assert 'autoFilter="0"' in protection
    refused = [check for check in page.data_validations.dataValidation if check.type == "custom"]
    assert [(str(check.sqref).split(":")[0], check.formula1, check.errorStyle or "stop") for check in refused] == [
        ("C5", "FALSE", "stop")
    ]


@pytest.mark.skipif(soffice is None, reason="LibreOffice saves the files again; it is not installed here")
@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods", "csv"])
def test_saved_again_by_another_program_they_say_the_same(app, tmp_path, ending):
    hands = Hands(ten(app, tmp_path / "out"))
    people(app)
    hands.sort_visible([*range(9, -1, -1)])
    files = [hands.save(), template(app, tmp_path / "out", ledger=PEOPLE), reports_of_ten(app, tmp_path / "out")]
    to = f"{ending}:Text - txt - csv (StarCalc):44,34,76" if ending == "csv" else ending  # 76: as UTF-8
    command = [soffice, f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", to, "--outdir"]
    subprocess.run([*command, tmp_path / "back", *files], check=True, capture_output=True, timeout=300)
    made = look(app, *sorted(Path(tmp_path / "back").iterdir()))
    assert {status for _, status in statuses(made)} == {"same"}, [row.changes for row in made.rows]
    assert told(made) == []
    assert [file.read.unit for file in made.files] == ["倪宅村"] * 3


def reports_of_ten(app, folder):
    hands = Hands(template(app, folder, ledger=PROGRESS, month=3))
    hands.type(0, "summary", "开工")
    intake.apply(app, look(app, hands.save()))
    return template(app, folder, ledger=PROGRESS, month=3)


def test_rows_hidden_by_a_filter_are_read_and_said(app, tmp_path):
    hands = Hands(ten(app, tmp_path))
    for row in (FIRST + 1, FIRST + 2):
        hands.page.row_dimensions[row].hidden = True
    made = look(app, hands.save())
    assert {status for _, status in statuses(made)} == {"same"}
    assert ["有2行是隐藏的" in text for text in told(made)] == [True]


def test_the_blank_template_says_how_to_fill_it_in(app, tmp_path):
    templates.write_template(app, PEOPLE, tmp_path / "空.xlsx")
    made = look(app, tmp_path / "空.xlsx")
    assert (list(made.rows), told(made)) == ([], [])
