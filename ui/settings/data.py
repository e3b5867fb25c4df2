"""Where the data lies, and what the program is made of with its licences."""

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

import resources
from ui.desk import Desk
from ui.theme import icon, scaled

_FONTS = (
    ("Noto Sans SC（界面）", "SIL OFL 1.1", "OFL-noto-sans-sc.txt"),
    ("Noto Serif SC（文书标题、数字）", "SIL OFL 1.1", "OFL-noto-serif-sc.txt"),
    ("Fandol 仿宋（文书正文）", "GPL 3 加字体例外条款", "GPL3-font-exception-fandol.txt"),
    ("乡镇楷，改自霞鹜文楷（文书补字）", "SIL OFL 1.1", "OFL-lxgw-wenkai.txt"),
)
_LIBRARIES = (
    ("PySide6（Qt）", "LGPL 3"),
    ("SQLAlchemy、Alembic、python-calamine、openpyxl、pypinyin、platformdirs", "MIT"),
    ("xlrd、reportlab", "BSD"),
    ("pypdfium2（PDFium）", "BSD 3 / Apache 2.0"),
    ("sqlcipher3（SQLite、SQLCipher）", "zlib / BSD"),
)


class DataPart(QWidget):
    """The data folder, the version, and fonts and libraries with their licences."""

    def __init__(self, desk: Desk, version: str) -> None:
        super().__init__()
        self._folder = desk.app.folder
        self._row = 0
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(scaled(24))
        self._grid.setVerticalSpacing(scaled(10))
        self._grid.setColumnStretch(1, 1)
        self.open_folder = _button("打开数据文件夹", "folder", "在文件管理器中打开")
        self.open_folder.clicked.connect(self._on_open_folder)
        self._head("数据")
        self._add("数据文件夹", str(self._folder), self.open_folder)
        self._add("自动备份", "升级数据前自动备份，放在数据文件夹里的 backups")
        self._head("程序")
        self._add("版本", version)
        self._head("字体")
        for name, licence, file in _FONTS:
            button = _button("看许可", "", f"打开 {name} 的许可证全文")
            button.setProperty("kind", "link")
            button.setAccessibleName(file)
            button.clicked.connect(self._on_licence)
            self._add(name, licence, button)
        self._head("用到的软件")
        for name, licence in _LIBRARIES:
            self._add(name, licence)
        self._arrange()

    def _arrange(self) -> None:
        body = QWidget()
        body.setObjectName("pageBody")
        body.setMaximumWidth(scaled(900))
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, scaled(8), scaled(16), scaled(16))
        inside.addLayout(self._grid)
        inside.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)

    def _head(self, text: str) -> None:
        if self._row:
            self._grid.setRowMinimumHeight(self._row, scaled(12))
            self._row += 1
        label = QLabel(text)
        label.setObjectName("groupTitle")
        self._grid.addWidget(label, self._row, 0, 1, 3)
        self._row += 1

    def _add(self, name: str, text: str, button: QPushButton | None = None) -> None:
        label, value = QLabel(name), QLabel(text)
        label.setObjectName("quiet")
        for words in (label, value):
            words.setWordWrap(True)
        label.setFixedWidth(scaled(280))
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._grid.addWidget(label, self._row, 0)
        self._grid.addWidget(value, self._row, 1)
        if button is not None:
            self._grid.addWidget(button, self._row, 2, Qt.AlignmentFlag.AlignRight)
        self._row += 1

    @Slot()
    def _on_open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    @Slot()
    def _on_licence(self) -> None:
        button = self.sender()
        assert isinstance(button, QPushButton)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(resources.path(f"fonts/{button.accessibleName()}"))))


def _button(text: str, picture: str, tip: str) -> QPushButton:
    made = QPushButton(text)
    if picture:
        made.setIcon(icon(picture))
    made.setToolTip(tip)
    return made
