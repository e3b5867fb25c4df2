"""Which characters can be printed, and how the others are reported."""

import struct
import subprocess
import sys
from statistics import mean

import pypdfium2
import pytest
from PIL import ImageOps

from huajie_desktop.typesetting import fonts
from huajie_desktop.typesetting.drawing import Part, draw
from huajie_desktop.typesetting.font_files import tables_in
from huajie_desktop.typesetting.fonts import (
    LIGHT,
    SHIPPED,
    Face,
    Missing,
    MissingGlyphs,
    Style,
    check_characters,
    choose_faces,
    glyphs_of,
    load_face,
    missing_characters,
)
from huajie_desktop.typesetting.page import Area, Form, Page, Text
from huajie_desktop.typesetting.pdf_a import About
from resources import path

RARE = "𠅤𣲘𬭎䶮㛃堃喆淼昇㎡"


def test_the_general_standard_characters_can_all_be_printed() -> None:
    table = "".join(path("fonts/tongyong-8105.txt").read_text(encoding="utf-8").split())
    assert len(table) > 8000
    assert missing_characters(table) == []


@pytest.mark.parametrize("style", list(Style))
def test_rare_characters_come_from_a_face_that_has_ink_for_them(style: Style) -> None:
    for character in RARE:
        face = glyphs_of(style)[character].face
        assert face is not None
        outlines = load_face(face).face
        glyph = outlines.charToGlyph[ord(character)]
        assert outlines.glyphPos[glyph] != outlines.glyphPos[glyph + 1]


def test_a_character_map_entry_without_ink_is_no_glyph() -> None:
    """U+200B is in the 楷体 face's map but points to an empty glyph; a blank may be empty."""
    outlines = load_face(SHIPPED[Style.KAI]).face
    assert outlines.charToGlyph[0x200B]
    assert not fonts._covers(SHIPPED[Style.KAI], "\u200b")
    assert missing_characters("好　 \u2003\uffff") == ["\uffff"]


@pytest.mark.parametrize("character", ["\U0002ffff", "\ue001", "\U000f0001", "\ud800", "\x07", "\U0001ffff"])
def test_what_no_face_draws_is_missing(character: str) -> None:
    assert missing_characters(f"张{character}三{character}") == [character]


def test_characters_without_ink_of_their_own_take_no_room() -> None:
    assert missing_characters("张\u200b三\ufe00\ufeff") == []
    assert glyphs_of(Style.FANG)["\u200b"][:2] == (None, 0.0)


def test_every_missing_character_is_named_with_its_record() -> None:
    texts = [("倪宅村《路灯》责任人", "张\U0002ffff"), ("倪宅村《路灯》目标", "好"), ("金杜村《公厕》责任人", "\U0002ffff\ue001")]
    with pytest.raises(MissingGlyphs) as caught:
        check_characters(texts)
    assert caught.value.missing == (
        Missing("倪宅村《路灯》责任人", "\U0002ffff"),
        Missing("金杜村《公厕》责任人", "\U0002ffff"),
        Missing("金杜村《公厕》责任人", "\ue001"),
    )
    for words in ("倪宅村《路灯》责任人", "U+2FFFF", "金杜村《公厕》责任人", "U+E001", "没有生成文件"):
        assert words in str(caught.value)


def test_latin_and_digits_inside_fangsong_come_from_song() -> None:
    assert glyphs_of(Style.FANG)["2"].face == SHIPPED[Style.SONG]
    assert glyphs_of(Style.FANG)["花"].face == SHIPPED[Style.FANG]


def ink_of(text: str, style: Style) -> list[tuple[float, float, float, float]]:
    """Left, lower, right and upper edge of each character's ink in its own square, in em, as the file shows it in one line."""
    size, room = 50, 2
    form = Form((size * room * len(text), size * 3), Area(0, size * 3, 1, 1))
    line = Text(0, size, style, size, text, spacing=size * (room - 1.0))
    data = draw([Part("", [Page(form, [line])])], About("", ""))
    shown = ImageOps.invert(pypdfium2.PdfDocument(data)[0].render(scale=2).to_pil().convert("L"))
    width = 2 * size * room
    cells = (shown.crop((width * number, 0, width * (number + 1), shown.height)).getbbox() for number in range(len(text)))
    return [
        (left / 2 / size, 2 - lower / 2 / size, right / 2 / size, 2 - upper / 2 / size) for left, upper, right, lower in cells
    ]  # type: ignore[misc]


@pytest.mark.parametrize(("style", "face"), [(Style.FANG, LIGHT), (Style.KAI, SHIPPED[Style.SONG])])
def test_what_a_face_lacks_stands_as_high_and_as_wide_as_its_neighbours(style: Style, face: Face) -> None:
    """Names such as 王䶮: the character of another face is set to the mean ink of those around it, and takes their room."""
    usual = "".join(path("fonts/tongyong-8105.txt").read_text(encoding="utf-8").split())[300:3000:60]
    rare = "".join(
        chr(code)
        for code in range(0x3400, 0x9FA6, 7)
        if not missing_characters(chr(code)) and glyphs_of(style)[chr(code)].face == face
    )[::30][:60]
    assert len(rare) > 40
    own, other = (
        [mean(edge) for edge in zip(*ink_of(text, style), strict=True)]
        for text in ("".join(c for c in usual if glyphs_of(style)[c].face == SHIPPED[style]), rare)
    )
    assert other == pytest.approx(own, abs=0.03)


def test_quotes_in_kaiti_are_as_wide_as_a_character() -> None:
    assert {glyphs_of(Style.KAI)[character].width for character in "“”‘’花"} == {1.0}


def test_importing_the_documents_does_not_load_reportlab() -> None:
    code = "import sys, huajie_desktop.papers.printing; print('reportlab' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=path(".").parent)
    assert answer.stdout.strip() == "False"


def test_a_rare_character_is_drawn_from_any_font_on_this_computer(tmp_path, monkeypatch):
    """A village's name has a character the shipped faces lack; a font in the user's own folder has it."""
    rare = "\U000323af"
    made, home = tmp_path / ".fonts" / "生僻字.ttf", tmp_path
    data = bytearray(SHIPPED[Style.KAI].file.read_bytes())
    [tables] = tables_in(SHIPPED[Style.KAI].file)
    start, _length = tables.places[b"cmap"]
    for number in range(struct.unpack_from(">H", data, start + 2)[0]):
        there = start + struct.unpack_from(">L", data, start + 8 + 8 * number)[0]
        if struct.unpack_from(">H", data, there)[0] == 12:
            last = there + 16 + 12 * (struct.unpack_from(">L", data, there + 12)[0] - 1)
            struct.pack_into(">LL", data, last, ord(rare), ord(rare))
    monkeypatch.setenv("HOME" if sys.platform != "win32" else "LOCALAPPDATA", str(home))
    folder = made.parent if sys.platform != "win32" else home / "Microsoft" / "Windows" / "Fonts"
    folder.mkdir(parents=True)
    (folder / "不是字体.ttf").write_bytes(b"no font")
    (folder / made.name).write_bytes(data)
    try:
        choose_faces({})
        assert missing_characters(f"张{rare}") == []
        assert glyphs_of(Style.FANG)[rare].face == Face("Xiangzhen Kai", folder / made.name)
        assert glyphs_of(Style.FANG)["张"].face == SHIPPED[Style.FANG], "what the shipped faces have stays theirs"
        (folder / made.name).unlink()
        choose_faces({})
        assert missing_characters(rare) == [rare]
    finally:
        choose_faces({})
