"""Regular expressions that are compiled when they are first asked: those of all values take as long as a tenth of the start."""

import re
from typing import Any, cast


class _Later:
    """Stands for a compiled expression until it is used."""

    def __init__(self, text: str, flags: int) -> None:
        self._text, self._flags = text, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(self._text, self._flags)
        for method in ("match", "fullmatch", "search", "sub", "split", "findall", "finditer", "pattern"):
            setattr(self, method, getattr(compiled, method))  # the next time without coming here
        return getattr(compiled, name)


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """A regular expression, as `re.compile` gives it; a mistake in it shows when it is used."""
    return cast("re.Pattern[str]", _Later(text, flags))
