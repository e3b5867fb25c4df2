"""Half typed forms: kept by person, told apart, found again after the process was killed, and in nobody's history."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from db.models import JournalEntry, Operation
from huajie_desktop import drafts
from huajie_desktop.application import Application
from huajie_desktop.drafts import HalfTyped
from huajie_desktop.errors import Problem
from huajie_desktop.township.seating import come_in

ROOT = Path(__file__).parents[1]
NEW = HalfTyped("checklist", {"new": True}, "新增任务 路灯", {"title": "", "unit": "倪宅村"}, {"title": "路灯", "unit": "倪宅村"})

_TYPING = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
import ui.shell.main

def type_half():
    program = next(found for found in __import__("gc").get_objects() if isinstance(found, ui.shell.main.Program))
    program.window.visit("checklist", {"new": True})
    form = program.window.pages["checklist"].form
    form.boxes["content"].editor.insertPlainText("安装路灯12盏")
    QTest.keyClicks(form.boxes["title"].editor, "half typed")
    look(program, form)

def look(program, form):
    from huajie_desktop.drafts import drafts
    with program.sitting.desk.reading() as session:
        kept = drafts(session)
    print("kept", flush=True) if kept else QTimer.singleShot(50, lambda: look(program, form))

ui.shell.main.run(Path(sys.argv[1]), actor="张三", on_usable=lambda: QTimer.singleShot(0, type_half))
"""


def left(app):
    with app.reading() as session:
        return drafts.drafts(session)


def test_a_form_is_kept_and_found_again_as_it_was(app):
    name = drafts.keep(app, NEW)
    (half,) = left(app)
    assert (half.page, half.subject, half.title, half.before, half.texts) == (
        NEW.page, NEW.subject, NEW.title, NEW.before, NEW.texts,
    )  # fmt: skip
    assert half.name == name
    assert half.typed == {"title": "路灯"}
    assert half.at.year >= 2021


def test_keeping_again_under_the_name_replaces_and_a_second_form_of_the_kind_does_not(app):
    name = drafts.keep(app, NEW)
    again = HalfTyped(NEW.page, NEW.subject, "新增任务 路灯二", NEW.before, {"title": "路灯二"}, name)
    assert drafts.keep(app, again) == name
    assert drafts.keep(app, NEW) != name
    assert sorted(half.title for half in left(app)) == ["新增任务 路灯", "新增任务 路灯二"]
    drafts.drop(app, name)
    assert [half.title for half in left(app)] == ["新增任务 路灯"]


def test_everyone_has_their_own(app):
    drafts.keep(app, NEW)
    other = come_in(app.data, "李四")
    assert left(other) == []
    drafts.drop(other, left(app)[0].name)
    assert len(left(app)) == 1, "another's cannot be dropped"


def test_a_draft_is_no_operation(app):
    with app.reading() as session:
        before = [session.scalar(select(func.count()).select_from(model)) for model in (Operation, JournalEntry)]
    drafts.drop(app, drafts.keep(app, NEW))
    with app.reading() as session:
        assert [session.scalar(select(func.count()).select_from(model)) for model in (Operation, JournalEntry)] == before


def test_trouble_with_the_file_is_a_problem_in_words(app):
    with app.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only=ON")
        connection.commit()
    with pytest.raises(Problem, match="不能写入"):
        drafts.keep(app, NEW)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_what_was_half_typed_outlives_the_killing_of_the_program(app):
    folder = app.folder
    app.data.close()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "QT_QPA_PLATFORM": "offscreen"}
    program = subprocess.Popen([sys.executable, "-c", _TYPING, str(folder)], env=environment, stdout=subprocess.PIPE)
    assert program.stdout is not None
    assert program.stdout.readline() == b"kept\n"
    program.send_signal(signal.SIGKILL)
    program.communicate()
    again = come_in(Application.open(folder), "张三")
    try:
        (half,) = left(again)
        assert half.page == "checklist"
        assert half.typed["title"] == "half typed"
        assert half.typed["content"] == "安装路灯12盏"
    finally:
        again.data.close()
