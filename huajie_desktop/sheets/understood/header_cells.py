"""The texts of a sheet's cells as its header rows show them: what is merged counts everywhere inside."""

from huajie_desktop.reading.cell_text import show
from huajie_desktop.reading.raw import RawSheet
from huajie_desktop.sheets.understood.headers import Vocabulary


class Grid:
    """The cells of a sheet with the text of merged ranges known everywhere inside."""

    def __init__(self, sheet: RawSheet, words: Vocabulary) -> None:
        self.name, self.rows, self.words = sheet.name, sheet.rows, words
        wide = [m for m in sheet.merges if m[3] > m[1] and m[2] - m[0] < 6 and m[3] - m[1] < 500]
        self.across = {
            (r, c): left for top, left, low, right in wide for r in range(top, low + 1) for c in range(left, right + 1)
        }
        self._merged = {r for top, _, low, _ in sheet.merges for r in range(top, min(low, top + 5) + 1)}

    def text(self, row: int, column: int) -> str:
        line = self.rows[row] if row < len(self.rows) else []
        cell = line[column] if column < len(line) else ""
        return cell if isinstance(cell, str) and not cell.startswith("\0") else ""

    def shown(self, rows: range, column: int) -> str:
        """What stands over a column, be it words or numbers."""
        cells = (self.rows[row][column] for row in rows if column < len(self.rows[row]))
        return " ".join(text for cell in cells if cell is not None and (text := show(cell).strip()))

    def is_merged(self, row: int) -> bool:
        """Whether cells of this row are merged, so that those which are not stand for themselves."""
        return row in self._merged

    def parent(self, row: int, column: int) -> str:
        """The text over a column: its own cell, the merged range's, or without merges the nearest to the left."""
        if own := self.text(row, column):
            return own
        if (row, column) in self.across:
            return self.text(row, self.across[row, column])
        if self.is_merged(row):
            return ""
        left = next((c for c in range(column - 1, max(column - 8, -1), -1) if self.text(row, c).strip()), None)
        return self.text(row, left) if left is not None and self.words.is_group(self.text(row, left)) else ""
