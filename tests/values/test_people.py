"""Names of people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huajie_desktop.values.people import parse_people
from huajie_desktop.values.reading import Unreadable


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("倪成纲、张三", "倪成纲 张三"),
        ("倪成纲 张三", "倪成纲 张三"),
        ("书记：倪成纲；主任：张三", "倪成纲 张三"),
        ("1.倪成纲 2.张三", "倪成纲 张三"),
        ("倪成纲/张三", "倪成纲 张三"),
        ("倪成纲\n张三", "倪成纲 张三"),
        ("倪成纲,张三；李四;王五，赵六", "倪成纲 张三 李四 王五 赵六"),
        ("张　三", "张三"),
        ("程　伟、李 四", "程伟 李四"),
        ("张 三 李 四", "张三 李四"),
        ("王 小 明", "王小明"),
        ("倪成纲(书记)", "倪成纲"),
        ("施秀英（支部书记）,卢卫东", "施秀英 卢卫东"),
        ("倪成纲(书记", "倪成纲"),
        ("倪成纲(书记)13857901234", "倪成纲"),
        ("书记:倪成纲", "倪成纲"),
        ("书记：倪成纲 主任：张三", "倪成纲 张三"),
        ("倪成纲书记", "倪成纲"),
        ("村书记倪成纲", "倪成纲"),
        ("倪成纲 书记", "倪成纲"),
        ("阿卜杜拉·买买提", "阿卜杜拉·买买提"),
        ("张三、张三", "张三"),
        ("　张三\xa0", "张三"),
        ("𠅤三", "𠅤三"),
    ],
)
def test_names(text, names):
    assert parse_people(text) == (tuple(names.split()), "")


def test_what_has_no_room_as_a_name_is_none():
    assert parse_people("张" * 40).names == ("张" * 40,)
    with pytest.raises(Unreadable, match="太长"):
        parse_people("张" * 41 + "、李四")


@pytest.mark.parametrize("text", ["", " ", "/", "无", "—", "13857900000", "(书记)", "书记", "12", "、"])
def test_none_is_an_error(text):
    with pytest.raises(Unreadable, match="责任人"):
        parse_people(text)


@pytest.mark.parametrize("text", ["村两委", "党政办", "各联村干部", "张三等", "张", "欧阳锋和张三丰"])
def test_doubtful_names(text):
    people = parse_people(text)
    assert people.names
    assert people.doubt


def test_names_in_brackets_behind_a_reference():
    assert parse_people("按《市委工作要点》分工(蒋永根、俞福才)").names == ("蒋永根", "俞福才")


@given(st.text() | st.text("张王李赵三四五伟芳 　、,;/()（）\n书记主任:1385790", max_size=20))
def test_never_raises_anything_else(text):
    try:
        names = parse_people(text).names
    except Unreadable:
        pass
    else:
        assert names
        assert all(name.strip() for name in names)


@given(st.lists(st.text("倪成纲张王李赵伟芳卫东", min_size=2, max_size=3), min_size=1, max_size=5, unique=True))
def test_canonical_form_is_a_fixed_point(names):
    assert parse_people("、".join(names)).names == tuple(names)


@pytest.mark.parametrize(
    ("text", "reading"), [("张三丰、欧阳锋等", "按张三丰、欧阳锋读"), ("倪宅村村民委员会（倪成纲）", "按倪成纲读")]
)
def test_a_doubt_says_who_was_read(text, reading):
    assert reading in parse_people(text).doubt
