"""Text that a spreadsheet program would take for a formula, kept as text on its way through a .csv file and back."""

import re

STARTS = tuple("=+-@＝＋－＠")  # the full-width ones start a formula, too

_TEXT_ALONE = re.compile(r'=\s*"((?:[^"]|"")*)"\s*')


def guarded(text: str) -> str:
    """The text with an apostrophe before what would start a formula; a long number ends with a tab, so that it stays exact."""
    if text.lstrip("'").startswith(STARTS):
        return f"'{text}"
    long = text.isascii() and text.isdigit() and (len(text) > 11 or (text[0] == "0" and len(text) > 1))
    return f"{text}\t" if long else text


def unguarded(text: str) -> str:
    """What was guarded, also by a formula that is a text alone (="0138…"); other texts as they are."""
    if text[:1] == "'" and text.lstrip("'").startswith(STARTS):
        return text[1:]
    found = _TEXT_ALONE.fullmatch(text) if text[:1] == "=" else None
    return found[1].replace('""', '"') if found else text
