"""PDF files as pages to be drawn: opened from memory, so that the file on disk stays free to be written again."""

import threading
import weakref
from collections.abc import Sequence
from typing import NamedTuple

from pypdfium2 import PdfDocument
from PySide6.QtGui import QImage

_POINTS = 72  # points per inch
_ONE_AT_A_TIME = threading.Lock()  # PDFium is not made for several threads, and a print job has its own


class PageSize(NamedTuple):
    """Width and height of a page in points."""

    width: float
    height: float


class PdfPages:
    """The pages of one or several PDF files, one after the other."""

    def __init__(self, contents: Sequence[bytes]) -> None:
        """Opens files by their contents."""
        with _ONE_AT_A_TIME:
            self._documents = [PdfDocument(content) for content in contents]
            self._places = [(document, number) for document in self._documents for number in range(len(document))]
            self.sizes = [PageSize(*document.get_page_size(number)) for document, number in self._places]
        self.close = weakref.finalize(self, _close, self._documents)  # lets the contents go, at the latest when the program ends

    def __len__(self) -> int:
        return len(self._places)

    def draw(self, number: int, dpi: float) -> QImage:
        """Page `number` (from 0) as a picture with `dpi` pixels an inch."""
        document, place = self._places[number]
        with _ONE_AT_A_TIME:
            page = document[place]
            bitmap = page.render(scale=dpi / _POINTS, rev_byteorder=True, prefer_bgrx=True)
            form = QImage.Format.Format_RGBX8888 if bitmap.n_channels == 4 else QImage.Format.Format_RGB888
            picture = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, form).copy()
            bitmap.close()
            page.close()
        return picture


def _close(documents: list[PdfDocument]) -> None:
    with _ONE_AT_A_TIME:
        for document in documents:
            document.close()
