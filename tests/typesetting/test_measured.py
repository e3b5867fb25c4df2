"""Each number of GB/T 9704-2012 as a ruler finds it on the finished page."""

import pytest

from tests.typesetting.measured import Number, numbers


@pytest.mark.parametrize("number", numbers(), ids=lambda number: f"{number.clause} {number.of}")
def test_the_page_has_the_number_of_the_standard(number: Number) -> None:
    assert number.measured == pytest.approx(number.asked, abs=number.off + 1e-6), number
