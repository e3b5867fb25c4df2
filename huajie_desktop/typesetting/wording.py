"""The words of the documents: templates an office can edit, with fields like {单位}.

A template is plain text. Its first line is the title. A line that is only the field of a table, such as {承诺事项表}, is
replaced by that table. A line that begins with two wide blanks is indented, one that begins with → stands on the right, one
divided by ｜ stands in columns, one between bars is a row of a form: |label|value|label|value|, with a number before the
first bar to make it so many lines high. A line whose fields are all empty is left out, a row of a form is left to be filled
in by hand. A line that begins with # says how the sheet is made: see DIRECTIVES.

These signs mean something in the template alone: what the fields say is text, whatever signs it has, and each line of it is a
paragraph of its own.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from typing import NamedTuple

from huajie_desktop.errors import Problem
from resources import path

_FIELD = re.compile(r"\{([^{}]*)\}")
_FIELD_AND_NEXT = re.compile(r"\{([^{}]*)\}(?=(?:\{([^{}]*)\})?)")
_ROW = re.compile(r"(\d?)\|(.*)\|")
# 镇领导班子, 街道党工委; 镇东村 and 乡里村 are names of their own.
_OWN_OFFICE = re.compile(r"(镇|乡|街道)(?=领导|班子|党|政府|人大|政协|机关|纪委|人武)")
_INDENT, _RIGHT, _DIVIDER = "　　", "→", "｜"
BLANK = "　" * 8  # to be filled in by hand
HAND_DAY = "　　　　年　　月　　日"  # a day that is, with room for its year
Repair = Callable[[str], str]


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
    ATTACHED = "attached"
    HEAD = "head"
    LETTER = "letter"
    NUMBER = "number"
    ROSTER = "roster"
    SIGNED = "signed"
    SEALED = "sealed"
    IMPRINT = "imprint"
    SHEET = "sheet"
    CAPTION = "caption"
    GAP = "gap"  # between text and a table, above and below alike
    COVER = "cover"
    CONTENTS = "contents"
    PICTURE = "picture"
    CHART = "chart"

    __hash__ = object.__hash__  # an Enum's own runs in Python, and every block is looked up by its place


# Word behind # -> where it goes; the parts behind it are divided by ｜, and those at the end may be left out.
DIRECTIVES = {
    "横版": Place.ACROSS,  # what follows is on a turned sheet
    "横版A3": Place.ACROSS_A3,
    "表上": Place.CAPTION,  # small, on a table: who filled it in｜when｜the unit of its figures
    "附件": Place.ATTACHMENT,  # a new page with 附件 in its first line; the text names it before it is signed
    "红头": Place.HEAD,  # issuer｜份号｜紧急程度: in red at the head of the first page, the others at its left
    "信函": Place.LETTER,  # issuer｜number｜份号｜紧急程度: the head of a letter
    "文号": Place.NUMBER,  # number｜签发人, and the red rule below
    "名单": Place.ROSTER,  # 出席｜names
    "落款": Place.SIGNED,  # issuer｜date without a seal
    "盖章": Place.SEALED,  # the same with room for a seal
    "版记": Place.IMPRINT,  # 抄送｜issuer｜date at the foot of the last page
    "新页": Place.SHEET,  # what follows begins on a new page
    "封页": Place.COVER,  # the same on a sheet that bears no page number and is not counted
    "目录": Place.CONTENTS,  # the document's headings with their pages
}
NAMED = (Place.TABLE, Place.CHART, Place.PICTURE)  # blocks that only name what stands in their place
_TITLED = (  # a title may follow
    Place.ACROSS, Place.ACROSS_A3, Place.ATTACHMENT, Place.HEAD, Place.LETTER, Place.NUMBER, Place.SHEET, Place.COVER,
    Place.CONTENTS,
)  # fmt: skip
_TEXTS = (Place.FLUSH, Place.INDENTED)
_TYPED_NUMBER = re.compile(r"^\d{1,2}(?:[、．]|\.(?!\d))\s*")
_NAMED = "　　附件："  # named in the template's own words


class Block(NamedTuple):
    """One line of a filled template: its columns or cells, or the table's name; a row is at least `lines` high.

    ATTACHED are the titles of the attachments that follow, named below the text (GB/T 9704-2012, 7.3.4).
    """

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

    def fill(self, fields: Mapping[str, str], tables: Collection[str], *, needed: str = "", repair: Repair = str) -> list[Block]:
        """The lines of the template with its fields filled in, each text as `repair` leaves it.

        Raises BadWording: an unknown field or word, no table `needed`.
        """
        blocks: list[Block] = []
        first = True
        for line in _read(self.text):
            for block in self._fill_line(line, fields, tables, repair, first=first):
                first = block.place in _TITLED or (first and block.place is Place.EMPTY)
                blocks.append(block)
        if needed and Block(Place.TABLE, (needed,)) not in blocks:
            raise MissingTable(self.name, needed)
        return _naming_attachments(blocks)

    def _fill_line(
        self, line: "_Line", fields: Mapping[str, str], tables: Collection[str], repair: Repair, *, first: bool
    ) -> Sequence[Block]:
        names = line.names
        if line.alone and line.alone in tables:
            return (Block(Place.TABLE, (line.alone,)),)
        for name in names:
            if name not in fields:
                raise UnknownField(self.name, name, [*fields, *tables])
        if names and line.place is not Place.ROW and not any(map(fields.get, names)):
            return ()
        if line.place is None:
            known = "、".join(f"#{known}" for known in DIRECTIVES)
            raise BadWording(f"文书模板“{self.name}”里的 #{line.parts[0]} 认不得，没有生成文件。可以用的有：{known}。")
        place, parts = (Place.TITLE, (line.title,)) if first and line.title else (line.place, line.parts)
        if place in _TEXTS:
            return _paragraphs(place, parts[0], fields, repair)
        filled = _filled(place, parts, fields) if names else parts
        return (Block(place, tuple(map(repair, filled)), line.lines),)


class _Line(NamedTuple):
    """One line of a template as it is read, its fields not yet filled in: where it goes, None behind an unknown #, and its parts.

    `names` are the fields it asks for, `alone` the one it is and nothing else, `title` what it is as the first words of a sheet.
    """

    place: Place | None
    parts: tuple[str, ...]
    names: tuple[str, ...]
    alone: str
    title: str = ""
    lines: int = 1


@lru_cache(maxsize=64)  # papers of one kind are many, their template is the same
def _read(text: str) -> Sequence[_Line]:
    return [_read_line(line.rstrip()) for line in text.strip("\n").split("\n")]


def _read_line(line: str) -> _Line:
    names = tuple(_FIELD.findall(line))
    alone = names[0] if len(names) == 1 and line.strip() == f"{{{names[0]}}}" else ""
    if row := _ROW.fullmatch(line):
        return _Line(Place.ROW, tuple(row[2].replace("\\n", "\n").split("|")), names, alone, lines=int(row[1] or 1))
    if line.startswith("#"):
        word, _sign, rest = line[1:].partition(" ")
        known = word in DIRECTIVES
        parts = tuple(rest.split(_DIVIDER)) if rest else ()
        return _Line(DIRECTIVES[word] if known else None, parts if known else (word,), names, alone)
    return _Line(*_place(line), names, alone, line)


@cache
def shipped_wording(name: str) -> Wording:
    """The template the program ships, e.g. `pledge-village`."""
    return Wording(name, path(f"wording/{name}.txt").read_text(encoding="utf-8"))


def before(name: str, following: str) -> str:
    """What is said before `following`: that name, but nothing where it begins with it (甲镇 before 甲镇党政办公室).

    An office called after its sort of township takes that word from the name: 甲镇 before 镇领导班子 is 甲.
    """
    if name and following.startswith(name):
        return ""
    own = _OWN_OFFICE.match(following)
    return name.removesuffix(own[1]) if own else name


def _filled(place: Place, parts: Sequence[str], fields: Mapping[str, str]) -> tuple[str, ...]:
    """The parts of a line; without 抄送 an imprint has none, whatever words stand about the field (7.4.2)."""
    if place is Place.IMPRINT:
        parts = [part if any(map(fields.get, _FIELD.findall(part))) or "{" not in part else "" for part in parts]
    filled = tuple([_put(part, fields) for part in parts])
    return _titles(filled[0]) if place is Place.ATTACHED else filled


def _put(text: str, fields: Mapping[str, str]) -> str:
    if "{" not in text:
        return text
    return _FIELD_AND_NEXT.sub(lambda match: before(fields[match[1]], fields.get(match[2] or "", "")), text)


def _paragraphs(place: Place, template: str, fields: Mapping[str, str], repair: Repair) -> Sequence[Block]:
    """A paragraph for each line of a text; further blanks before it are those of the template, not those of the clerk."""
    inset = template[: len(template) - len(template.lstrip())]
    texts = filter(None, map(str.strip, _put(template, fields).split("\n")))
    return [Block(place, (repair(text if number else inset + text),)) for number, text in enumerate(texts)]


def _titles(text: str) -> tuple[str, ...]:
    """The titles of attachments, a line each, without numbers typed before them: they are numbered where there are several."""
    return tuple(filter(None, (_TYPED_NUMBER.sub("", line.strip()) for line in text.split("\n")))) or ("",)


def _place(line: str) -> tuple[Place, tuple[str, ...]]:
    """Where a line of words goes that is no title."""
    if not line:
        return Place.EMPTY, ()
    if _DIVIDER in line:
        return Place.COLUMNS, tuple(line.split(_DIVIDER))
    if line.startswith(_NAMED):
        return Place.ATTACHED, (line.removeprefix(_NAMED),)
    if line.startswith(_RIGHT):
        return Place.RIGHT, (line.removeprefix(_RIGHT),)
    return Place.INDENTED if line.startswith(_INDENT) else Place.FLUSH, (line.removeprefix(_INDENT),)


def _naming_attachments(blocks: list[Block]) -> list[Block]:
    """The blocks with the titles of what is attached named above the signature, unless the template does so in its own words."""
    begins = [place for place, block in enumerate(blocks) if block.place is Place.ATTACHMENT]
    titles = [
        "".join(blocks[place + 1].parts) for place in begins if place + 1 < len(blocks) and blocks[place + 1].place is Place.TITLE
    ]
    texts = blocks[: begins[0]] if begins else []
    if not titles or any(block.place is Place.ATTACHED for block in texts):
        return blocks
    signed = next((place for place, block in enumerate(texts) if block.place in (Place.SIGNED, Place.SEALED)), len(texts))
    return [*blocks[:signed], Block(Place.ATTACHED, tuple(titles)), *blocks[signed:]]
