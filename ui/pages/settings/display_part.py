"""How large everything is shown."""

from functools import partial

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import QLabel, QPushButton, QSlider, QWidget

from ui.desk.desk import Desk
from ui.theme import LARGEST, SMALLEST, font, scaled, text_size
from ui.widgets.building import flowing, make_label, put, upright
from ui.widgets.steady import Slide

_quiet = partial(make_label, name="quiet")

_STEP = 10  # per cent
_USUAL = 100
_SAMPLE = "李庄村 自来水管网改造 · 8月底前 · 投资 56.3 万元"


class DisplayPart(QWidget):
    """The text size, tried out on a line of text before it is applied."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        heading = make_label("文字大小", "groupTitle")
        hint = _quiet("字、行高和按钮一起变大变小。看着不费眼就好，这台电脑会记住。")
        self.slider = Slide(Qt.Orientation.Horizontal)
        self.slider.setRange(SMALLEST // _STEP, LARGEST // _STEP)
        self.slider.setPageStep(1)
        self.slider.setTickPosition(QSlider.TickPosition.TicksBelow)
        self.slider.setTickInterval(1)
        self.slider.setFixedWidth(scaled(360))
        self.slider.setAccessibleName("文字大小")
        self.slider.setValue(text_size() // _STEP)
        self.slider.valueChanged.connect(self._on_moved)
        self._percent = make_label()
        self._sample = make_label(_SAMPLE)
        self.apply = QPushButton("应用")
        self.apply.setProperty("kind", "strong")
        self.apply.setToolTip("按这个大小显示")
        self.apply.clicked.connect(self._on_apply)
        self.usual = QPushButton("恢复 100%")
        self.usual.setToolTip("恢复到平常的大小")
        self.usual.clicked.connect(self._on_usual)
        self._arrange(heading, hint)
        self._on_moved()
        self.setFocusProxy(self.slider)

    def _arrange(self, heading: QLabel, hint: QLabel) -> None:
        line = flowing(spacing=12)
        put(line, _quiet("小"), self.slider, _quiet("大"), self._percent, 1)
        buttons = flowing(spacing=8)
        put(buttons, self.apply, self.usual, 1)
        put(upright(self, (0, 8, 0, 0), 16), heading, hint, line, self._sample, buttons, 1)

    @property
    def percent(self) -> int:
        """The size the slider stands at."""
        return self.slider.value() * _STEP

    @Slot()
    def _on_moved(self) -> None:
        self._percent.setText(f"{self.percent}%")
        sample = font()
        pixels = round(sample.pixelSize() * self.percent / text_size())
        self._sample.setStyleSheet(f"font-size: {pixels}px")
        self.apply.setEnabled(self.percent != text_size())
        self.usual.setEnabled(text_size() != _USUAL)

    @Slot()
    def _on_apply(self) -> None:
        self._set(self.percent)

    @Slot()
    def _on_usual(self) -> None:
        self._set(_USUAL)

    def _set(self, percent: int) -> None:
        self._desk.show_text_at(percent)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "usual"):  # by the keys, on whatever page
            self.slider.setValue(text_size() // _STEP)
            self._on_moved()
