"""One task, one file: everything kept about it stands on paper."""

import pypdfium2
import pytest
from PIL import Image

from huajie_desktop.errors import Problem
from huajie_desktop.papers import dossier
from huajie_desktop.papers.making import Order, make
from huajie_desktop.records.entry import delete
from huajie_desktop.work import attachments, queries, review
from huajie_desktop.work.task_ledger import TASKS
from tests.office import enter
from tests.tasks import form_texts, save_task


def test_a_dossier_tells_the_whole_story(app, tmp_path):
    task_id = enter(app, milestones="6月底 完成招标 佐证：中标通知书")
    with app.reading() as session:
        texts = form_texts(session, task_id)
    save_task(app, task_id, {**texts, "due": "9月底前"})
    photo = tmp_path / "现场.jpg"
    Image.new("RGB", (640, 480), (120, 90, 60)).save(photo)
    attachments.add(app, task_id, [photo])
    queries.ask(app, TASKS, task_id, "investment", "投资从哪里来")
    review.submit(app, [task_id])
    with app.reading() as session:
        content = dossier.gather(session, app.folder, task_id)
    headings = [section.heading for section in content.sections]
    assert headings == ["时间节点", "疑问与答复", "附件", "修改记录"]
    assert ("完成时限", "9月底前") in content.facts
    history = content.sections[-1].rows
    assert any("9月底前" in row[3] or "2021-09-30" in row[3] for row in history)
    assert [picture.file.suffix for picture in content.pictures] == [".jpg"]
    [printed] = dossier.make_dossiers(app, [task_id], tmp_path / "档.pdf").printed
    document = pypdfium2.PdfDocument(str(tmp_path / "档.pdf"))
    assert len(document) == printed.pages
    assert "中标通知书" in "".join(page.get_textpage().get_text_bounded() for page in document)


def test_papers_made_stand_in_it(app, tmp_path):
    task_id = enter(app)
    review.submit(app, [task_id])
    review.approve(app, [task_id])
    make(app, Order("pledge"), tmp_path / "诺.pdf")
    with app.reading() as session:
        sections = {section.heading: section.rows for section in dossier.gather(session, app.folder, task_id).sections}
    assert sections["已制作文书"][0][:2] == ("承诺书", "花承诺〔2021〕1号")


def test_nothing_chosen_is_said(app, tmp_path):
    with pytest.raises(Problem, match="没有选中任务"):
        dossier.make_dossiers(app, [], tmp_path / "档.pdf")


def test_what_is_wrong_with_one_dossier_stops_no_other_and_is_named(app, tmp_path):
    """A rare character, a damaged photograph, a task that was deleted meanwhile."""
    good, rare, gone = enter(app), enter(app, title="坏字\U0002ffff"), enter(app, title="删去的")
    photo, broken = tmp_path / "现场.jpg", tmp_path / "断电.png"
    Image.new("RGB", (64, 48), (120, 90, 60)).save(photo)
    Image.effect_noise((64, 48), 50).save(broken)
    broken.write_bytes(broken.read_bytes()[:-400])
    attachments.add(app, good, [photo, broken])
    delete(app, [gone], TASKS)
    made = dossier.make_dossiers(app, [good, rare, gone], tmp_path / "档.pdf")
    assert len(made.printed) == 1
    assert [(left.about, left.task_id) for left in made.left] == [("倪宅村《坏字\U0002ffff》", rare), ("1 项任务", None)]
    assert "已经删除了" in str(made.left[1].fault)
    assert "U+2FFFF" in made.left[0].why
    document = pypdfium2.PdfDocument(str(tmp_path / "档.pdf"))
    words = "".join(page.get_textpage().get_text_bounded() for page in document).replace("\r\n", "")
    assert "图片“断电.png（" in words
    assert "打不开，没有印出" in words
    with pytest.raises(Problem, match="U\\+2FFFF"):
        dossier.make_dossiers(app, [rare], tmp_path / "无.pdf")
