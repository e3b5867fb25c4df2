"""A picture with its caption on a page, and a chart drawn as rules: two pictures to a page, bars that survive a copier."""

from collections.abc import Sequence
from itertools import pairwise

from huajie_desktop.typesetting.content import Chart, Picture
from huajie_desktop.typesetting.drawing import picture_size
from huajie_desktop.typesetting.flow import Flow, Strip, base_line, text_of
from huajie_desktop.typesetting.fonts import Style
from huajie_desktop.typesetting.line_breaking import Line, Measure, set_lines, text_width
from huajie_desktop.typesetting.page import MM, PITCH, SMALL_SIZE, TABLE_SIZE, Area, Image, Rule, Text

_HIGHEST = 0.40  # of the body's height: two pictures and their captions to a page
_BAR, _STEP, _LEAST_STEP = 4.0 * MM, 7.0 * MM, 5.2 * MM  # height of a bar, from one to the next
_GAP = 2.0 * MM  # between a bar and the words beside it
_MOST_LABEL = 0.38  # of the width, for the names
_LINE = 0.5  # points
_STROKES, _STROKE = 10, 1.3  # of what fills a bar, points


def place_picture(flow: Flow, picture: Picture) -> None:
    """A picture with its caption; one that cannot be read is said in its place and stops nothing."""
    fitted = fitted_in(flow.area, picture)
    across = flow.area.width
    if fitted is None:
        flow.place(_below(unreadable(picture), across))
        return
    width, height = fitted
    caption = _below(picture.caption, across)
    if height + PITCH * (len(caption) + 0.25) > flow.room:
        flow.turn()
    area = flow.area
    flow.pages[-1].images.append(Image(picture.file, area.left + (across - width) / 2, flow.top - height, width, height))
    flow.advance(height + PITCH / 4)
    flow.place(caption)


def unreadable(picture: Picture) -> str:
    """What stands in the place of a picture that cannot be read."""
    return f"{picture.caption}（打不开，没有印出）"


def fitted_in(area: Area, picture: Picture) -> tuple[float, float] | None:
    """Width and height in points, at most the body's width and two fifths of its height; None if it cannot be read."""
    try:
        across, down = picture_size(picture.file)
    except Exception:  # whatever a damaged picture makes the library raise
        return None
    scale = min(area.width / across, area.height * _HIGHEST / down)
    return across * scale, down * scale


def place_chart(flow: Flow, chart: Chart) -> None:
    """The bars with their figures, the title below the last; only a chart higher than a page goes on on the next one."""
    most = flow.area.width * _MOST_LABEL
    names = [set_lines(name, Measure(Style.FANG, TABLE_SIZE, most)) for name, _part, _whole in chart.bars]
    label = max((line.width for lines in names for line in lines), default=0.0) + _GAP
    figures = [f"{part}／{whole}" for _name, part, whole in chart.bars]
    right = max((text_width(words, Style.FANG, TABLE_SIZE) for words in figures), default=0.0) + _GAP
    longest = max((whole for _name, _part, whole in chart.bars), default=0) or 1
    scale = (flow.area.width - label - right) / longest
    title = _below(f"{chart.title}（实心为{chart.columns[1]}，空心为{chart.columns[2]}）", flow.area.width)
    foot = PITCH * len(title)
    step = min(_STEP, max((flow.area.height - foot - _GAP - 1) / max(len(names), 1), _LEAST_STEP))
    heights = [max(step, len(lines) * TABLE_SIZE * 1.2) for lines in names]
    if flow.room < sum(heights) + foot + _GAP <= flow.area.height:
        flow.turn()
    flow.place([Strip(_GAP)])
    for place, (_name, part, whole) in enumerate(chart.bars):
        below = foot if place == len(heights) - 1 else 0.0  # the title stays with the last bar
        if heights[place] + below > flow.room:
            flow.turn()
        moved = [line._replace(indent=label - _GAP - line.width) for line in names[place]]
        _place_bar(flow, heights[place], moved, figures[place], (label, part * scale, whole * scale))
        flow.advance(heights[place])
    flow.place(title)


def _below(text: str, across: float) -> list[Strip]:
    """What stands below a picture or chart, centred."""
    y = base_line(SMALL_SIZE, PITCH)
    lines = set_lines(text, Measure(Style.FANG, SMALL_SIZE, across))
    return [Strip(PITCH, (text_of(line, (across - line.width) / 2, y, Style.FANG, SMALL_SIZE),)) for line in lines]


def _place_bar(flow: Flow, height: float, lines: Sequence[Line], words: str, widths: tuple[float, float, float]) -> None:
    """One bar at the top of what is free: its name at the left, its figures behind it; widths of name, part and whole."""
    label, part, whole = widths
    page, left, top = flow.pages[-1], flow.area.left, flow.top
    middle, pitch = top - height / 2, TABLE_SIZE * 1.2
    y = middle + pitch * len(lines) / 2
    for line in lines:
        page.texts.append(text_of(line, left, y + base_line(TABLE_SIZE, pitch), Style.FANG, TABLE_SIZE))
        y -= pitch
    x, above, below = left + label, middle + _BAR / 2, middle - _BAR / 2
    ends = [(x, below), (x + whole, below), (x + whole, above), (x, above), (x, below)]
    page.rules += [Rule(*one, *other, _LINE) for one, other in pairwise(ends)] if whole else []
    cap = _STROKE / 2  # ends of a rule are squared off beyond them
    if part:
        lines_up = (below + cap + place * (_BAR - _STROKE) / (_STROKES - 1) for place in range(_STROKES))
        page.rules += [Rule(x + cap, y, max(x + part - cap, x + cap), y, _STROKE) for y in lines_up]
    page.texts.append(Text(x + whole + _GAP, middle + pitch / 2 + base_line(TABLE_SIZE, pitch), Style.FANG, TABLE_SIZE, words))
