"""The order of texts, names and numbers, in lists, groups, choices and on paper: one and the same."""

import random
from collections.abc import Callable

import pytest

from db.log import Act
from db.models import Person, Task
from huajie_desktop import office
from huajie_desktop.ordering import name_key, number_key, text_key
from huajie_desktop.papers.items import tasks_with_items
from huajie_desktop.records.grouping import groups_of
from huajie_desktop.records.listing import Wanted, record_ids
from huajie_desktop.township.people_words import PeopleWords
from huajie_desktop.work.task_ledger import TASKS
from tests.office import enter

PEOPLE = [
    "安心", "曹操", "盖聂", "郭靖", "李四", "令狐冲", "欧阳锋", "区五", "朴树", "仇英", "单平", "司马光", "万俟卨", "解晖",
    "尉迟恭", "曾国", "查良", "翟让", "张三", "长孙无忌",
]  # fmt: skip


def shuffled(items):
    found = list(items)
    random.Random(7).shuffle(found)
    return found


def in_order(names: list[str], key: Callable[[str], object]) -> list[str]:
    return sorted(shuffled(names), key=key)


def test_people_stand_by_the_reading_of_their_surnames():
    said = {
        "安心": "an", "曹操": "cao", "盖聂": "ge", "郭靖": "guo", "李四": "li", "令狐冲": "ling", "万俟卨": "mo qi", "欧阳锋": "ou yang",
        "区五": "ou1", "朴树": "piao", "仇英": "qiu", "单平": "shan", "司马光": "si", "解晖": "xie", "尉迟恭": "yu", "曾国": "zeng",
        "查良": "zha", "翟让": "zhai", "张三": "zhang1", "长孙无忌": "zhang3",
    }  # fmt: skip
    assert in_order(PEOPLE, name_key) == list(said)


@pytest.mark.parametrize(
    "texts",
    [
        ["1号路灯", "2号路灯", "10号路灯", "A1区", "A02区", "A10区", "b栋", "安置房", "厕所2座", "厕所10座", "长廊"],
        ["第2条", "第10条"],
        ["第二条", "第九条", "第十条", "第十一条", "第二十条", "第一百零二条"],
        ["一、桥", "二、桥", "十、桥"],
        ["（一）桥", "（二）桥", "（十）桥"],
        ["2021-1", "2021-2", "2021-10", "2021-11"],
        ["花〔2021〕干诺-2", "花〔2021〕干诺-10"],
        ["路灯2盏", "路灯２０盏", "路灯100盏"],
        ["", "1", "a", "安"],
    ],
)
def test_numbers_in_texts_count(texts):
    assert in_order(texts, text_key) == texts


def test_what_has_no_number_stands_last():
    assert sorted(["2021-10", None, "2021-2"], key=number_key) == ["2021-2", "2021-10", None]


@pytest.fixture
def filled(app):
    """Tasks with those titles and numbers, each led by another person."""
    people = shuffled(PEOPLE)
    titles = ["第10条路", "第2条路", "曾家路", "安置房", "长廊"]
    ids = [enter(app, title=title, lead=people[place]) for place, title in enumerate(titles)]
    with app.operation(Act.CHANGE, "编号") as running:
        for place, task_id in enumerate(ids):
            running.session.get_one(Task, task_id).number = f"2021-{10 - place}"
    return app


def listed(app, sort, of, descending=False):
    with app.reading() as session:
        return [of(session.get_one(Task, i)) for i in record_ids(session, TASKS, Wanted(), sort, descending)]


def test_a_list_stands_in_that_order_both_ways(filled):
    titles = ["第2条路", "第10条路", "安置房", "曾家路", "长廊"]
    assert listed(filled, "title", lambda task: task.title) == sorted(titles, key=text_key)
    assert listed(filled, "title", lambda task: task.title, descending=True) == sorted(titles, key=text_key)[::-1]
    numbers = [f"2021-{number}" for number in range(6, 11)]
    assert listed(filled, "number", lambda task: task.number) == numbers
    leads = listed(filled, "lead", lambda task: task.lead.name)
    assert leads == sorted(leads, key=name_key)


def test_equal_ones_stand_as_they_were_entered_and_nothing_stands_last(app):
    leads = {"lead": "张三"}
    ids = [enter(app, title="路灯", **leads), enter(app, title="路灯", lead=""), enter(app, title="路灯", **leads)]
    first = enter(app, title="安置房", **leads)
    with app.reading() as session:
        assert list(record_ids(session, TASKS, Wanted(), "title")) == [first, *ids]
        assert list(record_ids(session, TASKS, Wanted(), "title", descending=True)) == [*ids, first]
        for descending in (False, True):
            assert list(record_ids(session, TASKS, Wanted(), "lead", descending)) == [ids[0], ids[2], first, ids[1]]


def test_groups_stand_as_the_list_does(filled):
    enter(filled, title="没有领导")
    with filled.reading() as session:
        ids = record_ids(session, TASKS, Wanted(), "title", group="lead")
        leads = list(dict.fromkeys(session.get_one(Task, i).lead_id for i in ids))
        groups = groups_of(session, TASKS, Wanted(), "lead")
        assert [group.value for group in groups] == leads
        names = [session.get_one(Person, lead).name for lead in leads if lead]
        assert names == sorted(names, key=name_key)


def test_several_people_stand_by_the_first_one(app):
    responsible = ("王新、安平", "安平、王新", "", "李强")
    ids = [enter(app, title=f"路{place}", responsible=names) for place, names in enumerate(responsible)]
    with app.reading() as session:
        assert list(record_ids(session, TASKS, Wanted(), "responsible")) == [ids[1], ids[3], ids[0], ids[2]]
        assert list(record_ids(session, TASKS, Wanted(), "responsible", descending=True)) == [ids[0], ids[3], ids[1], ids[2]]


def test_states_stand_in_the_order_of_their_life(filled):
    with filled.operation(Act.CHANGE, "状态") as running:
        for task, state in zip(running.session.query(Task).order_by(Task.id), TASKS.life.states, strict=False):
            task.state = state
    found = list(dict.fromkeys(listed(filled, "state", lambda task: task.state)))
    assert found == [state for state in TASKS.life.states if state in found]
    assert len(found) > 2


def test_choices_of_people_stand_in_that_order(filled):
    with filled.reading() as session:
        names = [name for name, _search in office.people(session)]
        assert names == sorted(names, key=name_key)
        words = [word for word, _search in PeopleWords(session).choices]
        assert words == sorted(words, key=name_key)


def test_a_paper_counts_numbers_too(filled):
    with filled.reading() as session:
        names = {task.unit_id: task.unit.name for task in session.query(Task)}
        numbers = [task.number for task, _item in tasks_with_items(session, names, state=None)]
        assert numbers == [f"2021-{number}" for number in range(6, 11)]
