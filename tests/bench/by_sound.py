"""The longest a name typed with other characters of its sound waits for its suggestions, beside the 20 ms it may; each typed anew."""

from functools import partial
from pathlib import Path

from db.words import searching
from tests.bench.measure import Measure, Timed, stopwatch
from tests.test_sound import PAIRS, crowd

_ALLOWED = 0.02  # seconds


def _prepare(people: int, _folder: Path) -> tuple[Timed, Timed]:
    texts = [searching.search_text(name) for name in (*(name for name, _typed in PAIRS), *crowd(people))]

    def once() -> float:
        longest = 0.0
        for name, typed in PAIRS:
            searching._pattern.cache_clear()
            with stopwatch() as seconds:
                found = searching.nearest(texts, typed)
            assert any(texts[hit.place].startswith(name) for hit in found)
            longest = max(longest, seconds[0])
        return longest

    return once, lambda: _ALLOWED


MEASURES = (
    Measure("sound-300", 1.0, 5, partial(_prepare, 300)),
    Measure("sound-5000", 1.0, 5, partial(_prepare, 5_000)),
)
