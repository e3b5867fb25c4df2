"""The sample workbooks are read exactly, and no real file breaks the reader."""

import json

import pytest

from huajie_desktop.reading.checks import check_duplicates
from huajie_desktop.sheets.understood.workbooks import read_workbooks
from tests.conftest import SAMPLES
from tests.sheets.office import huajie, told

FIELDS = ("title", "content", "dimension", "category", "unit", "responsible", "due", "ongoing", "investment", "milestones")


def test_the_27_workbooks_are_read_as_the_key_says():
    key = json.loads((SAMPLES / "villages-2021" / "expected.json").read_text(encoding="utf-8"))
    wanted = [*key["villages"], key["township"]]

    files = read_workbooks([SAMPLES / "villages-2021" / w["file"] for w in wanted], huajie())
    check_duplicates((record, file.known) for file in files for record in file.records)

    for want, got in zip(wanted, told(files), strict=True):
        assert got["problem"] is None
        assert got["unit"] == want.get("unit")
        assert [pick(record, want["records"][0]) for record in got["records"]] == [pick(r, r) for r in want["records"]], want[
            "file"
        ]


def pick(record, like):
    values = {name: record[name] or None for name in FIELDS if name in like}
    return values | {"issues": sorted((i["field"], i["severity"]) for i in record["issues"])}


def test_every_real_file_comes_to_an_end_with_a_result_or_a_message():
    paths = sorted(p for p in (SAMPLES / "real").rglob("*") if p.is_file() and p.name != "MANIFEST.tsv")

    files = read_workbooks(paths, huajie())

    assert len(files) == len(paths) > 200
    for file in files:
        assert file.tables or (file.problem and file.problem.isprintable() and "Traceback" not in file.problem)
        assert "还没读完" not in (file.problem or ""), f"{file.path.name} does not end"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("msoffcrypto/example_password.xlsx", "密码"),
        ("fesod/pwd_123.xls", "密码"),
        ("exceldatareader/agile_AES128_SHA1_CBC_pwd_password.xlsb", "密码"),
        ("exceldatareader/Test_git_issue_242_xor_pwd_password.xls", "密码"),
        ("exceldatareader/Test_git_issue_466_biff3.xls", "太旧"),
        ("orcus/cell-styles-ru.ods", "链接"),
        ("phpspreadsheet/issue.3658.slk", "SYLK"),
        ("poi/54764-2.xlsx", "损坏"),
        ("openspout/file_corrupted.ods", "不是电子表格"),
        ("exceldatareader/Test_Issue_12556_corrupt.xls", "损坏"),
    ],
)
def test_what_cannot_be_read_is_named(name, words):
    [file] = read_workbooks([SAMPLES / "real" / "robustness" / name], huajie())
    assert words in (file.problem or "")
