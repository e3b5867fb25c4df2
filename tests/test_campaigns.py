"""The campaign: its parts are the office's to name, numbers follow its pattern, figures count each task once in all totals."""

import pytest
from sqlalchemy import select

from db.log import Act
from db.models import Campaign, Category, Dimension, ListKind, Task, Unit
from huajie_desktop import office
from huajie_desktop.errors import FieldErrors, Problem
from huajie_desktop.journal import history
from huajie_desktop.papers.reporting import make_report
from huajie_desktop.receiving import importing, intake
from huajie_desktop.records.entry import delete, save
from huajie_desktop.township.shipped import shipped_pattern
from huajie_desktop.work import figures
from huajie_desktop.work.numbering import DEFAULT_PATTERN, fault_in, fill, give_numbers, next_numbers
from huajie_desktop.work.review import approve, submit
from huajie_desktop.year import campaigns
from huajie_desktop.year.campaigns import CAMPAIGN, CATEGORIES, DIMENSIONS, LIST_KINDS
from tests.office import contents, enter
from tests.tasks import save_task
from tests.ui.hands import LAMP, book


def ids_of(app, model):
    with app.reading() as session:
        return {found.name: found.id for found in session.scalars(select(model))}


def set_pattern(app, pattern):
    with app.reading() as session:
        year = session.campaign
    return save(app, CAMPAIGN, year.id, {"name": year.name, "number_pattern": pattern}).changes


def number_of(app, task_id):
    with app.reading() as session:
        return session.get_one(Task, task_id).number


def approved(app, **texts):
    task_id = enter(app, **texts)
    submit(app, [task_id])
    approve(app, [task_id])
    return number_of(app, task_id)


# dimensions, categories, list kinds


def test_the_article_s_structure_is_there_with_its_counts(app):
    enter(app)
    enter(app, title="另一项")
    enter(app, title="招商", category="工业发展提质攻坚", unit="花街镇")
    with app.reading() as session:
        lines = campaigns.outline(session)
    assert [(line.name, line.tasks, len(line.categories)) for line in lines] == [
        ("五大攻坚", 1, 5),
        ("五大行动", 0, 5),
        ("五大比拼", 2, 5),
    ]
    assert [item.tasks for item in lines[2].categories] == [0, 2, 0, 0, 0]


def test_category_can_be_renamed_and_added_but_not_doubled(app):
    dimension, category = ids_of(app, Dimension)["五大比拼"], ids_of(app, Category)["文明环境"]
    save(app, CATEGORIES, category, {"name": "文明美丽环境", "code": "文明", "aliases": "美丽环境，环境"})
    save(app, CATEGORIES, None, {"name": "抱团共富", "code": "共富"}, dimension_id=dimension)
    with app.reading() as session:
        assert session.get_one(Category, category).aliases == "美丽环境、环境"
        assert office.categories(session)[-1].name == "抱团共富"
        assert office.categories(session)[-1].search == "抱团共富 btgf"
    with pytest.raises(FieldErrors, match="已经有了"):
        save(app, CATEGORIES, None, {"name": "抱团共富", "code": "共富"}, dimension_id=dimension)
    with pytest.raises(FieldErrors) as caught:
        save(app, CATEGORIES, category, {"name": " ", "code": ""})
    assert set(caught.value.messages) == {"name", "code"}
    save(app, CATEGORIES, None, {"name": "抱团共富", "code": "共"}, dimension_id=ids_of(app, Dimension)["五大行动"])


def test_parts_move_among_their_like(app):
    with app.reading() as session:
        before = [found.name for found in office.categories(session)]
    campaigns.move(app, Category, ids_of(app, Category)["文明环境"], -1)
    assert campaigns.move(app, Category, ids_of(app, Category)["重点工作"], -1).operation_id is None, "it is the first"
    changes = campaigns.move(app, Dimension, ids_of(app, Dimension)["五大比拼"], -2)
    with app.reading() as session:
        assert [found.name for found in office.dimensions(session)] == ["五大比拼", "五大攻坚", "五大行动"]
        assert [found.name for found in office.categories(session)][:3] == ["重点工作", "文明环境", "干事承诺"]
    history.undo(app, [changes.operation_id])
    with app.reading() as session:
        assert [found.name for found in office.categories(session)][:10] == before[:10]


def test_what_is_used_can_only_be_closed(app):
    enter(app)
    used, unused = ids_of(app, Category)["干事承诺"], ids_of(app, Category)["平安创建"]
    before = contents(app)
    with pytest.raises(Problem, match="还在使用"):
        delete(app, [used], CATEGORIES)
    with pytest.raises(Problem, match="还在使用"):
        delete(app, [ids_of(app, Dimension)["五大攻坚"]], DIMENSIONS)
    assert contents(app) == before
    delete(app, [unused], CATEGORIES)
    closed = campaigns.close(app, Category, used)
    with app.reading() as session:
        assert {"干事承诺", "平安创建"}.isdisjoint(found.name for found in office.categories(session))
        assert [total.name for total in figures.by_category(session) if total.tasks] == ["干事承诺"]
        assert [item.closed for item in campaigns.outline(session)[2].categories] == [False, True, False, False]
    with pytest.raises(FieldErrors, match="不是本年度的类别"):
        enter(app, title="再来一项")
    assert closed.label == "停用类别“干事承诺”"
    campaigns.close(app, Category, used, closed=False)
    enter(app, title="再来一项")


# lists


def test_a_task_goes_into_the_list_of_its_unit_unless_said(app):
    kinds = ids_of(app, ListKind)
    assert list(kinds) == ["市级清单", "镇级清单", "村级清单"]
    village, town = enter(app), enter(app, title="招商", unit="花街镇")
    said = enter(app, title="市里的项目", list_kind="市级")
    with app.reading() as session:
        found = {task.id: task.list_kind_id for task in session.scalars(select(Task))}
    assert [found[task] for task in (village, town, said)] == [kinds["村级清单"], kinds["镇级清单"], kinds["市级清单"]]


def test_imported_tasks_go_into_their_lists_too(app, tmp_path):
    intake.apply(app, importing.preview(app, [book(tmp_path / "倪宅村.xlsx", LAMP)]))
    with app.reading() as session:
        assert [line.tasks for line in campaigns.list_kind_lines(session)] == [0, 0, 1]


def test_list_kinds_keep_their_meaning_under_other_names(app):
    save(app, LIST_KINDS, ids_of(app, ListKind)["村级清单"], {"name": "干事承诺清单", "aliases": "村级"})
    task_id = enter(app)
    with app.reading() as session:
        assert session.get_one(Task, task_id).list_kind.name == "干事承诺清单"
    with pytest.raises(FieldErrors, match="已经有了"):
        save(app, LIST_KINDS, None, {"name": "镇级清单"})


def test_an_office_without_lists_still_works_and_can_sort_its_tasks(app):
    delete(app, list(ids_of(app, ListKind).values()), LIST_KINDS)
    enter(app)
    enter(app, title="招商", unit="花街镇")
    with app.reading() as session:
        assert campaigns.unlisted(session) == 2
    before = contents(app)
    changes = campaigns.sort_into_lists(app)
    with app.reading() as session:
        assert [(line.title, line.tasks) for line in campaigns.list_kind_lines(session)] == [
            ("市级清单", 0),
            ("镇级清单", 1),
            ("村级清单", 1),
        ]
    history.undo(app, [changes.operation_id])
    assert contents(app) == before


# numbers


def test_numbers_are_as_they_always_were_unless_the_office_says_otherwise(app):
    assert DEFAULT_PATTERN == "{镇}〔{年}〕{类别}-{序号:3}"
    assert [approved(app), approved(app, title="二")] == ["花〔2021〕干诺-001", "花〔2021〕干诺-002"]


@pytest.mark.parametrize(
    ("pattern", "fault"),
    [
        ("{镇}{年}号", "{序号}"),
        ("{镇}{序号}{序号:3}", "只能写一次"),
        ("{乡}{序号}", "不认识“{乡}”"),
        ("{序号:0}", "不认识"),
        ("{镇{序号}", "花括号"),
        ("{镇}}-{序号}", "花括号"),
        ("很长" * 14 + "{类别}{年}-{序号:9}", "太长"),
    ],
)
def test_a_pattern_that_cannot_number_is_refused(app, pattern, fault):
    before = contents(app)
    with pytest.raises(FieldErrors) as caught:
        set_pattern(app, pattern)
    assert set(caught.value.messages) == {"number_pattern"}
    assert fault in caught.value.messages["number_pattern"]
    assert contents(app) == before


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("{镇}〔{年}〕{类别}-{序号}", "花〔2021〕干诺-7"),
        ("{镇}承〔{年}〕{序号:4}号", "花承〔2021〕0007号"),
        ("{清单}{序号：2}", "村级07"),
        ("{序号:1}", "7"),
    ],
)
def test_every_field_is_filled_in(pattern, number):
    assert fault_in(pattern) == ""
    assert fill(pattern, {"镇": "花", "年": "2021", "类别": "干诺", "清单": "村级"}, 7) == number


def test_a_new_pattern_changes_no_number_and_repeats_none(app):
    first = approved(app)
    set_pattern(app, "{镇}〔{年}〕{类别}第{序号}号")
    assert approved(app, title="二") == "花〔2021〕干诺第2号", "the same category counts on"
    set_pattern(app, "{镇}〔{年}〕{序号:3}")
    assert [approved(app, title="三"), approved(app, title="四", category="重点工作")] == ["花〔2021〕001", "花〔2021〕002"]
    set_pattern(app, "{镇}〔{年}〕{清单}{序号}")
    assert [approved(app, title="五"), approved(app, title="六", unit="花街镇")] == ["花〔2021〕村级1", "花〔2021〕镇级1"]
    set_pattern(app, "")
    assert approved(app, title="七") == "花〔2021〕干诺-003"
    with app.reading() as session:
        numbers = list(session.scalars(select(Task.number)))
    assert first in numbers
    assert len(set(numbers)) == len(numbers) == 7


def test_a_number_another_pattern_already_gave_is_passed_over(app):
    set_pattern(app, "X{序号:3}")
    assert [approved(app), approved(app, title="二")] == ["X001", "X002"]
    set_pattern(app, "X0{类别}{序号:2}")
    save(app, CATEGORIES, ids_of(app, Category)["重点工作"], {"name": "重点工作", "code": "0"})
    set_pattern(app, "X{类别}{序号:2}")
    with app.reading() as session:
        assert next(line.number for line in next_numbers(session, "X{类别}{序号:2}") if line.category == "重点工作") == "X003"
    assert approved(app, title="三", category="重点工作") == "X003"


def test_numbers_taken_stay_used_when_the_approval_is_taken_back(app):
    task_id = enter(app)
    submit(app, [task_id])
    history.undo(app, [approve(app, [task_id]).operation_id])
    assert number_of(app, task_id) is None
    approve(app, [task_id])
    assert number_of(app, task_id) == "花〔2021〕干诺-002"


def test_the_preview_of_numbers_gives_nothing_away(app):
    enter(app)
    before = contents(app)
    with app.reading() as session:
        lines = next_numbers(session)
        again = next_numbers(session, "{类别}{序号}")
    assert (len(lines), lines[0].number, again[0].number) == (15, "花〔2021〕工业-001", "工业1")
    assert contents(app) == before
    assert approved(app, title="另一项") == next(line.number for line in lines if line.category == "干事承诺")


def test_many_are_numbered_in_the_order_given(app):
    ids = [enter(app, title=f"第{number}项", category="重点工作" if number % 2 else "干事承诺") for number in range(6)]
    with app.operation(Act.CHANGE, "编号") as running:
        given = give_numbers(running.session, [ids[3], ids[1], ids[0]])
    assert given == {ids[3]: "花〔2021〕重点-001", ids[1]: "花〔2021〕重点-002", ids[0]: "花〔2021〕干诺-001"}


# a task in several categories


def test_a_task_in_two_contests_counts_in_both_and_once_in_all(app, tmp_path):
    shared = enter(app, further="重点工作、平安善治提升")
    enter(app, title="另一项", investment="")
    submit(app, [shared])
    approve(app, [shared])
    with app.reading() as session:
        categories = {total.name: (total.tasks, total.approved) for total in figures.by_category(session) if total.tasks}
        dimensions = {total.name: total.tasks for total in figures.by_dimension(session)}
        whole = figures.whole(session)
        home = figures.home(session, app.today())
        units = sum(total.tasks for total in figures.by_unit(session))
        matrix = campaigns.outline(session)
    assert categories == {"干事承诺": (2, 1), "重点工作": (1, 1), "平安善治提升": (1, 1)}
    assert dimensions == {"五大攻坚": 0, "五大行动": 1, "五大比拼": 2}
    assert (whole.tasks, whole.approved, home.total, units) == (2, 1, 2, 2)
    assert f"{whole.investment:f}" == "12.5"
    assert {total.name: total.tasks for total in home.dimensions} == dimensions
    assert [line.tasks for line in matrix] == [0, 1, 2]
    assert make_report(app, tmp_path / "report.pdf").pages > 0


def test_the_office_of_another_year_is_left_alone(app):
    with app.operation(Act.CHANGE, "另一年") as running:
        top = running.session.scalars(select(Unit)).first()
        running.session.add(Campaign(year=2020, name="去年", township_id=top.id, dimensions=shipped_pattern()))
    save_task(app, None, {"title": "路灯", "unit": "倪宅村", "category": "干事承诺", "due": "8月底前"})
    with app.reading() as session:
        assert session.campaign.year == 2021
        assert sum(total.tasks for total in figures.by_category(session)) == 1
        category = session.scalars(select(Task)).one().category
        assert category.dimension.campaign_id == session.campaign.id
