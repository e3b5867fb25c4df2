"""What the help says, page by page, and where it says what somebody looks for."""

from functools import cache
from typing import NamedTuple

import resources
from db.words.searching import holds, search_text
from ui.pages import PAGES


class HelpLine(NamedTuple):
    """A paragraph of the help of a page: the page's key, its word, the paragraph without its marks, and what it is found by."""

    page: str
    word: str
    text: str
    found_by: str


def help_text(page: str) -> str:
    """The help of a page in Markdown."""
    return resources.path(f"help/{page}.md").read_text("utf-8")


def find_in_help(typed: str) -> list[HelpLine]:
    """The paragraphs of all pages that hold everything that was typed, by characters or pinyin initials; nothing for nothing."""
    return [line for line in _lines() if holds(line.found_by, typed)] if typed.strip() else []


@cache
def _lines() -> tuple[HelpLine, ...]:
    found = []
    for entry in PAGES:
        for paragraph in help_text(entry.key).splitlines():
            text = paragraph.replace("**", "").replace("`", "").strip().lstrip("0123456789.-# ")
            if text:
                found.append(HelpLine(entry.key, entry.word, text, search_text(text)))
    return tuple(found)
