"""Supervision: notices escalate by themselves, go out for many tasks at once, are printed and answered; draws anyone repeats."""

import hashlib
from datetime import date

import pypdfium2
import pytest
from sqlalchemy import select

from db.acts import Act
from db.models import Draw, Finding, Inspection, Notice, Operation, Paper
from huajie_desktop.application import Application
from huajie_desktop.commands import run
from huajie_desktop.errors import FieldErrors, Problem
from huajie_desktop.journal.history import undo
from huajie_desktop.papers import register
from huajie_desktop.papers.draw_sheet import write_draw
from huajie_desktop.papers.making import Order, make
from huajie_desktop.papers.making import preview as look_at
from huajie_desktop.papers.paper_of_record import record_answered
from huajie_desktop.receiving.importing import preview
from huajie_desktop.receiving.intake import apply
from huajie_desktop.records import entry
from huajie_desktop.records.grouping import groups_of
from huajie_desktop.records.indicators import Period, Scope, broken_down
from huajie_desktop.records.kept import kept_values
from huajie_desktop.records.listing import Wanted, record_ids
from huajie_desktop.sending.exporting import all_keys, export_list
from huajie_desktop.settings import ESCALATE_ANSWERED, keep_rule
from huajie_desktop.supervision import answers as answering
from huajie_desktop.supervision.draws import draw
from huajie_desktop.supervision.escalating import escalate
from huajie_desktop.supervision.findings import FINDINGS
from huajie_desktop.supervision.inspections import INSPECTIONS
from huajie_desktop.supervision.issuing import found_on, issue_about
from huajie_desktop.supervision.notice_ledger import NOTICES
from huajie_desktop.township.seating import come_in
from huajie_desktop.work.review import approve, move, submit
from tests.folders import open_office
from tests.office import TEXTS, contents, enter

ISSUED = {"level": "提醒", "unit": "倪宅村", "title": "路灯", "issued_on": "2021-03-01", "term": "2021-03-05", "demand": "抓紧"}
ACCEPTED, REFUSED = list(answering.VERDICTS)[1:]
OVER = date(2021, 3, 8)  # the Monday after


def issue(app, **said):
    """A notice that was handed out."""
    record_id = entry.save(app, NOTICES, None, ISSUED | said).record_id
    move(app, NOTICES, Act.HAND, [record_id])
    return record_id


def text_of(file):
    """All words of a PDF, without the breaks of its lines."""
    with pypdfium2.PdfDocument(str(file)) as document:
        return "".join("".join(page.get_textpage().get_text_range().split()) for page in document)


def test_a_group_says_how_many_are_closed_and_not_how_many_count(app):
    issue(app)
    with app.reading() as session:
        [group] = groups_of(session, NOTICES, Wanted(), "unit")
    assert "已办结 0 项" in group.words


def notices(app):
    with app.reading() as session:
        return session.scalars(select(Notice).order_by(Notice.id)).all()


def answer(app, record_id, day="2021-03-04"):
    entry.save(app, NOTICES, record_id, {"answer": "已装好", "answered_on": day})
    move(app, NOTICES, Act.ANSWER, [record_id])


def test_a_notice_goes_from_blue_to_orange_to_red_to_a_talk_and_stays_open_until_it_is_accepted(app):
    issue(app)
    assert escalate(app, date(2021, 3, 5)).operation_id is None, "the last day of the term is still in it"
    done = escalate(app, OVER)
    assert done.words == "督查单 花督〔2021〕1号 期限已过，没有办结，已升级重新发出：警告 1 份。"
    first, second = notices(app)
    assert (first.state, second.state, second.level, second.follows_id) == ("escalated", "issued", "warn", first.id)
    assert (second.number, second.issued_on, second.term) == ("花督〔2021〕2号", OVER, date(2021, 3, 12)), "as many working days"
    assert second.demand == "抓紧"
    assert second.grounds == "提醒（花督〔2021〕1号）办理期限2021年3月5日已过，没有办结。"
    with app.reading() as session:
        assert second.id in record_ids(session, NOTICES, Wanted("ld")), "it is found by its letters like any other"
        count = session.query(Operation).count()
    assert escalate(app, OVER).operation_id is None
    with app.reading() as session:
        assert session.query(Operation).count() == count, "what is not due leaves no step"
    assert list(done.issued) == [second.id]
    third_day, fourth_day = date(2021, 3, 15), date(2021, 4, 6)
    escalate(app, third_day)
    done = escalate(app, fourth_day)
    listed = notices(app)[-1]
    assert (listed.level, listed.state, list(done.talks)) == ("listed", "summoned", [listed.id])
    assert done.words == "督查单 花督〔2021〕3号 期限已过，没有办结，列入约谈 1 份。"
    assert escalate(app, date(2021, 12, 31)).operation_id is None, "it stays open, and nothing comes behind it"
    answer(app, listed.id, "2021-04-08")
    move(app, NOTICES, Act.REJECT, [listed.id], "没有照片")
    assert list(escalate(app, date(2021, 4, 9)).talks) == [listed.id], "refused, it is open again"
    answer(app, listed.id, "2021-04-12")
    assert escalate(app, date(2021, 4, 13)).operation_id is None, "what was answered after the talk waits for the office"
    move(app, NOTICES, Act.ACCEPT, [listed.id])
    assert notices(app)[-1].state == "accepted"
    assert escalate(app, date(2021, 12, 31)).operation_id is None


def test_an_answer_in_time_waits_for_the_office_and_a_late_one_does_not_stop_the_next_level(app):
    in_time, late, closed = issue(app), issue(app, title="水渠"), issue(app, title="公厕")
    answer(app, in_time)
    answer(app, late, "2021-03-07")
    answer(app, closed)
    move(app, NOTICES, Act.ACCEPT, [closed])
    escalate(app, OVER)
    states = {notice.id: notice.state for notice in notices(app)}
    assert [states[one] for one in (in_time, late, closed)] == ["answered", "escalated", "accepted"]
    listed = issue(app, title="河道", level="挂牌督办")
    answer(app, listed)
    keep_rule(app, ESCALATE_ANSWERED, "1")
    assert escalate(app, date(2021, 3, 5)).operation_id is None, "within its term nothing escalates by any rule"
    escalate(app, OVER)
    states = {notice.id: notice.state for notice in notices(app)}
    assert [states[one] for one in (in_time, listed)] == ["escalated", "answered"], "nothing stands above the highest level"
    keep_rule(app, ESCALATE_ANSWERED, "0")


def test_escalation_is_one_step_that_can_be_taken_back_and_nobody_does_it_by_hand(app):
    for title in ("路灯", "水渠", "公厕", "步道"):
        issue(app, title=title)
    before = contents(app)
    done = escalate(app, OVER)
    assert done.words.startswith("督查单 花督〔2021〕1号、花督〔2021〕2号、花督〔2021〕3号 等 4 份 期限已过")
    assert done.label == "督查单到期升级 4 份"
    undo(app, [done.operation_id])
    after = contents(app)
    assert (after["notices"], after["tasks"]) == (before["notices"], before["tasks"])
    assert escalate(app, OVER).operation_id is not None
    with pytest.raises(KeyError):
        move(app, NOTICES, Act.ESCALATE, [notices(app)[0].id])


def test_terms_are_counted_over_holidays_and_made_up_saturdays(app):
    issue(app, issued_on="2021-09-22", term="2021-09-28")  # Wednesday to Tuesday, with the worked Sunday the 26th: 5 more days
    escalate(app, date(2021, 9, 29))
    assert notices(app)[-1].term == date(2021, 10, 12)


def test_a_notice_is_printed_under_its_own_number_and_its_receipt_leads_back_to_it(app, tmp_path):
    task = enter(app)
    submit(app, [task])
    approve(app, [task])
    about = issue(app, title=TEXTS["title"])
    bare = issue(app, title="村口环境整治", grounds="垃圾没有清运")
    draft = entry.save(app, NOTICES, None, ISSUED | {"title": "公厕"}).record_id
    target = tmp_path / "督查单.pdf"
    target.write_bytes(look_at(app, Order("notice", [about], ledger=NOTICES))[0])
    assert "编号：花督〔2021〕1号" in text_of(target), "looked at before, it has its number already"
    outcome = make(app, Order("notice", [about, bare, draft], ledger=NOTICES), target)
    assert [str(fault) for fault in outcome.faults] == [
        "倪宅村《公厕》没有制作，其余 2 份不受影响：还没有发出，没有编号。请先发出，再制作。"
    ]
    words = text_of(target)
    for said in (
        "花街镇督查提醒单（蓝色）",
        "编号：花督〔2021〕1号",
        "穿村段路灯安装",
        "沿线安装路灯12盏",
        "垃圾没有清运",
        "花督〔2021〕2号",
    ):
        assert said in words, said
    with app.reading() as session:
        papers = session.scalars(select(Paper).order_by(Paper.id)).all()
        assert [(paper.number, paper.sign_by) for paper in papers] == [
            ("花督〔2021〕1号", date(2021, 3, 5)), ("花督〔2021〕2号", date(2021, 3, 5)),
        ]  # fmt: skip
        first = papers[0]
        for typed in (first.code, first.number):
            ledger, found = record_answered(session, typed)
            assert (ledger.key, found) == ("notices", about)
        assert record_answered(session, "花督〔2021〕99号") is None
    again = make(app, Order("notice", [about], {"联系人及电话": "李四 13800000000"}, ledger=NOTICES), target)
    assert not again.faults
    assert "李四" in text_of(target)
    with app.reading() as session:
        assert [paper.code for paper in session.scalars(select(Paper).order_by(Paper.id))] == [one.code for one in papers]
    scanned = register.scan(app, first.code)
    assert scanned.holds
    assert scanned.words == "花督〔2021〕1号 倪宅村《穿村段路灯安装》督查通知单 已登记签回。"
    escalate(app, OVER)
    warned = [notice.id for notice in notices(app) if notice.level == "warn"]
    make(app, Order("notice", warned, ledger=NOTICES), target)
    words = text_of(target)
    assert "花街镇督查警告单（橙色）" in words
    assert "根据《督查提醒单》（花督〔2021〕1号）逾期未办结的情况，现就下列事项对你单位提出督查警告，责令限期办结。" in words


def test_an_answer_is_registered_and_decided_in_one_step(app):
    one, other, closed = issue(app), issue(app, title="水渠"), issue(app, title="公厕")
    with pytest.raises(FieldErrors, match="请填写反馈情况"):
        answering.answer(app, NOTICES, one, " ")
    with pytest.raises(FieldErrors, match="反馈日期不能早于发出日期"):
        answering.answer(app, NOTICES, one, "已装好", "2021-02-27")
    with pytest.raises(FieldErrors, match="退回要写明哪里不符合要求"):
        answering.answer(app, NOTICES, one, "已装好", verdict=REFUSED)
    with pytest.raises(FieldErrors, match="写了退回原因，要退回的请选"):
        answering.answer(app, NOTICES, one, "已装好", reason="没有照片")
    with pytest.raises(FieldErrors, match="退回原因不能超过 200 个字，现在 201 个"):
        answering.answer(app, NOTICES, one, "已装好", verdict=REFUSED, reason="缺" * 201)
    answering.answer(app, NOTICES, one, "已装好", "2021-03-02", REFUSED, "没有照片")
    answering.answer(app, NOTICES, other, "已修通")
    done = answering.answer(app, NOTICES, closed, "已修好", verdict=ACCEPTED)
    kept = {notice.id: notice for notice in notices(app)}
    assert [kept[each].state for each in (one, other, closed)] == ["issued", "answered", "accepted"]
    assert (kept[one].return_reason, kept[one].answer, kept[closed].closed_on) == ("没有照片", "已装好", app.today())
    answering.answer(app, NOTICES, other, "已修通，附照片", verdict=ACCEPTED)
    with pytest.raises(Problem, match="督查单花督〔2021〕3号现在是“已办结”，不能登记反馈，没有改动。"):
        answering.answer(app, NOTICES, closed, "又报了一次")
    undo(app, [done.operation_id])
    assert notices(app)[2].state == "issued"
    assert notices(app)[2].answer is None


def confirmed(app, **said):
    task = enter(app, **said)
    submit(app, [task])
    approve(app, [task])
    return task


def test_notices_go_out_about_many_tasks_in_one_step_and_one_matter_has_one_notice(app):
    first, second, third = confirmed(app), confirmed(app, title="水渠清淤", unit="潘宅村"), enter(app, title="公厕改造")
    asked = {"level": "警告", "term": "2021-03-10", "demand": "三日内拿出方案"}
    with pytest.raises(FieldErrors) as caught:
        issue_about(app, [first], {"level": "警告", "term": "2021-02-10"})
    assert caught.value.messages == {"term": "办理期限不能早于发出日期（2021-03-01）"}
    done = issue_about(app, [first, second, third], asked)
    assert (done.done, done.label) == (2, "发出督查单 2 份")
    assert [left.words for left in done.left] == ["倪宅村的任务“公厕改造”还没有审核通过，没有发督查单。请先提交审核。"]
    made = notices(app)
    assert [(one.task_id, one.title, one.number, one.state, one.level) for one in made] == [
        (first, "穿村段路灯安装", "花督〔2021〕1号", "issued", "warn"), (second, "水渠清淤", "花督〔2021〕2号", "issued", "warn"),
    ]  # fmt: skip
    with pytest.raises(Problem, match="还有督查单花督〔2021〕1号没有办结，没有再发"):
        issue_about(app, [first], asked)
    undo(app, [done.operation_id])
    assert notices(app) == []


def test_what_an_inspection_finds_is_linked_handed_and_printed(app, tmp_path):
    typed = {"title": "安全检查", "unit": "倪宅村", "visited_on": "2021-02-26", "place": "村口", "inspectors": "张三、李四"}
    visit = entry.save(app, INSPECTIONS, None, typed).record_id
    found_on(app, [visit], {"title": "线路老化", "demand": "更换线路", "term": "2021-03-05"})
    found_on(app, [visit], {"title": "台账不全"})
    typed_in = entry.save(app, FINDINGS, None, {"unit": "倪宅村", "title": "灭火器过期", "found_on": "2021-02-26"}).record_id
    with app.reading() as session:
        kept = session.scalars(select(Finding).order_by(Finding.id)).all()
    assert [(one.inspection_id, one.state, one.number, one.found_on) for one in kept] == [
        (visit, "handed", "花问〔2021〕1号", date(2021, 2, 26)), (visit, "draft", None, date(2021, 2, 26)),
        (visit, "draft", None, date(2021, 2, 26)),
    ]  # fmt: skip
    with pytest.raises(Problem, match="还没有写整改期限，没有交办"):
        move(app, FINDINGS, Act.HAND, [typed_in])
    target = tmp_path / "整改通知书.pdf"
    make(app, Order("rectification", [kept[0].id], ledger=FINDINGS), target)
    words = text_of(target)
    for said in ("编号：花问〔2021〕1号", "线路老化", "2021年2月26日", "村口", "张三、李四", "2021年3月5日"):
        assert said in words, said
    with app.reading() as session:
        ledger, found = record_answered(session, "花问〔2021〕1号")
    answering.answer(app, ledger, found, "线路已更换", verdict=ACCEPTED)
    with app.reading() as session:
        assert session.get_one(Finding, found).closed_on == app.today()
        counts = {
            approved: [(part.name, part.figures["问题数"], part.figures["整改数"])
                       for part in broken_down(session, FINDINGS, "unit", Scope(approved, Period.of(2021)))]
            for approved in (False, True)
        }  # fmt: skip
        assert counts == {False: [("倪宅村", 3, 1)], True: [("倪宅村", 1, 1)]}, "by unit, as a contest takes them; drafts aside"


ASK = {"title": "“双随机”安全检查", "objects": "倪宅村\n潘宅村\n大屋村", "count": "2", "people": "张三\n李四\n王五", "each": "2"}


def test_a_draw_can_be_repeated_by_anybody_with_the_words_on_its_sheet(app, tmp_path, capfd):
    drawn = draw(app, ASK | {"seed": "2021-03-01 368", "planned_on": "2021-03-09"})
    # as another program would do it by what the sheet says
    digests = sorted((hashlib.sha256(f"2021-03-01 368|{line}".encode()).hexdigest(), line) for line in ASK["objects"].split())
    chosen = [line for _digest, line in digests[:2]]
    sent = {
        line: [p for _d, p in sorted((hashlib.sha256(f"2021-03-01 368|{line}|{p}".encode()).hexdigest(), p) for p in ASK["people"].split())][:2]
        for line in chosen
    }  # fmt: skip
    with app.reading() as session:
        kept = session.get_one(Draw, drawn.draw_id)
        planned = session.scalars(select(Inspection).order_by(Inspection.id)).all()
        assert kept.drawn.split("\n") == [f"{line}：{'、'.join(sent[line])}" for line in chosen]
        assert [(one.unit.name, one.inspectors, one.draw_id) for one in planned] == [
            (line, "、".join(sent[line]), drawn.draw_id) for line in chosen
        ]
        assert {one.planned_on for one in planned} == {date(2021, 3, 9)}
    target = tmp_path / "抽取.pdf"
    write_draw(app, drawn.draw_id, target)
    words = text_of(target)
    for said in ("双随机抽取结果表", "2021-03-01368", "SHA-256", *(digest[:16] for digest, _line in digests), *chosen):
        assert said in words, said
    with pytest.raises(FieldErrors) as caught:
        draw(app, ASK | {"objects": "倪宅村\n倪宅村", "count": "3", "each": "9"})
    assert set(caught.value.messages) == {"objects", "count", "each"}
    with pytest.raises(FieldErrors, match="“王家村”不是本镇的单位"):
        draw(app, ASK | {"objects": "王家村", "count": "1"})
    assert draw(app, {"title": "抽查", "objects": "倪宅村", "count": "1"}).lines == 1, "a seed is given, people are not needed"
    folder = app.folder
    app.data.close()
    assert run(["verify", "--data", str(folder)], lambda *_: ()) == 0
    assert capfd.readouterr().out.count("重做一遍，结果一致") == 2
    data = Application.open(folder)
    with come_in(data, "张三").operation(Act.CHANGE, "改了结果") as running:
        running.session.get_one(Draw, drawn.draw_id).drawn = "潘宅村：张三、李四\n倪宅村：王五、张三"
    data.close()
    assert run(["verify", "--data", str(folder)], lambda *_: ()) == 1
    assert "结果不一致" in capfd.readouterr().out


def test_the_command_escalates_what_is_due_and_says_so(app, capfd):
    issue(app, issued_on="2020-12-01", term="2020-12-31")
    folder = app.folder
    app.data.close()
    for said in ("已升级重新发出：警告 1 份。", "没有到期要升级的督查单。"):
        assert run(["escalate", "--data", str(folder)], lambda *_: ()) == 0
        assert said in capfd.readouterr().out


@pytest.mark.parametrize("ledger", [NOTICES, FINDINGS, INSPECTIONS], ids=lambda ledger: ledger.key)
def test_what_is_exported_is_known_again_here_and_taken_in_as_new_elsewhere(app, tmp_path, ledger):
    issue(app, grounds="进展慢")
    answering.answer(app, NOTICES, issue(app, title="水渠"), "已修通")
    escalate(app, OVER)
    visit = {"title": "安全检查", "unit": "倪宅村", "planned_on": "2021-02-25", "visited_on": "2021-02-26", "result": "有问题"}
    found = entry.save(app, INSPECTIONS, None, visit | {"place": "村口", "inspectors": "张三"}).record_id
    found_on(app, [found], {"title": "线路老化", "demand": "更换", "term": "2021-03-05"})
    target = tmp_path / f"{ledger.title}.xlsx"
    with app.reading() as session:
        ids = record_ids(session, ledger, Wanted())
    export_list(app, ledger, ids, all_keys(ledger), target, open_names=True)
    assert {row.action for row in preview(app, [target]).rows} == {"same"}
    other = open_office(tmp_path / "other", app.today())
    read = preview(other, [target])
    assert read.files[0].ledger is ledger
    assert apply(other, read).new == len(ids)
    keys = list(ledger.form_fields)
    assert [values for _id, values in kept_values_of(other, ledger, keys)] == [v for _id, v in kept_values_of(app, ledger, keys)]
    with other.reading() as session:
        states = set(session.scalars(select(ledger.model.state)))
        assert states == {"submitted" if ledger is INSPECTIONS else "draft"}, "nothing is issued or answered by an import alone"
    assert escalate(other, date(2021, 12, 31)).operation_id is None
    other.data.close()


def kept_values_of(seat, ledger, keys):
    with seat.reading() as session:
        return list(kept_values(session, ledger, keys))
