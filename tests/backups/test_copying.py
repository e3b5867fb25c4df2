"""Copies of everything: they count only when they are whole, share what did not change, and a stick may go at any moment."""

import errno
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import select, text

from db.backup import Moment, opened_copy
from db.models import Person
from huajie_desktop.application import Application
from huajie_desktop.backups import copying, file_store, second_place
from huajie_desktop.backups.copying import NotCopied, Source, SourceDamaged, copy_everything
from huajie_desktop.backups.keeping import all_copies, keep, last_good
from huajie_desktop.backups.manifest import read_files
from huajie_desktop.backups.shelf import copies_in, size_of
from huajie_desktop.backups.thinning import DAYS, LAST, MONTHS, staying, thin_out
from huajie_desktop.errors import Cancelled, Problem
from huajie_desktop.folders import DATABASE
from huajie_desktop.occasions import Occasion
from huajie_desktop.receiving import importing, intake
from huajie_desktop.township.unit_merging import merge_people
from huajie_desktop.work import attachments
from tests.office import contents, enter
from tests.ui.hands import LAMP, book


@pytest.fixture
def office(app, tmp_path):
    """An office with a task, a photograph on it, and the original of an import."""
    record_id = enter(app)
    (tmp_path / "路灯.jpg").write_bytes(os.urandom(200_000))
    attachments.add(app, record_id, [tmp_path / "路灯.jpg"])
    intake.apply(app, importing.preview(app, [book(tmp_path / "倪宅村.xlsx", LAMP)]), skip_errors=True)
    return app


def copy(seat, place, occasion=Occasion.HAND, job=None):
    with Moment(seat.engine) as moment:
        return copy_everything(Source(seat.folder, moment), place, occasion, job)


def everything_at(place):
    """Every file of a place with its content."""
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in sorted(place.rglob("*")) if path.is_file()}


def test_a_copy_holds_the_database_the_attachments_and_the_originals(office, tmp_path):
    made = copy(office, tmp_path / "stick")
    assert made.fault == ""
    assert {file.path.split("/")[0] for file in read_files(made.folder)} == {"attachments", "imports"}
    for file in read_files(made.folder):
        assert file_store.content_at(made.store, file.digest).read_bytes() == (office.folder / file.path).read_bytes()
    with opened_copy(made.database, None) as connection:
        assert connection.execute(text("SELECT count(*) FROM tasks")).scalar() == made.manifest.rows["tasks"]
    assert made.manifest.title == "花街镇 2021 年"


def test_what_did_not_change_is_stored_once(office, tmp_path):
    first = copy(office, tmp_path / "stick")
    before = size_of(tmp_path / "stick")
    second = copy(office, tmp_path / "stick")
    assert read_files(first.folder) == read_files(second.folder)
    assert size_of(tmp_path / "stick") - before < first.manifest.size + 20_000
    assert len({path.name for path in (tmp_path / "stick/files").rglob("*") if path.is_file()}) == first.manifest.files


def test_three_copies_in_a_second_are_three(office, tmp_path):
    made = [copy(office, tmp_path / "stick").folder for _ in range(3)]
    assert len(set(made)) == 3
    assert {one.folder for one in copies_in(tmp_path / "stick")} == set(made)


def test_a_copy_of_damaged_data_does_not_count_and_the_one_before_is_last_good(office):
    good = keep_here(office)
    with office.engine.connect() as connection:
        connection.exec_driver_sql("UPDATE tasks SET title = '别的'")
        connection.commit()
    before = everything_at(office.folder / "backups")
    with pytest.raises(SourceDamaged, match="数据没有通过检查"):
        copy(office, office.folder / "backups")
    assert everything_at(office.folder / "backups") == before
    assert last_good(office.folder) == good


def keep_here(office, occasion=Occasion.HAND, **how):
    with Moment(office.engine) as moment:
        [made] = keep(Source(office.folder, moment), occasion, office.today(), **how).copies
    return made


def test_a_damaged_photograph_does_not_replace_the_right_one_in_the_copies(office, tmp_path):
    copy(office, tmp_path / "stick")
    [photo] = (office.folder / "attachments").rglob("*.jpg")
    right = photo.read_bytes()
    photo.chmod(0o666)
    photo.write_bytes(b"x" * len(right))
    again = copy(office, tmp_path / "stick")
    [kept] = [file for file in read_files(again.folder) if file.path.endswith(".jpg")]
    assert file_store.content_at(again.store, kept.digest).read_bytes() == right


class Pulls:
    """A job in the middle of which something happens to the stick."""

    def __init__(self, what, when):
        self.what, self.when = what, when

    def step(self, _done, _total, said):
        if said.startswith(self.when):
            self.what()


@pytest.mark.parametrize("when", ["备份数据库", "检查备份", "备份附件"])
def test_a_stick_pulled_in_the_middle_is_said_and_harms_no_earlier_copy(office, tmp_path, when, monkeypatch):
    monkeypatch.setattr("db.backup._PIECE", 10)
    stick, pocket = tmp_path / "stick", tmp_path / "pocket"
    copy(office, stick)
    before = everything_at(stick)
    enter(office, title="公厕改造")
    (tmp_path / "b.jpg").write_bytes(os.urandom(3_000_000))
    attachments.add(office, 1, [tmp_path / "b.jpg"])

    def pull():
        if stick.exists():
            stick.rename(pocket)

    with pytest.raises(NotCopied, match="不见了，可能是 U 盘拔掉了.*以前的备份没有动"):
        copy(office, stick, job=Pulls(pull, when))
    pocket.rename(stick)  # plugged in again, with what it had in the middle
    assert all(everything_at(stick)[name] == content for name, content in before.items())
    assert len(copies_in(stick)) == 1
    copy(office, stick)
    assert len(copies_in(stick)) == 2
    assert not [path for path in stick.rglob("*") if path.name.endswith((".part", ".tmp"))], "the rest of it was swept"


def test_a_full_stick_is_said_before_and_in_the_middle(office, tmp_path, monkeypatch):
    copy(office, tmp_path / "stick")
    before = everything_at(tmp_path / "stick")
    enter(office, title="公厕改造")
    (tmp_path / "b.jpg").write_bytes(os.urandom(300_000))
    attachments.add(office, 1, [tmp_path / "b.jpg"])

    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(file_store.os, "fsync", full)  # what the system says when the stick takes no more
        with pytest.raises(NotCopied, match="磁盘已满.*以前的备份没有动"):
            copy(office, tmp_path / "stick")
    assert everything_at(tmp_path / "stick") == before
    usage = copying.shutil.disk_usage(tmp_path)
    monkeypatch.setattr(copying.shutil, "disk_usage", lambda _path: usage._replace(free=1000))
    with pytest.raises(NotCopied, match="放不下，需要 .* MB，只剩 0.0 MB"):
        copy(office, tmp_path / "stick")
    assert everything_at(tmp_path / "stick") == before


class Tells:
    """A job that notes that it has to wait."""

    def __init__(self):
        self.waits = Event()

    def step(self, _done, _total, text):
        if text == "等前一份备份做完":
            self.waits.set()


def test_a_copy_waits_for_the_one_that_is_being_made(office, tmp_path):
    job, begun = Tells(), []

    def begin():
        if not begun:
            begun.append(pool.submit(copy, office, tmp_path / "stick", job=job))
            assert job.waits.wait(20)

    with ThreadPoolExecutor(1) as pool:
        first = copy(office, tmp_path / "stick", job=Pulls(begin, "备份附件"))
        second = begun[0].result()
    assert (first.fault, second.fault) == ("", "")
    assert {found.folder for found in copies_in(tmp_path / "stick")} == {first.folder, second.folder}


def test_a_copy_that_is_cancelled_leaves_nothing(office, tmp_path):
    def cancel():
        raise Cancelled

    with pytest.raises(Cancelled):
        copy(office, tmp_path / "stick", job=Pulls(cancel, "备份附件"))
    assert everything_at(tmp_path / "stick") == {}


def test_what_a_killed_program_left_is_swept_and_nothing_else(office, tmp_path):
    stick = tmp_path / "stick"
    made = copy(office, stick)
    (stick / "2021-01-01-000000-day.part").mkdir()
    (stick / "2021-01-01-000000-day.part" / DATABASE).write_bytes(b"half")
    (stick / "files" / "abc.tmp").write_bytes(b"half")
    (stick / "我的照片.part").mkdir()
    (stick / "说明.txt").write_text("我自己的", "utf-8")
    copy(office, stick)
    assert made.folder.exists()
    assert {path.name for path in stick.iterdir() if path.name not in [one.folder.name for one in copies_in(stick)]} == {
        "files", "我的照片.part", "说明.txt",
    }  # fmt: skip
    assert not list((stick / "files").glob("*.tmp"))


def test_the_last_ones_a_month_of_days_and_two_years_of_months_stay():
    now = datetime(2021, 12, 31, 18)
    made = [now - timedelta(hours=6 * number) for number in range(4 * 800)]
    stay = [made[number] for number in sorted(staying(made))]
    assert stay[:LAST] == made[:LAST]
    assert {moment.date() for moment in stay} >= {(now - timedelta(days=number)).date() for number in range(DAYS)}
    assert len({(moment.year, moment.month) for moment in stay}) == MONTHS
    assert len(stay) <= LAST + DAYS + MONTHS


def test_what_goes_takes_only_contents_nobody_needs(office, tmp_path, monkeypatch):
    stick = tmp_path / "stick"
    first = copy(office, stick)
    monkeypatch.setattr("huajie_desktop.backups.thinning.LAST", 1)
    [photo] = (office.folder / "attachments").rglob("*.jpg")
    gone = next(file for file in read_files(first.folder) if file.path.endswith(".jpg"))
    photo.chmod(0o666)
    photo.unlink()
    second = copy(office, stick)
    assert [one.folder for one in copies_in(stick)] == [second.folder]
    assert not file_store.content_at(second.store, gone.digest).exists()
    assert all(file_store.content_at(second.store, file.digest).exists() for file in read_files(second.folder))


def test_copies_of_another_office_and_damaged_ones_are_left_alone(office, tmp_path, monkeypatch):
    stick = tmp_path / "stick"
    first = copy(office, stick)
    monkeypatch.setattr("huajie_desktop.backups.thinning.LAST", 1)
    assert thin_out(stick, "another office") == []
    (first.folder / "files.json").write_text("?", "utf-8")
    (first.folder / DATABASE).write_bytes(b"x")
    stored = len(list((stick / "files").rglob("*")))
    shutil.rmtree(office.folder / "attachments")
    copy(office, stick)
    copy(office, stick)
    assert [one.fault for one in copies_in(stick)] == ["", "已损坏，数据库的大小不对"]
    assert len(list((stick / "files").rglob("*"))) == stored, "what it needs cannot be known"


def test_both_places_get_a_copy_and_only_where_something_was_done(office, tmp_path):
    (tmp_path / "stick").mkdir()
    second_place.name_second_place(office.folder, tmp_path / "stick", office.today())
    with Moment(office.engine) as moment:
        assert len(keep(Source(office.folder, moment), Occasion.DAY, office.today(), only_new=True).copies) == 2
        assert keep(Source(office.folder, moment), Occasion.CLOSE, office.today(), only_new=True).copies == []
    (tmp_path / "stick").rename(tmp_path / "pocket")
    enter(office, title="公厕改造")
    keep_here(office, Occasion.CLOSE, only_new=True)
    (tmp_path / "pocket").rename(tmp_path / "stick")
    made = keep_here(office, Occasion.DAY, only_new=True)
    assert made.folder.parent == tmp_path / "stick" / "清单备份"
    assert len(all_copies(office.folder)) == 4


def test_a_second_place_is_asked_for_when_it_was_not_seen_for_long(office, tmp_path):
    (tmp_path / "stick").mkdir()
    day = office.today()
    second_place.name_second_place(office.folder, tmp_path / "stick", day)
    second_place.remind_after(office.folder, 3)
    known = second_place.second_place(office.folder)
    assert [known.missed(day + timedelta(days=days)) for days in (0, 2, 3, 9)] == [0, 0, 3, 9]
    second_place.note_seen(office.folder, day + timedelta(days=9))
    assert second_place.second_place(office.folder).missed(day + timedelta(days=9)) == 0
    (tmp_path / "stick" / "清单备份").rmdir()
    assert not known.is_there, "the folder where it was plugged in is not the stick"
    with pytest.raises(Problem, match="就在数据文件夹里"):
        second_place.name_second_place(office.folder, office.folder / "backups", day)


def test_everything_is_copied_before_an_import_and_a_merge_where_somebody_sees_to_that(office, tmp_path):
    seen = []
    office.data.copy_first = lambda occasion: seen.append((occasion, len(contents(office)["tasks"])))
    before = len(contents(office)["tasks"])
    intake.apply(
        office,
        importing.preview(
            office,
            [book(tmp_path / "b.xlsx", ["干事承诺", "公厕", "一座", 3, "王五", "9月底前"], title="杨杭村2021年干事承诺清单")],
        ),
        skip_errors=True,
    )
    assert seen == [(Occasion.IMPORT, before)]
    with office.reading() as session:
        people = session.scalars(select(Person.id)).all()
    merge_people(office, people[0], people[1])
    assert seen[1:] == [(Occasion.MERGE, len(contents(office)["tasks"]))]


def test_a_program_that_did_not_come_to_its_end_is_noticed_until_the_data_was_looked_through(app):
    folder = app.folder
    app.data.close()
    again = Application.open(folder)
    assert not again.doubtful, "it was closed as it should be"
    again.engine.dispose()
    again._lock.release()  # killed: nothing is said
    for _time in range(2):
        found = Application.open(folder)
        assert found.doubtful
        found.close()
    found = Application.open(folder)
    found.doubtful = False
    found.close()
    last = Application.open(folder)
    assert not last.doubtful
    last.close()


def test_the_place_a_copy_stands_at_needs_no_links_and_no_rights(office, tmp_path):
    made = copy(office, Path(tmp_path / "stick"))
    assert all(path.stat().st_nlink == 1 and not path.is_symlink() for path in made.folder.parent.rglob("*") if path.is_file())


def test_what_a_stick_keeps_otherwise_than_it_was_written_is_no_copy(office, tmp_path, monkeypatch):
    """Cheap sticks take everything and keep something else."""
    write = os.fdopen

    class Lying:
        def __init__(self, file):
            self._file = file

        def write(self, piece):
            return self._file.write(bytes(len(piece)))

        def __getattr__(self, name):
            return getattr(self._file, name)

        def __enter__(self):
            return self

        def __exit__(self, *_error):
            self._file.close()

    monkeypatch.setattr(file_store.os, "fdopen", lambda *how: Lying(write(*how)))
    with pytest.raises(NotCopied, match="读写出错，可能是磁盘有问题或 U 盘接触不好"):
        copy(office, tmp_path / "stick")
    assert everything_at(tmp_path / "stick") == {}
