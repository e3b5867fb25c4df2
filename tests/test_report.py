"""The status report: what it counts against an independent statement of SQL, what it says in words, and what it leaves out."""

import re
from datetime import date
from decimal import Decimal

import pypdfium2
import pytest
from sqlalchemy import select, text

from db.ledgers.progress import Progress
from db.log import Act
from db.models import Campaign, Extension, Notice, Task
from huajie_desktop.errors import FieldErrors, Problem
from huajie_desktop.lights.light import LOOKS
from huajie_desktop.office import dimensions
from huajie_desktop.papers import reporting
from huajie_desktop.papers.reporting import WITHOUT_LIST, make_report
from huajie_desktop.supervision.bulletin import bulletin_of
from huajie_desktop.typesetting.content import PaperContent
from huajie_desktop.work import figures
from huajie_desktop.work.checklist import TaskFilter, task_ids
from huajie_desktop.work.review import approve, submit
from tests.office import enter

JUNE = {"月份": "6月", "成文日期": "2021-06-20"}
# Unit, title, category, due, investment; month -> stage, percent, summary, problems, next steps.
STORY = (
    ("倪宅村", "路灯", "干事承诺", "5月31日", "12.5",
     {5: ("underway", 40, "立杆4根", "", ""), 6: ("underway", 80, "立杆12根。", "雨天多", "月底通电")}),
    ("倪宅村", "公厕", "干事承诺", "8月底前", "40", {5: ("done", 100, "已投用", "", ""), 6: ("done", 100, "", "无", "暂无")}),
    ("杨杭村", "绿道", "文明环境", "6月10日", "1200", {6: ("stuck", 10, "土地没有批", "手续没有办下来", "")}),
    ("杨杭村", "停车场", "文明环境", "9月底前", "3.456", {5: ("nearly", 95, "只剩划线", "", "")}),
    ("尚仁村", "党群中心", "基层党建", "6月1日", "", {}),
    ("尚仁村", "年会", "基层党建", "12月底前", "", {7: ("done", 100, "七月的事", "七月的问题", "")}),
)  # fmt: skip


@pytest.fixture
def today():
    return date(2021, 6, 20)


@pytest.fixture
def office(app):
    """Six approved tasks of three villages with reports of several months, and a draft."""
    ids = [
        enter(app, unit=unit, title=title, category=category, due=due, investment=money, content=f"{title}的目标")
        for unit, title, category, due, money, _months in STORY
    ]
    with app.operation(Act.CHANGE, "月度进展") as running:
        for task_id, (*_task, months) in zip(ids, STORY, strict=True):
            task = running.session.get_one(Task, task_id)
            for month, (stage, percent, summary, problems, steps) in months.items():
                running.session.add(
                    Progress(
                        task_id=task_id,
                        unit_id=task.unit_id,
                        campaign_id=task.campaign_id,
                        title=task.title,
                        state="draft",
                        month=f"{month:02}",
                        stage=stage,
                        percent=percent,
                        summary=summary,
                        problems=problems,
                        next_steps=steps,
                    )
                )
    submit(app, ids)
    approve(app, ids)
    enter(app, title="还没审的任务")
    return app


def report(app, folder, **said):
    """The report's texts page by page, without white space."""
    make_report(app, folder / "报告.pdf", said={**JUNE, **said})
    with pypdfium2.PdfDocument(str(folder / "报告.pdf")) as document:
        return [re.sub(r"\s", "", page.get_textpage().get_text_bounded()) for page in document]


def content_of(app, monkeypatch, folder, **said) -> PaperContent:
    """The report as it is handed to whoever writes it."""
    found = []
    write = reporting.write_papers
    monkeypatch.setattr(reporting, "write_papers", lambda contents, *more: found.extend(contents) or write(contents, *more))
    make_report(app, folder / "内容.pdf", said={**JUNE, **said})
    return found[0]


def test_its_figures_are_those_of_sql_and_of_the_screens(office, monkeypatch, tmp_path):
    content = content_of(office, monkeypatch, tmp_path)
    statement = text(
        """
        select u.name, count(*), sum(now.id is not null),
               sum(coalesce(last.stage, '') = 'done' or t.finished_on is not null),
               sum(coalesce(last.stage, '') in ('underway', 'nearly')), sum(coalesce(last.stage, '') = 'stuck'),
               sum(coalesce(last.stage, '') = 'waiting'), sum(last.id is null),
               sum(t.due < '2021-06-20' and t.finished_on is null), sum(t.investment)
        from tasks t join units u on u.id = t.unit_id
        left join progress now on now.task_id = t.id and now.month = '06'
        left join progress last on last.task_id = t.id and last.month =
            (select max(p.month) from progress p where p.task_id = t.id and p.month <= '06')
        where t.state = 'approved' group by u.name
        """
    )
    with office.reading() as session:
        counted = {name: numbers for name, *numbers in session.execute(statement)}
        screens = {total.name: total for total in figures.by_unit(session, approved_only=True)}
        dims = {total.name: total for total in figures.by_dimension(session, approved_only=True) if total.tasks}
        late = task_ids(session, TaskFilter(due="overdue", state="approved"), "due", today=office.today())
    *rows, total = content.tables["单位表"].rows
    assert len(rows) == len(counted) == 3
    for _number, name, *cells, rate, money in rows:
        *numbers, invested = counted[name]
        assert Decimal(0 if money == "—" else money) == round(Decimal(invested or 0) / 1000000, 2)  # kept in hundredths of a yuan
        assert list(map(int, cells)) == numbers, name
        assert Decimal(rate) == round(Decimal(numbers[2] * 100) / numbers[0], 1)
        assert Decimal(0 if money == "—" else money) == round(screens[name].investment, 2)
        assert numbers[0] == screens[name].tasks
        assert sum(numbers[2:7]) == numbers[0], "done, underway, stuck, waiting and silent are all of them"
    assert total == ("", "合　　计", "6", "3", "1", "2", "1", "0", "2", "3", "16.7", "1255.96")
    assert int(total[9]) == len(late), "as the list of overdue tasks"
    assert {row[1]: int(row[2]) for row in content.tables["板块表"].rows[:-1]} == {name: one.tasks for name, one in dims.items()}
    assert content.charts["单位图"].bars == (("倪宅村", 1, 2), ("杨杭村", 0, 2), ("尚仁村", 0, 2))


def test_it_says_in_words_how_far_the_tasks_are_who_is_ahead_and_who_is_late(office, tmp_path):
    pages = report(office, tmp_path)
    whole = "".join(pages)
    for said in (
        "花街镇党政办公室关于2021年6月任务进展情况的报告",
        "花街镇党委、政府：",
        "截至2021年6月20日，2021年“三五”大比拼共列入已确认任务6项，涉及责任单位3个。其中列明计划投资的4项，计划投资合计1255.96万元",
        "各单位报送6月进展3项。6月的进展最晚2021年6月28日报送，期限还没有到。",
        "已完成1项，完成率16.7%，推进中（含基本完成）2项，受阻1项，没有报过进展2项。",
        "已登记办结0项，逾期未办结3项。",
        "完成率居前的单位：倪宅村50.0%（1／2项）。",
        "逾期未办结较多的单位：倪宅村1项，杨杭村1项，尚仁村1项。",
        "倪宅村“路灯”（推进中80%）：立杆12根。",
        "6月各单位报告存在问题2项",
        "杨杭村绿道手续没有办下来",
        "倪宅村路灯月底通电",
        "另有未确认的任务没有计入：草稿1项。",
        "附件：全部事项清单",
    ):
        assert said in whole, said
    for unsaid in ("七月", "还没审的任务", "已确认6项"):
        assert unsaid not in whole
    assert "花街镇党政办公室2021年6月20日" in whole
    assert "全部事项清单" in pages[-1]


def test_it_compares_with_the_month_before_and_with_the_year_before(office, monkeypatch, tmp_path):
    content = content_of(office, monkeypatch, tmp_path)
    assert "与上年同期比较" not in content.tables
    before = {row[0]: row[1:] for row in content.tables["与上月比较"].rows}
    assert before["本月已报（项）"] == ("3", "3", "0")
    assert before["推进（项）"] == ("2", "2", "0")
    assert before["受阻（项）"] == ("0", "1", "+1")
    assert before["逾期未办结（项）"] == ("0", "3", "+3"), "on the last day of May"
    assert "与上月比较" not in content_of(office, monkeypatch, tmp_path, 月份="1月").tables, "there is none in this year"
    with office.operation(Act.CHANGE, "上年") as running:
        last = Campaign(year=2020, name="上年", township_id=running.session.campaign.township_id)
        running.session.add(last)
        running.session.flush()
        one = running.session.query(Task).first()
        old = Task(
            title="上年的路灯", unit_id=one.unit_id, campaign_id=last.id, state="approved", due=date(2020, 5, 31), due_precision="day",
            finished_on=date(2020, 7, 1),
        )  # fmt: skip
        running.session.add(old)
    year = {row[0]: row[1:] for row in content_of(office, monkeypatch, tmp_path).tables["与上年同期比较"].rows}
    assert year["列入任务（项）"] == ("1", "6", "+5")
    assert year["完成（项）"] == ("0", "1", "+1"), "it was finished later that year"
    assert year["逾期未办结（项）"] == ("1", "3", "+2")


def test_the_list_can_be_left_out_and_amounts_have_equal_decimals(office, monkeypatch, tmp_path):
    content = content_of(office, monkeypatch, tmp_path)
    assert [row[7] for row in content.tables["全部事项清单"].rows] == ["12.500", "40.000", "1200.000", "3.456", "", ""]
    assert [row[8] for row in content.tables["全部事项清单"].rows][:3] == ["推进中\n80%", "已完成", "受阻\n10%"]
    with_it = report(office, tmp_path)
    without = report(office, tmp_path, 全部事项清单=WITHOUT_LIST)
    assert len(without) < len(with_it)
    assert not any("附件" in page or "全部事项清单" in page for page in without)


def test_what_is_asked_stands_on_it_and_a_day_before_the_month_is_refused(office, tmp_path):
    pages = report(office, tmp_path, 主送="县委、县政府", 署名="花街镇人民政府", 成文日期="2021-07-05", 下步打算="一是抓进度。")
    whole = "".join(pages)
    for said in (
        "县委、县政府：",
        "花街镇人民政府关于2021年6月",
        "花街镇人民政府2021年7月5日",
        "一是抓进度。",
        "截至2021年6月20日",
    ):
        assert said in whole, said
    with pytest.raises(FieldErrors) as refused:
        make_report(office, tmp_path / "早.pdf", said={"月份": "6月", "成文日期": "2021-05-31"})
    assert "早于所报的2021年6月" in refused.value.messages["成文日期"]
    assert not (tmp_path / "早.pdf").exists()


def test_without_any_report_it_says_so_and_invents_nothing(app, tmp_path):
    task = enter(app)
    submit(app, [task])
    approve(app, [task])
    whole = "".join(report(app, tmp_path))
    for said in (
        "6月没有单位报送进展。", "全部任务都没有报过进展，完成情况无从统计。", "6月没有单位报告存在问题。",
        "6月没有单位报告下步打算。", "已确认任务1项，涉及责任单位1个",
    ):  # fmt: skip
        assert said in whole, said
    for unsaid in ("居前", "较多", "主要进展", "台账", "…"):
        assert unsaid not in whole


def test_a_task_of_two_categories_counts_in_both_and_once_in_all_and_that_is_said(app, monkeypatch, tmp_path):
    ids = [enter(app), enter(app, title="共建", further="平安善治提升")]
    submit(app, ids)
    approve(app, ids)
    content = content_of(app, monkeypatch, tmp_path)
    assert [(row[1], row[2]) for row in content.tables["板块表"].rows] == [
        ("五大行动", "1"),
        ("五大比拼", "2"),
        ("合　　计", "2"),
    ]
    assert content.fields["类别注"] == "注：有1项任务同时计入多个类别，合计不重复计算。"
    with app.reading() as session:
        assert len(dimensions(session)) == 3


def test_a_long_report_begins_with_its_contents(app, tmp_path):
    ids = [enter(app, title=f"任务{number}") for number in range(110)]
    submit(app, ids)
    approve(app, ids)
    pages = report(app, tmp_path)
    assert pages[0].startswith("目录一、总体情况…")
    assert "全部事项清单…" in pages[0]
    assert "—1—" in pages[1]


def test_texts_that_mean_harm_are_texts(office, tmp_path):
    harm = "{项数}#版记 ｜<b>一、</b>→"
    with office.operation(Act.CHANGE, "坏") as running:
        running.session.query(Progress).filter_by(month="06", stage="stuck").one().summary = harm
    whole = "".join(report(office, tmp_path, 下步打算=harm))
    assert whole.count("{项数}#版记｜<b>一、</b>→") == 3, "told, in the list, and as the clerk's own words"


def test_nothing_to_report_is_refused(app, tmp_path):
    with pytest.raises(Problem, match="还没有任务"):
        make_report(app, tmp_path / "r.pdf", approved_only=False)


def test_lights_supervision_extensions_and_sign_offs_are_those_of_the_month(office, tmp_path):
    with office.operation(Act.CHANGE, "闭环") as running:
        session = running.session
        first, second = session.scalars(select(Task).where(Task.state == "approved").order_by(Task.id).limit(2)).all()
        common = {"unit_id": first.unit_id, "campaign_id": first.campaign_id, "title": first.title, "task_id": first.id}
        session.add_all([
            Extension(**common, state="granted", asked_on=date(2021, 5, 10), decided_on=date(2021, 5, 12), before=first.due,
                      wanted=date(2021, 6, 30), reason="雨"),
            Extension(**common, state="refused", asked_on=date(2021, 6, 10), decided_on=date(2021, 6, 25), wanted=date(2021, 7, 30),
                      reason="雨"),
            Notice(**common, state="issued", level="remind", issued_on=date(2021, 6, 1), term=date(2021, 6, 8)),
        ])  # fmt: skip
        second.finished_on = second.applied_on = date(2021, 6, 2)
        second.signed_off_on = date(2021, 6, 4)
    with office.reading() as session:
        counted = bulletin_of(session, date(2021, 6, 20))
    make_report(office, tmp_path / "a.pdf", said=JUNE)
    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as document:
        words = "".join("".join(page.get_textpage().get_text_range().split()) for page in document)
    lit = "、".join(f"{look.word}{counted.whole.lights[key]}项" for key, look in LOOKS.items() if counted.whole.lights[key])
    assert f"按亮灯情况分：{lit}。" in words
    assert "今年以来发出督查单1份：提醒1份，还有1份没有反馈。" in words
    assert "今年以来申请延期2项：待审批1项、已同意1项。" in words, "what was decided later is not known yet"
    assert "已销号1项。" in words
