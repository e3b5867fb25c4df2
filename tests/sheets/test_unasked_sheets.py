"""What no reader of a workbook sees or means to send is not read unasked: hidden sheets, and copies of a sheet."""

import pytest

from huajie_desktop.sheets.fenced.fence import Reader
from tests.sheets.files import Grid, write

FORMATS = (".xlsx", ".xls", ".ods")


@pytest.fixture(scope="module")
def reader():
    opened = Reader()
    yield opened
    opened.close()


@pytest.mark.parametrize("ending", FORMATS)
def test_hidden_sheets_are_told_from_seen_ones_and_from_those_no_menu_shows(tmp_path, reader, ending):
    path = tmp_path / f"a{ending}"
    deep = ending != ".ods"  # which knows one way of hiding
    write(path, [Grid("甲", [["x"]]), Grid("乙", [["x"]], visible=False), Grid("丙", [["x"]], visible=False, deeply_hidden=deep)])
    [file] = reader.read([path])
    assert [(sheet.visible, sheet.deeply_hidden) for sheet in file.sheets] == [(True, False), (False, False), (False, deep)]
