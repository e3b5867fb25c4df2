"""A task's card: the parts beside the form, reached by keys; files and recurring days handled there."""

import hashlib
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from db.models import Attachment, Occurrence
from huajie_desktop.work import attachments
from huajie_desktop.work.occurrences import OccurrenceLine
from tests import tasks
from tests.ui.hands import choose, wait
from tests.ui.keys import CTRL, press, type_text
from ui.desk.desk import Desk
from ui.pages.checklist.checklist_page import ChecklistPage
from ui.pages.settings.settings_page import SettingsPage
from ui.record_parts.attachments_part import AttachmentsPart
from ui.record_parts.occurrences_part import OccurrencesPart
from ui.shell.window import Window

ALT = Qt.KeyboardModifier.AltModifier
TEXTS = {"title": "路灯", "unit": "倪宅村", "category": "干事承诺", "due": "6月底", "start": "2月1日", "recurrence": "每月5日"}


@pytest.fixture
def page(window: Window, desk: Desk) -> ChecklistPage:
    """The checklist with one recurring task open in its card."""
    task_id = tasks.save_task(desk.seat, None, TEXTS).record_id
    window.visit("checklist", {"id": task_id})
    found = window.pages["checklist"]
    assert isinstance(found, ChecklistPage)
    return found


PHOTO = b"\xff\xd8\xff\xe0photo"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files handed to the desktop."""
    files: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: bool(files.append(url.toLocalFile()) or True))
    return files


def files_of(page: ChecklistPage) -> AttachmentsPart:
    press(Qt.Key.Key_2, ALT)
    part = page.card._parts["附件"]
    assert isinstance(part, AttachmentsPart)
    return part


def days_of(page: ChecklistPage) -> OccurrencesPart:
    press(Qt.Key.Key_3, ALT)
    part = page.card._parts["周期"]
    assert isinstance(part, OccurrencesPart)
    return part


def current(part: OccurrencesPart) -> OccurrenceLine:
    line = part.table.current_line()
    assert isinstance(line, OccurrenceLine)
    return line


def names(desk: Desk) -> list[str]:
    with desk.reading() as session:
        return [name for (name,) in session.query(Attachment.name).order_by(Attachment.id)]


def photo(folder: Path, name: str = "开工.jpg", content: bytes = PHOTO) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def drop(part: AttachmentsPart, *paths: Path) -> None:
    said = QMimeData()
    said.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    part.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, said, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)))


def test_every_part_is_reached_by_keys_and_left_by_them(page: ChecklistPage) -> None:
    page.table.setFocus()
    for number, word in enumerate(("附件", "周期", "疑问", "历史", "进度", "跟进", "办理", "亮灯"), 2):
        press(Qt.Key(Qt.Key.Key_0 + number), ALT)
        assert page.card.part == word
        assert page.card._parts[word].isVisible()
        assert not page.form.isVisible()
    press(Qt.Key.Key_1, ALT)
    assert QApplication.focusWidget() is page.form.boxes["title"].editor
    days_of(page)
    press(Qt.Key.Key_Escape)
    assert page.card.part is None, "Esc goes back to the form first"
    press(Qt.Key.Key_Escape)
    assert page.card.isHidden()


def test_esc_goes_back_from_an_empty_part_too(page: ChecklistPage, desk: Desk) -> None:
    task_id = desk.do(tasks.save_task, None, {**TEXTS, "title": "没有周期", "recurrence": ""}).record_id
    page.show_subject({"id": task_id})
    for number in range(2, 10):
        press(Qt.Key(Qt.Key.Key_0 + number), ALT)
        press(Qt.Key.Key_Escape)
        assert page.card.part is None, number
        assert page.form.isVisible()


def test_a_new_task_has_its_form_alone(page: ChecklistPage) -> None:
    files_of(page)
    page.new.trigger()
    assert page.card.part is None
    assert page.form.isVisible()
    assert not page.card.tabs.isVisible()
    press(Qt.Key.Key_2, ALT)
    assert page.card.part is None


def test_the_part_stays_while_going_through_the_list(page: ChecklistPage, desk: Desk, tmp_path: Path) -> None:
    first = page.form.record_id
    other = desk.do(tasks.save_task, None, {**TEXTS, "title": "绿化", "recurrence": ""}).record_id
    part = files_of(page)
    drop(part, photo(tmp_path))
    assert len(part.table.model.ids) == 1
    page.table.go_to(other)
    assert page.card.part == "附件"
    assert len(part.table.model.ids) == 0
    page.table.go_to(first)
    assert len(part.table.model.ids) == 1


def test_the_task_asked_for_is_in_sight_beside_its_card(page: ChecklistPage, window: Window, desk: Desk) -> None:
    for number in range(30):
        last = tasks.save_task(desk.seat, None, {**TEXTS, "title": f"绿化{number}", "recurrence": ""}).record_id
    page.refresh(None)
    window.visit("checklist", {"id": last})
    view = page.table.view
    shown = next(column for column in range(view.model().columnCount()) if not view.isColumnHidden(column))
    rect = view.visualRect(view.model().index(view.currentIndex().row(), shown))
    assert view.viewport().rect().contains(rect.center()), "the row is scrolled to although its first column gave way"


def test_files_are_added_by_button_drop_and_paste(
    page: ChecklistPage, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = files_of(page)
    choose(monkeypatch, files=[photo(tmp_path)])
    press(Qt.Key.Key_F6)
    drop(part, photo(tmp_path, "合同.pdf", b"contract"))
    said = QMimeData()
    said.setUrls([QUrl.fromLocalFile(str(photo(tmp_path, "表.xlsx", b"sheet")))])
    QGuiApplication.clipboard().setMimeData(said)
    part.table.setFocus()
    press(Qt.Key.Key_V, CTRL)
    picture = QImage(4, 4, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(picture)
    press(Qt.Key.Key_V, CTRL)
    *added, shot = names(desk)
    assert added == ["开工.jpg", "合同.pdf", "表.xlsx"]
    assert shot.startswith("截图 ")
    assert shot.endswith(".png")
    assert len(part.table.model.ids) == 4


def test_a_large_file_is_copied_in_the_background(page: ChecklistPage, desk: Desk, tmp_path: Path, qtbot) -> None:
    part = files_of(page)
    drop(part, photo(tmp_path, "录像.mp4", bytes(17 << 20)))
    assert desk.jobs.busy
    wait(qtbot, desk)
    assert names(desk) == ["录像.mp4"]
    assert len(part.table.model.ids) == 1
    desk.undo()
    assert names(desk) == []


def test_what_cannot_be_added_is_told(page: ChecklistPage, window: Window, desk: Desk, tmp_path: Path) -> None:
    drop(files_of(page), tmp_path)
    assert names(desk) == []
    assert "是文件夹" in window.messages._sentence.text()


@pytest.mark.parametrize(
    ("name", "content"),
    [("病毒.exe", b"MZ"), ("通知.pdf", b"MZ\x90"), ("网页.html", b"<html>"), ("fdp.\u202egpj.lnk", b"L\0")],
)
def test_what_could_run_is_kept_and_saved_elsewhere_but_not_opened(
    page: ChecklistPage, window: Window, desk: Desk, tmp_path: Path, opened: list[str], monkeypatch, qtbot, name, content
) -> None:
    part = files_of(page)
    drop(part, photo(tmp_path, name, content))
    assert names(desk) == [name.replace("\u202e", "")], "a name turned round is not kept so"
    part.table.step(0)
    part.table.setFocus()
    press(Qt.Key.Key_Return)
    assert opened == []
    assert "另存为" in window.messages.text
    proposed: list[str] = []
    target = tmp_path / "另存" / "文件"
    target.parent.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *said: (proposed.append(said[2]), (str(target), ""))[1])
    press(Qt.Key.Key_F9)
    wait(qtbot, desk)
    assert target.read_bytes() == content
    assert Path(proposed[0]).name == name.replace("\u202e", "")
    assert list(target.parent.iterdir()) == [target]


def test_a_file_is_opened_by_one_click_and_by_enter(
    page: ChecklistPage, desk: Desk, tmp_path: Path, opened: list[str], double_click_within
) -> None:
    part = files_of(page)
    drop(part, photo(tmp_path))
    path = str(attachments.path_of(desk.seat.folder, hashlib.sha256(PHOTO).hexdigest(), "开工.jpg"))
    view = part.table.view
    place = view.visualRect(part.table.model.index(0, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened == [path]
    double_click_within(60_000)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened == [path], "the second click of a double click opens nothing more"
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place + QPoint(view.columnWidth(0) + 10, 0))
    assert opened == [path], "beside the name a click only selects"
    double_click_within(0)
    part.table.setFocus()
    press(Qt.Key.Key_Return)
    assert opened == [path, path]


def test_a_missing_file_is_shown_and_not_opened(
    page: ChecklistPage, window: Window, desk: Desk, tmp_path: Path, opened: list[str], qtbot
) -> None:
    part = files_of(page)
    drop(part, photo(tmp_path))
    attachments.path_of(desk.seat.folder, hashlib.sha256(PHOTO).hexdigest(), "开工.jpg").unlink()
    press(Qt.Key.Key_1, ALT)
    files_of(page).show_record(page.card._record[0], page.form.record_id)  # type: ignore[index]
    assert "开工.jpg" in part._lost.text()
    assert part._lost.isVisible()
    part.table.step(0)
    part.table.setFocus()
    press(Qt.Key.Key_Return)
    assert opened == []
    assert "文件不见了" in window.messages._sentence.text()
    window.visit("settings", "data")
    settings = window.pages["settings"]
    assert isinstance(settings, SettingsPage)
    assert settings.data._files.text().startswith("1 个")
    settings.data.setFocus()
    press(Qt.Key.Key_F6)
    wait(qtbot, desk)
    assert window.messages._sentence.text().startswith("1 个附件有问题")


def test_removing_a_file_is_taken_back(page: ChecklistPage, desk: Desk, tmp_path: Path) -> None:
    part = files_of(page)
    drop(part, photo(tmp_path))
    part.table.step(0)
    part.table.setFocus()
    press(Qt.Key.Key_Delete)
    assert names(desk) == []
    desk.undo()
    assert names(desk) == ["开工.jpg"]
    assert len(part.table.model.ids) == 1


def test_a_file_is_given_to_an_occurrence(page: ChecklistPage, desk: Desk, tmp_path: Path) -> None:
    part = files_of(page)
    drop(part, photo(tmp_path))
    part.table.step(0)
    part.table.setFocus()
    press(Qt.Key.Key_F7)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert [line.belongs for line in part.table.lines.values()] == ["2-5 周期事项"]


def test_occurrences_are_done_one_after_another_by_keys(page: ChecklistPage, desk: Desk) -> None:
    part = days_of(page)
    assert part._summary.text() == "共 5 次，已办 0 次，逾期 2 次"
    press(Qt.Key.Key_Return)  # the first that is not done
    type_text("3月1日")
    press(Qt.Key.Key_Return)
    type_text("通报 1 期")
    press(Qt.Key.Key_Return)
    assert current(part).due.isoformat() == "2021-03-05", "on to the next that is not done"
    press(Qt.Key.Key_Return, CTRL)
    assert part._summary.text() == "共 5 次，已办 2 次"
    with desk.reading() as session:
        done = session.query(Occurrence.done_on, Occurrence.note).order_by(Occurrence.due).limit(2).all()
    assert [(f"{day}", note) for day, note in done] == [("2021-03-01", "通报 1 期"), ("2021-03-10", None)]
    part.table.step(-1)
    press(Qt.Key.Key_F7)
    assert part._summary.text() == "共 5 次，已办 1 次，逾期 1 次"


def test_a_day_that_cannot_be_is_said_at_its_field(page: ChecklistPage) -> None:
    part = days_of(page)
    press(Qt.Key.Key_Return)
    type_text("12月1日")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert "不能晚于今天" in part.boxes["done_on"].error
    assert QApplication.focusWidget() is part.boxes["done_on"].editor
    assert part._summary.text() == "共 5 次，已办 0 次，逾期 2 次"


def test_evidence_is_added_to_one_occurrence(page: ChecklistPage, desk: Desk, tmp_path: Path, monkeypatch) -> None:
    part = days_of(page)
    choose(monkeypatch, files=[photo(tmp_path)])
    press(Qt.Key.Key_F6)
    assert current(part).files == 1


def test_another_recurrence_is_seen_at_once(page: ChecklistPage) -> None:
    page.form.focus("recurrence")
    page.form.boxes["recurrence"].editor.set_value("每季度")  # type: ignore[attr-defined]
    page.form.save_action.trigger()
    part = days_of(page)
    assert [f"{line.due:%m-%d}" for line in part.table.lines.values()] == ["03-31", "06-30"]
