"""Every kind of paper, made from kept records and read back from the file: fonts, order, geometry, print area."""

import io
import json
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import reduce

import pypdf
import pypdfium2
import pytest
from PIL import ImageChops, ImageOps
from sqlalchemy import text

from db.ledgers.progress import Progress
from db.log import Act
from db.models import Paper, Task
from huajie_desktop import demo
from huajie_desktop.errors import FieldErrors, Problem
from huajie_desktop.papers import wordings
from huajie_desktop.papers.gathering import gather
from huajie_desktop.papers.making import Order, check_order, make, preview, warned
from huajie_desktop.papers.paper_kinds import BOUGHT, KINDS, WORDINGS, Per
from huajie_desktop.papers.register import scan
from huajie_desktop.papers.said import usual, word_said
from huajie_desktop.papers.samples import print_sample
from huajie_desktop.papers.subject_lines import subject_lines
from huajie_desktop.settings import PUNCTUATION, keep_rule
from huajie_desktop.typesetting.content import word_day
from huajie_desktop.typesetting.flow import OFFICIAL, Flow
from huajie_desktop.typesetting.fonts import Style
from huajie_desktop.typesetting.line_breaking import text_width
from huajie_desktop.typesetting.looks import Look
from huajie_desktop.typesetting.official import place_imprint, signed_strips
from huajie_desktop.typesetting.page import MM, PITCH
from huajie_desktop.typesetting.wording import shipped_wording
from huajie_desktop.work.review import approve, submit
from huajie_desktop.year import forces
from tests.office import contents, enter
from tests.typesetting.archived import faults_of

SAID = {
    "通知单类型": "督查提醒单", "立项依据": "镇党委会议纪要〔2021〕3号", "办理要求": "倒排工期，每周五前报送进展。", "办理期限": "2021-06-30",
    "联系人及电话": "示例甲 0579-00000000", "拟办意见": "请阅办。", "检查时间": "2021-05-10", "检查地点": "村口", "检查人员": "示例甲、示例乙",
    "存在问题": "施工进度滞后于序时进度。", "整改要求": "立即整改，逐项销号。", "整改期限": "2021-05-20", "申请延期至": "2021-10-31",
    "延期原因": "连续降雨，路基无法施工。", "奖项": "“五大比拼”先进村", "月份": "6月", "下步要求": "对照清单，加快推进。",
    "红头": "花街镇人民政府文件", "抄送": "市委办、市政府办", "幅面": "A3", "擂台场次": "第一场", "评分日期": "2021-06-30",
    "成文日期": "2021-06-10", "事由": "商请支持路灯安装工作", "主送": "市供电公司", "正文": "现就有关事项函商如下。\n请予支持。", "会议名称": "花街镇党政联席会议",
    "议题": "路灯安装工作", "会议日期": "2021-06-08", "会议地点": "三楼会议室", "主持人": "示例甲", "议定事项": "一、倒排工期。\n二、按月通报。",
    "出席": "示例甲、示例乙", "列席": "示例丙",
    "分值": "20", "评分标准": "按细则", "附件": "1.路灯清单\n位置图",
}  # fmt: skip
# What stands on a paper of each kind, in this order.
ORDER = {
    "pledge": "花街镇倪宅村2021年干事承诺书 编号：花承诺〔2021〕1号 花街镇党委、政府： 村级班子结合本村实际 序号编号承诺事项目标要求完成时限责任人 穿村段路灯安装 我们将对照 承诺单位（盖章）：接诺单位（盖章）： 花街镇倪宅村中共花街镇委员会花街镇人民政府 承诺人（签名）： 年月日 一式两份",
    "slip": "花街镇2021年承诺交办单 花承交〔2021〕1号 倪宅村： 现将下列 事项交办给你单位 责任领导 交办事项 落实情况销号 穿村段路灯安装 签收日期 备注 一式两份 中共花街镇委员会花街镇人民政府 年月日",
    "checklist": "花街镇2021年镇村工作清单 填表单位：花街镇 统计日期 单位：万元 序号类别 牵头领导责任单位责任人配合单位进展情况 穿村段路灯安装",
    "unit_list": "花街镇倪宅村2021年承诺事项清单 填报单位：倪宅村 填报日期 单位：万元 序号承诺事项项目类别建设内容及规模 资金来源 启动时间 穿村段路灯安装",
    "forces": "专班一览表 序号专班名称指挥长副指挥长 集镇专班 赵一",
    "notice": "花街镇督查提醒单 花督提〔2021〕1号 倪宅村： 根据镇党委会议纪要〔2021〕3号，现就下列事项提醒你单位抓紧办理 于2021年6月30日前填写所附 报送花街镇党政办公室 督查事项 穿村段路灯安装 办理要求 办理期限2021年6月30日 签收人 联系人及电话：示例甲0579-00000000 花街镇党政办公室 督查事项办理情况反馈单 对应文号：花督提〔2021〕1号 反馈单位倪宅村反馈时限2021年6月30日前 办理情况 负责人（签字）： （盖章） 请于2021年6月30日前报送花街镇党政办公室",
    "rectification": "花街镇整改通知书 花整改〔2021〕1号 倪宅村： 经检查，你单位存在下列问题 于2021年5月20日前整改到位 书面报送花街镇党政办公室 检查地点村口 存在问题 整改要求 整改期限2021年5月20日 签收人 一式两份 花街镇党政办公室 整改情况回执 对应文号：花整改〔2021〕1号 花街镇党政办公室： 整改情况 复查情况 请于2021年5月20日前报送",
    "extension": "承诺事项延期申请表 花延申〔2021〕1号 申请单位花街镇倪宅村 原定时限2021年8月底前申请延期至2021年10月31日 延期原因 目前进展 申请单位 督查初审 领导审批 原定时限届满之前 报送花街镇党政办公室",
    "signoff": "承诺事项销号申请表 花销申〔2021〕1号 穿村段路灯安装 完成情况 立杆12根 佐证材料 申请单位 核查意见 销号意见 连同佐证材料报送花街镇党政办公室",
    "score": "擂台评分表 第一场 评委姓名（编号）： 2021年6月30日 序号单位重点工作干事承诺文明环境平安创建基层党建加分减分总分名次 分值20 倪宅村 评分标准：按细则 评委（签名） 监票人 计票人",
    "award": "奖状 倪宅村： 荣获“‘五大比拼’先进村” 以资鼓励 中共花街镇委员会花街镇人民政府",
    "bulletin": "花街镇人民政府文件 花通报〔2021〕1号 花街镇人民政府关于2021年6月承诺事项进展情况的通报 一、总体情况 截至2021年6月10日 已办结0项 亮灯情况 最晚2021年6月28日报送，期限还没有到 （一）各类别情况 （二）与上月比较 "
    "二、先进和滞后单位 名次按正常率 三、督查情况 没有发出督查单 四、存在问题 施工进度滞后于序时进度。 五、下步要求 对照清单，加快推进。 "
    "附件：1.2021年6月各单位承诺事项进展情况表 2.2021年6月各类别承诺事项进展情况表 花街镇人民政府 2021年6月10日 附件1 各单位承诺事项进展情况表 正常率 名次 合计 附件2 "
    "抄送：市委办、市政府办。 花街镇党政办公室",
    "letter": "花街镇人民政府 花函〔2021〕1号 花街镇人民政府关于商请支持路灯安装工作的函 市供电公司： 请予支持。 特此函告。 附件：1.路灯清单 2.位置图 花街镇人民政府 2021年6月10日 抄送：市委办、市政府办。",
    "minutes": "花街镇党政联席会议纪要 花纪要〔2021〕1号 关于路灯安装工作的纪要 2021年6月8日，示例甲主持召开 一、倒排工期。 出席：示例甲、示例乙 列席：示例丙 抄送： 印发",
    "poster": "倪宅村2021年干事承诺公示 序号承诺事项目标要求完成时限责任人 穿村段路灯安装 承诺人（签名） 接诺人（签名） 监督电话 公示日期",
    "reminder": "花街镇催办单 编号：花催办〔2021〕1号 倪宅村： 截至2021年6月10日 联系人及电话：示例甲 序号催办内容事项时限情况 月度进展未报 1至5月 花街镇党政办公室 2021年6月10日",
    "month": "花街镇2021年6月到期月历 填表单位：花街镇 共0项 星期一星期二 星期日 1日 12日休 14日休 30日",
}  # fmt: skip
SIZES = {"checklist": (420, 297), "month": (420, 297), "poster": (297, 420), "award": (420, 297)}  # mm; the others A4 upright
ACROSS = ("checklist", "month")


@pytest.fixture
def ids(app):
    """Two villages with approved tasks, one of which reported, and a task force."""
    found = [enter(app), *(enter(app, title=f"任务{n}") for n in range(2)), enter(app, title="主题党日规范化", unit="尚仁村")]
    submit(app, found)
    approve(app, found)
    with app.operation(Act.CHANGE, "进展") as running:
        task = running.session.get_one(Task, found[0])
        running.session.add(
            Progress(task_id=task.id, unit_id=task.unit_id, title=task.title, month="06", stage="done", summary="立杆12根", state="draft",
                     campaign_id=task.campaign_id)
        )  # fmt: skip
    forces.save_force(app, None, {"name": "集镇专班", "commander": "赵一"})
    return found


def order_of(app, key, ids):
    kind = KINDS[key]
    if kind.per is Per.YEAR:
        return Order(key, None, SAID)
    if kind.per is Per.TASK:
        return Order(key, ids[:1], SAID)
    with app.reading() as session:
        return Order(key, [next(line.id for line in subject_lines(session, kind) if line.name == "倪宅村")], SAID)


def words_of(data):
    with pypdfium2.PdfDocument(data) as document:
        return "".join("".join(page.get_textpage().get_text_range().split()) for page in document)


def ink_of(page):
    """Left, top, right and bottom of the ink on the sheet as printed, in mm from its upper left corner."""
    image = page.render(scale=4, rotation=-page.get_rotation() % 360).to_pil().convert("L")
    box = ImageOps.invert(image).point(lambda value: 255 if value > 60 else 0).getbbox()
    return [value / 4 / MM for value in box]


@pytest.mark.parametrize("key", KINDS)
def test_every_kind_reads_back(app, ids, key, tmp_path):
    done = make(app, order_of(app, key, ids), tmp_path / "a.pdf")
    data = (tmp_path / "a.pdf").read_bytes()
    text, place = words_of(data), 0
    for words in ORDER[key].split():
        found = text.find(words, place)
        assert found >= 0, f"{words} after {text[max(place - 20, 0) : place + 60]}"
        place = found
    reader = pypdf.PdfReader(io.BytesIO(data))
    assert len(reader.pages) == done.printed[0].pages
    assert faults_of(data) == [], "an archive takes it"
    width, height = SIZES.get(key, (210, 297))
    framed = KINDS[key].look is not Look.OFFICIAL
    with pypdfium2.PdfDocument(data) as document:
        for page, sheet in zip(document, reader.pages, strict=True):
            assert [float(sheet.mediabox.width) / MM, float(sheet.mediabox.height) / MM] == pytest.approx(
                [width, height], abs=0.01
            )
            left, top, right, bottom = ink_of(page)
            if key == "letter":  # 10.1: double rules of 170 mm, the issuer 30 mm below the edge
                assert (left, right, bottom) == pytest.approx((20, 190, 277), abs=0.5)
                assert top >= 30
            elif framed:
                assert min(left, top, width - right, height - bottom) > 11.3, "the frame keeps clear of the edge"
            else:
                assert left >= 28 - 0.5
                assert right <= width - (28 if key in ACROSS else 26) + 0.5
                assert top >= (28 if key in ACROSS else 37) - 0.5
                assert bottom <= height - 35 + 23.5, "page number and code stand in the strip below the body"
    if shutil.which("qpdf"):
        checked = subprocess.run(["qpdf", "--check", tmp_path / "a.pdf"], capture_output=True, text=True, check=False)
        assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.parametrize("key", KINDS)
def test_the_wording_of_every_kind_has_the_fields_it_is_said_to_have(app, ids, key):
    kind, order = KINDS[key], order_of(app, key, ids)
    said = word_said(app, kind, order.said)
    with app.reading() as session:
        [subject] = gather(session, kind, order.ids, said, date(2021, 3, 10))
    assert set(subject.content.fields) == set(kind.fields)
    named = {*subject.content.tables, *subject.content.charts, *subject.content.parts}
    assert named >= {*filter(None, (kind.table,)), *kind.shown}
    assert kind.shown or len(named) == bool(kind.table)


@pytest.mark.parametrize("name", WORDINGS)
def test_every_shipped_wording_is_sound_and_has_a_sample(app, name):
    with app.reading() as session:
        words = wordings.current(session, name)
    wordings.check(name, words.text)
    text = words_of(print_sample(words))
    assert "样张，不要交付" in text
    assert "{" not in text


@pytest.mark.parametrize(
    "key", [key for key, kind in KINDS.items() if any(asked.required and asked.label not in kind.usual for asked in kind.asked)]
)
def test_what_must_be_filled_in_is_asked_for(app, ids, key):
    kind = KINDS[key]
    with pytest.raises(FieldErrors) as caught:
        make(app, Order(key, order_of(app, key, ids).ids, {asked.label: "" for asked in kind.asked}), io.BytesIO())
    assert set(caught.value.messages) == {asked.label for asked in kind.asked if asked.required and asked.label not in kind.usual}


@pytest.mark.parametrize("key", [key for key, kind in KINDS.items() if kind.needed and kind.table and key != "score"])
def test_with_nothing_to_say_a_paper_is_refused_and_nothing_is_noted(app, key):
    before = contents(app)
    with pytest.raises(Problem, match=r"没有制作|没有生成"):
        make(app, Order(key, None, SAID), io.BytesIO())
    assert contents(app) == before


def test_a_preview_says_that_it_is_one_and_is_not_registered(app, ids):
    before = contents(app)
    data, outcome = preview(app, order_of(app, "pledge", ids))
    assert "预览，没有编号，不要交付" in words_of(data)
    assert "花承诺〔" not in words_of(data)
    assert "编号：" in words_of(data), (
        "the line of the number has its room, or the pages would be others than those that are made"
    )
    assert outcome.printed[0].pages == 1
    assert contents(app) == before


def test_the_red_head_has_the_measures_of_the_standard(app, ids, tmp_path):
    """GB/T 9704-2012, 7.2: the head's upper edge 35 mm below the body's, the red rule 156 mm wide and 4 mm below the number."""
    make(app, order_of(app, "bulletin", ids), tmp_path / "a.pdf")
    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as document:
        image = document[0].render(scale=8).to_pil().convert("RGB")
    red = red_of(image)
    rows = [y for y, inked in enumerate(red.getprojection()[1]) if inked]
    head, rule = [y for y in rows if y < rows[-1] - 40], [y for y in rows if y > rows[-1] - 40]
    mm = 8 * MM
    assert head[0] / mm == pytest.approx(37 + 35, abs=1.2), "ink begins a little inside the square of a character"
    left, _top, right, _bottom = red.crop((0, rule[0], red.width, rule[-1] + 1)).getbbox()
    assert (right - 1 - left) / mm == pytest.approx(156, abs=0.5)
    assert left / mm == pytest.approx(28, abs=0.5)
    dark = [y for y in range(head[-1] + 4, rule[0]) if any(image.getpixel((x, y))[0] < 90 for x in range(0, image.width, 2))]
    assert (rule[0] - dark[-1]) / mm == pytest.approx(4, abs=1.0)
    assert "编号：" not in words_of(tmp_path / "a.pdf"), "the number stands below the head alone"


def red_of(image):
    """A picture of where a page is red."""
    bands = zip(image.split(), (lambda v: 255 * (v > 150), lambda v: 255 * (v < 90), lambda v: 255 * (v < 90)), strict=True)
    return reduce(ImageChops.darker, (band.point(inked) for band, inked in bands))


def test_without_a_red_head_the_number_stands_at_the_right(app, ids, tmp_path):
    order = order_of(app, "bulletin", ids)
    make(app, order._replace(said={**SAID, "红头": ""}), tmp_path / "a.pdf")
    assert "编号：花通报〔2021〕1号" in words_of(tmp_path / "a.pdf")


def place_of(file, words, number=0, *, last=False):
    """Where a piece of text begins and ends, the last of several if asked: x in mm from the left, base in mm from the top."""
    with pypdfium2.PdfDocument(file) as document:
        page = document[number]
        text = page.get_textpage()
        search = text.search(words)
        places = list(iter(search.get_next, None))
        found = places[-1 if last else 0]
        first, last = text.get_charbox(found[0]), text.get_charbox(found[0] + found[1] - 1)
        return first[0] / MM, last[2] / MM, (page.get_height() - first[1]) / MM


def test_a_seal_goes_over_issuer_and_date(app, ids, tmp_path):
    """7.3.5.1: the date four characters in, the issuer centred over it."""
    make(app, order_of(app, "rectification", ids), tmp_path / "a.pdf")
    issuer = place_of(tmp_path / "a.pdf", "花街镇党政办公室", last=True)
    worded = re.search(r"花街镇党政办公室(\d+年\d+月\d+日)", words_of(tmp_path / "a.pdf"))[1]
    left, right, base = place_of(tmp_path / "a.pdf", worded)
    em = 156 / 28
    assert 28 + 156 - right == pytest.approx(4 * em, abs=1.5)
    assert (issuer[0] + issuer[1]) / 2 == pytest.approx((left + right) / 2, abs=1.0)
    assert base - issuer[2] == pytest.approx(PITCH / MM, abs=1.5)


def test_numbers_are_given_once_when_two_make_papers_at_the_same_time(app, ids, tmp_path):
    def one(number):
        return make(app, Order("award", None, {"奖项": f"奖{number}"}), tmp_path / f"{number}.pdf")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(one, range(6)))
    with app.reading() as session:
        codes = [paper.code for paper in session.query(Paper)]
    assert len(codes) == len(set(codes)) > 6
    assert sorted(int(code.split("-")[3]) for code in codes) == list(range(1, len(codes) + 1))


@pytest.mark.parametrize("people", ["张三", "欧阳娜", "司马相如", "阿依古丽·买买提、王五"])
def test_names_of_every_length_stand_whole_in_their_cell(app, people, tmp_path):
    found = [enter(app, responsible=people)]
    submit(app, found)
    approve(app, found)
    make(app, Order("pledge"), tmp_path / "a.pdf")
    assert people.replace("、", "") in words_of(tmp_path / "a.pdf")


def test_a_long_title_and_thirty_commitments(app, tmp_path):
    title = "倪宅村至金杜村段农村公路提升改造及沿线路灯安装绿化美化亮化综合整治工程（二期）项目"
    typed = {
        "content": "按设计图纸组织施工，做好质量监督、资金公示和验收移交工作",
        "responsible": "王一、李二二、欧阳三三、司马相如",
    }
    found = [enter(app, title=title if n == 0 else f"{n}号工程", **typed) for n in range(30)]
    submit(app, found)
    approve(app, found)
    done = make(app, Order("pledge"), tmp_path / "a.pdf")
    assert done.printed[0].pages == 4
    assert title in words_of(tmp_path / "a.pdf")
    make(app, Order("extension", found[:1], SAID), tmp_path / "b.pdf")
    assert title in words_of(tmp_path / "b.pdf")
    for size, sheets, measures in (("A2", 2, [420, 594]), ("A0", 1, [841, 1189])):
        poster = make(app, Order("poster", None, {"幅面": size}), tmp_path / "c.pdf")
        assert poster.printed[0].pages == sheets, "thirty promises of four people, in type one can read"
        with pypdfium2.PdfDocument(tmp_path / "c.pdf") as document:
            for page in document:
                assert [side / MM for side in page.get_size()] == pytest.approx(measures, abs=0.01)
                assert "倪宅村2021年干事承诺公示" in "".join(page.get_textpage().get_text_range().split())


@pytest.mark.parametrize("key", KINDS)
def test_what_hangs_on_a_wall_or_is_framed_never_gets_blank_pages(app, ids, key):
    """Whatever is said of sides: only official sheets are printed on both."""
    kind = KINDS[key]
    _data, outcome = preview(app, order_of(app, key, ids))
    pages = sum(one.pages for one in outcome.printed)
    assert sum(one.sheets for one in outcome.printed) == (-(-pages // 2) if kind.look is Look.OFFICIAL else pages)


def test_a_certificate_bears_no_code_and_a_poster_does(app, ids):
    for key in ("award", "poster", "pledge"):
        target = io.BytesIO()
        make(app, order_of(app, key, ids), target)
        with app.reading() as session:
            code = session.query(Paper).filter_by(kind=key).one().code
        assert code, "the register knows it all the same"
        assert (code in words_of(target)) == (key != "award")


def test_on_bought_paper_only_texts_are_printed_where_the_clerk_moved_them(app, ids, tmp_path):
    """Frame and 奖状 are there already; the offset is no part of what the award says, and is proposed the next time."""
    order = order_of(app, "award", ids)
    said = {**SAID, "幅面": "A4", "用纸": list(BOUGHT.choices)[-1]}
    places = []
    for name, moved in (("a", {}), ("b", {"套打右移": "3.5", "套打下移": "－2毫米"})):
        file = tmp_path / f"{name}.pdf"
        done = make(app, order._replace(said=said | moved), file)
        assert "奖状" not in words_of(file)
        with pypdfium2.PdfDocument(file) as document:
            assert red_of(document[0].render(scale=2).to_pil().convert("RGB")).getbbox() is None
        places.append(place_of(file, "倪宅村"))
    assert places[1][0] - places[0][0] == pytest.approx(3.5, abs=0.05)
    assert places[1][2] - places[0][2] == pytest.approx(-2, abs=0.05)
    with app.reading() as session:
        assert session.query(Paper).count() == 1, "the same paper"
        assert usual(session, KINDS["award"])["套打右移"] == "3.5"
        assert "套打右移" not in usual(session, KINDS["poster"])
    assert done.printed[0].pages == 1
    with pytest.raises(FieldErrors) as caught:
        make(app, order._replace(said=said | {"套打右移": "右边一点"}), io.BytesIO())
    assert list(caught.value.messages) == ["套打右移"]


def test_a_crowded_poster_says_which_sheet_would_hold_it(app, tmp_path):
    found = [
        enter(app, title=f"{n}号道路提升改造及沿线绿化工程", responsible="王一、李二二、欧阳三三、司马相如") for n in range(36)
    ]
    submit(app, found)
    approve(app, found)
    done = make(app, Order("poster", None, {"幅面": "A3"}), tmp_path / "a.pdf")
    [advice] = done.advice
    size = re.search(r"A3 纸印成 \d 张，选 (A\d) 可以印在一张上", advice)[1]
    done = make(app, Order("poster", None, {"幅面": size, "拼贴": "用 A4 拼贴"}), tmp_path / "b.pdf")
    assert done.advice == []
    assert done.printed[0].pages == 1
    with pypdfium2.PdfDocument(tmp_path / "b.pdf") as document:
        assert len(document) == done.printed[0].sheets > 4


def test_a_file_whose_entry_could_not_be_kept_is_taken_away_again(app, ids, tmp_path):
    """The journal is written last: what fails there fails after the file was put in place."""
    with app.operation(Act.CHANGE, "x") as running:
        running.session.execute(text("CREATE TRIGGER broken BEFORE INSERT ON journal BEGIN SELECT RAISE(ABORT, 'no'); END"))
    before = contents(app)
    with pytest.raises(Exception, match="no"):
        make(app, order_of(app, "pledge", ids), tmp_path / "a.pdf")
    assert list(tmp_path.glob("*.pdf")) == []
    assert contents(app) == before


@pytest.mark.parametrize(("issuer", "in_by"), [("花街镇人民政府", 2), ("督查组", 2)])
def test_without_a_seal_the_date_stands_two_characters_right_of_the_issuer(issuer, in_by):
    """7.3.5.2; a longer date stands two characters in, and the issuer as much further."""
    day = "2021年12月25日"
    *_blank, first, second = signed_strips([issuer, day], OFFICIAL, sealed=False)
    em = OFFICIAL.size + OFFICIAL.tracking
    assert second.texts[0].x - first.texts[0].x == pytest.approx(2 * em)
    ends = [
        text_width(strip.texts[0].text, Style.FANG, OFFICIAL.size, OFFICIAL.tracking) + strip.texts[0].x
        for strip in (first, second)
    ]
    assert OFFICIAL.width - max(ends) == pytest.approx(in_by * em, abs=0.1)


def test_the_imprint_lies_at_the_foot_of_the_body():
    """7.4: rules of 0.35, 0.25 and 0.35 mm as wide as the body, the last on its lower edge."""
    flow = Flow()
    place_imprint(flow, ["抄送：市委办。", "花街镇党政办公室", "2021年6月30日印发"])
    front, back = flow.pages
    assert (front.rules, back.numbered) == ([], False), "it lies on the back of the sheet"
    rules = sorted(back.rules, key=lambda rule: rule.y1)
    assert [round(rule.width / MM, 2) for rule in rules] == [0.35, 0.25, 0.35]
    assert rules[0].y1 / MM == pytest.approx(297 - 37 - 225)
    assert all((rule.x2 - rule.x1) / MM == pytest.approx(156) for rule in rules)


def test_the_same_words_again_are_no_new_version_and_the_used_ones_are_kept(app, ids, tmp_path):
    with app.reading() as session:
        shipped = wordings.current(session, "slip").text
    make(app, order_of(app, "slip", ids), tmp_path / "a.pdf")
    wordings.save(app, "slip", f"{shipped}又一行")
    for _ in range(2):
        wordings.save(app, "slip", f"{shipped}再一行")
    wordings.reset(app, "slip")
    make(app, order_of(app, "slip", ids), tmp_path / "b.pdf")
    with app.reading() as session:
        assert [line.version for line in wordings.versions(session, "slip")] == [4, 3, 2, 1]
        assert [line.text.removeprefix(shipped) for line in wordings.versions(session, "slip")] == ["", "再一行", "又一行", ""]
        assert session.query(Paper).count() == 1, "the shipped words again: the same paper"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{镇}承诺书\n{承诺事项表}\n{村名}", "{村名} 不是可用的字段"),
        ("{镇}承诺书\n　　正文", "没有 {承诺事项表}"),
        ("{镇}承诺书\n#红色\n{承诺事项表}", "#红色 认不得"),
        ("{镇}承诺书\n{承诺事项表}\n\U0001ffff", "U+1FFFF"),
    ],
)
def test_a_faulty_wording_is_refused_in_words_and_nothing_is_kept(app, text, words):
    before = contents(app)
    with pytest.raises(Problem) as caught:
        wordings.save(app, "pledge-village", text)
    assert words in str(caught.value)
    assert contents(app) == before


def test_a_paper_made_again_bears_the_day_it_bore_first_until_another_is_chosen(app, ids, tmp_path):
    """The day is the clerk's, not the clock's, and no other content: the number stays, and a scan finds nothing changed."""
    order = order_of(app, "rectification", ids)
    first = make(app, order, tmp_path / "a.pdf")
    assert "花街镇党政办公室2021年6月10日" in words_of(tmp_path / "a.pdf")
    make(app, order._replace(said={**SAID, "成文日期": ""}), tmp_path / "b.pdf")
    assert "花街镇党政办公室2021年6月10日" in words_of(tmp_path / "b.pdf")
    again = make(app, order._replace(said={**SAID, "成文日期": "2021.6.12"}), tmp_path / "c.pdf")
    assert "花街镇党政办公室2021年6月12日" in words_of(tmp_path / "c.pdf")
    assert first.printed[0].sha256 == again.printed[0].sha256
    with app.reading() as session:
        [paper] = session.query(Paper)
        number, said = paper.number, json.loads(paper.said)
    assert (number, said["成文日期"]) == ("花整改〔2021〕1号", "2021年6月12日")
    assert scan(app, number).holds


def test_a_day_said_in_words_is_kept_as_it_was_meant(app, ids):
    order = order_of(app, "notice", ids)
    make(app, order._replace(said={**SAID, "办理期限": "6月30日"}), io.BytesIO())
    with app.reading() as session:
        [paper] = session.query(Paper)
        assert re.fullmatch(r"\d{4}年6月30日", json.loads(paper.said)["办理期限"])


def test_without_a_chosen_day_a_signed_paper_bears_today(app, ids):
    kinds = [kind for kind in KINDS.values() if "{成文日期}" in shipped_wording(kind.wordings[0]).text]
    assert {kind.day for kind in kinds} == {"成文日期"}
    for kind in kinds:
        said = word_said(app, kind, {**SAID, "成文日期": ""})
        assert said["成文日期"] == word_day(app.today())


@pytest.mark.parametrize(
    ("key", "said", "sign_by", "label", "words"),
    [
        ("notice", {"成文日期": "2021-07-01"}, "", "办理期限", "办理期限2021年6月30日早于成文日期2021年7月1日"),
        ("rectification", {"成文日期": "2021-05-21"}, "", "整改期限", "早于成文日期2021年5月21日"),
        ("rectification", {"成文日期": "2021-05-01"}, "2021-04-30", "签回期限", "签回期限2021年4月30日早于"),
        ("extension", {"申请延期至": "2020-01-01"}, "", "申请延期至", "申请延期至2020年1月1日早于今天"),
        ("bulletin", {"署名": "花街镇党政办公室"}, "", "署名", "不是同一机关"),
    ],
)
def test_a_deadline_before_the_day_and_another_office_than_the_head_are_warned_about_and_made(
    app, ids, key, said, sign_by, label, words
):
    order = order_of(app, key, ids)._replace(said={**SAID, **said}, sign_by=sign_by)
    done = make(app, order, io.BytesIO())
    assert list(done.warnings) == [label]
    assert words in done.warnings[label]
    assert preview(app, order)[1].warnings == done.warnings
    assert len(done.printed) == 1


def test_an_extension_that_is_asked_for_too_late_is_warned_about_and_made(app, ids):
    late = [enter(app, title=title, due="2月10日") for title in ("路灯", "公厕")]
    submit(app, late)
    approve(app, late)
    order = Order("extension", [ids[0], *late], {**SAID, "申请延期至": "2021-02-20"})
    done = make(app, order, io.BytesIO())
    assert done.warnings["申请延期至"] == (
        "申请延期至2021年2月20日早于今天，请核对。"
        "“路灯”原定2021年2月10日，“公厕”原定2021年2月10日，时限已过，延期应当在时限届满之前提出，请核对。"
    )
    assert len(done.printed) == 3


@pytest.mark.parametrize("key", KINDS)
def test_nothing_is_warned_about_where_all_goes_together(app, ids, key):
    later = dict.fromkeys(("办理期限", "整改期限", "申请延期至"), "2099-12-31")
    order = order_of(app, key, ids)._replace(said={**SAID, **later})
    assert warned(app, order, check_order(app, order)) == {}


@pytest.mark.parametrize(
    ("said", "issuer"),
    [
        ({}, "花街镇人民政府"),
        ({"红头": "中共花街镇委员会文件"}, "中共花街镇委员会"),
        ({"红头": "中共花街镇委员会、花街镇人民政府文件", "署名": "花街镇人民政府"}, "中共花街镇委员会　花街镇人民政府"),
        ({"红头": "花街镇人民政府文件", "署名": "花街镇党政办公室"}, "花街镇党政办公室"),
    ],
)
def test_the_office_of_the_head_signs_unless_another_is_said(app, said, issuer):
    assert word_said(app, KINDS["bulletin"], {"月份": "6月", "存在问题": "一般", "下步要求": "加快", **said})["署名"] == issuer


def test_punctuation_is_put_right_by_rule_and_can_stay_for_one_paper_or_for_all(app, ids):
    order = order_of(app, "bulletin", ids)._replace(said={**SAID, "存在问题": "进度滞后,1,200米"})

    def body(asked):
        target = io.BytesIO()
        make(app, asked, target)
        return words_of(target.getvalue())

    assert "进度滞后，1,200米" in body(order)
    assert "进度滞后,1,200米" in body(order._replace(as_typed=True))
    keep_rule(app, PUNCTUATION, "0")
    assert "进度滞后,1,200米" in body(order)
    with app.reading() as session:
        [paper] = session.query(Paper)
        assert json.loads(paper.said)["存在问题"] == "进度滞后,1,200米"
        number = paper.number
    assert scan(app, number).holds, "what is printed otherwise says the same"


def test_where_somebody_signs_stands_at_the_foot_of_its_cell(app, ids, tmp_path):
    make(app, order_of(app, "extension", ids), tmp_path / "a.pdf")
    label, hand = place_of(tmp_path / "a.pdf", "督查初审"), place_of(tmp_path / "a.pdf", "初审人（签字）")
    day = place_of(tmp_path / "a.pdf", "年　　月", last=True)
    assert hand[2] - label[2] > 4, "mm below the label, which stands in the middle of the row"
    assert day[0] - hand[1] > 40, "mm for a signature before the day"


def test_a_notice_goes_out_on_one_page_and_its_answer_comes_back_on_another(app, ids, tmp_path):
    made = make(app, order_of(app, "notice", ids), tmp_path / "a.pdf")
    assert made.printed[0].pages == 2
    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as document:
        notice, answer = ("".join(page.get_textpage().get_text_range().split()) for page in document)
    assert re.search(r"花街镇党政办公室\d+年\d+月\d+日", notice)
    assert "签收人" in notice
    assert not re.search("领导批示|拟办意见|请阅办", notice + answer), "what the office says among itself stays there"
    assert answer.startswith("督查事项办理情况反馈单")
    make(app, order_of(app, "notice", ids)._replace(said={**SAID, "用途": "内部呈批"}), tmp_path / "b.pdf")
    internal = words_of(tmp_path / "b.pdf")
    assert "督查提醒单呈批笺" in internal
    assert "拟办意见请阅办。" in internal
    assert "领导批示" in internal
    assert "编号" not in internal


def test_each_sort_of_notice_has_its_own_series_of_numbers(app, ids, tmp_path):
    def number(kind, need, use="发给承办单位"):
        said = {**SAID, "通知单类型": kind, "办理要求": need, "用途": use}
        make(app, order_of(app, "notice", ids)._replace(said=said), tmp_path / "a.pdf")
        with app.reading() as session:
            return session.query(Paper).order_by(Paper.id.desc()).first().number

    assert number("督查通知单", "一") == "花督通〔2021〕1号"
    assert number("督查提醒单", "二") == "花督提〔2021〕1号"
    assert number("督查提醒单", "三", "内部呈批") is None
    assert number("督查警告单", "四") == "花督警〔2021〕1号"
    assert number("督查通知单", "五") == "花督通〔2021〕2号"


def test_a_certificate_names_the_document_that_praises_only_where_there_is_one(app, ids, tmp_path):
    order = order_of(app, "award", ids)
    make(app, order, tmp_path / "a.pdf")
    assert "根据" not in words_of(tmp_path / "a.pdf")
    make(app, order._replace(said={**SAID, "表彰文件": "花委〔2022〕5号"}), tmp_path / "b.pdf")
    assert "根据花委〔2022〕5号，在花街镇2021年" in words_of(tmp_path / "b.pdf")


def test_a_rectification_names_its_ground_only_where_there_is_one(app, ids, tmp_path):
    order = order_of(app, "rectification", ids)
    make(app, order, tmp_path / "a.pdf")
    assert "倪宅村：经检查，你单位" in words_of(tmp_path / "a.pdf")
    make(app, order._replace(said={**SAID, "检查依据": "检查方案"}), tmp_path / "b.pdf")
    assert "倪宅村：根据检查方案，经检查，你单位" in words_of(tmp_path / "b.pdf")


def test_what_a_rectification_finds_and_asks_stands_on_its_first_page(app, ids, tmp_path):
    said = {**SAID, "检查依据": "《人居环境整治办法》", "检查人员": "示例甲、阿依古丽·买买提、示例乙", "存在问题": "1.路灯12盏不亮；\n2.垃圾清运不及时。",
            "整改要求": "一、立即修复\n（一）月底前完成采购\n二、加强管护"}  # fmt: skip
    [made] = make(app, order_of(app, "rectification", ids)._replace(said=said), tmp_path / "a.pdf").printed
    assert made.pages == 2, "the notice and its answer"


def test_the_township_itself_gets_no_paper_that_goes_to_all_units(app, ids):
    with app.reading() as session:
        found = gather(session, KINDS["award"], None, SAID, app.today())
    assert "倪宅村" in [one.about for one in found]
    assert "花街镇" not in [one.about for one in found]


@pytest.mark.parametrize(("typed", "row"), [("", "分值1"), ("20", "分值20202020201"), ("30、20、20、20、10", "分值30202020101")])
def test_full_marks_stand_above_the_marks(app, ids, tmp_path, typed, row):
    make(app, Order("score", None, {"分值": typed}), tmp_path / "a.pdf")
    assert row in words_of(tmp_path / "a.pdf")
    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as document:
        head = document[0].get_textpage().get_text_range()
    assert re.search("评分日期：　{4}年　　月　　日", head), "a day left to the hand has room for its year"


def test_full_marks_that_are_not_as_many_as_what_is_judged_are_refused(app, ids):
    before = contents(app)
    with pytest.raises(Problem, match="写了 2 个.*有 5 个.*重点工作"):
        make(app, Order("score", None, {"分值": "20、30"}), io.BytesIO())
    assert contents(app) == before


def test_the_demo_says_whatever_a_kind_must_be_told(app):
    for kind in KINDS.values():
        word_said(app, kind, demo.SAID)  # raises FieldErrors for what was left out
