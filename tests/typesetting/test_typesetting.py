"""Line breaking: the rules of 禁则, whole numbers and words, nothing lost, lines that fill their width."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huajie_desktop.typesetting.fonts import Style, missing_characters
from huajie_desktop.typesetting.line_breaking import Line, Measure, break_lines, set_lines, text_width
from huajie_desktop.typesetting.page import BODY, TEXT_SIZE, TRACKING
from huajie_desktop.typesetting.wholes import NO_END, NO_START

BODY_MEASURE = Measure(Style.FANG, TEXT_SIZE, BODY[0], TRACKING, 2, justified=True)
SAMPLE = (
    "根据《花街镇2021年“三五”大比拼实施方案》（花委〔2021〕12号）要求，我村承诺：一是完成道路硬化1250.5米、安装路灯157盏；"
    "二是新建生态停车位30个（含充电桩12个），总投资56.3万元；三是整治出租房1,043间，登记率达到100%！为什么？因为“安全第一”。"
    "联系电话0579-12345678，网址www.x.cn/2021，气温35℃以上——停工……其余按3~5月、10-15万元执行，占比98.34%，"
    "共计¥107000.53元。“两山”理论、“千万工程”经验：要学习、要落实、要见效。"
)
CHARACTERS = st.sampled_from("花街镇倪宅村干事承诺，。、；：？！（）《》“”‘’〔〕—…·0123456789.%-,ABCabc 　~/¥℃\n")


def lines_at(text: str, characters: int, **changes: object) -> list[str]:
    measure = Measure(Style.FANG, TEXT_SIZE, characters * TEXT_SIZE, **changes)  # type: ignore[arg-type]
    return [line.text for line in set_lines(text, measure)]


@pytest.mark.parametrize(
    ("text", "characters", "expected"),
    [
        ("一二三四五六", 3, ["一二三", "四五六"]),
        ("一二三四五，六", 5, ["一二三四", "五，六"]),  # a comma begins no line
        ("一，三四五，六七", 5, ["一，三四五，", "六七"]),  # taken in: both commas give half a square
        ("一" * 28 + "，六七", 28, ["一" * 28 + "，", "六七"]),  # taken in: 28 characters come a little closer
        ("一二三四（五六）", 5, ["一二三四", "（五六）"]),  # an opening bracket goes with what it opens
        ("一二三2021年", 4, ["一二三", "2021年"]),  # a number stays whole
        ("一二1,250.5米", 5, ["一二", "1,250.5米"]),
        ("一二三四——五六", 5, ["一二三", "四——五六"]),  # a dash stays whole and begins no line
        ("一二三四？！五", 4, ["一二三", "四？！五"]),
        ("一二\n三", 5, ["一二", "三"]),
        ("", 5, [""]),
        ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 4, None),  # wider than any line: has to be cut
    ],
)
def test_break_rules(text: str, characters: int, expected: list[str] | None) -> None:
    lines = lines_at(text, characters)
    if expected is None:
        assert len(lines) > 1
        assert "".join(lines) == text
    else:
        assert lines == expected


def test_rules_hold_over_sixty_widths() -> None:
    """Over some 4,000 line ends; other typesetters break the rules at 3 to 160 of 1,050."""
    wrong, split, ends = [], [], 0
    for characters in range(10, 70):
        lines = lines_at(SAMPLE * 3, characters, justified=True)
        assert "".join(lines) == SAMPLE * 3
        for this, following in itertools.pairwise(lines):
            ends += 1
            if following[0] in NO_START or this[-1] in NO_END:
                wrong.append((characters, this[-2:], following[:2]))
            if this[-1].isascii() and this[-1].isalnum() and following[0].isascii() and following[0].isalnum():
                split.append((characters, this[-5:], following[:5]))
    assert ends > 1000
    assert (wrong, split) == ([], [])


@given(st.text(CHARACTERS, max_size=120), st.integers(3, 40), st.booleans())
@settings(max_examples=300)
def test_nothing_is_lost_and_nothing_overflows(text: str, characters: int, justified: bool) -> None:
    measure = Measure(Style.FANG, TEXT_SIZE, characters * TEXT_SIZE, TRACKING, 0, justified)
    lines = set_lines(text, measure)
    assert "".join(line.text for line in lines) == text.replace("\n", "")
    for line in lines:
        assert ink_width(line, measure) <= measure.width + 0.3 or len(line.text.strip()) == 1


@given(st.text(CHARACTERS.filter(lambda c: c != "\n"), max_size=120), st.integers(8, 40))
@settings(max_examples=300)
def test_a_forbidden_end_only_where_there_is_no_other(text: str, characters: int) -> None:
    measure = Measure(Style.FANG, TEXT_SIZE, characters * TEXT_SIZE)
    for start, end in break_lines(text, measure)[:-1]:
        if text[end] in NO_START or text[end - 1] in NO_END:
            # only a run without one permitted place, longer than the line with what may be pressed into it
            assert text_width(text[start:end], Style.FANG, TEXT_SIZE) > measure.width - 4 * TEXT_SIZE
            permitted = [i for i in range(start + 1, end) if text[i] not in NO_START and text[i - 1] not in NO_END]
            assert all(_joined(text, index) for index in permitted)


def _joined(text: str, index: int) -> bool:
    """Whether a break before text[index] would cut a word or leave a blank at the head of a line."""
    return text[index].isspace() or not ("\u4e00" <= text[index] <= "\u9fff" and "\u4e00" <= text[index - 1] <= "\u9fff")


def ink_width(line: Line, measure: Measure) -> float:
    """From the line's left edge to the end of its ink: a closing sign at the end has ink in its left half only."""
    shown = line.text.rstrip()
    width = text_width(shown, measure.style, measure.size) + line.spacing * max(len(shown) - 1, 0)
    width += sum(kern for index, kern in line.kerns if index < len(shown) - 1)
    return width - (measure.size / 2 if shown[-1:] in tuple("，。、；：）》”’〕") else 0.0)


KEPT = (
    "道路拓宽5米、安装路灯12盏，2021年8月31日前完成，自筹14万元，占比≥80%，见第3页，依据花政〔2021〕1号，总价1234567.8元，每户120元/人，"
    "三季度末前报送，电话0579-12345678、138 1234 5678，型号DS-2CD3T46WD-I5S，建筑面积45.5万㎡，2021年12月上旬前验收，共计302起，气温35℃"
)
TOKENS = [
    "5米",
    "12盏",
    "2021年",
    "8月31日前",
    "14万元",
    "≥80%",
    "第3页",
    "〔2021〕1号",
    "1234567.8元",
    "120元/人",
    "三季度末前",
    "0579-12345678",
    "45.5万㎡",
    "12月上旬前",
    "302起",
    "35℃",
]


def test_no_number_is_cut_from_its_unit_at_any_width() -> None:
    for characters in range(10, 60):
        for justified in (False, True):
            lines = "\n".join(lines_at(KEPT, characters, justified=justified))
            assert [token for token in (*TOKENS, "138 1234 5678", "DS-2CD3T46WD-I5S") if token not in lines] == []


def test_what_is_wider_than_its_line_is_cut_at_a_sign() -> None:
    assert lines_at("DS-2CD3T46WD-I5S", 9) == ["DS-2CD3T46WD-", "I5S"]
    assert not any(line[0] in NO_START for line in lines_at("1234567890.8元", 3))


@pytest.mark.parametrize(
    ("text", "characters", "lines"),
    [
        ("一二三四五六七。", 6, ["一二三四五", "六七。"]),  # one character and its stop are not left over
        ("请于2021年6月30日前报送", 8, ["请于2021年", "6月30日前报送"]),  # a day too long for its line is parted at its year
        ("提升攻坚行动项目", 3, ["提升", "攻坚", "行动", "项目"]),  # words of an office stay whole
        ("责任人：张三、司马相如、王五", 9, ["责任人：张三、", "司马相如、王五"]),  # a name in a list
        ("由阿依古丽·买买提牵头", 10, ["由阿依古丽·买买提", "牵头"]),
    ],
)
def test_what_is_not_torn(text: str, characters: int, lines: list[str]) -> None:
    assert lines_at(text, characters) == lines


def test_full_lines_keep_the_grid_of_28_characters() -> None:
    lines = set_lines("花" * 80, BODY_MEASURE)
    assert [len(line.text) for line in lines] == [26, 28, 26]
    assert lines[0].indent == pytest.approx(2 * BODY[0] / 28)
    assert lines[1].spacing == pytest.approx(TRACKING)
    assert lines[1].width == pytest.approx(BODY[0])


def test_justified_lines_fill_the_width_but_not_the_last() -> None:
    lines = set_lines(SAMPLE, BODY_MEASURE)
    for line in lines[:-1]:
        if not line.kerns and line.text[-1] not in "，。、；：）》”’〕":
            end = text_width(line.text, Style.FANG, TEXT_SIZE) + line.spacing * (len(line.text) - 1) + line.indent
            assert end == pytest.approx(BODY[0], abs=0.6)
    assert lines[-1].spacing == TRACKING


def test_half_width_comma_gets_room() -> None:
    [line] = set_lines("签订合同,年保底", Measure(Style.FANG, TEXT_SIZE, 400))
    assert line.kerns
    assert line.kerns[0][0] == 4
    assert line.kerns[0][1] > 0
    [number] = set_lines("1,250米", Measure(Style.FANG, TEXT_SIZE, 400))
    assert not number.kerns


def test_sample_can_be_printed() -> None:
    assert missing_characters(SAMPLE) == []
