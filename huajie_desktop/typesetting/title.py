"""Shapes a title of several lines as 梯形 or 菱形 without cutting words (GB/T 9704-2012, 7.3.1)."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise

from huajie_desktop.typesetting.flow import OFFICIAL, Setting, Strip, base_line
from huajie_desktop.typesetting.fonts import Style
from huajie_desktop.typesetting.line_breaking import em_width, text_width
from huajie_desktop.typesetting.page import Text
from huajie_desktop.typesetting.wholes import NO_END, NO_START, tears

_MOST_LINES = 4  # that are shaped; a longer title is a text, whose lines are filled
_FILLED = 3 / 4  # of the width, which a line of such a one takes at least
# What stays together in a title; longer words first. The rest of a title may be divided anywhere, at a price.
_WORDS = re.compile(
    r"[“《〔（][^”》〕）]*[”》〕）](?:大比拼|行动|工程)?"
    r"|(?:[0-9A-Za-z.〇一二三四五六七八九十]+(?:年度|年|月|日|项|号|个)?)+"
    r"|(?:提升|攻坚|比拼|整治)行动|进展情况|承诺交办单|承诺书|承诺|干事|交办单|清单|任务|报告|重点|工作|年度|通知单|通知|整改|督查|提升|专项|行动|攻坚|比拼"
    r"|党委|政府|人民|委员会|办公室|工作片|专班|联盟|建设|综合|治理|领导班子|领导小组|人居环境|乡村振兴|关于|以及"
    r"|[\u3400-\u9fff]{2,5}?(?:镇|乡(?!村)|村(?![民级两])|片区|片(?!区)|社区|街道|园区|中心|办公室|委员会|党委|政府|局|站|所)"
)
_IN_A_DAY = re.compile(r"[年月]\d|\d[年月日]")
_AFTER = frozenset("年的、于及和暨　")  # a line ends well behind these
_CUT = 6.0  # price of dividing what may be a word, in characters of uneven shape


def title_strips(text: str, setting: Setting = OFFICIAL) -> list[Strip]:
    """The strips of a centred title, in 2号 小标宋 on an official sheet; a title of one line stays one line."""
    size, pitch = setting.title_size, setting.title_pitch
    return [
        Strip(pitch, (Text((setting.width - width) / 2, base_line(size, pitch), Style.TITLE, size, line, red=setting.red_title),))
        for line in map(str.strip, shape_title(text, setting.width / size, setting.words))
        for width in [text_width(line, Style.TITLE, size)]
    ]


def shape_title(text: str, most: float = OFFICIAL.width / OFFICIAL.title_size, words: Sequence[str] = ()) -> list[str]:
    """The lines of a title, as few as possible, of unequal, evenly changing length and at most `most` em wide.

    `words` are those of this paper that are not divided where it can be helped: its unit, its campaign.
    """
    if em_width(text, Style.TITLE) <= most:
        return [text]
    ends = [0.0, *accumulate(text_width(character, Style.TITLE, 1.0) for character in text)]
    prices = _break_prices(text, words)
    for count in range(2, _MOST_LINES + 1):
        shapes = [(0, *bounds) for bounds in _shapes(0, count, sorted(prices), ends, most)]
        if shapes:
            best = min(shapes, key=lambda bounds: _price(bounds, ends, prices))
            return [text[start:end] for start, end in pairwise(best)]
    return [text[start:end] for start, end in pairwise(_filled(ends, prices, most))]


def _shapes(start: int, count: int, places: Sequence[int], ends: Sequence[float], most: float) -> Iterator[tuple[int, ...]]:
    """Where each of so many lines from `start` on may end, none wider than `most`; what cannot come out well is not begun."""
    if ends[-1] - ends[start] > most * count + 0.01:
        return
    if count == 1:
        if ends[-1] - ends[start] <= most:
            yield (len(ends) - 1,)
        return
    for place in places[bisect_right(places, start) :]:
        if ends[place] - ends[start] > most:
            return
        for others in _shapes(place, count - 1, places, ends, most):
            yield place, *others


def _filled(ends: Sequence[float], prices: Mapping[int, float], most: float) -> list[int]:
    """Where the lines of a title begin and end that is too long to be shaped: full, but divided where that costs least."""
    places = [0]
    while ends[-1] - ends[places[-1]] > most:
        start = places[-1]
        full = max(bisect_right(ends, ends[start] + most, start) - 1, start + 1)
        least = ends[start] + most * _FILLED
        near = [place for place in range(full, start, -1) if place in prices and ends[place] >= least]
        places.append(min(near, key=prices.__getitem__, default=full))
    return [*places, len(ends) - 1]


def _break_prices(text: str, words: Sequence[str]) -> dict[int, float]:
    """Where a title may be divided, and what that costs."""
    prices = dict.fromkeys(range(1, len(text)), _CUT)
    for match in _WORDS.finditer(text):
        for index in range(match.start() + 1, match.end()):
            prices[index] = 4 * _CUT
        prices |= dict.fromkeys(match.span(), 0.0)
    for index in range(1, len(text)):
        if tears(text, index):
            prices[index] = 4 * _CUT
        elif text[index - 1] in _AFTER and prices[index] == _CUT:
            prices[index] = 0.0
    _price_words(text, words, prices)
    return {
        index: price
        for index, price in prices.items()
        if 0 < index < len(text) and text[index] not in NO_START and text[index - 1] not in NO_END
    }


def _price_words(text: str, words: Sequence[str], prices: dict[int, float]) -> None:
    """Makes it dear to divide these words, and free to divide before and behind them."""
    for word in words:
        begin = text.find(word) if 1 < len(word) < len(text) else -1
        if begin >= 0:
            for index in range(begin + 1, begin + len(word)):
                prices[index] += 4 * _CUT
            edges = (begin, begin + len(word))  # a year or a month that is a word itself stays in its day
            prices |= {edge: 0.0 for edge in edges if not _IN_A_DAY.search(text, max(edge - 1, 0), edge + 1)}


def _price(bounds: Sequence[int], ends: Sequence[float], prices: dict[int, float]) -> float:
    lengths = [ends[end] - ends[start] for start, end in pairwise(bounds)]
    steps = [following - this for this, following in pairwise(lengths)]
    # Neighbouring lines should differ by some three characters, so that a trapezium or a rhombus shows.
    uneven = sum(abs(abs(step) - 3) for step in steps)
    waist = 10.0 if any(a < 0 < b for a, b in pairwise(steps)) else 0.0
    return uneven + waist + sum(prices[index] for index in bounds[1:-1])
