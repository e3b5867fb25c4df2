"""Whatever stands in a table: no name, figure, day or number with its unit is cut, no row lost, no last page left with one row."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from huajie_desktop.papers.paper_tables import score_table, task_table
from huajie_desktop.typesetting.content import Item, PaperContent, TableContent, word_amount
from huajie_desktop.typesetting.flow import Flow, Strip
from huajie_desktop.typesetting.fonts import Style
from huajie_desktop.typesetting.forms import form_row
from huajie_desktop.typesetting.page import ACROSS, ACROSS_A3, MM, PITCH, UPRIGHT, Form, Page, Text
from huajie_desktop.typesetting.paper import lay_out_paper
from huajie_desktop.typesetting.placing import place_rows, place_table
from huajie_desktop.typesetting.table import Align, Column, even_figures
from huajie_desktop.typesetting.wholes import wholes_in
from huajie_desktop.typesetting.wording import shipped_wording
from tests.typesetting.conftest import make_item, make_pledge, make_slip

HAN = "花街倪宅方山口金杜村建设安装整治提升攻坚行动"
NAMES = st.one_of(
    st.text("张王李赵司马相如欧阳", min_size=2, max_size=4),
    st.tuples(st.text("阿依古丽", min_size=2, max_size=5), st.text("买提江", min_size=2, max_size=5)).map("·".join),
)
UNITS = st.text(HAN, min_size=2, max_size=29).map(lambda name: name + "村")
AMOUNTS = st.one_of(
    st.none(), st.integers(0, 10**12 - 1).map(lambda cents: Decimal(cents) / 100), st.integers(1, 99).map(Decimal)
)
SHORT = ("5米", "12盏", "8月31日", "2021年", "6月30日前", "14万元", "≥80%", "第3页", "45.5万㎡", "1.5公里")
LONG = ("〔2021〕1号", "1234567.8元", "0579-12345678")
PLAIN = st.text(HAN + "，、。（）", max_size=30).map(lambda text: f"路{text}处")


def texts(wholes: Sequence[str]) -> st.SearchStrategy[str]:
    return st.lists(st.one_of(PLAIN, st.sampled_from(wholes).map(lambda whole: f"为{whole}")), max_size=8).map("".join)


DUES = st.sampled_from(["2021年8月底前", "2021年三季度末前", "2021年12月上旬前", "2021年12月31日前", "全年持续推进", ""])
ITEMS = st.lists(
    st.builds(
        make_item,
        number=st.integers(1, 999), title=texts(SHORT).map(lambda text: f"项{text}"),
        content=texts((*SHORT, *LONG)),
        category=st.text(HAN, min_size=2, max_size=12), responsible=st.lists(NAMES, max_size=3).map(tuple), lead=NAMES, due_text=DUES,
        start=st.sampled_from(["", "2021年3月1日"]), investment=AMOUNTS, unit=UNITS, funding=st.sampled_from(["", "村自筹14万元\n镇补助123456.8万元"]),
    ),
    min_size=1, max_size=60,
)  # fmt: skip
SHEETS = {"承诺事项表": UPRIGHT, "交办事项表": UPRIGHT, "任务清单表": ACROSS_A3, "承诺清单表": ACROSS}


def placed(table: TableContent, form: Form) -> list[Page]:
    flow = Flow(form)
    place_table(flow, table.columns, table.rows, table.size)
    return flow.pages


def counted(pages: Sequence[Page]) -> list[list[str]]:
    """The numbers of the rows on each page: what stands alone in the first column."""
    edge = min(rule.x2 for rule in pages[0].rules if rule.x1 == rule.x2 and rule.x1 > pages[0].area.left + 1)
    return [[text.text for text in page.texts if text.x < edge and text.text.isdigit()] for page in pages]


@settings(max_examples=40, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
@given(ITEMS, st.sampled_from(list(SHEETS)))
def test_nothing_that_belongs_together_is_cut_and_no_row_lost(items: list[Item], name: str) -> None:
    table = task_table(name, items)
    pages = placed(table, SHEETS[name])
    lines = [text.text for page in pages for text in page.texts]
    every = "\n".join(lines)
    for item in items:
        assert all(person in every for person in item.responsible)
        assert item.short_number in every or name not in ("承诺事项表", "交办事项表")
    for column, cells in zip(table.columns, zip(*table.rows, strict=True), strict=True):
        for cell in cells:
            if column.align is Align.FIGURES:
                assert not cell or cell in lines
            for start, end in wholes_in(cell):
                assert cell[start:end] in every, "a number with its unit"
    assert Counter("".join(lines)) >= Counter("".join("".join(row) for row in table.rows).replace("\n", "").replace(" ", ""))
    assert all(text.size >= 9 for page in pages for text in page.texts)
    numbers = counted(pages)
    assert [number for page in numbers for number in page] == [str(n) for n in range(1, len(items) + 1)]
    if len(pages) > 1:
        assert len(numbers[-1]) + (table.rows[-1][0] == "合计") >= 3 or is_high(pages[-1])
    for page in pages:
        assert max(rule.x2 for rule in page.rules) <= page.area.left + page.area.width + 0.1
        assert min(rule.y2 for rule in page.rules) >= page.area.top - page.area.height - 0.1


@settings(max_examples=25, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
@given(ITEMS, UNITS)
def test_a_paper_of_any_length_ends_with_three_rows_and_its_rules_meet(items: list[Item], unit: str) -> None:
    items = [replace(item, title=item.title[:30], content=item.content[:60]) for item in items]
    slip = make_slip()
    slip = replace(slip, owner=unit, fields={**slip.fields, "单位": unit}, tables={"交办事项表": task_table("交办事项表", items)})
    for content in (make_pledge(items=tuple(items), unit=unit), slip):
        pages = lay_out_paper(content)
        numbers = [page for page in counted(pages) if page]
        assert sum(map(len, numbers)) == len(items)
        assert (
            len(numbers) == 1
            or len(numbers[-1]) >= 3
            or len(numbers[-2]) == 1
            or is_high(pages[len(numbers) - 1])
            or not one_more(pages[len(numbers) - 2], pages[len(numbers) - 1])
        )


def test_where_a_sheet_is_too_narrow_for_all_room_gives_way_before_a_name_or_a_figure_does() -> None:
    person, phone = "阿依古丽丽·买买提江江提江", "0579-12345678"
    item = make_item(
        title="路面拓宽及绿化5.5公里路段", content=f"报{phone}处", responsible=(person,), due_text="2021年12月31日前"
    )
    [page] = placed(task_table("交办事项表", [item]), UPRIGHT)
    lines = {text.text for text in page.texts}
    assert {person, "12月31日前", "干-001", "1"} <= lines
    assert any(phone in line for line in lines)
    assert any("5.5公里" in line for line in lines)
    assert {text.size for text in page.texts} == {9.0}


def is_high(last: Page) -> bool:
    """Whether what stands on the last page is as high as would be three rows."""
    levels = [rule.y1 for rule in last.rules if rule.y1 == rule.y2]
    return max(levels) - min(levels) >= 75 * MM


def one_more(before: Page, last: Page) -> bool:
    """Whether the last row of a page would have found room on the next."""
    upper, lower = sorted({rule.y1 for rule in before.rules if rule.y1 == rule.y2})[1::-1]
    return upper - lower < min(text.y for text in last.texts) - (last.area.top - last.area.height) - 10


def inner_rules(page: Page, top: float, foot: float) -> set[float]:
    """The upright rules that stand at least in part between two heights, in tenths of a millimetre."""
    return {round(rule.x1 / MM, 1) for rule in page.rules if rule.x1 == rule.x2 and min(rule.y1, top) - max(rule.y2, foot) > 1}


@pytest.mark.parametrize("people", [("示例甲", "示例乙"), (), ("阿依古丽丽·买买提江",)])
def test_the_rules_of_a_form_stand_on_those_of_the_table(people: tuple[str, ...]) -> None:
    """On 交办单 three systems of columns stood under each other and no inner rule met another."""
    items = tuple(make_item(number, responsible=people) for number in (1, 2, 3))
    content = replace(make_slip(), tables={"交办事项表": task_table("交办事项表", items)})
    [page] = lay_out_paper(content)
    at = {text.text: text.y for text in page.texts}
    form = inner_rules(page, at["责任领导"] + 5, at["责任领导"]) | inner_rules(page, at["签收日期"] + 5, at["签收日期"])
    table = inner_rules(page, at["序号"] + 5, at["序号"])
    assert len(form) == 5
    assert form <= table


@pytest.mark.parametrize("wide", [0, 1, 2])
@pytest.mark.parametrize("pairs", [2, 3])
def test_pairs_of_a_form_give_each_value_the_room_its_longest_whole_needs(pairs: int, wide: int) -> None:
    number, name = "3307822021022500000123", "阿卜杜热合曼·买买提"  # a number of 22 digits, a name that is not parted
    values = [number if place == wide % pairs else name if pairs == 2 else "示例甲" for place in range(pairs)]
    row = form_row([text for value in values for text in ("承办单位", value)], UPRIGHT.area.width)
    assert [len(one.lines) for one in row.cells[1::2]] == [1] * pairs
    assert row.edges[-1] == pytest.approx(UPRIGHT.area.width, abs=0.1)


def test_a_row_higher_than_a_page_begins_where_it_stands_and_says_what_it_continues() -> None:
    columns = (Column("序号", 16, Align.CENTRE), Column("内容", 110), Column("备注", 30))
    flow = Flow()
    flow.advance(100)
    place_table(flow, columns, [("1", "短", ""), ("2", "很长的内容" * 600, ""), ("3", "末", "")], 12)
    words = [[text.text for text in page.texts] for page in flow.pages]
    assert "1" in words[0]
    assert "2" in words[0]
    assert sum("很长" in word for word in words[0]) > 20, "not on an empty next page"
    for page in words[1:]:
        assert page[:3] == ["序号", "内容", "备注"]
        assert page[3:5] == ["2", "（续）"]
    assert "3" in words[-1]


def test_a_signing_row_is_not_alone_on_the_next_page() -> None:
    """A notice of two pages had one row, 签收人, on the second, with 34 mm left on the first."""
    flow = Flow()
    rows = [form_row((f"事项{n}", "要求" * 20), flow.area.width, 3) for n in range(7)]
    flow.advance(flow.area.height - sum(row.height for row in rows) - 10)
    place_rows(flow, [*rows, form_row(("签收人", "", "签收时间", ""), flow.area.width)])
    words = [[text.text for text in page.texts if text.text[:2] in ("事项", "签收")] for page in flow.pages]
    assert words == [["事项0", "事项1", "事项2", "事项3", "事项4"], ["事项5", "事项6", "签收人", "签收时间"]]


def test_what_closes_a_form_never_stands_on_a_page_without_a_row_of_it() -> None:
    slips = [lay_out_paper(make_slip(3, remarks="备注内容" * length)) for length in range(0, 120, 4)]
    assert {len(pages) for pages in slips} >= {1, 2}
    assert all(pages[-1].rules for pages in slips)


def test_type_shrinks_to_take_in_a_last_row() -> None:
    columns = (Column("序号", 16, Align.CENTRE), Column("内容", 140))
    rows = [(str(n), "内容") for n in range(1, 28)]
    [page] = placed(TableContent(columns, tuple(rows)), UPRIGHT)
    assert {text.size for text in page.texts} == {11.0}


@pytest.mark.parametrize(
    ("name", "wording", "form"), [("任务清单表", "checklist", ACROSS_A3), ("承诺清单表", "unit_list", ACROSS)]
)
def test_every_sheet_of_a_list_bears_its_title_and_the_first_what_stands_above_it(name: str, wording: str, form: Form) -> None:
    table = task_table(name, [make_item(number) for number in range(1, 61)])
    fields = {"镇": "花街镇", "年份": "2021", "单位": "示例村", "项数": "60", "制作日期": "2021年3月1日"}
    content = PaperContent("清单", "花街镇", 2021, "示例村", shipped_wording(wording), fields, {name: table}, counted=False)
    first, *others = lay_out_paper(content)
    head = next(text for text in first.texts if text.text == "序号")
    caption = [text for text in first.texts if text.size == 12 and text.y > head.y]
    assert [text.text for text in caption][-1] == "单位：万元"
    assert caption[0].x == form.area.left
    assert others
    for page in others:
        assert page.texts[0].text == f"{first.texts[0].text}（续）"


def test_a_table_stands_as_far_from_the_text_above_as_from_that_below() -> None:
    [page] = lay_out_paper(make_pledge(3))
    across = [rule.y1 for rule in page.rules if rule.y1 == rule.y2]
    above = min(text.y for text in page.texts if text.y > max(across))
    below = max(text.y for text in page.texts if text.y < min(across) and text.size == 16)
    assert above - 0.12 * 16 - max(across) == pytest.approx(min(across) - below - 0.88 * 16, abs=0.5)


def test_scores_and_figures() -> None:
    score = score_table(["花街居委会", "倪宅村"], ["重点工作", "干事承诺"])
    assert [column.title for column in score.columns] == ["序号", "单位", "重点工作", "干事承诺", "加分", "减分", "总分", "名次"]
    assert [row[:2] for row in score.rows] == [("", "分值"), ("1", "花街居委会"), ("2", "倪宅村")]
    assert even_figures(["1200", "1200.0", "51385.5", "—", ""]) == ["1200.0", "1200.0", "51385.5", "—", ""]
    assert word_amount(Decimal("1200.00")) == "1200"


def test_a_sheet_that_goes_on_begins_with_ink_and_a_signature_gives_way_to_what_stands_below() -> None:
    flow = Flow()
    lines = int(flow.room / PITCH)
    line = Strip(PITCH, (Text(0, -20, Style.FANG, 16, "甲"),))
    flow.place([line] * lines)
    flow.place([Strip(PITCH / 2), line])
    first, second = ([text.y for text in page.texts] for page in flow.pages)
    assert second == [pytest.approx(first[0])], "what parts lines is left out at the top of a sheet"
    flow = Flow()
    flow.place([line] * (lines - 4))
    flow.place_together([Strip(PITCH), line, line], reserve=PITCH)
    assert (len(flow.pages), flow.room >= PITCH - 1) == (1, True), "the blank line gave way"
