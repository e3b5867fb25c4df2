"""The divisions of the country as they are shipped: found by name and sound, and villages made from them, never twice."""

import pytest
from sqlalchemy import select

from db.models import Unit
from db.organisation import VILLAGE_KINDS
from huajie_desktop.application import Application
from huajie_desktop.errors import Problem
from huajie_desktop.journal.history import undo
from huajie_desktop.records import entry
from huajie_desktop.township import new_units
from huajie_desktop.township.divisions import Village, divisions, villages_of
from huajie_desktop.township.registers import UNITS
from huajie_desktop.township.seating import set_up
from huajie_desktop.township.village_names import everyday, from_name, with_room
from resources import path

QINGXI = "430382100"  # 湖南省湘潭市韶山市清溪镇


@pytest.fixture
def qingxi(tmp_path):
    app = set_up(Application.create(tmp_path), "清溪镇", 2026, "李四", code=QINGXI, categories=())
    yield app
    app.data.close()


def villages(app):
    with app.reading() as session:
        kept = session.scalars(select(Unit).where(Unit.kind.in_(VILLAGE_KINDS)).order_by(Unit.position))
        return {unit.name: unit for unit in kept}


def missing(app, code=QINGXI):
    with app.reading() as session:
        return new_units.missing_villages(session, code)


def test_all_of_them_are_there_and_small():
    assert sum(file.stat().st_size for file in path("divisions").iterdir()) < 4_000_000
    assert divisions().township("330784114002").where == "浙江省金华市永康市"
    assert divisions().township("330784") is divisions().township("330784999") is None, "a county is no township"
    assert [village.official for village in villages_of("330784114")][:3] == ["花街居委会", "八字墙居委会", "倪宅村委会"]
    assert villages_of("330784") == villages_of("999999999") == villages_of("../../x") == ()


@pytest.mark.parametrize(
    "typed",
    [
        "韶山清溪镇",
        "韶山清溪",
        "湖南省湘潭市韶山市清溪镇",
        "清溪镇人民政府",
        "请西镇",
        "绍山 青西",
        "韶山 清溪镇",
        "清溪 韶山",
        "湖南 qingxi",
        "ss qx",
        "shaoshan qingxizhen",
        "湘潭　清溪",
    ],
)
def test_a_township_is_found_by_name_sound_and_what_it_lies_in(typed):
    assert QINGXI in [found.code for found in divisions().find(typed)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("清溪镇", "清溪镇"),
        ("花街", "花街镇"),
        ("huajie", "花街镇"),
        ("重庆 涪陵 qingx", "清溪镇"),
        ("qing xi", "清溪乡"),
        ("花接", "花街镇"),
        ("华阶镇", "花街镇"),
    ],
)
def test_the_nearest_stand_first(typed, first):
    assert divisions().find(typed)[0].name == first


@pytest.mark.parametrize(("typed", "by_sound"), [("清溪镇", False), ("qingxi", False), ("青西", True), ("中山街道办事处", False)])
def test_what_only_sounds_so_says_it(typed, by_sound):
    assert {found.by_sound for found in divisions().find(typed)} == {by_sound}


def test_all_of_one_name_are_told_apart_by_where_they_lie():
    found = [one for one in divisions().find("清溪镇") if one.name == "清溪镇"]
    assert len(found) == len({one.where for one in found}) > 5
    assert "广东省东莞市" in {one.where for one in found}, "what stands there for the count alone is not said"
    assert divisions().find("  ") == divisions().find("没有这个镇") == divisions().find("vvvv") == []


def test_names_are_as_the_office_says_them_and_no_further_name_means_two():
    officials = ("花街居委会", "八字墙居委会", "八字墙村委会", "倪宅村委会", "东门社区居委会", "清溪村村民委员会")
    offered = everyday("花街镇", [Village(f"33078411400{n}", name) for n, name in enumerate(officials)])
    assert [item.name for item in offered][:6] == ["花街居委会", "八字墙居委会", "八字墙村", "倪宅村", "东门社区", "清溪村"]
    assert [item.kind for item in offered][:6] == ["committee", "committee", "village", "village", "committee", "village"]
    assert everyday("清溪镇", [Village(f"{QINGXI}200", "韶山市清溪镇南村村民委员会会")])[0].name == "南村"
    by_name = {item.name: item for item in offered}
    assert by_name["倪宅村"].aliases == ("倪宅", "倪宅村委会")
    words = [word for item in offered for word in (item.name, *item.aliases)]
    assert len(words) == len({*words})
    assert not {"花街", "八字墙"} & {*words}
    assert (from_name("党政综合办").kind, from_name("倪宅").name, from_name("东门社区").kind) == ("office", "倪宅村", "committee")


def test_no_name_is_too_short_too_long_or_that_of_the_township():
    [farm, bridge] = everyday("红旗农场", [Village("1", "红旗农场"), Village("2", "桥村民委员会")])
    assert farm.name == "红旗农场村"
    assert "桥" not in bridge.aliases
    assert [*with_room(["甲" * 99, "乙" * 99, "丙"])] == ["甲" * 99, "乙" * 99]
    assert everyday("清溪镇", [Village(f"{QINGXI}001", "清溪镇居委会")])[0].name == "清溪镇居委会"
    spelt = everyday("花街镇", [Village("1", "倪宅村委会"), Village("2", "倪寨村委会")], {"倪宅": ["倪斋"], "倪寨": ["倪斋"]})
    assert [("倪斋" in item.aliases) for item in spelt] == [True, False], "no word means two"
    officials = ["南村村委会", "南村村民委员会"]
    assert [item.name for item in everyday("清溪镇", [Village(name, name) for name in officials])] == officials


def test_the_villages_come_in_one_step_and_go_in_one(qingxi):
    offered = missing(qingxi)
    new_units.take(qingxi, [from_name("党政办")])
    with qingxi.reading() as session:
        last = max(unit.position for unit in session.scalars(select(Unit)))
    taken = new_units.take(qingxi, offered, code="430382101")
    made = villages(qingxi)
    assert [unit.position for unit in made.values()] == [*range(last + 1, last + 1 + len(made))], "below what is there"
    with qingxi.reading() as session:
        assert session.township.code == QINGXI, "one that is kept stays"
    assert taken.made == len(offered) == len(made) > 5
    assert all(unit.code.startswith(QINGXI) and unit.parent_id == qingxi.township_id and unit.aliases for unit in made.values())
    assert missing(qingxi) == []
    new_units.take(qingxi, offered)
    assert len(villages(qingxi)) == len(made), "never twice"
    undo(qingxi, [taken.changes.operation_id])
    assert villages(qingxi) == {}


@pytest.mark.parametrize(("kept", "asked"), [("十善村", ["狮山村"]), ("水司村", [])])
def test_near_is_what_sounds_so_and_not_what_only_begins_with_the_same_letters(qingxi, kept, asked):
    new_units.take(qingxi, [from_name(kept)])
    assert [item.name for item in missing(qingxi) if item.near_name] == asked


def test_a_kept_village_of_nearly_that_name_is_asked_about_and_completed(qingxi):
    listed = next(item.name for item in missing(qingxi) if item.kind == "village" and len(item.name) > 2)
    new_units.take(qingxi, [from_name(f"{listed[0]}某{listed[2:]}")])
    [kept] = villages(qingxi)
    near = next(item for item in missing(qingxi) if item.near_name == kept)
    assert near.name == listed
    new_units.take(qingxi, [], [near])
    [unit] = villages(qingxi).values()
    assert (unit.name, unit.code) == (kept, near.code)
    assert near.name in unit.other_names()
    assert near.name not in {item.name for item in missing(qingxi)}, "it is there now, under the office's own name"


def test_a_pasted_column_gives_units_with_their_codes_and_nothing_twice(qingxi):
    first = missing(qingxi)[0]
    text = f"村名\n1\t{first.aliases[0]}\n2\t某某社区\n3\t 党政办 \n\n{first.name}\n合计\n甲\n{'长' * 61}\n"
    with qingxi.reading() as session:
        found = new_units.pasted(session, text)
    assert [(item.name, item.kind) for item in found] == [
        (first.name, first.kind), ("某某社区", "committee"), ("党政办", "office"),
    ]  # fmt: skip
    assert found[0].code == first.code
    new_units.take(qingxi, found)
    with qingxi.reading() as session:
        assert new_units.pasted(session, text) == []
    with pytest.raises(Problem, match="没有勾选"):
        new_units.take(qingxi, [])


def test_a_natural_village_called_so_is_not_the_village(qingxi):
    first, other = missing(qingxi)[:2]
    new_units.take(qingxi, [other])
    entry.save(qingxi, UNITS, None, {"name": "某自然村", "kind": "自然村", "parent": other.name, "aliases": first.aliases[0]})
    assert missing(qingxi)[0].name == first.name


def test_a_township_in_no_list_begins_alone_and_is_said_later(tmp_path):
    app = set_up(Application.create(tmp_path), "新清溪镇", 2026, categories=("重点工作", "平安建设"))
    assert missing(app, "") == []
    new_units.take(app, missing(app, QINGXI)[:1], code=QINGXI)
    with app.reading() as session:
        assert session.township.code == QINGXI
        assert [item.code for item in session.campaign.dimensions[0].categories] == ["重点", "平安"]
    app.data.close()
