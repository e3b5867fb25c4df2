"""A paper's lines and tables as the body of a word processor's file, sheet after sheet as in the PDF."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from huajie_desktop.typesetting.composition import TURNS, attachment_name, closing_of, heading_style, runs_of, strips_of
from huajie_desktop.typesetting.flow import Setting, Strip
from huajie_desktop.typesetting.fonts import Style
from huajie_desktop.typesetting.line_breaking import text_width
from huajie_desktop.typesetting.page import MM, PITCH, SMALL_SIZE, Form, Text
from huajie_desktop.typesetting.paper import SetPaper
from huajie_desktop.typesetting.table import Grid
from huajie_desktop.typesetting.title import shape_title
from huajie_desktop.typesetting.word_tables import table
from huajie_desktop.typesetting.word_text import BASES, TAB, Lay, Lettering, nothing, paragraph, run, twips
from huajie_desktop.typesetting.wording import Block, Place

_LEVELS = {Style.HEI: "Heading1", Style.KAI: "Heading2"}
_GRIDS = (Place.TABLE, Place.ROW)
_NUMBER_RULE = 4 * MM  # 7.2.5: the red rule lies 4 mm below the number
_IMPRINT_PITCH = 8.2 * MM
_NEAR = 1.0  # points that make no difference
_BESIDE = 8  # characters from the right edge: what ends there is held there when somebody makes it longer


class Section(NamedTuple):
    """What stands on sheets of one form: the form and the body in WordprocessingML."""

    form: Form
    body: str


def sections_of(paper: SetPaper, mark: str) -> Iterator[Section]:
    """The paper section by section, one for each new sheet; its title bears the bookmark `mark`."""
    blocks = paper.content.blocks()
    grids = iter([grid for page in paper.pages for grid in page.grids])
    form, attached, number = paper.dress.form, sum(block.place is Place.ATTACHMENT for block in blocks), 0
    for blocks_on in runs_of(blocks):
        form = TURNS.get(blocks_on[0].place, form)
        body = _Body(replace(paper.dress.setting, width=form.area.width), form, grids, mark)
        if blocks_on[0].place is Place.ATTACHMENT:
            number += 1
            body.attach(attachment_name(number, attached))
        body.fill(blocks_on)
        yield Section(form, "".join(body.done))
        mark = ""


class _Body:
    """The body of one section being written."""

    def __init__(self, setting: Setting, form: Form, grids: Iterator[Grid], mark: str) -> None:
        self.done: list[str] = []
        self._setting, self._form, self._grids, self._mark = setting, form, grids, mark

    def attach(self, name: str) -> None:
        """The first line of an attachment, with a blank one below it."""
        self.done += [paragraph(run(name, Lettering(Style.HEI)), Lay(keep=True)), nothing(PITCH)]

    def fill(self, blocks: Sequence[Block]) -> None:
        """Writes the lines; what closes the section stays with the last row or paragraph above it."""
        last = max((place for place, block in enumerate(blocks) if block.place in _GRIDS), default=-1)
        closing = closing_of(blocks, last)
        told = max((place for place, block in enumerate(blocks) if block.place is not Place.IMPRINT), default=-1)
        before: Block | None = None
        for place, block in enumerate(blocks):
            in_grid = block.place is Place.ROW and before is not None and before.place is Place.ROW
            if block.place in _GRIDS and not in_grid:
                self._grid(before, keep=place + _rows(blocks, place) > last and told > last)
            elif block.place not in _GRIDS:
                self.done += self._lines(block, keep=closing <= place < told)
            before = block

    def _grid(self, before: Block | None, *, keep: bool) -> None:
        if before is not None and before.place in _GRIDS:  # else a word processor makes them one table
            self.done.append(nothing())
        self.done.append(table(next(self._grids), self._form.area.height, keep=keep))

    def _lines(self, block: Block, *, keep: bool) -> list[str]:
        setting = self._setting
        match block.place:
            case Place.TITLE:
                return [self._title(block.parts[0]), nothing(setting.pitch / 2)]
            case Place.INDENTED | Place.FLUSH:
                return [self._paragraph(block.place, text, keep=keep) for text in block.parts[0].split("\n")]
            case Place.NUMBER:
                return [_number(block.parts[0])]
            case Place.IMPRINT:
                return [_imprint(block.parts, self._form.area.width)]
        return list(_set(strips_of(block, setting), self._form.area.width, keep=keep))

    def _title(self, text: str) -> str:
        setting = self._setting
        shown = "\n".join(shape_title(text, setting.width / setting.title_size))
        lettering = Lettering(Style.TITLE, setting.title_size, setting.red_title)
        words = run(shown, lettering, "Title")
        if self._mark:
            words = f'<w:bookmarkStart w:id="{self._mark[4:]}" w:name="{self._mark}"/>{words}<w:bookmarkEnd w:id="{self._mark[4:]}"/>'
            self._mark = ""
        return paragraph(words, Lay(setting.title_pitch), "Title")

    def _paragraph(self, place: Place, text: str, *, keep: bool) -> str:
        setting = self._setting
        style = heading_style(Block(place, (text,)))
        level = _LEVELS[style] if style else ""
        lettering = BASES[level] if level else Lettering(setting.style, setting.size)
        indent = 2 if place is Place.INDENTED else 0
        return paragraph(run(text, lettering, level), Lay(setting.pitch, indent=indent, size=lettering.size, keep=keep), level)


def _rows(blocks: Sequence[Block], place: int) -> int:
    """How many rows of a form begin there, 1 for a table."""
    following = next((n for n, block in enumerate(blocks[place:]) if block.place is not Place.ROW), len(blocks) - place)
    return following if blocks[place].place is Place.ROW else 1


def _set(strips: Sequence[Strip], width: float, *, keep: bool) -> Iterator[str]:
    """Lines that stand where they are, as in the PDF: red head, signature, columns; blank strips are room above the next."""
    room = 0.0
    for strip in strips:
        if not strip.texts:
            room += strip.height
            continue
        words = [run(text.text, Lettering(text.style, text.size, text.red)) for text in strip.texts]
        yield paragraph(TAB.join(words), _where(strip.texts, width)._replace(pitch=strip.height, before=room, keep=keep))
        room = 0.0
    if room:
        yield nothing(room)


def _where(texts: Sequence[Text], width: float) -> Lay:
    """How a line lies whose texts stand at these places: centred, flush right, or so far in, the others at tab stops."""
    first, *others = texts
    left, right = first.x, width - first.x - text_width(first.text, first.style, first.size, first.spacing)
    if not others and left > _NEAR:
        if abs(left - right) < _NEAR:
            return Lay(align="center")
        if right < first.size * _BESIDE:
            return Lay(align="right", right=max(right, 0.0))
    return Lay(align="left", left=left, right=-left - first.size, tabs=[("left", text.x) for text in others])  # it never breaks


def _number(number: str) -> str:
    """The number two lines below the head, the red rule below it, two blank lines before the title (7.2.5)."""
    line = paragraph(run(number, Lettering()), Lay(PITCH, "center", 2 * PITCH, rule=_NUMBER_RULE, keep=True))
    return line + nothing(2 * PITCH)


def _imprint(parts: Sequence[str], width: float) -> str:
    """The imprint as a table at the foot of the page: 抄送 if any, then who issued it and when (7.4)."""
    copies, issuer, day = (*parts, "", "")[:3]
    letters = Lettering(size=SMALL_SIZE)
    inside = width - 2 * SMALL_SIZE
    lay = Lay(_IMPRINT_PITCH, "left", left=SMALL_SIZE, right=SMALL_SIZE)
    lines = [paragraph(run(copies, letters, "Cell"), lay, "Cell")] if copies else []
    lines.append(
        paragraph(
            run(issuer, letters, "Cell") + TAB + run(day, letters, "Cell"),
            lay._replace(tabs=[("right", SMALL_SIZE + inside)]),
            "Cell",
        )
    )
    rules = (
        '<w:top w:val="single" w:sz="8"/><w:bottom w:val="single" w:sz="8"/><w:insideH w:val="single" w:sz="6"/>'
    )
    rows = "".join(
        f'<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/></w:tcPr>{line}</w:tc></w:tr>'
        for line in lines
    )
    return (
        '<w:tbl><w:tblPr><w:tblpPr w:vertAnchor="margin" w:horzAnchor="margin" w:tblpX="1" w:tblpYSpec="bottom"/>'
        f'<w:tblW w:w="{twips(width)}" w:type="dxa"/><w:tblBorders>{rules}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{twips(width)}"/></w:tblGrid>{rows}</w:tbl>'
    )
