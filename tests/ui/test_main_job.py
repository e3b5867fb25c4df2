"""The main job from beginning to end as a person does it: 27 files in, mended, approved, printed, and all of it taken back."""

from pypdfium2 import PdfDocument
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import func, select

from db.models import Task, Unit
from db.organisation import VILLAGE_KINDS
from tests.conftest import SAMPLES
from tests.office import contents
from tests.ui.hands import answer, choose, wait
from tests.ui.keys import CTRL, go_to_page, press, type_text

FILES = sorted(file for file in (SAMPLES / "villages-2021").iterdir() if file.suffix != ".json")
SENSIBLE = {  # what a clerk who asked the village types
    "due": "10月底前",
    "investment": "5",
    "responsible": "李四",
    "category": "平安创建",
}


def tasks(app):
    """How many tasks of villages and of the township there are, by state."""
    village = Unit.kind.in_(VILLAGE_KINDS)
    with app.reading() as session:
        statement = select(Task.state, village, func.count()).join(Unit, Unit.id == Task.unit_id).group_by(Task.state, village)
        return {
            (state, "village" if is_village else "township"): count for state, is_village, count in session.execute(statement)
        }


def mend_row(detail):
    """Types over every faulty field of the row with the cursor, as Enter leads from one to the next."""
    faults = [name for name, box in detail.boxes.items() if box.issue and box.editor.property("wrong")]
    for name in faults:
        assert QApplication.focusWidget() is detail.boxes[name].editor, f"Enter leads to {name}"
        QApplication.focusWidget().selectAll()
        type_text(SENSIBLE[name])
        press(Qt.Key.Key_Return)
        if getattr(detail.boxes[name].editor, "list_open", False):
            press(Qt.Key.Key_Return)
    return faults


def test_the_main_job_from_the_files_to_the_papers_and_back(window, app, desk, qtbot, monkeypatch, tmp_path):
    before = contents(app)

    # 27 files into the preview
    go_to_page("import")
    page = window.pages["import"]
    choose(monkeypatch, files=FILES)
    press(Qt.Key.Key_O, CTRL)
    wait(qtbot, desk)
    preview, rows, detail = page.preview, page.pane.rows, page.pane.detail
    assert len(FILES) == len(preview.files) == 27
    assert preview.counts() == {"new": 291, "warning": 14, "error": 13}
    assert len(rows.table.model.ids) == 27, "the rows to look at come first"
    assert not page.apply.isEnabled()
    assert contents(app) == before, "a preview writes nothing"

    # skip the two repeated and the two nameless ones
    for row in [row for row in preview.rows if row.record.title is None] + rows.twins():
        rows.go_to(row)
        rows.setFocus()
        press(Qt.Key.Key_Delete)
    assert preview.counts() == {"new": 291, "warning": 13, "error": 10, "skipped": 4}

    # mend the ten faulty ones: Enter goes from fault to fault, passing the doubtful ones by
    mended = []
    rows.table.put_cursor(0)
    rows.setFocus()
    press(Qt.Key.Key_Return)
    for _ in range(100):
        row = rows.current()
        if row.status == "error":
            mended.append((row.where, tuple(mend_row(detail))))
        else:
            press(Qt.Key.Key_Return)
        if not preview.counts()["error"]:
            break
    assert len(mended) == 10
    assert preview.counts() == {"new": 301, "warning": 13, "skipped": 4}
    assert page.apply.isEnabled()
    assert page.apply.text() == "导入 314 项"

    # take them in
    press(Qt.Key.Key_Return, CTRL)
    wait(qtbot, desk)
    assert "导入 314 项任务" in page.result.sentence.text()
    assert len(page.outcome.left_out) == 4
    assert tasks(app) == {("submitted", "village"): 254, ("submitted", "township"): 60}

    # the same files again: every task is known
    imported = contents(app)
    press(Qt.Key.Key_O, CTRL)
    wait(qtbot, desk)
    assert page.preview.counts() == {"same": 314, "skipped": 4}, "what was skipped stays skipped"
    page.close_preview.trigger()
    assert contents(app) == imported

    # look at what is doubted, approve all
    go_to_page("review")
    press(Qt.Key.Key_A, CTRL)
    press(Qt.Key.Key_F8)
    press(Qt.Key.Key_A, CTRL)
    press(Qt.Key.Key_Return, CTRL)
    assert tasks(app) == {("approved", "village"): 254, ("approved", "township"): 60}

    # all pledges and all slips, one bookmark for each of the 26 villages and 8 offices
    go_to_page("papers")
    papers = window.pages["papers"].making
    for kind, name in (("pledge", "承诺书"), ("slip", "承诺交办单")):
        file = tmp_path / f"{name}.pdf"
        choose(monkeypatch, target=file)
        papers.choose(kind)
        assert papers._count.text() == "已选 34 个单位，314 项已确认的任务"
        press(Qt.Key.Key_S, CTRL | Qt.KeyboardModifier.ShiftModifier)
        wait(qtbot, desk)
        with PdfDocument(file) as document:
            titles = [entry.get_title() for entry in document.get_toc()]
            pages = len(document)
        assert len(titles) == len(set(titles)) == 34
        assert all(title.endswith(name) for title in titles)
        assert pages >= 34
        assert len(papers.shelf.view.pages) == pages, "the preview shows what was made"

    # take the import back, and with it, after a question that names them, all that was done on it
    go_to_page("import")
    page.tabs.button("past").click()
    seen: list[str] = []
    answer("一并撤销", seen)
    page.batches.undo_action.trigger()
    qtbot.waitUntil(lambda: not desk.jobs.busy and not page.batches.undo_action.isEnabled())
    for step in ("审核通过 314 项", "制作承诺书", "制作承诺交办单"):
        assert step in seen[0]
    # Every table that holds content is as before, row by row. Not compared: counters (a number on paper is never given
    # again), operations, journal and import batches (the log of what was done, which only grows); what was taught by
    # mending stays as well, which is a step of its own.
    assert contents(app) | {"corrections": []} == before

    # and taking that back brings everything again
    window.activateWindow()  # as a desktop does when a dialog closes
    qtbot.waitUntil(window.isActiveWindow)
    press(Qt.Key.Key_Z, CTRL)
    wait(qtbot, desk)
    assert tasks(app) == {("approved", "village"): 254, ("approved", "township"): 60}
    press(Qt.Key.Key_Y, CTRL)
    wait(qtbot, desk)
    assert contents(app) | {"corrections": []} == before
