"""The database's file is deleted, moved or replaced under the running program: nothing is said to be kept that is not."""

import os
import shutil

import pytest
from sqlalchemy import func, select

from db.models import Task
from huajie_desktop import drafts, settings
from huajie_desktop.application import Application
from huajie_desktop.errors import Displaced, Problem
from huajie_desktop.folders import DATABASE
from huajie_desktop.township import seating
from tests.folders import lay_office
from tests.office import enter

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows lets nobody take away an open file")


def titles(folder):
    seat = seating.by_command(Application.open(folder))
    try:
        with seat.reading() as session:
            return sorted(session.scalars(select(Task.title)))
    finally:
        seat.data.close()


@pytest.fixture
def seat(tmp_path):
    opened = seating.come_in(Application.open(lay_office(tmp_path / "data")), "张三")
    enter(opened, title="之前")
    yield opened
    opened.data.close()


def delete_folder(folder):
    shutil.rmtree(folder)


def delete_file(folder):
    (folder / DATABASE).unlink()


def move_folder(folder):
    folder.rename(folder.with_name("elsewhere"))


def replace_file(folder):
    """A restore by hand: a copy that was made before is put in its place."""
    other = lay_office(folder.with_name("copy"))
    os.replace(other / DATABASE, folder / DATABASE)


LOST = [delete_folder, delete_file, move_folder, replace_file]


@pytest.mark.parametrize("lose", LOST)
def test_nothing_more_is_kept_and_that_is_said(seat, lose):
    lose(seat.folder)
    writes = (
        lambda: enter(seat, title="之后"),
        lambda: settings.keep_habit(seat, "x", 1),
        lambda: seat.keep_snapshot("home", "{}"),
        lambda: drafts.drop(seat, "x"),
    )
    for write in writes:
        with pytest.raises(Displaced, match="没有存到原来的位置.*请先另存数据"):
            write()
    with seat.reading() as session:
        assert session.scalar(select(func.count()).select_from(Task)) == 1, "it can still be read"


@pytest.mark.parametrize("lose", LOST)
def test_all_of_it_can_be_saved_elsewhere_and_goes_on_there(seat, lose, tmp_path):
    lose(seat.folder)
    with pytest.raises(Displaced):
        enter(seat, title="之后")
    (tmp_path / "saved").mkdir()
    seat.data.save_elsewhere(tmp_path / "saved" / DATABASE)
    assert [path.name for path in (tmp_path / "saved").iterdir()] == [DATABASE]
    assert titles(tmp_path / "saved") == ["之前"]


def test_a_loss_between_the_beginning_and_the_end_of_an_operation_is_said_too(seat):
    """The commit itself goes well: into a file nobody will find again."""
    with pytest.raises(Displaced), seat.operation("enter", "改") as running:
        running.session.scalar(select(Task)).remarks = "急"
        shutil.rmtree(seat.folder)


@pytest.mark.parametrize("met", [True, False])
def test_a_copy_put_in_its_place_is_whole_at_the_next_start(seat, met, tmp_path):
    """The log of the old file lies beside it, and would be written over it."""
    replace_file(seat.folder)
    if met:
        with pytest.raises(Displaced):
            enter(seat, title="之后")
        assert (seat.folder / f"{DATABASE}-wal").stat().st_size == 0, "even if the program is killed from here on"
    seat.data.close()
    assert titles(seat.folder) == []


def test_a_file_that_was_moved_away_is_whole_where_it_is(seat, tmp_path):
    (tmp_path / "kept").mkdir()
    os.replace(seat.folder / DATABASE, tmp_path / "kept" / DATABASE)
    seat.data.close()
    assert titles(tmp_path / "kept") == ["之前"]


def test_a_further_connection_does_not_open_the_other_file(seat):
    """Nor does it make an empty one where the file was."""
    with seat.reading() as session:
        session.scalar(select(func.count()).select_from(Task))
        (seat.folder / DATABASE).unlink()
        with pytest.raises(Problem, match="移走"), seat.reading() as another:
            another.scalar(select(func.count()).select_from(Task))
    assert not (seat.folder / DATABASE).exists()


def test_a_place_that_cannot_be_written_is_said_and_the_data_stays_open(seat, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Problem, match="没有另存成.*还在"):
        seat.data.save_elsewhere(tmp_path / "file" / "a.db")
    with pytest.raises(Problem, match="数据文件夹以外"):
        seat.data.save_elsewhere(seat.folder / "a.db")
    enter(seat, title="之后")
