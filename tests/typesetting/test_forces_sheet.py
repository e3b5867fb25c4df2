"""The overview of task forces, read back from the file."""

import pypdfium2
import pytest

from huajie_desktop.papers.paper_tables import force_table
from huajie_desktop.papers.printing import write_papers
from huajie_desktop.typesetting.content import PaperContent
from huajie_desktop.typesetting.paper import NothingToPrint
from huajie_desktop.typesetting.wording import shipped_wording
from tests.typesetting.conftest import CAMPAIGN

ACTIONS = ("工业平台能级提升", "全域美丽提升", "集镇品质提升", "平安善治提升", "基层党建提升")


def forces(count=5):
    rows = [
        (
            f"{name}专班\n花委〔2021〕1号\n2021年2月至12月", "示例甲", "示例乙\n示例丙", "示例丁", "党政办\n经发办\n农业农村办\n综合执法办",
            "示例戊\n示例己\n示例庚\n示例辛", "统筹推进本行动各项任务，每周调度，每月通报", "示例壬\n138****1234", "12",
        )
        for name in ACTIONS[:count]
    ]  # fmt: skip
    fields = {"镇": "花街镇", "活动": CAMPAIGN}
    words, table = shipped_wording("forces"), {"专班表": force_table(rows)}
    return [PaperContent("专班一览表", "花街镇", 2021, "", words, fields, table, "专班表", counted=False)]


def read_back(file):
    return pypdfium2.PdfDocument(str(file))


def words(document):
    return "".join(page.get_textpage().get_text_bounded() for page in document).replace("\r\n", "").replace("\n", "")


def test_overview_lies_across_and_names_every_force(tmp_path):
    [printed] = write_papers(forces(), tmp_path / "专班.pdf")
    document = read_back(tmp_path / "专班.pdf")
    assert printed.pages == len(document)
    assert document[0].get_rotation() == 90
    text = words(document)
    assert all(name in text for name in ("工业平台", "138****1234", "综合执法办", "花委〔2021〕1号", "示例辛"))


def test_overview_without_a_force_is_refused(tmp_path):
    with pytest.raises(NothingToPrint):
        write_papers(forces(0), tmp_path / "专班.pdf")
    assert list(tmp_path.iterdir()) == []
