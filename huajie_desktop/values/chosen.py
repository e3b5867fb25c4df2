"""One of several choices, and yes or no, as clerks write them: 婚姻家庭纠纷, 调解不成功, 男□ 女☑; never one of two in silence."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from huajie_desktop.values.checkboxes import ticked
from huajie_desktop.values.nearby import perhaps
from huajie_desktop.values.patterns import pattern
from huajie_desktop.values.reading import Unreadable
from huajie_desktop.values.text import fold

_NONE: Mapping[str, Iterable[str]] = MappingProxyType({})
_DENIED = pattern(r"(?:[不未没非无否]|没有|不是|并非|尚未|无法|难以)$")
_NOT_YET = pattern(r"(?:部分|大部|局部|即将|将|拟|计划|准备|预计|争取|力争|待|快|接近|一半|半|过半)$")
_RANGE = pattern(r"\d[-—~至到、,./]?$")
_UNSURE = pattern(r"[不未没非]|无法|部分|一半|%|[?]|待|或")
_YES = frozenset("是有√✓☑对1y") | {"true", "yes", "已"}
_NO = frozenset("否无×✗□0nf") | {"false", "no", "未"}
_BUT = pattern(r"[否未不没无×✗?]|部分|一半|%|拟|计划|即将|取消|终止|撤[销回]")


class Choice(NamedTuple):
    """The key of what was chosen and what is doubtful about it."""

    key: str
    doubt: str = ""


def parse_choice(text: str, choices: Mapping[str, str], label: str, also: Mapping[str, Iterable[str]] = _NONE) -> Choice:
    """Reads one of the choices (words by key); `label` is what messages call it. Raises Unreadable: none, several, or denied.

    By one of the words it is `also` called (by key) a choice is offered in the message, not chosen.
    """
    raw = " ".join(text.split())[:20]
    if (picked := ticked(text)) is not None:
        if len(picked) != 1:
            raise Unreadable(f"“{raw}”勾了{len(picked)}个，{label}只能选一个，请核对")
        text = picked[0]
    word = fold(text)
    for key, shown in choices.items():
        if word in (fold(shown), key):
            return Choice(key)
    found, rest = _within(word, choices)
    if not found:
        if maybe := perhaps(text, choices.values(), {choices[key]: words for key, words in also.items()}):
            raise Unreadable(f"“{raw}”不是可选的{label}{maybe}请选一个")
        raise Unreadable(f"“{raw}”不是可选的{label}，请选一个：{'、'.join(choices.values())}")
    if len(found) > 1:
        raise Unreadable(f"“{raw}”里有几个选项（{'、'.join(choices[key] for key in found)}），{label}请只写一个")
    [(key, before)] = found.items()
    if _DENIED.search(before) or _NOT_YET.search(before) or _RANGE.search(before):
        raise Unreadable(f"“{raw}”不是“{choices[key]}”，{label}请选一个：{'、'.join(choices.values())}")
    return Choice(key, f"“{raw}”按“{choices[key]}”读，请核对{label}" if _UNSURE.search(rest) else "")


def _within(word: str, choices: Mapping[str, str]) -> tuple[dict[str, str], str]:
    """The choices named inside a word with what stands before each, the longest first as 不成功 is not 成功; and the rest."""
    found = dict[str, str]()
    for key in sorted(choices, key=lambda key: -len(choices[key])):
        shown = fold(choices[key])
        if (place := word.find(shown)) >= 0:
            found[key] = word[:place]
            word = word.replace(shown, "\0")
    return found, word


def parse_flag(text: str, label: str) -> bool:
    """Reads yes or no; `label` is what messages call it. Raises Unreadable for what says neither, or both."""
    word = fold(text)
    unclear = _BUT.search(word[1:]) is not None
    if word in _YES or (word[:1] in ("是", "已", "√") and not unclear):
        return True
    if word in _NO or (word[:1] in ("否", "未", "不", "没", "非") and not unclear):
        return False
    raise Unreadable(f"“{' '.join(text.split())[:20]}”读不懂，{label}请写 是 或 否")
