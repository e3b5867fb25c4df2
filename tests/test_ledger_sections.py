"""What the report says of the ledgers: nothing where there is nothing, else the article's sentence and tables that add up."""

from pypdf import PdfReader

from huajie_desktop.demo import demo_disputes
from huajie_desktop.office import units
from huajie_desktop.papers.ledger_sections import ledger_sections
from huajie_desktop.papers.reporting import make_report
from huajie_desktop.township.seating import come_in
from huajie_desktop.work.review import approve, submit
from tests.office import enter

SENTENCE = "2021年，花街镇共调处矛盾纠纷302起，其中重大矛盾纠纷6起，重特大纠纷3起，涉及金额共计620余万元，调解成功率98.34%。"


def sections(app, **names):
    """The sections with the units' present names, but for those given."""
    with app.reading() as session:
        known = {unit.id: names.get(unit.name, unit.name) for unit in units(session)}
        return ledger_sections(session, known, approved_only=True)


def words_of(file):
    return "".join(page.extract_text() for page in PdfReader(file).pages).replace("\n", "")


def report_on_one_task(app, tmp_path):
    task = enter(app)
    submit(app, [task])
    approve(app, [task])
    make_report(app, tmp_path / "报告.pdf")
    return words_of(tmp_path / "报告.pdf")


def test_a_ledger_without_records_is_not_spoken_of(app, tmp_path):
    assert sections(app) == ()
    assert "台账" not in report_on_one_task(app, tmp_path)


def test_the_report_says_the_articles_sentence(app, tmp_path):
    demo_disputes.fill(app, come_in(app.data, "李四（演示）"))
    (section,) = sections(app)
    assert (section.title, section.sentence) == ("矛盾纠纷调处台账", SENTENCE)
    words = report_on_one_task(app, tmp_path)
    for said in ("六、台账情况", "（一）矛盾纠纷调处台账", "共调处矛盾纠纷302起", "620余万元", "拖欠农民工工资", "12月"):
        assert said in words, said


def test_the_tables_add_up_to_the_whole(app):
    demo_disputes.fill(app, come_in(app.data, "李四（演示）"))
    (section,) = sections(app)
    assert [table.columns[0].title for table in section.tables] == ["纠纷类型", "村（社）", "月份"]
    for table in section.tables:
        *parts, total = table.rows
        assert total == ("合　　计", "302", "297", "98.34", "624.36", "6", "3")
        assert sum(int(row[1]) for row in parts) == 302


def test_units_are_called_as_they_were_called_then(app):
    demo_disputes.fill(app, come_in(app.data, "李四（演示）"))
    (section,) = sections(app, 倪宅村="从前的倪宅村")
    assert "从前的倪宅村" in [row[0] for row in section.tables[1].rows]
