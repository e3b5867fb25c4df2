"""Units and people over time: changes that keep older papers, merges, hand-over, closing, natural villages."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from db.base import content_columns
from db.ledgers.dispute import Dispute
from db.log import Act
from db.models import (
    Campaign,
    Cooperation,
    ForceMember,
    Membership,
    Paper,
    Person,
    Post,
    Responsibility,
    Task,
    TaskForce,
    Unit,
    UnitChange,
)
from huajie_desktop import office
from huajie_desktop.demo import open_begun
from huajie_desktop.errors import FieldErrors, Problem
from huajie_desktop.journal import history
from huajie_desktop.ledgers import LEDGERS
from huajie_desktop.papers.making import Order, make
from huajie_desktop.papers.reporting import make_report
from huajie_desktop.reading.known import known_office
from huajie_desktop.receiving import importing
from huajie_desktop.records import entry
from huajie_desktop.records.listing import Wanted, record_ids
from huajie_desktop.sending.exporting import all_keys, export_list
from huajie_desktop.sheets.fenced.fence import Reader
from huajie_desktop.township import handing_over, organisation, roles, unit_changes, unit_merging
from huajie_desktop.township.registers import MEMBERSHIPS, PEOPLE, POSTS, UNITS
from huajie_desktop.township.seating import come_in
from huajie_desktop.township.unit_names import names_on, paper_day
from huajie_desktop.work.review import approve, submit
from tests.office import contents, enter

EVERYTHING = (Membership, UnitChange, TaskForce, ForceMember, Dispute, Cooperation)


def unit_id(app, name):
    with app.reading() as session:
        return session.scalars(select(Unit.id).where(Unit.name == name)).one()


def person_id(app, name, unit="倪宅村"):
    with app.reading() as session:
        statement = select(Person.id).join(Unit, Unit.id == Person.unit_id).where(Person.name == name, Unit.name == unit)
        return session.scalars(statement).one()


def add_unit(app, name, kind="行政村", **texts):
    return entry.save(app, UNITS, None, {"name": name, "kind": kind, **texts}).record_id


def add_person(app, name, unit="倪宅村"):
    return entry.save(app, PEOPLE, None, {"name": name, "unit": unit}).record_id


def add_post(app, person, title, unit="倪宅村", **texts):
    return entry.save(app, POSTS, None, {"title": title, "unit": unit, **texts}, person_id=person).record_id


def everything(app):
    rows = contents(app)
    with app.reading() as session:
        for model in EVERYTHING:
            rows[model.__tablename__] = [
                tuple(row) for row in session.execute(select(*content_columns(model.__table__)).order_by(model.id))
            ]
    return rows


def flat(node, depth=0):
    yield depth, node.kind, node.name, node.note
    for below in node.below:
        yield from flat(below, depth + 1)


# keeping units and people


def test_a_new_unit_gets_its_place_and_its_words(app):
    added = add_unit(app, "新设村", aliases="新设，新村; 新设村委会")
    with app.reading() as session:
        unit = session.get_one(Unit, added)
        assert (unit.aliases, unit.parent_id) == ("新设、新村、新设村委会", session.township.id)
        assert unit.position == max(found.position for found in office.units(session))
        assert "xsc" in unit.search
        assert known_office(session).unit_words.find("新村").name == "新设村"


@pytest.mark.parametrize(
    ("name", "texts", "field", "words"),
    [
        (None, {"name": "倪宅村", "kind": "行政村"}, "name", "已经有了"),
        (None, {"name": "另一镇", "kind": "镇"}, "kind", "镇只能有一个"),
        (None, {"name": "下殿", "kind": "自然村"}, "parent", "行政村"),
        (None, {"name": "新村", "kind": "行政村", "parent": "某某办"}, "parent", "不在单位表里"),
        (None, {"name": "", "kind": "行政村"}, "name", "请填写"),
        ("花街镇", {"name": "花街镇", "kind": "镇", "parent": "倪宅村"}, "parent", "没有上级"),
        ("花街镇", {"name": "花街镇", "kind": "镇", "closed_on": "2021-02-01"}, "closed_on", "不能停用"),
        ("倪宅村", {"name": "倪宅村", "kind": "行政村", "parent": "倪宅村"}, "parent", "它自己"),
        ("倪宅村", {"name": "倪宅村", "kind": "行政村", "since": "2021-02-01", "closed_on": "2021-01-01"}, "closed_on", "早于"),
    ],
)
def test_what_is_wrong_with_a_unit_is_said_at_its_field(app, name, texts, field, words):
    before = everything(app)
    with pytest.raises(FieldErrors) as caught:
        entry.save(app, UNITS, unit_id(app, name) if name else None, texts)
    assert words in caught.value.messages[field]
    assert everything(app) == before


def test_two_people_of_one_name_in_one_unit_must_differ(app):
    add_person(app, "周某")
    add_person(app, "周某", "金杜村")
    with pytest.raises(FieldErrors) as caught:
        add_person(app, "周某")
    assert "name" in caught.value.messages


def test_silent_units_never_answer_for_a_task(app):
    hamlet = add_unit(app, "金古泉自然村", "自然村", parent="小界岭村", aliases="金古泉")
    add_unit(app, "小界岭抱团共富党建联盟", "党建联盟")
    add_unit(app, "共同富裕党建示范带", "党建示范带")
    with app.reading() as session:
        names = {unit.name for unit in office.units(session)}
        assert not names & {"金古泉自然村", "小界岭抱团共富党建联盟", "共同富裕党建示范带"}
        words = known_office(session).unit_words
        assert {words.find(word).name for word in ("金古泉", "金古泉自然村", "金古泉村", "花街镇金古泉")} == {"小界岭村"}
        assert words.find("小界岭").name == "小界岭村"
    task = enter(app, unit="金古泉")
    with app.reading() as session:
        assert session.get_one(Task, task).unit.name == "小界岭村"
        assert session.get_one(Unit, hamlet).kind == "hamlet"


def test_a_unit_that_rests_is_named_where_a_task_is_given_to_it(app):
    add_unit(app, "大寒山农旅共促党建联盟", "党建联盟")
    organisation.close_unit(app, add_unit(app, "林业站", "科室"))
    for name, why in (("林业站", "已停用"), ("大寒山农旅共促党建联盟", "不承担任务")):
        for text in ({"unit": name}, {"unit": "倪宅村", "cooperating": name}):
            with pytest.raises(FieldErrors, match=why):
                enter(app, **text)


def test_the_list_of_units_comes_back_as_it_went_out(app, tmp_path):
    add_unit(app, "金古泉自然村", "自然村", parent="小界岭村", aliases="金古泉")
    add_unit(app, "大寒山农旅共促党建联盟", "党建联盟")
    with app.reading() as session:
        ids = record_ids(session, UNITS, Wanted())
    export_list(app, UNITS, ids, all_keys(UNITS), tmp_path / "单位.xlsx")
    with Reader() as reader:
        made = importing.preview(app, [tmp_path / "单位.xlsx"], reader=reader, ledger=UNITS)
    assert made.counts() == {"same": 30}


def test_a_hamlet_called_like_a_village_does_not_take_its_name(app):
    add_unit(app, "大屋自然村", "自然村", parent="倪宅村", aliases="大屋")
    with app.reading() as session:
        words = known_office(session).unit_words
        assert words.find("大屋").name == "大屋村"
        assert words.find("大屋自然村").name == "倪宅村"


# posts, groups, the tree


def test_the_tree_shows_the_four_layers_and_people_with_all_their_posts(app):
    add_unit(app, "花街镇领导班子", "领导班子")
    for name in ("综合执法办公室", "美丽创建办"):
        add_unit(app, name, "科室")
    area = add_unit(app, "八字墙上片", "工作片")
    alliance = add_unit(app, "倪宅区域共美党建联盟", "党建联盟")
    shi = add_person(app, "施秀艳", "综合执法办公室")
    add_post(app, shi, "主任", "综合执法办公室")
    add_post(app, shi, "承诺代表", "美丽创建办")
    add_post(app, add_person(app, "倪成纲"), "书记", since="2020-11-01")
    entry.save(app, MEMBERSHIPS, None, {"group": "倪宅区域共美党建联盟"}, unit_id=unit_id(app, "倪宅村"))
    entry.save(app, MEMBERSHIPS, None, {"group": "八字墙上片", "until": "2021-02-01"}, unit_id=unit_id(app, "倪宅村"))
    with app.reading() as session:
        lines = list(flat(organisation.tree(session, app.today())))
        earlier = list(flat(organisation.tree(session, date(2020, 10, 1))))
    headings = [name for depth, kind, name, _note in lines if depth == 1]
    assert headings == ["花街镇领导班子", "科室", "工作片", "行政村", "居委会", "党建联盟", "镇本级人员"], (
        "who sits here is of the township"
    )
    assert [note for _d, kind, name, note in lines if name == "施秀艳"] == ["主任", "承诺代表"]
    assert (3, "person", "倪成纲", "书记") in lines
    assert (3, "person", "倪成纲", "") in earlier
    members = [(name, note) for _d, kind, name, note in lines if kind == "member"]
    assert members == [("倪宅村", "")]
    assert area != alliance


def test_a_person_shows_every_role(app):
    first, second = enter(app, lead="徐志军"), enter(app, title="公厕改造", responsible="张三、倪成纲")
    ni = person_id(app, "倪成纲")
    add_post(app, ni, "书记")
    force = add_force(app, ni)
    dispute = enter_dispute(app, mediator="倪成纲")
    with app.reading() as session:
        township = person_id(app, "倪成纲", "花街镇")
        found = [(role.role, role.ledger, role.record_id) for role in roles.roles_of(session, ni)]
        assert [role.role for role in roles.roles_of(session, township)] == ["矛盾纠纷调解员"]
        assert dispute in [role.record_id for role in roles.roles_of(session, township)]
    assert ("指挥长", "forces", force) in found
    assert ("主要责任人", "tasks", first) in found
    assert ("责任人", "tasks", second) in found
    assert found[0][0] == "书记"
    with app.reading() as session:
        led = roles.roles_of(session, person_id(app, "徐志军", "花街镇"))
    assert [role.role for role in led] == ["牵头领导"]


def add_force(app, commander):
    with app.operation(Act.CHANGE, "专班") as running:
        session = running.session
        force = TaskForce(campaign_id=session.campaign.id, name="全域美丽提升专班")
        force.members = [ForceMember(person_id=commander, role="commander")]
        session.add(force)
        session.flush()
        return force.id


def enter_dispute(app, **texts):
    plain = {"accepted_on": "2021-02-27", "kind": "邻里", "village": "倪宅村", "summary": "宅基地边界", "level": "一般"}
    return entry.save(app, LEDGERS["disputes"], None, {**plain, **texts}).record_id


def test_a_unit_is_in_a_group_once_and_a_term_does_not_end_before_it_begins(app):
    add_unit(app, "八字墙上片", "工作片")
    village = unit_id(app, "倪宅村")
    entry.save(app, MEMBERSHIPS, None, {"group": "八字墙上片"}, unit_id=village)
    with pytest.raises(FieldErrors, match="已经在这个片盟里"):
        entry.save(app, MEMBERSHIPS, None, {"group": "八字墙上片"}, unit_id=village)
    with pytest.raises(FieldErrors, match="不能早于任职日期"):
        add_post(app, add_person(app, "周某"), "委员", since="2021-02-02", until="2021-02-01")
    with pytest.raises(FieldErrors, match="不在单位表里"):
        entry.save(app, MEMBERSHIPS, None, {"group": "金杜村"}, unit_id=village)


# closing and deleting


def test_what_is_in_use_can_only_be_closed(app):
    enter(app)
    village = unit_id(app, "倪宅村")
    with pytest.raises(Problem, match="任务的责任单位 1 条"):
        entry.delete(app, [village], UNITS)
    with pytest.raises(Problem, match="责任人 1 条"):
        entry.delete(app, [person_id(app, "倪成纲")], PEOPLE)
    organisation.close_unit(app, village)
    with app.reading() as session:
        assert "倪宅村" not in {unit.name for unit in office.units(session)}
        assert all(name != "倪宅村" for _d, _k, name, _n in flat(organisation.tree(session, app.today())))
        assert any(name == "倪宅村" for _d, _k, name, _n in flat(organisation.tree(session, app.today(), closed=True)))
    organisation.reopen_unit(app, village)
    with app.reading() as session:
        assert "倪宅村" in {unit.name for unit in office.units(session)}
    fresh = add_unit(app, "新设村")
    entry.delete(app, [fresh], UNITS)
    with pytest.raises(Problem, match="不能停用"):
        organisation.close_unit(app, unit_id(app, "花街镇"))


def test_a_closed_person_holds_no_post_any_more_and_is_not_offered(app):
    zhou = add_person(app, "周某")
    post = add_post(app, zhou, "委员")
    organisation.close_person(app, zhou)
    with app.reading() as session:
        assert session.get_one(Post, post).until == app.today()
        assert "周某" not in dict(office.people(session))
        assert zhou not in organisation.people_labels(session)
    organisation.reopen_person(app, zhou)
    with app.reading() as session:
        assert organisation.people_labels(session)[zhou][0] == "周某（倪宅村）"


# changes on a day


def test_a_renamed_unit_keeps_its_old_name_before_the_day(app):
    village = unit_id(app, "倪宅村")
    unit_changes.rename(app, village, {"name": "古韵倪宅村", "on": "2021-02-01"})
    unit_changes.rename(app, village, {"name": "新倪宅村", "on": "2021-02-20"})
    with app.reading() as session:
        days = [date(2021, 1, 31), date(2021, 2, 1), date(2021, 2, 19), date(2021, 2, 20), date(2022, 1, 1)]
        assert [names_on(session, on)[village] for on in days] == ["倪宅村", "古韵倪宅村", "古韵倪宅村", "新倪宅村", "新倪宅村"]
        assert known_office(session).unit_words.find("倪宅村").name == "新倪宅村"
    for texts, field in (
        ({"name": "新倪宅村", "on": "2021-02-25"}, "name"),
        ({"name": "金杜村", "on": "2021-02-25"}, "name"),
        ({"name": "甲村", "on": "2021-02-20"}, "on"),
        ({"name": "甲村", "on": "2021-12-01"}, "on"),
        ({"name": "甲村", "on": ""}, "on"),
    ):
        with pytest.raises(FieldErrors) as caught:
            unit_changes.rename(app, village, texts)
        assert field in caught.value.messages


def test_papers_of_a_year_that_is_over_keep_the_names_of_that_year(app, tmp_path):
    task = enter(app)
    submit(app, [task])
    app = come_in(app.data, "李四")
    approve(app, [task])
    assert paper_day(2021, date(2021, 3, 1)) == date(2021, 3, 1)
    assert paper_day(2021, date(2022, 6, 1)) == date(2021, 12, 31)
    make(app, Order("pledge", [unit_id(app, "倪宅村")]), tmp_path / "before.pdf")
    app.data.today = lambda: date(2022, 6, 1)
    unit_changes.rename(app, unit_id(app, "倪宅村"), {"name": "古韵倪宅村", "on": "2022-05-01"})
    made = make(app, Order("pledge"), tmp_path / "books", separate=True)
    assert [file.name for file in made.files] == ["倪宅村承诺书.pdf"]
    with app.operation(Act.CHANGE, "回到当年") as running:
        running.session.scalars(select(UnitChange)).one().on = date(2021, 5, 1)
    made = make(app, Order("slip"), tmp_path / "slips", separate=True)
    assert [file.name for file in made.files] == ["古韵倪宅村承诺交办单.pdf"]
    make_report(app, tmp_path / "report.pdf")


def test_papers_that_name_somebody_else_now_are_outdated(app, tmp_path):
    task = enter(app, responsible="倪成纲、张三")
    submit(app, [task])
    app = come_in(app.data, "李四")
    approve(app, [task])
    make(app, Order("pledge"), tmp_path / "pledge.pdf")
    handing_over.hand_over(app, person_id(app, "倪成纲"), person_id(app, "张三"))
    with app.reading() as session:
        assert "责任人由倪成纲改为张三" in session.scalars(select(Paper.outdated_why)).one()
        assert session.get_one(Task, task).state == "approved"


def test_a_merged_unit_hands_on_what_is_unfinished_and_keeps_the_rest(app):
    done, open_task = enter(app), enter(app, title="公厕改造")
    helping = enter(app, title="绿道", unit="卉川村")
    dispute = enter_dispute(app)
    old, heir = unit_id(app, "倪宅村"), unit_id(app, "金杜村")
    hamlet = add_unit(app, "下殿", "自然村", parent="倪宅村")
    with app.operation(Act.CHANGE, "办结") as running:
        running.session.get_one(Task, done).finished_on = date(2021, 2, 1)
        running.session.add(Cooperation(task_id=helping, unit_id=old))
    before = everything(app)
    changes = unit_changes.merge_into(app, old, {"successor": "金杜", "on": "2021-02-27"})
    with app.reading() as session:
        assert [session.get_one(Task, i).unit_id for i in (done, open_task)] == [old, heir]
        assert session.scalars(select(Cooperation.unit_id)).all() == [heir]
        assert session.get_one(Dispute, dispute).village_id == heir
        assert session.get_one(Unit, old).closed_on == date(2021, 2, 27)
        assert session.get_one(Unit, hamlet).parent_id == heir
        assert {session.get_one(Person, person_id(app, name, "金杜村")).name for name in ("倪成纲", "张三")}
        words = known_office(session).unit_words
        assert {words.find(word).name for word in ("倪宅", "倪宅村", "下殿", "金杜")} == {"金杜村"}
        assert names_on(session, date(2021, 1, 1))[old] == "倪宅村"
    history.undo(app, [changes.operation_id])
    assert everything(app) == before


def test_tasks_of_years_before_the_merger_stay(app):
    task = enter(app)
    app.data.today = lambda: date(2022, 3, 1)
    old = unit_id(app, "倪宅村")
    unit_changes.merge_into(app, old, {"successor": "金杜村", "on": "2022-02-01"})
    with app.reading() as session:
        assert session.get_one(Task, task).unit_id == old


def test_a_unit_is_not_merged_into_itself_or_what_is_below(app):
    add_unit(app, "倪宅办", "科室", parent="倪宅村")
    for successor in ("倪宅村", "倪宅办"):
        with pytest.raises(FieldErrors, match="下级"):
            unit_changes.merge_into(app, unit_id(app, "倪宅村"), {"successor": successor, "on": "2021-02-01"})
    with pytest.raises(Problem, match="镇本级"):
        unit_changes.merge_into(app, unit_id(app, "花街镇"), {"successor": "金杜村", "on": "2021-02-01"})


def test_a_split_unit_is_closed_and_its_parts_stand_beside_it(app):
    task = enter(app)
    add_unit(app, "八字墙上片", "工作片")
    old = unit_id(app, "倪宅村")
    entry.save(app, MEMBERSHIPS, None, {"group": "八字墙上片"}, unit_id=old)
    before = everything(app)
    with pytest.raises(FieldErrors, match="至少"):
        unit_changes.split(app, old, {"names": "上倪村", "on": "2021-02-01"})
    with pytest.raises(FieldErrors, match="已经有了"):
        unit_changes.split(app, old, {"names": "上倪村、金杜村", "on": "2021-02-01"})
    assert everything(app) == before
    changes = unit_changes.split(app, old, {"names": "上倪村，下倪村", "on": "2021-02-01"})
    with app.reading() as session:
        new = session.scalars(select(Unit).where(Unit.name.in_(["上倪村", "下倪村"]))).all()
        assert {(unit.kind, unit.since) for unit in new} == {("village", date(2021, 2, 1))}
        assert session.get_one(Unit, old).closed_on == date(2021, 2, 1)
        assert session.get_one(Task, task).unit_id == old
        assert session.scalar(select(func.count()).where(Membership.until.is_(None))) == 2
        assert len(unit_changes.changes_of(session, old)) == 2
    history.undo(app, [changes.operation_id])
    assert everything(app) == before


# two records of one


def test_two_records_of_one_person_become_one_and_can_be_taken_back(app):
    task, other = enter(app, responsible="张三、倪成纲", lead="徐志军"), enter(app, title="公厕改造", responsible="倪成刚")
    kept, gone = person_id(app, "倪成纲"), person_id(app, "倪成刚")
    with app.operation(Act.CHANGE, "同一项") as running:
        running.session.add(Responsibility(task_id=task, person_id=gone, position=5))
        running.session.get_one(Task, other).lead_id = gone
        running.session.get_one(Person, gone).phone = "13800000000"
    add_post(app, kept, "书记", since="2020-11-01")
    add_post(app, gone, "书记", since="2020-11-01")
    add_post(app, gone, "村主任")
    force = add_force(app, gone)
    before = everything(app)
    changes = unit_merging.merge_people(app, kept, gone)
    with app.reading() as session:
        assert session.get(Person, gone) is None
        links = session.execute(select(Responsibility.task_id, Responsibility.position).where(Responsibility.person_id == kept))
        assert sorted(links) == [(task, 1), (other, 0)]
        assert session.get_one(Task, other).lead_id == kept
        assert sorted(post.title for post in session.get_one(Person, kept).posts) == ["书记", "村主任"]
        assert session.get_one(TaskForce, force).members[0].person_id == kept
        assert session.get_one(Person, kept).phone == "13800000000"
    assert changes.label == "合并人员“倪成刚”到“倪成纲”"
    history.undo(app, [changes.operation_id])
    assert everything(app) == before


def test_two_records_of_one_unit_become_one_with_its_words_and_people(app):
    enter(app)
    twin = add_unit(app, "倪宅古村", "行政村", aliases="古倪宅")
    task = enter(app, unit="倪宅古村", title="公厕改造", responsible="张三、周某")
    add_unit(app, "八字墙上片", "工作片")
    kept = unit_id(app, "倪宅村")
    for unit in (kept, twin):
        entry.save(app, MEMBERSHIPS, None, {"group": "八字墙上片"}, unit_id=unit)
    before = everything(app)
    changes = unit_merging.merge_units(app, kept, twin)
    with app.reading() as session:
        assert session.get(Unit, twin) is None
        assert session.get_one(Task, task).unit_id == kept
        assert session.scalar(select(func.count()).select_from(Membership)) == 1
        assert [link.person.unit_id for link in session.get_one(Task, task).responsible] == [kept, kept]
        assert session.scalar(select(func.count()).where(Person.name == "张三", Person.unit_id != session.seat.township_id)) == 1
        words = known_office(session).unit_words
        assert {words.find(word).name for word in ("倪宅古村", "古倪宅", "倪宅")} == {"倪宅村"}
    history.undo(app, [changes.operation_id])
    assert everything(app) == before


def test_merging_the_wrong_way_round_is_refused(app):
    hamlet = add_unit(app, "下殿", "自然村", parent="倪宅村")
    village, top = unit_id(app, "倪宅村"), unit_id(app, "花街镇")
    before = everything(app)
    for kept, gone in ((village, village), (village, top), (hamlet, village), (hamlet, unit_id(app, "金杜村"))):
        with pytest.raises(FieldErrors) as caught:
            unit_merging.merge_units(app, kept, gone)
        assert "other" in caught.value.messages
    assert everything(app) == before


people_of_tasks = st.lists(st.lists(st.integers(0, 3), unique=True, max_size=4), min_size=1, max_size=5)


@settings(max_examples=25)
@given(people_of_tasks, st.integers(0, 3), st.integers(0, 3))
def test_a_merge_keeps_who_answers_for_what(app, answering, kept, gone):
    people, tasks = [], []
    with app.operation(Act.CHANGE, "一组") as running:
        session = running.session
        year, village = session.campaign, session.scalars(select(Unit.id).where(Unit.name == "倪宅村")).one()
        made = [Person(name=f"某{place}", unit_id=village) for place in range(4)]
        session.add_all(made)
        session.flush()
        people = [person.id for person in made]
        for place, answers in enumerate(answering):
            task = Task(campaign_id=year.id, title=f"任务{place}", unit_id=village, state="draft")
            task.responsible = [Responsibility(person_id=people[who], position=order) for order, who in enumerate(answers)]
            session.add(task)
            session.flush()
            tasks.append(task.id)
    if kept == gone:
        with pytest.raises(FieldErrors):
            unit_merging.merge_people(app, people[kept], people[gone])
        return
    unit_merging.merge_people(app, people[kept], people[gone])
    with app.reading() as session:
        for task_id, answers in zip(tasks, answering, strict=True):
            wanted = list(dict.fromkeys(people[kept if who == gone else who] for who in answers))
            assert [link.person_id for link in session.get_one(Task, task_id).responsible] == wanted


# handing over


def test_everything_unfinished_goes_to_another_person_in_one_step(app):
    first, second = enter(app, responsible="倪成纲、张三"), enter(app, title="公厕改造", responsible="倪成纲")
    done = enter(app, title="绿道", responsible="倪成纲")
    giver, taker = person_id(app, "倪成纲"), person_id(app, "张三")
    led = enter(app, title="控规", unit="金杜村", responsible="陈献新")
    force, dispute = add_force(app, giver), enter_dispute(app)
    closed = enter_dispute(app, closed_on="2021-02-28", result="成功")
    with app.operation(Act.CHANGE, "其余") as running:
        session = running.session
        session.get_one(Task, done).finished_on = date(2021, 2, 20)
        session.get_one(Task, led).lead_id = giver
        session.get_one(Dispute, dispute).mediator_id = giver
        session.get_one(Dispute, closed).mediator_id = giver
    post = add_post(app, giver, "书记")
    with app.reading() as session:
        assert {part.words: part.number for part in handing_over.preview(session, giver, posts=True)} == {
            "责任人": 2, "任务的牵头领导": 1, "专班成员": 1, "矛盾纠纷的调解员": 1, "职务": 1,
        }  # fmt: skip
    before = everything(app)
    changes = handing_over.hand_over(app, giver, taker)
    with app.reading() as session:
        assert [link.person_id for link in session.get_one(Task, first).responsible] == [taker]
        assert session.get_one(Task, first).responsible[0].position == 0
        assert [link.person_id for link in session.get_one(Task, second).responsible] == [taker]
        assert [link.person_id for link in session.get_one(Task, done).responsible] == [giver]
        assert session.get_one(Task, led).lead_id == taker
        assert session.get_one(TaskForce, force).members[0].person_id == taker
        assert [session.get_one(Dispute, i).mediator_id for i in (dispute, closed)] == [taker, giver]
        assert session.get_one(Post, post).until is None
        assert handing_over.preview(session, giver) == []
    history.undo(app, [changes.operation_id])
    assert everything(app) == before
    handing_over.hand_over(app, giver, taker, posts=True)
    with app.reading() as session:
        assert session.get_one(Post, post).until == app.today()
        assert [(held.title, held.since) for held in session.get_one(Person, taker).posts] == [("书记", app.today())]


def test_a_hand_over_needs_something_to_give_and_somebody_else(app):
    zhou, wu = add_person(app, "周某"), add_person(app, "吴某")
    with pytest.raises(Problem, match="没有要移交的工作"):
        handing_over.hand_over(app, zhou, wu)
    with pytest.raises(FieldErrors, match="本人"):
        handing_over.hand_over(app, zhou, zhou)
    organisation.close_person(app, wu)
    with pytest.raises(FieldErrors, match="已停用"):
        handing_over.hand_over(app, zhou, wu)


def test_work_of_earlier_years_is_not_handed_over(app):
    task = enter(app, responsible="倪成纲")
    with app.operation(Act.CHANGE, "来年") as running:
        top = running.session.seat.township_id
        running.session.add(Campaign(year=2022, name="“三五”大比拼", township_id=top))
    giver, taker = person_id(app, "倪成纲"), add_person(app, "周某")
    later = come_in(app.data, "张三")
    assert later.year == 2022
    with pytest.raises(Problem, match="没有要移交的工作"):
        handing_over.hand_over(later, giver, taker)
    with app.reading() as session:
        assert [link.person_id for link in session.get_one(Task, task).responsible] == [giver]


# the demo


def test_the_demo_shows_what_the_articles_name_and_no_more(tmp_path):
    app = open_begun(tmp_path)
    with app.reading() as session:
        lines = list(flat(organisation.tree(session, date(2021, 6, 1))))
        alliances = session.scalars(select(Unit.name).where(Unit.kind == "alliance")).all()
        members = session.execute(
            select(Unit.name, Membership.group_id).join(Membership, Membership.unit_id == Unit.id).order_by(Unit.name)
        ).all()
        named = {session.get_one(Unit, group_id).name: name for name, group_id in members}
        posts = session.execute(select(Person.name, Unit.name, Post.title).join(Post.person).join(Post.unit)).all()
        assert known_office(session).unit_words.find("金古泉").name == "小界岭村"
    app.data.close()
    assert [name for depth, _kind, name, _note in lines if depth == 1][:4] == ["花街镇领导班子", "科室", "工作片", "行政村"]
    assert len(alliances) == 3
    assert named == {"小界岭抱团共富党建联盟": "小界岭村", "倪宅区域共美党建联盟": "倪宅村"}
    real = {"吕广望", "徐志军", "施秀艳", "周方敏", "倪成纲", "陈献新"}
    assert {name for name, _unit, _title in posts if "演示" not in name} == real
    assert len([1 for name, _unit, _title in posts if name == "施秀艳"]) == 2
    assert [title for name, _unit, title in posts if name == "周方敏"] == ["片长"]
