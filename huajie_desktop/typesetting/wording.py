"""The words of the documents: templates an office can edit, with fields like {单位}.

A template is plain text. Its first line is the title. A line that is only the field of a table, such as {承诺事项表}, is
replaced by that table. A line that begins with two wide blanks is indented, one that begins with → stands on the right, one
divided by ｜ stands in columns, one between bars is a row of a form: |label|value|label|value|, with a number before the
first bar to make it so many lines high. A line whose fields are all empty is left out, a row of a form is left to be filled
in by hand. A line that begins with # says how the sheet is made: see DIRECTIVES.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache

from huajie_desktop.errors import Problem
from resources import path

_FIELD = re.compile(r"\{([^{}]*)\}")
_ROW = re.compile(r"(\d?)\|(.*)\|")
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
    ROW = "row"
    EMPTY = "empty"
    ACROSS = "across"
    ACROSS_A3 = "across_a3"
    ATTACHMENT = "attachment"
    HEAD = "head"
    NUMBER = "number"
    SIGNED = "signed"
    SEALED = "sealed"
    IMPRINT = "imprint"
    CAPTION = "caption"
    GAP = "gap"  # between text and a table, above and below alike
    SHEET = "sheet"
    COVER = "cover"
    CONTENTS = "contents"
    PICTURE = "picture"
    CHART = "chart"


# Word behind # -> where it goes; the parts behind it are divided by ｜.
DIRECTIVES = {
    "横版": Place.ACROSS,  # what follows is on a turned sheet
    "横版A3": Place.ACROSS_A3,
    "表上": Place.CAPTION,  # small, on a table: who filled it in｜when｜the unit of its figures
    "附件": Place.ATTACHMENT,  # a new page with 附件 in its first line
    "红头": Place.HEAD,  # the issuer in red at the head of the first page
    "文号": Place.NUMBER,  # the number and the red rule below it
    "落款": Place.SIGNED,  # issuer｜date without a seal
    "盖章": Place.SEALED,  # the same with room for a seal
    "版记": Place.IMPRINT,  # 抄送｜issuer｜date at the foot of the last page
    "新页": Place.SHEET,  # what follows begins on a new page
    "封页": Place.COVER,  # the same on a sheet that bears no page number and is not counted
    "目录": Place.CONTENTS,  # the document's headings with their pages
}
_TITLED = (  # a title may follow
    Place.ACROSS, Place.ACROSS_A3, Place.ATTACHMENT, Place.HEAD, Place.NUMBER, Place.SHEET, Place.COVER,
    Place.CONTENTS,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Block:
    """One line of a filled template: its columns or cells, or the table's name; a row is at least `lines` high."""

    place: Place
    parts: tuple[str, ...] = ()
    lines: int = 1


class BadWording(Problem):
    """A template cannot be printed as it stands."""


class UnknownField(BadWording):
    """A template asks for something the document does not have."""

    def __init__(self, template: str, field: str, known: Collection[str]) -> None:
        names = "、".join(f"{{{name}}}" for name in known)
        super().__init__(
            f"文书模板“{template}”里的 {{{field}}} 不是可用的字段，没有生成文件。请改成下列字段之一，或删去：{names}。"
        )


class MissingTable(BadWording):
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

    def fill(self, fields: Mapping[str, str], tables: Collection[str], *, needed: str = "") -> list[Block]:
        """The lines of the template with its fields filled in. Raises BadWording: an unknown field or word, no table `needed`."""
        blocks: list[Block] = []
        first = True
        for line in self.text.strip("\n").split("\n"):
            block = self._fill_line(line.rstrip(), fields, tables, first=first)
            if block:
                blocks.append(block)
                first = block.place in _TITLED or (first and block.place is Place.EMPTY)
        if needed and Block(Place.TABLE, (needed,)) not in blocks:
            raise MissingTable(self.name, needed)
        return blocks

    def _fill_line(self, line: str, fields: Mapping[str, str], tables: Collection[str], *, first: bool) -> Block | None:
        names = _FIELD.findall(line)
        if len(names) == 1 and names[0] in tables and line.strip() == f"{{{names[0]}}}":
            return Block(Place.TABLE, (names[0],))
        for name in names:
            if name not in fields:
                raise UnknownField(self.name, name, [*fields, *tables])
        if row := _ROW.fullmatch(line):
            return Block(
                Place.ROW, tuple(_put(cell.replace("\\n", "\n"), fields) for cell in row[2].split("|")), int(row[1] or 1)
            )
        if names and not any(fields[name] for name in names):
            return None
        if line.startswith("#"):
            return self._direct(line[1:], fields)
        return _place(_put(line, fields), first=first)

    def _direct(self, line: str, fields: Mapping[str, str]) -> Block:
        word, _sign, rest = line.partition(" ")
        if word not in DIRECTIVES:
            known = "、".join(f"#{known}" for known in DIRECTIVES)
            raise BadWording(f"文书模板“{self.name}”里的 #{word} 认不得，没有生成文件。可以用的有：{known}。")
        return Block(DIRECTIVES[word], tuple(_put(rest, fields).split(_DIVIDER)) if rest else ())


@cache
def shipped_wording(name: str) -> Wording:
    """The template the program ships, e.g. `pledge-village`."""
    return Wording(name, path(f"wording/{name}.txt").read_text(encoding="utf-8"))


def _put(text: str, fields: Mapping[str, str]) -> str:
    return _FIELD.sub(lambda match: fields[match[1]], text)


def _place(line: str, *, first: bool) -> Block:
    if not line:
        return Block(Place.EMPTY)
    if first:
        return Block(Place.TITLE, (line,))
    if _DIVIDER in line:
        return Block(Place.COLUMNS, tuple(line.split(_DIVIDER)))
    if line.startswith(_RIGHT):
        return Block(Place.RIGHT, (line.removeprefix(_RIGHT),))
    if line.startswith(_INDENT):
        return Block(Place.INDENTED, (line.removeprefix(_INDENT),))
    return Block(Place.FLUSH, (line,))
