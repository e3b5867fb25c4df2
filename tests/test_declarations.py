"""A wrong declaration stops the program where it is imported: it names the ledger and says what is wrong. The table of every sort."""

import sys
from dataclasses import replace

import pytest
from sqlalchemy import true

from db.acts import Act
from db.fields import Field, Kind
from db.ledgers.progress import Progress
from huajie_desktop import ledgers
from huajie_desktop.declared.catalogue import Catalogue
from huajie_desktop.declared.facets import Awaited, Count, OnPaper, Ratio, Sum
from huajie_desktop.declared.life import REASON, REVIEW, Effect, State
from huajie_desktop.declared.reports import reports_on
from huajie_desktop.ledgers import LEDGERS
from huajie_desktop.shipped_catalogue import open_catalogue
from huajie_desktop.township.registers import UNITS
from huajie_desktop.work.task_ledger import TASKS
from tests.test_life import CLOSED, CLOSING

PAPER = OnPaper("notice", lambda *_: {}, lambda *_: {}, term="closed_on", answer=("result", "closed_on"))
DISPUTES, PROGRESS = LEDGERS["disputes"], LEDGERS["progress"]
SIDES = ("shown", "form", "sheets", "rules", "figures")
DUE = ("due_precision", "due_text", "ongoing")


# how each row declares wrongly; what is returned does so when it is called


def otherwise(ledger, **change):
    """The ledger with something said otherwise, on the side of the declaration it belongs to."""

    def declare(_monkeypatch):
        sides = {side: {key: change[key] for key in change if hasattr(getattr(ledger, side), key)} for side in SIDES}
        plain = {key: value for key, value in change.items() if not any(key in said for said in sides.values())}
        return replace(ledger, **plain, **{side: replace(getattr(ledger, side), **said) for side, said in sides.items()})

    return declare


def field(ledger, name, **change):
    """The ledger with a field of its model declared otherwise, or a further one."""

    def declare(monkeypatch):
        fields = ledger.model.FIELDS
        monkeypatch.setitem(fields, name, replace(fields.get(name, Field("又一项", Kind.TEXT, name)), **change))
        return replace(ledger)

    return declare


def life(**change):
    return otherwise(CLOSED, further_lives=(replace(CLOSING, **change),))


def moved(**change):
    return life(moves=(replace(CLOSING.moves[0], **change), *CLOSING.moves[1:]))


def nearly(**change):
    return life(states={**CLOSING.states, "nearly": replace(CLOSING.states["nearly"], **change)})


def beside(*declared):
    """A catalogue of these ledgers."""
    return lambda monkeypatch: Catalogue([declare(monkeypatch) if callable(declare) else declare for declare in declared])


def reports(of, column):
    """Reports on a ledger whose model says that column to be the one of the record they are of."""

    def declare(monkeypatch):
        monkeypatch.setattr(Progress, "OF", column)
        return reports_on(of, Progress, key="x", title="月度进展台账", title_words=())

    return declare


def one(key):
    return (key,)


AGAIN = replace(CLOSING, moves=tuple(replace(made, verb=Act.ARRANGE) for made in CLOSING.moves[:1]), effects={})
# Where a declaration says keys, and how.
KEYS = {
    **dict.fromkeys(("name", "place", "closes_by", "month", "day"), str),
    **dict.fromkeys(("columns", "filters", "found_by", "apart", "previewed"), one),
    **dict.fromkeys(("identity", "sent", "expected", "likely", "telling", "beside", "breakdowns"), one),
    "groups": lambda key: (*DISPUTES.form.groups, ("又", (key,))),
    "filled": lambda key: ((key, "x"),),
    "by_unit": lambda key: {key: lambda _session: None},
    "indicators": lambda key: (Sum("合计", key),),
}
TYPED = ("previewed", "filled", "sent", "month", "expected", "likely", "telling", "beside", "by_unit")
WITHOUT_START = tuple((heading, tuple(key for key in keys if key != "start")) for heading, keys in TASKS.form.groups)
WITHOUT_UNIT = tuple((heading, tuple(key for key in keys if key != "unit")) for heading, keys in TASKS.form.groups)

TABLE = {
    "矛盾纠纷调处台账": [
        # keys
        *(
            (otherwise(DISPUTES, **{side: said("colour")}), f"Dispute 没有 {side} 里写的字段 colour")
            for side, said in KEYS.items()
        ),
        (field(DISPUTES, "people", most=0), "字段 people 的上限 0 没有意义"),
        (field(DISPUTES, "summary", most=5), "字段 summary 的上限 5 没有意义"),
        (field(DISPUTES, "lead_id", besides="colour"), "Dispute 没有 besides 里写的字段 colour"),
        (field(DISPUTES, "lead_id", begins="colour"), "Dispute 没有 begins 里写的字段 colour"),
        (field(DISPUTES, "lead_id", steps="colour"), "Dispute 没有 steps 里写的字段 colour"),
        # kinds
        (otherwise(DISPUTES, place="kind"), "place 里的字段 kind 不是单位"),
        (otherwise(DISPUTES, day="kind"), "day 里的字段 kind 不是日期"),
        (otherwise(DISPUTES, closes_by="result"), "closes_by 里的字段 result 不是日期"),
        (otherwise(DISPUTES, awaited=Awaited("kind", lambda _model: true())), "awaited 里的字段 kind 不是日期"),
        (otherwise(DISPUTES, tints={"colour": {}}), "Dispute 没有 tints 里写的字段 colour"),
        (otherwise(DISPUTES, paper=replace(PAPER, term="kind")), "term 里的字段 kind 不是日期"),
        (otherwise(DISPUTES, paper=replace(PAPER, answer=("result", "colour"))), "Dispute 没有 answer 里写的字段 colour"),
        (otherwise(DISPUTES, filters=("kind", "summary")), "filters 里的字段 summary 不是可以分类的内容"),
        (otherwise(DISPUTES, breakdowns=("accepted_on",)), "breakdowns 里的字段 accepted_on 不是可以分类的内容"),
        (otherwise(DISPUTES, indicators=(Sum("合计", "kind"),)), "indicators 里的字段 kind 不是可以相加的数"),
        (otherwise(DISPUTES, month="level"), "month 里的字段 level 不是十二个月的选项"),
        (otherwise(DISPUTES, month="summary"), "month 里的字段 summary 不是十二个月的选项"),
        # the form
        (otherwise(DISPUTES, groups=(*DISPUTES.form.groups, ("又", ("summary",)))), "字段 summary 在表单里出现了两次"),
        (
            otherwise(DISPUTES, groups=DISPUTES.form.groups[1:], filled=(), previewed=(), beside=(), reads_like=None),
            "必填字段 accepted_on 不在表单里",
        ),
        (
            otherwise(DISPUTES, place=None, by_unit={"level": lambda _session: None}),
            "by_unit 要按单位填写，却没有声明 place",
        ),
        (otherwise(DISPUTES, each_of="tasks"), "按 each_of 逐条填报，却没有声明 month 和 place"),
        (otherwise(DISPUTES, beside=()), "reads_like 和 beside 要一起声明"),
        # headers
        (field(DISPUTES, "level", label="纠纷类型"), "表头“纠纷类型”既是字段 kind，又是字段 level"),
        (field(DISPUTES, "level", aliases=("案件类型",)), "表头“案件类型”既是字段 kind，又是字段 level"),
        (field(DISPUTES, "level", aliases=("＊ 村 名（社区）：",)), "表头“＊ 村 名（社区）：”既是字段 village，又是字段 level"),
        (field(DISPUTES, "level", aliases=("标的额/万元",)), "表头“标的额”既是字段 level，又是字段 amount"),
        # fields
        (field(DISPUTES, "level", choices={}), "字段 level 没有选项"),
        (field(DISPUTES, "level", further=("kind",)), "字段 level 用的列数不对"),
        (field(DISPUTES, "closed_on", kind=Kind.DEADLINE), "字段 closed_on 用的列数不对"),
        (field(DISPUTES, "closed_on", kind=Kind.DEADLINE, further=DUE), "Dispute 没有字段 closed_on 要用的列 due_precision"),
        *(
            (field(DISPUTES, "recorder", kind=kind), "字段 recorder 是几项内容，要用 parts(…) 声明")
            for kind in (Kind.PEOPLE, Kind.UNITS, Kind.CATEGORIES, Kind.QUANTITIES, Kind.FUNDING, Kind.MILESTONES)
        ),
        (field(DISPUTES, "lead_id", kind=Kind.UNIT), "字段 lead 是 unit，却没有指向 units"),
        (field(DISPUTES, "lead_id", kind=Kind.CATEGORY), "字段 lead 是 category，却没有指向 categories"),
        (field(DISPUTES, "lead_id", kind=Kind.LIST_KIND), "字段 lead 是 list_kind，却没有指向 list_kinds"),
        (field(DISPUTES, "lead_id", kind=Kind.FORCE), "字段 lead 是 force，却没有指向 task_forces"),
        (field(DISPUTES, "unit_id", kind=Kind.PERSON), "字段 unit 是 person，却没有指向 people"),
        (field(DISPUTES, "lead_id", kind=Kind.TEXT), "字段 lead 是 text，却指向 people.id"),
        (field(DISPUTES, "recorder", kind=Kind.PERSON), "字段 recorder 是 person，却没有指向 people"),
        # figures
        (
            otherwise(DISPUTES, indicators=(Count("数"), Ratio("率", "数", "全部")), sentence=""),
            "指标“率”用到了没有声明的计数",
        ),
        (
            otherwise(DISPUTES, indicators=(Count("数"), Ratio("率", "全部", "数")), sentence=""),
            "指标“率”用到了没有声明的计数",
        ),
        (
            otherwise(DISPUTES, indicators=(Count("数"), Sum("额", "amount"), Ratio("率", "数", "额")), sentence=""),
            "指标“率”用到了没有声明的计数",
        ),
        (otherwise(DISPUTES, indicators=(Count("数"), Count("数")), sentence=""), "指标“数”出现了两次"),
        (otherwise(DISPUTES, sentence="共{总数}。"), "报告用语里的“总数”不是它的指标"),
    ],
    "任务清单": [
        *(
            (otherwise(TASKS, **{side: KEYS[side]("number")}), f"{side} 里的字段 number 不在表单里") for side in TYPED
        ),  # the number is given, nobody types it
        (otherwise(TASKS, groups=WITHOUT_START, sent=(), likely=(), telling=()), "begins 里的字段 start 不在表单里"),
        (otherwise(TASKS, groups=WITHOUT_UNIT, previewed=(), likely=()), "besides 里的字段 unit 不在表单里"),
        (field(TASKS, "due", steps="number"), "steps 里的字段 number 不在表单里"),
        (field(TASKS, "due", begins="content"), "begins 里的字段 content 不是日期"),
        (field(TASKS, "due", steps="funding"), "steps 里的字段 funding 不是时间节点"),
        (field(TASKS, "due", steps=""), "表头“时间节点”既是字段 due，又是字段 milestones"),
        (field(TASKS, "cooperating", besides="category"), "字段 cooperating 和它的 besides（category）指的不是一类"),
        (field(TASKS, "further", besides="unit"), "字段 further 和它的 besides（unit）指的不是一类"),
        (field(TASKS, "responsible", besides="unit"), "字段 responsible 和它的 besides（unit）指的不是一类"),
        (field(TASKS, "lead_id", besides="unit"), "字段 lead 和它的 besides（unit）指的不是一类"),
        (field(TASKS, "due", further=(*DUE[:2], "forever")), "Task 没有字段 due 要用的列 forever"),
        (field(TASKS, "due", further=DUE[:2]), "字段 due 用的列数不对"),
        (field(TASKS, "finished_on", kind=Kind.DEADLINE, further=DUE), "有两个字段都用了列 due_precision"),
        (field(TASKS, "lead", kind=Kind.PERSON), "有两个字段都叫 lead"),
        (field(TASKS, "progress", kind=Kind.MILESTONES), "字段 progress 是几项内容，要用 parts(…) 声明"),
        (field(TASKS, "quantities", kind=Kind.PEOPLE), "字段 quantities 的内容 Quantity 不是 PersonPart"),
        (field(TASKS, "quantities", kind=Kind.UNITS), "字段 quantities 的内容 Quantity 不是 UnitPart"),
        (field(TASKS, "quantities", kind=Kind.CATEGORIES), "字段 quantities 的内容 Quantity 不是 CategoryPart"),
        (field(TASKS, "quantities", kind=Kind.FUNDING), "字段 quantities 的内容 Quantity 不是 FundingPart"),
        (field(TASKS, "funding", kind=Kind.QUANTITIES), "字段 funding 的内容 Funding 不是 QuantityPart"),
        (field(TASKS, "occurrences", kind=Kind.MILESTONES), "字段 occurrences 的内容 Occurrence 不是 MilestonePart"),
        (field(TASKS, "responsible", kind=Kind.TEXT), "字段 responsible 是几项内容，种类不能是 text"),
        (field(TASKS, "progress", kind=Kind.LONG_TEXT), "字段 progress 是几项内容，种类不能是 long_text"),
        (otherwise(TASKS, life=None), "Task 要审核，却没有声明流程"),
        (
            otherwise(TASKS, life=replace(TASKS.life, needed=("responsible",))),
            "流程要求填写的 responsible 是几项内容，不能这样要求",
        ),
        (beside(TASKS, TASKS), "tasks 已经是“任务清单”"),
        (beside(TASKS, otherwise(TASKS, key="again", title_words=())), "Task 已经是“任务清单”的"),
    ],
    "单位": [
        (otherwise(UNITS, life=REVIEW), "Unit 没有流程用的列 return_reason"),
        (beside(TASKS, otherwise(UNITS, title_words=("机构", "承 诺"))), "标题用语“承 诺”已经是“任务清单”的"),
    ],
    "月度进展台账": [
        (otherwise(PROGRESS, month=""), "按 each_of 逐条填报，却没有声明 month 和 place"),
        (otherwise(PROGRESS, place=None), "按 each_of 逐条填报，却没有声明 month 和 place"),
        (otherwise(PROGRESS, month="stage"), "month 里的字段 stage 不是十二个月的选项"),
        (beside(UNITS, PROGRESS), "没有 each_of 里写的台账 tasks"),
        (beside(UNITS, otherwise(PROGRESS, each_of="units")), "each_of 里写的“单位”没有声明 place"),
        (reports(TASKS, ""), "Progress 的 OF 没有写明是哪一列"),
        (reports(TASKS, "task"), "Progress 的 OF 没有写明是哪一列"),
        (reports(TASKS, "unit_id"), "Progress 的 OF 列 unit_id 没有指向“任务清单”"),
        (reports(TASKS, "title"), "Progress 的 OF 列 title 没有指向“任务清单”"),
        (reports(UNITS, "unit_id"), "“单位”没有声明 place，不能按单位填报"),
    ],
    "销号台账": [
        (life(column="stand"), "Progress 没有流程用的列 stand"),
        (moved(writes={"closed_by": "x"}), "Progress 没有流程用的列 closed_by"),
        (life(effects={"told": Effect(print, writes=("told",))}), "Progress 没有流程用的列 told"),
        (moved(writes={"summary": None}), "字段 summary 由流程填写，不能在表单里"),
        (
            life(states={**CLOSING.states, "done": State("销号", "green")}),
            "状态 done（销号）和字段 stage 的选项不一致",
        ),
        (life(states={}), "流程里没有状态 nearly"),
        (life(received="asked"), "流程里没有状态 asked"),
        (life(waiting="asked"), "流程里没有状态 asked"),
        (life(counted="over"), "流程里没有状态 over"),
        (moved(start=()), "“申请销号”没有写从哪个状态出发"),
        (moved(start=("begun",)), "“申请销号”用到了没有的状态 begun"),
        (moved(end="over"), "“申请销号”用到了没有的状态 over"),
        (life(moves=(*CLOSING.moves, CLOSING.moves[0])), "从状态 underway 出发的“申请销号”出现了两次"),
        (moved(needs=("signed",)), "“申请销号”的条件 signed 没有声明"),
        (moved(writes={"return_reason": REASON}), "“申请销号”要写原因，却没有问"),
        (life(effects={**CLOSING.effects, "rung": Effect(print)}), "没有一步会用到 rung"),
        (nearly(locks=("colour",)), "流程锁定的 colour 不是表单里的字段"),
        (life(stays_open=("colour",)), "流程不锁定的 colour 不是表单里的字段"),
        (life(needed=("colour",)), "流程要求填写的 colour 不是表单里的字段"),
        (moved(verb=Act.SUBMIT), "两个流程里都有 submit"),
        (otherwise(CLOSED, further_lives=(CLOSING, AGAIN)), "两个流程用了同一列"),
    ],
}


@pytest.mark.parametrize(
    ("declare", "title", "said"), [(declare, title, said) for title, rows in TABLE.items() for declare, said in rows]
)
def test_a_wrong_declaration_stops_the_program_and_names_the_ledger(monkeypatch, declare, title, said):
    with pytest.raises(ValueError, match="台账") as caught:
        declare(monkeypatch)
    assert str(caught.value) == f"台账“{title}”的声明有误：{said}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "from huajie_desktop.ledgers.disputes import LEDGER",
            "台账“矛盾纠纷调处台账”的声明有误：disputes 已经是“矛盾纠纷调处台账”",
        ),
        ("", "台账模块 wrong_ledger 没有声明 LEDGER"),
    ],
)
def test_a_wrong_module_of_ledgers_stops_the_program_and_is_named(monkeypatch, tmp_path, text, said):
    (tmp_path / "wrong_ledger.py").write_text(text, "utf-8")
    monkeypatch.setattr(ledgers, "__path__", [*ledgers.__path__, str(tmp_path)])
    monkeypatch.setitem(sys.modules, "huajie_desktop.ledgers.wrong_ledger", None)  # whatever is put there is gone afterwards
    del sys.modules["huajie_desktop.ledgers.wrong_ledger"]
    with pytest.raises(ValueError, match="台账") as caught:
        ledgers._gathered()
    assert str(caught.value) == said


def test_what_is_shipped_is_declared_rightly_and_the_table_leaves_it_so():
    for ledger in open_catalogue().values():
        replace(ledger)


def test_a_deadline_and_its_steps_may_have_one_header_whichever_comes_first(monkeypatch):
    otherwise(TASKS, groups=TASKS.form.groups[::-1])(monkeypatch)
