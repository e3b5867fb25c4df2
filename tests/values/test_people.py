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


@pytest.mark.parametrize("text", ["村两委", "党政办", "各联村干部", "张三等", "张", "欧阳锋和张三丰", "李强、李强"])
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


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("欧阳 修", "欧阳修"),
        ("欧 阳 修", "欧阳修"),
        ("司马 光、诸葛 孔明", "司马光 诸葛孔明"),
        ("诸 葛 孔 明", "诸葛孔明"),
        ("上官婉儿", "上官婉儿"),
        ("张 三丰", "张三丰"),
        ("阿依古丽·买买提", "阿依古丽·买买提"),
        *((f"阿依古丽{dot}买买提", "阿依古丽·买买提") for dot in (".", "．", "・", "•", "‧", "﹒", " · ")),
        ("阿卜杜热西提·买买提、阿依古丽", "阿卜杜热西提·买买提 阿依古丽"),
        ("扎西次仁", "扎西次仁"),
        ("①张三②李四", "张三 李四"),
        ("张三同志", "张三"),
        ("联村干部张三", "张三"),
        ("网格长张三、李四网格员", "张三 李四"),
        ("组长：张三 组员：李四、王五", "张三 李四 王五"),
        ("组长张三\n组员李四", "张三 李四"),
        ("张三（牵头）", "张三"),
        ("张三(主)", "张三"),
        ("张三（村支书）、李四（副主任、会计）", "张三 李四"),
        ("张三（倪宅村）", "张三"),
        ("张三（村主任，电话13857901234）", "张三"),
        ("张三13857901234、李四 13957901234", "张三 李四"),
        ("䶮三、𠮷田", "䶮三 𠮷田"),
        ("王和平、李及时", "王和平 李及时"),
    ],
)
def test_plain_names_are_not_doubted(text, names):
    assert parse_people(text) == (tuple(names.split()), "")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("John Smith", ["John Smith"]),
        ("Smith John", ["Smith John"]),
        ("John Smith、Mary Brown", ["John Smith", "Mary Brown"]),
        ("John Smith\nMary Brown", ["John Smith", "Mary Brown"]),
        ("张三 John Smith", ["张三", "John Smith"]),
        ("J. R. Brown-Lee", ["J. R. Brown-Lee"]),
    ],
)
def test_a_name_in_latin_letters_is_one_person(text, names):
    assert parse_people(text) == (tuple(names), "")


@pytest.mark.parametrize(
    ("text", "names", "about"),
    [
        ("张三丰(李四光配合)", "张三丰", "李四光配合"),
        ("张三丰（6月起李四光）", "张三丰", "6月起李四光"),
        ("张三丰(2月前李四光)", "张三丰", "2月前李四光"),
        ("张三（李四协助）", "张三", "李四协助"),
        ("张三（李四）", "张三", "李四"),
        ("张三(李四负责)", "张三", "李四负责"),
        ("张三（联系李四）", "张三", "联系李四"),
        ("张三（欧阳修）", "张三", "欧阳修"),
        ("张三(协)、李四(主)", "张三 李四", "协"),
        ("张三（牵头），李四（配合）", "张三 李四", "配合"),
        ("牵头：张三 配合：李四", "张三 李四", "配合"),
        ("牵头：张三配合：李四", "张三 李四", "配合"),
        ("责任人：张三；联系人：李四", "张三 李四", "联系人"),
        ("张三：李四", "李四", "张三"),
        ("张三（已调离）", "张三", "已调离"),
        ("张三（待定）", "张三", "待定"),
        ("张三（改为李四）", "张三", "改为李四"),
        ("张三带队", "张三", "张三带队"),
        ("由张三负责", "张三", "由张三负责"),
        ("张三和李四", "张三 李四", "张三和李四"),
        ("欧阳锋及张三丰", "欧阳锋 张三丰", "欧阳锋及张三丰"),
        ("张三.李四", "张三 李四", "张三·李四"),
        ("张三、李四等3人", "张三 李四", "姓名不全"),
        ("张三？", "张三", "张三？"),
        ("*张三", "张三", "*张三"),
        ("张三★", "张三", "张三★"),
        ("张三 A", "张三", "“A”没有读"),
        ("张三 138", "张三", "“138”没有读"),
        ("张 三 王 小 明", "张三 王小明", "隔开的字"),
    ],
)
def test_what_stands_beside_a_name_does_not_vanish(text, names, about):
    people = parse_people(text)
    assert people.names == tuple(names.split())
    assert about in people.doubt


@pytest.mark.parametrize(
    "text",
    [
        "各网格长", "全体村干部", "村两委", "网格员", "党员志愿者", "物业", "施工队", "各组组长", "相关负责人", "驻村工作组", "联村团队", "村民代表", "包片干部",
        "大禹公司", "党政办", "待定", "本人", "同上", "村民小组", "派出所", "各村", "张三丰A", "张三1", "张三1号", "张三李四", "张三丰李四光", "张三李四光",
        "张三-李四", "张三→李四", "原张三现李四", "张三改李四", "张书记", "李主任", "陈总", "老张", "欧阳主任", "主任张", "张三兼", "欧阳", "Smith", "张",
        "户主李四", "张\ue000",
    ],
)  # fmt: skip
def test_what_is_no_name_is_a_doubt(text):
    people = parse_people(text)
    assert people.names
    assert people.doubt


@pytest.mark.parametrize("text", ["暂无", "村会计", "A", "?"])
def test_what_names_nobody_is_an_error(text):
    with pytest.raises(Unreadable, match="责任人"):
        parse_people(text)


_NAMES = st.builds("".join, st.tuples(st.sampled_from("张王李赵陈欧"), st.text("伟芳卫东小明建国三四", min_size=1, max_size=2)))


@given(
    _NAMES,
    _NAMES,
    st.sampled_from(["{}({}配合)", "{}（{}）", "{}{}", "{}和{}", "{}-{}", "{}转{}", "{}[{}协助]", "{} （联系人{}）", "{}→{}"]),
)
def test_two_people_are_never_one_in_silence(one, other, form):
    people = parse_people(form.format(one, other))
    assert people.doubt or {one, other} <= {*people.names}


@given(_NAMES, st.text("AaZ19?？*★#%", min_size=1, max_size=2))
def test_signs_at_a_name_are_never_silent(name, signs):
    assert parse_people(name + signs).doubt
    assert parse_people(signs + name).doubt
