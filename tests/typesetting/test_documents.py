"""Pledges, slips and a long document read back from the finished file with PDF libraries."""

import io
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from PIL import ImageOps

from huajie_desktop.papers.printing import Printed, write_papers
from huajie_desktop.typesetting.content import PaperContent
from huajie_desktop.typesetting.page import MM
from huajie_desktop.typesetting.paper import NothingToPrint
from huajie_desktop.typesetting.punctuation import repaired
from tests.typesetting.conftest import make_item, make_long, make_pledge, make_slip

A4 = (595.276, 841.890)
RARE = ("司马示𠅤", "𣲘三", "𬭎示例", "王䶮", "李㛃示")


def pdf_of(write: Callable[..., object], content: Sequence[PaperContent]) -> bytes:
    target = io.BytesIO()
    write(content, target)
    return target.getvalue()


def texts_of(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_range() for page in document]


def solid(text: str) -> str:
    return re.sub(r"\s", "", text)


def ink_box(page: pypdfium2.PdfPage) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a page's ink on the upright sheet, in points from its upper left corner."""
    image = page.render(scale=4, rotation=-page.get_rotation() % 360).to_pil().convert("L")
    box = ImageOps.invert(image).point(lambda value: 255 if value > 60 else 0).getbbox()
    assert box
    left, top, right, bottom = (value / 4 for value in box)
    return left, top, right, bottom


def outside(data: bytes) -> list[tuple[int, tuple[float, ...]]]:
    """The ink that lies outside the print area of GB/T 9704: 156 × 225 mm, page number and code in the strip below it."""
    found: list[tuple[int, tuple[float, ...]]] = []
    for number, page in enumerate(pypdfium2.PdfDocument(data)):
        left, top, right, bottom = ink_box(page)
        if left < 27.7 * MM or right > 184.3 * MM or top < 36.7 * MM or bottom > 285.5 * MM:
            found.append((number, (left, top, right, bottom)))
    return found


DOCUMENTS: dict[str, Callable[[], bytes]] = {
    "pledge": lambda: pdf_of(write_papers, [make_pledge(11, number="花承诺〔2021〕1号"), make_pledge(3, unit_kind="office")]),
    "slip": lambda: pdf_of(write_papers, [make_slip(11)]),
    "report": lambda: pdf_of(write_papers, [make_long(60)]),
}


@pytest.fixture(scope="module", params=list(DOCUMENTS))
def data(request: pytest.FixtureRequest) -> bytes:
    return DOCUMENTS[request.param]()


def test_every_font_is_embedded_as_a_subset(data: bytes) -> None:
    reader = pypdf.PdfReader(io.BytesIO(data))
    names = set()
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            font = font.get_object()
            names.add(font["/BaseFont"])
            assert "/FontFile2" in font["/FontDescriptor"].get_object()
            assert "/ToUnicode" in font
    assert len(names) >= 4
    assert all(re.match(r"/[A-Z]{6}\+", name) for name in names)


def test_every_page_is_a4_and_nothing_lies_outside_the_print_area(data: bytes) -> None:
    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(A4, abs=0.01)
    assert outside(data) == []


def test_file_is_sound_and_says_what_it_is(data: bytes) -> None:
    reader = pypdf.PdfReader(io.BytesIO(data))
    assert reader.metadata
    assert reader.metadata.author == "花街镇"
    assert "2021年" in str(reader.metadata.title)
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"  # type: ignore[index]
    assert all("2021年" in text or "页" in text or "—" in text or "目　　录" in text for text in texts_of(data))


@pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not installed")
def test_qpdf_finds_nothing(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(data)
    done = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_rare_names_print_and_are_found() -> None:
    """Fails when reportlab's text map for characters above U+FFFF is used instead of ours."""
    items = tuple(make_item(n, responsible=(name,), title=f"{name}牵头") for n, name in enumerate(RARE, 1))
    data = pdf_of(write_papers, [make_pledge(items=items)])
    for text in ("".join(texts_of(data)), "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)):
        for name in RARE:
            assert name in text
            assert f"{name}牵头" in solid(text)


def test_pledge_reads_in_order() -> None:
    [text] = texts_of(pdf_of(write_papers, [make_pledge(3, number="花承诺〔2021〕9号", phone="0579-00000000")]))
    order = [
        "花街镇示例村2021年干事承诺书",
        "编号：花承诺〔2021〕9号",
        "花街镇党委、政府：",
        "根据花街镇2021年“三五”大比拼",
        "编号承诺事项目标要求完成时限责任人",
        "干-001",
        "沿线安装路灯101盏，按时通电并落实管护",
        "2021年8月底前示例甲示例乙",
        "干-003",
        "以上承诺，请镇党委、政府和广大群众监督。",
        "承诺单位（盖章）：接诺单位（盖章）：",
        "花街镇示例村中共花街镇委员会",
        "花街镇人民政府",
        "年月日",
        "监督电话：0579-00000000",
        "本承诺书一式两份",
    ]
    places = [solid(text).find(words) for words in order]
    assert -1 not in places
    assert places == sorted(places)
    assert "第1页" not in solid(text), "of a single sheet none can get lost"


def test_pledges_of_the_sample_villages(villages: list[PaperContent]) -> None:
    target = io.BytesIO()
    printed = write_papers(villages, target)
    texts = texts_of(target.getvalue())
    assert [one.unit for one in printed] == [village.owner for village in villages]
    assert sum(one.pages for one in printed) == len(texts)
    assert outside(target.getvalue()) == []
    first = 0
    for village, one in zip(villages, printed, strict=True):
        text = solid("".join(texts[first : first + one.pages]))
        first += one.pages
        assert f"花街镇{village.owner}2021年干事承诺书" in text
        assert (f"第{one.pages}页共{one.pages}页" in text) == (one.pages > 1)
        for row in village.tables["承诺事项表"].rows:
            for value in (row[0], row[1], row[3], *row[4].split("\n")):
                assert solid(repaired(value)) in text
    outline = [entry.title for entry in pypdf.PdfReader(target).outline]  # type: ignore[union-attr]
    assert outline == [f"{village.owner}承诺书" for village in villages]


@pytest.mark.parametrize("count", range(1, 42))
def test_signatures_never_stand_alone(count: int) -> None:
    """Whatever the number of items: one row of the table and the closing words are on the page with the signatures."""
    texts = texts_of(pdf_of(write_papers, [make_pledge(count)]))
    assert sum("接诺人（签名）" in text for text in texts) == 1
    last = solid(texts[-1])
    assert f"干-{count:03d}" in last
    assert "以上承诺" in last
    assert "接诺人（签名）" in last
    assert "一式两份" in last
    for number, text in enumerate(texts, 1):
        assert "编号承诺事项目标要求完成时限责任人" in solid(text)
        assert (f"第{number}页共{len(texts)}页" in solid(text)) == (len(texts) > 1)


def test_thirty_items_fill_four_pages() -> None:
    items = tuple(make_item(n, content="按设计图纸组织施工，做好质量监督、资金公示和验收移交工作") for n in range(1, 32))
    data = pdf_of(write_papers, [make_pledge(items=items)])
    assert len(texts_of(data)) == 4
    assert outside(data) == []


def test_page_numbers_alternate() -> None:
    document = pypdfium2.PdfDocument(pdf_of(write_papers, [make_pledge(30)]))
    sides = []
    for page in document:
        textpage = page.get_textpage()
        index = textpage.get_text_range().rindex("第")
        left, _, _, top = textpage.get_charbox(index)
        assert 7 * MM <= 297 * MM - top - (37 + 225) * MM + 14 <= 7 * MM + 14  # its dash would lie 7 mm below the body
        sides.append("left" if left < 105 * MM else "right")
    assert sides == ["right", "left", "right", "left"][: len(sides)]
    assert len(sides) > 2


def test_slip_carries_every_field() -> None:
    text = solid("".join(texts_of(pdf_of(write_papers, [make_slip(4, remarks="请于月底前反馈")]))))
    fields = "编号 现将下列4项 责任领导 责任人 交办事项 工作要求 完成时限 落实情况 销号 交办人 签收人 签收日期 备注 年月日"
    for words in (
        *fields.split(),
        "花承交〔2021〕1号",
        "花街镇党政办公室",
        "示例丙",
        "示例甲、示例乙",
        "干-004",
        "请于月底前反馈",
    ):
        assert words in text


@pytest.mark.parametrize("length", range(1000, 2400, 100))
def test_signatures_stay_together_below_a_row_that_goes_over_pages(length: int) -> None:
    items = (make_item(content="按设计图纸组织施工，" * (length // 10)),)
    texts = [solid(text) for text in texts_of(pdf_of(write_papers, [make_pledge(items=items)]))]
    assert sum(text.count("按设计图纸") for text in texts) > length // 10 - len(texts) * 2
    for words in ("以上承诺，请", "接诺人（签名）", "监督电话", "一式两份"):
        assert words in texts[-1]


def test_turned_tables_have_their_head_at_the_left_edge_of_the_sheet() -> None:
    """GB/T 9704-2012, 7.6: the reader turns the sheet, its margins and the place of the page number stay."""
    pages = [page for page in pypdfium2.PdfDocument(pdf_of(write_papers, [make_long(60)])) if page.get_rotation()]
    assert len(pages) > 2
    for page in pages[1:]:
        left, top, _, bottom = ink_box(page)
        assert 28 * MM <= left < 31 * MM  # the title again
        assert top == pytest.approx(37 * MM, abs=0.3 * MM)
        assert bottom > 262 * MM  # the page number, below the body of the upright sheet


@pytest.mark.parametrize("count", range(1, 30))
def test_the_slip_is_signed_on_a_page_with_tasks(count: int) -> None:
    texts = texts_of(pdf_of(write_papers, [make_slip(count)]))
    assert f"干-{count:03d}" in texts[-1]
    assert "签收日期" in texts[-1]
    assert "一式两份" in texts[-1]


@pytest.mark.parametrize(
    ("write", "empty"), [(write_papers, [make_pledge(0)]), (write_papers, [make_slip(0)]), (write_papers, [])]
)
def test_nothing_to_print_is_refused_with_a_reason(write: Callable[..., list[Printed]], empty: list[PaperContent]) -> None:
    target = io.BytesIO()
    with pytest.raises(NothingToPrint, match="没有可以写进"):
        write(empty, target)
    assert target.getvalue() == b""
