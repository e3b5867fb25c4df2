"""Whether files for each paper are Word documents: asked beside the choice of separate files, and only with it."""

from PySide6.QtWidgets import QCheckBox

from huajie_desktop.typesetting.files import PDF, WORD
from ui.widgets.building import as_tip

_TIP = "每份存成一个 Word 文档（.docx），可以用 WPS 修改。不分开存的，在保存时选文件类型"


class AsWord(QCheckBox):
    """A tick for Word documents that can be set while files are separate."""

    def __init__(self, separate: QCheckBox) -> None:
        super().__init__("存成 Word")
        self.setToolTip(as_tip(_TIP))
        self.setEnabled(separate.isChecked())
        separate.toggled.connect(self.setEnabled)

    @property
    def ending(self) -> str:
        """What separate files end in."""
        return WORD if self.isChecked() else PDF
