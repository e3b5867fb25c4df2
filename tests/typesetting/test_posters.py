"""Posters: nothing cut, all inside the frame, type large enough, a title on every sheet; tiles that make the whole again."""

import io
import re
from dataclasses import replace
from itertools import pairwise

import pypdfium2
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from huajie_desktop.papers.paper_tables import task_table
from huajie_desktop.papers.printing import write_papers
from huajie_desktop.typesetting.content import Item, PaperContent
from huajie_desktop.typesetting.looks import POSTERS, SHEETS, Handling, Look
from huajie_desktop.typesetting.page import MM, Page
from huajie_desktop.typesetting.paper import lay_out_paper
from huajie_desktop.typesetting.poster import larger_look
from huajie_desktop.typesetting.tiling import grid_of, tile
from huajie_desktop.typesetting.wording import shipped_wording
from tests.typesetting.conftest import make_item

DAYS = ("2021年8月底前", "2021年12月31日前", "2021年11月上旬前", "2021年三季度末前", "全年持续推进", "")
NAMES = st.lists(st.text("甲乙丙丁戊己庚辛壬癸", min_size=2, max_size=12), max_size=4).map(tuple)
_FIGURE = re.compile(r"\d[\d.,]*[万元盏株米%]*")


@st.composite
def some_items(draw: st.DrawFn) -> tuple[Item, ...]:
    kinds = [
        make_item(
            title=draw(st.text("村道路灯安装改造提升工程", min_size=2, max_size=30)),
            content=f"{draw(st.text('按时完成并通过验收', max_size=40))}投资{draw(st.integers(1, 10**12 - 1))}万元，安装路灯{draw(st.integers(1, 9999))}盏",
            responsible=draw(NAMES), start=draw(st.sampled_from(("2021年3月1日", ""))), due_text=draw(st.sampled_from(DAYS)),
        )
        for _ in range(4)
    ]  # fmt: skip
    return tuple(kinds[number % 4] for number in range(draw(st.integers(2, 60))))


def make_poster(items: tuple[Item, ...], look: Look, unit: str = "示例村", handling: Handling | None = None) -> PaperContent:
    fields = {
        "单位": unit, "年份": "2021", "承诺名称": "干事承诺", "监督电话": "0579-00000000", "公示日期": "2021年3月10日", "镇": "花街镇",
    }  # fmt: skip
    return PaperContent(
        "承诺上墙海报", "花街镇", 2021, unit, shipped_wording("poster-a3"), fields, {"上墙事项表": task_table("上墙事项表", items)},
        "上墙事项表", look, code="HJ-2021-W-123-8F3A9C2E-47", handling=handling or Handling(),
    )  # fmt: skip


def blocks_of(content: PaperContent):  # type: ignore[no-untyped-def]
    return content.wording.fill({**content.fields, "编号": "", "文号": ""}, content.tables)


def table_type(page: Page, look: Look) -> float:
    """The size of the type of a sheet's first row."""
    return next(text.size for text in page.texts if text.text.isdigit() and not text.red)


@settings(max_examples=30, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(some_items(), st.sampled_from(POSTERS), st.text("示例村上下东西南北", min_size=2, max_size=30))
def test_a_poster_cuts_nothing_and_stays_inside_its_frame(items: tuple[Item, ...], look: Look, unit: str) -> None:
    content, sheet = make_poster(items, look, unit), SHEETS[look]
    pages = lay_out_paper(content)
    lines = {text.text for page in pages for text in page.texts}
    said = "".join(text.text for page in pages for text in page.texts)
    for item in items:
        for name in item.responsible:
            assert any(name in line for line in lines), "a name stands on one line"
        for figure in _FIGURE.findall(item.content):
            assert any(figure in line for line in lines), "a figure stands with its unit on one line"
        for part in re.findall(r"\d{4}年|\D*\d+月.*|.季度.*", item.due_text):
            assert any(part in line for line in lines)
    assert said.count("公示") == len(pages) + said.count("公示日期"), "every sheet has its title"
    assert ("（续）" in said) == (len(pages) > 1)
    width, height = sheet.form.paper
    clear = (sheet.edge + 2 * sheet.times + 1) * MM
    for page in pages:
        assert table_type(page, look) >= sheet.least - 0.01
        for text in page.texts:
            assert clear <= text.x
            assert text.x + text.size * 0.4 * len(text.text) <= width - clear
            assert clear <= text.y <= height - clear
        assert page.symbol
        assert page.symbol.y >= clear
        inner = [rule for rule in page.rules if not rule.red]
        assert min(rule.x1 for rule in inner) >= clear
        assert max(rule.x2 for rule in inner) <= width - clear + 0.1
        assert min(rule.y2 for rule in inner) >= page.symbol.y + page.symbol.side


def ordinary(count: int) -> tuple[Item, ...]:
    return tuple(make_item(number, start="2021年3月1日", responsible=("司马相如", "示例乙")) for number in range(1, count + 1))


@pytest.mark.parametrize("look", POSTERS)
@pytest.mark.parametrize("count", [1, 2, 5, 11])
def test_a_poster_of_a_few_items_fills_its_sheet(count: int, look: Look) -> None:
    """Type grows, then rows do; what is signed stands at the foot."""
    [page] = lay_out_paper(make_poster(ordinary(count), look))
    area = SHEETS[look].form.area
    foot = min(text.y for text in page.texts)
    assert foot - (area.top - area.height) < 0.06 * area.height
    table = [rule for rule in page.rules if not rule.red]
    tall = max(rule.y1 for rule in table) - min(rule.y2 for rule in table)
    assert tall > (0.2 if count == 1 else 0.33 if count == 2 else 0.55) * area.height
    assert table_type(page, look) > 1.15 * SHEETS[look].least


def test_more_items_take_smaller_type_and_then_further_sheets() -> None:
    sizes, sheets = [], []
    for count in (2, 8, 16, 36, 60):
        pages = lay_out_paper(make_poster(ordinary(count), Look.POSTER_A3))
        sizes.append(table_type(pages[0], Look.POSTER_A3))
        sheets.append(len(pages))
    assert sizes[0] >= sizes[1] > sizes[2] >= 14
    assert sheets == sorted(sheets)
    assert sheets[0] == 1 < sheets[3] < sheets[4]


def test_a_larger_sheet_is_known_on_which_all_stands() -> None:
    content = make_poster(ordinary(24), Look.POSTER_A3)
    larger = larger_look(content.look, blocks_of(content), content.tables)
    assert larger
    assert len(lay_out_paper(replace(content, look=larger))) == 1
    crowded = make_poster(ordinary(200), Look.POSTER_A3)
    assert larger_look(crowded.look, blocks_of(crowded), crowded.tables) is None


@pytest.mark.parametrize("paper", ["A4", "A3"])
@pytest.mark.parametrize("look", [Look.POSTER_A2, Look.POSTER_A1, Look.POSTER_A0])
def test_the_pieces_together_are_the_whole_sheet(look: Look, paper: str) -> None:
    """Laid at the places the sketch says, they show every point of the sheet at its own place, neighbours 15 mm of each other."""
    whole = SHEETS[look].form.paper
    pages = tile(lay_out_paper(make_poster(ordinary(5), look)), paper)
    grid = grid_of(whole, {"A4": (210 * MM, 297 * MM), "A3": (297 * MM, 420 * MM)}[paper])
    assert len(pages) == 1 + grid.pieces
    covered = []
    for number, page in enumerate(pages[1:]):
        [inset] = page.insets
        window = inset.window
        left, top = window.left - inset.x, window.top - inset.y
        covered.append((left, top - window.height, left + window.width, top))
        assert min(window.left, page.form.paper[0] - window.left - window.width) >= 10 * MM - 0.1
        assert min(window.top - window.height, page.form.paper[1] - window.top) >= 10 * MM - 0.1
        assert any(f"第{number // grid.columns + 1}行第{number % grid.columns + 1}列" in text.text for text in page.notes)
        for rule in page.rules:
            assert not (
                window.left < rule.x1 < window.left + window.width and window.top - window.height < rule.y1 < window.top
            ), "marks stand outside the picture"
    for first, second in pairwise(covered):
        if first[1] == pytest.approx(second[1]):
            assert first[2] - second[0] == pytest.approx(15 * MM)
    for place, end in enumerate((0, 0, *whole)):
        edges = [one[place] for one in covered]
        assert (min if place < 2 else max)(edges) == pytest.approx(end, abs=0.01)


def test_a_tiled_file_has_every_text_and_is_no_heavier_than_it_must_be() -> None:
    plain, tiled = io.BytesIO(), io.BytesIO()
    [one] = write_papers([make_poster(ordinary(11), Look.POSTER_A0)], plain)
    [other] = write_papers([make_poster(ordinary(11), Look.POSTER_A0, handling=Handling("A4"))], tiled)
    assert (one.pages, one.sheets) == (1, 1)
    assert (other.pages, other.sheets) == (1, 26), "the paper is one page, however it is printed"
    assert one.sha256 == other.sha256
    with pypdfium2.PdfDocument(tiled) as document:
        assert len(document) == 26
        assert {tuple(round(side / MM) for side in sorted(page.get_size())) for page in document} == {(210, 297)}
        text = "".join("".join(page.get_textpage().get_text_range().split()) for page in document)
    assert "拼贴示意图" in text
    assert len(tiled.getvalue()) < 4 * len(plain.getvalue())


def test_what_fits_on_the_paper_is_not_divided() -> None:
    pages = lay_out_paper(make_poster(ordinary(5), Look.POSTER_A3))
    assert tile(pages, "A3") == pages
    assert len(tile(pages, "A4")) > 2
