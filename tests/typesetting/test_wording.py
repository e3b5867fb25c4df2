"""Templates: fields, places, and what is wrong with one."""

from dataclasses import replace

import pytest

from huajie_desktop.papers.paper_kinds import WORDINGS
from huajie_desktop.typesetting.fonts import Missing, MissingGlyphs, missing_in
from huajie_desktop.typesetting.paper import lay_out_paper
from huajie_desktop.typesetting.wording import Block, MissingTable, Place, UnknownField, Wording
from resources import path
from tests.typesetting.conftest import make_pledge


def test_places() -> None:
    template = "{镇}承诺书\n→编号：{编号}\n称谓：\n　　正文{项数}项\n{表}\n\n甲：｜乙：\n"
    blocks = Wording("试", template).fill({"镇": "花街镇", "编号": "", "项数": "3"}, ["表"], needed="表")
    assert blocks == [
        Block(Place.TITLE, ("花街镇承诺书",)),
        Block(Place.FLUSH, ("称谓：",)),  # the line with the empty number is left out
        Block(Place.INDENTED, ("正文3项",)),
        Block(Place.TABLE, ("表",)),
        Block(Place.EMPTY),
        Block(Place.COLUMNS, ("甲：", "乙：")),
    ]
    right = Wording("试", "题\n→号：{编号}\n{表}").fill({"编号": "1"}, ["表"], needed="表")[1]
    assert right == Block(Place.RIGHT, ("号：1",))


def test_unknown_field_is_named_with_the_known_ones() -> None:
    with pytest.raises(UnknownField) as caught:
        lay_out_paper(make_pledge(wording=Wording("村承诺书", "{镇}承诺书\n　　{单 位}承诺\n{承诺事项表}")))
    for words in ("村承诺书", "{单 位}", "{单位}", "{承诺事项表}", "没有生成文件"):
        assert words in str(caught.value)


@pytest.mark.parametrize("text", ["{镇}承诺书\n　　正文", "{镇}承诺书\n　　正文如下：{承诺事项表}"])
def test_a_template_without_the_table_would_drop_every_item(text: str) -> None:
    with pytest.raises((MissingTable, UnknownField), match="承诺事项表"):
        lay_out_paper(make_pledge(wording=Wording("村承诺书", text)))


def test_a_character_of_the_template_that_cannot_be_printed_is_named() -> None:
    with pytest.raises(MissingGlyphs, match=r"文书模板.*U\+1FFFF"):
        lay_out_paper(make_pledge(wording=Wording("村承诺书", "{镇}承诺书\n　　\U0001ffff\n{承诺事项表}")))


def test_braces_in_a_value_are_no_field() -> None:
    title, _ = Wording("试", "{单位}\n{表}").fill({"单位": "{镇}村"}, ["表"], needed="表")
    assert title.parts == ("{镇}村",)


@pytest.mark.parametrize("kind", ["village", "committee", "office", "area", "leadership", "township"])
def test_every_kind_of_unit_has_a_wording(kind: str) -> None:
    texts = "".join(text.text for page in lay_out_paper(make_pledge(unit_kind=kind)) for text in page.texts)
    for words in ("示例村", "2021年", "承诺书", "接诺单位（盖章）", "花街镇人民政府", "监督电话：", "一式两份", "年　　月　　日"):
        assert words in texts
    assert ("干事承诺书" in texts) == (kind in ("village", "committee"))
    assert ("村级班子" in texts) == (kind == "village")
    assert "_" not in texts, "room to sign is left blank: a heavy rule of another face stood there"


def test_shipped_templates_are_all_used() -> None:
    names = {file.stem for file in path("wording").iterdir()}
    assert names == {*WORDINGS, "report", "dossier", "reminders", "drill", "draw", "force-week", "what-became"}


@pytest.mark.parametrize(
    ("copies", "parts"), [("", ("", "党政办", "2021年6月1日印发")), ("市委办", ("抄送：市委办。", "党政办", "2021年6月1日印发"))]
)
def test_an_imprint_without_copies_has_no_line_of_copies(copies: str, parts: tuple[str, ...]) -> None:
    fields = {"抄送": copies, "机关": "党政办", "日期": "2021年6月1日"}
    assert Wording("试", "题\n#版记 抄送：{抄送}。｜{机关}｜{日期}印发").fill(fields, [])[1] == Block(Place.IMPRINT, parts)


@pytest.mark.parametrize(
    ("unit", "title"),
    [
        ("镇领导班子", "清溪镇领导班子承诺书"), ("镇党委", "清溪镇党委承诺书"), ("镇东村", "清溪镇镇东村承诺书"),
        ("清溪镇大湾村", "清溪镇大湾村承诺书"), ("大湾村", "清溪镇大湾村承诺书"),
    ],
)  # fmt: skip
def test_an_office_called_after_the_sort_of_township_does_not_double_it(unit: str, title: str) -> None:
    assert Wording("试", "{镇}{单位}承诺书").fill({"镇": "清溪镇", "单位": unit}, [])[0].parts == (title,)


def test_a_field_the_wording_leaves_out_stops_no_paper() -> None:
    pledge = make_pledge()
    odd = replace(pledge, fields={**pledge.fields, "责任人": "\U0001ffff"})
    assert not missing_in(odd.texts())
    assert missing_in(replace(odd, wording=Wording("试", "{镇}{责任人}\n{承诺事项表}")).texts())


def test_where_a_character_is_missing_is_said_once_and_in_one_line() -> None:
    twice = [Missing(" 专班“集镇专班\n清政办〔2026〕12号”成员", "𠮷")] * 2
    lines = str(MissingGlyphs(twice)).split("\n")
    assert lines[0].startswith("下列 1 处")
    assert lines[1] == "　　专班“集镇专班 清政办〔2026〕12号”成员：“𠮷”（U+20BB7）"
    assert len(lines) == 3
