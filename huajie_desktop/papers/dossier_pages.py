"""Everything about one task on paper (一事一档): facts, tables one after the other, pictures two on a page."""

from huajie_desktop.typesetting.composition import heading
from huajie_desktop.typesetting.content import DossierContent, Picture, Section
from huajie_desktop.typesetting.drawing import picture_size
from huajie_desktop.typesetting.flow import Flow, Strip, base_line, paragraph, text_of
from huajie_desktop.typesetting.fonts import Style
from huajie_desktop.typesetting.line_breaking import Measure, set_lines
from huajie_desktop.typesetting.page import BODY, PITCH, SMALL_SIZE, Image, Page, number_pages
from huajie_desktop.typesetting.placing import place_rows
from huajie_desktop.typesetting.table import Align, Cell, Column, Row, body_row, head_row, set_row
from huajie_desktop.typesetting.title import title_strips

_SIZE = 10.5  # 5号
_LABEL, _VALUE, _WIDE = 26.0, 52.0, 130.0  # mm
_SHORT = 14  # characters a value may have to share its line with another
_HIGHEST = 0.40  # of the body's height: two pictures and their captions to a page
_NUMERALS = "一二三四五六七八九十"


def lay_out_dossier(content: DossierContent) -> list[Page]:
    """The pages of one task's dossier; a picture that cannot be read is named in its place."""
    flow = Flow()
    flow.place([*title_strips(f"{content.title}（一事一档）"), Strip(PITCH / 2)])
    place_rows(flow, _fact_rows(content))
    for number, section in enumerate(content.sections):
        _place_section(flow, f"{_NUMERALS[number]}、{section.heading}", section)
    if content.pictures:
        _place_heading(
            flow, f"{_NUMERALS[len(content.sections)]}、附图", (_fitted(content.pictures[0]) or (0.0, PITCH))[1] + 2 * PITCH
        )
        for picture in content.pictures:
            _place_picture(flow, picture)
    number_pages(flow.pages, of_total=True)
    return flow.pages


def _fact_rows(content: DossierContent) -> list[Row]:
    """Short facts two to a line, long ones across."""
    rows, half = list[Row](), list[tuple[str, str]]()
    for label, value in content.facts:
        if len(value) > _SHORT or "\n" in value:
            rows += [_pairs(half)] if half else []
            half = []
            rows.append(set_row([_label(label), Cell(value, _WIDE, size=_SIZE)]))
        elif half:
            rows.append(_pairs([*half, (label, value)]))
            half = []
        else:
            half = [(label, value)]
    return rows + ([_pairs(half)] if half else [])


def _pairs(facts: list[tuple[str, str]]) -> Row:
    if len(facts) == 1:
        return set_row([_label(facts[0][0]), Cell(facts[0][1], _WIDE, size=_SIZE)])
    return set_row([cell for label, value in facts for cell in (_label(label), Cell(value, _VALUE, size=_SIZE))])


def _label(text: str) -> Cell:
    return Cell(text, _LABEL, Align.CENTRE, Style.HEI, _SIZE)


def _place_section(flow: Flow, title: str, section: Section) -> None:
    columns = [Column(name, width) for name, width in zip(section.columns, section.widths, strict=True)]
    rows = [body_row(columns, row, _SIZE) for row in section.rows]
    head = head_row(columns, _SIZE)
    _place_heading(flow, title, head.height + rows[0].height)
    place_rows(flow, rows, head=head)


def _place_heading(flow: Flow, title: str, below: float = 0.0) -> None:
    """A heading stands above something, never at the foot of a page."""
    strips = [Strip(PITCH / 2), *heading(title)]
    needed = sum(strip.height for strip in strips) + below
    if needed > flow.room and not flow.fresh:
        flow.turn()
    flow.place(strips[flow.fresh :])


def _place_picture(flow: Flow, picture: Picture) -> None:
    """A picture with its caption; one that cannot be read is said in its place and stops nothing."""
    fitted = _fitted(picture)
    if fitted is None:
        flow.place(paragraph(f"图片“{picture.caption}”打不开，没有印出。"))
        return
    width, height = fitted
    caption = set_lines(picture.caption, Measure(Style.FANG, SMALL_SIZE, BODY[0]))
    if height + PITCH * (len(caption) + 0.5) > flow.room:
        flow.turn()
    area = flow.area
    flow.pages[-1].images.append(Image(picture.file, area.left + (BODY[0] - width) / 2, flow.top - height, width, height))
    flow.advance(height + PITCH / 4)
    y = base_line(SMALL_SIZE, PITCH)
    flow.place([Strip(PITCH, (text_of(line, (BODY[0] - line.width) / 2, y, Style.FANG, SMALL_SIZE),)) for line in caption])


def _fitted(picture: Picture) -> tuple[float, float] | None:
    """Width and height in points, at most the body's width and two fifths of its height; None if it cannot be read."""
    try:
        across, down = picture_size(picture.file)
    except Exception:  # whatever a damaged picture makes the library raise
        return None
    scale = min(BODY[0] / across, BODY[1] * _HIGHEST / down)
    return across * scale, down * scale
