"""One rare character among 34 pledges: 33 are printed in two clicks, the other is named with the way to its record."""

import pytest
from pypdfium2 import PdfDocument
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from sqlalchemy import select

from db.models import Paper, Task, Unit
from huajie_desktop.work import review
from tests.office import enter
from tests.ui.hands import choose, wait
from tests.ui.keys import go_to_page, press
from ui.desk.dossier import save_dossiers
from ui.shell.navigation import NavigationButton
from ui.widgets.buttons import ActionButton

RARE = "\U0002ffff"  # which no font can have
OFFICES = ("党政办公室", "党建办公室", "综治办公室", "农业农村办公室", "城建办公室", "财政办公室", "民政办公室", "司法所")


class Clicks(QObject):
    """Counts what a person does with mouse and keyboard."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        QApplication.instance().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched.isWidgetType() and event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.KeyPress):
            self.count += 1
        return False


@pytest.fixture
def clicks(window):
    made = Clicks()
    yield made
    QApplication.instance().removeEventFilter(made)


@pytest.fixture
def bad(app, window):
    """34 units with an approved task each; the title of 金杜村's has a character no font has. Returns that task."""
    with app.reading() as session:
        villages = list(session.scalars(select(Unit.name).where(Unit.kind.in_(("village", "committee"))).order_by(Unit.id)))[:26]
    assert "金杜村" in villages
    ids = {name: enter(app, title=f"坏{RARE}字" if name == "金杜村" else "路灯", unit=name) for name in (*villages, *OFFICES)}
    review.submit(app, list(ids.values()))
    review.approve(app, list(ids.values()))
    return ids["金杜村"]


def click(widget):
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(widget.width() // 2, widget.height() // 2))


def button_of(page, action):
    return next(found for found in page.findChildren(ActionButton) if found._action is action)


def test_33_of_34_pledges_are_printed_in_two_clicks_and_the_other_is_a_click_away(
    window, app, desk, bad, clicks, qtbot, monkeypatch, tmp_path
):
    file = tmp_path / "打印.pdf"

    def accept(dialog):
        """The printer's dialog is answered as it stands."""
        dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        dialog.printer().setOutputFileName(str(file))
        return 1

    monkeypatch.setattr(QPrintDialog, "exec", accept)
    click(next(found for found in window.findChildren(NavigationButton) if found.key == "papers"))
    page = window.pages["papers"]
    assert page.making._count.text() == "已选 34 个单位，34 项已确认的任务"
    click(button_of(page, page.making.print))
    wait(qtbot, desk)
    assert clicks.count == 2
    with app.reading() as session:
        assert len(session.scalars(select(Paper.id)).all()) == 33
    with PdfDocument(file) as made:
        assert len(made) >= 33
    assert window.messages.kind == "warning"
    for words in ("33 份", f"金杜村 1 份没有制作：金杜村《坏{RARE}字》承诺事项", "U+2FFFF", "没有一种字体有这个字"):
        assert words in window.messages.text
    click(next(found for found in window.messages.findChildren(QPushButton) if "去看这项任务" in found.text()))
    assert window.current == "checklist"
    assert window.pages["checklist"].form.record_id == bad


def test_the_preview_shows_a_page_in_the_place_of_the_one_that_is_left_out(window, desk, bad, qtbot):
    go_to_page("papers")
    making = window.pages["papers"].making
    press(Qt.Key.Key_F9)
    wait(qtbot, desk)
    assert window.messages.text.startswith("33 份，共")
    assert making.shelf._name.text().startswith("预览：33 份")
    assert making.shelf._name.text().endswith("另有 1 页写明没有制作的")
    [document] = making.shelf.view.pages._documents
    assert len(list(document.get_toc())) == 34
    pages = [page.get_textpage().get_text_range().replace("\r\n", "") for page in document]
    [told] = [text for text in pages if "没有制作" in text]
    for words in ("金杜村承诺书没有制作", "金杜村《坏〓字》承诺事项", "U+2FFFF", "其余各份照常制作"):
        assert words in told


def test_a_file_of_each_is_written_for_33_of_them(window, desk, bad, qtbot, monkeypatch, tmp_path):
    go_to_page("papers")
    making = window.pages["papers"].making
    making.choose("slip")
    making.separate.setChecked(True)
    choose(monkeypatch, folder=tmp_path)
    making.make.trigger()
    wait(qtbot, desk)
    assert len(list(tmp_path.glob("*.pdf"))) == 33
    assert not (tmp_path / "金杜村承诺交办单.pdf").exists()
    assert "金杜村 1 份没有制作" in window.messages.text


def test_papers_wished_for_tasks_of_which_some_are_not_approved_say_which(window, app, desk, bad):
    draft = enter(app, title="还没审", unit="倪宅村")
    desk.visit("papers", {"kind": "signoff", "ids": [bad, draft]})
    assert window.pages["papers"].making.subjects.ticked_ids() == [bad]
    assert window.messages.text == "选中的 2 项里有 1 项还没有确认，没有勾选。请先审核通过。"


def test_a_dossier_that_cannot_be_made_is_named_and_the_other_is_made(window, app, desk, bad, qtbot, monkeypatch, tmp_path):
    choose(monkeypatch, target=tmp_path / "档.pdf")
    opened = []
    monkeypatch.setattr("ui.desk.dossier.open_file", opened.append)
    with app.reading() as session:
        both = {bad, *session.scalars(select(Task.id).limit(2))}
    save_dossiers(desk, window, sorted(both), "两项")
    wait(qtbot, desk)
    assert opened == [tmp_path / "档.pdf"]
    assert f"金杜村《坏{RARE}字》 1 份没有制作" in window.messages.text
    assert f"已做好 {len(both) - 1} 份" in window.messages.text
