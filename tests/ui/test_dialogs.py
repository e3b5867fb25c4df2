"""Every dialog goes by keys: Tab reaches all of it, Ctrl+Enter presses its usual button from anywhere, Esc changes nothing."""

import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QRadioButton, QWidget

from db.backup import Moment
from huajie_desktop.backups.copying import Source
from huajie_desktop.backups.keeping import keep
from huajie_desktop.backups.shelf import copies_in
from huajie_desktop.drafts import HalfTyped, drafts
from huajie_desktop.drafts import keep as keep_draft
from huajie_desktop.occasions import Occasion
from huajie_desktop.receiving import importing
from huajie_desktop.receiving.remembering import CorrectionLine
from huajie_desktop.records.meanwhile import Clash
from huajie_desktop.township.village_names import Offered
from huajie_desktop.work import saved_filters
from huajie_desktop.work.checklist import TaskFilter
from huajie_desktop.work.task_ledger import TASKS
from tests.office import enter
from tests.ui.hands import LAMP, answer_by, book, show_letters_at
from tests.ui.keys import CTRL
from tests.ui.walking import faults, settle
from ui.desk.desk import Desk
from ui.desk.meanwhile import BothValues
from ui.desk.rescue import Parting
from ui.forms.asking_dialog import AskingDialog
from ui.forms.drafts import DraftList
from ui.forms.form_body import FormBody
from ui.forms.give_dialog import GiveDialog
from ui.forms.twice import SecondEntry
from ui.lists.columns import ColumnsDialog
from ui.lists.find_and_replace import ReplaceDialog
from ui.lists.kept_names import KeptFilters, KeptUnderNames
from ui.pages.checklist.issuing_notices import issuing_dialog
from ui.pages.importing.memory_part import CorrectionDialog
from ui.pages.importing.preview.mapping import MappingDialog
from ui.pages.importing.templates_part import TemplatesDialog
from ui.pages.organisation.villages_dialog import VillagesDialog
from ui.pages.settings.copy_view import CopyView
from ui.shell.farewell import Unsafe
from ui.shell.window import Window
from ui.widgets.dialogs import Decision, Dialog, Leaving, Question, ask_leaving

ROOT = Path(__file__).parents[2]
HALF = HalfTyped("checklist", {"new": True}, "新增任务 路灯", {"title": ""}, {"title": "路灯"})
LEAVING = {"取消", "关闭", "不关闭", "先不保存", "回到表单"}
Builder = Callable[[Window, Desk, Path], QDialog]


def _copy_view(window: Window, desk: Desk, _folder: Path) -> QDialog:
    enter(desk.seat)
    with Moment(desk.seat.engine) as moment:
        keep(Source(desk.seat.folder, moment), Occasion.HAND, desk.today)
    [copy] = copies_in(desk.seat.folder / "backups")
    return CopyView(window, desk.preferences, copy, None)


def _mapping(window: Window, desk: Desk, folder: Path) -> QDialog:
    return MappingDialog(window, importing.preview(desk.seat, [book(folder / "a.xlsx", LAMP)]).files[0])


def _replace(window: Window, desk: Desk, _folder: Path) -> QDialog:
    made = ReplaceDialog(window, desk, TASKS, [], [enter(desk.seat)])
    made.sought.setText("路灯")
    made.find()
    return made


def _drafts(window: Window, desk: Desk, _folder: Path) -> QDialog:
    keep_draft(desk.seat, HALF)
    return DraftList(window, desk, [HALF])


def _decision(window: Window, _desk: Desk, _folder: Path) -> QDialog:
    made = Decision(window, "保存“路灯”的改动吗？", 480, 12)
    made.close_with("保存", "取消", other="不保存，留作草稿")
    return made


BUILDERS: dict[type[QDialog], Builder] = {
    Decision: _decision,
    GiveDialog: lambda window, desk, _folder: GiveDialog(window, desk, {"title": "秸秆禁烧", "unit": "倪宅村"}),
    Question: lambda window, _desk, _folder: Question(window, "退回 1 项", "为什么退回？", "退回", writing="金额不对"),
    Parting: lambda window, _desk, _folder: Parting(window, "数据文件不在了。"),
    Unsafe: lambda window, _desk, _folder: Unsafe(window, "磁盘已满。"),
    BothValues: lambda window, _desk, _folder: BothValues(window, "两边都改了", [Clash("title", "任务名称", "甲", "乙", "丙")]),
    KeptUnderNames: lambda window, desk, _folder: KeptUnderNames(
        window, desk, saved_filters, TaskFilter(), "筛选", "现在的条件", "七月到期"
    ),
    ReplaceDialog: _replace,
    VillagesDialog: lambda window, desk, _folder: VillagesDialog(window, desk, "清溪镇", "", [Offered("清溪村", "village")]),
    KeptFilters: lambda window, desk, _folder: KeptFilters(window, desk, TaskFilter()),
    ColumnsDialog: lambda window, _desk, _folder: ColumnsDialog(window, TASKS, TASKS.shown.columns),
    CopyView: _copy_view,
    TemplatesDialog: lambda window, desk, _folder: TemplatesDialog(window, desk, TASKS, 3),
    CorrectionDialog: lambda window, _desk, _folder: CorrectionDialog(
        window, CorrectionLine(1, "", "任务", "表头", "事项", "任务名称", "")
    ),
    MappingDialog: _mapping,
    DraftList: _drafts,
    AskingDialog: lambda window, desk, _folder: issuing_dialog(window, desk, [enter(desk.seat)]),
    SecondEntry: lambda window, desk, _folder: SecondEntry(
        window, desk, {"investment": TASKS.fields["investment"]}, {"investment": "12.5"}
    ),
}


@pytest.fixture(params=BUILDERS, ids=lambda kind: kind.__name__)
def dialog(request: pytest.FixtureRequest, window: Window, desk: Desk, tmp_path: Path, qtbot):
    made = BUILDERS[request.param](window, desk, tmp_path)
    made.open()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    yield made
    if isinstance(made, CopyView):
        made.let_go()
    made.hide()
    made.deleteLater()


def every_kind(above: type[QDialog] = Dialog) -> set[type[QDialog]]:
    return {kind for below in above.__subclasses__() for kind in (below, *every_kind(below))}


def test_every_dialog_is_of_the_house_and_walked_here() -> None:
    for path in (ROOT / "ui").rglob("*.py"):
        if path.name != "dialogs.py":
            assert not re.search(r"^class \w+\((QDialog|QMessageBox)\)", path.read_text("utf-8"), re.MULTILINE), path
        if "(Dialog)" in (text := path.read_text("utf-8")) or "(Decision)" in text:
            import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    assert every_kind() == BUILDERS.keys()


def stops(dialog: QDialog) -> list[QWidget]:
    """What Tab goes to until it comes round."""
    seen: list[QWidget] = []
    while (widget := QApplication.focusWidget()) is not None and widget not in seen:
        assert dialog.isAncestorOf(widget)
        seen.append(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    return seen


def test_tab_reaches_all_of_it_and_esc_leaves_everything(dialog: QDialog) -> None:
    reached = stops(dialog)
    for part in dialog.findChildren(QWidget):
        alone = not isinstance(part, QRadioButton) or part.isChecked()  # of several to choose from one is reached by Tab
        if part.isVisible() and part.isEnabled() and part.focusPolicy() & Qt.FocusPolicy.TabFocus and alone:
            inner = any(part.isAncestorOf(widget) or widget.isAncestorOf(part) or part is widget for widget in reached)
            assert inner or part.focusProxy() in reached, type(part).__name__
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_ctrl_enter_presses_its_usual_button_wherever_the_keys_are(dialog: QDialog) -> None:
    usual = [button for button in dialog.findChildren(QPushButton) if button.property("kind") in ("primary", "strong")]
    if isinstance(dialog, CopyView):  # there is nothing to do but to look
        assert usual == []
        return
    assert len(usual) == 1
    usual[0].setEnabled(True)  # some wait until there is something to be done
    for widget in stops(dialog):
        clicked: list[bool] = []
        usual[0].clicked.disconnect()
        usual[0].clicked.connect(lambda: clicked.append(True))  # noqa: B023  # used before the next is made
        widget.setFocus()
        QTest.keyClick(widget, Qt.Key.Key_Return, CTRL)
        assert len(clicked) == 1, type(widget).__name__
        if dialog.findChildren(FormBody):  # what is filled in is kept by the key of every form
            QTest.keyClick(widget, Qt.Key.Key_S, CTRL)
            assert len(clicked) == 2, type(widget).__name__


@pytest.mark.parametrize("percent", [160, 100])
@pytest.mark.parametrize("kind", BUILDERS, ids=lambda kind: kind.__name__)
def test_nothing_in_it_is_cut_and_the_usual_button_comes_first(
    kind: type[QDialog], percent: int, window: Window, desk: Desk, tmp_path: Path
) -> None:
    show_letters_at(percent)
    made = BUILDERS[kind](window, desk, tmp_path)
    made.open()
    settle()
    found = faults(made)
    buttons = [button for button in made.findChildren(QPushButton) if button.isVisible()]
    places = {button: button.mapTo(made, button.rect().center()) for button in buttons}
    leaving = [places[button] for button in buttons if button.text().strip() in LEAVING]
    for usual in [button for button in buttons if button.property("kind") in ("primary", "strong")]:
        found += ["it comes last" for place in leaving if place.y() == places[usual].y() and place.x() < places[usual].x()]
    if isinstance(made, CopyView):
        made.let_go()
    made.hide()
    made.deleteLater()
    show_letters_at(100)
    assert found == []


@pytest.mark.parametrize(
    ("key", "modifiers", "answer"),
    [
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, Leaving.SAVE),
        (Qt.Key.Key_Return, CTRL, Leaving.SAVE),
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier, Leaving.STAY),
    ],
)
def test_no_key_loses_what_is_typed(window: Window, key: Qt.Key, modifiers: Qt.KeyboardModifier, answer: Leaving) -> None:
    for aside in (True, False):
        answer_by(key, modifiers)
        assert ask_leaving(window, "路灯", aside=aside) is answer


def test_a_draft_dropped_by_a_key_comes_back_by_one(window: Window, desk: Desk) -> None:
    name = keep_draft(desk.seat, HALF)
    with desk.reading() as session:
        made = DraftList(window, desk, drafts(session))
    made.remove.trigger()
    with desk.reading() as session:
        assert drafts(session) == []
    made.back.trigger()
    with desk.reading() as session:
        assert [(half.name, half.typed) for half in drafts(session)] == [(name, {"title": "路灯"})]
    assert made.list.count() == 1
    made.deleteLater()
