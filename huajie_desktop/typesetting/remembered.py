"""What was set and measured is remembered, since most texts of one paper stand on the next one as well."""

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast

_P = ParamSpec("_P")
_R = TypeVar("_R")
_caches: list[Callable[[], None]] = []


def remembered(most: int) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """A function of hashable arguments whose last `most` results are kept until `forget`."""

    def keeping(function: Callable[_P, _R]) -> Callable[_P, _R]:
        kept = lru_cache(maxsize=most)(function)
        _caches.append(kept.cache_clear)
        return cast(Callable[_P, _R], kept)

    return keeping


def forget() -> None:
    """Forget what was set and measured, as when other faces are chosen."""
    for clear in _caches:
        clear()
