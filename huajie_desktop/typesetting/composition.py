"""Turns a filled template and its tables into pages."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, groupby, pairwise, zip_longest

from huajie_desktop.typesetting.flow import OFFICIAL, Flow, Setting, Strip, base_line, least_height, paragraph, text_of
from huajie_desktop.typesetting.fonts import Style
from huajie_desktop.typesetting.forms import form_row, give_way
from huajie_desktop.typesetting.letter import attached_strips, place_letter, roster_strips
from huajie_desktop.typesetting.levels import lead_of, levelled
from huajie_desktop.typesetting.line_breaking import Measure, set_lines, text_width
from huajie_desktop.typesetting.official import head_strips, imprint_height, place_imprint, place_number, signed_strips
from huajie_desktop.typesetting.outline import contents_strips, headings
from huajie_desktop.typesetting.page import ACROSS, ACROSS_A3, SMALL_SIZE, UPRIGHT, Form, Page, Text
from huajie_desktop.typesetting.placing import place_rows
from huajie_desktop.typesetting.table import Row
from huajie_desktop.typesetting.title import title_strips
from huajie_desktop.typesetting.wording import NAMED, Block, Place
from huajie_desktop.typesetting.worked_once import remembered

TableMaker = Callable[[Flow, float], None]  # places a table; so many points must stay free below its last row
Grid = Callable[[str, float], Sequence[float]]  # name of a table, width in points -> where its upright rules stand, in mm
_HEADING_NEEDS = 4  # lines: a heading never stands at the foot of a page without something under it
TURNS = {
    Place.ACROSS: ACROSS, Place.ACROSS_A3: ACROSS_A3, Place.ATTACHMENT: UPRIGHT, Place.SHEET: UPRIGHT, Place.COVER: UPRIGHT,
}  # fmt: skip
_ACROSS = "横版"  # said of an attachment
_GRIDS = (Place.TABLE, Place.ROW)
_PROSE = (Place.FLUSH, Place.INDENTED)
_TEXTS = (*_PROSE, Place.RIGHT, Place.COLUMNS)
_SMALL = 0.75  # 小四 beside 三号
_PLACED = {Place.NUMBER: place_number, Place.LETTER: place_letter}  # drawn on their page, not set as strips of text
FIRM = (*NAMED, Place.ROW, Place.CONTENTS)  # what text may close, but is not part of the closing itself
_OWN = (*FIRM, Place.IMPRINT, *_PLACED, *TURNS)


def compose(
    blocks: Sequence[Block],
    tables: Mapping[str, TableMaker],
    *,
    setting: Setting = OFFICIAL,
    form: Form = UPRIGHT,
    grid: Grid | None = None,
    told: bool = False,
) -> list[Page]:
    """The pages of a document. What follows its last table stays on one page with that table's last row.

    `tables` place whatever a block names: tables, charts, pictures. `grid` says where the upright rules of a table stand, so
    that those of a form on the same sheet can stand on them. Where `told`, the pages of headings have to be known to set it
    (a table of contents), all is set twice.
    """
    outline = headings(blocks)
    pages = _composed(blocks, tables, setting, Flow(form, outline), grid)
    return _composed(blocks, tables, setting, Flow(form, outline, numbers_of(pages)), grid) if told else pages


def numbers_of(pages: Sequence[Page]) -> list[str]:
    """The number of the page each heading stands on, "" on one that is not counted; last how many pages are counted."""
    counted = list(accumulate(int(page.counted) for page in pages))
    numbers = [str(number) if page.counted else "" for page, number in zip(pages, counted, strict=True) for _ in page.headings]
    return [*numbers, str(counted[-1])]


def _composed(
    blocks: Sequence[Block], tables: Mapping[str, TableMaker], setting: Setting, flow: Flow, grid: Grid | None
) -> list[Page]:
    attached = sum(block.place is Place.ATTACHMENT for block in blocks)
    letter = any(block.place is Place.LETTER for block in blocks)
    number = 0
    for run in runs_of(blocks):
        if run[0].place in TURNS:
            flow.turn(form_of(run[0]), counted=run[0].place is not Place.COVER)
        if run[0].place is Place.ATTACHMENT:
            number += 1
            flow.place([*paragraph(attachment_name(number, attached), Style.HEI), Strip(setting.pitch)])
        own = setting if setting.width == flow.area.width else replace(setting, width=flow.area.width)
        flow.heading = _heading_again(run, own) if flow.form is not UPRIGHT or run[0].place is Place.ATTACHMENT else ()
        closes = letter and run[-1].place is Place.IMPRINT  # a letter's stands on the page of what is signed
        _fill(flow, run, tables, own, grid, imprint_height(run[-1].parts, own.width, letter=True) if closes else 0.0)
        if run[-1].place is Place.IMPRINT:
            place_imprint(flow, run[-1].parts, letter=letter)
    return flow.pages


def _gapped(run: Sequence[Block]) -> list[Block]:
    """The blocks with the same gap wherever text stands above or below a table or form."""
    spaced: list[Block] = []
    for block in run:
        grid = block.place in _GRIDS
        above = spaced[-1].place if spaced else Place.GAP
        if block.place is Place.EMPTY and above in _GRIDS:
            block = Block(Place.GAP)
        elif grid and above is Place.EMPTY:
            spaced[-1] = Block(Place.GAP)
        elif (grid and above in _TEXTS) or (block.place in _TEXTS and above in _GRIDS):
            spaced.append(Block(Place.GAP))
        spaced.append(block)
    return spaced


def _heading_again(run: Sequence[Block], setting: Setting) -> list[Strip]:
    """What stands on the further sheets of a list: its title again in small 黑体, so that no sheet is without one."""
    title = next((block.parts[0] for block in run if block.place is Place.TITLE), "")
    if not title:
        return []
    text, size = f"{title}（续）", setting.size * _SMALL
    size = min(size, setting.width / text_width(text, Style.HEI, 1.0))
    pitch = size * 1.8
    x = (setting.width - text_width(text, Style.HEI, size)) / 2
    return [Strip(pitch, (Text(x, base_line(size, pitch), Style.HEI, size, text),))]


def attachment_name(number: int, count: int) -> str:
    """What stands over the attachment of that number, of so many (GB/T 9704-2012, 7.3.6)."""
    return f"附件{number if count > 1 else ''}"


def form_of(block: Block, otherwise: Form = UPRIGHT) -> Form:
    """The sheet that begins with that block; an attachment may lie across."""
    across = block.place is Place.ATTACHMENT and block.parts == (_ACROSS,)
    return ACROSS if across else TURNS.get(block.place, otherwise)


def runs_of(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """The blocks from one new sheet to the next, with the gaps that belong between text and tables."""
    run: list[Block] = []
    for block in blocks:
        if block.place in TURNS and run:
            yield _spaced(run)
            run = []
        run.append(block)
    yield _spaced(run)


def _spaced(run: Sequence[Block]) -> list[Block]:
    """The run with a blank below its title: a whole line above the text (7.3.2), half a line above a form or a number."""
    spaced: list[Block] = []
    for block, following in pairwise((*_gapped(run), Block(Place.EMPTY))):
        spaced.append(block)
        if block.place is Place.TITLE:
            spaced += [Block(Place.EMPTY)] * (2 if following.place in _PROSE else 1)
    return spaced


def _fill(
    flow: Flow, run: Sequence[Block], tables: Mapping[str, TableMaker], setting: Setting, grid: Grid | None, below: float
) -> None:
    """Places one run: text piece by piece, what closes it with the last row or paragraph above it, so much free `below`."""
    last = max((index for index, block in enumerate(run) if block.place in FIRM), default=-1)
    rows = _form_rows(flow, run, setting, grid)
    closing = closing_of(run, last)
    tail = [strip for block in run[closing:] for strip in strips_of(block, setting)]
    gap = [strip for block in run[last + 1 : closing] for strip in strips_of(block, setting)]
    held = least_height(tail) + (0.0 if any(strip.texts for strip in gap) else sum(strip.height for strip in gap))
    for kind, group in groupby(range(closing), lambda index: run[index].place):
        indexes = list(group)
        if kind is Place.ROW:
            place_rows(flow, [rows[index] for index in indexes], reserve=_below(run, indexes[-1], last, rows, held))
            continue
        for index in indexes:
            if kind in NAMED:
                tables[run[index].parts[0]](flow, _below(run, index, last, rows, held))
            else:
                _place(flow, run[index], setting, heads=_headings_from(run, index))
    flow.place_together(tail, reserve=below)


def _form_rows(flow: Flow, run: Sequence[Block], setting: Setting, grid: Grid | None) -> dict[int, Row]:
    """The rows of forms by the index of their blocks; blank room gives way for all to fit, and for a line to spare."""
    blocks = {index: block for index, block in enumerate(run) if block.place is Place.ROW}
    table = _table_of(run)
    edges = grid(table, setting.width) if grid and table and blocks else ()
    rows = {index: form_row(block.parts, setting.width, block.lines, edges) for index, block in blocks.items()}
    if table:
        return rows
    texts = sum(strip.height for block in run for strip in strips_of(block, setting))
    least = {index: form_row(block.parts, setting.width, 0).height for index, block in blocks.items()}
    over = texts + sum(row.height for row in rows.values()) - flow.room
    return give_way(rows, least, over, spare=setting.pitch)


def _table_of(run: Sequence[Block]) -> str:
    return next((block.parts[0] for block in run if block.place is Place.TABLE), "")


def closing_of(run: Sequence[Block], last: int) -> int:
    """Where the blocks begin that stay together at the end: below the last table or form, or the paragraph that is signed.

    Text alone that nobody signs has no such end.
    """
    signed = next((index for index, block in enumerate(run) if block.place in (Place.SIGNED, Place.SEALED)), None)
    if signed is None:
        return len(run) if last < 0 else last + 1
    texts = [index for index in range(last + 1, signed) if run[index].place in _TEXTS]
    return texts[-1] if texts else last + 1


def _below(run: Sequence[Block], index: int, last: int, rows: Mapping[int, Row], held: float) -> float:
    """Points that have to stay on the page of the last row at `index`: the form below it and what it holds; 0 above a table."""
    if any(block.place not in (Place.ROW, Place.EMPTY, Place.GAP) for block in run[index + 1 : last + 1]):
        return 0.0
    return sum(row.height for place, row in rows.items() if place > index) + held


def _headings_from(run: Sequence[Block], index: int) -> int:
    """How many headings stand under one another from there on, the text below them aside."""
    return next((place for place in range(index, len(run)) if not _is_heading(run[place])), len(run)) - index


def _place(flow: Flow, block: Block, setting: Setting, heads: int) -> None:
    if place := _PLACED.get(block.place):
        place(flow, block.parts, setting)
    elif block.place is Place.CONTENTS:
        flow.place(contents_strips(flow.outline, flow.numbers, setting))
    else:
        if heads and flow.room < (_HEADING_NEEDS + heads - 1) * setting.pitch:
            flow.turn()
        flow.place(strips_of(block, setting))


def strips_of(block: Block, setting: Setting = OFFICIAL) -> list[Strip]:
    """The strips of a line of text; nothing of what is a table or begins a sheet."""
    match block.place:
        case place if place in _OWN:
            return []
        case Place.TITLE:
            return _heading(title_strips(block.parts[0], setting))
        case Place.EMPTY:
            return [Strip(setting.pitch / 2)]
        case Place.GAP:
            return [Strip(setting.pitch / 4)]
        case Place.CAPTION:
            return _caption(block.parts, setting)
        case Place.HEAD:
            return head_strips(block.parts, setting)
        case Place.ATTACHED:
            return attached_strips(block.parts, setting)
        case Place.ROSTER:
            return roster_strips(block.parts, setting)
        case Place.SIGNED | Place.SEALED:
            return signed_strips(block.parts, setting, sealed=block.place is Place.SEALED)
        case Place.RIGHT:
            return _right(block.parts[0], setting)
        case Place.COLUMNS:
            return _columns(block.parts, setting)
        case Place.INDENTED:
            strips = levelled(block.parts[0], setting)
            return _heading(strips) if lead_of(block.parts[0]) else strips
    return paragraph(block.parts[0], setting=setting)


def _heading(strips: Sequence[Strip]) -> list[Strip]:
    return [strip._replace(heads=not place) for place, strip in enumerate(strips)]


def _is_heading(block: Block) -> bool:
    """Whether a block is a heading alone, which never stands at the foot of a page."""
    found = lead_of(block.parts[0]) if block.place is Place.INDENTED else None
    return found is not None and found.length == len(block.parts[0])


def _right(text: str, setting: Setting) -> list[Strip]:
    lines = set_lines(text, Measure(Style.FANG, SMALL_SIZE, setting.width))
    y = base_line(SMALL_SIZE, setting.pitch)
    return [Strip(setting.pitch, (text_of(line, setting.width - line.width, y, Style.FANG, SMALL_SIZE),)) for line in lines]


def _caption(parts: Sequence[str], setting: Setting) -> list[Strip]:
    """One small line on a table: its first part flush left, its last flush right, equal gaps between all."""
    widths = [text_width(part, setting.style, 1.0) for part in parts]
    size = min(setting.size * _SMALL, setting.width / (sum(widths) + len(parts) - 1))
    pitch = setting.size * _SMALL * 1.8
    gap = (setting.width - sum(widths) * size) / max(len(parts) - 1, 1)
    places = [sum(widths[:place]) * size + gap * place for place in range(len(parts))]
    y = base_line(size, pitch)
    return [Strip(pitch, tuple([Text(x, y, setting.style, size, part) for x, part in zip(places, parts, strict=True)]))]


def _columns(parts: tuple[str, ...], setting: Setting) -> list[Strip]:
    """One line of two or more columns of equal width; a part that is too long goes on below."""
    measure = Measure(setting.style, setting.size, setting.width / len(parts) - setting.size)
    return list(_beside(parts, measure, setting.pitch))


@remembered  # seals, signatures and days stand below every paper of a kind
def _beside(parts: tuple[str, ...], measure: Measure, pitch: float) -> Sequence[Strip]:
    style, size, width = measure.style, measure.size, measure.width + measure.size
    y = base_line(size, pitch)
    columns = enumerate(set_lines(part, measure) for part in parts)
    placed = [[text_of(line, number * width, y, style, size) for line in lines] for number, lines in columns]
    return [Strip(pitch, tuple(filter(None, row))) for row in zip_longest(*placed)]
