"""Where the data lies, and what the program is made of with its licences."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QScrollArea, QWidget

import resources
from huajie_desktop.jobs import Job
from huajie_desktop.work import attachments
from huajie_desktop.work.attachments import Lost
from ui.desk.desk import Desk
from ui.desk.dossier import save_everything
from ui.desk.opening import open_file
from ui.theme import scaled
from ui.widgets.building import FLUSH, as_tip, make_label, put, upright
from ui.widgets.buttons import WINDOW, ActionButton, add_action

_FONTS = (
    ("Noto Sans SC（界面）", "SIL OFL 1.1", "OFL-noto-sans-sc.txt"),
    ("Noto Serif SC（文书标题、数字）", "SIL OFL 1.1", "OFL-noto-serif-sc.txt"),
    ("Fandol 仿宋（文书正文）", "GPL 3 加字体例外条款", "GPL3-font-exception-fandol.txt"),
    ("乡镇楷，改自霞鹜文楷（文书补字）", "SIL OFL 1.1", "OFL-lxgw-wenkai.txt"),
)
_LIBRARIES = (
    ("PySide6（Qt）", "LGPL 3"),
    ("SQLAlchemy、Alembic、python-calamine、openpyxl、msoffcrypto-tool、pypinyin、platformdirs", "MIT"),
    ("xlrd、reportlab、olefile", "BSD"),
    ("cryptography", "Apache 2.0 / BSD"),
    ("pypdfium2（PDFium）", "BSD 3 / Apache 2.0"),
    ("sqlcipher3（SQLite、SQLCipher）", "zlib / BSD"),
    ("OpenCC（繁简对照表）", "Apache 2.0"),
)


class DataPart(QWidget):
    """The data folder, the version, and fonts and libraries with their licences."""

    def __init__(self, desk: Desk, version: str) -> None:
        super().__init__()
        self.setAccessibleName("数据与版本")
        self._desk, self._folder = desk, desk.seat.folder
        self._row = 0
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(scaled(24))
        self._grid.setVerticalSpacing(scaled(10))
        self._grid.setColumnStretch(1, 1)
        tip = "在文件管理器中打开"
        self.open_folder = add_action(self, "打开数据文件夹", "Ctrl+Shift+O", "folder", tip, self._on_open_folder, context=WINDOW)
        self._head("数据")
        self._add("数据文件夹", str(self._folder), ActionButton(self.open_folder))
        tip = "逐个重新读一遍，看有没有丢失或被改动"
        self.check = add_action(self, "检查附件", "F6", "done", tip, self._on_check, context=WINDOW)
        self._files = self._add("附件", "", ActionButton(self.check))
        tip = "把全部数据写成 .csv 和 .json，连同附件，用于移交"
        self.export = add_action(self, "全部导出", "F7", "export", tip, self._on_export, context=WINDOW)
        self._add("全部导出", "每张表各一个 .csv 和 .json，连同附件，别的程序也能读", ActionButton(self.export))
        self._head("程序")
        self._add("版本", version)
        self._head("字体")
        for name, licence, file in _FONTS:
            button = _button("看许可", f"打开 {name} 的许可证全文")
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
        put(upright(body, (0, 8, 16, 16)), self._grid, 1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(body)
        column = upright(self, FLUSH)
        column.addWidget(scroll)

    def _head(self, text: str) -> None:
        if self._row:
            self._grid.setRowMinimumHeight(self._row, scaled(12))
            self._row += 1
        label = make_label(text, "groupTitle")
        self._grid.addWidget(label, self._row, 0, 1, 3)
        self._row += 1

    def _add(self, name: str, text: str, button: QPushButton | None = None) -> QLabel:
        label, value = make_label(name), make_label(text)
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
        return value

    def refresh(self) -> None:
        """Counts the attachments anew."""
        with self._desk.reading() as session:
            count, size = attachments.totals(session)
        self._files.setText(f"{count} 个，{size / (1 << 20):.1f} MB，放在数据文件夹里的 attachments" if count else "还没有附件")
        self.check.setEnabled(bool(count))

    @Slot()
    def _on_check(self) -> None:
        self._desk.start("检查附件", partial(_check, self._desk), self._on_checked)

    def _on_checked(self, lost: Sequence[Lost]) -> None:
        if not lost:
            self._desk.say("done", "附件都在，内容没有变化。")
            return
        details = "\n".join(f"{found.record}：{found.name}，{found.why}" for found in lost)
        self._desk.say("error", f"{len(lost)} 个附件有问题。请从备份找回 attachments 文件夹，或者在任务里重新添加。", details)

    @Slot()
    def _on_export(self) -> None:
        save_everything(self._desk, self)

    @Slot()
    def _on_open_folder(self) -> None:
        open_file(self._folder)

    @Slot()
    def _on_licence(self) -> None:
        button = self.sender()
        assert isinstance(button, QPushButton)
        open_file(resources.path(f"fonts/{button.accessibleName()}"))


def _check(desk: Desk, job: Job) -> list[Lost]:
    with desk.reading() as session:
        return attachments.missing(session, desk.seat.folder, thorough=True, job=job)


def _button(text: str, tip: str) -> QPushButton:
    made = QPushButton(text)
    made.setToolTip(as_tip(tip))
    return made
