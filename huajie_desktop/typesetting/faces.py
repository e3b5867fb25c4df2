"""The office's own faces: found where the computer keeps its fonts, used where they may be embedded, unless others are chosen."""

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from db.journal import Changes
from huajie_desktop.folders import FONTS
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.settings import FACES, keep_rule, rule
from huajie_desktop.typesetting.font_files import UNREADABLE, State, faces_at, font_folders, state_of
from huajie_desktop.typesetting.fonts import SHIPPED, Face, Style, choose_faces, drawn_as, load_face
from huajie_desktop.typesetting.worked_once import forget

STYLES = {
    Style.TITLE: "小标宋（标题）",
    Style.FANG: "仿宋（正文）",
    Style.HEI: "黑体（一级标题、表头）",
    Style.KAI: "楷体（二级标题）",
    Style.SONG: "宋体（数字、页码）",
}
# What an office's faces of a style are called, in any language a file says it; the first is looked for first.
_NAMES: dict[Style, tuple[str, ...]] = {
    Style.TITLE: ("方正小标宋", "小标宋", "fzxiaobiaosong", "fzxbs", "cesi小标宋"),
    Style.FANG: ("仿宋_gb2312", "仿宋", "fangsong", "方正仿宋", "fzfangsong", "fzfs", "cesi仿宋"),
    Style.HEI: ("黑体", "simhei", "方正黑体", "fzhei", "cesi黑体"),
    Style.KAI: ("楷体_gb2312", "楷体", "kaiti", "方正楷体", "fzkai", "cesi楷体"),
    Style.SONG: ("宋体", "simsun", "方正书宋", "fzshusong", "cesi宋体"),
}
_USUAL = "国"  # a face that lacks it is none of text: SimSun-ExtB is called after 宋体 and has rare characters alone
_TRADITIONAL = "繁"  # such a face draws 国 as 國, so it is never taken unasked


class Installed(NamedTuple):
    """A face found on this computer for a style; `refusal` says why it cannot be used, "" where it can."""

    style: Style
    face: Face
    refusal: str


class Used(NamedTuple):
    """What a style is drawn in: the face's name, whether it is the office's own, whether somebody chose it, and what is gone."""

    style: Style
    name: str
    own: bool
    chosen: bool = False
    missing: str = ""  # what was chosen but is not there


def folders_of(seat: Seat) -> tuple[Path, ...]:
    """Where faces are looked for: where this computer keeps them, and before that in the folder for them among the data."""
    return (seat.folder / FONTS, *font_folders())


@lru_cache(maxsize=8)
def find_faces(state: State) -> tuple[Installed, ...]:
    """The faces in those folders that an office uses for a style, each name once, the usual first."""
    found: dict[tuple[Style, str], Installed] = {}
    for one in faces_at(state):
        style = next((style for style, known in _NAMES.items() if any(_known(name, known) for name in one.names)), None)
        with suppress(*UNREADABLE):
            if style is not None and one.tables.maps(_USUAL):
                called = next((name for name in one.names if not name.isascii()), one.names[0])
                found.setdefault((style, called), Installed(style, Face(called, one.file, one.number), one.refusal))
    return tuple(sorted(found.values(), key=_rank))


def taken_unasked(there: Iterable[Installed], style: Style) -> Installed | None:
    """The face an office would take for a style, if it is there and may be embedded."""
    usable = (one for one in there if one.style is style and not one.refusal and _TRADITIONAL not in one.face.name)
    return next((one for one in usable if _loads(one.face)), None)


def keep_faces(seat: Seat, chosen: Mapping[Style, str]) -> Changes:
    """Settles for the office in which of its own faces, by name, each style is drawn, with "" in the shipped one.

    A style that is not named is drawn in the office's own face where there is one.
    """
    return keep_rule(seat, FACES, json.dumps({style.name: name for style, name in chosen.items()}, ensure_ascii=False))


def wished(session: SeatSession) -> dict[Style, str]:
    """The names of the faces somebody has chosen, "" for the shipped one; nothing of a style nobody has chosen for."""
    return {Style[key]: name for key, name in json.loads(rule(session, FACES, "{}")).items()}


def apply_faces(session: SeatSession, folders: Sequence[Path] | None = None) -> list[Used]:
    """Draws in the faces that were chosen, else in the office's own, as far as they are there, and says what is used and why.

    Looks through the fonts of this computer when it is first called, and when there are others than before.
    """
    state = state_of(folders_of(session.seat) if folders is None else folders)
    there, wanted = find_faces(state), wished(session)
    used, faces = list[Used](), dict[Style, Face]()
    for style in STYLES:
        name = wanted.get(style)
        named = next((one for one in there if (one.style, one.face.name, one.refusal) == (style, name, "")), None)
        chosen = named is not None and _loads(named.face)
        taken = named if chosen else None if name == "" else taken_unasked(there, style)
        if taken is not None:
            faces[style] = taken.face
        face, missing = faces.get(style, SHIPPED[style]), "" if chosen or not name else name
        used.append(Used(style, face.name, taken is not None, chosen or name == "", missing))
    if not drawn_as(faces, state):
        choose_faces(faces, state)
        forget()
    return used


def say_faces(used: Iterable[Used]) -> str:
    """One sentence for the screen: 字体：仿宋用仿宋_GB2312（电脑上装有），其余随程序."""
    said, rest = [], False
    for one in used:
        if one.missing:
            said.append(f"{_short(one.style)}的“{one.missing}”没有找到，用了{one.name if one.own else '随程序的'}")
        elif one.own or one.chosen:
            face = one.name if one.own else "随程序的"
            said.append(f"{_short(one.style)}用{face}（{'设置里选定' if one.chosen else '电脑上装有'}）")
        else:
            rest = True
    if not said:
        return "字体：随程序（电脑上没有找到公文常用的字体）"
    return f"字体：{'，'.join([*said, *(['其余随程序'] if rest else [])])}"


def _short(style: Style) -> str:
    return STYLES[style].partition("（")[0]


def _loads(face: Face) -> bool:
    try:
        load_face(face)
    except (OSError, ValueError):
        return False
    return face.file.exists()


def _known(name: str, known: Sequence[str]) -> bool:
    plain = name.casefold().replace(" ", "").replace("-", "")
    return any(plain.startswith(word) for word in known)


def _rank(installed: Installed) -> tuple[int, int, str]:
    """By style, the usual faces of offices first."""
    name = installed.face.name.casefold()
    known = _NAMES[installed.style]
    return list(STYLES).index(installed.style), next((n for n, word in enumerate(known) if word in name), len(known)), name
