"""The code on a sheet: every misreading is noticed, and the symbol says what it should."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

from huajie_desktop.typesetting.codes import SIDE, NotACode, SheetCode, Symbol, read_code, symbol_of, write_code
from huajie_desktop.typesetting.drawing import Part, draw
from huajie_desktop.typesetting.fonts import Style
from huajie_desktop.typesetting.page import ACROSS, ACROSS_A3, MM, UPRIGHT, Form, Page, Text, margins, number_pages
from huajie_desktop.typesetting.pdf_a import About
from huajie_desktop.typesetting.stamp import stamp

CODES = st.builds(
    SheetCode,
    st.from_regex(r"[A-Z]{2,4}", fullmatch=True),
    st.integers(2000, 2100),
    st.from_regex(r"[A-Z]{1,2}", fullmatch=True),
    st.integers(1, 99999),
    st.from_regex(r"[0-9A-F]{8}", fullmatch=True),
)
_ALPHANUMERIC = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


@given(CODES)
def test_a_code_reads_back_as_a_scanner_types_it(code: SheetCode) -> None:
    text = write_code(code)
    wide = "".join(chr(ord(character) + 0xFEE0) for character in text)
    for typed in (text, f" {text}\n", text.lower(), wide, text.replace("-", "—")):
        assert read_code(typed) == code


@given(CODES, st.data())
def test_one_wrong_character_and_two_swapped_ones_are_noticed(code: SheetCode, data: st.DataObject) -> None:
    """Every wrong digit and every wrong letter (ISO 7064); one taken for the other at least never passes for the right code."""
    text = write_code(code)
    place = data.draw(st.integers(len(code.letters) + 6, len(text) - 1))
    other = data.draw(st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ").filter(lambda sign: sign != text[place]))
    wrong = [text[:place] + other + text[place + 1 :]] if other.isdigit() == text[place].isdigit() else []
    if place + 1 < len(text) and text[place] != text[place + 1] and text[place].isdigit() == text[place + 1].isdigit():
        wrong.append(text[:place] + text[place + 1] + text[place] + text[place + 2 :])
    for typed in wrong:
        with pytest.raises(NotACode, match="没有读全或读错"):
            read_code(typed)
    with suppress(NotACode):
        assert read_code(text[:place] + other + text[place + 1 :]) != code


@pytest.mark.parametrize("typed", ["", "6901234567892", "https://example.com/x", "HJ", "你好"])
def test_a_foreign_code_is_named(typed: str) -> None:
    with pytest.raises(NotACode, match="不是本程序文书上的二维码"):
        read_code(typed)


@given(CODES)
def test_the_symbol_says_the_code(code: SheetCode) -> None:
    text = write_code(code)
    assert decode(symbol_of(text)) == text


@given(CODES)
def test_the_symbol_is_what_the_standard_encoder_makes(code: SheetCode) -> None:
    """Its error correction too: otherwise a scanner would read it only while it is clean."""
    text = write_code(code)
    whole = QRCode(2, QRErrorCorrectLevel.M)
    whole.addData(text)
    whole.makeImpl(False, 1)
    assert symbol_of(text).rows == tuple(int("".join("1" if dark else "0" for dark in row), 2) for row in whole.modules)


SHEETS = pytest.mark.parametrize("form", [UPRIGHT, ACROSS, ACROSS_A3], ids=["upright", "turned", "A3"])


def coded(form: Form) -> list[Page]:
    words = Text(form.area.left, form.area.top - 20, Style.FANG, 16.0, "承诺")  # a blank page bears no code
    pages = [Page(form, [words]), Page(form, [words])]
    number_pages(pages, of_total=True)
    stamp(pages, "HJ-2021-U-123-8F3A9C2E-47", "演示数据")
    return pages


@SHEETS
def test_a_symbol_is_large_enough_for_a_scan_at_100_dpi_and_stands_free(form: Form) -> None:
    """Three dots a module; four modules of white on every side (ISO/IEC 18004, 6.3.8), and inside what printers reach."""
    for page in coded(form):
        symbol = page.symbol
        assert symbol
        module = symbol.side / SIDE
        assert module / MM >= 3 * 25.4 / 100
        left, right, foot = margins(form)
        assert left - 0.01 <= symbol.x <= right + 0.01 - symbol.side
        assert foot - (symbol.y + symbol.side) >= 4 * module - 0.01
        assert symbol.y >= 10 * MM
        assert page.number
        for text in (*page.notes, page.number):
            end = text.x + 0.5 * text.size * len(text.text)
            assert text.x >= symbol.x + symbol.side + 4 * module - 0.01 or end <= symbol.x - 4 * module


@pytest.mark.skipif(not shutil.which("zbarimg"), reason="zbarimg is not installed")
@SHEETS
def test_a_scanner_reads_every_sheet_at_100_dpi(form: Form, tmp_path: Path) -> None:
    for page in pypdfium2.PdfDocument(draw([Part("a", coded(form))], About("", ""))):
        page.render(scale=100 / 72).to_pil().convert("L").save(tmp_path / "a.png")
        done = subprocess.run(["zbarimg", "-q", "--raw", tmp_path / "a.png"], capture_output=True, text=True, check=False)
        assert done.stdout.split() == ["HJ-2021-U-123-8F3A9C2E-47"]


def decode(symbol: Symbol) -> str:
    """Reads a version 2 symbol of level M without correcting errors (ISO/IEC 18004, 7.7 and 7.9)."""
    dark = [[bit == "1" for bit in f"{row:0{SIDE}b}"] for row in symbol.rows]
    kept = "".join("1" if dark[8][column] else "0" for column in (0, 1, 2, 3, 4, 5, 7, 8))
    level_and_mask = int(kept[:5], 2) ^ 0b10101
    assert level_and_mask >> 3 == 0, "level M"
    masks = [
        lambda i, j: (i + j) % 2, lambda i, j: i % 2, lambda i, j: j % 3, lambda i, j: (i + j) % 3,
        lambda i, j: (i // 2 + j // 3) % 2, lambda i, j: i * j % 2 + i * j % 3, lambda i, j: (i * j % 2 + i * j % 3) % 2,
        lambda i, j: ((i + j) % 2 + i * j % 3) % 2,
    ]  # fmt: skip
    flips = masks[level_and_mask & 7]
    bits = "".join("1" if dark[i][j] != (flips(i, j) == 0) else "0" for i, j in _path())
    assert bits[:4] == "0010", "alphanumeric"
    length, rest = int(bits[4:13], 2), bits[13:]
    pairs = [int(rest[start : start + 11], 2) for start in range(0, length // 2 * 11, 11)]
    words = "".join(_ALPHANUMERIC[pair // 45] + _ALPHANUMERIC[pair % 45] for pair in pairs)
    last = rest[length // 2 * 11 :][:6]
    return words + (_ALPHANUMERIC[int(last, 2)] if length % 2 else "")


def _path() -> Iterator[tuple[int, int]]:
    """The data modules in their order: columns of two from the right, up and down, without what is not data."""
    up = True
    for right in (24, 22, 20, 18, 16, 14, 12, 10, 8, 5, 3, 1):
        for row in range(24, -1, -1) if up else range(25):
            for column in (right, right - 1):
                if not _fixed(row, column):
                    yield row, column
        up = not up


def _fixed(row: int, column: int) -> bool:
    corner = (row < 9 and column < 9) or (row < 9 and column > 16) or (row > 16 and column < 9)
    return corner or row == 6 or column == 6 or (16 <= row <= 20 and 16 <= column <= 20)
