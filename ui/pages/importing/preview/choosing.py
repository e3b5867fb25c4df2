"""What to import: the files on the disk, and what kind of list they hold."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from huajie_desktop.declared.catalogue import Catalogue
from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.receiving.arrivals import ENDINGS
from ui.desk.preferences import Preferences
from ui.widgets.building import FLUSH, across, make_label, put
from ui.widgets.steady import Combo

_PLACE = "import"  # where files were chosen last
_RECOGNISED = "自动识别"


class KindChoice(QWidget):
    """What the files are said to hold; nothing said means that each is recognised."""

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__()
        self._catalogue = catalogue
        self.box = Combo()
        self.box.addItem(_RECOGNISED, None)
        for ledger in catalogue.values():
            self.box.addItem(ledger.title, ledger.key)
        self.box.setToolTip("要导入的是什么表。自动识别按标题和表头认，认错了可以在预览里改")
        self.box.setAccessibleName("要导入的是什么表")
        label = make_label("表格是", "quiet")
        label.setBuddy(self.box)
        put(across(self, FLUSH, 8), label, self.box)
        self.setFocusProxy(self.box)

    @property
    def ledger(self) -> Ledger | None:
        """What was chosen, None for recognising."""
        key = self.box.currentData()
        return None if key is None else self._catalogue[key]

    def choose(self, key: str | None) -> None:
        """Chooses a ledger by its key; an unknown one or None for recognising."""
        self.box.setCurrentIndex(max(self.box.findData(key), 0))


def ask_files(parent: QWidget, preferences: Preferences) -> Sequence[Path]:
    """The files the clerk chooses, none if the clerk gave up."""
    endings = " ".join(f"*{ending}" for ending in ENDINGS)
    chosen, _kind = QFileDialog.getOpenFileNames(
        parent, "选择要导入的表格", preferences.place(_PLACE), f"表格 ({endings});;所有文件 (*)"
    )
    for name in chosen[:1]:
        preferences.remember_place(_PLACE, str(Path(name).parent))
    return [Path(name) for name in chosen]


def ask_folder(parent: QWidget, preferences: Preferences) -> Sequence[Path]:
    """The folder the clerk chooses, none if the clerk gave up."""
    chosen = QFileDialog.getExistingDirectory(parent, "选择放表格的文件夹", preferences.place(_PLACE))
    if not chosen:
        return []
    preferences.remember_place(_PLACE, chosen)
    return [Path(chosen)]
