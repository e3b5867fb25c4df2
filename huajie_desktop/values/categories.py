"""Category words of a campaign: 重点工作, 一、重点工作(12项), 五大比拼—重点工作."""

from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

from huajie_desktop.values.patterns import pattern
from huajie_desktop.values.text import fold, has_ordinal, without_brackets, without_ordinal

_SUFFIX = pattern(r"(?:类别?|方面|部分|板块|:)$")
_COUNT = pattern(r"[,;:]?共?\d{1,4}[项件条个]$")
_LIST = pattern(r"(?:清单|一览表|台账|表)$")
_KIND = pattern(r"(?:任务|工作|项目|事项)$")


class Category(Protocol):
    """What must be known of a category to recognise it."""

    @property
    def name(self) -> str: ...
    @property
    def dimension(self) -> str: ...
    @property
    def aliases(self) -> tuple[str, ...]: ...


C = TypeVar("C", bound=Category)


class Categories(Generic[C]):
    """Finds a campaign's category or dimension in a cell, a section row or a sheet name."""

    def __init__(self, known: Sequence[C]) -> None:
        self._by_word = {fold(word): item for item in known for word in (*item.aliases, item.name)}
        self._dimensions = {fold(item.dimension): item.dimension for item in known}

    def find(self, text: str) -> C | None:
        """The category a text names, apart from numbering, brackets, counts and its dimension in front."""
        return next((found for word in self._variants(text) if (found := self._by_word.get(word))), None)

    def find_dimension(self, text: str) -> str | None:
        """The dimension (五大攻坚 …) a text names."""
        return next((found for word in self._variants(text) if (found := self._dimensions.get(word))), None)

    def find_in_name(self, text: str) -> C | None:
        """As find, but also with 清单 or 表 behind, as sheets are called."""
        word = _LIST.sub("", fold(text))
        return self.find(text) or self.find(word) or self.find(_KIND.sub("", word))

    def search(self, text: str) -> C | None:
        """The one category named somewhere in a title (倪宅村重点工作清单); None when there is none or more than one."""
        title = fold(text)
        words = [word for word in self._by_word if word in title]
        found = {id(self._by_word[word]) for word in words if not any(word in other != word for other in words)}
        return self._by_word[max(words, key=len)] if len(found) == 1 else None

    def _variants(self, text: str) -> list[str]:
        word = fold(text)
        words = [word]
        for clean in (without_brackets, without_ordinal, _tail, self._behind_dimension, _tail):
            words.append(clean(words[-1]))
        return words

    def _behind_dimension(self, word: str) -> str:
        for dimension in self._dimensions:
            if word.startswith(dimension) and len(word) > len(dimension):
                return word[len(dimension) :].lstrip("-—–:/之.、")
        return word


def _tail(word: str) -> str:
    return _SUFFIX.sub("", _COUNT.sub("", word))


def looks_like_section(text: str) -> bool:
    """Whether a line of its own reads like a section heading: 一、重点工作, (二)干事承诺."""
    word = fold(text)
    return has_ordinal(word) and len(word) <= 40 and not word[0].isdigit()
