"""What the report says of the ledgers: for each a heading, its figures as a sentence, and tables of them."""

from collections.abc import Sequence

from huajie_desktop.typesetting.content import LedgerSection, LedgerTable
from huajie_desktop.typesetting.flow import Flow, Strip, paragraph
from huajie_desktop.typesetting.fonts import Style
from huajie_desktop.typesetting.page import PITCH
from huajie_desktop.typesetting.placing import place_rows
from huajie_desktop.typesetting.table import Align, Column, body_row, head_row

_NAMES, _WIDTH = 36, 156  # mm of the column of names, of the table
_NUMERALS = "一二三四五六七八九十"
_HEADING_NEEDS = 4 * PITCH  # a heading never stands at the foot of a page without something under it


def place_ledgers(flow: Flow, reserve: float, sections: Sequence[LedgerSection]) -> None:
    """Places the sections one after the other; without any nothing."""
    for number, section in enumerate(sections, 1):
        heading = f"（{_NUMERALS[number - 1] if number <= len(_NUMERALS) else number}）{section.title}"
        if flow.room < _HEADING_NEEDS:
            flow.turn()
        flow.place([*paragraph(heading, Style.KAI, indent=2), *paragraph(section.sentence, indent=2)])
        for table in section.tables:
            _place_table(flow, reserve, table)
            flow.place([Strip(PITCH / 2)])


def _place_table(flow: Flow, reserve: float, table: LedgerTable) -> None:
    width = (_WIDTH - _NAMES) / (len(table.columns) - 1)
    columns = [Column(table.columns[0], _NAMES, Align.CENTRE)]
    columns += [Column(title.replace("（", "\n（"), width, Align.FIGURES) for title in table.columns[1:]]
    *rows, total = [body_row(columns, row) for row in table.rows]
    place_rows(flow, rows, head=head_row(columns), reserve=total.height)  # a total does not stand alone on a page
    place_rows(flow, [total], reserve=reserve)
