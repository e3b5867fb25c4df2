"""Which characters can be printed, and how the others are reported."""

import subprocess
import sys

import pytest

from huajie_desktop.typesetting import fonts
from huajie_desktop.typesetting.fonts import (
    SHIPPED,
    Missing,
    MissingGlyphs,
    Style,
    check_characters,
    glyphs_of,
    load_face,
    missing_characters,
)
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


@pytest.mark.parametrize("character", ["\U0002ebf0", "\ue001", "\U000f0001", "\ud800", "\x07", "😀"])
def test_what_no_face_draws_is_missing(character: str) -> None:
    assert missing_characters(f"张{character}三{character}") == [character]


def test_characters_without_ink_of_their_own_take_no_room() -> None:
    assert missing_characters("张\u200b三\ufe00\ufeff") == []
    assert glyphs_of(Style.FANG)["\u200b"] == (None, 0.0)


def test_every_missing_character_is_named_with_its_record() -> None:
    texts = [("倪宅村《路灯》责任人", "张\U0002ebf0"), ("倪宅村《路灯》目标", "好"), ("金杜村《公厕》责任人", "\U0002ebf0\ue001")]
    with pytest.raises(MissingGlyphs) as caught:
        check_characters(texts)
    assert caught.value.missing == (
        Missing("倪宅村《路灯》责任人", "\U0002ebf0"),
        Missing("金杜村《公厕》责任人", "\U0002ebf0"),
        Missing("金杜村《公厕》责任人", "\ue001"),
    )
    for words in ("倪宅村《路灯》责任人", "U+2EBF0", "金杜村《公厕》责任人", "U+E001", "没有生成文件"):
        assert words in str(caught.value)


def test_latin_and_digits_inside_fangsong_come_from_song() -> None:
    assert glyphs_of(Style.FANG)["2"].face == SHIPPED[Style.SONG]
    assert glyphs_of(Style.FANG)["花"].face == SHIPPED[Style.FANG]


def test_quotes_in_kaiti_are_as_wide_as_a_character() -> None:
    assert {glyphs_of(Style.KAI)[character].width for character in "“”‘’花"} == {1.0}


def test_importing_the_documents_does_not_load_reportlab() -> None:
    code = "import sys, huajie_desktop.papers.printing; print('reportlab' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=path(".").parent)
    assert answer.stdout.strip() == "False"
