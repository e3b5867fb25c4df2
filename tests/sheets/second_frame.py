"""What stands around the tables of the second set: titles, reporting lines, totals, notes, signatures, columns in any order."""

import random

from tests.sheets.files import Formula, Grid
from tests.sheets.second_set import HEADERS, without

EXTRA = ("phone", "fund", "area", "done", "remarks")


def header(rng: random.Random, name: str, money: str) -> str:
    return money if name == "money" else rng.choice(HEADERS[name])


def add_top(rng: random.Random, grid: Grid, unit: str, width: int, count: int, telling: bool) -> None:
    """Title and reporting line; `telling` ones name the unit."""
    if rng.random() < 0.2:
        grid.add()
    name = unit if telling else ""
    titles = (
        f"花街镇2021年{name}干事承诺清单",
        f"{name}2021年度工作清单",
        f"{name}2021年任务清单（共{count}项）",
        f"2021年{name}五大比拼清单",
    )
    row = grid.add(rng.choice(titles))
    if rng.random() < 0.8:
        grid.merges.append((row, 0, row, width - 1))
    if telling and rng.random() < 0.7:
        line = rng.choice(
            (
                f"填报单位(盖章):{unit}",
                f"填报单位：{unit}",
                f"单位:{unit}",
                f"填报单位：{unit.removesuffix('村')}村委会" if unit[-1] == "村" else unit,
            )
        )
        grid.add(line, *[""] * (width - 3), "填报日期:2021年2月20日")
    if rng.random() < 0.15:
        grid.add(*[""] * (width - 1), "单位:万元")


def add_bottom(rng: random.Random, grid: Grid, width: int, count: int, money: int | None) -> None:
    """Totals, notes, signatures and blank rows, which are no records."""
    if rng.random() < 0.5:
        row = [""] * width
        row[rng.choice((0, 0, 1))] = rng.choice(("合计", "总计", "合 计", "合　计", "共计"))
        if rng.random() < 0.5:
            row[2] = f"共{count}项"
        if money is not None and not row[money] and rng.random() < 0.6:
            row[money] = rng.choice((99.5, Formula("SUM(A1:A2)", 99.5), "99.5万元"))
        grid.add(*row)
    for _ in range(rng.choice((0, 0, 1, 2))):
        grid.add(*[""] * rng.choice((0, width)))
    if rng.random() < 0.5:
        grid.add(
            rng.choice(
                (
                    "注:1.类别请填写五大比拼之一。2.请于2月20日前报党建办。",
                    "备注：本表一式两份。",
                    "说明:完成时限填到月底",
                    "注：1、本表由村填写",
                )
            )
        )
        if rng.random() < 0.5:
            grid.add("2.请于2月20日前报党建办。")
    if rng.random() < 0.5:
        signs = (
            "填表人:张三      审核人:李四      联系电话:0579-00000000",
            "填表人：",
            "村书记（签字）：　　　　　　2021年2月20日",
        )
        grid.add(rng.choice(signs), *([] if rng.random() < 0.7 else ["", "审核人:李四", "", "联系电话:0579-00000000"]))


def shuffled(rng: random.Random, *names: str) -> list[str]:
    names = [*names, *rng.sample(EXTRA, rng.choice((0, 0, 1, 3)))]
    rng.shuffle(names)
    return ["serial", *names]


def drop_one(rng: random.Random, names: list[str], tasks: list) -> list[str]:
    """Sometimes a sheet lacks a column."""
    if rng.random() < 0.2:
        gone = rng.choice(("people", "due", "money", "content"))
        for task in tasks:
            without(task, gone)
        return [name for name in names if name != gone]
    return names


def serial(rng: random.Random, style: int, number: int, row: int):
    return (
        number,
        str(number),
        Formula(f"ROW()-{row - number + 1}", float(number)),
        Formula("ROW()-3", None),
        "",
        f"{number}.",
        f"({number})",
    )[style]
