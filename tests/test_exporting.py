"""Lists and templates as spreadsheets: nothing becomes a formula, nothing private gets out unasked, all of it comes back in."""

import csv
import datetime as dt
import io
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy import select

from db.log import Act
from db.models import Operation, Task
from huajie_desktop.errors import Cancelled, FieldErrors, Problem
from huajie_desktop.journal import history, past
from huajie_desktop.receiving import importing
from huajie_desktop.records import entry
from huajie_desktop.records.finding import find
from huajie_desktop.records.listing import Wanted, record_ids
from huajie_desktop.sending import exporting
from huajie_desktop.sending.open_export import export_everything
from huajie_desktop.sheets.fenced.fence import Reader
from huajie_desktop.sheets.written.csv_writing import as_csv
from huajie_desktop.sheets.written.formulas import guarded, unguarded
from huajie_desktop.sheets.written.workbook_writing import Column, Sheet, as_xlsx
from huajie_desktop.township.registers import PEOPLE, UNITS
from huajie_desktop.work.task_ledger import TASKS
from tests.conftest import TODAY
from tests.folders import open_office
from tests.forms import forms
from tests.office import CATALOGUE, TEXTS, contents, enter, recent
from tests.tasks import save_task

DISPUTES = CATALOGUE["disputes"]
DISPUTE = {
    "accepted_on": "2021-03-05", "kind": "邻里", "village": "倪宅村", "summary": "围墙越界", "level": "重大", "amount": "8000.5",
    "party_a": "王二麻", "party_a_phone": "13800001111", "mediator": "李四", "people": "3", "result": "成功", "confirmed": "是",
}  # fmt: skip
ENDINGS = (".xlsx", ".csv")


def keep(app, ledger, texts):
    return entry.save(app, ledger, None, texts).record_id


def ids_of(app, ledger):
    with app.reading() as session:
        return list(record_ids(session, ledger, Wanted()))


def export(app, ledger, target, keys=None, **options):
    return exporting.export_list(app, ledger, ids_of(app, ledger), keys or exporting.all_keys(ledger), target, **options)


def rows_of(file):
    if file.suffix == ".csv":
        return list(csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig"))))
    return [list(row) for row in load_workbook(file).worksheets[0].iter_rows(values_only=True)]


def test_a_workbook_has_a_title_a_frozen_header_real_days_and_numbers_and_prints_across(app, tmp_path):
    keep(app, DISPUTES, DISPUTE)
    assert export(app, DISPUTES, tmp_path / "a.xlsx", ["accepted_on", "kind", "people", "amount", "confirmed", "state"]) == 1
    page = load_workbook(tmp_path / "a.xlsx").worksheets[0]
    title, header, row = page.iter_rows(values_only=True)
    assert title[0] == "花街镇2021年矛盾纠纷调处台账"
    assert header == ("序号", "受理日期", "纠纷类型", "涉及人数（人）", "涉及金额（元）", "司法确认", "状态")
    assert row == (1, dt.datetime(2021, 3, 5), "邻里", 3, 8000.5, "是", "草稿")
    assert page["B3"].number_format == "yyyy-mm-dd"
    assert page.freeze_panes == "A3"
    assert (page.page_setup.orientation, page.page_setup.paperSize, page.page_setup.fitToHeight) == ("landscape", 9, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.print_title_rows == "$1:$2"


FORMULAS = ("=1+1", "+86 579", "-无", "@SUM(A1)", '=HYPERLINK("http://x","点")', "＝1+1", "'=1", "#REF!", "_x0041_")


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("text", FORMULAS)
def test_text_never_becomes_a_formula_and_comes_back_as_it_was(app, tmp_path, text, ending):
    keep(app, DISPUTES, {**DISPUTE, "summary": text, "party_a_phone": text})
    file = tmp_path / f"a{ending}"
    export(app, DISPUTES, file, open_names=True)
    if ending == ".xlsx":
        kinds = {cell.data_type for row in load_workbook(file).worksheets[0].iter_rows() for cell in row}
        assert "f" not in kinds
        assert "e" not in kinds
    else:
        assert not any(cell[:1] in tuple("=+-@＝") for row in rows_of(file) for cell in row)
    made = importing.preview(app, [file])
    assert [row.status for row in made.rows] == ["same"], made.files[0].read
    assert made.files[0].rows[0].record.title == text


def test_long_digits_stay_digits(app, tmp_path):
    keep(app, DISPUTES, {**DISPUTE, "party_a_phone": "330784198001010000", "agreement_number": "007"})
    for ending in ENDINGS:
        file = tmp_path / f"a{ending}"
        export(app, DISPUTES, file, open_names=True)
        if ending == ".xlsx":
            cells = {c.value: c for row in load_workbook(file).worksheets[0].iter_rows() for c in row}
            assert cells["330784198001010000"].number_format == cells["007"].number_format == "@"
        else:
            assert "330784198001010000\t" in rows_of(file)[1]
        record = next(importing.preview(app, [file]).rows).record
        assert (record["party_a_phone"], record["agreement_number"]) == ("330784198001010000", "007")


@pytest.mark.parametrize("ending", ENDINGS)
def test_personal_data_is_masked_unless_asked_for_and_known_again_either_way(app, tmp_path, ending):
    keep(app, DISPUTES, DISPUTE)
    for open_names in (False, True):
        file = tmp_path / f"{open_names}{ending}"
        export(app, DISPUTES, file, open_names=open_names)
        said = str(rows_of(file))
        assert ("王二麻" in said, "13800001111" in said) == (open_names, open_names)
        assert importing.preview(app, [file]).counts() == {"same": 1}


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_checklist_comes_back_as_it_went(app, tmp_path, ending):
    enter(
        app,
        milestones="6月底 完成招标\n9月底 竣工",
        cooperating="平安建设办",
        quantities="路灯12盏",
        funding="镇补 5万",
        remarks="=备注",
    )
    enter(app, title="长期保洁", due="长期坚持", investment="", responsible="张三")
    enter(app, title="合计", due="2021-07-01", content="说明：见附件")
    enter(app, title="注：一二三", unit="金湖村")
    file = tmp_path / f"a{ending}"
    assert export(app, TASKS, file) == 4
    assert importing.preview(app, [file]).counts() == {"same": 4}
    shown = tmp_path / f"b{ending}"
    export(app, TASKS, shown, list(TASKS.shown.columns))
    assert importing.preview(app, [shown]).counts() == {"same": 4}, "only the columns shown"


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("ledger", [UNITS, PEOPLE], ids=lambda ledger: ledger.key)
def test_units_and_people_come_back_as_they_went(app, tmp_path, ledger, ending):
    enter(app)
    keep(app, PEOPLE, {"name": "张三（东）", "unit": "倪宅村", "phone": "057986321000"})
    file = tmp_path / f"a{ending}"
    count = export(app, ledger, file, open_names=True)
    assert importing.preview(app, [file]).counts() == {"same": count}


def test_another_ending_is_refused_and_a_cancelled_export_leaves_nothing(app, tmp_path):
    keep(app, DISPUTES, DISPUTE)
    with pytest.raises(Problem, match=r"\.pdf"):
        export(app, DISPUTES, tmp_path / "a.pdf")

    class Impatient:
        def step(self, done, total, text):
            raise Cancelled

    with pytest.raises(Cancelled):
        export(app, DISPUTES, tmp_path / "a.xlsx", job=Impatient())
    assert list(tmp_path.glob("*.xlsx")) == []


def test_ten_thousand_rows_are_written_in_a_few_seconds():
    rows = [(n, "穿村段路灯安装" * 3, dt.date(2021, 3, 5), Decimal("12.5")) for n in range(10_000)]
    columns = [Column("序号", 7), Column("事项", 30, wrap=True), Column("日期", 12), Column("金额", 12)]
    assert len(as_xlsx(Sheet("清单", columns, rows))) > 100_000
    assert as_csv(Sheet("清单", columns, rows)).count(b"\r\n") == 10_001


@given(st.text())
def test_guarding_is_undone_exactly(text):
    assert unguarded(guarded(text)).rstrip("\t") == text.rstrip("\t")
    assert not guarded(text).startswith(tuple("=+-@"))


# every kind of field there and back


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """One office for all examples, and one reader process."""
    opened = open_office(tmp_path_factory.mktemp("office") / "data", TODAY)
    with Reader() as reader:
        yield opened, reader, tmp_path_factory.mktemp("files")
    opened.data.close()


@pytest.mark.parametrize("key", ["disputes", "people", "tasks"])
@settings(max_examples=40)
@given(data=st.data(), ending=st.sampled_from(ENDINGS))
def test_every_kind_of_field_goes_out_and_comes_back(office, key, data, ending):
    app, reader, folder = office
    ledger = CATALOGUE[key]
    texts = data.draw(forms(ledger))
    try:
        record_id = save_task(app, None, {**TEXTS, **texts}).record_id if ledger is TASKS else keep(app, ledger, texts)
    except FieldErrors:
        assume(False)
    file: Path = folder / f"a{ending}"
    exporting.export_list(app, ledger, [record_id], exporting.all_keys(ledger), file, open_names=True)
    made = importing.preview(app, [file], reader=reader)
    statuses = [row.status for row in made.rows]
    with app.operation(Act.CHANGE, "拿掉") as running:
        running.session.delete(running.session.get_one(ledger.model, record_id))
    assert statuses == ["same"], (texts, [(row.record.raw, row.record.issues) for row in made.rows], made.files[0].read.left_out)


def test_tasks_have_their_own_model():
    assert TASKS.model is Task


def test_a_persons_numbers_in_a_free_text_go_out_hidden_unless_asked_for(app, tmp_path):
    summary = "王二麻440524188001010014、13800001111围墙越界"
    keep(app, DISPUTES, {**DISPUTE, "summary": summary})
    export(app, DISPUTES, tmp_path / "hidden.xlsx", ["summary"])
    export(app, DISPUTES, tmp_path / "open.xlsx", ["summary"], open_names=True)
    hidden = "王二麻440****0014、138****1111围墙越界"
    assert rows_of(tmp_path / "hidden.xlsx")[-1][1] == hidden
    assert rows_of(tmp_path / "open.xlsx")[-1][1] == summary
    with app.reading() as session:
        assert recent(session)[0].label == f"新增{DISPUTES.noun}“{hidden}”"
        assert session.scalars(select(Operation.label).order_by(Operation.id.desc())).first() == recent(session)[0].label
        assert [hit.title for hit in find(session, "围墙") if hit.kind == "ledger"] == [hidden]


def traces(app):
    with app.reading() as session:
        found = session.execute(select(Operation.actor, Operation.label).where(Operation.act == Act.EXPORT))
        return [tuple(row) for row in found]


@pytest.mark.parametrize("ending", ENDINGS)
def test_personal_data_given_out_in_full_leaves_a_trace(app, tmp_path, ending):
    keep(app, DISPUTES, DISPUTE)
    before = contents(app)
    export(app, DISPUTES, tmp_path / f"遮盖{ending}")
    export(app, TASKS, tmp_path / f"任务{ending}", open_names=True)  # nothing private stands there
    assert traces(app) == []
    export(app, DISPUTES, tmp_path / f"给县里{ending}", open_names=True)
    assert traces(app) == [("张三", f"完整导出{DISPUTES.title} 1 行（个人信息没有遮盖）：给县里{ending}")]
    assert contents(app) == before
    with app.reading() as session:
        [line] = past.operation_lines(session, past.operation_ids(session, past.Wanted("给县里")))
    assert (line.actor, line.rows) == ("张三", 0)
    with pytest.raises(Problem, match="没有可以撤销的"):
        history.undo(app, [line.id])


def test_what_could_not_be_written_leaves_none(app, tmp_path):
    keep(app, DISPUTES, DISPUTE)
    (tmp_path / "名单.xlsx").mkdir()
    with pytest.raises(Problem):
        export(app, DISPUTES, tmp_path / "名单.xlsx", open_names=True)
    assert traces(app) == []


def test_everything_given_out_leaves_one_too(app, tmp_path):
    rows = export_everything(app, tmp_path / "移交")
    assert traces(app) == [("张三", f"全部导出 {rows} 行（个人信息没有遮盖）：移交")]
