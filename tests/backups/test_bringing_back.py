"""Bringing copies back: to the last digit, never over an open database, and refused in a true sentence where it cannot be."""

import json
import os
import shutil

import pypdfium2
import pytest

from db.backup import Moment
from db.opening import open_engine
from huajie_desktop.application import Application
from huajie_desktop.backups.bringing_back import NotBroughtBack, bring_back
from huajie_desktop.backups.copying import Source, copy_everything
from huajie_desktop.backups.drill import rehearse
from huajie_desktop.backups.file_store import content_at
from huajie_desktop.backups.manifest import read_files
from huajie_desktop.backups.shelf import copies_in
from huajie_desktop.errors import Cancelled, Problem
from huajie_desktop.folders import DATABASE
from huajie_desktop.occasions import Occasion
from huajie_desktop.papers.drill_sheet import write_drill
from huajie_desktop.township.seating import come_in, set_up
from huajie_desktop.work import attachments
from tests.backups.test_copying import Pulls, copy
from tests.office import contents, enter


@pytest.fixture
def office(app, tmp_path):
    """An office with a task and a photograph on it."""
    record_id = enter(app)
    (tmp_path / "路灯.jpg").write_bytes(os.urandom(200_000))
    attachments.add(app, record_id, [tmp_path / "路灯.jpg"])
    return app


def back_at_the_desk(folder, today):
    return come_in(Application.open(folder, today=lambda: today), "张三")


def test_what_was_done_since_is_gone_and_kept_first_as_a_copy(office, tmp_path, today):
    before, made = contents(office), copy(office, tmp_path / "stick")
    enter(office, title="公厕改造")
    later = contents(office)
    office.data.close()
    done = bring_back(made, office.folder)
    again = back_at_the_desk(office.folder, today)
    assert contents(again) == before
    again.data.close()
    [kept] = [one for one in copies_in(office.folder / "backups") if one.folder == done.before]
    assert kept.occasion == Occasion.RESTORE
    bring_back(kept, office.folder)
    again = back_at_the_desk(office.folder, today)
    assert contents(again) == later
    again.data.close()


def test_a_destroyed_folder_comes_back_with_its_files(office, tmp_path, today):
    before, made = contents(office), copy(office, tmp_path / "stick")
    office.data.close()
    shutil.rmtree(office.folder)
    done = bring_back(made, office.folder)
    assert (done.before, done.lost) == (None, [])
    again = back_at_the_desk(office.folder, today)
    with again.reading() as session:
        assert attachments.missing(session, again.folder, thorough=True) == []
    assert contents(again) == before
    again.data.close()


def test_never_over_an_open_database(office, tmp_path):
    made = copy(office, tmp_path / "stick")
    with pytest.raises(Problem, match="另一个窗口中使用"):
        bring_back(made, office.folder)
    assert contents(office)["tasks"]


@pytest.mark.parametrize("damaged", [False, True])
def test_a_log_left_by_a_killed_program_does_not_come_over_what_was_brought_back(office, tmp_path, today, damaged):
    before, made = contents(office), copy(office, tmp_path / "stick")
    enter(office, title="公厕改造")
    killed = tmp_path / "killed"
    shutil.copytree(office.folder, killed)  # with the log as it lies there while the program runs
    assert (killed / f"{DATABASE}-wal").stat().st_size > 0
    if damaged:
        (killed / DATABASE).write_bytes(b"no database any more" * 1000)
    bring_back(made, killed)
    again = back_at_the_desk(killed, today)
    assert contents(again) == before
    again.data.close()


def test_damaged_data_is_put_aside_as_it_is(office, tmp_path, today):
    before, made = contents(office), copy(office, tmp_path / "stick")
    office.data.close()
    damaged = b"no database any more" * 1000
    (office.folder / DATABASE).write_bytes(damaged)
    done = bring_back(made, office.folder)
    assert (done.before / DATABASE).read_bytes() == damaged
    [aside] = copies_in(office.folder / "backups")
    assert aside.fault == "是没有通过检查的原数据，只作留存"
    again = back_at_the_desk(office.folder, today)
    assert contents(again) == before
    again.data.close()


def test_what_is_damaged_without_a_word_is_put_aside_too(office, tmp_path):
    made = copy(office, tmp_path / "stick")
    with office.engine.connect() as connection:
        connection.exec_driver_sql("UPDATE tasks SET title = '别的'")
        connection.commit()
    office.data.close()
    done = bring_back(made, office.folder)
    with open_engine(done.before / DATABASE).connect() as connection:
        assert connection.exec_driver_sql("SELECT title FROM tasks").scalar() == "别的"


def refused(made, folder, words, key=None):
    before = (folder / DATABASE).read_bytes() if (folder / DATABASE).exists() else None
    with pytest.raises(NotBroughtBack, match=words) as told:
        bring_back(made, folder, key)
    assert ((folder / DATABASE).read_bytes() if (folder / DATABASE).exists() else None) == before
    assert not (folder / "restored.part").exists()
    assert "现在的数据没有动" in str(told.value)
    return told.value


def test_a_damaged_copy_is_refused_and_the_one_before_offered(office, tmp_path):
    first = copy(office, tmp_path / "stick")
    enter(office, title="公厕改造")
    second = copy(office, tmp_path / "stick")
    office.data.close()
    content = bytearray(second.database.read_bytes())
    content[len(content) // 2] ^= 1
    second.database.write_bytes(content)
    told = refused(second, office.folder, "已损坏，没有恢复")
    assert told.instead == first
    assert f"可以改用它前面的一份：{first.name}" in str(told)
    second.database.write_bytes(bytes(content[:-10]))
    assert refused(copies_in(tmp_path / "stick")[0], office.folder, "已损坏，数据库的大小不对").instead == first
    (second.folder / "copy.json").unlink()
    broken_off = next(one for one in copies_in(tmp_path / "stick") if one.folder == second.folder)
    assert refused(broken_off, office.folder, "不完整").instead == first


def test_a_copy_by_a_newer_program_is_refused(office, tmp_path):
    made = copy(office, tmp_path / "stick")
    office.data.close()
    said = json.loads((made.folder / "copy.json").read_text("utf-8"))
    (made.folder / "copy.json").write_text(json.dumps({**said, "schema": "9999"}), "utf-8")
    refused(copies_in(tmp_path / "stick")[0], office.folder, "更新版本的程序做的")


def test_a_copy_of_another_office_is_refused_where_there_is_data_and_taken_where_there_is_none(office, tmp_path, today):
    other = set_up(Application.create(tmp_path / "other"), "新塘镇", 2022, "李四")
    made = copy(other, tmp_path / "stick")
    other.data.close()
    office.data.close()
    told = refused(made, office.folder, "另一份数据的（新塘镇 2022 年）")
    assert "换一个空的数据文件夹" in str(told)
    bring_back(made, tmp_path / "new")
    again = come_in(Application.open(tmp_path / "new"), "李四")
    assert again.year == 2022
    again.data.close()


def test_an_encrypted_copy_is_called_so_and_not_damaged(tmp_path):
    engine = open_engine(tmp_path / DATABASE, "口令")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE t (a)")
    with Moment(engine) as moment:
        made = copy_everything(Source(tmp_path, moment, "口令"), tmp_path / "stick", Occasion.HAND)
    engine.dispose()
    refused(made, tmp_path / "new", "是加密的，没有口令打不开")
    refused(made, tmp_path / "new", "已损坏", key="别的口令")
    bring_back(made, tmp_path / "new", "口令")
    assert not (tmp_path / "new" / DATABASE).read_bytes().startswith(b"SQLite format 3")


def test_a_file_the_copy_has_lost_is_named_and_the_rest_comes_back(office, tmp_path):
    made = copy(office, tmp_path / "stick")
    [photo] = read_files(made.folder)
    content_at(made.store, photo.digest).write_bytes(b"x")
    office.data.close()
    assert bring_back(made, tmp_path / "new").lost == [photo.path]
    assert not list((tmp_path / "new" / "attachments").rglob("*.jpg"))
    assert bring_back(made, office.folder).lost == [], "it still lies there as it should be"


def test_no_file_of_a_copy_gets_out_of_the_data_folder(office, tmp_path):
    made = copy(office, tmp_path / "stick")
    [photo] = json.loads((made.folder / "files.json").read_text("utf-8"))
    (made.folder / "files.json").write_text(json.dumps([["../outside.jpg", *photo[1:]]]), "utf-8")
    assert bring_back(made, tmp_path / "new" / "data").lost == ["../outside.jpg"]
    assert not (tmp_path / "new" / "outside.jpg").exists()


def test_cancelled_or_pulled_in_the_middle_it_leaves_everything_as_it_was(office, tmp_path, today):
    made = copy(office, tmp_path / "stick")
    enter(office, title="公厕改造")
    before = contents(office)
    office.data.close()

    def cancel():
        raise Cancelled

    for when in ("取回数据库", "检查备份"):
        with pytest.raises(Cancelled):
            bring_back(made, office.folder, job=Pulls(cancel, when))
    (tmp_path / "new").mkdir()
    with pytest.raises(NotBroughtBack, match="可能是 U 盘拔掉了"):
        bring_back(made, tmp_path / "new", job=Pulls(lambda: shutil.rmtree(tmp_path / "stick", ignore_errors=True), "取回数据库"))
    again = back_at_the_desk(office.folder, today)
    assert contents(again) == before
    again.data.close()


def test_a_drill_compares_what_came_back_and_says_so_on_one_sheet(office, tmp_path, today):
    made = copy(office, tmp_path / "stick")
    enter(office, title="公厕改造")
    done = write_drill(made, office.folder, tmp_path / "演练.pdf", today)
    assert done.worked
    assert done.later == 1
    assert "恢复演练成功" in sheet(tmp_path / "演练.pdf")
    assert "任务1条1条一致" in sheet(tmp_path / "演练.pdf")
    assert len(contents(office)["tasks"]) == 2, "the data is not touched"


def test_a_drill_that_fails_says_so_on_paper(office, tmp_path, today):
    made = copy(office, tmp_path / "stick")
    [photo] = read_files(made.folder)
    content_at(made.store, photo.digest).unlink()
    assert not write_drill(made, office.folder, tmp_path / "演练.pdf", today).worked
    assert "恢复演练没有成功：有1项对不上" in sheet(tmp_path / "演练.pdf")
    assert "不一致" in sheet(tmp_path / "演练.pdf")
    made.database.write_bytes(b"x" * made.manifest.size)
    done = rehearse(made, office.folder)
    assert "已损坏" in done.refusal
    assert not done.worked


def sheet(file):
    document = pypdfium2.PdfDocument(file)
    assert len(document) == 1
    found = "".join(document[0].get_textpage().get_text_range().split())
    document.close()
    return found
