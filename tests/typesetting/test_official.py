"""What GB/T 9704-2012 asks of a whole document, measured on the finished PDF's ink and text."""

import io
from collections.abc import Sequence
from dataclasses import replace

import pypdfium2
import pytest
from PIL import ImageChops, ImageOps

from huajie_desktop.papers.printing import write_papers
from huajie_desktop.typesetting.content import PaperContent
from huajie_desktop.typesetting.flow import OFFICIAL
from huajie_desktop.typesetting.fonts import Style
from huajie_desktop.typesetting.levels import lead_of
from huajie_desktop.typesetting.line_breaking import text_width
from huajie_desktop.typesetting.official import issuers, signed_strips
from huajie_desktop.typesetting.page import MM, PITCH, TEXT_SIZE, Page
from huajie_desktop.typesetting.paper import lay_out_paper
from huajie_desktop.typesetting.wording import Block, Place, Wording

EM = 156 / 28  # mm
BOTH = "中共花街镇委员会、花街镇人民政府"
NOTICE = """#红头 {红头}｜{份号}｜{紧急程度}
#文号 {文号}｜{签发人}
{署名}关于六月进展情况的通报
各行政村：
　　{正文}
#盖章 {署名}｜2021年6月30日
#附件
六月进展情况表
　　见表。
#附件
名单
　　见名单。
#版记 抄送：市委办。｜花街镇党政办公室｜2021年6月30日印发
"""
LETTER = """#信函 {署名}｜{文号}｜{份号}｜{紧急程度}
{署名}关于商请支持的函
市供电公司：
　　{正文}
#盖章 {署名}｜2021年6月30日
#版记 抄送：市委办。
"""


def paper(
    text: str, *, body: str = "进展情况如下。", head: str = "花街镇人民政府文件", issuer: str = "花街镇人民政府", **more: str
) -> PaperContent:
    fields = {"红头": head, "署名": issuer, "正文": body, "份号": "", "紧急程度": "", "签发人": "", "文号": "", **more}
    if "#信函" in text:
        del fields["红头"]
    return PaperContent("试", "花街镇", 2021, "", Wording("试", text), fields, {}, counted=False, number="花通报〔2021〕1号")


def printed(content: PaperContent) -> pypdfium2.PdfDocument:
    target = io.BytesIO()
    write_papers([content], target)
    return pypdfium2.PdfDocument(target.getvalue())


def ink(page: pypdfium2.PdfPage, from_mm: float = 0, to_mm: float = 297, *, red: bool = False) -> tuple[float, ...]:
    """Left, top, right and bottom of the black (or red) ink between two heights, in mm from the upper left corner."""
    image = page.render(scale=8).to_pil().convert("RGB")
    bands = image.split()
    channel = ImageChops.subtract(bands[0], bands[1]) if red else ImageOps.invert(bands[0])
    scale = 8 * MM
    box = (
        channel.point(lambda value: 255 if value > 60 else 0)
        .crop((0, int(from_mm * scale), image.width, int(to_mm * scale)))
        .getbbox()
    )
    assert box
    return box[0] / scale, box[1] / scale + from_mm, box[2] / scale, box[3] / scale + from_mm


def place_of(page: pypdfium2.PdfPage, words: str) -> tuple[float, float, float]:
    """Left, right and base of words, in mm from the upper left corner."""
    found = page.get_textpage().search(words).get_next()
    assert found, words
    text = page.get_textpage()
    first, last = text.get_charbox(found[0], loose=True), text.get_charbox(found[0] + found[1] - 1, loose=True)
    return first[0] / MM, last[2] / MM, 297 - first[1] / MM


def faces(pages: Sequence[Page]) -> list[tuple[Style, str]]:
    return [(text.style, text.text) for page in pages for text in page.texts]


def test_the_body_holds_22_lines_and_begins_and_ends_with_characters() -> None:
    """5.2.1: 天头 37 ± 1 mm to the first ink, the last ink 225 mm below; 5.2.3: 22 lines."""
    document = printed(paper("题\n　　{正文}", body="国" * 28 * 60))
    lines = [line for line in document[1].get_textpage().get_text_range().split("\r\n") if "国" in line]
    assert len(lines) == 22
    _left, top, _right, bottom = ink(document[1], 0, 264)
    assert top == pytest.approx(37, abs=1)
    assert bottom == pytest.approx(297 - 35, abs=1)


@pytest.mark.parametrize("text", [NOTICE, LETTER])
def test_one_blank_line_lies_below_the_title(text: str) -> None:
    """7.3.2: 主送 stands on the second line below the title."""
    page = printed(paper(text))[0]
    title, sent = place_of(page, "关于"), place_of(page, "各行政村：" if text is NOTICE else "市供电公司：")
    assert sent[2] - title[2] == pytest.approx((34 / 2 + 1.5 * PITCH + (16 - 22) * 0.38) / MM, abs=0.7)
    assert sent[0] == pytest.approx(28, abs=0.6), "顶格"


def test_a_draft_keeps_the_room_of_its_number_below_the_head() -> None:
    made, draft = (lay_out_paper(replace(paper(NOTICE), number=number))[0] for number in ("花通报〔2021〕1号", ""))
    assert [rule.y1 for rule in draft.rules if rule.red] == [rule.y1 for rule in made.rules if rule.red] != []


def test_a_number_below_the_title_leaves_it_half_a_line() -> None:
    pages = lay_out_paper(paper("题\n→编号：1\n称谓：\n　　{正文}"))
    title, number = pages[0].texts[:2]
    assert title.y - number.y < 2 * PITCH < title.y - pages[0].texts[2].y


@pytest.mark.parametrize(
    ("text", "style", "heading"),
    [
        ("一、总体情况", Style.HEI, "一、总体情况"),
        ("（二）加强领导。各村要落实。", Style.KAI, "（二）加强领导。"),
        ("十一、存在问题：进度滞后。", Style.HEI, "十一、存在问题："),
        ("一、各村要对照清单逐项落实责任倒排工期挂图作战每周五前报送进展确保按期完成。", None, ""),
        ("1.按月报送", None, ""),
        ("（1）按月报送", None, ""),
        ("现将情况通报如下", None, ""),
    ],
)
def test_only_the_heading_of_a_paragraph_has_the_face_of_its_level(text: str, style: Style | None, heading: str) -> None:
    found = lead_of(text)
    assert (found.style, text[: found.length]) == (style, heading) if found else style is None


def test_each_line_of_the_clerk_is_a_paragraph_of_its_own_level() -> None:
    body = "（一）加强组织领导。各村要逐项落实责任，倒排工期，每周五前报送进展，确保2021年12月31日前完成。\n1.按月报送。\n一、强化考核\n　　（1）通报。"
    [page, *_rest] = lay_out_paper(paper("题\n　　{正文}", body=body))
    assert [(text.style, text.text) for text in page.texts[1:]] == [
        (Style.KAI, "（一）加强组织领导。"),
        (Style.FANG, "各村要逐项落实责任，倒排工期，每"),
        (Style.FANG, "周五前报送进展，确保2021年12月31日前完成。"),
        (Style.FANG, "1.按月报送。"),
        (Style.HEI, "一、强化考核"),
        (Style.FANG, "（1）通报。"),
    ]
    document = printed(paper("题\n　　{正文}", body=body))
    line = place_of(document[0], "（一）加强组织领导。")[0], place_of(document[0], "报送进展，确保")
    assert line[0] == pytest.approx(28 + 2 * EM, abs=0.6)
    assert ink(document[0], 50, 62)[2] == pytest.approx(28 + 156, abs=1), "two faces fill the line together"
    rest = place_of(document[0], "各村要逐项落实责任")
    assert rest[0] == pytest.approx(28 + 12 * EM, abs=0.8), "the second face begins where the first ends"


def test_attachments_are_named_below_the_text_before_it_is_signed() -> None:
    """7.3.4: one line below the text, two characters in, numbered, the titles under each other, without a stop."""
    document = printed(paper(NOTICE))
    page = document[0]
    text, first, second = (
        place_of(page, "进展情况如下。"),
        place_of(page, "附件：1."),
        place_of(page, "2."),
    )
    assert first[2] - text[2] == pytest.approx(2 * PITCH / MM, abs=0.5)
    assert first[0] == pytest.approx(28 + 2 * EM, abs=0.6)
    assert second[2] - first[2] == pytest.approx(PITCH / MM, abs=0.5)
    words = page.get_textpage().get_text_range()
    assert words.index("附件：") < words.index("2021年6月30日")
    names = [place_of(page, "六月进展情况表")[0], place_of(page, "名单")[0]]
    assert names[0] == pytest.approx(names[1], abs=0.1)
    for number, title in ((1, "六月进展情况表"), (2, "名单")):
        head = place_of(document[number], f"附件{number}")
        assert head[0] == pytest.approx(28, abs=0.6)
        assert ink(document[number])[1] == pytest.approx(37, abs=1)
        assert (place_of(document[number], title)[2] - head[2]) == pytest.approx((2 * PITCH + 5) / MM, abs=2), "third line"


def test_long_names_of_two_that_sign_do_not_touch() -> None:
    for day, size in (("2021年7月1日", 16.0), ("二〇二一年十一月二十八日", 22.0)):
        setting = replace(OFFICIAL, size=size, width=OFFICIAL.width * 1.4)
        left, right = signed_strips(("中共花街镇委员会　花街镇人民政府", day), setting, sealed=True)[-2].texts
        assert left.text == "中共花街镇委员会"
        assert right.x - left.x - text_width(left.text, Style.FANG, size) >= 0.9 * size


def test_a_template_that_names_its_attachments_itself_does_so_once() -> None:
    blocks = Wording("试", "题\n　　附件：表\n#落款 甲｜乙\n#附件\n表\n　　字").fill({}, [])
    assert [block.place for block in blocks].count(Place.ATTACHED) == 1
    assert Block(Place.ATTACHED, ("表",)) in blocks


@pytest.mark.parametrize(
    ("attachments", "length", "pages", "numbered"),
    [(2, 1, 4, 3), (1, 1, 2, 2), (0, 1, 2, 1), (0, 28 * 14, 2, 2), (0, 28 * 24, 4, 2)],
)
def test_the_imprint_stands_on_the_last_even_page(attachments: int, length: int, pages: int, numbered: int) -> None:
    """7.4 and 7.5: on the back of the last sheet; a page of the imprint alone, and a blank one before it, bear no number."""
    parts = NOTICE.split("#附件")
    text = (
        parts[0]
        + "".join(f"#附件{part.partition('#版记')[0]}" for part in parts[1 : attachments + 1])
        + "#版记"
        + parts[-1].partition("#版记")[2]
    )
    document = printed(paper(text, body="国" * length))
    assert len(document) == pages
    assert "印发" in document[pages - 1].get_textpage().get_text_range()
    assert ink(document[pages - 1], 0, 264)[3] == pytest.approx(262, abs=0.5)
    shown = [f"— {number} —" in page.get_textpage().get_text_range() for number, page in enumerate(document, 1)]
    assert shown == [True] * numbered + [False] * (pages - numbered)


def test_several_issuers_stand_below_each_other_as_wide_as_the_longest() -> None:
    """7.2.4: 文件 beside the middle of them, the upper edge 35 mm below the body's; never shrunk into one line."""
    [page, *_rest] = lay_out_paper(paper(NOTICE, head=f"{BOTH}文件", issuer=BOTH))
    head = [text for text in page.texts if text.red]
    assert [text.text for text in head] == ["中共花街镇委员会", "花街镇人民政府", "文件"]
    assert head[0].x == head[1].x
    assert min(text.size for text in head) > 36
    assert head[2].y == pytest.approx((head[0].y + head[1].y) / 2)
    document = printed(paper(NOTICE, head=f"{BOTH}文件", issuer=BOTH))
    left, top, right, _bottom = ink(document[0], 60, 110, red=True)
    assert top == pytest.approx(37 + 35, abs=1.2)
    assert (left, right) == (pytest.approx(28, abs=1), pytest.approx(184, abs=1))
    wide, narrow = ink(document[0], 70, 88, red=True), ink(document[0], 90, 106, red=True)
    assert wide[0] == pytest.approx(narrow[0], abs=1.3), "but for the white beside the strokes"


@pytest.mark.parametrize(
    ("typed", "offices"),
    [
        (BOTH, BOTH.split("、")),
        (BOTH.replace("、", ""), BOTH.split("、")),
        (BOTH.replace("、", " "), BOTH.split("、")),
        ("花街镇党委、政府", ["花街镇党委、政府"]),
        ("花街镇人民政府办公室", ["花街镇人民政府办公室"]),
        ("中共花街镇委员会办公室", ["中共花街镇委员会办公室"]),
    ],
)
def test_who_issues_together(typed: str, offices: list[str]) -> None:
    assert issuers(typed) == offices


def test_a_long_name_in_the_head_goes_on_in_a_second_line() -> None:
    [page, *_rest] = lay_out_paper(paper(NOTICE, head="花街镇城乡人居环境综合整治工作领导小组办公室文件"))
    head = [text for text in page.texts if text.red]
    assert len(head) == 2
    assert head[0].size >= 36


def test_above_the_head_stand_the_copy_number_and_urgency_and_beside_the_number_who_signed() -> None:
    """7.2.1 to 7.2.3 and 7.2.6: 份号 on the first line, at the left; with 签发人 the number one character in from the left."""
    document = printed(paper(NOTICE, 份号="000012", 紧急程度="特急", 签发人="甲某某、乙某某、丙某某"))
    page = document[0]
    copy, urgent = place_of(page, "000012"), place_of(page, "特急")
    assert copy[0] == pytest.approx(28, abs=0.6)
    assert ink(page)[1] == pytest.approx(37, abs=1)
    assert urgent[2] - copy[2] == pytest.approx(PITCH / MM, abs=0.5)
    assert ink(page, 60, 100, red=True)[1] == pytest.approx(72, abs=1.2), "the head does not move"
    number, last = place_of(page, "花通报"), place_of(page, "丙某某")
    assert number[0] == pytest.approx(28 + EM, abs=0.8)
    assert number[2] == pytest.approx(last[2], abs=0.5), "the number stands on the line of the last name"
    assert place_of(page, "甲某某")[0] == pytest.approx(last[0], abs=0.3)
    assert place_of(page, "乙某某")[1] == pytest.approx(184 - EM, abs=0.8)


def test_several_seals_stand_abreast_the_last_over_the_date() -> None:
    """7.3.5.1"""
    page = printed(paper(NOTICE, issuer=BOTH, head=f"{BOTH}文件"))[0]
    base = place_of(page, "2021年6月30日")
    signed = [
        text for text in lay_out_paper(paper(NOTICE, issuer=BOTH))[0].texts if text.text in BOTH.split("、") and not text.red
    ]
    assert [text.text for text in signed] == BOTH.split("、")
    assert signed[0].y == signed[1].y
    middle = (signed[1].x + 7 * EM * MM / 2) / MM
    assert middle == pytest.approx((base[0] + base[1]) / 2, abs=1)
    assert base[1] == pytest.approx(184 - 4 * EM, abs=1)


def test_a_letter_has_the_measures_of_the_standard() -> None:
    """10.1: issuer 30 mm below the sheet's edge, red double rules of 170 mm, the lower 20 mm above the edge, page 1 not numbered."""
    document = printed(paper(LETTER, body="国" * 28 * 20))
    page = document[0]
    assert ink(page, 0, 42, red=True)[1] == pytest.approx(30, abs=1.2)
    name, rule = ink(page, 0, 44.2, red=True), ink(page, 47, 55, red=True)
    assert rule[1] - name[3] == pytest.approx(4, abs=1.2)
    assert (rule[0], rule[2]) == (pytest.approx(20, abs=0.3), pytest.approx(190, abs=0.3))
    foot = ink(page, 270, 297, red=True)
    assert 297 - foot[3] == pytest.approx(20, abs=0.5)
    assert (foot[0], foot[2]) == (pytest.approx(20, abs=0.3), pytest.approx(190, abs=0.3))
    number = place_of(page, "花通报〔2021〕1号")
    assert number[1] == pytest.approx(184, abs=0.6)
    assert ink(page, rule[3] + 1, rule[3] + 12)[1] - rule[3] == pytest.approx(7 / 8 * TEXT_SIZE / MM, abs=0.7)
    assert [f"— {n} —" in sheet.get_textpage().get_text_range() for n, sheet in enumerate(document, 1)] == [False, True]
    last = document[1].get_textpage().get_text_range()
    assert "抄送：市委办。" in last
    assert "印发" not in last


def test_signs_of_the_template_typed_by_the_clerk_are_text() -> None:
    typed = "甲｜乙\n# 标题\n→右\n|表|格|\n　　　　缩进\n{镇}"
    blocks = Wording("试", "题\n　　{正文}\n{正文}\n→{一}").fill({"正文": typed, "一": "丙｜丁", "镇": "x"}, [])
    lines = ["甲｜乙", "# 标题", "→右", "|表|格|", "缩进", "{镇}"]
    assert blocks[1:] == [
        *(Block(Place.INDENTED, (line,)) for line in lines), *(Block(Place.FLUSH, (line,)) for line in lines), Block(Place.RIGHT, ("丙｜丁",)),
    ]  # fmt: skip
    columns = Wording("试", "题\n{甲}｜{乙}").fill({"甲": "一｜二", "乙": "三"}, [])[1]
    assert columns == Block(Place.COLUMNS, ("一｜二", "三"))


@pytest.mark.parametrize(
    ("unit", "title"), [("花街镇城乡人居环境整治办", "花街镇城乡人居环境整治办承诺书"), ("倪宅村", "花街镇倪宅村承诺书")]
)
def test_a_unit_that_bears_the_townships_name_is_not_given_it_twice(unit: str, title: str) -> None:
    [block] = Wording("试", "{镇}{单位}承诺书").fill({"镇": "花街镇", "单位": unit}, [])
    assert block.parts == (title,)


def test_minutes_name_who_was_there_in_hanging_lines() -> None:
    """10.3: 出席 in 黑体 two characters in, the names under each other behind the colon."""
    [page] = lay_out_paper(
        paper("题\n　　{正文}\n\n\n#名单 出席｜{出席}\n#名单 请假｜{请假}", 出席="甲某某、" * 12 + "乙", 请假="")
    )
    label, *_ = [text for text in page.texts if text.style is Style.HEI]
    assert label.text == "出席："
    names = [text for text in page.texts if text.text.startswith("甲某某")]
    assert len(names) == 3
    assert names[0].x == names[1].x == names[2].x == pytest.approx(label.x + 3 * EM * MM, abs=1)
    assert "请假" not in "".join(text for _style, text in faces([page]))
