"""A name nobody knows: what it may have meant is read with a doubt or offered in the fault, and never taken in silence."""

import pytest
from openpyxl import Workbook

from db.ledgers.dispute import ALSO_OF_KIND, ALSO_OF_RESULT, DISPUTE_KINDS, RESULTS
from huajie_desktop.errors import FieldErrors
from huajie_desktop.ledgers import LEDGERS
from huajie_desktop.receiving import importing
from huajie_desktop.records import entry
from huajie_desktop.values.chosen import parse_choice
from huajie_desktop.values.nearby import perhaps
from huajie_desktop.values.reading import Unreadable
from tests.office import enter
from tests.tasks import save_task

DISPUTE = {"accepted_on": "2021-03-01", "kind": "邻里", "village": "倪宅村", "summary": "宅基地排水纠纷", "level": "一般"}


def faults(app, **texts):
    with pytest.raises(FieldErrors) as caught:
        enter(app, **texts)
    return caught.value.messages


@pytest.mark.parametrize("typed", ["你寨", "你寨村", "花街镇你寨村", "拟宅村委会"])
def test_a_unit_written_as_it_sounds_is_told_in_the_form_and_not_taken(app, typed):
    assert faults(app, unit=typed) == {"unit": f"“{typed}”不在单位表里，读音和“倪宅村”一样，请核对"}


def test_one_that_only_nearly_sounds_so_is_offered_in_the_fault(app):
    assert faults(app, unit="李寨村")["unit"] == "“李寨村”不在单位表里，是不是“倪宅村”？请核对单位名称"
    assert faults(app, unit="东东村")["unit"] == "“东东村”不在单位表里，请核对单位名称"


def test_the_preview_reads_it_with_a_doubt(app, tmp_path):
    made = Workbook()
    made.active.append(["花街镇2021年清单"])
    made.active.append(["序号", "类别", "责任单位", "承诺事项", "建设内容及规模", "完成时限"])
    made.active.append([1, "干事承诺", "你寨村", "穿村段路灯安装", "安装路灯12盏", "8月底前"])
    made.active.append([2, "党建", "金都村", "主题党日", "全年12次", "全年"])
    made.save(tmp_path / "a.xlsx")
    first, second = importing.preview(app, [tmp_path / "a.xlsx"]).rows
    assert first.record.unit == "倪宅村"
    assert [issue.message for issue in first.record.issues if issue.field == "unit"] == [
        "“你寨村”不在单位表里，读音和“倪宅村”一样，请核对"
    ]
    assert second.record.unit == "金杜村"
    assert "“党建”不是本年度的类别，是不是“基层党建" in "；".join(issue.message for issue in second.record.issues)


def test_a_new_person_who_sounds_like_one_who_is_there_is_said(app):
    enter(app, responsible="徐志军、倪成纲")
    for typed, there in (("徐志君", "徐志军"), ("许之君", "徐志军"), ("立成刚", "倪成纲"), ("你成钢", "倪成纲")):
        doubts = save_task(app, None, {**texts(), "title": typed, "responsible": typed}).doubts
        assert f"新增人员“{typed}”（倪宅村）；那里已有“{there}”，是同一个人请改正" in doubts["responsible"], typed
    assert "那里已有" not in save_task(app, None, {**texts(), "responsible": "徐大军"}).doubts["responsible"]


def texts():
    return {"title": "路灯", "content": "12盏", "category": "干事承诺", "unit": "倪宅村", "due": "8月底"}


@pytest.mark.parametrize(
    ("said", "offered"),
    [
        ("土地", "山林土地"),
        ("土地纠纷", "山林土地"),
        ("劳资", "“劳动争议”或“拖欠农民工工资”"),
        ("宅基地", "房屋宅基地"),
        ("领里", "邻里"),
        ("赡养", "婚姻家庭"),
    ],
)
def test_the_words_people_say_for_a_choice_offer_it(app, said, offered):
    with pytest.raises(FieldErrors) as caught:
        entry.save(app, LEDGERS["disputes"], None, {**DISPUTE, "kind": said})
    assert offered in caught.value.messages["kind"]
    assert "是不是" in caught.value.messages["kind"]


def test_what_is_being_mediated_is_a_result_one_can_write(app):
    saved = entry.save(app, LEDGERS["disputes"], None, {**DISPUTE, "result": "正在调解"})
    assert saved.doubts == {}
    with pytest.raises(Unreadable, match="是不是“正在调解”？"):
        parse_choice("处理中", RESULTS, "调解结果", ALSO_OF_RESULT)
    assert {*ALSO_OF_KIND} <= {*DISPUTE_KINDS}
    assert {*ALSO_OF_RESULT} <= {*RESULTS}


def test_what_is_like_nothing_or_like_everything_offers_nothing():
    villages = [f"{name}居委会" for name in ("花街", "老街", "新街", "东街")]
    for text in ("没有这个", "花", "nz", "", "北山居委会", "很长" * 40):
        assert perhaps(text, villages) == "", text
    assert perhaps("化解", villages) == "，是不是“花街居委会”？"
