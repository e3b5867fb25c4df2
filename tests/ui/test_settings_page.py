"""Settings: the 26th village, categories, text size, an older step taken back."""

import tomllib
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from huajie_desktop import VERSION, office, review
from tests.office import contents, enter
from tests.ui.hands import answer, wait
from tests.ui.keys import CTRL, press, type_text
from ui.pages.settings import SettingsPage
from ui.theme import apply_theme, text_size


@pytest.fixture
def page(window) -> SettingsPage:
    window.visit("settings")
    found = window.pages["settings"]
    assert isinstance(found, SettingsPage)
    return found


def names(app):
    with app.reading() as session:
        return [unit.name for unit in office.units(session)]


def tab(page, key):
    page.tabs._buttons[key].click()


def test_a_village_is_added_by_keys(page, app):
    page.units.new.trigger()
    type_text("新设村")
    press(Qt.Key.Key_Return)
    type_text("行政村")
    press(Qt.Key.Key_Return)
    type_text("新设，新村")
    press(Qt.Key.Key_S, CTRL)
    with app.reading() as session:
        unit = office.units(session)[-1]
        assert (unit.name, unit.kind, unit.aliases) == ("新设村", "village", "新设、新村")
    assert page.units.table.current_line().title == "新设村"
    assert page.units.form.heading.text() == "新设村"


def test_what_is_wrong_stands_under_its_field(page, app):
    before = names(app)
    page.units.new.trigger()
    type_text("倪宅村")
    press(Qt.Key.Key_S, CTRL)
    assert "请选择单位类型" in page.units.form.boxes["kind"].error
    page.units.form.boxes["kind"].editor.set_value("行政村")
    press(Qt.Key.Key_S, CTRL)
    assert "已经有了" in page.units.form.boxes["name"].error
    assert names(app) == before
    page.units.form.keep()


def test_typed_text_is_not_lost_without_a_question(page, window):
    page.units.new.trigger()
    type_text("新设村")
    answer("取消")
    window.visit("home")
    assert window.current == "settings"
    assert page.units.form.texts()["name"] == "新设村"
    answer("放弃改动")
    window.visit("home")
    assert window.current == "home"


def test_a_category_is_renamed_and_one_added(page, app):
    tab(page, "categories")
    page.categories.table.step(12)
    line = page.categories.table.current_line()
    assert not page.categories.form.boxes["dimension_id"].isEnabled()
    page.categories.form.boxes["aliases"].editor.set_value("美丽环境、环境")
    page.categories.form.save_action.trigger()
    page.categories.new.trigger()
    page.categories.form.set_texts({"name": "抱团共富", "code": "共富"})
    page.categories.form.save_action.trigger()
    assert "板块" in page.categories.form.boxes["dimension_id"].error
    page.categories.form.boxes["dimension_id"].editor.set_value("五大比拼")
    page.categories.form.save_action.trigger()
    with app.reading() as session:
        found = {item.name: item for item in office.categories(session)}
        assert found[line.title].aliases == "美丽环境、环境"
        assert found["抱团共富"].dimension.name == "五大比拼"


def test_another_text_size_is_shown_at_once_and_remembered(page, window, desk, qtbot):
    tab(page, "display")
    page.display.slider.setValue(13)
    page.display.apply.click()
    try:
        qtbot.waitUntil(lambda: window.pages.get("settings") is not page, timeout=5000)
        assert text_size() == 130
        assert desk.preferences.text_size == 130
        again = window.pages["settings"]
        assert again.tabs.key == "display"
        again.display.usual.click()
        assert text_size() == 100
        qtbot.waitUntil(lambda: window.pages.get("settings") is not again, timeout=5000)
    finally:
        apply_theme(QApplication.instance(), 100)


def test_an_older_step_is_taken_back_with_those_standing_on_it(page, app, desk, qtbot):
    before = contents(app)
    task = enter(app)
    review.submit(app, [task])
    page.refresh(None)
    tab(page, "past")
    assert page.past.table._lines[max(page.past.table._lines)].title == "提交审核 1 项"
    made = next(line for line in page.past.table._lines.values() if line.title.startswith("新增任务"))
    page.past.table.go_to(made.id)
    answer("一并撤销")
    page.past.undo.trigger()
    qtbot.waitUntil(lambda: contents(app) == before, timeout=10_000)
    wait(qtbot, desk)
    assert page.past.table._lines[max(page.past.table._lines)].title.startswith("撤销")


def test_the_first_setting_up_cannot_be_taken_back(page, app, desk, window, qtbot):
    before = contents(app)
    tab(page, "past")
    assert page.past.table.current_line().title.startswith("建立")
    page.past.undo.trigger()
    wait(qtbot, desk)
    assert "最初的设置" in window.messages.text
    assert contents(app) == before


def test_version_and_data_folder_are_said(page, app):
    tab(page, "data")
    declared = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert declared == VERSION
    texts = [label.text() for label in page.data.findChildren(type(page.title))]
    assert VERSION in texts
    assert str(app.folder) in texts
