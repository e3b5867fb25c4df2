"""No sheet is read wrong in silence: correct sheets, three things people do to them, and every difference is told."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huajie_desktop.sheets.fenced.fence import Reader
from tests.distorting.drawing import as_text
from tests.distorting.reading import NAMES, tried


@pytest.fixture(scope="module")
def reader():
    with Reader() as opened:
        yield opened


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("distorted")


def test_there_are_many_distortions():
    assert len(NAMES) >= 50


@pytest.mark.parametrize("share", range(4))
def test_correct_sheets_are_read_exactly_and_without_a_doubt(share, reader, folder):
    for seed in range(share * 50, share * 50 + 50):
        trial = tried(seed, (), reader, folder)
        assert trial.outcome == "equal", as_text(trial.book) + "\n" + trial.told()
        assert not [text for text in trial.file.notices if "没有这些列" not in text]


@settings(max_examples=500, derandomize=True, database=None)
@given(seed=st.integers(0, 2**40), names=st.lists(st.sampled_from(NAMES), min_size=3, max_size=3, unique=True))
def test_three_distortions_leave_no_difference_untold(reader, folder, seed, names):
    trial = tried(seed, names, reader, folder)
    assert not trial.silent, "\n".join(
        [
            as_text(trial.book),
            f"{', '.join(trial.book.done)} (python dev.py distort --one {seed} --only {' '.join(names)})",
            trial.told(),
            *(f"SILENT {one.sort}: {one.words}" for one in trial.silent),
        ]
    )


@pytest.mark.parametrize("name", NAMES)
def test_each_distortion_alone_is_mostly_read(name, reader, folder):
    """Refusing everything would be no silence either."""
    trials = [trial for seed in range(30) if (trial := tried(seed, (name,), reader, folder)).book.done][:8]
    assert trials, "it never finds a place"
    silent = [str(one) for trial in trials for one in trial.silent]
    assert not silent
    read = sum(len(trial.file.records) >= len(trial.book.records) / 2 for trial in trials)
    if name not in ("header_missing", "hidden_sheet", "on_its_side"):
        assert read * 2 >= len(trials), [trial.file.problem for trial in trials]
