"""Papers from the checklist: what stands on them, their numbers, and what stops them."""

import errno
import os
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from sqlalchemy import event

from db.log import Act
from db.models import Paper
from huajie_desktop.application import Application
from huajie_desktop.errors import Cancelled, Problem
from huajie_desktop.journal import history
from huajie_desktop.papers import unwritten
from huajie_desktop.papers.making import Order, make, preview
from huajie_desktop.papers.paper_kinds import KINDS
from huajie_desktop.papers.register import register_lines, state_of
from huajie_desktop.papers.reporting import make_report
from huajie_desktop.papers.subject_lines import subject_lines
from huajie_desktop.papers.wordings import keep_used
from huajie_desktop.seat import SeatSession
from huajie_desktop.settings import APPROVED_ONLY, keep_rule
from huajie_desktop.township.seating import come_in
from huajie_desktop.typesetting.fonts import MissingGlyphs
from huajie_desktop.work.review import approve, send_back, submit, unlock
from tests.folders import open_office
from tests.killed import killed
from tests.office import contents, enter, recent


def text_of(file):
    document = pypdfium2.PdfDocument(file)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return "".join(text.split())


@pytest.fixture
def approved(app):
    ids = [
        enter(app),
        enter(app, title="主题党日规范化", unit="尚仁村", due="全年", responsible="王五"),
        enter(app, title="还没审"),
    ]
    submit(app, ids)
    approve(app, ids[:2])
    return ids


def test_pledge_says_what_the_unit_promised_and_nothing_unapproved(app, approved, tmp_path):
    make(app, Order("pledge"), tmp_path / "p.pdf")
    text = text_of(tmp_path / "p.pdf")
    for part in (
        "花街镇倪宅村2021年干事承诺书",
        "穿村段路灯安装",
        "2021年8月底前",
        "倪成纲张三",
        "花承诺〔2021〕1号",
        "全年持续推进",
    ):
        assert part in text, part
    assert "还没审" not in text


def test_numbers_go_on_and_unchanged_content_keeps_its_own(app, approved, tmp_path):
    first = make(app, Order("slip"), tmp_path / "a.pdf").changes
    assert make(app, Order("slip"), tmp_path / "b.pdf").changes.operation_id is None
    send_back(app, [approved[0]], "金额有误")
    submit(app, approved[:1])
    approve(app, [approved[0], approved[2]])
    make(app, Order("slip"), tmp_path / "c.pdf")
    with app.reading() as session:
        lines = {line.name: line.number for line in subject_lines(session, KINDS["slip"])}
    assert lines == {"倪宅村": "花承交〔2021〕3号", "尚仁村": "花承交〔2021〕2号"}
    with pytest.raises(history.LaterChanges):
        history.undo(app, [history_of(app, "新增任务“穿村段路灯安装”")])
    with pytest.raises(history.LaterChanges, match="花承交〔2021〕1号.*退回 1 项"):
        history.undo(app, [first.operation_id])


def test_a_number_is_not_given_again_even_when_the_making_was_taken_back(app, approved, tmp_path):
    made = make(app, Order("slip"), tmp_path / "a.pdf").changes
    history.undo(app, [made.operation_id])
    make(app, Order("slip"), tmp_path / "b.pdf")
    with app.reading() as session:
        assert [line.number for line in subject_lines(session, KINDS["slip"])] == ["花承交〔2021〕3号", "花承交〔2021〕4号"]


def test_an_unlocked_task_outdates_its_papers_and_the_same_content_again_gets_a_new_number(app, approved, tmp_path):
    for kind in ("slip", "pledge"):
        make(app, Order(kind), tmp_path / "a.pdf")
    done = unlock(app, [approved[0]], "金额有误")
    assert outdated(app, "slip") == {"倪宅村": "金额有误（“穿村段路灯安装”）", "尚仁村": ""} == outdated(app, "pledge")
    history.undo(app, [done.operation_id])
    assert set(outdated(app, "slip").values()) == {""}
    history.undo(app, [history_of(app, "撤销 解锁 1 项")])
    submit(app, approved[:1])
    approve(app, approved[:1])
    assert outdated(app, "slip")["倪宅村"], "approving again does not make the signed paper true"
    make(app, Order("slip"), tmp_path / "b.pdf")
    with app.reading() as session:
        lines = {line.name: (line.number, line.outdated) for line in subject_lines(session, KINDS["slip"])}
    assert lines == {"倪宅村": ("花承交〔2021〕3号", ""), "尚仁村": ("花承交〔2021〕2号", "")}


def outdated(app, kind):
    with app.reading() as session:
        return {line.name: line.outdated for line in subject_lines(session, KINDS[kind])}


def history_of(app, label):
    with app.reading() as session:
        return next(line.id for line in recent(session) if line.label == label)


def test_character_no_face_has_is_named_and_nothing_is_made(app, tmp_path):
    task_id = enter(app, responsible="张\U00030000三")
    submit(app, [task_id])
    approve(app, [task_id])
    before = contents(app)
    with pytest.raises(MissingGlyphs) as caught:
        make(app, Order("pledge"), tmp_path / "p.pdf")
    assert "U+30000" in str(caught.value)
    assert "倪宅村" in str(caught.value)
    assert (list(tmp_path.glob("*.pdf")), contents(app)) == ([], before)


def test_a_unit_whose_tasks_were_sent_back_meanwhile_is_left_out_by_name_and_refused_alone(app, approved, tmp_path):
    with app.reading() as session:
        ids = {line.name: line.id for line in subject_lines(session, KINDS["pledge"])}
    send_back(app, [approved[1]], "请改")
    outcome = make(app, Order("pledge", list(ids.values())), tmp_path / "p.pdf")
    assert [printed.unit for printed in outcome.printed] == ["倪宅村"]
    assert [str(fault) for fault in outcome.faults] == [
        "尚仁村没有制作，其余 1 份不受影响：还没有已确认的任务。请先审核通过任务。"
    ]
    content, looked = preview(app, Order("pledge", list(ids.values())))
    assert (len(looked.printed), looked.left[0].unit_id) == (1, ids["尚仁村"])
    with pypdfium2.PdfDocument(content) as document:
        assert [entry.get_title() for entry in document.get_toc()] == ["倪宅村承诺书", "尚仁村承诺书"]
        assert "尚仁村承诺书没有制作" in document[len(document) - 1].get_textpage().get_text_range()
    with pytest.raises(Problem, match="尚仁村还没有已确认的任务"):
        make(app, Order("pledge", [ids["尚仁村"]]), tmp_path / "p.pdf")


def test_a_task_sent_back_meanwhile_is_left_out_of_papers_by_name(app, approved, tmp_path):
    send_back(app, [approved[1]], "请改")
    outcome = make(app, Order("signoff", approved[:2]), tmp_path / "p.pdf")
    assert len(outcome.printed) == 1
    [left] = outcome.left
    assert (left.task_id, str(left.fault)) == (approved[1], "还没有确认。请先审核通过。")
    assert left.about.startswith("尚仁村《")
    assert "其余 1 份不受影响" in str(outcome.faults[0])
    with pytest.raises(Problem, match="尚仁村《主题党日规范化》没有制作：还没有确认"):
        make(app, Order("signoff", [approved[1]]), tmp_path / "q.pdf")
    with pytest.raises(Problem, match="已经不在了"):
        make(app, Order("signoff", [999_999]), tmp_path / "q.pdf")
    assert not (tmp_path / "q.pdf").exists()


def test_cancelled_printing_leaves_no_file_and_no_number(app, approved, tmp_path):
    class Impatient:
        def step(self, done, total, text):
            raise Cancelled

    before = contents(app)
    with pytest.raises(Cancelled):
        make(app, Order("pledge"), tmp_path / "p.pdf", job=Impatient())
    assert (list(tmp_path.glob("*.pdf*")), contents(app)) == ([], before)


def test_separate_files_are_named_by_unit(app, approved, tmp_path):
    outcome = make(app, Order("pledge"), tmp_path / "out", separate=True)
    assert sorted(file.name for file in outcome.files) == ["倪宅村承诺书.pdf", "尚仁村承诺书.pdf"]
    assert [printed.unit for printed in outcome.printed] == ["倪宅村", "尚仁村"]


def test_report_counts_everything(app, approved, tmp_path):
    make_report(app, tmp_path / "r.pdf", approved_only=False)
    text = text_of(tmp_path / "r.pdf")
    for part in ("共列入任务3项", "已确认2项", "还没审", "截至2021年3月1日", "统计全部任务，包括还没有确认的"):
        assert part in text, part


def test_report_counts_what_is_approved_alone_unless_the_office_wants_all_and_says_so(app, approved, tmp_path):
    make_report(app, tmp_path / "r.pdf")
    text = text_of(tmp_path / "r.pdf")
    for part in ("共列入已确认任务2项", "统计口径：只统计已确认的任务"):
        assert part in text, part
    assert "还没审" not in text
    keep_rule(app, APPROVED_ONLY, "0")
    make_report(app, tmp_path / "all.pdf")
    assert "共列入任务3项" in text_of(tmp_path / "all.pdf")


def test_report_of_nothing_approved_is_refused_and_says_what_to_do(app, tmp_path):
    enter(app)
    with pytest.raises(Problem, match="还没有已确认的任务.*只统计已确认"):
        make_report(app, tmp_path / "r.pdf")


def test_report_of_nothing_is_refused(app, tmp_path):
    with pytest.raises(Problem, match="还没有任务"):
        make_report(app, tmp_path / "r.pdf", approved_only=False)


@pytest.mark.parametrize(("day", "state"), [(9, "waiting"), (10, "waiting"), (11, "late")])
def test_a_paper_is_late_from_the_day_after_it_was_due(day, state):
    assert state_of(Paper(kind="pledge", sign_by=date(2021, 3, 10)), date(2021, 3, day)) == state


@pytest.mark.parametrize(("day", "state"), [(9, "signed"), (10, "signed"), (11, "signed_late")])
def test_a_paper_signed_on_the_day_it_was_due_was_signed_in_time(day, state):
    paper = Paper(kind="pledge", sign_by=date(2021, 3, 10), signed_on=date(2021, 3, day))
    assert state_of(paper, date(2021, 12, 31)) == state


def waiting(app):
    with app.reading() as session:
        return [(len(one.papers), [path.name for path in one.targets]) for one in unwritten.unfinished(session)]


def states(app):
    with app.reading() as session:
        return {(line.about, line.number): line.state for line in register_lines(session, app.today())}


def refuse(monkeypatch, name):
    """Lets the system refuse to put that file in place, as where the old one is open in a reader."""
    move = os.replace

    def replace(source, target):
        if Path(target).name == name and Path(source).suffix == ".tmp":
            raise PermissionError(errno.EACCES, "Permission denied", str(target))
        move(source, target)

    monkeypatch.setattr(os, "replace", replace)


def test_a_commit_that_fails_leaves_the_old_file_and_nothing_waiting(app, approved, tmp_path):
    target = tmp_path / "p.pdf"
    make(app, Order("pledge", None, {"监督电话": "1"}), target)
    old, before = target.read_bytes(), contents(app)

    def full(_session):
        raise OSError(errno.ENOSPC, "No space left on device")

    event.listen(SeatSession, "before_commit", full)
    try:
        with pytest.raises(Problem, match="磁盘已满"):
            make(app, Order("pledge", None, {"监督电话": "2"}), target)
    finally:
        event.remove(SeatSession, "before_commit", full)
    assert (target.read_bytes(), contents(app), waiting(app)) == (old, before, [])
    assert [file.name for file in tmp_path.glob("*.*")] == ["p.pdf"]
    make(app, Order("pledge", None, {"监督电话": "2"}), target)
    assert "花承诺〔2021〕3号" in text_of(target)
    assert not list((app.folder / "unwritten").iterdir()), "what was never kept is let go"


def test_files_that_cannot_be_put_in_place_wait_with_their_numbers_and_the_old_ones_stay(app, approved, tmp_path, monkeypatch):
    out = tmp_path / "out"
    make(app, Order("pledge", None, {"监督电话": "1"}), out, separate=True)
    old = {file.name: file.read_bytes() for file in out.iterdir()}
    with monkeypatch.context() as patched:
        refuse(patched, "尚仁村承诺书.pdf")
        outcome = make(app, Order("pledge", None, {"监督电话": "2"}), out, separate=True)
    assert {file.name: file.read_bytes() for file in out.iterdir()} == old
    assert outcome.files == []
    [fault] = outcome.faults
    for words in ("尚仁村承诺书.pdf", "原有文件都没有改动", "2 份已编号登记，还没有写出"):
        assert words in str(fault)
    assert waiting(app) == [(2, ["倪宅村承诺书.pdf", "尚仁村承诺书.pdf"])]
    assert states(app) == {
        ("倪宅村", "花承诺〔2021〕1号"): "waiting", ("尚仁村", "花承诺〔2021〕2号"): "waiting",
        ("倪宅村", "花承诺〔2021〕3号"): "making", ("尚仁村", "花承诺〔2021〕4号"): "making",
    }  # fmt: skip
    with app.reading() as session:
        [left] = unwritten.unfinished(session)
    unwritten.write_again(app, left)
    assert waiting(app) == []
    assert set(states(app).values()) == {"waiting"}
    assert "花承诺〔2021〕4号" in text_of(out / "尚仁村承诺书.pdf")


def test_made_again_elsewhere_keeps_the_numbers_and_nothing_waits(app, approved, tmp_path, monkeypatch):
    with monkeypatch.context() as patched:
        refuse(patched, "p.pdf")
        make(app, Order("pledge"), tmp_path / "p.pdf")
    with app.reading() as session:
        first = next(line.id for line in subject_lines(session, KINDS["pledge"]) if line.name == "倪宅村")
    make(app, Order("pledge", [first]), tmp_path / "one.pdf")
    assert waiting(app) == [(1, ["p.pdf"])], "of one of the two there is a file now"
    assert states(app) == {("倪宅村", "花承诺〔2021〕1号"): "waiting", ("尚仁村", "花承诺〔2021〕2号"): "making"}
    assert not make(app, Order("pledge"), tmp_path / "both.pdf").changes
    assert waiting(app) == []
    assert "花承诺〔2021〕2号" in text_of(tmp_path / "both.pdf")


def test_papers_made_before_are_not_said_to_be_unwritten_when_their_copy_fails(app, approved, tmp_path, monkeypatch):
    make(app, Order("pledge"), tmp_path / "a.pdf")
    with monkeypatch.context() as patched:
        refuse(patched, "b.pdf")
        outcome = make(app, Order("pledge"), tmp_path / "b.pdf")
    assert "b.pdf" in str(outcome.faults[0])
    assert "还没有写出" not in str(outcome.faults[0])
    assert (waiting(app), set(states(app).values())) == ([], {"waiting"})


def test_a_making_that_was_taken_back_is_not_offered(app, approved, tmp_path, monkeypatch):
    with monkeypatch.context() as patched:
        refuse(patched, "p.pdf")
        made = make(app, Order("pledge"), tmp_path / "p.pdf").changes
    history.undo(app, [made.operation_id])
    assert waiting(app) == []


def test_one_faulty_paper_does_not_stop_the_others_and_is_named(app, approved, tmp_path):
    bad = enter(app, title="坏字\U0002ffff桥", unit="杨杭村")
    submit(app, [bad])
    approve(app, [bad])
    outcome = make(app, Order("pledge"), tmp_path / "p.pdf")
    assert [printed.unit for printed in outcome.printed] == ["倪宅村", "尚仁村"]
    [fault] = outcome.faults
    for words in ("杨杭村 1 份没有制作", "其余 2 份不受影响", "坏字", "U+2FFFF"):
        assert words in str(fault)
    assert (outcome.left[0].about, outcome.left[0].task_id) == ("杨杭村", bad)
    assert {about for about, _number in states(app)} == {"倪宅村", "尚仁村"}, "no number for what was not made"
    content, looked = preview(app, Order("pledge"))
    assert (len(looked.printed), len(looked.faults)) == (2, 1)
    with pypdfium2.PdfDocument(content) as document:
        titles = [entry.get_title() for entry in document.get_toc()]
        assert titles == ["倪宅村承诺书", "杨杭村承诺书", "尚仁村承诺书"], "the preview has a page in its place"
        page = next(
            page.get_textpage().get_text_range() for page in document if "没有制作" in page.get_textpage().get_text_range()
        )
    for words in ("杨杭村承诺书没有制作", "杨杭村《坏字〓桥》承诺事项", "U+2FFFF", "预览，没有编号"):
        assert words in page.replace("\r\n", "")


def test_a_wording_that_fails_for_one_kind_of_unit_stops_those_units_alone(app, approved, tmp_path):
    """The pledge of offices was worded wrongly by an older program: villages get theirs, and no number is used up."""
    office = enter(app, title="值班", unit="党政办公室")
    submit(app, [office])
    approve(app, [office])
    with app.operation(Act.ARRANGE, "以前的措辞") as running:
        keep_used(running.session, "pledge-office", "{单位}承诺书\n{没有这个}\n{承诺事项表}", "王五")
    outcome = make(app, Order("pledge"), tmp_path / "p.pdf")
    assert [printed.unit for printed in outcome.printed] == ["倪宅村", "尚仁村"]
    assert {number for _about, number in states(app)} == {"花承诺〔2021〕1号", "花承诺〔2021〕2号"}
    [fault] = outcome.faults
    assert str(fault).startswith("党政办公室没有制作，其余 2 份不受影响：")
    assert "没有这个" in str(fault)
    assert len(preview(app, Order("pledge"))[1].printed) == 2


_MAKE = """
from huajie_desktop.papers import unwritten
from huajie_desktop.papers.making import Order, make, preview
die_at(*{where})
make(seat(), Order("pledge"), out, separate=True)
"""


@pytest.mark.parametrize("where", [(".pdf", 1), (".pdf", 2), (".papers", 1)], ids=str)
def test_no_number_is_given_twice_however_the_making_was_killed(tmp_path, where):
    """Either nothing is registered and no file bears a number, or the files come back with the numbers they had."""
    office = open_office(tmp_path / "data", date(2021, 3, 1))
    ids = [enter(office), enter(office, unit="尚仁村")]
    submit(office, ids)
    approve(office, ids)
    office.data.close()
    out = tmp_path / "out"
    out.mkdir()
    killed(_MAKE.format(where=where), tmp_path / "data", out, tmp_path / "system")
    app = come_in(Application.open(tmp_path / "data", today=lambda: date(2021, 3, 1)), "张三")
    try:
        registered = states(app)
        if where[0] == ".papers":
            assert (registered, waiting(app), list(out.iterdir())) == ({}, [], [])
        else:
            assert set(registered.values()) == {"making"}
            assert len(list(out.iterdir())) == 2, "they were on the way to their places and came there, all of them"
            assert waiting(app) == [(2, ["倪宅村承诺书.pdf", "尚仁村承诺书.pdf"])]
            with app.reading() as session:
                left = unwritten.unfinished(session)
            unwritten.write_again(app, left[0])
        make(app, Order("pledge"), tmp_path / "all.pdf")
        numbers = {about: number for about, number in states(app)}
        assert len(set(numbers.values())) == 2
        for village in ("倪宅村", "尚仁村"):
            if where[0] == ".pdf":
                assert numbers[village] in text_of(out / f"{village}承诺书.pdf")
            assert numbers[village] in text_of(tmp_path / "all.pdf")
    finally:
        app.data.close()
