"""The numbers of GB/T 9704-2012 as a ruler finds them on finished pages."""

from tests.typesetting.measured import numbers, table


def test_the_pages_have_the_numbers_of_the_standard() -> None:
    found = numbers()
    print(table(found))
    assert len(found) >= 35
    assert all(number.right for number in found), table(found)
