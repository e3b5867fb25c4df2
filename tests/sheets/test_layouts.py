"""Workbooks made in many layouts, words, orders and formats are read exactly."""

import random

import pytest

from huajie_desktop.sheets.understood.workbooks import read_workbook
from tests.sheets.layouts import LAYOUTS, flat, make_items, write
from tests.sheets.office import huajie, told

VILLAGES = ("倪宅村", "花街村", "八字墙村", "花街居委会", "小界岭村", "杨杭村")
CASES = [(layout, seed, ".xlsx" if seed % 3 else ".xls") for layout in LAYOUTS for seed in range(8)] + [
    (flat, seed, ".csv") for seed in range(3)
]


@pytest.mark.parametrize(("layout", "seed", "ending"), CASES, ids=lambda v: getattr(v, "__name__", str(v)))
def test_layout_is_read_exactly(layout, seed, ending, tmp_path):
    rng = random.Random(f"{layout.__name__}{seed}")
    village = rng.choice(VILLAGES)
    items = make_items(rng, rng.randint(3, 12))
    path = tmp_path / f"{village}上报表{ending}"
    write(path, layout(rng, village, items))

    file = read_workbook(path, huajie())

    [result] = told([file])
    assert result["problem"] is None
    assert result["unit"] == village
    assert [simple(record) for record in result["records"]] == [item.expected for item in items]
    assert not any("项，读到" in notice for notice in file.notices), "the amounts of its subtotals are made up"


def simple(record):
    known = ("title", "content", "category", "responsible", "due", "ongoing", "investment", "milestones")
    issues = sorted(({"field": i["field"], "severity": i["severity"]} for i in record["issues"]), key=lambda i: i["field"])
    return {name: record[name] for name in known} | {"issues": issues}
