"""Citizen ID numbers by their check digit, telephone numbers by their form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.personal import hide_numbers
from huajie_desktop.values.identifiers import id_fault, looks_like_id, phone_fault, tidy_id, tidy_phone


@pytest.mark.parametrize("number", ["11010519491231002X", "11010519491231002x", "440524188001010014"])  # the standard's examples
def test_right_numbers(number):
    assert looks_like_id(number)
    assert id_fault(number) == ""


@given(st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(place, more):
    number = "440524188001010014"
    wrong = number[:place] + str((int(number[place]) + more) % 10) + number[place + 1 :]
    assert "校验位不对" in id_fault(wrong)
    assert wrong[8:14] not in id_fault(wrong), "the whole number is not repeated"


@pytest.mark.parametrize(
    "text",
    [
        "13857900001",
        "0579-86321000",
        "86321000",
        "138 5790 0001",
        "+8613857900001",
        "13857900001、667788",
        "0086 13857900001",
        "86-13857900001",
        "13857900001\n13957900002",
        "13857900001/86321000",
        "（0579）86321000",
        "010-62345678",
        "0579—86321000",
        "0579-86321000-123",
        "0579-86321000转8001",
        "400-800-1234",
        "95588",
    ],
)
def test_right_telephones(text):
    assert phone_fault(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "1385790000",
        "138579000011",
        "12857900001",
        "张三",
        "1385790O001",
        "l3857900001",
        "13857900001 13957900002",
        "3857900001",
        "38579000012",
        "013857900001",
        "1385790000113957900002",
        "13857900001（李四）",
    ],
)
def test_wrong_telephones(text):
    assert "不像电话号码" in phone_fault(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("身份证44052418800101001 4", "身份证44052418800101001 4"),
        ("张三440524188001010014要求退款", "张三440****0014要求退款"),
        ("11010519491231002x", "110****002x"),
        ("440524188001010015", "440524188001010015"),  # the check digit is wrong: a number of something else
        ("打13800001111或138-0000-1111", "打138****1111或138****1111"),
        ("合同号1380000111122", "合同号1380000111122"),
        ("路灯12盏", "路灯12盏"),
    ],
)
def test_numbers_of_persons_are_hidden_in_any_text(text, shown):
    assert hide_numbers(text) == shown
    assert hide_numbers(shown) == shown


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("１３８ 0579 6543", "13805796543"),
        ("138 0579 6543、 667788", "13805796543、667788"),
        ("０５７９－86321000", "0579-86321000"),
        ("138****6543", "138****6543"),
        ("张三 １３８", "张三 １３８"),
    ],
)
def test_telephones_are_kept_as_they_are_dialled(text, kept):
    assert tidy_phone(text) == kept


def test_id_numbers_are_kept_in_plain_digits():
    assert tidy_id("４４０５２４ 19880801 001x") == "44052419880801001X"
    assert tidy_id("无证 件") == "无证 件"
