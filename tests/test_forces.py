"""Task forces: who is in them, which tasks they lead, and the overview."""

from datetime import date

import pytest
from sqlalchemy import select

from db.log import Act
from db.models import ForceMember, Person, Task, TaskForce, Unit
from huajie_desktop.errors import FieldErrors, Problem
from huajie_desktop.journal import history
from huajie_desktop.papers.making import Order, make
from huajie_desktop.records.doubts import Doubtful, doubted_fields, raise_doubts
from huajie_desktop.township.people_words import PeopleWords
from huajie_desktop.work.review import approve, submit
from huajie_desktop.work.task_ledger import TASKS
from huajie_desktop.year import forces
from huajie_desktop.year.campaigns import move
from tests.office import contents, enter
from tests.tasks import form_texts

TYPED = {
    "name": "集镇品质提升专班",
    "category": "集镇品质提升",
    "commander": "赵一",
    "deputy": "钱二、孙三",
    "director": "李四",
    "contact": "周五",
    "phone": "13800001234",
    "member": "吴六、郑七、赵一",
    "units": "倪宅村、党政办",
    "document_number": "花委〔2021〕5号",
    "since": "2021-02-25",
    "until": "2021-12-31",
    "duties": "统筹集镇改造\n每周例会",
}


def save(app, force_id=None, **texts):
    return forces.save_force(app, force_id, {**TYPED, **texts}).record_id


def people(app, name):
    with app.reading() as session:
        return list(session.scalars(select(Person).where(Person.name == name).order_by(Person.id)))


def add_person(app, name, unit):
    with app.operation(Act.CHANGE, "加人") as running:
        session = running.session
        unit_id = session.scalars(select(Unit.id).where(Unit.name == unit)).one()
        session.add(Person(name=name, unit_id=unit_id, search=name))


def test_what_was_typed_comes_back_and_saving_it_again_changes_nothing(app):
    force_id = save(app)
    with app.reading() as session:
        texts = forces.form_texts(session, force_id)
    assert texts == TYPED
    assert set(texts) == set(forces.FIELDS) == {key for _heading, keys in forces.GROUPS for key in keys}
    assert forces.save_force(app, force_id, texts).changes.operation_id is None


def test_the_overview_says_it_all(app):
    save(app)
    task = enter(app, category="集镇品质提升", force="集镇品质提升专班")
    with app.reading() as session:
        assert form_texts(session, task)["force"] == "集镇品质提升专班"
        assert forces.overview(session) == [
            (
                "集镇品质提升专班\n花委〔2021〕5号\n2021年2月至12月",
                "赵一",
                "钱二\n孙三",
                "李四",
                "倪宅村\n党政办",
                "吴六\n郑七\n赵一",
                "统筹集镇改造\n每周例会",
                "周五\n13800001234",
                "1",
            )
        ]


@pytest.mark.parametrize(
    ("since", "until", "term"),
    [
        ("", "", ""),
        ("2021-02-25", "", "2021年2月起"),
        ("", "2021-12-31", "至2021年12月"),
        ("2021-02-25", "2022-01-31", "2021年2月至2022年1月"),
    ],
)
def test_terms_in_words(app, since, until, term):
    save(app, since=since, until=until)
    with app.reading() as session:
        assert forces.overview(session)[0][0].split("\n")[2:] == ([term] if term else [])


def test_known_people_are_found_wherever_they_are_and_unknown_ones_taken_up(app):
    enter(app, responsible="赵一")
    saved = forces.save_force(app, None, {"name": "专班", "commander": "赵一", "member": "书记王五、新人"})
    assert len(people(app, "赵一")) == 1
    assert saved.doubts == {"member": "原来没有王五、新人，已加入人员"}
    with app.reading() as session:
        assert forces.overview(session)[0][5] == "王五\n新人"


def test_people_of_one_name_are_told_apart_by_their_unit(app):
    for unit in ("倪宅村", "尚仁村"):
        add_person(app, "孙五", unit)
    before = contents(app)
    with pytest.raises(FieldErrors) as caught:
        save(app, commander="孙五", member="孙五（没有的村）")
    assert caught.value.messages["commander"] == "有 2 位孙五，请写明单位，如 孙五（倪宅村）"
    assert set(caught.value.messages) == {"commander", "member"}
    assert contents(app) == before
    force_id = save(app, commander="孙五（尚仁村）")
    with app.reading() as session:
        person_id = session.scalars(select(ForceMember.person_id).where(ForceMember.role == "commander")).one()
        assert session.get_one(Person, person_id).unit.name == "尚仁村"
        assert forces.form_texts(session, force_id)["commander"] == "孙五（尚仁村）"
        assert ("孙五（倪宅村）", "孙五") in PeopleWords(session).choices
    save(app, force_id, commander="孙五(尚仁)、孙五（倪宅村委会）")
    with app.reading() as session:
        assert forces.form_texts(session, force_id)["commander"] == "孙五（尚仁村）、孙五（倪宅村）"


def test_who_left_stays_in_the_force_until_taken_out(app):
    force_id = save(app)
    with app.operation(Act.CHANGE, "停用") as running:
        running.session.scalars(select(Person).where(Person.name == "赵一")).one().closed_on = date(2021, 6, 1)
    with app.reading() as session:
        texts = forces.form_texts(session, force_id)
    assert forces.save_force(app, force_id, texts).changes.operation_id is None
    assert len(people(app, "赵一")) == 1


@pytest.mark.parametrize(
    ("texts", "fields"),
    [
        ({"name": " "}, {"name"}),
        ({"category": "没有的类别"}, {"category"}),
        ({"units": "没有的村"}, {"units"}),
        ({"since": "下周"}, {"since"}),
        ({"until": "2021-01-01"}, {"until"}),
        ({"contact": ""}, {"contact"}),
        ({"commander": "12345"}, {"commander"}),
        ({"name": "长" * 61}, {"name"}),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field(app, texts, fields):
    before = contents(app)
    with pytest.raises(FieldErrors) as caught:
        save(app, **texts)
    assert set(caught.value.messages) == fields
    assert contents(app) == before


def test_there_is_one_force_of_a_name(app):
    first = save(app)
    with pytest.raises(FieldErrors, match="已经有了"):
        save(app)
    save(app, name="另一个专班")
    with pytest.raises(FieldErrors, match="已经有了"):
        save(app, first, name="另一个专班")


def test_the_contact_s_phone_is_the_person_s(app):
    force_id = save(app)
    assert people(app, "周五")[0].phone == "13800001234"
    save(app, force_id, phone="0579-87000000")
    assert people(app, "周五")[0].phone == "0579-87000000"
    save(app, force_id, phone="")
    assert people(app, "周五")[0].phone is None


def test_all_tasks_of_its_category_are_given_in_one_step(app):
    force, other = save(app), save(app, name="别的专班")
    own = enter(app, category="集镇品质提升")
    further = enter(app, title="并列", further="集镇品质提升")
    led = enter(app, title="别人的", category="集镇品质提升", force="别的专班")
    enter(app, title="无关")
    submit(app, [own])
    approve(app, [own])
    with app.operation(Act.CHANGE, "待核对") as running:
        raise_doubts(running, TASKS, {own: [Doubtful(field, "请核对") for field in ("force", "due")]})
    with app.reading() as session:
        assert forces.waiting(session, force) == [own, further]
    changes = forces.take_category(app, force)
    with app.reading() as session:
        assert set(forces.task_ids(session, force)) == {own, further}
        assert forces.task_ids(session, other) == [led]
        assert doubted_fields(session, TASKS, [own]) == {own: ["due"]}, "whose task it is somebody has said now"
        assert forces.state_counts(session, force) == {"approved": 1, "draft": 1}
        assert session.get_one(Task, own).state == "approved"
        assert [(row.title, row.tasks) for row in forces.rows(session)] == [("集镇品质提升专班", 2), ("别的专班", 1)]
    assert changes.label == "把 2 项任务交给“集镇品质提升专班”"
    with pytest.raises(Problem, match="没有等着交办的任务"):
        forces.take_category(app, force)
    with pytest.raises(Problem, match="还没有写负责类别"):
        forces.take_category(app, save(app, name="没有类别", category=""))
    forces.give(app, [own], None)
    with app.reading() as session:
        assert forces.task_ids(session, force) == [further]


def test_a_force_with_tasks_is_not_deleted(app):
    force = save(app)
    task = enter(app, force="集镇品质提升专班")
    before = contents(app)
    with pytest.raises(Problem, match="还牵头 1 项任务"):
        forces.delete_force(app, force)
    assert contents(app) == before
    forces.give(app, [task], None)
    gone = forces.delete_force(app, force)
    with app.reading() as session:
        assert session.scalars(select(ForceMember)).all() == []
    history.undo(app, [gone.operation_id])
    with app.reading() as session:
        assert forces.form_texts(session, force) == TYPED


def test_forces_move_in_the_list(app):
    save(app)
    last = save(app, name="别的专班")
    move(app, TaskForce, last, -1)
    with app.reading() as session:
        assert [line[0].split("\n")[0] for line in forces.overview(session)] == ["别的专班", "集镇品质提升专班"]


def test_the_overview_is_printed(app, tmp_path):
    with pytest.raises(Problem, match="还没有专班"):
        make(app, Order("forces"), tmp_path / "a.pdf")
    save(app)
    assert make(app, Order("forces"), tmp_path / "a.pdf").printed[0].pages == 1
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
