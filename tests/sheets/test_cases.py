"""The kinds of sheets that are easily read wrong, as people write them: read rightly, or with a doubt where one must ask."""

import pytest

from huajie_desktop.sheets.fenced.fence import Reader
from huajie_desktop.sheets.understood.workbooks import read_workbook, record_as_json
from tests.distorting.book import DOUBT
from tests.distorting.drawing import write_pages
from tests.sheets.cases import Or
from tests.sheets.cases_of_tables import TABLES
from tests.sheets.cases_of_values import VALUES
from tests.sheets.office import huajie

CASES = [*TABLES, *VALUES]


@pytest.fixture(scope="module")
def reader():
    with Reader() as opened:
        yield opened


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_case_is_read_rightly_or_doubted(case, reader, tmp_path):
    path = tmp_path / case.file
    write_pages(path, case.pages, broken=case.byte)
    known = huajie()
    file = read_workbook(path, known.reading(known.catalogue[case.ledger]), reader=reader)
    aside = [str(entry) for entry in getattr(file, "aside", ())]
    said = [*file.notices, *aside, *(issue.message for record in file.records for issue in record.issues)]
    if file.problem:
        assert case.refused, file.problem
        assert case.refused in file.problem
        return
    if case.said:
        assert any(case.said in text or case.said == "*" for text in said), said
    if case.count is not None:
        assert len(file.records) == case.count, [record.title for record in file.records]
    if case.records is not None:
        got = [record_as_json(record, file.known.ledger) for record in file.records]
        order = [want["title"] for want in case.records if isinstance(want.get("title"), str)]
        if {one["title"] for one in got} == set(order) and len(order) == len(set(order)):
            got.sort(key=lambda one: order.index(one["title"]))
        assert [faults(want, one) for want, one in zip(case.records, got, strict=False)] == [{}] * len(case.records), got
        assert len(got) == len(case.records), [one["title"] for one in got]


def faults(want, got):
    """Fields that are neither as wanted nor doubted where they may be."""
    doubted = {issue["field"]: issue["severity"] for issue in got["issues"]}
    wrong = {}
    for key, value in want.items():
        same = value is not DOUBT and equal(value.value if isinstance(value, Or) else value, got[key])
        if key in doubted and (value is DOUBT or isinstance(value, Or)):
            continue
        if not same or doubted.get(key) == "error":
            wrong[key] = got[key]
    return wrong


def equal(want, got):
    if isinstance(want, int | float) and isinstance(got, int | float):
        return abs(want - got) < 1e-6
    if isinstance(want, str) and isinstance(got, str):
        return "".join(want.split()) == "".join(got.split())
    return (want or None) == (got or None)
