"""The page of the ledgers: a record by keys alone, errors under fields, filters, review, figures, and any other ledger."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from db.ledgers.dispute import Dispute
from huajie_desktop import settings
from huajie_desktop.demo import demo_disputes
from huajie_desktop.ledgers import LEDGERS
from huajie_desktop.records import entry, listing
from huajie_desktop.records.listing import Wanted
from huajie_desktop.township.registers import PEOPLE, UNITS
from huajie_desktop.township.seating import come_in
from huajie_desktop.work import review
from tests import tasks
from tests.ui.hands import answer, choose, wait
from tests.ui.keys import CTRL, SHIFT, go_to_page, press, type_text
from ui.desk.desk import Desk
from ui.pages.ledgers.ledgers_page import LedgersPage
from ui.pages.ledgers.period import FIRST, LAST
from ui.record_parts.versions_part import HistoryPart
from ui.shell.window import Window
from ui.widgets.counted import ActionBox

LEDGER = LEDGERS["disputes"]
TEXTS = {"accepted_on": "2021-03-05", "kind": "邻里", "village": "倪宅村", "level": "一般", "summary": "排水沟改道起争执"}


def add(desk: Desk, **texts: str) -> int:
    return entry.save(desk.seat, LEDGER, None, {**TEXTS, **texts}).record_id


def texts_of(desk: Desk, record_id: int) -> dict[str, str]:
    with desk.reading() as session:
        return entry.texts_of(session, LEDGER, record_id)


def ids_of(desk: Desk) -> list[int]:
    with desk.reading() as session:
        return list(listing.record_ids(session, LEDGER, Wanted()))


def states(desk: Desk) -> list[str]:
    with desk.reading() as session:
        lines = listing.record_lines(session, LEDGER, ids_of(desk), ("state",))
    return [line.state for line in lines]


def column(page: LedgersPage, key: str) -> list[str]:
    """What the list shows in one column, row by row."""
    model = page.pane.list.table.model
    place = [column.key for column in model.columns].index(key)
    return [model.data(model.index(row, place)) for row in range(model.rowCount())]


@pytest.fixture
def page(window: Window, desk: Desk) -> LedgersPage:
    window.visit("ledgers")
    found = window.pages["ledgers"]
    assert isinstance(found, LedgersPage)
    return found


def enter_dispute(*texts: str) -> None:
    """Types into field after field, Enter between them."""
    for text in texts:
        if text:
            type_text(text)
        press(Qt.Key.Key_Return)


def test_a_dispute_is_entered_submitted_approved_and_counted_by_keys_alone(window: Window, desk: Desk) -> None:
    go_to_page("ledgers")
    press(Qt.Key.Key_N, CTRL)
    enter_dispute("3.5", "ll", "nz", "", "排水沟改道起争执", "赵大伟", "钱小芳", "3", "1.2万元", "陈调", "成功")
    type_text("3月9日")
    press(Qt.Key.Key_S, CTRL)
    form = window.pages["ledgers"].pane.list.form
    assert {key: box.error for key, box in form.boxes.items() if box.error} == {}
    press(Qt.Key.Key_Escape)
    (record_id,) = ids_of(desk)
    kept = texts_of(desk, record_id)
    assert {key: kept[key] for key in (*TEXTS, "party_a", "party_b", "people", "amount", "mediator", "result", "closed_on")} == {
        **TEXTS, "party_a": "赵大伟", "party_b": "钱小芳", "people": "3", "amount": "12000", "mediator": "陈调", "result": "成功",
        "closed_on": "2021-03-09",
    }  # fmt: skip
    press(Qt.Key.Key_A, CTRL)
    press(Qt.Key.Key_T, CTRL)
    assert states(desk) == ["submitted"]
    desk.do(review.approve, [record_id], LEDGER)
    press(Qt.Key.Key_G, CTRL)
    page = window.pages["ledgers"]
    assert isinstance(page, LedgersPage)
    assert figures(page)["调处数"] == "1起"
    press(Qt.Key.Key_G, CTRL)
    press(Qt.Key.Key_Z, CTRL)
    press(Qt.Key.Key_Z, CTRL)
    assert states(desk) == ["draft"]


def test_the_next_dispute_begins_with_what_the_ledger_fills_in(page: LedgersPage, desk: Desk) -> None:
    press(Qt.Key.Key_N, CTRL)
    form = page.pane.list.form
    assert form.texts()["level"] == "一般"
    assert form.boxes["level"].filled
    enter_dispute("3.5", "ll", "nz", "", "一")
    press(Qt.Key.Key_Return, CTRL)
    assert form.record_id == 0
    assert form.texts()["summary"] == ""
    assert form.texts()["level"] == "一般"
    assert QApplication.focusWidget() is form.boxes["accepted_on"].editor
    assert column(page, "summary") == ["一"]


def test_what_is_wrong_stands_under_its_field_and_nothing_is_kept(page: LedgersPage, desk: Desk) -> None:
    press(Qt.Key.Key_N, CTRL)
    enter_dispute("3.5", "ll", "nz")
    form = page.pane.list.form
    form.focus("closed_on")
    type_text("3月1日")
    press(Qt.Key.Key_S, CTRL)
    assert form.boxes["summary"].error == "请填写纠纷简要情况"
    assert form.boxes["closed_on"].error == "结案日期不能早于受理日期（2021-03-05）"
    assert QApplication.focusWidget() is form.boxes["summary"].editor
    assert ids_of(desk) == []


def test_filters_tabs_months_and_search_narrow_the_list_together(page: LedgersPage, desk: Desk, qtbot) -> None:
    add(desk, summary="甲", party_a="赵大伟")
    add(desk, summary="乙", village="金杜村", accepted_on="2021-05-02", level="重大")
    submitted = add(desk, summary="丙", kind="合同", accepted_on="2021-06-30")
    desk.do(review.submit, [submitted], LEDGER)
    assert column(page, "summary") == ["甲", "乙", "丙"]  # by day
    chips = page.pane.list.filters.chips
    for key, value, found in (
        ("kind", "contract", ["丙"]),
        ("level", "major", ["乙"]),
        (FIRST, 5, ["乙", "丙"]),
        (LAST, 5, ["甲", "乙"]),
    ):
        chips[key].set_value(value)
        chips[key].chosen.emit(value)
        assert column(page, "summary") == found, key
        page.pane.list.filters.clear_action.trigger()
        assert len(column(page, "summary")) == 3
    page.pane.list.tabs.button("submitted").click()
    assert column(page, "summary") == ["丙"]
    assert page.pane.list.tabs.button(None).text() == "全部 3"
    page.pane.list.tabs.button(None).click()
    page.pane.list.filters.search.setText("zdw")
    qtbot.waitUntil(lambda: column(page, "summary") == ["甲"])


def test_the_header_sorts_and_a_double_click_opens(page: LedgersPage, desk: Desk) -> None:
    first = add(desk, summary="甲", amount="5")
    add(desk, summary="乙", amount="700", accepted_on="2021-01-01")
    desk.changed.emit(desk.do(entry.save, LEDGER, first, {**TEXTS, "summary": "甲", "amount": "50"}).changes)
    table = page.pane.list.table
    place = [column.key for column in table.model.columns].index("amount")
    table.view.horizontalHeader().sectionClicked.emit(place)
    assert column(page, "summary") == ["甲", "乙"]
    table.go_to(first)
    table.view.entered_row.emit()
    assert page.pane.list.form.texts()["amount"] == "50"
    press(Qt.Key.Key_Escape)
    assert not page.pane.list.card.isVisible()


def test_many_are_sent_back_with_a_reason_and_deleted_and_taken_back(
    page: LedgersPage, window: Window, desk: Desk, qtbot, monkeypatch
) -> None:
    for number in range(3):
        add(desk, summary=f"第{number}起")
    page.refresh(None)
    page.pane.list.table.view.setFocus()
    press(Qt.Key.Key_A, CTRL)
    press(Qt.Key.Key_T, CTRL)
    assert states(desk) == ["submitted"] * 3
    press(Qt.Key.Key_T, CTRL | SHIFT)
    assert states(desk) == ["draft"] * 3
    press(Qt.Key.Key_T, CTRL)

    monkeypatch.setattr("ui.lists.verbs.ask_words", lambda *_: "金额没有写")
    press(Qt.Key.Key_R, CTRL | SHIFT)
    assert states(desk) == ["returned"] * 3
    answer("删除 3 项")
    press(Qt.Key.Key_Delete)
    assert ids_of(desk) == []
    window.activateWindow()  # no window manager does it here
    qtbot.waitUntil(window.isActiveWindow)
    press(Qt.Key.Key_Z, CTRL)
    assert len(ids_of(desk)) == 3


def test_the_list_is_grouped_with_subtotals_and_typed_into_like_any_list(page: LedgersPage, desk: Desk, qtbot) -> None:
    add(desk, summary="甲", amount="100")
    add(desk, summary="乙", amount="200", village="金杜村")
    add(desk, summary="丙", amount="300")
    page.refresh(None)
    shown = page.pane.list
    shown.groups.set_value("village")
    shown.groups.chosen.emit("village")
    model = shown.table.model
    heads = [model.data(model.index(row, 0)) for row in range(model.rowCount())]
    assert [head for head in heads if head and "·" in head] == [
        "倪宅村 · 2 项 · 已确认 0 项 · 涉及金额 400 元", "金杜村 · 1 项 · 已确认 0 项 · 涉及金额 200 元",
    ]  # fmt: skip
    shown.groups.set_value(None)
    shown.groups.chosen.emit(None)
    shown.table.view.setFocus()
    shown.table.put_cursor(0, [column.key for column in model.columns].index("summary"))
    press(Qt.Key.Key_F2)
    press(Qt.Key.Key_A, CTRL)
    type_text("改过的")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "改过的" in column(page, "summary"))


def test_history_and_queries_stand_beside_the_form(page: LedgersPage, desk: Desk) -> None:
    record_id = add(desk)
    desk.do(entry.save, LEDGER, record_id, {**TEXTS, "summary": "改过的"})
    page.show_subject({"id": record_id})
    card = page.pane.list.card
    card.show_part("历史")
    history = card.findChild(HistoryPart)
    assert history is not None
    assert history.table.count == 2
    card.show_part("疑问")
    assert card.part == "疑问"


def test_importing_leads_to_the_import_page_with_this_ledger(window: Window, page: LedgersPage) -> None:
    page.bring_in.trigger()
    assert window.current == "import"


def test_what_the_list_shows_is_exported(page: LedgersPage, desk: Desk, qtbot, tmp_path, monkeypatch) -> None:
    add(desk, party_a="赵大伟")
    page.refresh(None)
    target = tmp_path / "台账.csv"
    choose(monkeypatch, target=target)
    page.export.trigger()
    wait(qtbot, desk)
    assert "排水沟改道起争执" in target.read_text("utf-8-sig")


def test_an_approved_record_is_locked_and_says_what_to_do(page: LedgersPage, desk: Desk) -> None:
    record_id = add(desk)
    desk.do(review.submit, [record_id], LEDGER)
    desk.do(review.approve, [record_id], LEDGER)
    page.show_subject({"id": record_id})
    form = page.pane.list.form
    assert form.note.text().endswith("先退回才能修改，只有履行情况、回访日期、回访人、回访情况可以直接填")
    assert [key for key, box in form.boxes.items() if box.isEnabled()] == ["performance", "revisited_on", "revisitor", "revisit"]
    form.focus()
    assert form.boxes["performance"].editor.hasFocus(), "the first that can be changed, unfolded for it"
    type_text("已履行")
    press(Qt.Key.Key_Return)
    assert form.boxes["revisited_on"].editor.hasFocus()
    press(Qt.Key.Key_S, CTRL)
    with desk.reading() as session:
        record = session.get_one(Dispute, record_id)
        assert (record.state, record.performance) == ("approved", "已履行")


def test_a_record_that_locks_everything_has_nothing_to_save(desk: Desk, window: Window) -> None:
    tasks.save_task(desk.seat, None, {"title": "路灯", "unit": "倪宅村", "due": "8月底", "category": "干事承诺"})
    ledger = LEDGERS["progress"]
    record_id = entry.save(desk.seat, ledger, None, {"unit": "倪宅村", "title": "路灯", "month": "3月"}).record_id
    desk.do(review.submit, [record_id], ledger)
    desk.do(review.approve, [record_id], ledger)
    window.visit("ledgers", {"ledger": ledger.key, "id": record_id})
    shown = window.pages["ledgers"]
    assert isinstance(shown, LedgersPage)
    form = shown.pane.list.form
    assert not form.save_action.isEnabled()
    assert form.note.text().endswith("先退回才能修改")


def figures(page: LedgersPage) -> dict[str, str]:
    assert page.pane.figures is not None
    return {card.name.text(): card.words.text() for card in page.pane.figures.cards}


def lines(page: LedgersPage) -> list[list[str]]:
    """The table of the figures as it is shown."""
    assert page.pane.figures is not None
    model = page.pane.figures.table.model
    return [[model.data(model.index(row, place)) for place in range(model.columnCount())] for row in range(model.rowCount())]


@pytest.fixture
def filled(page: LedgersPage, desk: Desk) -> Iterator[LedgersPage]:
    """The page over the demo's disputes, at the figures."""
    demo_disputes.fill(desk.seat, come_in(desk.seat.data, "李四（演示）"))
    page.refresh(None)
    page.figures.trigger()
    return page


def test_the_articles_figures_stand_on_the_page(filled: LedgersPage) -> None:
    assert figures(filled) == {
        "调处数": "302起", "成功数": "297起", "成功率": "98.34%", "涉及金额": "620余万元", "重大": "6起", "重特大": "3起",
    }  # fmt: skip
    assert filled.pane.figures is not None
    assert "6,243,600元" in next(card.more.text() for card in filled.pane.figures.cards if card.name.text() == "涉及金额")
    assert filled.pane.figures.sentence.text() == (
        "2021 年，花街镇共调处矛盾纠纷302起，其中重大矛盾纠纷6起，重特大纠纷3起，涉及金额共计620余万元，调解成功率98.34%。"
    )
    assert lines(filled)[-1][:5] == ["合计", "302", "297", "98.34", "624.36"]
    assert lines(filled)[0][0] == "婚姻家庭"
    assert lines(filled)[0][-1] == "14.6%"


def test_a_line_of_the_figures_leads_to_its_records(filled: LedgersPage) -> None:
    shown = filled.pane.figures
    assert shown is not None
    counted = int(lines(filled)[1][1])
    shown.table.put_cursor(1)
    shown.table.view.entered_row.emit()
    assert filled.pane.selected_ids() == []
    assert len(column(filled, "summary")) == counted
    filled.figures.trigger()
    shown.tabs.button("by month").click()
    assert [line[0] for line in lines(filled)] == [*(f"{month}月" for month in range(1, 13)), "合计"]
    counted = int(lines(filled)[4][1])
    shown.table.put_cursor(4)
    shown.table.view.entered_row.emit()
    assert len(column(filled, "summary")) == counted
    assert {day.split("-")[0] for day in column(filled, "accepted_on")} == {"5"}


def test_months_narrow_the_figures_and_compare_them(filled: LedgersPage) -> None:
    shown = filled.pane.figures
    assert shown is not None
    for key, value in ((FIRST, 4), (LAST, 6)):
        shown.chips[key].set_value(value)
        shown.chips[key].chosen.emit(value)
    shown.tabs.button("by month").click()
    assert [line[0] for line in lines(filled)] == ["4月", "5月", "6月", "合计"]
    assert figures(filled)["调处数"] == "62起"
    assert shown.cards[0].more.text() == "同比 基数为零\n环比 -31.11%"
    assert shown.sentence.text().startswith("2021 年 4–6 月，花街镇共调处矛盾纠纷62起")


def test_drafts_count_only_where_the_office_says_so(filled: LedgersPage, desk: Desk) -> None:
    add(desk)
    filled.refresh(None)
    assert figures(filled)["调处数"] == "302起"
    assert filled.pane.figures is not None
    filled.pane.figures.findChild(ActionBox).click()
    assert figures(filled)["调处数"] == "303起"
    with desk.reading() as session:
        assert not settings.approved_only(session)
    desk.undo()
    assert figures(filled)["调处数"] == "302起"
    assert filled.only.isChecked()


def test_an_empty_ledger_says_what_to_do_first(page: LedgersPage) -> None:
    empty = page.pane.list.table.empty
    assert "矛盾纠纷调处台账还是空的" in [label.text() for label in empty.findChildren(QLabel)]
    page.figures.trigger()
    assert figures(page)["成功率"] == "—"
    assert lines(page) == []


def test_personal_data_is_masked_in_the_list(page: LedgersPage, desk: Desk) -> None:
    add(desk, party_a="赵大伟", party_a_phone="13800001234")
    page.refresh(None)
    page.pane.list.columns._show((*LEDGER.shown.columns, "party_a", "party_a_phone"))
    page.refresh(None)
    page.pane.list.columns._show((*LEDGER.shown.columns, "party_a", "party_a_phone"))
    assert column(page, "party_a") == ["赵某某"]
    assert column(page, "party_a_phone") == ["138****1234"]


def test_any_other_ledger_gets_the_same_page_from_its_declaration(window: Window, desk: Desk) -> None:
    """Units and people, which are neither reviewed nor counted, and a second ledger beside the first."""
    second = replace(
        LEDGER,
        key="second",
        title="又一个台账",
        figures=replace(LEDGER.figures, breakdowns=("level",), indicators=LEDGER.figures.indicators[:1], sentence=""),
    )
    page = LedgersPage(desk, None, {"disputes": LEDGER, "second": second, "units": UNITS, "people": PEOPLE})
    window.stack.addWidget(page)
    window.stack.setCurrentWidget(page)
    page.refresh(None)
    assert page.title.text() == "台账"
    for key in ("second", "units", "people"):
        page.chooser.button(key).click()
        assert page.pane.ledger.key == key
        page.new.trigger()
        assert page.pane.list.form.record_id == 0
        page.pane.list.form._close()
    assert not page.submit.isVisible()
    assert page.pane.figures is None
    page.chooser.button("units").click()
    assert len(column(page, "name")) == 28
    page.show_subject({"ledger": "second", "new": True})
    assert page.pane.ledger is second
    assert page.pane.list.form.record_id == 0
    page.pane.list.form._close()
    page.figures.trigger()
    assert figures(page) == {"调处数": "0起"}
