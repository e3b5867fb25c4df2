"""Files of a task: copied once by content, all or none, reported when gone or altered."""

import hashlib
import os
from pathlib import Path

import pytest

from db.log import Operation
from db.models import Attachment, Milestone, Occurrence, Task
from huajie_desktop.errors import Cancelled, Problem
from huajie_desktop.journal import history
from huajie_desktop.records.entry import delete
from huajie_desktop.work import attachments
from huajie_desktop.work.task_ledger import TASKS
from tests.office import enter
from tests.tasks import form_texts, save_task


def write(folder: Path, name: str, content: bytes = b"photo") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def listed(app, task_id):
    with app.reading() as session:
        return attachments.lines(session, app.folder, task_id)


def kept(app):
    """The contents in the data folder, and whatever else was left there."""
    folder = app.folder / "attachments"
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder.exists() else []


def test_content_is_copied_under_its_digest(app, tmp_path):
    task_id = enter(app)
    source = write(tmp_path, "开工.JPG")
    attachments.add(app, task_id, [source])
    digest = hashlib.sha256(b"photo").hexdigest()
    path = attachments.path_of(app.folder, digest, "开工.JPG")
    assert path == app.folder / "attachments" / digest[:2] / f"{digest}.jpg"
    assert kept(app) == [path]
    assert path.read_bytes() == source.read_bytes()
    [line] = listed(app, task_id)
    assert (line.name, line.kind, line.size, line.fault) == ("开工.JPG", "照片", 5, "")
    assert line.added.endswith("张三")
    with app.reading() as session:
        assert attachments.open_path(session, app.folder, line.id) == path
    assert not os.stat(path).st_mode & 0o222, "whoever opens it must not change it there"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.png", "photo"),
        ("合同.pdf", "scan"),
        ("a.TIF", "scan"),
        ("表.docx", "document"),
        ("没有后缀", "other"),
        ("报告.pdf.exe", "other"),
        ("照片.jpg.docx", "document"),
        ("片.mp4", "other"),
    ],
)
def test_kind_comes_from_the_name(name, kind):
    assert attachments.kind_of(name) == kind


def test_the_same_content_is_kept_once(app, tmp_path):
    one, other = enter(app), enter(app, title="另一项")
    first, second = write(tmp_path, "一.jpg"), write(tmp_path, "二.jpg")
    attachments.add(app, one, [first, second])
    attachments.add(app, one, [first])
    attachments.add(app, other, [second])
    assert len(kept(app)) == 1
    assert len(listed(app, one)) == len(listed(app, other)) == 1


def test_the_history_counts_what_was_added_and_what_was_there_is_named(app, tmp_path):
    task_id = enter(app)
    attachments.add(app, task_id, [write(tmp_path, "一.jpg")])
    added = attachments.add(app, task_id, [write(tmp_path, "二.jpg"), write(tmp_path, "三.jpg", b"other")])
    assert added.changes.label == "添加附件 1 个"
    assert added.already == (("二.jpg", "一.jpg"),)
    with app.reading() as session:
        assert session.get_one(Operation, added.changes.operation_id).label == "添加附件 1 个"


def test_one_fault_and_nothing_is_added(app, tmp_path):
    task_id = enter(app)
    good = write(tmp_path, "好.jpg")
    for bad in (tmp_path / "没有.jpg", tmp_path):
        with pytest.raises(Problem):
            attachments.add(app, task_id, [good, bad])
    assert (kept(app), listed(app, task_id)) == ([], [])


def test_what_is_too_large_is_refused(app, tmp_path):
    task_id = enter(app)
    huge = tmp_path / "huge.mp4"
    with huge.open("wb") as file:
        file.truncate(attachments.LARGEST + 1)
    with pytest.raises(Problem, match="超过 1 GB"):
        attachments.add(app, task_id, [huge])
    assert kept(app) == []


def test_where_nothing_can_be_written_nothing_is_left(app, tmp_path):
    task_id = enter(app)
    (app.folder / "attachments").write_text("a file where the folder should be")
    with pytest.raises(Problem, match="无法写入"):
        attachments.add(app, task_id, [write(tmp_path, "一.jpg")])
    assert listed(app, task_id) == []


def test_a_full_disk_leaves_nothing(app, tmp_path):
    resource = pytest.importorskip("resource")
    task_id = enter(app)
    first, large = write(tmp_path, "一.jpg"), write(tmp_path, "二.jpg", bytes(3 << 20))
    import signal

    before, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, before[1]))
    try:
        with pytest.raises(Problem, match="没有留下不完整的文件"):
            attachments.add(app, task_id, [first, large])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert (kept(app), listed(app, task_id)) == ([], [])


def test_a_cancelled_job_leaves_nothing(app, tmp_path):
    task_id = enter(app)

    class Stopped:
        def step(self, done, total, text):
            if "二" in text:
                raise Cancelled

    with pytest.raises(Cancelled):
        attachments.add(app, task_id, [write(tmp_path, "一.jpg"), write(tmp_path, "二.jpg", b"other")], job=Stopped())
    assert (kept(app), listed(app, task_id)) == ([], [])


def test_a_task_that_is_gone_gets_nothing(app, tmp_path):
    with pytest.raises(Problem, match="已经不在"):
        attachments.add(app, 999, [write(tmp_path, "一.jpg")])
    assert kept(app) == []


def test_removing_keeps_the_content_so_that_it_can_come_back(app, tmp_path):
    task_id = enter(app)
    attachments.add(app, task_id, [write(tmp_path, "一.jpg")])
    [line] = listed(app, task_id)
    removed = attachments.remove(app, [line.id])
    assert listed(app, task_id) == []
    assert len(kept(app)) == 1
    history.undo(app, [removed.operation_id])
    assert [found.fault for found in listed(app, task_id)] == [""]


def test_what_is_gone_or_altered_is_reported(app, tmp_path):
    task_id = enter(app)
    attachments.add(app, task_id, [write(tmp_path, f"{n}.jpg", bytes([n] * 9)) for n in range(4)])
    paths = [attachments.path_of(app.folder, hashlib.sha256(bytes([n] * 9)).hexdigest(), f"{n}.jpg") for n in range(4)]
    for path in paths:
        path.chmod(0o644)
    paths[0].unlink()
    paths[1].write_bytes(b"longer than before")
    paths[2].write_bytes(b"same size")
    with app.reading() as session:
        quick = {item.name: item.why for item in attachments.missing(session, app.folder)}
        thorough = {item.name: item.why for item in attachments.missing(session, app.folder, thorough=True)}
        first = listed(app, task_id)[0].id
        with pytest.raises(Problem, match="文件不见了"):
            attachments.open_path(session, app.folder, first)
    assert quick == {"0.jpg": "文件不见了", "1.jpg": "文件内容被改动过"}
    assert thorough == {**quick, "2.jpg": "文件内容被改动过"}
    attachments.add(app, enter(app, title="另一项"), [tmp_path / "0.jpg", tmp_path / "1.jpg"])
    with app.reading() as session:
        assert attachments.missing(session, app.folder) == [], "adding the same content again mends it"


def test_evidence_stays_with_the_task_when_its_milestone_goes(app, tmp_path):
    task_id = enter(app, milestones="6月底 完成招标\n8月底 竣工", recurrence="每月")
    with app.reading() as session:
        task = session.get_one(Task, task_id)
        uses = attachments.uses(session, task_id)
        milestone_id, occurrence_id = task.milestones[0].id, task.occurrences[0].id
    assert uses[Milestone, milestone_id] == "节点：完成招标"
    attachments.add(app, task_id, [write(tmp_path, "一.jpg")], proves=(Milestone, milestone_id))
    attachments.add(app, task_id, [write(tmp_path, "一.jpg")], proves=(Occurrence, occurrence_id))
    assert [line.belongs for line in listed(app, task_id)] == ["节点：完成招标", "3-31 周期事项"]
    with app.reading() as session:
        texts = form_texts(session, task_id)
    save_task(app, task_id, {**texts, "milestones": "8月底 竣工"})
    assert [line.belongs for line in listed(app, task_id)] == ["", "3-31 周期事项"]
    attachments.assign(app, [listed(app, task_id)[0].id], (Occurrence, occurrence_id))
    assert [line.belongs for line in listed(app, task_id)] == ["3-31 周期事项", "3-31 周期事项"]


def test_a_deleted_task_comes_back_with_all_that_hangs_on_it(app, tmp_path):
    task_id = enter(app, milestones="6月底 完成招标", recurrence="每月", quantities="路灯12盏", funding="镇补 12.5万")
    with app.reading() as session:
        milestone_id = session.get_one(Task, task_id).milestones[0].id
    attachments.add(app, task_id, [write(tmp_path, "一.jpg")], proves=(Milestone, milestone_id))
    with app.reading() as session:
        before = form_texts(session, task_id)
    removed = delete(app, [task_id], TASKS)
    with app.reading() as session:
        assert [session.query(model).count() for model in (Task, Milestone, Occurrence, Attachment)] == [0, 0, 0, 0]
    history.undo(app, [removed.operation_id])
    with app.reading() as session:
        assert form_texts(session, task_id) == before
    assert [line.belongs for line in listed(app, task_id)] == ["节点：完成招标"]
