"""What is typed is known by its sound: other characters of the same syllables, syllables as letters, and pairs few people tell apart."""

import random
from pathlib import Path

import pytest
from sqlalchemy.dialects import sqlite

from db.base import table_of
from db.models import Unit
from db.words.matching import spoken
from db.words.searching import holds, nearest, search_text
from db.words.sounding import Ear, by_sound, sound_alike
from huajie_desktop.records import finding
from huajie_desktop.records.finding import find
from huajie_desktop.records.hearing import found_ids
from huajie_desktop.records.listing import Wanted
from huajie_desktop.work.task_ledger import TASKS
from tests.office import enter

HOMOPHONES = Path(__file__).parent / "data" / "homophones.txt"
SURNAMES = "王李张刘陈杨黄赵周吴徐孙朱马胡郭何高林郑倪潘颜应施金方卢程吕章楼童俞蒋沈钱范"
GIVEN = "志军成纲建国伟芳秀英敏静丽强磊洋艳勇杰娟涛明超兰霞平刚桂红玉梅华文彬素珍云根益民新立峰"
PAIRS = [line.split("\t") for line in HOMOPHONES.read_text("utf-8").splitlines() if line[0] != "#"]


def offered(names, typed):
    """The names in the order in which they are offered, with how each was found."""
    return [(names[hit.place], hit.ear) for hit in nearest([search_text(name) for name in names], typed)]


def crowd(count):
    """People as they may be called, the same ones each time."""
    made = random.Random(3)
    return list(dict.fromkeys(made.choice(SURNAMES) + made.choice(GIVEN) + made.choice(GIVEN) for _ in range(count)))


def test_of_sixty_homophones_of_an_input_method_the_right_name_is_offered_first(app):
    with app.reading() as session:
        units = [unit.name for unit in session.query(Unit).filter(Unit.kind.in_(("village", "committee")))]
    people = [name for name, _typed in PAIRS if not any(unit.startswith(name) for unit in units)]
    names = [*units, *crowd(300), *people]
    missed = [(name, typed) for name, typed in PAIRS if not (found := offered(names, typed)) or not found[0][0].startswith(name)]
    print(f"homophones: {len(PAIRS) - len(missed)} of {len(PAIRS)} right ones offered first; not {missed}")
    assert len(PAIRS) == 60
    assert len(missed) <= 5, missed


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        *(("倪宅村", typed) for typed in ("你寨", "nizhai", "ni zhai", "NiZhai", "ni'zhai", "nizhaicun", "你寨村", "你zhai", "nz", "nzhai", "nizh")),
        *(("长廊", typed) for typed in ("场狼", "changlang", "zhanglang")),
        *(("绿化带", typed) for typed in ("lvhuadai", "luhua", "率话")),
        *(("西安路", typed) for typed in ("xianlu", "xi'an", "西暗")),
        *(("李强", typed) for typed in ("里墙", "liqiang", "li qiang")),
        *(("单四", typed) for typed in ("善四", "shansi", "丹四")),
        ("略图", "luetu"),
        ("路灯12盏", "鹿等12盏"),
    ],
)  # fmt: skip
def test_a_name_is_known_by_all_its_readings_in_characters_and_letters(name, typed):
    assert [found for found, _ear in offered(["杨杭村", "张三", name, "大屋"], typed)] == [name]


@pytest.mark.parametrize(
    ("right", "alike", "typed"),
    [
        ("立寨村", "倪宅村", "里寨"), ("桑仁村", "尚仁村", "sangren"), ("存口", "村口", "cunkou"), ("资源所", "知园所", "自远"),
        ("山村", "上村", "杉村"), ("陈四", "程四", "晨四"), ("金湖", "京湖", "进湖"), ("京湖", "金湖", "jinghu"),
    ],
)  # fmt: skip
def test_what_is_easily_heard_for_it_counts_only_where_nothing_else_does(right, alike, typed):
    assert sound_alike(right, alike, forgiving=True)
    assert offered([alike, "大屋村"], typed)[0][0] == alike
    if not sound_alike(right, alike):
        assert offered([alike, right], typed) == [(right, Ear.SYLLABLE)]
        assert offered([alike], typed) == [(alike, Ear.ALIKE)]


def test_those_written_so_come_first_then_those_spoken_so():
    names = ["李蔷", "里强村", "黎明", "李强"]
    assert offered(names, "李强") == [("李强", Ear.LETTER), ("李蔷", Ear.SYLLABLE), ("里强村", Ear.SYLLABLE)]
    assert offered(["锦绣村", "金杜村"], "金") == [("金杜村", Ear.LETTER)], "one character sounds like half the names"
    assert offered(["锦绣村"], "金") == [("锦绣村", Ear.SYLLABLE)]
    assert offered(names, "") == [(name, Ear.LETTER) for name in names]


@pytest.mark.parametrize(
    "typed", ["bcd", "x", "sh", "123", "%", "…", "🎉", "嗯", "q" * 39, "xiang" * 30, "倪" * 300, "'", "a'", "''b"]
)
def test_what_has_no_sound_or_far_too_much_finds_nothing_and_takes_no_time(typed):
    assert offered(["倪宅村", "尚仁村"], typed) == []
    assert all(len(by_sound(typed, ear)) <= 6 for ear in Ear)


def test_a_word_is_listened_to_up_to_a_length():
    assert [len(by_sound("倪" * count, Ear.SYLLABLE)) for count in (39, 40)] == [1, 0]


def test_records_are_found_by_sound_where_nothing_is_written_so(app):
    enter(app, title="村口绿化", unit="金杜村", responsible="徐志军")
    task = enter(app, title="穿村段路灯安装")

    def listed(text):
        with app.reading() as session:
            wanted, ids = found_ids(session, TASKS, Wanted(text))
            return list(ids), wanted.ear

    for text in ("鹿等", "ludeng", "lu deng", "你寨", "nizhai", "你寨 路灯", "昵称刚", "穿寸断"):
        assert listed(text) == ([task], Ear.SYLLABLE), text
    assert listed("李寨") == ([task], Ear.ALIKE)
    assert listed("路灯") == ([task], Ear.LETTER)
    assert listed("徐志君") == ([task - 1], Ear.SYLLABLE)
    for text in ("没有", "shihuang", "%", "[", "a'b"):
        assert listed(text) == ([], Ear.LETTER), text


def test_and_at_once(app):
    enter(app, responsible="徐志军")
    with app.reading() as session:
        hits = {text: find(session, text) for text in ("你寨", "nizhai", "徐志君", "倪宅")}
    assert [(hit.kind, hit.title, hit.by_sound) for hit in hits["你寨"]] == [("unit", "倪宅村", True)]
    assert [(hit.kind, hit.title) for hit in hits["nizhai"]] == [("unit", "倪宅村")]
    assert [(hit.kind, hit.title) for hit in hits["徐志君"]] == [("person", "徐志军")]
    assert [(hit.kind, hit.by_sound) for hit in hits["倪宅"]] == [("unit", False)]


def test_the_database_hears_what_is_heard_here(app):
    titles = ["重阳节慰问", "音乐厅", "银行网点", "长廊", "绿道", "12号路", "A-B路", "单行道"]
    for title in titles:
        enter(app, title=title)
    with app.reading() as session:
        for typed in (
            "虫洋洁",
            "chongyang",
            "zhongyang",
            "yinyue",
            "yinle",
            "印象",
            "常郎",
            "lvdao",
            "绿岛",
            "12浩路",
            "a-b鹿",
            "善行到",
        ):
            there = {session.get(TASKS.model, i).title for i in found_ids(session, TASKS, Wanted(typed))[1]}
            ears = [ear for ear in Ear if any(holds(search_text(title), typed, ear) for title in titles)][:1]
            assert there == {title for title in titles for ear in ears if holds(search_text(title), typed, ear)}, typed


def test_names_are_listened_for_first_and_of_the_ledgers_the_newest_records(app, monkeypatch):
    monkeypatch.setattr(finding, "_LISTENED", 1)
    enter(app, title="尼寨修路", unit="金杜村")
    newest = enter(app, title="桥面安装路灯", unit="金杜村")
    with app.reading() as session:
        hits = {text: find(session, text) for text in ("你寨", "鹿等", "修鹿")}
        assert len(found_ids(session, TASKS, Wanted("修鹿"))[1]) == 1, "the list goes through all"
    assert [(hit.kind, hit.title) for hit in hits["你寨"]] == [("unit", "倪宅村")]
    assert [(hit.kind, hit.id) for hit in hits["鹿等"]] == [("task", newest)]
    assert hits["修鹿"] == []


def test_what_begins_like_another_reading_is_not_looked_for_again():
    [condition] = spoken(table_of(Unit).c.search, "zhaobudao", Ear.SYLLABLE)
    assert len(by_sound("zhaobudao", Ear.SYLLABLE)) == 4
    assert str(condition.compile(dialect=sqlite.dialect())).count("GLOB") == 2
