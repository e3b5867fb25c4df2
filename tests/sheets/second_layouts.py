"""The layouts of the second set: every way a village's table stands on its sheet, each with mess around it."""

import random

from tests.sheets.files import Day, Formula, Grid
from tests.sheets.second_frame import EXTRA, add_bottom, add_top, drop_one, header, serial, shuffled
from tests.sheets.second_set import HEADERS, UNITS, make_tasks, mark_repeated, month_end, without

NUMERALS = "一二三四五六七八九"


def flat(rng, unit, tasks, money, telling):
    """Columns in any order, blank rows, the header repeated, a hidden column, blank columns to the left."""
    names = drop_one(rng, shuffled(rng, "category", "title", "content", "people", "due", "money"), tasks)
    grid, left, style = Grid("Sheet1"), rng.choice((0, 0, 0, 1, 2)), rng.choice((0, 0, 0, 1, 2, 3, 4, 5, 6))
    head = [header(rng, name, money) for name in names]
    if rng.random() < 0.8 or telling:
        add_top(rng, grid, unit, len(names), len(tasks), telling)
    grid.add(*head)
    if rng.random() < 0.1:
        grid.add(*(f"（{i}）" for i in range(1, len(names) + 1)))
    for number, task in enumerate(tasks, 1):
        if number % 7 == 0 and rng.random() < 0.5:
            grid.add(*head)
        cells = task.cells | {"serial": serial(rng, style, number, len(grid.rows))}
        grid.add(*(cells[name] for name in names))
        for _ in range(rng.choice((0, 0, 0, 0, 1, 2))):
            grid.add(*[""] * rng.choice((0, len(names))))
    add_bottom(rng, grid, len(names), len(tasks), names.index("money") if "money" in names else None)
    for row in grid.rows if left else ():
        row[:0] = [""] * left
    grid.merges = [(t, x + left, b, y + left) for t, x, b, y in grid.merges]
    grid.hidden = [i + left for i, name in enumerate(names) if name in EXTRA and rng.random() < 0.5]
    return [grid]


def merged(rng, unit, tasks, money, telling):
    """The category merged over its rows, the merge sometimes reaching over blank rows."""
    names = drop_one(
        rng, ["serial", "category", *rng.sample(("title", "content", "people", "due", "money", "remarks"), 6)], tasks
    )
    grid = Grid("Sheet")
    add_top(rng, grid, unit, len(names), len(tasks), telling)
    grid.add(*(header(rng, name, money) for name in names))
    top = 0
    for number, task in enumerate(tasks, 1):
        same = number > 1 and tasks[number - 2].want["category"] == task.want["category"] is not None
        cells = task.cells | {"serial": number, "category": "" if same else task.cells["category"]}
        if not same and number > 1 and rng.random() < 0.2:
            grid.add()
            if tasks[number - 2].want["category"]:
                grid.merges = [m for m in grid.merges if m[:2] != (top, 1)] + [(top, 1, len(grid.rows) - 1, 1)]
        row = grid.add(*(cells[name] for name in names))
        if same:
            grid.merges = [m for m in grid.merges if m[:2] != (top, 1)] + [(top, 1, row, 1)]
        else:
            top = row
    add_bottom(rng, grid, len(names), len(tasks), names.index("money") if "money" in names else None)
    return [grid]


def sections(rng, unit, tasks, money, telling):
    """The category in rows of their own, with subtotals and a total."""
    names = drop_one(rng, ["serial", "title", *rng.sample(("content", "people", "due", "money", "remarks"), 5)], tasks)
    grid, style = Grid("任务清单"), rng.randrange(7)
    add_top(rng, grid, unit, len(names), len(tasks), telling)
    grid.add(*(header(rng, name, money) for name in names))
    groups = list(dict.fromkeys(task.cells["category"] for task in tasks))
    ordered = []
    for number, category in enumerate(groups):
        own = [task for task in tasks if task.cells["category"] == category]
        n = NUMERALS[number]
        text = (
            f"{n}、{category}",
            f"（{n}）{category}",
            f"{n}、{category}（{len(own)}项）",
            category,
            f"{n}.{category}",
            f"{n}、{category}(共{len(own)}项)",
            n,
        )[style]
        row = grid.add(text, *([category] if style == 6 else []), *[""] * (len(names) - 2))
        if style != 6 and rng.random() < 0.8:
            grid.merges.append((row, 0, row, len(names) - 1))
        for task in own:
            ordered.append(task)
            grid.add(*((task.cells | {"serial": len(ordered)})[name] for name in names))
        if rng.random() < 0.4:
            row = [""] * len(names)
            row[rng.choice((0, 1))] = rng.choice(("小计", "小 计", "小计:", f"{category}小计"))
            if "money" in names:
                row[names.index("money")] = rng.choice((12.5, Formula("SUM(F4:F6)", 12.5), ""))
            grid.add(*row)
    tasks[:] = ordered
    add_bottom(rng, grid, len(names), len(tasks), names.index("money") if "money" in names else None)
    return [grid]


def quarters(rng, unit, tasks, money, telling):
    """A two-row header: the quarters under one group, people and telephone under another; or one row without groups."""
    periods = rng.choice(
        (
            ("一季度", "二季度", "三季度", "四季度"),
            ("第一季度", "第二季度", "第三季度", "第四季度"),
            ("1季度", "2季度", "3季度", "4季度"),
            ("一季度目标", "二季度目标", "三季度目标", "四季度目标"),
        )
    )
    head = ["serial", "category", "title", "content"]
    group, second = (
        rng.choice(("时间节点", "进度安排", "序时进度", "工作进度安排", "季度目标", "分季度计划")),
        rng.choice(("责任落实", "责任分工", "责任")),
    )
    last = rng.choice((["due", "money"], ["money", "due"], ["money"], ["money", "due", "remarks"]))
    if "due" not in last:
        for task in tasks:
            without(task, "due")
    grid = Grid("Sheet")
    width = len(head) + 6 + len(last)
    add_top(rng, grid, unit, width, len(tasks), telling)
    words = {name: header(rng, name, money) for name in [*head, *last]} | {"due": "完成时限"}
    if rng.random() < 0.8:
        top = grid.add(*(words[n] for n in head), group, "", "", "", second, "", *(words[n] for n in last))
        grid.add(
            "",
            "",
            "",
            "",
            *periods,
            rng.choice(("责任人", "具体责任人", "姓名" if second == "责任人" else "负责人")),
            "联系电话",
            *[""] * len(last),
        )
        grid.merges += [(top, c, top + 1, c) for c in (0, 1, 2, 3, *range(10, width))] + [(top, 4, top, 7), (top, 8, top, 9)]
    else:
        grid.add(*(words[n] for n in head), *periods, "责任人", "联系电话", *(words[n] for n in last))
    for number, task in enumerate(tasks, 1):
        texts = [rng.choice(("", "", "完成方案设计", "主体施工过半", "竣工验收\n并投用", "/")) for _ in periods]
        task.want["milestones"] = [
            {"due": month_end(q * 3).isoformat(), "text": t} for q, t in enumerate(texts, 1) if t not in ("", "/")
        ]
        cells = task.cells | {"serial": number}
        grid.add(*(cells[n] for n in head), *texts, cells["people"], "13800001234", *(cells[n] for n in last))
    add_bottom(rng, grid, width, len(tasks), 10 + last.index("money"))
    return [grid]


def bare(rng, unit, tasks, money, telling):
    """No title, no numbers: the first row is the header; only the file's name says whose it is."""
    names = ["title", "category", "content", "due", "people", "phone", "money"]
    grid = Grid(rng.choice(("Sheet", "Sheet1", "清单")))
    grid.add(*(header(rng, name, money) for name in names))
    for task in tasks:
        grid.add(*(task.cells[name] for name in names))
        for _ in range(rng.choice((0, 0, 0, 1))):
            grid.add(*[""] * len(names))
    grid.add()
    grid.add()
    grid.add("注:1.类别请填写五大比拼之一。2.请于2月20日前报党建办。")
    return [grid]


def by_sheet(rng, unit, tasks, money, telling):
    """A sheet for each category between a cover, a summary and empty sheets."""
    grids = [Grid(rng.choice(("填表说明", "封面", "说明")))]
    grids[0].add("填表说明")
    grids[0].add("1. 每类任务填一张工作表; 2. 完成时限填到月底。")
    grids[0].add("任务名称示例:村内道路硬化")
    if len({task.want["category"] for task in tasks} - {None}) < 2:  # one sheet's name alone says too little
        tasks[:] = [task for task in tasks if task.want["category"]] or make_tasks(rng, 1, money, 0)
    groups = list(dict.fromkeys(task.cells["category"] for task in tasks))
    tasks[:] = [task for category in groups for task in tasks if task.cells["category"] == category]
    for number, category in enumerate(groups):
        grid = Grid(rng.choice((category, category, f"{NUMERALS[number]}、{category}", f"{number + 1}.{category}")))
        names = ["serial", "title", "content", "money", "people", "due"]
        row = grid.add(f"{unit}{category}清单" if telling else f"{category}清单")
        grid.merges.append((row, 0, row, 5))
        grid.add(*(header(rng, name, money) for name in names))
        own = [task for task in tasks if task.cells["category"] == category]
        for number, task in enumerate(own, 1):
            grid.add(*((task.cells | {"serial": number})[name] for name in names))
        if rng.random() < 0.3:
            grid.add("合计", f"{len(own)}项")
        grids.append(grid)
    if rng.random() < 0.4:
        total = Grid("汇总")
        total.add("类别", "数量")
        for category in groups:
            total.add(category, 3)
        grids.insert(1, total)
    return [*grids, Grid("Sheet2"), Grid("Sheet3")]


def steps(rng, unit, tasks, money, telling):
    """Several rows under one merged task, each with a day and what must be reached; the other columns merged too, or not."""
    day_word, text_word, due_word = rng.choice(
        (
            ("节点时间", "节点内容", "完成时限"),
            ("节点时间", "节点内容", "时间节点"),
            ("节点时间", "节点目标", "计划完成时间"),
            ("阶段时间", "阶段目标", "完成时间"),
        )
    )
    names = [
        "serial",
        "category",
        "title",
        *rng.choice((["people", "money"], ["content", "people", "money"], ["money", "people"])),
    ]
    if "content" not in names:
        for task in tasks:
            without(task, "content")
    grid = Grid("Sheet")
    add_top(rng, grid, unit, len(names) + 3, len(tasks), telling)
    grid.add(*(header(rng, name, money) for name in names), day_word, text_word, due_word)
    alone = rng.random() < 0.3
    for number, task in enumerate(tasks, 1):
        months = sorted(rng.sample(range(3, 13), rng.choice((1, 2, 3))))
        texts = [rng.choice(("完成招标", "开工建设", "主体完工", "通过验收")) for _ in months]
        task.want["milestones"] = [{"due": month_end(m).isoformat(), "text": t} for m, t in zip(months, texts, strict=True)]
        written = [rng.choice((f"{m}月底", f"{m}月底", f"{m}月末", f"2021年{m}月底", Day(month_end(m)))) for m in months]
        cells = task.cells | {"serial": number}
        top = grid.add(*(cells[n] for n in names), written[0], texts[0], task.cells["due"])
        for day, text in zip(written[1:], texts[1:], strict=True):
            grid.add(*[""] * len(names), day, text, "")
        bottom = len(grid.rows) - 1
        if bottom > top:
            grid.merges += [(top, c, bottom, c) for c in ((0, 1, 2) if alone else (*range(len(names)), len(names) + 2))]
    add_bottom(rng, grid, len(names) + 3, len(tasks), names.index("money"))
    return [grid]


def villages(rng, unit, tasks, money, telling):
    """A column says whose each task is: this village by several spellings, blank, 本村, or another village."""
    names = ["serial", "unit", "category", "title", "content", "people", "due", "money"]
    grid = Grid("Sheet1")
    add_top(rng, grid, unit, len(names), len(tasks), True)
    grid.add(*("责任单位" if name == "unit" else header(rng, name, money) for name in names))
    for number, task in enumerate(tasks, 1):
        other = rng.choice([u for u in UNITS if u != unit])
        word, task.want["unit"] = rng.choice(((unit, unit), ("", unit), ("本村", unit), (f"花街镇{unit}", unit), (other, other)))
        grid.add(*((task.cells | {"serial": number, "unit": word})[name] for name in names))
    return [grid]


LAYOUTS = (flat, merged, sections, quarters, bare, by_sheet, steps, villages)


def make_book(seed: int, ending: str, layout, faults: float):
    """A workbook: its file name, its grids, and what must be read from it."""
    rng = random.Random(f"{layout.__name__} {seed} {ending}")
    unit = rng.choice(UNITS)
    money = rng.choice(HEADERS["money"]) if rng.random() < 0.85 else "计划投资(元)"
    tasks = make_tasks(rng, rng.choice((1, 3, 8, 8, 11)), money, faults)
    named = layout is bare or rng.random() < 0.6
    names = (
        f"{seed:02} {unit}干事承诺清单",
        f"{seed:02} 2021年{unit}任务清单(定稿)",
        f"{seed:02} {unit}",
        f"{seed:02} 附件2:{unit}2021年五大比拼清单",
        f"{seed:02} {unit}上报表",
    )
    grids = layout(rng, unit, tasks, money, not named or rng.random() < 0.7)
    mark_repeated(tasks, unit)
    file = (rng.choice(names) if named else f"{seed:02} 上报表(定稿)") + ending
    return file, grids, {"file": file, "unit": unit, "records": [task.want for task in tasks]}
