"""The log of faults says where in the program something went wrong, and nothing of what was in it."""

import os
import stat

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from db.models import Person
from huajie_desktop.faults import LOG, OLDER, record_fault

ID_NUMBER, PHONE, NAME = "330725198001011234", "13967912345", "倪成纲"
LATIN, BORN = "Wang Er", "1980-01-01"


def raised(make):
    try:
        make()
    except Exception as error:
        return error
    raise AssertionError("nothing was raised")


def chained():
    try:
        int(f"电话 {PHONE}")
    except ValueError as error:
        raise KeyError(f"{NAME} {ID_NUMBER}") from error


def in_passing():
    try:
        {}[NAME]
    finally:
        open(f"/nowhere/{NAME}{PHONE}.xlsx")  # noqa: SIM115


def by_words():
    raise RuntimeError(f"row {ID_NUMBER[:-1]}X, {PHONE[:3]} {PHONE[3:7]} {PHONE[7:]}, born {BORN} in “Jin's”")


def as_a_server_says():
    raise RuntimeError(f"duplicate key\nDETAIL:  Key (name, phone)=({LATIN}, {PHONE}) already exists.")


@pytest.mark.parametrize("make", [chained, in_passing, by_words, as_a_server_says])
def test_no_value_is_written_down(tmp_path, make):
    said = record_fault(tmp_path, raised(make))
    log = (tmp_path / LOG).read_text("utf-8")
    for value in (ID_NUMBER, ID_NUMBER[:-1], PHONE, PHONE[3:7], NAME, LATIN, BORN):
        assert value not in log, log
    assert f"in {make.__name__}" in log, "where it happened is"
    assert str(tmp_path / LOG) in said


def test_what_led_to_it_is_told_first(tmp_path):
    record_fault(tmp_path, raised(chained))
    log = (tmp_path / LOG).read_text("utf-8")
    assert log.index("builtins.ValueError: invalid literal for int() with base") < log.index("builtins.KeyError")


def test_names_of_the_programs_own_things_stay(tmp_path):
    record_fault(tmp_path, raised(lambda: None.title))
    assert "'NoneType' object has no attribute 'title'" in (tmp_path / LOG).read_text("utf-8")


@pytest.mark.parametrize("where", ["object", "statement"])
def test_what_the_database_refuses_is_written_without_its_rows(app, where):
    """A fault of the program's own: something the table does not take."""

    def keep():
        with app.operation("enter", "x") as running:
            if where == "object":
                running.session.add(Person(name=NAME, phone=PHONE, unit_id=77, search="", township_id=app.township_id))
                running.session.flush()
            else:
                said = text("INSERT INTO people (name, phone) VALUES (:name, :phone)")
                running.connection.execute(said, {"name": ID_NUMBER, "phone": PHONE})

    error = raised(keep)
    assert isinstance(error, IntegrityError), "no sentence for a clerk"
    record_fault(app.folder, error)
    log = (app.folder / LOG).read_text("utf-8")
    assert not [value for value in (NAME, PHONE, ID_NUMBER) if value in log or value in str(error)]
    assert "constraint failed" in log
    assert "INSERT INTO people" in log


def test_it_stays_small_and_is_read_by_its_user_alone(tmp_path):
    error = raised(chained)
    for _more in range(700):
        record_fault(tmp_path, error)
    sizes = {path.name: path.stat().st_size for path in tmp_path.iterdir()}
    assert set(sizes) == {LOG, OLDER}
    assert sum(sizes.values()) < 600_000, "two logs of 256 KB and the last fault"
    assert record_fault(tmp_path, RecursionError("x " * 1_000_000))
    assert (tmp_path / LOG).stat().st_size < 300_000
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / LOG).stat().st_mode) == 0o600


def test_the_sentence_promises_nothing(tmp_path):
    for folder in (tmp_path, tmp_path / "missing"):
        said = record_fault(folder, RuntimeError())
        assert "完好" not in said
        assert "可能没有做完" in said
    assert "无法写入" in said
