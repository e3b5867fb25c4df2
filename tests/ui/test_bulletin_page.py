"""The bulletin's tab: a month's figures, each a way to its tasks, and one button for PDF, Word document and workbook."""

from datetime import date

import pytest
from pypdfium2 import PdfDocument
from PySide6.QtCore import Qt
from sqlalchemy import select

from db.ledgers.progress import Progress
from db.log import Act
from db.models import Paper, Task, Unit
from huajie_desktop.lights.light import BEHIND, NORMAL, OVERDUE, SOON, WAITING
from huajie_desktop.supervision.bulletin import bulletin_of
from huajie_desktop.work import review
from tests.office import enter
from tests.ui.hands import choose, wait
from tests.ui.keys import press
from ui.pages.report.report_page import ReportPage

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def part(app, window):
    """Two villages: one with four tasks, of which one is overdue by the end of February, one with five and a report."""
    ids = [enter(app, title=f"任务{n}", unit="倪宅村", due="2021-02-20" if n == 0 else "8月底前") for n in range(4)]
    ids += [enter(app, title=f"事项{n}", unit="杨杭村") for n in range(5)]
    review.submit(app, ids)
    review.approve(app, ids)
    with app.operation(Act.CHANGE, "进展") as running:
        task = running.session.get_one(Task, ids[-1])
        running.session.add(
            Progress(task_id=task.id, unit_id=task.unit_id, title=task.title, month="02", stage="underway", percent=20, state="draft",
                     reported_on=date(2021, 2, 26), campaign_id=task.campaign_id)
        )  # fmt: skip
    window.visit("report")
    page = window.pages["report"]
    assert isinstance(page, ReportPage)
    page.tabs.button("bulletin").click()
    page.bulletin.months.setFocus()
    press(Qt.Key.Key_Up)
    return page.bulletin


def words_of(part):
    column = [one.key for one in part.table.model.columns]
    return {
        line.title: {key: part.table.model.index(row, place).data() for place, key in enumerate(column)}
        for row, line in enumerate(part.table.lines.values())
    }


def test_the_month_stands_there_as_it_is_counted_and_each_line_leads_to_its_tasks(app, part, window):
    assert part.months.currentText() == "2月"
    assert part._day.text() == "截至2021年2月28日，已确认的任务 9 项"
    with app.reading() as session:
        counted = bulletin_of(session, date(2021, 2, 28))
        unit_id = session.scalar(select(Unit.id).where(Unit.name == "倪宅村"))
    shown = words_of(part)
    assert list(shown) == ["倪宅村", "杨杭村", "合计"]
    for name, line in zip(shown, (*counted.units, counted.whole), strict=True):
        told = {key: shown[name][key] for key in ("tasks", "due", "done", OVERDUE, "unreported")}
        expected = (line.tasks, line.due, line.done, line.overdue, line.unreported)
        assert told == dict(zip(told, map(str, expected), strict=True))
    assert (shown["倪宅村"][OVERDUE], shown["倪宅村"]["place"], shown["杨杭村"]["place"]) == ("1", "2", "1")
    assert "一是任务逾期。逾期未办结1项：倪宅村1项。" in part.asked.texts()["存在问题"]
    part.tabs.button("category").click()
    assert list(words_of(part)) == ["干事承诺", "合计"]
    part.tabs.button("unit").click()
    part.table.view.setFocus()
    part.table.view.setCurrentIndex(part.table.model.index(0, 0))
    press(Qt.Key.Key_Return)
    assert window.current == "checklist"
    checklist = window.pages["checklist"]
    assert checklist.list.filters.wanted.unit_id == unit_id
    assert checklist.table.count == counted.units[0].tasks


def test_one_button_makes_pdf_word_and_workbook_and_words_can_be_changed_before(
    part, app, window, desk, qtbot, monkeypatch, tmp_path
):
    window.pages["report"].tabs.button("bulletin").setFocus()  # where the mouse left the keys
    press(Qt.Key.Key_F9)
    wait(qtbot, desk)
    assert part.shelf.view.pages is not None
    assert not part.shelf.files
    part.asked._body.boxes["存在问题"].editor.set_value("个别村重视不够。")
    choose(monkeypatch, target=tmp_path / "out" / "通报.pdf")
    press(Qt.Key.Key_P, CTRL)
    wait(qtbot, desk)
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == ["通报.docx", "通报.pdf", "通报.xlsx"]
    assert (window.messages.kind, "通报.xlsx" in window.messages.text) == ("done", True)
    assert part.shelf.files == [tmp_path / "out" / "通报.pdf"]
    with PdfDocument(part.shelf.files[0]) as document:
        text = "".join("".join(page.get_textpage().get_text_range().split()) for page in document)
    assert "个别村重视不够。" in text
    assert "一是任务逾期" not in text
    desk.undo()
    with app.reading() as session:
        assert not session.scalars(select(Paper)).all()


def test_the_number_of_a_light_leads_to_just_those_tasks_as_they_were_then(app, part, window, desk):
    """Enter in a light's column, line by line: the list has as many rows as the number says, and says of which day."""
    review.submit(app, [late := enter(app, title="逾期", unit="倪宅村", due="2021-02-21")])
    review.approve(app, [late])
    with app.operation(Act.CHANGE, "办结") as running:
        running.session.get_one(Task, late).finished_on = date(2021, 3, 9)  # red at the end of the month, done today
    part.refresh()
    keys, checked = [column.key for column in part.table.model.columns], 0
    for row, (name, said) in enumerate(words_of(part).items()):
        for key in (OVERDUE, BEHIND, SOON, WAITING, NORMAL):
            window.visit("report")
            part.table.view.setCurrentIndex(part.table.model.index(row, keys.index(key)))
            part.table.view.setFocus()
            press(Qt.Key.Key_Return)
            assert window.current == "checklist"
            assert str(window.pages["checklist"].table.count) == said[key], (name, key)
            checked += int(said[key])
    assert checked == 20
    assert words_of(part)["倪宅村"][OVERDUE] == "2"
    assert desk.day == date(2021, 2, 28)


def test_without_confirmed_tasks_it_says_what_to_do_first(window):
    window.visit("report", "bulletin")
    part = window.pages["report"].bulletin
    assert part.table.empty.isVisible()
    assert not part.make.isEnabled()
    assert not window.pages["report"].make.isVisible()
