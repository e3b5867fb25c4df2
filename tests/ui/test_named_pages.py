"""A sentence that sends somebody to a page names one there is, by the word that stands in the navigation."""

import re
from pathlib import Path

import pytest

from ui.pages import PAGES

ROOT = Path(__file__).parents[2]
_TEXTS = sorted(
    [*(ROOT / "ui").rglob("*.py"), *(ROOT / "huajie_desktop").rglob("*.py"), *(ROOT / "resources" / "help").glob("*.md")]
)
_WORDS = {entry.word for entry in PAGES}
_PAGE = re.compile(r"“([^”{}]+)”页")
_TO = re.compile(r"(?<!找不)(?<!看)(?<!扫)到“([^”{}]+)”(?:里|的)?")
_TABS = {
    "备份",
    "登记",
    "制作",
    "措辞",
    "人员",
    "单位",
    "报送情况",
    "改正记忆",
    "填报模板",
    "列对应",
}  # tabs of pages, named beside them


@pytest.mark.parametrize("path", _TEXTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_page_that_is_named_is_there(path: Path) -> None:
    text = path.read_text("utf-8")
    assert set(_PAGE.findall(text)) <= _WORDS
    assert set(_TO.findall(text)) <= _WORDS | _TABS
