"""Due dates in words, and the digest that tells a changed document."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from huajie_desktop.papers.paper_tables import task_table
from huajie_desktop.papers.printing import digest
from huajie_desktop.typesetting.content import word_amount, word_day, word_due
from huajie_desktop.typesetting.fitting import fit
from huajie_desktop.typesetting.page import ACROSS, ACROSS_A3, UPRIGHT
from huajie_desktop.typesetting.table import Align, body_row
from huajie_desktop.typesetting.wording import Wording
from tests.typesetting.conftest import make_item, make_pledge


@pytest.mark.parametrize(
    ("due", "precision", "ongoing", "words"),
    [
        (date(2021, 8, 31), "month", False, "2021年8月底前"),
        (date(2021, 8, 31), "day", False, "2021年8月31日前"),
        (date(2021, 8, 5), "month", False, "2021年8月5日前"),  # mended by hand: the day counts
        (date(2021, 10, 10), "ten_days", False, "2021年10月上旬前"),
        (date(2021, 5, 20), "ten_days", False, "2021年5月中旬前"),
        (date(2021, 5, 31), "ten_days", False, "2021年5月下旬前"),
        (date(2021, 3, 31), "quarter", False, "2021年一季度末前"),
        (date(2021, 9, 30), "quarter", False, "2021年三季度末前"),
        (date(2021, 6, 30), "half_year", False, "2021年6月底前"),
        (date(2021, 12, 31), "year", False, "2021年底前"),
        (date(2021, 12, 31), "year", True, "全年持续推进"),
        (None, "day", True, "全年持续推进"),
        (None, "day", False, ""),
    ],
)
def test_word_due(due: date | None, precision: str, ongoing: bool, words: str) -> None:
    assert word_due(due, precision, ongoing) == words


def test_day_and_amount_in_words() -> None:
    assert word_day(date(2021, 2, 5)) == "2021年2月5日"
    assert [word_amount(value) for value in (None, Decimal("56.30"), Decimal("100"), Decimal(0))] == ["", "56.3", "100", "0"]


@pytest.mark.parametrize(
    "change",
    [{"title": "别的"}, {"responsible": ("示例甲",)}, {"due_text": "2021年9月底前"}, {"content": "别的"}, {"number": "干-900"}],
)
def test_digest_changes_with_what_is_printed(change: dict[str, object]) -> None:
    items = (make_item(1), make_item(2))
    changed = make_pledge(items=(items[0], replace(items[1], **change)))  # type: ignore[arg-type]
    assert digest(make_pledge(items=items)) == digest(make_pledge(2)) != digest(changed)


def test_digest_tells_year_and_wording_but_not_what_the_making_gives() -> None:
    pledge = make_pledge(2)
    later = replace(pledge, fields={**pledge.fields, "年份": "2022"})
    worded = replace(pledge, wording=Wording("pledge-village", f"{pledge.wording.text}\n又一行"))
    assert len({digest(pledge), digest(later), digest(worded)}) == 3
    made = replace(pledge, number="花承诺〔2021〕1号", code="HJ", fields={**pledge.fields, "制作日期": "2021年3月1日"})
    assert digest(made) == digest(pledge)


@pytest.mark.parametrize("table", ["承诺事项表", "交办事项表", "任务清单表", "承诺清单表"])
@pytest.mark.parametrize("due", ["2021年三季度末前", "2021年12月上旬前", "2021年12月31日前"])
def test_a_day_stands_on_one_line_or_is_broken_at_its_year(table: str, due: str) -> None:
    """As wide as the sheet it stands on, an A3 across for the township's list and an A4 across for a village's."""
    width = {"任务清单表": ACROSS_A3, "承诺清单表": ACROSS}.get(table, UPRIGHT).area.width
    content = task_table(table, [make_item(due_text=due, start=due, content="沿线安装路灯并落实管护" * 9)])
    columns, size = fit(content.columns, content.rows, width, content.size)
    row = body_row(columns, content.rows[0], size)
    for place, column in enumerate(columns):
        if column.title in ("启动时间", "完成时限", "完成时间"):
            assert [line.text for line in row.cells[place].lines] in ([due], ["2021年", due.removeprefix("2021年")])


def test_a_column_in_which_nothing_stands_is_left_out() -> None:
    with_people, without = (
        task_table("承诺事项表", [make_item(responsible=names), make_item(responsible=())]) for names in (("甲",), ())
    )
    assert [column.title for column in with_people.columns] == ["序号", "编号", "承诺事项", "目标要求", "完成时限", "责任人"]
    assert [column.title for column in without.columns] == ["序号", "编号", "承诺事项", "目标要求", "完成时限"]
    assert {len(row) for row in without.rows} == {5}
    assert [row[0] for row in without.rows] == ["1", "2"], "what the text counts can be counted"


def test_figures_of_one_column_have_equally_many_decimals_and_a_sum() -> None:
    amounts = ("1200", "1200.0", "51385.5", None)
    items = [make_item(number, investment=amount and Decimal(amount)) for number, amount in enumerate(amounts, 1)]
    for table in ("任务清单表", "承诺清单表"):
        content = task_table(table, items)
        place = [column.align for column in content.columns].index(Align.FIGURES)
        assert [row[place] for row in content.rows] == ["1200.0", "1200.0", "51385.5", "", "53785.5"]
        assert content.rows[-1][0] == "合计"
        assert len(content.records) == len(content.rows)
    assert len(task_table("承诺清单表", [make_item(investment=None)]).rows) == 1, "nothing to add, no sum"
