"""The demo's disputes: 302 made-up ones whose totals are those of the article of 2021-12 (9 grave ones, 620余万元, 98.34 %)."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from sqlalchemy import select

from db.base import table_of
from db.ledgers.dispute import Dispute
from db.log import Act
from db.models import Unit
from db.organisation import VILLAGE_KINDS
from db.rows import reserve_ids
from db.words.searching import search_text
from huajie_desktop.declared.life import REVIEW
from huajie_desktop.ledgers.disputes import LEDGER
from huajie_desktop.records.naming import Names
from huajie_desktop.seat import Seat
from huajie_desktop.work.review import approve

TOTAL, SUCCESSES, MAJOR, EXTRAORDINARY = 302, 297, 6, 3
AMOUNT = Decimal(6_243_600)  # 元
_MEDIATORS = ("陈调（演示）", "吴和（演示）", "郑平（演示）", "冯理（演示）", "褚劝（演示）")
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_SOURCES = ("party", "party", "party", "committee", "committee", "police", "department", "court")
_LAST = date(2021, 12, 10)
# kind: how many, how heavy its amounts weigh (0: no money at stake), what it is about
_KINDS: dict[str, tuple[int, int, tuple[str, ...]]] = {
    "neighbours": (
        58,
        2,
        ("两户因排水沟改道起争执", "相邻两家因围墙越界起争执", "因楼上漏水损坏墙面要求修复", "因门前堆物妨碍通行起争执"),
    ),
    "family": (
        44,
        3,
        ("夫妻因家务和子女抚养失和", "兄弟因赡养老人费用分担不清", "姐弟因分家析产意见不一", "婆媳长期不和闹到村里"),
    ),
    "damage": (34, 18, ("装修时砸坏邻家瓦面要求赔偿", "放养的狗咬伤路人要求赔医药费", "帮工时摔伤要求雇主赔偿")),
    "traffic": (30, 26, ("电动车与三轮车相撞后赔偿谈不拢", "倒车刮擦停放车辆拒不赔偿", "村道路口碰撞致人轻伤")),
    "wages": (26, 34, ("小厂拖欠几名工人工资", "工地包工头欠付木工工钱", "零工结账时对天数有争议")),
    "housing": (22, 12, ("建房时宅基地界址说法不一", "老屋翻建影响邻家采光", "共有老屋拆建份额有争议")),
    "contract": (20, 40, ("土地租金到期未付", "苗木买卖货款拖欠", "房屋装修合同增项费用有争议")),
    "labour": (16, 30, ("离职补偿金额谈不拢", "试用期辞退引起争议", "工伤停工期间待遇有争议")),
    "forest": (14, 8, ("山林承包四至界线不清", "毛竹砍伐越界", "田埂归属说法不一")),
    "expropriation": (8, 60, ("道路拓宽青苗补偿数额有异议", "征地后附着物清点有遗漏")),
    "business": (7, 30, ("合伙经营账目不清", "摊位转让后反悔")),
    "consumer": (6, 3, ("新买电器故障退换不成", "预付卡余额不退")),
    "pollution": (5, 6, ("作坊夜间噪声扰民", "养殖场气味影响附近住户")),
    "property": (4, 3, ("物业费收取标准有异议", "小区车位分配有争议")),
    "village_affairs": (3, 0, ("对村务公开内容有疑问", "对股份分红名单有异议")),
    "medical": (2, 20, ("对诊疗收费有异议",)),
    "online": (2, 3, ("网购退货运费起争执",)),
    "other": (1, 0, ("其他邻里小事要求调解",)),
}
_COLUMNS = (
    "id", "campaign_id", "state", "search", "number", "accepted_on", "source", "kind", "village_id", "summary", "party_a",
    "party_a_sex", "party_a_phone", "party_b", "party_b_sex", "party_b_phone", "people", "amount", "level", "unit_id",
    "mediator_id", "recorder", "result", "agreement", "performance", "closed_on", "revisited_on", "revisitor", "revisit",
    "confirmed",
)  # fmt: skip


def fill(seat: Seat, reviewer: Seat) -> None:
    """Enters all of them as handed in by one person, and has another approve them."""
    with seat.operation(Act.ENTER, f"录入{LEDGER.noun} {TOTAL} 起（演示）") as running:
        session = running.session
        names = Names(session)
        mediators = [names.person(name, session.seat.township_id) for name in _MEDIATORS]
        villages = session.scalars(select(Unit.id).where(Unit.kind.in_(VILLAGE_KINDS)).order_by(Unit.position)).all()
        ids = reserve_ids(session.connection(), table_of(Dispute), TOTAL)
        rows = [
            (record_id, seat.campaign_id, REVIEW.waiting, search_text(values["summary"], values["party_a"], values["party_b"]),
             *(values[name] for name in _COLUMNS[4:]))
            for record_id, values in zip(ids, _made_up(villages, mediators), strict=True)
        ]  # fmt: skip
        running.insert(Dispute, _COLUMNS, rows)
    approve(reviewer, list(ids), LEDGER)


def _made_up(villages: Sequence[int], mediators: Sequence[int]) -> list[dict[str, Any]]:
    """The values of every dispute in order of its day, the same at every call."""
    dice = Random(2021)
    kinds = [kind for kind, (count, _weight, _summaries) in _KINDS.items() for _ in range(count)]
    dice.shuffle(kinds)
    first = date(2021, 1, 4)
    days = sorted(first + timedelta(dice.randrange((_LAST - first).days)) for _ in kinds)
    levels = _spread(dice, {"major": MAJOR, "extraordinary": EXTRAORDINARY, "larger": 24}, "ordinary")
    results = _spread(dice, {"failure": 3, "ended": 1, "passed_on": 1}, "success")
    amounts = _amounts(dice, kinds, levels)
    return [
        {
            **_dispute(dice, number, kinds[number], days[number], results[number]),
            "number": f"花调〔2021〕{number + 1}号",
            "village_id": (village := dice.choice(villages)),
            "unit_id": village,
            "mediator_id": dice.choice(mediators),
            "level": levels[number],
            "people": dice.randint(2, 5) if levels[number] == "ordinary" else dice.randint(6, 30),
            "amount": amounts[number],
        }
        for number in range(TOTAL)
    ]


def _dispute(dice: Random, number: int, kind: str, accepted: date, result: str) -> dict[str, Any]:
    succeeded = result == "success"
    closed = min(accepted + timedelta(dice.randint(1, 20)), date(2021, 12, 20))
    revisited = closed + timedelta(dice.randint(5, 10)) if succeeded and number % 3 == 0 else None
    return {
        "accepted_on": accepted,
        "source": dice.choice(_SOURCES),
        "kind": kind,
        "summary": f"{dice.choice(_KINDS[kind][2])}（演示{number + 1:03d}）",
        "party_a": f"{dice.choice(_SURNAMES)}某（演示）",
        "party_a_sex": dice.choice(("male", "female")),
        "party_a_phone": f"1380000{dice.randrange(10000):04d}",
        "party_b": f"{dice.choice(_SURNAMES)}某（演示）",
        "party_b_sex": dice.choice(("male", "female")),
        "party_b_phone": f"1390000{dice.randrange(10000):04d}",
        "recorder": "张三（演示）",
        "result": result,
        "agreement": ("written" if number % 2 else "oral") if succeeded else None,
        "performance": ("已履行" if number % 5 else "分期履行中") if succeeded else None,
        "closed_on": closed,
        "revisited_on": revisited,
        "revisitor": "张三（演示）" if revisited else None,
        "revisit": "双方满意" if revisited else None,
        "confirmed": succeeded and number % 40 == 0,
    }


def _spread(dice: Random, counts: dict[str, int], otherwise: str) -> list[str]:
    """So many of each word at chance places among all disputes, the rest otherwise."""
    words = [word for word, count in counts.items() for _ in range(count)]
    words += [otherwise] * (TOTAL - len(words))
    dice.shuffle(words)
    return words


def _amounts(dice: Random, kinds: Sequence[str], levels: Sequence[str]) -> list[Decimal | None]:
    """Amounts in whole 100 元 that make AMOUNT together, heavier for graver disputes; None where no money is at stake."""
    graver = {"ordinary": 1, "larger": 3, "major": 12, "extraordinary": 40}
    weights = [_KINDS[kind][1] * graver[level] * dice.uniform(0.3, 1.7) for kind, level in zip(kinds, levels, strict=True)]
    whole = sum(weights)
    amounts = [Decimal(max(1, round(weight * float(AMOUNT) / whole / 100)) * 100) if weight else None for weight in weights]
    heaviest = weights.index(max(weights))
    amounts[heaviest] = (amounts[heaviest] or Decimal(0)) + AMOUNT - sum(amount for amount in amounts if amount)
    return amounts
