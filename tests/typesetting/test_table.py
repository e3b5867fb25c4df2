"""Tables over pages: the head comes back, rows stay whole, nothing is lost."""

from huajie_desktop.typesetting.fitting import fit
from huajie_desktop.typesetting.flow import Flow
from huajie_desktop.typesetting.page import MM, Page
from huajie_desktop.typesetting.placing import place_rows
from huajie_desktop.typesetting.table import Align, Column, body_row, head_row

COLUMNS = (Column("序号", 16, Align.CENTRE), Column("内容", 110), Column("金额", 30, Align.FIGURES))


def place(texts: list[tuple[str, str, str]], reserve: float = 0.0) -> list[Page]:
    flow = Flow()
    place_rows(flow, [body_row(COLUMNS, row) for row in texts], head=head_row(COLUMNS), reserve=reserve)
    return flow.pages


def words(page: Page) -> list[str]:
    return [text.text for text in page.texts]


def test_head_comes_back_and_rows_stay_whole() -> None:
    pages = place([(str(n), f"第{n}项的开头" + "很长的内容" * (n % 9) + f"第{n}项的结尾", "1") for n in range(1, 80)])
    assert len(pages) > 3
    seen = []
    for page in pages:
        texts = words(page)
        assert texts[:3] == ["序号", "内容", "金额"]
        whole = "".join(texts)
        numbers = [int(text) for text in texts[3:] if text.isdigit() and text != "1"]
        seen += numbers
        for number in numbers:
            assert f"第{number}项的开头" in whole
            assert f"第{number}项的结尾" in whole
        assert min(rule.y2 for rule in page.rules) >= page.area.top - page.area.height - 0.1
    assert seen == list(range(2, 80))


def test_a_row_higher_than_a_page_is_divided_and_keeps_every_character() -> None:
    long = "".join(chr(0x4E00 + index) for index in range(3000))
    pages = place([("7", "短", "1"), ("8", long, "2"), ("9", "末", "3")])
    assert len(pages) >= 3
    text = "".join(word for page in pages for word in words(page))
    assert all(character in text for character in long)
    for page in pages:
        assert min(text.y for text in page.texts) > page.area.top - page.area.height


def test_the_last_row_stays_with_what_follows() -> None:
    row = ("1", "内容", "1")
    [page] = place([row] * 20)
    left = min(rule.y2 for rule in page.rules) - (page.area.top - page.area.height)
    assert len(place([row] * 20, reserve=left - 1)) == 1
    pages = place([row] * 20, reserve=left + 1)
    assert len(pages) == 2
    assert words(pages[1]) == ["序号", "内容", "金额", *row * 3], "the last row with two above it, so that it is not alone"


def test_figures_stand_under_each_other() -> None:
    [page] = place([("", "", "111.1"), ("", "", "888.8")])
    ends = []
    for text in page.texts[3:]:
        assert text.x > page.area.left + 126 * MM
        ends.append(text.x)
    assert abs(ends[0] - ends[1]) < 0.01  # the face's 1 is narrower than its 8, yet both begin at the same place


def test_only_thin_rules_around_every_cell() -> None:
    [page] = place([("1", "内容", "1"), ("2", "内容", "2")])
    upright = [rule for rule in page.rules if rule.x1 == rule.x2]
    across = [rule for rule in page.rules if rule.y1 == rule.y2]
    assert (len(upright), len(across)) == (4, 4)
    assert {rule.width for rule in page.rules} == {0.5}
    assert max(rule.x2 for rule in across) - min(rule.x1 for rule in across) <= 156 * MM + 0.01


def test_names_are_not_divided() -> None:
    column = [Column("责任人", 30, Align.NAMES)]
    cases = {"张三、李四、王五": ["张三", "李四", "王五"], "阿依古丽、王五": ["阿依古丽", "王五"], "张三、甲": ["张三、甲"]}
    for text, lines in cases.items():
        row = body_row(column, (text,), 16.0)
        assert [line.text for line in row.cells[0].lines] == lines


def test_a_column_of_many_lines_is_wider_than_one_of_single_ones() -> None:
    """What its cells say in all counts, not their longest line: an operations log says much of each step."""
    columns = Column("操作", 32), Column("内容", 60)
    done = "修改任务“穿村段路灯安装与维护”等三项内容"
    rows = [(done, "\n".join(f"第{number}项：由“甲方案”改为“乙方案”" for number in range(12))) for _ in range(5)]
    step, said = fit(columns, rows, 90 * MM, 10.5).columns
    assert said.width > 1.8 * step.width
