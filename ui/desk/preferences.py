"""What the window remembers on this computer: text size, column widths, the last name; kept as an ini file in the data folder."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings


class Preferences:
    """The remembered choices; readable before the database is open."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._was_there = folder, folder.is_dir()
        self._settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)

    @property
    def text_size(self) -> int:
        """Text size in per cent (90 to 160)."""
        return _whole(self._settings.value("text_size"), 100)

    @text_size.setter
    def text_size(self, percent: int) -> None:
        self._keep("text_size", percent)

    @property
    def last_name(self) -> str:
        """Who worked here last."""
        return str(self._settings.value("last_name", ""))

    @last_name.setter
    def last_name(self, name: str) -> None:
        self._keep("last_name", name)

    @property
    def geometry(self) -> QByteArray:
        """Where the window stood; empty at the first start."""
        found = self._settings.value("geometry")
        return found if isinstance(found, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._keep("geometry", geometry)

    def place(self, name: str) -> str:
        """The folder last used for something, empty at first."""
        return str(self._settings.value(f"places/{name}", ""))

    def remember_place(self, name: str, folder: str) -> None:
        """Keeps the folder last used for something."""
        self._keep(f"places/{name}", folder)

    def widths(self, name: str) -> dict[str, int]:
        """The column widths (px at 100 %, by key) a list was left with, empty if never changed."""
        pairs = (part.split("=") for part in str(self._settings.value(f"widths/{name}", "")).split(" "))
        return {pair[0]: int(pair[1]) for pair in pairs if len(pair) == 2 and pair[1].isdigit()}

    def remember_widths(self, name: str, widths: Mapping[str, int]) -> None:
        """Keeps a list's column widths (px at 100 %, by key) beside those of columns it does not show now."""
        every = {**self.widths(name), **widths}
        self._keep(f"widths/{name}", " ".join(f"{key}={width}" for key, width in every.items()))

    def printing(self, kind: str) -> list[int]:
        """How a kind of paper was printed last (sides, colour, copies), empty at first."""
        said = str(self._settings.value(f"printing/{kind}", "")).split(" ")
        return [int(part) for part in said] if all(part.isdigit() for part in said) else []

    def remember_printing(self, kind: str, said: Iterable[int]) -> None:
        """Keeps how a kind of paper was printed."""
        self._keep(f"printing/{kind}", " ".join(map(str, said)))

    def _keep(self, key: str, value: object) -> None:
        """Notes a choice; not in a data folder that was deleted, which it would make anew."""
        if self._folder.is_dir() or not self._was_there:
            self._settings.setValue(key, value)
            self._settings.sync()  # at once: written later it would make the folder, too
        self._was_there = self._was_there or self._folder.is_dir()


def _whole(value: object, otherwise: int) -> int:
    return int(str(value)) if str(value).isdigit() else otherwise
