"""The office's own faces: found by what their files say, embedded where allowed, helped out by the shipped ones."""

import io
import struct
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest

from huajie_desktop.papers.printing import write_papers
from huajie_desktop.typesetting.faces import apply_faces, find_faces, keep_faces, say_faces
from huajie_desktop.typesetting.fonts import SHIPPED, Style, choose_faces, glyphs_of
from resources import path
from tests.typesetting.conftest import make_item, make_pledge

SOURCE = path("fonts/XiangzhenKai-8230.ttf").read_bytes()


@pytest.fixture(autouse=True)
def _shipped_again() -> Iterator[None]:
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
    find_faces.cache_clear()
    return {one.face.name: (one.style, one.refusal) for one in find_faces((folder,))}


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
    find_faces.cache_clear()
    keep_faces(app, {Style.FANG: "仿宋_GB2312"})
    with app.reading() as session:
        used = apply_faces(session, [tmp_path])
    assert say_faces(used) == "字体：仿宋用仿宋_GB2312，其余随程序"
    target = io.BytesIO()
    write_papers([make_pledge(items=(make_item(responsible=("王䶮㐂",), title="硬化道路"),))], target)
    assert "FandolFang-Regular" not in " ".join(embedded(target.getvalue())), "the shipped face gives way"
    assert glyphs_of(Style.FANG)["花"].face.file == file  # type: ignore[union-attr]
    assert glyphs_of(Style.FANG)["㐂"].face in SHIPPED.values(), "what the office's face lacks comes from a shipped one"


def test_a_face_that_is_gone_or_broken_is_said_and_the_shipped_one_used(app, tmp_path: Path) -> None:
    file = tmp_path / "a.ttf"
    file.write_bytes(font({0x0804: "楷体_GB2312"}))
    keep_faces(app, {Style.KAI: "楷体_GB2312", Style.TITLE: "方正小标宋简体"})
    find_faces.cache_clear()
    with app.reading() as session:
        assert [one.own for one in apply_faces(session, [tmp_path])].count(True) == 1
        file.unlink()
        used = apply_faces(session, [tmp_path])
    assert "小标宋的“方正小标宋简体”没有找到，用了随程序的" in say_faces(used)
    assert "楷体的“楷体_GB2312”没有找到" in say_faces(used)
    assert glyphs_of(Style.KAI)["花"].face == SHIPPED[Style.KAI]


def test_without_a_wish_everything_is_the_shipped(app) -> None:
    with app.reading() as session:
        assert say_faces(apply_faces(session)) == "字体：随程序"
