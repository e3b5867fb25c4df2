"""One task, one volume: everything kept about it stands on paper in its chapter, and what is missing is said."""

import re
from datetime import date

import pypdfium2
import pytest
from PIL import Image

from db.clock import local_time, utc_now
from db.ledgers.progress import Progress
from db.log import Act
from db.models import Extension, Finding, FollowUp, Notice, Step, Task
from huajie_desktop.errors import Problem
from huajie_desktop.papers import dossier
from huajie_desktop.papers.making import Order, make
from huajie_desktop.papers.register import register_lines, sign
from huajie_desktop.records.entry import delete
from huajie_desktop.typesetting.content import word_day
from huajie_desktop.work import attachments, queries, review
from huajie_desktop.work.task_ledger import TASKS
from tests.office import enter
from tests.tasks import form_texts, save_task

NOTICE = {"立项依据": "党政联席会议", "办理要求": "每周五报进展", "办理期限": "2021-06-30", "拟办意见": "请镇长阅示"}


def photo(folder, name, size=(640, 480)):
    Image.new("RGB", size, (120, 90, 60)).save(folder / name)
    return folder / name


def now():
    """Papers and files bear the day of the clock."""
    return word_day(local_time(utc_now()).date())


def gathered(app, task_id):
    with app.reading() as session:
        return dossier.gather(session, app.folder, task_id)


def pages_of(app, task_id, folder):
    """The volume's pages without white space."""
    dossier.make_dossiers(app, [task_id], folder / "档.pdf")
    with pypdfium2.PdfDocument(str(folder / "档.pdf")) as document:
        return [re.sub(r"\s", "", page.get_textpage().get_text_bounded()) for page in document]


@pytest.fixture
def told(app, tmp_path):
    """A task with all there can be: milestones, papers of every sort, reports of two months, a question, pictures, a list."""
    task_id = enter(app, milestones="6月底 完成招标 佐证：中标通知书", start="3月1日", funding="村自筹 12.5万")
    with app.reading() as session:
        texts = form_texts(session, task_id)
    save_task(app, task_id, {**texts, "due": "9月底前", "start": "2021-03-05"})
    attachments.add(app, task_id, [photo(tmp_path, "现场.jpg"), photo(tmp_path, "竣工.png", (300, 900))])
    (tmp_path / "清单.txt").write_text("路灯12盏")
    attachments.add(app, task_id, [tmp_path / "清单.txt"])
    with app.operation(Act.CHANGE, "月度进展") as running:
        task = running.session.get_one(Task, task_id)
        for month, percent, summary in (("03", 10, "完成测量"), ("05", 60, "立杆7根")):
            running.session.add(
                Progress(
                    task_id=task_id, unit_id=task.unit_id, campaign_id=task.campaign_id, title=task.title, state="draft",
                    month=month, stage="underway", percent=percent, summary=summary, problems="雨天多", next_steps="抢工期",
                    invested=50000,
                )
            )  # fmt: skip
    review.submit(app, [task_id])
    review.approve(app, [task_id])
    queries.ask(app, TASKS, task_id, "investment", "投资从哪里来")
    for key, ids, said in (("pledge", None, {}), ("slip", None, {}), ("notice", [task_id], NOTICE), ("signoff", [task_id], {})):
        make(app, Order(key, ids, said), tmp_path / f"{key}.pdf")
    with app.reading() as session:
        pledge = next(line.id for line in register_lines(session, app.today()) if line.kind == "承诺书")
    sign(app, [pledge], date(2021, 3, 2), "倪成纲")
    return task_id


def test_a_volume_has_cover_contents_its_chapters_and_what_it_counts(app, told, tmp_path):
    pages = pages_of(app, told, tmp_path)
    cover, contents, *_rest = pages
    for said in (
        "花街镇2021年任务档案（一事一档）",
        "案卷题名花街镇倪宅村“穿村段路灯安装”任务档案",
        "档号",
        "密级无",
        "立卷人张三",
    ):
        assert said in cover, said
    assert f"承诺书（登记情况）花承诺〔2021〕1号{now()}2" in contents
    counted = [page for page in pages if re.search(r"—\d+—$", page)]
    assert not re.search(r"—\d+—", cover + contents)
    table = gathered(app, told).tables["卷内目录"]
    chapters = [
        "任务单", "承诺与交办", "承诺与交办", "时间节点与周期事项", "月度进展", "各月亮灯", "督查与整改", "疑问与答复", "佐证材料", "验收销号",
    ]  # fmt: skip
    for row, chapter in zip(table.rows, chapters, strict=True):
        [page] = [page for page in counted if page.startswith(chapter)]
        number = re.search(r"—(\d+)—$", page)[1]
        assert re.search(rf"{re.escape(''.join(row))}{number}(?:{int(row[0]) + 1}|$)", contents), row
    last = pages[pages.index(counted[-1]) + 1]
    assert f"卷内备考表项目数量本卷共有文件材料（件）10本卷共有页数（页）{len(counted)}" in last
    assert "检查人" in last


def test_its_chapters_say_what_was_kept_and_days_in_words(app, told, tmp_path):
    content = gathered(app, told)
    tables = {name: ["".join(row) for row in table.rows] for name, table in content.tables.items()}
    assert tables["月度进展"] == [
        "3月推进中\n10%\n投资5万元完成测量雨天多抢工期",
        "5月推进中\n60%\n投资5万元立杆7根雨天多抢工期",
    ]
    assert tables["承诺与交办"][0].startswith(f"承诺书花承诺〔2021〕1号{now()}\n张三")
    assert "2021年3月2日\n倪成纲已签回" in tables["承诺与交办"][0]
    [notice] = tables["督查与整改"]
    assert "办理要求：每周五报进展" in notice
    assert "办理期限：2021年6月30日" in notice
    assert "拟办意见" not in notice, "what stays within the office"
    assert tables["时间节点与周期事项"] == ["2021年6月30日完成招标中标通知书"]
    assert "没有答复" in tables["疑问与答复"][0]
    words = "".join(pages_of(app, told, tmp_path))
    for said in (
        "完成时限2021年9月底前",
        "启动时间2021年3月5日",
        "计划投资12.5万元",
        "村自筹12.5万元",
        "清单.txt文档1KB",
        "完成情况推进中（5月报）",
        "审核状态已确认",
    ):
        assert said in words, said
    assert not re.search(r"\d{4}-\d\d-\d\d", words)


def test_the_operations_log_stands_apart_in_words_for_people(app, told, tmp_path):
    pages = pages_of(app, told, tmp_path)
    at = next(place for place, page in enumerate(pages) if page.startswith("附：操作记录"))
    assert pages[at - 1].startswith("卷内备考表"), "behind all that is counted"
    log = "".join(pages[at:])
    assert "启动时间：由“2021年3月1日”改为“2021年3月5日”" in log
    assert "附件：增加“清单.txt" in log
    for unsaid in ("（空）", "→", "2021-"):
        assert unsaid not in "".join(pages)
    numbers = [int(row[0]) for row in gathered(app, told).tables["附：操作记录"].rows]
    assert numbers == list(range(1, len(numbers) + 1))
    assert "新增任务" in gathered(app, told).tables["附：操作记录"].rows[0][3]


def test_pictures_have_numbers_names_and_who_added_them_and_what_is_lost_is_said(app, told, tmp_path):
    content = gathered(app, told)
    assert [picture.caption for picture in content.pictures.values()] == [
        f"图1　现场（张三，{now()}）",
        f"图2　竣工（张三，{now()}）",
    ]
    content.pictures["图2"].file.chmod(0o600)
    content.pictures["图2"].file.unlink()
    words = "".join(pages_of(app, told, tmp_path))
    assert "见图1" in words
    assert f"图2竣工（张三，{now()}）（打不开，没有印出）" in words
    assert "竣工.png：文件不见了。" in words, "on the sheet that says what the volume has"
    assert re.search(r"2竣工.png照片文件不见了", words)


def test_a_task_of_which_nothing_else_is_kept_has_no_empty_chapters(app, tmp_path):
    content = gathered(app, enter(app))
    assert [row[1] for row in content.tables["卷内目录"].rows] == ["任务单"]
    words = "".join(pages_of(app, enter(app, title="第二项"), tmp_path))
    assert (
        "本卷没有的内容：承诺与交办、时间节点与周期事项、月度进展、办理过程、各月亮灯、延期申请、督查与整改、督查记录、跟进记录、疑问与答复、验收销号、销号登记、佐证材料。"
        in words
    )
    assert "没有编号" in words


def test_thirty_pictures_are_all_shown(app, tmp_path):
    task_id = enter(app)
    attachments.add(app, task_id, [photo(tmp_path, f"{number}.jpg", (40 + number, 30)) for number in range(30)])
    dossier.make_dossiers(app, [task_id], tmp_path / "档.pdf")
    with pypdfium2.PdfDocument(str(tmp_path / "档.pdf")) as document:
        shown = [len(list(page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]))) for page in document]
    assert sum(shown) == 30
    assert set(shown) <= {0, 1, 2}


def test_texts_that_mean_harm_are_texts(app, tmp_path):
    harm = "{镇}#新页 <b>一、"
    words = "".join(pages_of(app, enter(app, title=harm, content="→右｜列\n#附件"), tmp_path))
    assert "{镇}#新页<b>一、" in words
    assert "→右｜列#附件" in words


def test_nothing_chosen_is_said(app, tmp_path):
    with pytest.raises(Problem, match="没有选中任务"):
        dossier.make_dossiers(app, [], tmp_path / "档.pdf")


def test_what_is_wrong_with_one_dossier_stops_no_other_and_is_named(app, tmp_path):
    """A rare character, a damaged photograph, a task that was deleted meanwhile."""
    good, rare, gone = enter(app), enter(app, title="坏字\U0002ffff"), enter(app, title="删去的")
    sound, broken = photo(tmp_path, "现场.jpg"), tmp_path / "断电.png"
    Image.effect_noise((64, 48), 50).save(broken)
    broken.write_bytes(broken.read_bytes()[:-400])
    attachments.add(app, good, [sound, broken])
    delete(app, [gone], TASKS)
    made = dossier.make_dossiers(app, [good, rare, gone], tmp_path / "档.pdf")
    assert len(made.printed) == 1
    assert [(left.about, left.task_id) for left in made.left] == [("倪宅村《坏字\U0002ffff》", rare), ("1 项任务", None)]
    assert "已经删除了" in str(made.left[1].fault)
    assert "U+2FFFF" in made.left[0].why
    document = pypdfium2.PdfDocument(str(tmp_path / "档.pdf"))
    words = "".join(page.get_textpage().get_text_bounded() for page in document).replace("\r\n", "")
    assert "图2　断电（" in words
    assert "打不开，没有印出" in words
    with pytest.raises(Problem, match="U\\+2FFFF"):
        dossier.make_dossiers(app, [rare], tmp_path / "无.pdf")


def test_how_it_went_on_its_way_has_its_chapters(app, told, tmp_path):
    """Steps, lights by month, extensions, notices and findings with their answers, notes, the sign-off."""
    with app.operation(Act.CHANGE, "闭环") as running:
        session = running.session
        task = session.get_one(Task, told)
        common = {"unit_id": task.unit_id, "campaign_id": task.campaign_id, "title": task.title, "task_id": told}
        [mark] = task.milestones
        mark.reached_on, mark.given = date(2021, 6, 28), "中标通知书（6月28日）"
        task.applied_on, task.signed_off_on, task.signed_off_number = date(2021, 10, 8), date(2021, 10, 11), "花销〔2021〕1号"
        task.finished_on = date(2021, 10, 8)
        for on, handling, by, why in (
            (date(2021, 3, 1), "handed", "张三", None), (date(2021, 3, 2), "underway", "倪成纲", None),
            (date(2021, 10, 8), "applied", "倪成纲", None), (date(2021, 10, 11), "signed_off", "李四", "核验合格"),
        ):  # fmt: skip
            session.add(Step(task_id=told, on=on, handling=handling, by=by, reason=why))
        session.add_all([
            Extension(**common, state="granted", number="花延〔2021〕1号", asked_on=date(2021, 9, 1), decided_on=date(2021, 9, 3),
                      before=date(2021, 9, 30), wanted=date(2021, 10, 15), reason="连续降雨"),
            Notice(**common, state="accepted", number="花督〔2021〕7号", level="warn", issued_on=date(2021, 7, 5), term=date(2021, 7, 15),
                   grounds="进度滞后", demand="倒排工期", answer="已增加人手", answered_on=date(2021, 7, 12), closed_on=date(2021, 7, 14)),
            Finding(**common | {"title": "没有围挡"}, state="closed", number="花问〔2021〕2号", found_on=date(2021, 6, 2),
                    demand="立即设围挡", answer="已设", answered_on=date(2021, 6, 3), closed_on=date(2021, 6, 4)),
            FollowUp(owner_kind="tasks", owner_uid=task.uid, on=date(2021, 5, 6), words="电话催过一次"),
        ])  # fmt: skip
    app.data.today = lambda: date(2021, 10, 20)
    content = gathered(app, told)
    tables = {name: ["｜".join(row).replace("\n", " ") for row in table.rows] for name, table in content.tables.items()}
    assert tables["办理过程"][-1] == "2021年10月11日｜已销号｜李四｜核验合格"
    assert tables["延期申请"] == [
        "2021年9月1日 花延〔2021〕1号｜原定2021年9月30日 延至2021年10月15日｜连续降雨｜已同意 2021年9月3日"
    ]
    assert tables["督查记录"] == [
        "督查问题 花问〔2021〕2号｜2021年6月2日｜没有围挡 立即设围挡｜2021年6月3日 已设｜已销号 2021年6月4日",
        "督查警告 花督〔2021〕7号｜2021年7月5日｜进度滞后 倒排工期 期限：2021年7月15日｜2021年7月12日 已增加人手｜已办结 2021年7月14日",
    ]
    assert tables["跟进记录"] == ["2021年5月6日｜电话催过一次"]
    assert tables["销号登记"] == ["花销〔2021〕1号｜2021年10月8日 倪成纲｜2021年10月11日 李四｜2021年10月8日"]
    assert tables["时间节点与周期事项"] == ["2021年6月30日｜完成招标｜中标通知书 已交：中标通知书（6月28日）｜2021年6月28日"]
    lights = [line.split("｜")[:2] for line in tables["各月亮灯"]]
    assert [day for day, _word in lights][-2:] == ["2021年9月30日", "2021年10月20日"]
    assert len(lights) == 10
    assert lights[-1][1] == "完成"
    assert {"未启动", "滞后"} & {word for _day, word in lights}
    words = "".join(pages_of(app, told, tmp_path))
    for title in ("办理过程", "各月亮灯", "延期申请", "督查记录", "跟进记录", "销号登记"):
        assert words.count(title) >= 2, "in the contents and above its table"
