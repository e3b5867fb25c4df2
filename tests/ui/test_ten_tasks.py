"""Ten tasks of the township's paper list, entered with the keyboard alone; every key that is no text is counted."""

import json
from decimal import Decimal

from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from db.fields import in_wan
from db.models import Task
from tests.conftest import SAMPLES
from tests.tasks import form_texts
from tests.ui.keys import CTRL, NONE, go_to_page, press, type_text
from ui.desk.desk import Desk
from ui.shell.window import Window

FOLDER = SAMPLES / "villages-2021"
COLUMNS = {
    "类别": "category",
    "工作任务": "title",
    "目标要求": "content",
    "责任科室": "unit",
    "完成时限": "due",
    "计划投资(万元)": "investment",
}
ORDER = ("title", "content", "category", "unit", "due", "investment")  # of the form's fields, as the clerk meets them
MOST = 1.2  # keys beyond the text for each field


def paper(count: int) -> list[dict[str, str]]:
    """The first tasks as they stand on the township's list, by field; the dimension comes with the category."""
    sheet = load_workbook(next(FOLDER.glob("00*.xlsx"))).worksheets[0]
    _title, heads, *rows = sheet.iter_rows(values_only=True)
    found = []
    for row in rows[:count]:
        said = {
            COLUMNS[head]: str(value) for head, value in zip(heads, row, strict=True) if head in COLUMNS and value is not None
        }
        found.append(said)
    return found


class Typist:
    """A person at the keyboard who counts what she presses beside the text itself."""

    def __init__(self) -> None:
        self.keys = 0

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        press(key, modifiers)
        self.keys += 1

    def enter(self, task: dict[str, str], before: dict[str, str]) -> None:
        """Types one task from the first field to its last one; what stands there from the task before is not typed again."""
        last = [key for key in ORDER if key in task][-1]
        for key in ORDER[: ORDER.index(last) + 1]:
            if key not in ("category", "unit") or task[key] != before.get(key):
                type_text(task.get(key, ""))
            if key != last:
                self.press(Qt.Key.Key_Return)
        self.press(Qt.Key.Key_Return, CTRL)  # saves it and opens the next


def kept(desk: Desk) -> list[dict[str, str]]:
    """The tasks that were saved, as a clerk would type them; without empty fields and the list's kind, which follows the unit."""
    with desk.reading() as session:
        ids = [task_id for (task_id,) in session.query(Task.id).order_by(Task.id)]
        return [
            {key: text for key, text in form_texts(session, task_id).items() if text not in ("", "否") and key != "list_kind"}
            for task_id in ids
        ]


def test_ten_tasks_take_at_most_twelve_keys_for_ten_fields(window: Window, desk: Desk) -> None:
    tasks, typist, before = paper(10), Typist(), dict[str, str]()
    typist.press(Qt.Key.Key_2, CTRL)  # the checklist
    typist.press(Qt.Key.Key_N, CTRL)
    for task in tasks:
        typist.enter(task, before)
        before = task
    assert kept(desk) == tasks, "what is kept is what stands on the paper"
    typist.press(Qt.Key.Key_Escape)
    fields = sum(map(len, tasks))
    print(f"{typist.keys} keys beside the text for {fields} fields: {typist.keys / fields:.2f} a field")
    assert fields >= 50
    assert typist.keys / fields <= MOST


def test_what_was_typed_means_what_the_paper_means(window: Window, desk: Desk) -> None:
    key = json.loads((FOLDER / "expected.json").read_text("utf-8"))["township"]["records"]
    typist, before = Typist(), dict[str, str]()
    go_to_page("checklist")
    typist.press(Qt.Key.Key_N, CTRL)
    for task in paper(10):
        typist.enter(task, before)
        before = task
    with desk.reading() as session:
        for task, wanted in zip(session.query(Task).order_by(Task.id), key, strict=False):
            assert task.category is not None
            assert (task.category.dimension.name, task.category.name) == (wanted["dimension"], wanted["category"])
            assert (task.title, task.content, task.unit.name) == (wanted["title"], wanted["content"], wanted["unit"])
            assert (task.due.isoformat() if task.due else None, task.ongoing) == (wanted["due"], bool(wanted["ongoing"]))
            investment = None if task.investment is None else in_wan(task.investment)
            assert investment == (None if wanted["investment"] is None else Decimal(str(wanted["investment"])))


def test_enter_in_the_last_usual_field_saves_and_opens_the_next(window: Window, desk: Desk) -> None:
    go_to_page("checklist")
    press(Qt.Key.Key_N, CTRL)
    for text in ("路灯安装", "路灯12盏", "gscn", "nz", "8月底", "12.5", "倪成纲、张三", "徐志军"):
        type_text(text)
        press(Qt.Key.Key_Return)
    form = window.pages["checklist"].form  # type: ignore[attr-defined]
    assert QApplication.focusWidget() is form.boxes["title"].editor
    assert {key: text for key, text in form.texts().items() if text} == {
        "category": "干事承诺", "unit": "倪宅村", "lead": "徐志军", "key_project": "否",
    }  # fmt: skip
    assert all(form.boxes[key].filled for key in ("category", "unit", "lead"))
    [task] = kept(desk)
    assert (task["unit"], task["responsible"], task["lead"]) == ("倪宅村", "倪成纲、张三", "徐志军")


def test_what_was_carried_over_gives_way_to_what_is_typed(window: Window, desk: Desk) -> None:
    go_to_page("checklist")
    press(Qt.Key.Key_N, CTRL)
    first = {"title": "一", "content": "一", "category": "基层党建提升", "unit": "倪宅村", "due": "8月底"}
    second = {"title": "二", "content": "二", "category": "基层党建", "unit": "尚仁村", "due": "9月底"}
    typist = Typist()
    typist.enter(first, {})
    typist.enter(second, first)
    assert kept(desk) == [first, second], "the very name counts before a longer one that begins like it"


def test_a_key_takes_the_same_as_above(window: Window, desk: Desk) -> None:
    go_to_page("checklist")
    press(Qt.Key.Key_N, CTRL)
    first = {
        "title": "一",
        "content": "沿线安装路灯",
        "category": "干事承诺",
        "unit": "倪宅村",
        "due": "8月底",
        "investment": "5",
    }
    Typist().enter(first, {})
    type_text("二")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_F4)  # the content
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_F4)  # the deadline
    press(Qt.Key.Key_Return, CTRL)
    assert kept(desk)[1] == {**{key: text for key, text in first.items() if key != "investment"}, "title": "二"}


def test_the_rarer_fields_unfold_with_a_key_and_when_they_hold_something(window: Window, desk: Desk) -> None:
    go_to_page("checklist")
    press(Qt.Key.Key_N, CTRL)
    form = window.pages["checklist"].form  # type: ignore[attr-defined]
    assert not form.boxes["start"].isVisible()
    for text in ("路灯安装", "路灯12盏", "gscn", "nz", "8月底"):
        type_text(text)
        press(Qt.Key.Key_Return)
    press(Qt.Key.Key_M, CTRL)
    assert QApplication.focusWidget() is form.boxes["start"].editor
    type_text("3月1日")
    press(Qt.Key.Key_S, CTRL)
    press(Qt.Key.Key_M, CTRL)
    assert not form.boxes["start"].isVisible()
    assert kept(desk)[0]["start"] == "2021-03-01"
    press(Qt.Key.Key_N, CTRL)
    assert not form.boxes["start"].isVisible()
    with desk.reading() as session:
        [task_id] = [found for (found,) in session.query(Task.id)]
    window.visit("checklist", {"id": task_id})
    assert form.boxes["start"].isVisible(), "what is kept is shown"
