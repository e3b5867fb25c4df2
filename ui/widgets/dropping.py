"""Files dropped on a widget from elsewhere on the machine."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent


class TakesFiles:
    """Stands before the widget's own class: what is dropped on such a widget comes to `take_files`."""

    def takes_files(self) -> bool:
        """Whether files can be dropped now."""
        return True

    def take_files(self, paths: Sequence[Path]) -> None:
        """What is done with them."""
        raise NotImplementedError

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.takes_files() and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.take_files([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
