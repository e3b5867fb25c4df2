"""Contents for the document tests: the sample villages and small hand-written ones."""

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from huajie_desktop.papers.paper_kinds import PLEDGES
from huajie_desktop.papers.paper_tables import task_table
from huajie_desktop.typesetting.content import Chart, Item, PaperContent, Picture, word_due
from huajie_desktop.typesetting.wording import Block, Place, Wording, shipped_wording
from tests.conftest import SAMPLES

CAMPAIGN = "2021年“三五”大比拼"


def make_item(number: int = 1, **changes: object) -> Item:
    values: dict[str, object] = {
        "number": f"干-{number:03d}",
        "title": f"穿村段路灯安装{number}期",
        "content": f"沿线安装路灯{100 + number}盏，按时通电并落实管护",
        "category": "干事承诺",
        "dimension": "五大比拼",
        "responsible": ("示例甲", "示例乙"),
        "lead": "示例丙",
        "due_text": "2021年8月底前",
        "due": date(2021, 8, 31),
        "investment": Decimal("12.5"),
        "state": "已确认",
        "unit": "示例村",
    }
    return Item(**(values | changes))  # type: ignore[arg-type]


def make_pledge(
    count: int = 5,
    *,
    items: tuple[Item, ...] | None = None,
    unit: str = "示例村",
    unit_kind: str = "village",
    number: str = "",
    phone: str = "",
    code: str = "",
    wording: Wording | None = None,
) -> PaperContent:
    items = tuple(make_item(number) for number in range(1, count + 1)) if items is None else items
    fields = {
        "镇": "花街镇", "年份": "2021", "活动": CAMPAIGN, "单位": unit, "项数": str(len(items)), "编号": "",
        "监督电话": phone or "________",
    }  # fmt: skip
    words = wording or shipped_wording(PLEDGES.get(unit_kind, "pledge-office"))
    tables = {"承诺事项表": task_table("承诺事项表", items)}
    return PaperContent("承诺书", "花街镇", 2021, unit, words, fields, tables, "承诺事项表", number=number, code=code)


def make_slip(count: int = 5, *, remarks: str = "", number: str = "花承交〔2021〕1号") -> PaperContent:
    items = tuple(make_item(number) for number in range(1, count + 1))
    fields = {
        "镇": "花街镇", "年份": "2021", "活动": CAMPAIGN, "单位": "示例村", "责任领导": "示例丙", "责任人": "示例甲、示例乙",
        "编号": "", "交办单位": "花街镇党政办公室", "交办日期": "年　　月　　日", "备注": remarks,
    }  # fmt: skip
    tables = {"交办事项表": task_table("交办事项表", items)}
    return PaperContent(
        "承诺交办单", "花街镇", 2021, "示例村", shipped_wording("slip"), fields, tables, "交办事项表", number=number
    )


LONG = """#封页
#目录
#新页
花街镇关于2021年6月任务进展情况的报告

　　一、总体情况
　　共{项数}项，按计划推进。
　　（一）各村情况
{各村图}
　　二、照片
{照片}
#附件 横版
全部事项清单
{清单}
"""


def make_long(count: int = 60, *, pictures: Sequence[Picture] = ()) -> PaperContent:
    """A document with all there is in long ones: contents, headings, a chart, pictures, an attachment that lies across."""
    items = tuple(make_item(number, unit=f"示例{number % 7}村") for number in range(1, count + 1))
    chart = Chart("图1　各村完成情况", ("村名", "已完成", "任务数"), tuple((f"示例{n}村", n, 9) for n in range(7)))
    named = {f"图{number}": picture for number, picture in enumerate(pictures, 2)}
    return PaperContent(
        "任务进展情况报告", "花街镇", 2021, "", Wording("长文", LONG), {"项数": str(count)},
        {"清单": task_table("任务清单表", items)}, "清单", counted=False, charts={"各村图": chart}, pictures=named,
        parts={"照片": tuple(Block(Place.PICTURE, (name,)) for name in named)},
    )  # fmt: skip


@pytest.fixture(scope="session")
def villages() -> list[PaperContent]:
    """The pledges of the 26 sample villages, as their workbooks have them."""
    files = json.loads((SAMPLES / "villages-2021" / "expected.json").read_text(encoding="utf-8"))["villages"]
    number = iter(range(1, 1000))
    return [
        make_pledge(unit=file["unit"], items=tuple(_item(next(number), file["unit"], record) for record in file["records"]))
        for file in files
    ]


def _item(number: int, unit: str, record: dict[str, object]) -> Item:
    due = date.fromisoformat(str(record["due"])) if record["due"] else None
    return make_item(
        number,
        unit=unit,
        title=record["title"] or "（未命名）",
        content=record["content"] or "",
        category=record["category"] or "",
        responsible=tuple(record["responsible"]),  # type: ignore[arg-type]
        due=due,
        due_text=word_due(due, "month", bool(record["ongoing"])),
        investment=None if record["investment"] is None else Decimal(str(record["investment"])),
    )
