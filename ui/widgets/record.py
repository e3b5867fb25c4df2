"""A record to read: labels and values, nothing to type."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from db.fields import Field
from ui.theme import scaled


class RecordView(QFrame):
    """Shows a record's texts under their labels, group by group; empty fields are left out."""

    def __init__(self, groups: Sequence[tuple[str, Sequence[str]]], fields: Mapping[str, Field]) -> None:
        super().__init__()
        self.setObjectName("side")
        self._groups, self._fields = groups, fields
        self.heading = QLabel()
        self.heading.setObjectName("groupTitle")
        self.heading.setWordWrap(True)
        self.note = QLabel()
        self.note.setTextFormat(Qt.TextFormat.RichText)
        self.note.setWordWrap(True)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled(20), scaled(12), scaled(8), scaled(8))
        column.setSpacing(scaled(6))
        column.addWidget(self.heading)
        column.addWidget(self.note)
        column.addWidget(self._scroll, 1)

    def show_record(self, heading: str, note: str, texts: Mapping[str, str]) -> None:
        """Shows one record; `note` (rich text) stands under the heading, e.g. its state."""
        self.heading.setText(heading)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        body = QWidget()
        body.setObjectName("pageBody")
        grid = QGridLayout(body)
        grid.setContentsMargins(0, scaled(8), scaled(12), 0)
        grid.setHorizontalSpacing(scaled(16))
        grid.setVerticalSpacing(scaled(10))
        grid.setColumnStretch(1, 1)
        for group, keys in self._groups:
            self._add_group(grid, group, {key: texts[key] for key in keys if texts.get(key)})
        grid.setRowStretch(grid.rowCount(), 1)
        self._scroll.setWidget(body)

    def clear(self, hint: str) -> None:
        """Shows nothing but a hint."""
        self.show_record("", f'<span style="color:#5F5A54">{hint}</span>', {})

    def _add_group(self, grid: QGridLayout, group: str, texts: Mapping[str, str]) -> None:
        if group and texts:
            title = QLabel(group)
            title.setObjectName("groupTitle")
            title.setContentsMargins(0, scaled(8), 0, 0)
            grid.addWidget(title, grid.rowCount(), 0, 1, 2)
        for key, text in texts.items():
            row = grid.rowCount()
            label = QLabel(self._fields[key].label)
            label.setObjectName("quiet")
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            unit = self._fields[key].unit
            value = QLabel(f"{text} {unit}" if unit and text.replace(".", "").isdigit() else text)
            value.setTextFormat(Qt.TextFormat.PlainText)
            value.setWordWrap(True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(label, row, 0)
            grid.addWidget(value, row, 1)
