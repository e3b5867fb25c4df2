"""Going straight to a record: what is found by which words, in which order, and how quickly."""

import pytest
from sqlalchemy import insert, select

from db.base import table_of
from db.log import Act
from db.models import Person, Task, Unit
from db.words.searching import holds, search_text
from huajie_desktop.ledgers import LEDGERS
from huajie_desktop.records import entry
from huajie_desktop.records.finding import find
from huajie_desktop.records.listing import Wanted, record_ids, record_lines
from huajie_desktop.records.sought import sought
from huajie_desktop.township.seating import come_in
from huajie_desktop.work import review
from huajie_desktop.work.task_ledger import TASKS
from tests.office import enter

DISPUTE = {"accepted_on": "2021-03-01", "kind": "邻里", "village": "倪宅村", "summary": "宅基地排水纠纷", "level": "一般"}


def found(app, text, kind=None, limit=6):
    with app.reading() as session:
        return [(hit.kind, hit.title) for hit in find(session, text, limit) if kind in (None, hit.kind)]


@pytest.mark.parametrize("text", ["穿村段路灯安装", "路灯", "ldaz", "LDAZ", " 路灯 ", "倪宅 路灯", "nz ld"])
def test_a_task_is_found_by_title_and_initials(app, text):
    task = enter(app)
    with app.reading() as session:
        hit = next(hit for hit in find(session, text) if hit.kind == "task")
    assert (hit.key, hit.id, hit.title) == ("tasks", task, "穿村段路灯安装")
    assert "倪宅村" in hit.detail


def test_a_task_is_found_by_its_number_or_the_end_of_it(app):
    first, second = enter(app), enter(app, title="村口绿化")
    review.submit(app, [first, second])
    app = come_in(app.data, "李四")
    review.approve(app, [first, second])
    with app.reading() as session:
        number = session.get(Task, second).number
    assert found(app, number, "task") == [("task", "村口绿化")]
    assert found(app, number[-3:], "task")[0] == ("task", "村口绿化")


def test_the_exact_one_stands_before_those_beginning_so_and_those_before_the_others(app):
    for title in ("村口路灯", "路灯维修", "路灯"):
        enter(app, title=title)
    assert found(app, "路灯", "task") == [("task", "路灯"), ("task", "路灯维修"), ("task", "村口路灯")]
    assert [title for _kind, title in found(app, "ld", "task")] == ["路灯维修", "路灯", "村口路灯"]


def test_people_units_and_ledger_records_are_found_too(app):
    enter(app)
    entry.save(app, LEDGERS["disputes"], None, DISPUTE)
    assert found(app, "ncg") == [("person", "倪成纲")]
    assert ("unit", "倪宅村") in found(app, "nzc")
    with app.reading() as session:
        hit = find(session, "排水")[0]
    assert (hit.kind, hit.key, hit.title) == ("ledger", "disputes", "宅基地排水纠纷")
    assert "矛盾纠纷调处台账" in hit.detail


def test_what_is_closed_says_so(app):
    enter(app)
    with app.operation(Act.CHANGE, "停用") as running:
        running.session.query(Person).filter_by(name="倪成纲").one().closed_on = app.today()
        running.session.query(Unit).filter_by(name="倪宅村").one().closed_on = app.today()
    with app.reading() as session:
        assert "已停用" in find(session, "倪成纲")[0].detail
        assert "已停用" in next(hit for hit in find(session, "倪宅村") if hit.kind == "unit").detail


def test_a_dispute_that_was_settled_is_not_out_of_use(app):
    entry.save(app, LEDGERS["disputes"], None, {**DISPUTE, "closed_on": "2021-03-09"})
    with app.reading() as session:
        assert "已停用" not in find(session, "排水")[0].detail


@pytest.mark.parametrize("text", ["", "  ", "%", "_", "没有这个"])
def test_nothing_means_nothing(app, text):
    enter(app)
    assert found(app, text) == []


def test_each_kind_is_limited(app):
    for number in range(5):
        enter(app, title=f"倪宅路灯{number}")
    hits = found(app, "倪", limit=3)
    assert [kind for kind, _title in hits] == ["task"] * 3 + ["person", "unit"]


def test_another_year_is_left_alone(app):
    task = enter(app)
    with app.operation(Act.CHANGE, "移到别的年度") as running:
        year = running.session.campaign
        other = type(year)(year=2020, name="去年", township_id=year.township_id)
        running.session.add(other)
        running.session.flush()
        running.session.get(Task, task).campaign_id = other.id
    assert found(app, "路灯", "task") == []


def test_among_many_only_the_nearest_are_offered(app):
    fill(app, 5_000)
    assert found(app, "没有这个任务") == []
    assert [title for _kind, title in found(app, "干诺-004999", "task")] == ["第4999号路灯安装与道路硬化"]
    assert len(found(app, "路灯", limit=4)) == 4


def fill(app, count):
    """So many tasks at once, without journal: only reading is looked at."""
    with app.sessions() as session:
        year = session.campaign.id
        villages = [unit.id for unit in session.query(Unit).filter_by(kind="village")]
        titles = [f"第{number}号路灯安装与道路硬化" for number in range(count)]
        rows = [
            {
                "campaign_id": year, "state": "draft", "number": f"花〔2021〕干诺-{number:06d}", "title": title,
                "content": "沿线安装路灯12盏，硬化路面，补种行道树。" * 3, "unit_id": villages[number % len(villages)],
                "search": search_text(title),
            }
            for number, title in enumerate(titles)
        ]  # fmt: skip
        session.connection().execute(insert(table_of(Task)), rows)
        session.commit()


@pytest.mark.parametrize("text", ["13967912345", "2345", "139-6791-2345", "79123", "139６７９１2345"])
def test_a_person_is_found_by_telephone_which_stays_masked(app, text):
    enter(app)
    with app.operation(Act.CHANGE, "电话") as running:
        running.session.query(Person).filter_by(name="倪成纲").one().phone = "13967912345"
    assert found(app, text, "person") == [("person", "倪成纲")]
    with app.reading() as session:
        people = session.seat.catalogue["people"]
        ids = record_ids(session, people, Wanted(text))
        (line,) = record_lines(session, people, ids, ("name", "phone"))
        assert dict(line.cells) == {"name": "倪成纲", "phone": "139****2345"}
        assert "2345" not in str(find(session, text))
        assert len(record_ids(session, TASKS, Wanted(text))) == 1, "whose task it is"


@pytest.mark.parametrize("text", ["345", "13967912346", "%345", "1396791____", "2345x"])
def test_and_not_by_less_or_another(app, text):
    enter(app)
    with app.operation(Act.CHANGE, "电话") as running:
        running.session.query(Person).filter_by(name="倪成纲").one().phone = "13967912345"
    assert found(app, text, "person") == []


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("ＬＥＤ路灯２０盏", "led 20盏"),
        ("大寒山（清泉寺）绿道", "大寒山(清泉寺)"),
        ("大 寒 山 绿 道", "大寒山绿道"),
        ("新建公厕 3 座", "公厕3座"),
        ("農村文化禮堂", "农村文化礼堂"),
        *(("重阳节慰问", text) for text in ("cyj", "zyj", "CYJWW")),
        ("村口长廊", "ckcl"),
        ("100%覆盖_一期\\二期'\"*?[a]🎉", "100%覆盖_一期\\二期'\"*?[a]🎉"),
    ],
)
def test_a_task_is_found_however_it_is_written(app, title, text):
    enter(app)
    task = enter(app, title=title)
    with app.reading() as session:
        assert [hit.id for hit in find(session, text) if hit.kind == "task"] == [task]
        assert list(record_ids(session, TASKS, Wanted(text))) == [task]


@pytest.mark.parametrize("text", ["%", "_", "\\", "'", '"', "*", "[a-z]", "?", "\0灯", "🎉", "灯" * 5000, "a" * 5000, "1" * 5000])
def test_signs_and_long_texts_find_nothing_and_harm_nothing(app, text):
    enter(app)
    with app.reading() as session:
        assert find(session, text) == [] or text == "\0灯"
        assert (len(record_ids(session, TASKS, Wanted(text))) == 1) is (text == "\0灯")


def test_a_number_is_found_in_brackets_of_another_form(app):
    fill(app, 20)
    assert found(app, "花(2021)干诺-000007", "task") == [("task", "第7号路灯安装与道路硬化")]


def test_letters_are_matched_by_the_database_as_they_are_here(app):
    titles = ["重阳节", "音乐厅", "银行网点", "长廊", "调解室", "单行道", "AB路", "12号路"]
    ids = {title: enter(app, title=title) for title in titles}
    with app.reading() as session:
        for typed in ("cy", "zy", "yy", "yl", "yh", "yx", "cl", "zl", "tj", "dj", "sx", "dh", "abl", "12hl", "l", "2h"):
            there = session.scalars(select(Task.title).where(sought(Task, typed)))
            assert {*there} == {title for title in titles if holds(session.get_one(Task, ids[title]).search, typed)}
