"""A month's reports typed as a table: keys alone, few of them, faulty rows stay, what was reported is mended in place."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from db.acts import Act
from db.ledgers.progress import Progress
from db.models import Milestone, Unit
from huajie_desktop.ledgers.progress import LEDGER as PROGRESS
from huajie_desktop.records import entry
from huajie_desktop.work import review
from tests.office import enter
from tests.ui import keys
from tests.ui.keys import CTRL, SHIFT, press, type_text
from ui.desk.desk import Desk
from ui.pages.ledgers.ledgers_page import LedgersPage
from ui.pages.ledgers.report_grid import ReportGrid
from ui.shell.window import Window

MANY = 26


def names() -> list[str]:
    return [f"第{place}件实事" for place in range(1, MANY + 1)]


@pytest.fixture
def page(window: Window, desk: Desk) -> LedgersPage:
    for name in names():
        enter(desk.seat, title=name, milestones="3月底 完成招标 佐证：中标通知书" if name == "第1件实事" else "")
    report = {"unit": "倪宅村", "title": "第2件实事", "month": "2月", "percent": "40"}
    entry.save(desk.seat, PROGRESS, None, report)
    with desk.reading() as session:
        unit = session.scalars(select(Unit.id).where(Unit.name == "倪宅村")).one()
    window.visit("ledgers", {"ledger": "progress"})
    found = window.pages["ledgers"]
    assert isinstance(found, LedgersPage)
    found.unit_wanted = unit  # type: ignore[attr-defined]
    return found


@pytest.fixture
def grid(page: LedgersPage) -> ReportGrid:
    press(Qt.Key.Key_N, CTRL | SHIFT)
    assert page.reports is not None
    page.reports.open(page.unit_wanted)  # type: ignore[attr-defined]
    assert page.reports.entry is not None
    assert QApplication.focusWidget() is page.reports.entry.view
    return page.reports


def reports(desk: Desk) -> dict[str, Progress]:
    with desk.reading() as session:
        return {one.title: one for one in session.scalars(select(Progress).where(Progress.month == "03"))}


def hand(text: str) -> None:
    for part in text if text.isascii() else [text]:
        type_text(part)


def test_26_reports_are_filed_with_few_keys(grid: ReportGrid, desk: Desk) -> None:
    assert grid.table.text(1, "before") == "40%"
    assert [grid.table.standing(row) for row in (0, 1)] == ["缺1月、2月", "缺1月"]
    assert grid.table.text(0, "reported_on") == "2021-03-10"
    pressed = 0

    def count(key: Qt.Key, held: Qt.KeyboardModifier = keys.NONE) -> None:
        nonlocal pressed
        pressed += 1
        press(key, held)

    for place in range(MANY):
        hand(str(10 + place))
        count(Qt.Key.Key_Tab)
        hand("1.5")
        count(Qt.Key.Key_Tab)
        hand("已开工")
        count(Qt.Key.Key_Return)
    count(Qt.Key.Key_S, CTRL)
    kept = reports(desk)
    assert sorted(kept) == sorted(names())
    first = kept["第1件实事"]
    assert (first.percent, first.invested, first.summary, first.reported_on) == (10, 15000, "已开工", date(2021, 3, 10))
    assert pressed / MANY <= 4
    assert not len(grid.table)
    assert grid.table.standing(0) == "已报送"


def test_faulty_rows_stay_and_what_was_reported_is_mended(grid: ReportGrid, desk: Desk) -> None:
    for text in ("30", "百分之很多", "50"):
        hand(text)
        press(Qt.Key.Key_Return)
    press(Qt.Key.Key_S, CTRL)
    assert sorted(reports(desk)) == ["第1件实事", "第3件实事"]
    assert (len(grid.table), grid.table.text(1, "percent"), grid.table.said(0)) == (1, "百分之很多", {})
    assert grid.entry is not None
    grid.entry.view.put_cursor(0, grid.entry.view.first_typed)
    hand("35")
    press(Qt.Key.Key_Return)
    grid.entry.view.put_cursor(1, grid.entry.view.first_typed)
    press(Qt.Key.Key_Delete)
    press(Qt.Key.Key_S, CTRL)
    assert (reports(desk)["第1件实事"].percent, len(reports(desk)), len(grid.table)) == (35, 2, 0)
    grid.entry.view.put_cursor(0, 1)
    hand("改名")
    assert grid.table.text(0, "title") == "第1件实事"


def test_what_is_confirmed_says_so_and_is_not_told_to_be_saved(
    grid: ReportGrid, desk: Desk, page: LedgersPage, window: Window
) -> None:
    entry.save(desk.seat, PROGRESS, None, {"unit": "倪宅村", "title": "第1件实事", "month": "3月", "percent": "50"})
    kept = [one.id for one in reports(desk).values()]
    desk.do(lambda app: review.move(app, PROGRESS, Act.SUBMIT, kept))
    desk.do(lambda app: review.move(app, PROGRESS, Act.APPROVE, kept))
    assert grid.entry is not None
    grid.entry.view.put_cursor(0, grid.entry.view.first_typed)
    hand("80")
    press(Qt.Key.Key_Return)
    grid.entry.view.put_cursor(0, grid.entry.view.first_typed)
    assert "已确认，先退回才能修改，这一行不会保存" in grid.entry._words.text()
    press(Qt.Key.Key_S, CTRL)
    assert window.messages.text == "没有可以保存的：1 项已确认，要先退回才能改，留在表格里。"
    assert reports(desk)["第1件实事"].percent == 50
    grid.entry.view.put_cursor(1, grid.entry.view.first_typed)
    hand("60")  # and no Enter: the key saves what is being typed, too
    press(Qt.Key.Key_S, CTRL)
    assert "已保存 1 项" in window.messages.text
    assert "1 项已确认，要先退回才能改，留在表格里" in window.messages.text


def test_a_milestone_is_ticked_off_from_the_table(grid: ReportGrid, desk: Desk) -> None:
    assert grid.table.text(0, "reached") == "□ 3月底 完成招标 佐证：中标通知书 完成： 已交："
    assert grid.entry is not None
    grid.entry.write({(0, "reached"): "□ 3月底 完成招标 佐证：中标通知书 完成：2月28日 已交：通知书"})
    press(Qt.Key.Key_S, CTRL)
    with desk.reading() as session:
        (mark,) = session.scalars(select(Milestone))
        assert (mark.reached_on, mark.given) == (date(2021, 2, 28), "通知书")


def test_the_next_unit_is_one_key_away_and_what_is_left_alone_is_not_kept(
    grid: ReportGrid, desk: Desk, page: LedgersPage
) -> None:
    """Units without anything to report on are passed over; one that is chosen says so, and takes no key amiss."""
    before = grid.unit_chip.value
    enter(desk.seat, title="另一个村的", unit="尚仁村")
    grid.open()
    assert grid.unit_chip.value == before, "the first that has something to report on"
    press(Qt.Key.Key_PageDown, CTRL)
    assert "尚仁村" in grid.unit_chip.text()
    press(Qt.Key.Key_PageDown, CTRL)
    assert grid.unit_chip.value == before
    grid.open(next(unit for unit in grid.unit_chip.values if unit not in grid._reporting))
    assert grid._words.text() == "这个单位没有要报进展的任务：还没有录入，或者都办完了。"
    told: list[bool] = []
    grid.entry.view.model().dataChanged.connect(lambda first, *_rest: told.append(first.isValid()))  # type: ignore[union-attr]
    QApplication.clipboard().setText("8")
    press(Qt.Key.Key_V, CTRL)
    press(Qt.Key.Key_S, CTRL)
    assert all(told), "Qt complains of a change that is nowhere"
    press(Qt.Key.Key_PageDown, CTRL)
    assert grid.unit_chip.value in grid._reporting
    press(Qt.Key.Key_Escape)
    assert page.reports is None
    assert page.pane.isVisible()
    assert reports(desk) == {}
