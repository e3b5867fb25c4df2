"""The office's own faces: found where the computer keeps its fonts, offered where they may be embedded, used where chosen."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple

from db.journal import Changes
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.settings import FACES, keep_rule, rule
from huajie_desktop.typesetting.font_files import UNREADABLE, files_in, font_folders, tables_in
from huajie_desktop.typesetting.fonts import Face, Style, choose_faces, chosen_faces, face_of, load_face
from huajie_desktop.typesetting.line_breaking import forget

STYLES = {
    Style.TITLE: "小标宋（标题）",
    Style.FANG: "仿宋（正文）",
    Style.HEI: "黑体（一级标题、表头）",
    Style.KAI: "楷体（二级标题）",
    Style.SONG: "宋体（数字、页码）",
}
# What an office's faces of a style are called, in any language a file says it; the first is looked for first.
_NAMES: dict[Style, tuple[str, ...]] = {
    Style.TITLE: ("方正小标宋", "小标宋", "fzxiaobiaosong", "fzxbs"),
    Style.FANG: ("仿宋_gb2312", "仿宋", "fangsong", "方正仿宋", "fzfs"),
    Style.HEI: ("黑体", "simhei", "方正黑体", "fzhei"),
    Style.KAI: ("楷体_gb2312", "楷体", "kaiti", "方正楷体", "fzkai"),
    Style.SONG: ("宋体", "simsun", "方正书宋", "fzshusong"),
}


class Installed(NamedTuple):
    """A face found on this computer for a style; `refusal` says why it cannot be used, "" where it can."""

    style: Style
    face: Face
    refusal: str


class Used(NamedTuple):
    """What a style is drawn in: the face's name, whether it is the office's own, and what was wished but is not there."""

    style: Style
    name: str
    own: bool
    missing: str = ""


@cache
def find_faces(folders: tuple[Path, ...]) -> tuple[Installed, ...]:
    """The faces in those folders that an office uses for a style, each name once; unreadable files are no faces."""
    found: dict[tuple[Style, str], Installed] = {}
    for file in sorted(file for folder in folders for file in files_in(folder)):
        for installed in _faces_in(file):
            found.setdefault((installed.style, installed.face.name), installed)
    return tuple(sorted(found.values(), key=_rank))


def keep_faces(seat: Seat, chosen: Mapping[Style, str]) -> Changes:
    """Settles for the office in which of its own faces, by name, each style is drawn; those not named in the shipped ones."""
    return keep_rule(seat, FACES, json.dumps({style.name: name for style, name in chosen.items()}, ensure_ascii=False))


def wished(session: SeatSession) -> dict[Style, str]:
    """The names of the faces the office has chosen."""
    return {Style[key]: name for key, name in json.loads(rule(session, FACES, "{}")).items()}


def apply_faces(session: SeatSession, folders: Sequence[Path] | None = None) -> list[Used]:
    """Draws in the faces the office has chosen, as far as they are on this computer, and says what is used for each style."""
    wanted = wished(session)
    there = find_faces(tuple(font_folders() if folders is None else folders)) if wanted else ()
    chosen: dict[Style, Face] = {}
    for style, name in wanted.items():
        face = next((one.face for one in there if (one.style, one.face.name, one.refusal) == (style, name, "")), None)
        if face is not None and face.file.exists():
            chosen[style] = face
    usable = {style: face for style, face in chosen.items() if _loads(face)}
    if usable != chosen_faces():
        choose_faces(usable)
        forget()
    return [
        Used(style, face_of(style).name, style in usable, "" if style in usable else wanted.get(style, "")) for style in STYLES
    ]


def say_faces(used: Iterable[Used]) -> str:
    """One sentence for the screen: 字体：仿宋 用仿宋_GB2312，其余随程序。"""
    own = [f"{_short(one.style)}用{one.name}" for one in used if one.own]
    gone = [f"{_short(one.style)}的“{one.missing}”没有找到，用了随程序的" for one in used if one.missing]
    return f"字体：{'，'.join([*own, *gone, '其余随程序' if own or gone else '随程序'])}"


def _short(style: Style) -> str:
    return STYLES[style].partition("（")[0]


def _loads(face: Face) -> bool:
    try:
        load_face(face)
    except (OSError, ValueError):
        return False
    return True


def _faces_in(file: Path) -> Iterator[Installed]:
    for index, tables in enumerate(tables_in(file)):
        with suppress(*UNREADABLE):
            names = tables.names()
            style = next((style for style, known in _NAMES.items() if any(_known(name, known) for name in names)), None)
            if style is not None:
                called = next((name for name in names if not name.isascii()), names[0])
                yield Installed(style, Face(called, file, index), tables.refusal())


def _known(name: str, known: Sequence[str]) -> bool:
    plain = name.casefold().replace(" ", "").replace("-", "")
    return any(plain.startswith(word) for word in known)


def _rank(installed: Installed) -> tuple[int, int, str]:
    """By style, the usual faces of offices first."""
    name = installed.face.name.casefold()
    known = _NAMES[installed.style]
    return list(STYLES).index(installed.style), next((n for n, word in enumerate(known) if word in name), len(known)), name
