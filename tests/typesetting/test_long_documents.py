"""What long documents have beside text and tables: contents, sheets that are not counted, charts, pictures, turned attachments."""

import re
from dataclasses import replace

import pypdfium2
import pytest
from PIL import Image

from huajie_desktop.papers.printing import digest, write_papers
from huajie_desktop.typesetting.content import Chart, PaperContent, Picture, TableContent
from huajie_desktop.typesetting.outline import headings
from huajie_desktop.typesetting.page import MM, Heading
from huajie_desktop.typesetting.paper import lay_out_paper
from huajie_desktop.typesetting.table import Column
from huajie_desktop.typesetting.wording import Wording
from tests.typesetting.conftest import make_long


def photos(folder, sizes):
    made = []
    for number, size in enumerate(sizes, 2):
        file = folder / f"{number}.jpg"
        Image.new("RGB", size, (90, 120, 90)).save(file)
        made.append(Picture(file, f"图{number}　路灯安装现场"))
    return made


def printed(content, folder):
    write_papers([content], folder / "长.pdf")
    document = pypdfium2.PdfDocument(str(folder / "长.pdf"))
    return document, [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]


def test_the_contents_name_every_heading_with_the_page_it_stands_on(tmp_path):
    _document, texts = printed(make_long(60, pictures=photos(tmp_path, [(800, 600)] * 4)), tmp_path)
    listed = dict(re.findall(r"^(.+?)\s*…+\s*(\d+)\s*$", texts[0], re.M))
    assert list(listed) == ["一、总体情况", "（一）各村情况", "二、照片", "全部事项清单"]
    for heading, number in listed.items():
        assert any(heading in text and f"— {number} —" in text for text in texts[1:]), heading
    assert "— 1 —" in texts[1], "the sheet of the contents is not counted"
    assert "—" not in texts[0].replace("…", "")


def test_headings_begin_on_the_pages_that_say_so_and_have_levels():
    pages = lay_out_paper(make_long(3))
    outline = headings(make_long(3).blocks())
    assert [heading.level for heading in outline] == [0, 1, 2, 1, 1]
    assert [heading._replace(y=0.0) for page in pages for heading in page.headings] == outline
    [last] = pages[-1].headings
    assert last == Heading(1, "全部事项清单", last.y)
    assert pages[-1].area.top - 60 < last.y < pages[-1].area.top, "below the word 附件"


def test_the_headings_of_a_document_are_its_bookmarks(tmp_path):
    document, texts = printed(make_long(60), tmp_path)
    first, *found = document.get_toc()
    assert (first.level, [entry.level for entry in found]) == (0, [1, 2, 1, 1])
    for entry in found:
        place = entry.get_dest()
        assert entry.get_title() in texts[place.get_index()]


def test_an_attachment_that_lies_across_begins_on_a_turned_sheet(tmp_path):
    document, texts = printed(make_long(60), tmp_path)
    turned = [page.get_rotation() for page in document]
    assert turned == sorted(turned)
    first = turned.index(90)
    assert [line for line in texts[first].split("\n") if line.strip()][:2] == ["附件", "全部事项清单"]
    assert "序号" in texts[first], "the list begins on the sheet of its title"


def test_pictures_stand_two_on_a_page_within_the_body_each_with_its_caption(tmp_path):
    sizes = [(800, 600), (1200, 600), (600, 1800), (4000, 500), (640, 480), (640, 640)]
    document, texts = printed(make_long(3, pictures=photos(tmp_path, sizes)), tmp_path)
    counts = []
    for page in document:
        images = list(page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]))
        counts.append(len(images))
        for image in images:
            left, bottom, right, top = image.get_bounds()
            assert left >= 28 * MM - 1
            assert right <= 184 * MM + 1
            assert bottom >= 35 * MM - 1
            assert top <= 260 * MM + 1
    assert sum(counts) == len(sizes)
    document, _texts = printed(make_long(3, pictures=photos(tmp_path, [(800, 600)] * 6)), tmp_path)
    shown = [len(list(page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]))) for page in document]
    assert [count for count in shown if count] in ([2, 2, 2], [1, 2, 2, 1]), "two on a page that has no other text"
    for number in range(2, 8):
        [page] = [place for place, text in enumerate(texts) if f"图{number}　" in text]
        assert counts[page], f"the caption of {number} stands with its picture"


def test_a_damaged_picture_is_named_in_its_place_and_stops_nothing(tmp_path):
    pictures = photos(tmp_path, [(800, 600)] * 3)
    pictures[1].file.write_bytes(b"no picture")
    pictures[2].file.unlink()
    document, texts = printed(make_long(3, pictures=pictures), tmp_path)
    whole = "".join(texts).replace("\n", "")
    assert "图3　路灯安装现场（打不开，没有印出）" in whole
    assert "图4　路灯安装现场（打不开，没有印出）" in whole
    assert sum(1 for page in document for _ in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])) == 1


@pytest.mark.parametrize("count", [1, 20, 34, 90])
def test_a_chart_has_every_figure_stays_in_the_body_and_whole_where_a_page_can_hold_it(tmp_path, count):
    bars = tuple((f"示例第{n}村村民委员会", n % 8, 7 + n % 8) for n in range(count))
    chart = Chart("图1　完成情况", ("村名", "已完成", "任务数"), bars)
    content = PaperContent("报告", "花街镇", 2021, "", Wording("图", "标题\n\n　　文字\n{图}"), {}, {}, charts={"图": chart})
    pages = lay_out_paper(content)
    words = [[text.text for text in page.texts] for page in pages]
    for name, part, whole in bars:
        assert any(f"{part}／{whole}" in found and name[:4] in "".join(found) for found in words)
    for page in pages:
        for rule in page.rules:
            assert page.area.left - 0.1 <= min(rule.x1, rule.x2)
            assert max(rule.x1, rule.x2) <= page.area.left + page.area.width + 0.1
            assert min(rule.y1, rule.y2) >= page.area.top - page.area.height - 0.1
    assert len([page for page in pages if page.rules]) == (1 if count <= 34 else 3)
    assert any("图1　完成情况" in text for text in words[-1])


def test_the_filled_part_of_a_bar_is_its_share_of_the_outline():
    chart = Chart("图", ("村名", "已完成", "任务数"), (("甲村", 3, 12), ("乙村", 0, 6)))
    content = PaperContent("报告", "花街镇", 2021, "", Wording("图", "标题\n{图}"), {}, {}, charts={"图": chart})
    [page] = lay_out_paper(content)
    outlines = [rule for rule in page.rules if rule.width < 1 and rule.y1 == rule.y2]
    strokes = [rule for rule in page.rules if rule.width > 1]
    whole = max(abs(rule.x2 - rule.x1) for rule in outlines)
    filled = {round(rule.x2 - rule.x1 + rule.width, 1) for rule in strokes}
    assert filled == {round(whole / 4, 1)}, "the first has done a quarter, the second nothing"


def test_a_cell_may_give_the_page_of_a_heading_or_how_many_pages_there_are():
    columns = Column("名称", 100), Column("页", 56)
    table = TableContent(columns, (("甲", ""), ("乙", ""), ("共", ""), ("自己", "9")), pages=(1, 2, -1, None))
    words = "#封页\n卷\n{目}\n#新页\n甲\n　　字\n#新页\n乙\n　　字"
    pages = lay_out_paper(PaperContent("卷", "花街镇", 2021, "", Wording("卷", words), {}, {"目": table}))
    cells = [text.text for text in pages[0].texts]
    assert cells[3:] == ["甲", "1", "乙", "2", "共", "2", "自己", "9"]
    assert [page.counted for page in pages] == [False, True, True]


def test_what_charts_pictures_and_parts_say_is_looked_through_and_makes_another_document(tmp_path):
    content = make_long(3, pictures=photos(tmp_path, [(8, 6)]))
    said = [text for _record, text in content.texts()]
    assert "图2　路灯安装现场" in said
    assert "图1　各村完成情况" in said
    other = make_long(3, pictures=[Picture(content.pictures["图2"].file, "图2　别的")])
    assert digest(other) != digest(content)
    assert content.charts["各村图"].table().rows[3] == ("示例3村", "3", "9")


def test_what_is_noted_stands_opposite_the_number_behind_a_sheet_that_is_not_counted():
    pages = lay_out_paper(replace(make_long(60), note="演示数据"))
    assert pages[0].number is None
    for page in pages[1:]:
        [note], middle = page.notes, page.form.paper[0] / 2
        assert (note.x < middle) == (page.number.x > middle)
