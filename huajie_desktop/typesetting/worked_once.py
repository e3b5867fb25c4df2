"""What is worked out once for many papers, as most texts of one stand on the next one as well, and forgotten together."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, ParamSpec, TypeVar, cast

_Asked = ParamSpec("_Asked")
_Found = TypeVar("_Found")
_MOST = 8192  # answers to one question: the texts of some hundred papers
_KNOWN: list[Callable[[], None]] = []  # each makes one question's answers forgotten


def remembered(work: Callable[_Asked, _Found]) -> Callable[_Asked, _Found]:
    """`work`, which says the same of the same always, done once for each of its last questions, until `forget`."""
    once: Any = lru_cache(maxsize=_MOST)(work)
    _KNOWN.append(once.cache_clear)
    return cast(Callable[_Asked, _Found], once)


def forget() -> None:
    """Forget what was set and measured, as when other faces are chosen."""
    for clear in _KNOWN:
        clear()
