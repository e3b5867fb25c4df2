"""Titles of several lines: words stay whole, the shape is a trapezium or a rhombus."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huajie_desktop.typesetting.fonts import Style
from huajie_desktop.typesetting.line_breaking import text_width
from huajie_desktop.typesetting.page import BODY, TITLE_SIZE
from huajie_desktop.typesetting.title import shape_title, title_strips
from huajie_desktop.typesetting.wholes import NO_END, NO_START

LONG = "花街镇八字墙上片区大寒山农旅共促党建联盟暨美丽城镇三美融合建设专班2021年工作承诺书"


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("花街镇倪宅村2021年干事承诺书", ["花街镇倪宅村2021年干事承诺书"]),
        ("花街镇2021年度“三五”大比拼重点工作进展情况报告", ["花街镇2021年度“三五”大比拼", "重点工作进展情况报告"]),
    ],
)
def test_shapes(title: str, lines: list[str]) -> None:
    assert shape_title(title) == lines


@pytest.mark.parametrize(
    ("title", "words", "lines"),
    [
        ("花街镇推进美丽乡村建设办公室2021年工作承诺书", (), ["花街镇推进美丽乡村", "建设办公室2021年工作承诺书"]),
        ("花街镇人民政府关于2021年6月承诺事项进展情况的通报", (), ["花街镇人民政府关于2021年6月", "承诺事项进展情况的通报"]),
        ("清溪镇人民政府关于2026年11月任务进展情况的报告", ("2026", "11月"), ["清溪镇人民政府关于", "2026年11月任务进展情况的报告"]),
        (
            "中共清溪镇委员会　清溪镇人民政府关于2026年11月承诺事项进展情况的通报", (),
            ["中共清溪镇委员会　清溪镇人民政府", "关于2026年11月承诺事项进展情况的通报"],
        ),
        (
            "花街镇暖心一家亲志愿帮扶联络站2021年承诺事项清单", ("暖心一家亲志愿帮扶联络站",),
            ["花街镇暖心一家亲志愿帮扶联络站", "2021年承诺事项清单"],
        ),
    ],
)  # fmt: skip
def test_no_word_and_no_unit_is_divided(title: str, words: tuple[str, ...], lines: list[str]) -> None:
    assert shape_title(title, words=words) == lines


def test_forty_characters() -> None:
    assert len(LONG) >= 40
    lines = shape_title(LONG)
    assert "".join(lines) == LONG
    assert 2 <= len(lines) <= 3
    assert any("2021年" in line for line in lines)
    assert any("承诺书" in line for line in lines)
    assert len({len(line) for line in lines}) == len(lines)  # no two lines of the same length


@given(st.text("花街镇村年度承诺书工作2021“”《》（）、", min_size=1, max_size=60))
def test_nothing_is_lost_and_every_line_fits(title: str) -> None:
    lines = shape_title(title)
    assert "".join(lines) == title
    assert all(text_width(line, Style.TITLE, TITLE_SIZE) <= BODY[0] + 0.01 for line in lines if len(line) > 1)


@pytest.mark.parametrize("times", [2, 5, 40])
def test_a_title_too_long_to_be_shaped_is_set_in_full_lines(times: int) -> None:
    title = LONG * times
    lines = shape_title(title)
    assert "".join(lines) == title
    widths = [text_width(line, Style.TITLE, TITLE_SIZE) for line in lines]
    assert max(widths) <= BODY[0] + 0.01
    assert min(widths[:-1]) >= BODY[0] / 2
    assert all(line[0] not in NO_START and line[-1] not in NO_END for line in lines)


def test_lines_are_centred() -> None:
    for strip in title_strips(LONG):
        [text] = strip.texts
        assert text.x * 2 + text_width(text.text, text.style, text.size) == pytest.approx(BODY[0])


def test_a_year_that_is_a_word_of_the_paper_is_not_parted_from_its_sign() -> None:
    lines = shape_title("花街镇人民政府关于2021年12月承诺事项进展情况的通报", words=("2021", "12月", "花街镇"))
    assert not any(line.endswith("2021") for line in lines), lines
