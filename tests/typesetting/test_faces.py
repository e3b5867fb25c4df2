"""The office's own faces: found by what their files say, embedded where allowed, helped out by the shipped ones."""

import io
import struct
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest

from huajie_desktop.papers.printing import write_papers
from huajie_desktop.typesetting.faces import apply_faces, find_faces, keep_faces, say_faces
from huajie_desktop.typesetting.font_files import faces_at, state_of
from huajie_desktop.typesetting.fonts import SHIPPED, Style, choose_faces, glyphs_of, load_face, missing_characters
from resources import path
from tests.typesetting.conftest import make_item, make_pledge

SOURCE = path("fonts/XiangzhenKai-8230.ttf").read_bytes()


@pytest.fixture(autouse=True)
def _shipped_again() -> Iterator[None]:
    faces_at.cache_clear()  # files are written faster one after the other than the clock of a folder ticks
    find_faces.cache_clear()
    yield
    choose_faces({})


def tables_of(data: bytes) -> dict[bytes, tuple[int, int]]:
    count = struct.unpack(">H", data[4:6])[0]
    rows = (struct.unpack(">4sLLL", data[12 + 16 * number : 28 + 16 * number]) for number in range(count))
    return {tag: (offset, length) for tag, _sum, offset, length in rows}


def font(names: dict[int, str], *, rights: int = 0, without: bytes = b"") -> bytes:
    """A face that says those names (language -> name) and embedding rights; a table can be called away."""
    records, strings = b"", b""
    for language, name in names.items():
        text = name.encode("utf-16-be")
        for kind in (1, 4):
            records += struct.pack(">6H", 3, 1, language, kind, len(text), len(strings))
        strings += text
    table = struct.pack(">HHH", 0, len(names) * 2, 6 + len(records)) + records + strings
    data = bytearray(SOURCE)
    for number in range(struct.unpack(">H", data[4:6])[0]):
        place = 12 + 16 * number
        tag = bytes(data[place : place + 4])
        if tag == b"name":
            data[place + 8 : place + 16] = struct.pack(">LL", len(SOURCE), len(table))
        if tag == without:
            data[place : place + 4] = b"xxxx"
        if tag == b"OS/2":
            offset = struct.unpack(">L", data[place + 8 : place + 12])[0]
            data[offset + 8 : offset + 10] = struct.pack(">H", rights)
    return bytes(data) + table


def collection(*faces: bytes) -> bytes:
    """Faces in one .ttc: every table moved behind the header."""
    head = struct.pack(">4sLL", b"ttcf", 0x00010000, len(faces))
    start = len(head) + 4 * len(faces)
    starts, body = [], b""
    for face in faces:
        moved = bytearray(face)
        for number in range(struct.unpack(">H", face[4:6])[0]):
            place = 12 + 16 * number + 8
            moved[place : place + 4] = struct.pack(">L", struct.unpack(">L", face[place : place + 4])[0] + start + len(body))
        starts.append(start + len(body))
        body += bytes(moved)
    return head + struct.pack(f">{len(faces)}L", *starts) + body


def found(folder: Path) -> dict[str, tuple[Style, str]]:
    return {one.face.name: (one.style, one.refusal) for one in find_faces(state_of([folder]))}


def test_faces_are_known_by_the_names_in_their_files(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.ttf").write_bytes(font({0x0409: "FangSong_GB2312", 0x0804: "仿宋_GB2312"}))
    (tmp_path / "b.TTF").write_bytes(font({0x0804: "方正小标宋简体"}))
    (tmp_path / "c.ttf").write_bytes(font({0x0409: "Comic Sans MS"}))
    (tmp_path / "d.ttf").write_bytes(b"no font at all")
    (tmp_path / "e.ttc").write_bytes(collection(font({0x0409: "SimSun", 0x0804: "宋体"}), font({0x0804: "楷体_GB2312"})))
    assert found(tmp_path) == {
        "方正小标宋简体": (Style.TITLE, ""),
        "仿宋_GB2312": (Style.FANG, ""),
        "楷体_GB2312": (Style.KAI, ""),
        "宋体": (Style.SONG, ""),
    }


def test_what_cannot_be_embedded_is_named_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "a.ttf").write_bytes(font({0x0804: "方正小标宋_GBK"}, rights=0x0002))
    (tmp_path / "b.otf").write_bytes(font({0x0804: "仿宋"}, without=b"glyf"))
    (tmp_path / "c.ttf").write_bytes(font({0x0804: "黑体"}, rights=0x0008))
    assert found(tmp_path) == {
        "方正小标宋_GBK": (Style.TITLE, "字库不允许嵌入"),
        "仿宋": (Style.FANG, "PostScript 轮廓，不能嵌入"),
        "黑体": (Style.HEI, ""),
    }


def embedded(data: bytes) -> set[str]:
    fonts = [
        font.get_object() for page in pypdf.PdfReader(io.BytesIO(data)).pages for font in page["/Resources"]["/Font"].values()
    ]  # type: ignore[index]
    assert all("/FontFile2" in font["/FontDescriptor"].get_object() for font in fonts)
    return {str(font["/BaseFont"]).partition("+")[2] for font in fonts}


@pytest.mark.parametrize("ending", ["ttf", "ttc"])
def test_the_chosen_face_is_embedded_and_helped_out(app, tmp_path: Path, ending: str) -> None:
    face = font({0x0804: "仿宋_GB2312"})
    file = tmp_path / f"仿宋_GB2312.{ending}"
    file.write_bytes(collection(font({0x0804: "某某字体"}), face) if ending == "ttc" else face)
    keep_faces(app, {Style.FANG: "仿宋_GB2312"})
    with app.reading() as session:
        used = apply_faces(session, [tmp_path])
    assert say_faces(used) == "字体：仿宋用仿宋_GB2312（设置里选定），其余随程序"
    target = io.BytesIO()
    write_papers([make_pledge(items=(make_item(responsible=("王䶮㐂",), title="硬化道路"),))], target)
    assert "FandolFang-Regular" not in " ".join(embedded(target.getvalue())), "the shipped face gives way"
    assert glyphs_of(Style.FANG)["花"].face.file == file  # type: ignore[union-attr]
    assert glyphs_of(Style.FANG)["㐂"].face in SHIPPED.values(), "what the office's face lacks comes from a shipped one"


def test_a_face_that_is_gone_or_broken_is_said_and_the_shipped_one_used(app, tmp_path: Path) -> None:
    file = tmp_path / "a.ttf"
    file.write_bytes(font({0x0804: "楷体_GB2312"}))
    keep_faces(app, {Style.KAI: "楷体_GB2312", Style.TITLE: "方正小标宋简体"})
    with app.reading() as session:
        assert [one.own for one in apply_faces(session, [tmp_path])].count(True) == 1
        file.unlink()
        used = apply_faces(session, [tmp_path])
    assert "小标宋的“方正小标宋简体”没有找到，用了随程序的" in say_faces(used)
    assert "楷体的“楷体_GB2312”没有找到" in say_faces(used)
    assert glyphs_of(Style.KAI)["花"].face == SHIPPED[Style.KAI]


def applied(app, *folders: Path) -> str:
    faces_at.cache_clear()
    find_faces.cache_clear()
    with app.reading() as session:
        return say_faces(apply_faces(session, folders))


def test_the_offices_own_faces_are_taken_by_themselves(app, tmp_path: Path) -> None:
    """The usual face of a style first; what is chosen wins, be it the program's own."""
    for number, name in enumerate(("仿宋", "仿宋_GB2312", "楷体", "方正小标宋繁体")):
        (tmp_path / f"{number}.ttf").write_bytes(font({0x0804: name}))
    (tmp_path / "x.ttf").write_bytes(font({0x0804: "黑体"}, rights=2))
    assert applied(app, tmp_path) == "字体：仿宋用仿宋_GB2312（电脑上装有），楷体用楷体（电脑上装有），其余随程序"
    assert glyphs_of(Style.FANG)["花"].face.file == tmp_path / "1.ttf"  # type: ignore[union-attr]
    assert glyphs_of(Style.FANG)["2"].face.file == tmp_path / "1.ttf", "its own figures are those a typist gets"  # type: ignore[union-attr]
    keep_faces(app, {Style.FANG: "", Style.TITLE: "方正小标宋繁体"})
    assert applied(app, tmp_path) == (
        "字体：小标宋用方正小标宋繁体（设置里选定），仿宋用随程序的（设置里选定），楷体用楷体（电脑上装有），其余随程序"
    )
    assert glyphs_of(Style.FANG)["花"].face == SHIPPED[Style.FANG]
    keep_faces(app, {Style.FANG: "仿宋_国标"})
    assert applied(app, tmp_path).startswith("字体：仿宋的“仿宋_国标”没有找到，用了仿宋_GB2312，")


def test_a_face_of_rare_characters_alone_stands_for_no_style(app, tmp_path: Path) -> None:
    """SimSun-ExtB is called after 宋体 and comes with every Windows; it draws none of the usual characters."""
    (tmp_path / "simsunb.ttf").write_bytes(mapping(font({0x0409: "SimSun-ExtB"}), 0x20BB7))
    assert found(tmp_path) == {}
    assert applied(app, tmp_path) == "字体：随程序（电脑上没有找到公文常用的字体）"
    assert missing_characters("𠮷") == []
    assert glyphs_of(Style.FANG)["𠮷"].face.file == tmp_path / "simsunb.ttf"  # type: ignore[union-attr]


def test_a_face_put_beside_the_data_draws_what_no_other_has(app) -> None:
    """A clerk copies a font into the folder for them: the next paper is printed without a new start, and without it is not."""
    rare = "\U000323af"
    with app.reading() as session:
        apply_faces(session)
    assert missing_characters(rare) == [rare]
    folder = app.folder / "fonts"
    folder.mkdir()
    (folder / "生僻字.ttf").write_bytes(mapping(font({0x0804: "生僻字"}), ord(rare)))
    with app.reading() as session:
        apply_faces(session)
    assert missing_characters(rare) == []
    assert glyphs_of(Style.KAI)[rare].face.file.parent == folder  # type: ignore[union-attr]
    (folder / "生僻字.ttf").unlink()
    with app.reading() as session:
        apply_faces(session)
    assert missing_characters(rare) == [rare]


def mapping(data: bytes, code: int) -> bytes:
    """A face that draws one character alone, as it drew 国."""
    glyph = load_face(SHIPPED[Style.KAI]).face.charToGlyph[ord("国")]
    table = (
        struct.pack(">HHHHL", 0, 1, 3, 10, 12) + struct.pack(">HHLLL", 12, 0, 28, 0, 1) + struct.pack(">LLL", code, code, glyph)
    )
    changed = bytearray(data)
    for number in range(struct.unpack(">H", data[4:6])[0]):
        place = 12 + 16 * number
        if data[place : place + 4] == b"cmap":
            changed[place + 8 : place + 16] = struct.pack(">LL", len(data), len(table))
    return bytes(changed) + table
