"""The overview of task forces and the dossier of one task, read back from the file."""

import pypdfium2
import pytest
from PIL import Image

from huajie_desktop.papers.paper_tables import force_table
from huajie_desktop.papers.printing import write_dossiers, write_papers
from huajie_desktop.typesetting.content import DossierContent, PaperContent, Picture, Section
from huajie_desktop.typesetting.paper import NothingToPrint
from huajie_desktop.typesetting.wording import shipped_wording
from tests.typesetting.conftest import CAMPAIGN

MM = 72 / 25.4
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


def dossier(tmp_path, pictures=3):
    made = []
    for number in range(pictures):
        file = tmp_path / f"{number}.jpg"
        Image.new("RGB", (800 + 400 * number, 600), (90, 120 + 30 * number, 90)).save(file)
        made.append(Picture(file, f"附图{number + 1}　路灯安装现场（2021年5月{number + 1}日）"))
    facts = (("编号", "花〔2021〕干诺-012"), ("状态", "已确认"), ("责任单位", "倪宅村"), ("责任人", "示例甲、示例乙"),
             ("建设内容及规模", "沿线安装路灯12盏，按时通电并落实管护，建立巡查台账，每月检查一次"), ("完成时限", "2021年8月底前"))  # fmt: skip
    sections = (
        Section("时间节点", ("时间", "节点要求", "佐证材料"), (30, 80, 46), (("2021-05-31", "完成招标", "中标通知书"),)),
        Section(
            "修改记录", ("时间", "姓名", "做了什么", "改动"), (30, 22, 44, 60),
            tuple((f"2021-03-{n:02d} 09:12", "示例甲", "修改任务", "完成时限：2021-08-31 → 2021-09-30") for n in range(1, 31)),
        ),
    )  # fmt: skip
    return DossierContent("花街镇", 2021, CAMPAIGN, "倪宅村", "穿村段路灯安装", facts, sections, tuple(made))


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


def test_dossier_says_everything_in_order_and_shows_its_pictures(tmp_path):
    write_dossiers([dossier(tmp_path)], tmp_path / "档.pdf")
    document = read_back(tmp_path / "档.pdf")
    text = words(document)
    places = [
        text.index(word)
        for word in ("穿村段路灯安装（一事一档）", "花〔2021〕干诺-012", "一、时间节点", "中标通知书", "二、修改记录", "三、附图")
    ]
    assert places == sorted(places)
    images = [found for page in document for found in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])]
    assert len(images) == 3
    for image in images:
        left, bottom, right, top = image.get_bounds()
        assert left >= 28 * MM - 1
        assert right <= 184 * MM + 1
        assert bottom >= 35 * MM - 1
        assert top <= 260 * MM + 1


def test_a_broken_picture_is_named_in_its_place_and_the_others_are_printed(tmp_path):
    content = dossier(tmp_path, 2)
    content.pictures[0].file.write_bytes(b"no picture")
    write_dossiers([content], tmp_path / "档.pdf")
    document = pypdfium2.PdfDocument(str(tmp_path / "档.pdf"))
    words = "".join(page.get_textpage().get_text_bounded() for page in document).replace("\r\n", "")
    assert f"图片“{content.pictures[0].caption}”打不开，没有印出" in words
    assert sum(1 for page in document for _ in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])) == 1
