"""Text, categories and units."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huajie_desktop.reading.known import Known, KnownUnit
from huajie_desktop.values.categories import looks_like_section
from huajie_desktop.values.text import chinese_number, fold, is_blank, trim, without_brackets
from huajie_desktop.values.units import looks_like_office
from huajie_desktop.work.task_ledger import TASKS
from tests.office import CATALOGUE
from tests.sheets.office import huajie

KNOWN = huajie()


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("重点工作", "重点工作"),
        ("一、重点工作", "重点工作"),
        ("（二）干事承诺(12项)", "干事承诺"),
        ("重 点　工作", "重点工作"),
        ("五大比拼—基层党建", "基层党建"),
        ("基层党建提升", "基层党建提升"),
        ("平安创建类", "平安创建"),
        ("第三部分:文明环境", "文明环境"),
        ("3.文明环境", "文明环境"),
        ("重点工作,共3项", "重点工作"),
        ("其他", None),
        ("重点", None),
        ("重点工作/干事承诺", None),
        ("", None),
        ("干事承诺清单", None),
    ],
)
def test_category(text, category):
    found = KNOWN.category_words.find(text)
    assert (found.name if found else None) == category


def test_category_of_a_sheet_and_dimension():
    assert KNOWN.category_words.find_in_name("干事承诺清单").name == "干事承诺"
    assert KNOWN.category_words.find_in_name("2.重点工作任务表").name == "重点工作"
    assert KNOWN.category_words.find_dimension("一、五大攻坚(12项)") == "五大攻坚"
    assert KNOWN.category_words.find_dimension("五大") is None


@pytest.mark.parametrize(
    ("text", "section"),
    [("一、重点工作", True), ("（三）其他工作", True), ("第二部分 干事承诺", True), ("1.硬化道路", False), ("硬化道路", False)],
)
def test_section(text, section):
    assert looks_like_section(text) is section


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        *(
            (t, "倪宅村")
            for t in (
                "倪宅",
                "倪宅村",
                "倪宅村委会",
                "花街镇倪宅村",
                "永康市花街镇倪宅村村委会",
                "倪宅村村民委员会",
                "倪宅行政村",
                "倪 宅 村",
                "倪宅村(盖章)",
            )
        ),
        ("花街村", "花街村"),
        ("花街村委会", "花街村"),
        ("花街镇花街村", "花街村"),
        ("花街居委会", "花街居委会"),
        ("花街居", "花街居委会"),
        ("花街社区", "花街居委会"),
        ("花街镇", "花街镇"),
        ("花街", None),
        ("八字墙村", "八字墙村"),
        ("八字墙居委会", "八字墙居委会"),
        ("八字墙居民委员会", "八字墙居委会"),
        ("八字墙", None),
        ("杨坑", "杨杭村"),
        ("杨坑村委会", "杨杭村"),
        ("杨杭", "杨杭村"),
        ("吴坑村", None),
        ("党建办", "党建办"),
    ],
)
def test_unit(text, unit):
    found = KNOWN.unit_words.find(text)
    assert (found.name if found else None) == unit


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("花街镇2021年倪宅村干事承诺清单", "倪宅村"),
        ("02 2021年杨杭村任务清单(定稿)", "杨杭村"),
        ("附件2:八字墙村2021年五大比拼清单", "八字墙村"),
        ("花街镇2021年花街居委会干事承诺清单", "花街居委会"),
        ("花街村重点工作清单", "花街村"),
        ("花街镇2021年“三五”大比拼工作清单", None),
        ("大屋片抱团共富项目", None),
        ("八字墙溪美丽河湖", None),
        ("倪宅村、金杜村联合清单", None),
        ("倪宅上报表", "倪宅村"),
    ],
)
def test_unit_in_a_line(text, unit):
    found = KNOWN.unit_words.search(text)
    assert (found.name if found else None) == unit


def test_an_alias_two_units_share_names_neither():
    known = Known(
        2021, [KnownUnit(1, "上屋村", ("老街",), "village"), KnownUnit(2, "下屋村", ("老街",), "village")], [], TASKS, CATALOGUE
    )
    assert known.unit_words.find("老街") is None
    assert known.unit_words.find("上屋").name == "上屋村"


def test_offices():
    assert looks_like_office("应急管理站")
    assert not looks_like_office("吴坑村")


@pytest.mark.parametrize(
    ("text", "number"),
    [("十二", 12), ("贰拾", 20), ("三百五十", 350), ("二〇二一", 2021), ("十", 10), ("二十一", 21), ("", None), ("十a", None)],
)
def test_chinese_number(text, number):
    assert chinese_number(text) == number


@given(st.text())
def test_trim_and_fold_are_idempotent(text):
    assert trim(trim(text)) == trim(text)
    assert fold(fold(text)) == fold(text)
    assert without_brackets(without_brackets(fold(text))) == without_brackets(fold(text))
    is_blank(text)


@given(st.text())
def test_words_never_raise(text):
    KNOWN.unit_words.find(text)
    KNOWN.unit_words.search(text)
    KNOWN.category_words.find(text)
    looks_like_section(text)
