"""Papers as files for a word processor, read back: what they say, how their sheets are, what a hostile text does to them."""

import io
import re
import zipfile
from collections import Counter
from dataclasses import replace

import pypdfium2
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from PIL import Image

from huajie_desktop.errors import Cancelled
from huajie_desktop.papers.printing import draw_papers, write_papers
from huajie_desktop.typesetting.content import PaperContent, Picture
from huajie_desktop.typesetting.files import Unfit, refuse_unfit
from huajie_desktop.typesetting.page import MM
from huajie_desktop.typesetting.word_text import Lettering, squeezed
from huajie_desktop.typesetting.wording import Wording
from tests.typesetting.conftest import make_item, make_long, make_pledge, make_slip
from tests.typesetting.test_printing import Steps
from tests.typesetting.word_files import body_words, has_writer, opened, pdf_words, printed, words_in

CODE = "HJ-2021-P-17-8F3A9C2E-47"


def written(contents, folder, name="文书.docx"):
    write_papers(contents, folder / name)
    return (folder / name).read_bytes()


def said(element, tag, name="val"):
    """The values of an attribute of all elements of that tag."""
    return [one.get(qn(f"w:{name}")) for one in element.iter(qn(f"w:{tag}"))]


def test_the_sheet_is_that_of_the_standard(tmp_path):
    document = opened(written([make_pledge(3)], tmp_path))
    [section] = document.sections
    sides = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    [pitch] = said(document.element.body, "docGrid", "linePitch")
    white = (int(pitch) / 20 - 16) / 2 / MM  # of a line, above and below its characters, which fill the body
    for side, wanted in zip(sides, (37 - white, 35 - white, 28, 26), strict=True):
        assert side.mm == pytest.approx(wanted, abs=0.1)
    body = (section.page_height - section.top_margin - section.bottom_margin) / 12700
    assert 22 <= body * 20 / int(pitch) < 22.05, "22 lines fill the page"
    normal = document.styles["Normal"]
    assert normal.paragraph_format.line_spacing == Pt(int(pitch) / 20)
    defaults = document.styles.element.find(qn("w:docDefaults"))
    assert said(defaults, "sz") == ["32"]
    for script in ("eastAsia", "ascii", "hAnsi"):
        assert said(defaults, "rFonts", script) == ["仿宋_GB2312"]
    closer = int(said(defaults, "spacing")[0]) / 20
    assert 28 * (16 + closer) - closer <= 156 * MM < 29 * (16 + closer) - closer, "28 characters fill the line"


def test_titles_and_headings_have_their_faces_and_are_found_in_the_navigation(tmp_path):
    document = opened(written([make_long(3)], tmp_path))
    faces = {"Title": ("方正小标宋简体", "44"), "Heading 1": ("黑体", None), "Heading 2": ("楷体_GB2312", None)}
    for name, (face, size) in faces.items():
        style = document.styles[name].element
        assert said(style, "rFonts", "eastAsia") == [face]
        assert said(style, "sz") == ([size] if size else [])
        assert said(style, "outlineLvl")
    named = [(one.style.name, one.text) for one in document.paragraphs if one.style.name[:4] in ("Titl", "Head")]
    assert ("Heading 1", "一、总体情况") in named
    assert ("Heading 2", "（一）各村情况") in named
    assert [text for style, text in named if style == "Title"][-1] == "全部事项清单"


def test_paragraphs_are_indented_by_two_characters(tmp_path):
    [found] = [one for one in opened(written([make_pledge(3)], tmp_path)).paragraphs if one.text.startswith("根据")]
    assert said(found._p, "ind", "firstLineChars") == ["200"]


def test_a_table_has_the_columns_of_the_pdf_and_its_head_on_every_page(tmp_path):
    [table] = opened(written([make_pledge(30)], tmp_path)).tables
    widths = [int(width) for width in said(table._tbl.tblGrid, "gridCol", "w")]
    assert sum(widths) / 20 == pytest.approx(156 * MM, abs=1)
    heads = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.rows]
    assert heads == [True] + [False] * 30
    assert all(row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in table.rows)
    assert all(said(row._tr, "tcW", "w") for row in table.rows)
    assert "示例甲" in table.rows[1].cells[-1].text


def test_a_row_higher_than_a_page_may_be_divided(tmp_path):
    high = make_pledge(items=(make_item(1, content="逐户排查、逐项整改，建立台账。" * 120), make_item(2)))
    [table] = opened(written([high], tmp_path)).tables
    whole = [row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in table.rows]
    assert whole == [True, False, True]


def test_pages_are_numbered_by_fields_right_on_odd_and_left_on_even(tmp_path):
    document = opened(written([make_pledge(30, code=CODE)], tmp_path))
    assert document.settings.odd_and_even_pages_header_footer
    [section] = document.sections
    for foot, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        last = foot.paragraphs[-1]
        assert (words_in(last._p), said(last._p, "jc")) == ("第1页共3页", [side])
        assert [code.text.split() for code in last._p.iter(qn("w:instrText"))] == [["PAGE"], ["NUMPAGES"]]
        assert CODE in words_in(foot._element)
        [relation] = said_of_pictures(foot._element)
        symbol = foot.part.related_parts[relation].blob
        assert symbol.startswith(b"\x89PNG")


def said_of_pictures(element):
    return [one.get(qn("r:embed")) for one in element.iter(qn("a:blip"))]


def test_several_papers_in_one_file_begin_on_odd_pages_with_page_one(tmp_path):
    papers = [make_pledge(30, unit=name, code=CODE) for name in ("甲村", "乙村", "丙村")]
    [data] = draw_papers(papers, tmp_path / "文书.docx", separate=False, two_sided=True).files.values()
    document = opened(data)
    body = document.element.body
    assert [one.start_type.name for one in document.sections] == ["ODD_PAGE"] * 3
    assert said(body, "pgNumType", "start") == ["1"] * 3
    assert [name for name in said(body, "bookmarkStart", "name") if not name.endswith("end")] == ["part1", "part2", "part3"]
    assert "SECTIONPAGES" in document.sections[1].footer._element.xml


def test_rows_of_a_form_and_tables_stand_apart_so_that_heads_come_back(tmp_path):
    document = opened(written([make_slip(4)], tmp_path))
    kinds = [one.tag.rpartition("}")[2] for one in document.element.body]
    assert ["tbl", "tbl"] not in [kinds[place : place + 2] for place in range(len(kinds))]
    assert len(document.tables) == 3


@pytest.mark.parametrize("content", [make_pledge(11, number="花承诺〔2021〕1号"), make_slip(3, remarks="请于月底前反馈")])
def test_the_words_are_those_of_the_pdf_in_their_order(content, tmp_path):
    data = written([content], tmp_path)
    write_papers([content], tmp_path / "文书.pdf")
    pages = pdf_words(tmp_path / "文书.pdf")
    pages = [page.replace(f"第{place}页共{len(pages)}页", "") for place, page in enumerate(pages, 1)]
    head = re.search("序号编号.{1,20}责任人", pages[0])[0]
    whole = pages[0] + "".join(page.removeprefix(head) for page in pages[1:])
    assert body_words(data) == whole


def test_what_a_clerk_types_is_text_and_nothing_else(tmp_path):
    hostile = 'A & <w:instrText>QUIT</w:instrText> {PAGE} \\o "x" ]]> &amp;'
    hidden = "明\u202e暗\u200b处"
    content = make_pledge(items=(make_item(1, title=hostile, content=hidden),))
    body = opened(written([content], tmp_path)).element.body
    assert "".join(hostile.split()) in words_in(body)
    assert "明暗处" in words_in(body), "what leaves no ink on paper turns no text round here"
    assert not list(body.iter(qn("w:instrText")))


def test_the_same_papers_are_the_same_bytes_and_say_whose_they_are(tmp_path):
    first, second = (written([make_pledge(3, code=CODE), make_pledge(2)], tmp_path, name) for name in ("甲.docx", "乙.docx"))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}, "else they differ two seconds later"
    core = opened(first).core_properties
    assert (core.title, core.author, core.subject, core.language) == ("花街镇2021年承诺书", "花街镇", "承诺书", "zh-CN")


def test_a_workbook_is_not_replaced_by_a_word_file_nor_the_other_way_round(tmp_path):
    import openpyxl

    data = written([make_pledge(2)], tmp_path)
    openpyxl.Workbook().save(tmp_path / "表.xlsx")
    book = (tmp_path / "表.xlsx").read_bytes()
    refuse_unfit(tmp_path / "新.docx", data)
    with pytest.raises(Unfit, match="结尾不是 .docx"):
        refuse_unfit(tmp_path / "表.xlsx", data)
    (tmp_path / "其实是表.docx").write_bytes(book)
    with pytest.raises(Unfit, match="不是 .docx 文件的内容"):
        refuse_unfit(tmp_path / "其实是表.docx", data)
    with pytest.raises(Unfit, match="结尾不是 .xlsx"):
        refuse_unfit(tmp_path / "文书.docx", book)


def test_writing_tells_how_far_it_is_and_stops_when_told_to(tmp_path):
    job = Steps()
    write_papers([make_pledge(2, unit="甲村"), make_pledge(2, unit="乙村")], tmp_path / "a.docx", job)
    assert [text for *_numbers, text in job.steps] == [
        "排版甲村承诺书", "排版乙村承诺书", "写入甲村承诺书", "写入乙村承诺书", "保存文件",
    ]  # fmt: skip
    with pytest.raises(Cancelled):
        write_papers([make_pledge(2), make_pledge(2)], tmp_path / "b.docx", Steps(4))
    assert not (tmp_path / "b.docx").exists()


def test_a_long_document_has_contents_pictures_charts_as_tables_and_turned_sheets(tmp_path):
    photos = []
    for number, ending in enumerate((".jpg", ".webp"), 2):
        Image.new("RGB", (800, 600), (90, 120, 90)).save(tmp_path / f"{number}{ending}")
        photos.append(Picture(tmp_path / f"{number}{ending}", f"图{number}　路灯安装现场"))
    (tmp_path / "坏.jpg").write_bytes(b"no picture")
    photos.append(Picture(tmp_path / "坏.jpg", "坏的"))
    document = opened(written([make_long(40, pictures=photos)], tmp_path))
    body = document.element.body
    assert [code.text.split()[0] for code in body.iter(qn("w:instrText"))] == ["TOC"]
    assert len(document.inline_shapes) == 2
    assert document.inline_shapes[0].width <= Mm(156)
    words = words_in(body)
    assert "坏的（打不开，没有印出）" in words
    assert [cell.text for cell in document.tables[0].rows[3].cells] == ["示例2村", "2", "9"]
    assert document.sections[-1].page_width > document.sections[-1].page_height
    numbers = Counter("PAGE" in section.footer._element.xml for section in document.sections)
    assert numbers == {False: 1, True: len(document.sections) - 1}, "the sheet of the contents bears no number"


def test_heads_of_letters_joint_issuers_and_an_imprint_of_its_own_page(tmp_path):
    words = (
        "#信函 花街镇人民政府｜花函〔2021〕1号｜000001｜特急\n"
        "关于路灯的函\n"
        "金华市：\n"
        "　　一、缘由。请予支持。\n"
        "#名单 出席｜甲、乙\n"
        "#盖章 花街镇人民政府｜2021年6月30日\n"
        "#版记 抄送：市府办。｜党政办｜2021年6月30日印发"
    )
    letter = PaperContent("函", "花街镇", 2021, "", Wording("函", words), {}, {}, counted=False)
    document = opened(written([letter], tmp_path))
    shown = words_in(document.element.body)
    for text in (
        "花街镇人民政府",
        "000001",
        "花函〔2021〕1号",
        "特急",
        "关于路灯的函",
        "一、缘由。请予支持。",
        "出席：",
        "抄送：市府办。",
    ):
        assert text in shown, text
    assert "党政办" not in shown, "the imprint of a letter names nobody who printed it"
    assert document.sections[0].different_first_page_header_footer
    joint = (
        "#红头 中共花街镇委员会 花街镇人民政府文件｜000001\n"
        "#文号 花委〔2021〕1号｜张三、李四\n"
        "关于路灯的通知\n"
        "各村：\n"
        "　　照办。\n"
        "#盖章 中共花街镇委员会、花街镇人民政府｜2021年6月30日\n"
        "#版记 抄送：市府办。｜党政办｜2021年6月30日印发"
    )
    document = opened(written([replace(letter, kind="通知", wording=Wording("通知", joint))], tmp_path))
    shown = words_in(document.element.body)
    assert shown.startswith("000001中共花街镇委员会花街镇人民政府文件")
    assert "花委〔2021〕1号签发人：张三李四" in shown
    [number] = [one for one in document.paragraphs if "花委〔2021〕1号" in one.text]
    assert number._p.pPr.find(qn("w:pBdr")) is not None
    assert not number.paragraph_format.left_indent, "the red rule begins at the edge of the body (7.2.5)"
    assert not number.paragraph_format.right_indent
    assert [section.start_type.name for section in document.sections] == ["NEW_PAGE", "EVEN_PAGE"]
    assert "PAGE" not in document.sections[1].footer._element.xml


def test_a_list_bears_its_title_on_further_sheets_and_no_grid_of_lines_across(tmp_path):
    document = opened(written([make_long(40)], tmp_path))
    last = document.sections[-1]
    assert last.different_first_page_header_footer
    assert words_in(last.header._element) == words_in(last.even_page_header._element) == "全部事项清单（续）"
    assert not words_in(last.first_page_header._element)
    assert "PAGE" in last.first_page_footer._element.xml
    grids = [bool(section._sectPr.xpath("w:docGrid")) for section in document.sections]
    assert grids == [section.page_width < section.page_height for section in document.sections]


@pytest.mark.skipif(not has_writer(), reason="LibreOffice Writer is not installed here")
def test_a_word_processor_parts_no_figure_at_the_end_of_a_line(tmp_path):
    paragraphs = "\n".join(f"　　{'实' * length}受阻1234567项，完成率15.98%。" for length in range(10, 27))
    written([make_pledge(1, wording=Wording("试", f"说明\n{paragraphs}\n{{承诺事项表}}"))], tmp_path)
    with pypdfium2.PdfDocument(printed([tmp_path / "文书.docx"], tmp_path)["文书"]) as document:
        lines = "".join(page.get_textpage().get_text_range() for page in document)
    assert lines.count("1234567") == lines.count("15.98%") == 17


def test_papers_of_one_sheet_bear_no_number_and_follow_on_the_next_page_unless_printed_on_both_sides(tmp_path):
    document = opened(written([make_pledge(1, unit=name) for name in ("甲村", "乙村")], tmp_path))
    assert [one.start_type.name for one in document.sections] == ["NEW_PAGE"] * 2
    assert not any("PAGE" in section.footer._element.xml for section in document.sections)


def test_a_line_without_room_is_set_narrower_where_its_letters_cannot_come_closer() -> None:
    """Letters come closer within a run of one script alone: between 1 and 至 word processors put room of their own."""
    small = Lettering(size=11.5)
    assert squeezed("1至3月、7至12月", small, 200) == ""
    assert squeezed("1至3月、7至12月", small, 94).startswith("<w:w ")
    assert squeezed("穿村段路灯安装工程", small, 104).startswith("<w:spacing ")
