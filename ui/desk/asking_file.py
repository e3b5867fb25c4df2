"""Asks where a document goes: as PDF, or for a word processor if the name or the chosen kind says so."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from huajie_desktop.typesetting.files import PDF, WORD

_KINDS = {"PDF 文件 (*.pdf)": PDF, "Word 文档 (*.docx)": WORD}


def ask_document(parent: QWidget, title: str, folder: str, name: str) -> Path | None:
    """The file, ending in .pdf or .docx, where a document called `name` is to be saved; None if nowhere."""
    chosen, kind = QFileDialog.getSaveFileName(parent, title, str(Path(folder) / f"{name}{PDF}"), ";;".join(_KINDS))
    if not chosen:
        return None
    path, ending = Path(chosen), _KINDS.get(kind, PDF)
    if path.suffix.lower() not in _KINDS.values():
        return path.with_name(f"{path.name}{ending}")
    # The proposed name says .pdf whatever kind was chosen meanwhile; one that says .docx was typed.
    return path.with_suffix(ending) if path.suffix.lower() == PDF and path.name == f"{name}{PDF}" else path
