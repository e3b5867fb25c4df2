"""Names of people out of one cell: 倪成纲(书记)、王卫东 张　三. A post in brackets is dropped, 张　三 is one person."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, pairwise, takewhile
from typing import NamedTuple

from huajie_desktop.values.patterns import pattern
from huajie_desktop.values.posts import OTHER_PART, is_body, is_titled, odd_note, without_part, without_post
from huajie_desktop.values.reading import Unreadable
from huajie_desktop.values.surnames import COMMON, COMPOUND, SINGLE, begins_like_a_name, run_together
from huajie_desktop.values.text import is_blank, trim

_SEPARATORS = pattern(r"[、，,;；/／\\|+＋&。､①-⑳]+")
_BRACKETS = pattern(r"[(（\[【〔<][^()（）\[\]【】〔〕<>]*(?:[)）\]】〕>]|$)")
_EDGES = ".:：·•-—()（）[]【】\"'“”"
_PHONE = pattern(r"1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}|0\d{2,3}[-—]?\d{7,8}|(?<!\d)\d{6,8}(?!\d)")
_LABEL = pattern(r"(?:^|(?<=\s))([^\s:：]{1,8})[:：]")
_LABEL_WITHIN = pattern(r"(?<=\S)(?=(?:牵头|配合|协助|责任|联系|负责|分管)(?:人|领导)?[:：])")
_ORDINAL = pattern(r"^\d{1,2}[.．、]")
_H = r"[㐀-\u9fff\uf900-\ufaff〇\U00020000-\U0003ffff]"
_HAN = pattern(_H)
_DOT = pattern(rf"(?<={_H})\s*[·.．・•‧﹒∙⋅･]\s*(?={_H})")
_PLAIN = pattern(rf"{_H}{{2,4}}|{_H}+(?:·{_H}+)+|[A-ZÀ-Þ][^\W\d_]*[\w'’.-]*(?: [A-ZÀ-Þ][\w'’.-]*){{1,4}}")
_LATIN = pattern(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’.-]*")
_AND = pattern(rf"({_H}{{2,4}})[和及与跟同]({_H}{{2,4}})")
_AND_OTHERS = pattern(r"(?<=..)等(?:\d+|[几多数余一二三四五六七八九十]+)?(?:名|位|人|同志)*$")

_LONGEST = 40  # characters there is room for
_CHECK = "\0"  # in a doubt, where 请核对 and the field's label will stand: no text has this sign


class People(NamedTuple):
    """Names in the order written, and what is doubtful about them."""

    names: tuple[str, ...]
    doubt: str = ""


def parse_people(text: str, label: str = "责任人") -> People:
    """Splits a cell into names; `label` is what messages call the field. Raises Unreadable when there is none."""
    if is_blank(text):
        raise Unreadable(f"没有填写{label}，请补上姓名（几个人用顿号隔开）")
    names, doubt = _written(text)
    if not names:
        raise Unreadable(f"“{trim(text)[:20]}”里没有姓名，请补上{label}（几个人用顿号隔开）")
    if (cut := [_AND_OTHERS.sub("", name) for name in names]) != names:
        names, doubt = cut, f"写了“等”，姓名不全，按{_several(cut)}读，{_CHECK}"
    if overlong := [name for name in names if len(name) > _LONGEST]:
        raise Unreadable(f"“{overlong[0][:20]}…”太长，不是人名，请核对（几个人用顿号隔开）")
    if not doubt and (twice := [name for name, count in Counter(names).items() if count > 1]):
        doubt = f"“{twice[0]}”写了两遍，按一个人读，是同名的两个人请写明单位，{_CHECK}"
    return People(tuple(dict.fromkeys(names)), doubt.replace(_CHECK, f"请核对{label}"))


def told_apart(people: Sequence[tuple[str, str | None]]) -> list[str]:
    """People by name; of several of one name each with the unit they are of: 李强（倪宅村）."""
    bearers = Counter(name for name, _unit in people)
    return [f"{name}（{unit}）" if bearers[name] > 1 and unit else name for name, unit in people]


def _written(text: str) -> tuple[list[str], str]:
    """The names outside brackets, or those inside where only something too long for a name stands outside: that is doubtful."""
    outside = _BRACKETS.sub(" ", text)
    if not _HAN.search(outside) and _HAN.search(text):  # all of it stands in brackets
        return _names(text)
    names, doubt = _names(outside)
    notes = [part[1:].rstrip(")）]】〕>") for part in _BRACKETS.findall(text)]
    inside = [name for note in notes for name in _names(note)[0]]
    if inside and _too_long(names) and not any(map(_fault, inside)):
        return inside, f"姓名取自括号，按{_several(inside)}读，请核对"
    odd = next((note for note in notes if odd_note(_words(_PHONE.sub(" ", note)))), "")
    return names, f"括号里还写有“{odd[:20]}”，按{_several(names)}读，{_CHECK}" if odd and names else doubt


def _too_long(names: Sequence[str]) -> bool:
    return bool(names) and all(len(name) > 4 and "·" not in name for name in names)


def _several(names: Sequence[str]) -> str:
    return "、".join(names[:4]) + (f"等 {len(names)} 人" if len(names) > 4 else "")


def _words(text: str) -> list[str]:
    return [word for part in _SEPARATORS.split(_LABEL.sub(" ", text)) for word in part.split()]


def _names(text: str) -> tuple[list[str], str]:
    """The names of a text without brackets, and the first doubt about them."""
    text = _PHONE.sub(" ", unicodedata.normalize("NFKC", text) if _PHONE.search(unicodedata.normalize("NFKC", text)) else text)
    text = _LABEL_WITHIN.sub(" ", _DOT.sub("·", text))
    names: list[str] = []
    doubts = [f"写有“{label}”，{_CHECK}" for label in _LABEL.findall(text) if OTHER_PART.search(label) or _is_name(label)]
    for part in _SEPARATORS.split(text):
        words, doubt = _join_padded(_join_latin(_LABEL.sub(" ", part)))
        doubts += [doubt] if doubt else []
        for word in words:
            found, doubt = _bare(word)
            names += found
            doubts += [doubt] if doubt else []
    return names, doubts[0] if doubts else ""


def _is_name(word: str) -> bool:
    return begins_like_a_name(word) and without_post(word) == word == without_part(word) and not is_body(word)


def _bare(word: str) -> tuple[list[str], str]:
    """The names a word says, without posts written before or after, and the doubt about them; none when it is only a post."""
    word = _ORDINAL.sub("", trim(word)).strip(_EDGES)
    if not _HAN.search(word) and not (len(word) > 1 and word[0].isupper() and _LATIN.fullmatch(word.replace(" ", ""))):
        return [], f"“{word[:12]}”没有读，{_CHECK}" if word and not word.isspace() else ""
    name = without_part(word)
    if name != word and _is_name(name):
        return [name], f"“{word[:12]}”按{name}读，{_CHECK}"
    if is_body(word) and not _is_post_of_one(word):
        return [word], f"“{word[:12]}”不像人名，{_CHECK}"
    if not (bare := without_post(word)):
        return [], ""
    if both := _two(bare):
        return both, f"“{bare[:12]}”按{_several(both)}读，{_CHECK}"
    return ([bare], "") if not _fault(bare) else _with_fault(bare)


def _is_post_of_one(word: str) -> bool:
    """Whether a word only looks like a body because of a person's post: 网格员张三."""
    bare = without_post(word)
    return bare != word and begins_like_a_name(bare) and not is_body(bare)


def _two(word: str) -> list[str]:
    """Two people in one word (张三和李四, 张三.李四), empty where it is one."""
    joined = _AND.fullmatch(word)
    parts = list(joined.groups()) if joined else word.split("·")
    near = len(parts) == 2 and all(2 <= len(part) <= (4 if part[:2] in COMPOUND else 3) for part in parts)
    return parts if near and all(part[0] in COMMON or part[:2] in COMPOUND for part in parts) else []


def _with_fault(word: str) -> tuple[list[str], str]:
    name = re.sub(r"[*?？!！~～#@^_=<>※★☆●○◆◇■□▲△√✓×]", "", without_part(word)) or word
    read = f"，按{name}读" if name != word else ""
    return [name], f"“{word[:12]}”不像人名{read}，{_CHECK}"


def _fault(name: str) -> bool:
    """Whether it is no name to whoever reads it: too long or short, with signs in it, two run together, a surname and post."""
    return (
        not _PLAIN.fullmatch(name)
        or is_body(name)
        or is_titled(name)
        or run_together(name)
        or name in COMPOUND
        or name[2:] in ("协", "兼")
    )


def _join_latin(text: str) -> list[str]:
    """Words of a text; words in Latin letters on one line are one name: John Smith."""
    words: list[str] = []
    for line in text.splitlines():
        latin = False
        for word in line.split():
            now = _LATIN.fullmatch(word) is not None
            if now and latin:
                words[-1] += f" {word}"
            else:
                words.append(word)
            latin = now
    return words


def _join_padded(words: list[str]) -> tuple[list[str], str]:
    """张 三 written with a gap is one person, and 欧阳 修; the doubt says where it may be another."""
    joined: list[str] = []
    doubts: list[str] = []
    while words:
        run = list(takewhile(_is_character, words))
        word, rest = (words[len(run)], words[len(run) + 1 :]) if len(run) < len(words) else ("", [])
        if joined and joined[-1] in COMPOUND and (given := _given(run, word)):
            joined[-1] += given
            words = words[len(run) or 1 :]
        elif len(run) == 1 and _goes_on(word):
            doubts += [f"“{run[0]} {word}”按{run[0]}{word}读，{_CHECK}"] if word[0] in COMMON else []
            joined, words = [*joined, run[0] + word], rest
        else:
            pieces, doubt = _pieces(run)
            doubts += [doubt] if doubt else []
            joined, words = [*joined, *pieces, *([word] if word else [])], rest
    return joined, doubts[0] if doubts else ""


def _is_character(word: str) -> bool:
    return len(word) == 1 and _HAN.match(word) is not None


def _given(run: list[str], word: str) -> str:
    """The given name behind a family name of two characters, "" where what follows is none."""
    return "".join(run) if 1 <= len(run) <= 2 else word if not run and _goes_on(word) else ""


def _goes_on(word: str) -> bool:
    """Whether a word may be the given name behind a family name."""
    return len(word) == 2 and all(map(_HAN.match, word)) and not is_body(word) and bool(without_post(word))


def _pieces(run: list[str]) -> tuple[list[str], str]:
    """Single characters as names, two or three one, four two, and the doubt where they may be parted otherwise."""
    if not run or ("".join(run[:2]) in COMPOUND and len(run) <= 4):
        return ["".join(run)] if run else [], ""
    size = 2 if len(run) % 2 == 0 else 3
    sizes = [2, 3] if len(run) == 5 and run[3] not in SINGLE else [size] * len(run)
    pieces = ["".join(run[a:b]) for a, b in pairwise([0, *accumulate(sizes)]) if run[a:b]]
    known = COMMON if len(run) > 4 else SINGLE
    sure = len(run) != 5 and all(piece[0] in known for piece in pieces[1:])
    return pieces, "" if sure else f"隔开的字按{_several(pieces)}读，{_CHECK}"
