"""Indicators: counted by the database as a few lines of Python would, within the campaign, for months, against earlier ones."""

from collections import Counter
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from random import Random

import pytest
from sqlalchemy import select

from db.base import table_of
from db.ledgers.dispute import DISPUTE_KINDS, LEVELS, RESULTS, Dispute
from db.log import Act
from db.models import Campaign, Unit
from db.organisation import VILLAGE_KINDS
from db.rows import reserve_ids
from huajie_desktop.application import Application
from huajie_desktop.declared.facets import Ratio, Sum
from huajie_desktop.demo import demo_disputes
from huajie_desktop.ledgers import LEDGERS
from huajie_desktop.records import indicators
from huajie_desktop.records.indicators import Period, Scope
from huajie_desktop.settings import APPROVED_ONLY, approved_only, keep_rule
from huajie_desktop.township.seating import come_in
from huajie_desktop.values.shown import rounded

LEDGER = LEDGERS["disputes"]
ALL = Scope(approved_only=False)
COLUMNS = ("id", "campaign_id", "state", "search", "confirmed", "accepted_on", "kind", "village_id", "summary", "level", "amount",
           "result")  # fmt: skip


def keep(app: Application, *found: dict) -> None:
    """Disputes as given, the rest of each an ordinary successful one of 1 March 2021 at 倪宅村."""
    with app.operation(Act.CHANGE, "test") as running:
        session = running.session
        usual = {
            "campaign_id": session.campaign.id, "state": "approved", "search": "", "confirmed": False,
            "accepted_on": date(2021, 3, 1), "kind": "neighbours", "summary": "x", "level": "ordinary", "amount": None,
            "result": "success",
            "village_id": session.scalar(select(Unit.id).where(Unit.name == "倪宅村")),
        }  # fmt: skip
        ids = reserve_ids(session.connection(), table_of(Dispute), len(found))
        rows = [{**usual, **one, "id": record_id} for record_id, one in zip(ids, found, strict=True)]
        running.insert(Dispute, COLUMNS, [tuple(row[name] for name in COLUMNS) for row in rows])


def words(app: Application, scope: Scope = ALL) -> dict[str, str]:
    with app.reading() as session:
        return {figure.label: figure.words for figure in indicators.figures(session, LEDGER, scope)}


def test_the_articles_figures_come_out_of_the_demos_disputes(app):
    demo_disputes.fill(app, come_in(app.data, "李四（演示）"))
    with app.reading() as session:
        found = {figure.label: figure for figure in indicators.figures(session, LEDGER, Scope(approved_only=True))}
        sentence = indicators.sentence(LEDGER, list(found.values()))
    assert {label: figure.words for label, figure in found.items()} == {
        "调处数": "302起", "成功数": "297起", "成功率": "98.34%", "涉及金额": "620余万元", "重大": "6起", "重特大": "3起",
    }  # fmt: skip
    assert found["涉及金额"].exact == "6,243,600元"
    assert found["成功率"].value == Decimal("98.34")
    assert sentence == ("共调处矛盾纠纷302起，其中重大矛盾纠纷6起，重特大纠纷3起，涉及金额共计620余万元，调解成功率98.34%。")


def test_the_demos_disputes_are_the_same_every_time_and_visibly_made_up(app):
    demo_disputes.fill(app, come_in(app.data, "李四（演示）"))
    with app.reading() as session:
        kept = session.scalars(select(Dispute)).all()
        people = {name for one in kept for name in (one.party_a, one.party_b, one.recorder)}
    assert all(name.endswith("（演示）") for name in people if name)
    assert len({(one.accepted_on, one.village_id, one.summary) for one in kept}) == demo_disputes.TOTAL
    assert {one.state for one in kept} == {"approved"}
    villages = [one.village_id for one in kept]
    with app.reading() as session:
        listed = session.scalars(select(Unit.id).where(Unit.kind.in_(VILLAGE_KINDS)).order_by(Unit.position)).all()
    assert [one["village_id"] for one in demo_disputes._made_up(listed, [1] * 5)] == villages


def test_a_share_of_nothing_is_a_dash_and_the_sums_are_zero(app):
    assert words(app) == {
        "调处数": "0起", "成功数": "0起", "成功率": "—", "涉及金额": "0元", "重大": "0起", "重特大": "0起",
    }  # fmt: skip


def test_a_ratio_is_rounded_half_up_to_two_places(app):
    keep(app, {}, {}, {"result": "failure"}, {"result": None}, {}, {})  # 4 of 6 is 66.666…
    assert words(app)["成功率"] == "66.67%"
    keep(app, *[{}] * 11, *[{"result": "ended"}] * 783)  # 15 of 800 is 1.875
    assert words(app)["成功率"] == "1.88%"


def test_only_approved_records_count_where_that_is_the_rule(app):
    keep(app, {}, {"state": "draft"}, {"state": "submitted"}, {"state": "returned"})
    with app.reading() as session:
        assert approved_only(session)
    assert words(app, Scope(approved_only=True))["调处数"] == "1起"
    assert words(app)["调处数"] == "4起"
    keep_rule(app, APPROVED_ONLY, "0")
    with app.reading() as session:
        assert not approved_only(session)


def test_other_years_do_not_count_but_are_the_base(app):
    with app.operation(Act.CHANGE, "last year") as running:
        last = Campaign(year=2020, name="往年", township_id=running.session.seat.township_id)
        running.session.add(last)
        running.session.flush()
    before = {"campaign_id": last.id}
    keep(app, {}, {}, {}, {"result": "failure"})
    keep(app, {**before, "accepted_on": date(2020, 3, 31)}, {**before, "accepted_on": date(2020, 3, 1), "result": "ended"})
    keep(app, {**before, "accepted_on": date(2020, 12, 1)})
    assert words(app)["调处数"] == "4起"
    with app.reading() as session:
        march = Scope(approved_only=True, period=Period.of(2021, 3, 3))
        found = indicators.changes(session, LEDGER, march, app.today())
        assert found["调处数"] == ("+100.00%", "基数为零")
        assert found["成功率"] == ("+25.00个百分点", "基数为零")
        assert found["重大"] == ("基数为零", "基数为零")
        year = indicators.changes(session, LEDGER, Scope(approved_only=True), app.today())  # it is March: up to March
        assert year["调处数"] == ("+100.00%", "+300.00%")


@pytest.mark.parametrize(
    ("now", "base", "said"),
    [(3, 4, "-25.00%"), (4, 4, "持平"), (1, 0, "基数为零"), (0, 0, "基数为零"), (0, 4, "-100.00%"), (None, 4, "—")],
)
def test_changes_are_worded(now, base, said):
    assert indicators.change_words(LEDGER.figures.indicators[0], now, base) == said


def test_a_ratio_moves_in_points_even_from_none_at_all():
    ratio = next(item for item in LEDGER.figures.indicators if isinstance(item, Ratio))
    assert indicators.change_words(ratio, Decimal("98.34"), Decimal("98.50")) == "-0.16个百分点"
    assert indicators.change_words(ratio, Decimal("50.00"), Decimal("0.00")) == "+50.00个百分点"
    assert indicators.change_words(ratio, Decimal("50.00"), None) == "基数为零"
    assert indicators.change_words(ratio, None, Decimal("50.00")) == "—"


def test_a_period_goes_back_over_the_turn_of_the_year():
    period = Period.of(2021, 2, 4)
    assert (period.begin, period.end, period.months) == (date(2021, 2, 1), date(2021, 4, 30), 3)
    before = period.earlier(3)
    assert (before.begin, before.end) == (date(2020, 11, 1), date(2021, 1, 31))
    assert period.earlier(12).begin == date(2020, 2, 1)
    assert Period.of(2020, 2, 2).end == date(2020, 2, 29)


@pytest.mark.parametrize(
    ("value", "floor", "unit", "said"),
    [
        ("6243600", 100_000, "元", "620余万元"),
        ("6200000", 100_000, "元", "620万元"),
        ("6200000.01", 100_000, "元", "620余万元"),
        ("56300", 100_000, "元", "5.63万元"),
        ("1234567", 1000, "元", "1234000余元"),
        ("8000", None, "人", "8000人"),
        ("1234", 100, "人", "1200余人"),
        ("0", 100_000, "元", "0元"),
    ],
)
def test_sums_are_rounded_down_with_more(value, floor, unit, said):
    assert rounded(Decimal(value), None if floor is None else Decimal(floor), unit) == said


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("scope", [ALL, Scope(True), Scope(False, Period.of(2021, 2, 5)), Scope(True, Period.of(2021, 6, 6))])
def test_the_database_counts_as_python_would(app, seed, scope):
    dice = Random(seed)
    with app.reading() as session:
        villages = session.scalars(select(Unit.id).where(Unit.kind.in_(VILLAGE_KINDS)).order_by(Unit.position)).all()[:6]
    given = [
        {
            "state": dice.choice(("approved", "approved", "draft")),
            "accepted_on": date(2021, dice.randint(1, 12), dice.randint(1, 28)),
            "kind": dice.choice(list(DISPUTE_KINDS)[:5]),
            "village_id": dice.choice(villages),
            "level": dice.choice(list(LEVELS)),
            "amount": dice.choice((None, Decimal(dice.randrange(10_000_000)) / 100)),
            "result": dice.choice((None, *RESULTS)),
        }
        for _ in range(dice.randint(1, 80))
    ]
    keep(app, *given)
    counted = [one for one in given if one["state"] == "approved" or not scope.approved_only]
    if scope.period:
        counted = [one for one in counted if scope.period.begin <= one["accepted_on"] <= scope.period.end]
    with app.reading() as session:
        whole = {figure.label: figure.value for figure in indicators.figures(session, LEDGER, scope)}
        by_kind = indicators.broken_down(session, LEDGER, "kind", scope)
        by_village = indicators.broken_down(session, LEDGER, "village", scope)
        by_month = indicators.by_month(session, LEDGER, scope)
    assert whole == plainly(counted)
    assert [part.value for part in by_kind] == [kind for kind in DISPUTE_KINDS if kind in {one["kind"] for one in counted}]
    assert [part.value for part in by_village] == [one for one in villages if one in {line["village_id"] for line in counted}]
    for parts, of in ((by_kind, lambda one: one["kind"]), (by_village, lambda one: one["village_id"]),
                      (by_month, lambda one: one["accepted_on"].year * 12 + one["accepted_on"].month - 1)):  # fmt: skip
        for part in parts:
            assert part.figures == plainly([one for one in counted if of(one) == part.value]), part.name
        assert sum(part.figures["调处数"] for part in parts) == len(counted)
    assert len(by_month) == (scope.period.months if scope.period else 12)


def plainly(found: list[dict]) -> dict:
    """The indicators by hand."""
    levels, results = Counter(one["level"] for one in found), Counter(one["result"] for one in found)
    successes, whole = results["success"], len(found)
    share = (Decimal(successes * 100) / whole).quantize(Decimal("0.01"), ROUND_HALF_UP) if whole else None
    amount = sum((one["amount"] for one in found if one["amount"] is not None), Decimal(0))
    return {
        "调处数": whole, "成功数": successes, "成功率": share, "涉及金额": amount,
        "重大": levels["major"], "重特大": levels["extraordinary"],
    }  # fmt: skip


def test_what_lies_outside_the_year_has_its_own_month(app):
    keep(app, {"accepted_on": date(2020, 12, 30)}, {})
    with app.reading() as session:
        parts = indicators.by_month(session, LEDGER, ALL)
    assert [part.name for part in parts][:2] == ["2020年12月", "1月"]
    assert sum(part.figures["调处数"] for part in parts) == 2


def test_columns_say_their_unit_and_cells_do_not(app):
    items = {item.label: item for item in LEDGER.figures.indicators}
    assert indicators.heading(LEDGER, items["调处数"]) == "调处数（起）"
    assert indicators.heading(LEDGER, items["成功率"]) == "成功率（%）"
    assert indicators.heading(LEDGER, items["涉及金额"]) == "涉及金额（万元）"
    assert isinstance(items["涉及金额"], Sum)
    assert indicators.value_words(LEDGER, items["涉及金额"], Decimal("12345.65")) == "1.23"
    assert indicators.value_words(LEDGER, items["成功率"], None) == "—"
