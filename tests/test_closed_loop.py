"""From the handing out of a task to its sign-off: the table of moves is all there is, and every other way is refused in words."""

from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import select

from db.acts import Act
from db.extensions import Extension
from db.models import Milestone, Notice, Task
from huajie_desktop.declared.closed_loop import HANDLING
from huajie_desktop.errors import FieldErrors, Problem
from huajie_desktop.journal.history import undo
from huajie_desktop.lights.kept_facts import lights_of
from huajie_desktop.records import entry
from huajie_desktop.records.doubts import doubted_fields
from huajie_desktop.supervision.decisions import DECISIONS
from huajie_desktop.supervision.extensions import EXTENSIONS
from huajie_desktop.supervision.findings import FINDINGS
from huajie_desktop.supervision.incoming import INCOMING
from huajie_desktop.supervision.notice_ledger import NOTICES
from huajie_desktop.township.seating import come_in
from huajie_desktop.work.review import approve, move, submit
from huajie_desktop.work.task_ledger import TASKS
from tests.folders import open_office
from tests.office import TEXTS, contents, enter

DAY = date(2021, 3, 1)


@pytest.fixture
def task(app):
    """A confirmed task with one milestone."""
    task_id = enter(app, milestones="6月底 完成招标 佐证：中标通知书")
    confirm(app, task_id)
    return task_id


def confirm(app, task_id):
    submit(app, [task_id])
    approve(app, [task_id])


def do(app, act, task_id, reason=""):
    return move(app, TASKS, act, [task_id], reason)


def kept(app, task_id, model=Task):
    with app.reading() as session:
        found = session.get_one(model, task_id)
        session.expunge(found)
        return found


def reach(app, task_id, given="中标通知书"):
    """Ticks the milestones off."""
    with app.operation(Act.CHANGE, "完成节点") as running:
        for mark in running.session.scalars(select(Milestone).where(Milestone.task_id == task_id)):
            mark.reached_on, mark.given = DAY, given


def test_a_task_goes_from_the_confirmed_list_to_its_sign_off(app, task):
    do(app, Act.HAND, task)
    handed = kept(app, task)
    assert (handed.handling, handed.handed_on, handed.receive_by) == ("handed", app.today(), date(2021, 3, 4))
    do(app, Act.RECEIVE, task)
    with pytest.raises(Problem, match="的节点“完成招标”没有完成日期，不能申请销号。请先在节点里填上。"):
        do(app, Act.APPLY, task)
    reach(app, task, given=None)
    with pytest.raises(Problem, match="的节点“完成招标”没有交佐证"):
        do(app, Act.APPLY, task)
    reach(app, task)
    do(app, Act.APPLY, task)
    with pytest.raises(Problem, match="是您（.*）申请销号的，要由别人核验"):
        do(app, Act.VERIFY, task)
    other = come_in(app.data, "李四")
    do(other, Act.VERIFY, task)
    done = kept(app, task)
    assert (done.handling, done.signed_off_number, done.finished_on) == ("signed_off", "花销〔2021〕1号", DAY)
    with pytest.raises(Problem, match="现在是“已销号”"):
        do(app, Act.APPLY, task)
    with pytest.raises(Problem, match="请写明重新办理原因，没有重新办理。"):
        do(app, Act.REOPEN, task)
    do(other, Act.REOPEN, task, "路灯又坏了")
    again = kept(app, task)
    assert (again.handling, again.finished_on, again.signed_off_on) == ("underway", None, None)
    assert again.handling_reason == "路灯又坏了"


def test_nothing_is_handed_out_that_is_not_confirmed(app):
    with pytest.raises(Problem, match="还没有审核通过，不能交办。请先提交审核。"):
        do(app, Act.HAND, enter(app))


def test_without_milestones_a_file_is_the_evidence(app):
    task_id = enter(app)
    confirm(app, task_id)
    do(app, Act.HAND, task_id)
    do(app, Act.RECEIVE, task_id)
    with pytest.raises(Problem, match="没有佐证材料，不能申请销号。请先添加照片或文件。"):
        do(app, Act.APPLY, task_id)


def test_an_open_notice_is_closed_first(app, task):
    do(app, Act.HAND, task)
    do(app, Act.RECEIVE, task)
    reach(app, task)
    typed = {
        "level": "提醒", "unit": TEXTS["unit"], "title": TEXTS["title"], "issued_on": "2021-03-01", "term": "2021-03-10",
    }  # fmt: skip
    notice = entry.save(app, NOTICES, None, typed).record_id
    assert kept(app, notice, Notice).task_id == task
    move(app, NOTICES, Act.HAND, [notice])
    assert kept(app, notice, Notice).number == "花督〔2021〕1号"
    with pytest.raises(Problem, match="还有督查单花督〔2021〕1号没有办结，不能申请销号。"):
        do(app, Act.APPLY, task)
    with pytest.raises(Problem, match="还没有写反馈情况，没有反馈。请先填写反馈情况。"):
        move(app, NOTICES, Act.ANSWER, [notice])
    entry.save(app, NOTICES, notice, {"answer": "已组织招标"})
    move(app, NOTICES, Act.ANSWER, [notice])
    move(app, NOTICES, Act.ACCEPT, [notice])
    do(app, Act.APPLY, task)
    assert kept(app, task).handling == "applied"


def test_a_day_asked_for_in_the_next_year_is_no_doubt_but_one_further_away_is(app, task):
    named = {"unit": TEXTS["unit"], "title": TEXTS["title"]}
    asked = {EXTENSIONS: ("wanted", {"asked_on": "2021-08-01", "reason": "雨"}), FINDINGS: ("term", {"found_on": "2021-12-20"}),
             NOTICES: ("term", {"level": "提醒", "issued_on": "2021-12-20", "demand": "抓紧"})}  # fmt: skip
    for ledger, (key, typed) in asked.items():
        for day, doubts in (("2022-01-31", []), ("2023-01-31", [key])):
            record_id = entry.save(app, ledger, None, {**named, **typed, key: day}).record_id
            with app.reading() as session:
                assert list(doubted_fields(session, ledger, [record_id]).get(record_id, ())) == doubts, (ledger.key, day)


def test_a_reason_that_is_too_long_is_refused_and_not_cut(app, task):
    do(app, Act.HAND, task)
    do(app, Act.RECEIVE, task)
    with pytest.raises(Problem, match="中止原因最多写 200 个字，现在 201 个，没有中止。请写短一些。"):
        move(app, TASKS, Act.SUSPEND, [task], "雨" * 201)
    move(app, TASKS, Act.SUSPEND, [task], "雨" * 200)
    assert kept(app, task).handling_reason == "雨" * 200


def test_a_date_is_changed_by_the_decision_alone(app, task):
    def asked(**said):
        typed = {"unit": TEXTS["unit"], "title": TEXTS["title"], "asked_on": "2021-08-01", "wanted": "2021-10-31", "reason": "雨"}
        return entry.save(app, EXTENSIONS, None, typed | said).record_id

    with pytest.raises(FieldErrors) as caught:
        asked(asked_on="2021-09-01")
    assert caught.value.messages == {"asked_on": "原定时限（2021-08-31）已过，延期要在到期之前申请"}
    with pytest.raises(FieldErrors) as caught:
        asked(wanted="2021-08-31")
    assert caught.value.messages == {"wanted": "申请延期至要晚于原定时限（2021-08-31）"}
    first, second = asked(), asked(asked_on="2021-08-02")
    for request in (first, second):
        move(app, EXTENSIONS, Act.REQUEST, [request])
    move(app, EXTENSIONS, Act.REFUSE, [first], "材料不全")
    assert kept(app, task).due == date(2021, 8, 31)
    granted = move(app, EXTENSIONS, Act.GRANT, [second])
    now = kept(app, task)
    assert (now.due, now.due_precision, now.due_text) == (date(2021, 10, 31), "day", None)
    said = kept(app, second, Extension)
    assert (said.before, said.number, said.decided_on) == (date(2021, 8, 31), "花延〔2021〕1号", app.today())
    undo(app, [granted.operation_id])
    assert kept(app, task).due == date(2021, 8, 31)


MOVES = {(move.verb, start): move.end for move in HANDLING.moves for start in move.start}
VERBS = sorted({move.verb for move in HANDLING.moves})


class Loop(RuleBasedStateMachine):
    """Random moves by two people, taken back and done again: the table alone says where the task stands."""

    folder = None

    def __init__(self):
        super().__init__()
        self.first = open_office(self.folder / f"{id(self):x}", DAY)
        self.task = enter(self.first, milestones="6月底 完成招标")
        confirm(self.first, self.task)
        reach(self.first, self.task)
        self.other = come_in(self.first.data, "李四")
        self.state, self.done = "planned", []
        self.applicant = None

    @rule(verb=st.sampled_from(VERBS), by_other=st.booleans())
    def go(self, verb, by_other):
        seat = self.other if by_other else self.first
        reason = "原因" if any(move.asks for move in HANDLING.of(verb)) else ""
        end = MOVES.get((verb, self.state))
        if end is None:
            with pytest.raises(Problem, match=f"现在是“{HANDLING.words[self.state]}”"):
                do(seat, verb, self.task, reason)
        elif verb is Act.VERIFY and self.applicant == seat.author.uid:
            with pytest.raises(Problem, match="要由别人核验"):
                do(seat, verb, self.task, reason)
        else:
            made = do(seat, verb, self.task, reason)
            self.done.append((made.operation_id, self.state, self.applicant))
            self.state = end
            self.applicant = seat.author.uid if verb is Act.APPLY else None if verb is Act.REOPEN else self.applicant

    @precondition(lambda self: self.done)
    @rule(again=st.booleans())
    def take_back(self, again):
        operation, before, applicant = self.done.pop()
        taken = undo(self.first, [operation])
        if again:
            made = undo(self.first, [taken.operation_id])
            self.done.append((made.operation_id, before, applicant))
        else:
            self.state, self.applicant = before, applicant

    @invariant()
    def the_table_says_where_it_stands(self):
        found = kept(self.first, self.task)
        assert HANDLING.state(found.handling) == self.state
        assert found.signed_off_number is None or found.handling is not None
        assert (found.signed_off_on is not None) == (self.state == "signed_off")
        assert (found.handed_on is not None) == (self.state != "planned")

    def teardown(self):
        self.first.data.close()


def test_any_sequence_of_moves_stays_within_the_table(tmp_path):
    Loop.folder = tmp_path
    case = Loop.TestCase
    case.settings = settings(
        max_examples=15, stateful_step_count=25, deadline=None, phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow], derandomize=True,
    )  # fmt: skip
    case().runTest()


LEDGERS = (TASKS, NOTICES, FINDINGS, EXTENSIONS, DECISIONS, INCOMING)
MADE = [(ledger, verb) for ledger in LEDGERS for life in ledger.lives for verb in life.acts]
ABOUT = {"unit": TEXTS["unit"], "title": TEXTS["title"]}
TYPED = {  # what one record of each ledger says; with an answer, so that its life can go on
    "notices": {**ABOUT, "level": "提醒", "issued_on": "2021-03-01", "term": "2021-03-10", "demand": "抓紧", "answer": "已招标"},
    "findings": {
        "unit": TEXTS["unit"],
        "title": "围挡不完整",
        "found_on": "2021-03-01",
        "term": "2021-03-20",
        "answer": "已补齐",
    },
    "extensions": {**ABOUT, "asked_on": "2021-03-01", "wanted": "2021-10-31", "reason": "雨"},
    "decisions": {"meeting": "例会", "met_on": "2021-03-01", "title": "路灯先装", "unit": TEXTS["unit"], "due": "2021-09-30"},
    "incoming": {"title": "关于路灯的通知", "sender": "县里", "received_on": "2021-03-01", "due": "2021-09-30"},
}


class AllLives(RuleBasedStateMachine):
    """Random moves of a task and all that is about it, by two people, taken back and done again in between."""

    folder = None

    def __init__(self):
        super().__init__()
        self.first = open_office(self.folder / f"{id(self):x}", DAY)
        self.ids = {"tasks": enter(self.first, milestones="6月底 完成招标")}
        reach(self.first, self.ids["tasks"])
        confirm(self.first, self.ids["tasks"])
        for ledger in LEDGERS[1:]:
            self.ids[ledger.key] = entry.save(self.first, ledger, None, TYPED[ledger.key]).record_id
        self.other = come_in(self.first.data, "李四")
        self.steps = []  # what can be taken back: the operation, and what was kept before it
        self.taken = 0

    @rule(which=st.sampled_from(MADE), by_other=st.booleans(), says=st.booleans())
    def go(self, which, by_other, says):
        ledger, verb = which
        life, seat, record = ledger.life_of(verb), self.other if by_other else self.first, self.ids[ledger.key]
        before, stood = contents(self.first), self.stands(ledger, life)
        refused = ""
        try:
            done = move(seat, ledger, verb, [record], "原因" if says else "")
        except Problem as problem:
            refused = str(problem)
        if refused:
            assert refused.endswith("。")
            assert contents(self.first) == before, "what is refused changes nothing"
            return
        assert any(stood in made.start and made.end == self.stands(ledger, life) for made in life.of(verb)), (verb, stood)
        assert says or not any(made.asks for made in life.of(verb) if stood in made.start)
        self.steps.append((done.operation_id, before))
        self.taken += 1

    def stands(self, ledger, life):
        return life.state(getattr(kept(self.first, self.ids[ledger.key], ledger.model), life.column))

    @precondition(lambda self: self.steps)
    @rule(again=st.booleans())
    def take_back(self, again):
        operation, before = self.steps.pop()
        after = contents(self.first)
        back = undo(self.first, [operation])
        assert contents(self.first) == before, "all is as it was, to the last column"
        if again:
            self.steps.append((undo(self.first, [back.operation_id]).operation_id, before))
            assert contents(self.first) == after

    @precondition(lambda self: self.steps)
    @rule()
    def take_all_back(self):
        for operation, before in reversed(self.steps):
            undo(self.first, [operation])
            assert contents(self.first) == before
        self.steps.clear()

    def teardown(self):
        AllLives.moved += self.taken
        self.first.data.close()


AllLives.moved = 0


def test_any_sequence_of_moves_of_all_lives_is_taken_back_to_the_last_column(tmp_path):
    AllLives.folder, AllLives.moved = tmp_path, 0
    case = AllLives.TestCase
    case.settings = settings(
        max_examples=6, stateful_step_count=40, deadline=None, phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow], derandomize=True,
    )  # fmt: skip
    case().runTest()
    assert AllLives.moved > 20, "most moves must not have been refused for nothing"


def test_lights_follow_from_what_is_kept(app, task):
    def light(day, month=None):
        with app.reading() as session:
            return lights_of(session, [task], day)[task]

    do(app, Act.HAND, task)
    do(app, Act.RECEIVE, task)
    assert light(date(2021, 3, 10)).key == "waiting"
    assert light(date(2021, 7, 15)).key == "behind", "the milestone of June was not reached"
    assert light(date(2021, 9, 1)).key == "overdue"
    typed = {
        "unit": TEXTS["unit"], "title": TEXTS["title"], "month": "6月", "percent": "90", "summary": "已装11盏",
        "reported_on": "2021-07-01",
    }  # fmt: skip
    entry.save(app, app.catalogue["progress"], None, typed)
    assert light(date(2021, 6, 15)).key == "waiting", "what was told later was not known then"
    assert light(date(2021, 7, 15)).key == "normal"
    reach(app, task)
    do(app, Act.APPLY, task)
    do(come_in(app.data, "李四"), Act.VERIFY, task)
    assert light(date(2021, 9, 1)).tick
    do(app, Act.REOPEN, task, "路灯又坏了")
    assert not light(date(2021, 9, 1)).tick
