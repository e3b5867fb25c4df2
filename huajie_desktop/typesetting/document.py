"""What stands on a paper, whatever kind of file it is written to: its wording filled in, its tables, their signs put right."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from huajie_desktop.typesetting.content import PaperContent, TableContent
from huajie_desktop.typesetting.punctuation import repaired
from huajie_desktop.typesetting.wording import Block

_NO_NUMBER = "　　〔　　〕　号"  # a draft keeps the room of its number below the head


class Document(NamedTuple):
    """The lines of a paper and its tables by name."""

    blocks: list[Block]
    tables: Mapping[str, TableContent]


def document_of(content: PaperContent) -> Document:
    """The paper as it is to be set. Raises BadWording for a wrong wording."""
    fields, repair = content.fields, str if content.as_typed else repaired
    # Below a red head, or where its wording has no such head to be left out, the number stands in a place of its own.
    headed = bool(fields["红头"]) if "红头" in fields else "{文号}" in content.wording.text
    fields = {**fields, "编号": "" if headed else content.number, "文号": (content.number or _NO_NUMBER) if headed else ""}
    blocks = content.wording.fill(fields, content.tables, needed=content.needed, repair=repair)
    if content.as_typed:
        return Document(blocks, content.tables)
    return Document(blocks, {name: _repaired(table) for name, table in content.tables.items()})


def _repaired(table: TableContent) -> TableContent:
    return replace(table, rows=tuple(tuple(map(repaired, row)) for row in table.rows))
