"""The words of the documents: templates an office can edit, with fields like {单位}.

A template is plain text. Its first line is the title. A line that is only the field of a table, such as {承诺事项表}, is
replaced by that table. A line that begins with two wide blanks is indented, one that begins with → stands on the right, one
divided by ｜ stands in two columns. A line whose fields are all empty is left out.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache

from huajie_desktop.errors import Problem
from resources import path

_FIELD = re.compile(r"\{([^{}]*)\}")
_INDENT, _RIGHT, _DIVIDER = "　　", "→", "｜"
BLANK = "________"  # to be filled in by hand


class Place(Enum):
    """Where a line of a template goes."""

    TITLE = "title"
    FLUSH = "flush"
    INDENTED = "indented"
    RIGHT = "right"
    COLUMNS = "columns"
    TABLE = "table"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Block:
    """One line of a filled template; for COLUMNS the columns, for TABLE the table's name."""

    place: Place
    parts: tuple[str, ...]


class UnknownField(Problem):
    """A template asks for something the document does not have."""

    def __init__(self, template: str, field: str, known: Collection[str]) -> None:
        names = "、".join(f"{{{name}}}" for name in known)
        super().__init__(
            f"文书模板“{template}”里的 {{{field}}} 不是可用的字段，没有生成文件。请改成下列字段之一，或删去：{names}。"
        )


class MissingTable(Problem):
    """A template leaves out the table without which the document would say nothing."""

    def __init__(self, template: str, table: str) -> None:
        super().__init__(
            f"文书模板“{template}”里没有 {{{table}}}，事项会全部漏掉，因此没有生成文件。请在模板中单独用一行写上 {{{table}}}。"
        )


@dataclass(frozen=True, slots=True)
class Wording:
    """One template: its name and its text."""

    name: str
    text: str

    def fill(self, fields: Mapping[str, str], tables: Collection[str], *, needed: str) -> list[Block]:
        """The lines of the template with its fields filled in; raises UnknownField, MissingTable without table `needed`."""
        blocks: list[Block] = []
        for line in self.text.strip("\n").split("\n"):
            block = self._fill_line(line.rstrip(), fields, tables, first=not blocks)
            if block:
                blocks.append(block)
        if Block(Place.TABLE, (needed,)) not in blocks:
            raise MissingTable(self.name, needed)
        return blocks

    def _fill_line(self, line: str, fields: Mapping[str, str], tables: Collection[str], *, first: bool) -> Block | None:
        names = _FIELD.findall(line)
        if len(names) == 1 and names[0] in tables and line.strip() == f"{{{names[0]}}}":
            return Block(Place.TABLE, (names[0],))
        for name in names:
            if name not in fields:
                raise UnknownField(self.name, name, [*fields, *tables])
        if names and not any(fields[name] for name in names):
            return None
        return _place(_FIELD.sub(lambda match: fields[match[1]], line), first=first)


@cache
def shipped_wording(name: str) -> Wording:
    """The template the program ships, e.g. `pledge-village`."""
    return Wording(name, path(f"wording/{name}.txt").read_text(encoding="utf-8"))


def _place(line: str, *, first: bool) -> Block:
    if not line:
        return Block(Place.EMPTY, ())
    if first:
        return Block(Place.TITLE, (line,))
    if _DIVIDER in line:
        return Block(Place.COLUMNS, tuple(line.split(_DIVIDER)))
    if line.startswith(_RIGHT):
        return Block(Place.RIGHT, (line.removeprefix(_RIGHT),))
    if line.startswith(_INDENT):
        return Block(Place.INDENTED, (line.removeprefix(_INDENT),))
    return Block(Place.FLUSH, (line,))
