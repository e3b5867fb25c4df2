"""The light of each task in the checklist, on any day, and how a person meets it there."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from huajie_desktop.sending.exporting import export_list
from huajie_desktop.work.task_ledger import TASKS
from tests.office import enter
from ui.forms.form_body import FieldBox
from ui.record_parts.light_part import LightPart
from ui.widgets.badge import TICKED, TINT_ROLE

pytestmark = pytest.mark.usefixtures("themed")
TASKS_TYPED = {
    "甲": {"due": "2021-06-20"},
    "乙": {"due": "2021-12-31"},
    "丙": {"due": "2021-07-08", "start": "2021-07-05"},
    "丁": {"due": "2021-06-30", "finished_on": "2021-06-28"},
}


@pytest.fixture
def today() -> date:
    return date(2021, 7, 1)


@pytest.fixture
def page(window, app):
    for title, said in TASKS_TYPED.items():
        enter(app, title=title, **said)
    window.visit("checklist")
    return window.pages["checklist"]


def shown(page, role=Qt.ItemDataRole.DisplayRole):
    model = page.table.model
    keys = [column.key for column in model.columns]
    title, light = keys.index("title"), keys.index("light")
    return {model.index(row, title).data(): model.index(row, light).data(role) for row in range(model.rowCount())}


def test_each_task_has_its_lamp_with_its_word_and_why(page):
    assert shown(page) == {"甲": "逾期", "乙": "滞后", "丙": "临期", "丁": "完成"}
    assert shown(page, TINT_ROLE) == {"甲": "red", "乙": "yellow", "丙": "blue", "丁": TICKED}
    why = shown(page, Qt.ItemDataRole.ToolTipRole)["甲"]
    assert why.startswith("完成时限是6月20日，已经逾期11天")
    assert "办结并登记办结日期后显示完成" in why


def test_by_filter_and_order(page, window):
    page.filters.chips["light"].set_value("overdue")
    page.filters.chips["light"].chosen.emit("overdue")
    assert list(shown(page)) == ["甲"]
    assert page.filters.words == "亮灯：逾期"
    window.visit("checklist", {"light": "done"})
    assert list(shown(page)) == ["丁"]
    page.filters.clear()
    page.table.header.sorted.emit("light", False)
    assert list(shown(page).values()) == ["逾期", "滞后", "临期", "完成"]
    page.table.header.sorted.emit("light", True)
    assert list(shown(page).values()) == ["完成", "临期", "滞后", "逾期"]


def test_as_of_an_earlier_day_and_back(page, window, qtbot):
    window.commands.earlier.trigger()
    assert window.earlier.isVisible()
    QTest.keyClicks(window.earlier.editor, "2021-06-20")
    QTest.keyClick(window.earlier.editor, Qt.Key.Key_Return)
    assert shown(page) == {"甲": "滞后", "乙": "滞后", "丙": "未启动", "丁": "滞后"}
    assert window.earlier.words.text().startswith("这里的亮灯是2021年6月20日的，不是今天的")
    page.filters.chips["light"].set_value("overdue")
    page.filters.chips["light"].chosen.emit("overdue")
    assert list(shown(page)) == []
    page.filters.clear()
    window.earlier.back.trigger()
    assert not window.earlier.isVisible()
    assert shown(page)["甲"] == "逾期"


def test_a_day_to_come_is_refused_in_words(page, window):
    window.commands.earlier.trigger()
    QTest.keyClicks(window.earlier.editor, "2021-08-01")
    QTest.keyClick(window.earlier.editor, Qt.Key.Key_Return)
    assert window.earlier.words.text() == "2021年8月1日还没有到，亮灯只能看到今天为止。请写一个已经过去的日期。"
    assert shown(page)["甲"] == "逾期"


def test_a_list_is_exported_with_the_words(page, app, tmp_path):
    export_list(app, TASKS, page.table.ids, ("title", "unit"), tmp_path / "清单.csv", judged_on=app.today())
    assert "甲,倪宅村,逾期" in (tmp_path / "清单.csv").read_text("utf-8-sig")


def test_the_card_says_why_and_keeps_the_months(page, window, app):
    page.table.go_to(next(task_id for task_id in page.table.ids))
    page.table.opened.emit(page.table.current_id())
    page.card.tabs.button("亮灯").click()
    part = page.card.findChild(LightPart)
    assert "逾期" in part.word.text()
    assert part.why.text().startswith("完成时限是6月20日，已经逾期11天")
    assert part.to_green.text() == "怎样变绿：办结并登记办结日期后显示完成；经批准延期的，按新的时限重新亮灯。"
    months = [(line.month, line.word) for line in part.table.lines.values()]
    assert months[:3] == [("7月", "逾期"), ("6月", "逾期"), ("5月", "滞后")]
    assert len(months) == 7


def test_the_office_changes_its_rules(page, window, desk):
    window.visit("settings", "lights")
    part = window.pages["settings"].lights
    part.numbers["soon_days"].setValue(3)
    part.keep.trigger()
    assert [(line.since, line.state, line.soon_days) for line in part.table.lines.values()] == [("2021年7月1日", "现在用", 3)]
    window.visit("checklist")
    assert shown(page)["丙"] == "未启动"
    part.day.set_value("2021-06-01")
    part.keep.trigger()
    assert "起用日期不能早于今天" in part.findChild(FieldBox).error
    desk.undo()
    assert shown(page)["丙"] == "临期"
    window.visit("settings", "lights")
    assert not part.table.lines
