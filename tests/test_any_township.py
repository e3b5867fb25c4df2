"""Nothing of the township the program was first made for stands anywhere for another one: papers, files, help, commands."""

import io
import re
import zipfile
from datetime import date

import pypdfium2
import pytest
from sqlalchemy import select

from db.models import Unit
from huajie_desktop.application import Application
from huajie_desktop.papers.making import Order, make
from huajie_desktop.papers.paper_kinds import KINDS, WORDINGS, Per
from huajie_desktop.papers.reporting import make_report
from huajie_desktop.papers.samples import own_fields, print_sample
from huajie_desktop.papers.subject_lines import subject_lines
from huajie_desktop.records.listing import Wanted, record_ids
from huajie_desktop.sending.exporting import all_keys, export_list
from huajie_desktop.sending.open_export import export_everything
from huajie_desktop.sending.templates import write_templates
from huajie_desktop.township import new_units
from huajie_desktop.township.seating import come_in, set_up
from huajie_desktop.township.unit_names import government, party_committee
from huajie_desktop.typesetting.wording import shipped_wording
from huajie_desktop.work.review import approve, submit
from huajie_desktop.year import forces
from resources import path, product_name
from tests.commands import run
from tests.office import enter

FOREIGN = re.compile("花街|永康|花〔|花承|HJ|Huajie|倪宅|杨坑")
SAID = {
    "通知单类型": "督查提醒单", "立项依据": "会议纪要", "办理要求": "倒排工期。", "办理期限": "2026-06-30", "检查时间": "2026-05-10",
    "检查地点": "村口", "检查人员": "示例甲", "存在问题": "进度滞后。", "整改要求": "逐项销号。", "整改期限": "2026-05-20",
    "申请延期至": "2026-10-31", "延期原因": "连续降雨。", "奖项": "先进村", "月份": "6月", "下步要求": "加快推进。",
    "红头": "清溪镇人民政府文件", "抄送": "县委办", "幅面": "A3", "擂台场次": "第一场", "评分日期": "2026-06-30",
    "事由": "商请支持", "主送": "供电公司", "正文": "现就有关事项函商如下。", "会议名称": "工作例会", "议题": "路灯安装", "会议日期": "2026-06-08",
    "主持人": "示例甲", "议定事项": "倒排工期。", "出席": "示例甲、示例乙",
}  # fmt: skip


@pytest.fixture(scope="module")
def qingxi(tmp_path_factory):
    """清溪镇 of 韶山市 with its villages, and one approved task."""
    folder = tmp_path_factory.mktemp("qingxi") / "data"
    made = set_up(
        Application.create(folder, today=lambda: date(2026, 3, 1)),
        "清溪镇",
        2026,
        "李四",
        code="430382100",
        categories=["重点工作"],
    )
    with made.reading() as session:
        villages = new_units.missing_villages(session, "430382100")
    new_units.take(made, villages)
    ids = [enter(made, category="重点工作", unit=villages[0].name, due="8月底前")]
    submit(made, ids)
    approve(come_in(made.data, "王五"), ids)
    forces.save_force(made, None, {"name": "集镇专班", "commander": "赵一"})
    yield made, ids, villages[0].name
    made.data.close()


def words_of(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as document:
        pages = ["".join(page.get_textpage().get_text_range().split()) for page in document]
        return "".join([*pages, *map(str, document.get_metadata_dict().values())])


def own(words: str) -> str:
    assert not FOREIGN.search(words), FOREIGN.search(words)
    return words


@pytest.mark.parametrize("key", KINDS)
def test_a_paper_of_every_kind_is_the_townships_own(qingxi, key):
    app, ids, village = qingxi
    kind, chosen = KINDS[key], None
    if kind.per is Per.TASK:
        chosen = ids
    elif kind.per is not Per.YEAR:
        with app.reading() as session:
            chosen = [next(line.id for line in subject_lines(session, kind) if line.name == village)]
    target = io.BytesIO()
    make(app, Order(key, chosen, SAID), target)
    words = own(words_of(target.getvalue()))
    assert "清溪镇" in words or village in words or key == "forces"


def test_samples_show_a_real_village_of_the_office(qingxi):
    app, _ids, _community = qingxi
    with app.reading() as session:
        known = {name: own_fields(session, name, app.today()) for name in WORDINGS}
        village = session.scalars(select(Unit.name).where(Unit.kind == "village").order_by(Unit.position, Unit.id)).first()
    for name in WORDINGS:
        words = own(words_of(print_sample(shipped_wording(name), own=known[name])))
        assert "〔镇〕" not in words
    assert f"清溪镇{village}2026年干事承诺书" in words_of(
        print_sample(shipped_wording("pledge-village"), own=known["pledge-village"])
    )


def test_files_that_leave_the_office_say_nothing_of_another(qingxi, tmp_path):
    app, _ids, village = qingxi
    target = io.BytesIO()
    make_report(app, target)
    own(words_of(target.getvalue()))
    export_everything(app, tmp_path / "all")
    for key, ledger in app.catalogue.ledgers.items():
        with app.reading() as session:
            found = record_ids(session, ledger, Wanted())
        export_list(app, ledger, found, all_keys(ledger), tmp_path / f"{key}.xlsx")
    for key in ("tasks", "people", "disputes"):
        write_templates(app, app.catalogue[key], tmp_path / "templates")
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert len(files) > 40
    assert any(village in file.name for file in files)
    for file in files:
        own(file.name)
        own(text_of(file))


def text_of(file) -> str:
    if file.suffix == ".xlsx":
        with zipfile.ZipFile(file) as book:
            said = " ".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
        return re.sub(r"[\w:.=+/-]{16,}", " ", said, flags=re.ASCII)  # signatures and namespaces, in which any letters may stand
    return file.read_bytes().decode("utf-8", "replace")


def test_help_wordings_and_the_name_of_the_program_are_nobodys(qingxi):
    own(product_name())
    for folder in ("help", "wording"):
        for file in sorted(path(folder).iterdir()):
            own(file.read_text("utf-8"))


@pytest.mark.parametrize("command", [[], ["import"], ["papers"], ["templates"]])
def test_commands_say_nothing_of_another(command):
    said = run(*command, "--help")
    own(said.stdout.replace("huajie-desktop", ""))


def test_a_command_begins_the_township_it_is_told(tmp_path):
    file = tmp_path / "任务.csv"
    file.write_text("承诺事项,责任单位,类别,完成时限\n路灯安装,东头村,干事承诺,8月底前\n", "utf-8-sig")
    done = run("import", file, "--new", "--township", "清溪镇", "--skip-errors", "--data", tmp_path / "data")
    assert f"新建数据：清溪镇 {date.today().year} 年" in done.stderr
    own(done.stdout + done.stderr)


@pytest.mark.parametrize(
    ("township", "names"),
    [
        ("花街镇", ("中共花街镇委员会", "花街镇人民政府")),
        ("舟山乡", ("中共舟山乡委员会", "舟山乡人民政府")),
        ("东城街道", ("中共东城街道工作委员会", "东城街道办事处")),
    ],
)
def test_who_acts_for_a_township_signs_with_the_full_name(township, names):
    assert (party_committee(township), government(township)) == names
