"""The checker sees what is wrong: a sound page has no fault, and of each sort of fault a page made wrong on purpose is found."""

import io
from collections.abc import Callable, Sequence

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from huajie_desktop.typesetting.codes import SheetCode, symbol_of, write_code
from huajie_desktop.typesetting.drawing import Part, draw
from huajie_desktop.typesetting.fonts import Style
from huajie_desktop.typesetting.page import MM, PAPER, Mark, Page, Text
from huajie_desktop.typesetting.page import Rule as Drawn
from huajie_desktop.typesetting.pdf_a import About
from resources import path
from tests.typesetting.checking import CHECKS, Known, Paper, faults_of
from tests.typesetting.reading_back import read_pdf

KNOWN = Known(
    frozenset({"司马相如", "阿依古丽·买买提", "Smith John"}), frozenset({"倪宅村"}), texts=("花街镇",), titled=True, coded=True
)
CODE = write_code(SheetCode("HJ", 2021, "P", 17, "8F3A9C2E"))
HEAD = ("序号", "承诺事项", "责任人")
Change = Callable[[list[Page]], None]


def text(page: Page, x: float, y: float, words: str, size: float = 12.0, style: Style = Style.FANG) -> None:
    """Words at mm from the upper left corner of the sheet."""
    page.texts.append(Text(x * MM, PAPER[1] - y * MM, style, size, words))


def cell(page: Page, x: float, y: float, width: float, height: float, lines: Sequence[str], size: float = 12.0) -> None:
    x2, y2 = x + width, y + height
    for x1, y1, x3, y3 in ((x, y, x2, y), (x, y2, x2, y2), (x, y, x, y2), (x2, y, x2, y2)):
        page.rules.append(Drawn(x1 * MM, PAPER[1] - y1 * MM, x3 * MM, PAPER[1] - y3 * MM))
    for number, line in enumerate(lines):
        text(page, x + 1.4, y + 5 + number * size * 0.5, line, size)


def table(page: Page, top: float, rows: int, first: int = 1) -> None:
    for place, words in enumerate(HEAD):
        cell(page, 28 + place * 52, top, 52, 8, [words])
    for row in range(rows):
        for place, words in enumerate((str(first + row), f"第{first + row}项", "司马相如")):
            cell(page, 28 + place * 52, top + 8 + row * 8, 52, 8, [words])


def finish(page: Page) -> Page:
    text(page, 165, 272, "— 1 —", 14.0, Style.SONG)
    page.symbol = Mark(symbol_of(CODE).rows, 28 * MM, PAPER[1] - 285 * MM, 20 * MM)
    text(page, 52, 284, CODE, 7.0, Style.SONG)
    return page


def sound() -> list[Page]:
    """A title, a paragraph of two lines, a table over two sheets."""
    first, second = Page(), Page()
    text(first, 70, 43.2, "花街镇倪宅村清单", 22.0, Style.TITLE)
    text(first, 39.3, 60, "根据花街镇党委、政府的工作安排，我村对年度事项作出如", 15.75)
    text(first, 28, 70, "下承诺。", 15.75)
    table(first, 80, 12)
    text(second, 70, 43.2, "花街镇倪宅村清单", 22.0, Style.TITLE)
    table(second, 60, 4, first=13)
    return [finish(first), finish(second)]


def found(pages: Sequence[Page], known: Known = KNOWN) -> list[str]:
    data = draw([Part("试", pages)], About("试", "试"))
    return [f"{fault.check} {fault.page}" for fault in faults_of(Paper(read_pdf(data), known))]


def test_a_sound_page_has_no_fault() -> None:
    pages = sound()
    cell(pages[0], 28, 200, 40, 24, ["建设内容：路面", "宽5米，长2021", ""])
    cell(pages[0], 68, 200, 20, 24, ["王五", "司马相如"])
    cell(pages[0], 88, 200, 30, 24, ["2021年", "8月底前"])
    cell(pages[0], 118, 200, 30, 24, ["https://www.x.c", "n/huajie/2021/1"], 10.5)  # wider than any line
    assert found(pages) == []


def wide_cell(*lines: str) -> Change:
    """A cell of the first sheet that holds just those lines."""
    return lambda pages: cell(
        pages[0], 28, 200, 2.8 + 12 * 25.4 / 72 * max(len(line.encode("gbk")) / 2 for line in lines), 24, lines
    )


def leave(rows: int) -> Change:
    def change(pages: list[Page]) -> None:
        pages[1] = Page()
        text(pages[1], 70, 43.2, "花街镇倪宅村清单", 22.0, Style.TITLE)
        table(pages[1], 60, rows, first=13)
        finish(pages[1])

    return change


def untitled(pages: list[Page]) -> None:
    pages[1] = Page()
    table(pages[1], 37.2, 4, first=13)
    finish(pages[1])


def only_signature(pages: list[Page]) -> None:
    pages[1] = Page()
    text(pages[1], 110, 43.2, "花街镇党政办公室", 16.0)
    text(pages[1], 120, 53.2, "2021年3月1日", 16.0)
    finish(pages[1])


def on(page: int, x: float, y: float, words: str, size: float = 12.0) -> Change:
    return lambda pages: text(pages[page], x, y, words, size)


def misplaced_title(pages: list[Page]) -> None:
    pages[0].texts[0] = pages[0].texts[0]._replace(y=pages[0].texts[0].y - 4 * MM)


def other_code(pages: list[Page]) -> None:
    pages[1].symbol = Mark(symbol_of(write_code(SheetCode("HJ", 2021, "P", 18, "8F3A9C2E"))).rows, 28 * MM, 5 * MM + 7, 20 * MM)


def scratched_code(pages: list[Page]) -> None:
    for line in range(12):
        pages[0].rules.append(Drawn(28 * MM, (14 + line) * MM, 48 * MM, (14 + line) * MM, 0.9))


def no_code(pages: list[Page]) -> None:
    pages[0].symbol = None
    pages[0].texts.pop()


WRONG: list[tuple[str, Change]] = [
    ("names_cut 1", wide_cell("司马相", "如等三人")),
    ("names_cut 1", wide_cell("阿依古丽·", "买买提")),
    ("names_cut 1", wide_cell("由倪宅", "村负责")),
    ("names_cut 1", wide_cell("花委〔2021〕", "12号文件")),
    ("names_cut 1", on(0, 70, 52, "司马相", 22.0)),
    ("figures_cut 1", wide_cell("道路宽5", "米左右")),
    ("figures_cut 1", wide_cell("请于2021", "年办结")),
    ("figures_cut 1", wide_cell("8月31", "日之前")),
    ("figures_cut 1", wide_cell("占比≥", "80%以上")),
    ("figures_cut 1", wide_cell("计划总投资1234567", ".8元整")),
    ("figures_cut 1", wide_cell("村自筹14万", "元整付")),
    ("figures_cut 1", wide_cell("型号DS-I", "5S二台")),
    ("line_ends 1", wide_cell("按年度方案", "，形成闭环")),
    ("line_ends 1", wide_cell("实施方案（", "试行）印发")),
    ("left_over 1", wide_cell("沿线安装路灯五", "盏。")),
    ("orphans 2", leave(1)),
    ("orphans 2", leave(2)),
    ("orphans 2", only_signature),
    ("no_title 2", untitled),
    ("outside 1", on(0, 20, 150, "在订口里")),
    ("outside 2", on(1, 182, 150, "出了版心")),
    ("outside 1", on(0, 100, 292, "太低")),
    ("outside 2", on(1, 100, 34, "太高", 9.0)),
    ("first_ink 1", misplaced_title),
    ("overlaps 1", on(0, 71, 43.6, "重叠的标题", 22.0)),
    ("overlaps 1", on(0, 76, 200.5, "压在线上的字")),
    ("unread_code 2", other_code),
    ("unread_code 1", scratched_code),
    ("unread_code 1", no_code),
]  # fmt: skip


@pytest.mark.parametrize(("fault", "change"), WRONG, ids=[f"{number}-{fault}" for number, (fault, _) in enumerate(WRONG)])
def test_what_is_wrong_is_found(fault: str, change: Change) -> None:
    pages = sound()
    if fault == "overlaps 1":
        cell(pages[0], 28, 196, 60, 10, ["好"])
    if "names_cut" in fault and change is WRONG[4][1]:
        text(pages[0], 70, 60.5, "如名下的清单", 22.0)
    change(pages)
    assert fault in found(pages)


def test_what_never_reached_the_paper_is_found() -> None:
    assert found(sound(), Known(texts=("花街镇𠅤",))) == ["lost 1"]


def test_what_stands_for_a_character_without_a_glyph_is_found() -> None:
    """A bare canvas: the program itself stops before it comes to that."""
    pdfmetrics.registerFont(TTFont("bare", path("fonts/FandolFang-Regular-tt.ttf")))
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=PAPER)
    canvas.setFont("bare", 16)
    canvas.drawString(28 * MM, 255 * MM, "示例䶮")
    canvas.save()
    assert [fault.check for fault in faults_of(Paper(read_pdf(target.getvalue())))] == ["no_glyph"]


def test_every_check_has_a_page_made_wrong() -> None:
    assert {fault.split()[0] for fault, _ in WRONG} | {"lost", "no_glyph"} == {check.__name__ for check in CHECKS}
