"""The visual language in one place: colours, type, sizes, icons and Qt's own words in Chinese."""

import re
from functools import cache

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QLibraryInfo, QRect, QSize, Qt, QTranslator
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QImageReader, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

import resources

COLOURS = {
    "accent": "#B3261E",  # primary button and selected page, nothing else
    "accent-dark": "#8F1D17",
    "surface": "#FFFFFF",
    "ground": "#F6F4F1",
    "hover": "#F4F1ED",
    "chosen": "#E8E2DB",
    "hairline": "#E3DFDA",
    "border": "#A39C94",
    "scroll": "#CBC4BB",
    "text": "#24211E",
    "quiet": "#5F5A54",
    "disabled": "#9C958D",
    "green": "#2E7D32",
    "blue": "#1565C0",
    "yellow": "#8F5600",
    "orange": "#B24A00",
    "red": "#C62828",
    "grey": "#6B6660",
    "green-pale": "#E9F3EA",
    "blue-pale": "#E8F0F9",
    "yellow-pale": "#FBF1DF",
    "red-pale": "#FBEAE9",
}

BODY, CAPTION, HEADING, TITLE = 14, 12, 15, 20  # px at 100 %
ROW_HEIGHT = 36  # px at 100 %
SMALLEST, LARGEST = 90, 160  # text size, per cent
_FONTS = ("fonts/NotoSansSC-Regular-gbk8105.ttf",)
_FAMILIES = ["Noto Sans SC", "Microsoft YaHei", "Noto Serif SC", "SimSun"]


class _Present:
    """The text size every measure follows."""

    percent = 100


STYLED = ("-style", "Fusion")  # arguments of Qt: told at its making it costs nothing, set later a tenth of the first paint


def make_application(name: str) -> QApplication:
    """The application all windows belong to, in the style the theme is made for; there is one a process."""
    return QApplication([name, *STYLED])


def apply_theme(application: QApplication, percent: int = 100) -> None:
    """Gives the whole application its look at a text size of 90 to 160 per cent, at its start."""
    _load_fonts()
    application.setPalette(_palette())
    _show_at(application, percent)


def show_theme_at(percent: int) -> None:
    """The letters of the application that runs in another size; see `ui.widgets.rescaling`."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    application.setStyleSheet("")  # one sheet over another would polish each widget once for every widget around it: 1 s
    _show_at(application, percent)
    application.sendPostedEvents(None, QEvent.Type.ApplicationFontChange)  # what is measured next is measured in the new letters


def _show_at(application: QApplication, percent: int) -> None:
    _Present.percent = clamped(percent)
    application.setFont(font())
    application.setStyleSheet(_style_sheet())


def clamped(percent: int) -> int:
    """A text size in per cent that there is."""
    return max(SMALLEST, min(LARGEST, percent))


def scaled(pixels: int) -> int:
    """A measure given at 100 % in the present text size."""
    return round(pixels * _Present.percent / 100)


def font(pixels: int = BODY, bold: bool = False) -> QFont:
    """The program's typeface at a size given at 100 %."""
    made = QFont()
    made.setFamilies(_FAMILIES)
    made.setPixelSize(scaled(pixels))
    made.setBold(bold)
    made.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return made


def colour(name: str) -> QColor:
    """A colour of the palette by name."""
    return QColor(COLOURS[name])


def icon(name: str, tint: str = "quiet", chosen: str | None = None) -> QIcon:
    """A line icon of `resources/icons` in the palette's colour `tint`; `chosen` is its colour while selected."""
    return QIcon(_LineIcon(name, tint, chosen or tint))


def pixmap(name: str, tint: str = "quiet", size: int = 20, density: int = 2) -> QPixmap:
    """The icon as a picture of `size` px (at 100 %) for screens of the given density."""
    return _pixmap(name, COLOURS[tint], scaled(size), density)


class _LineIcon(QIconEngine):
    """Draws an icon as large as it is asked for: text size and screen may change while it is shown."""

    def __init__(self, name: str, tint: str, chosen: str) -> None:
        super().__init__()
        self._name, self._tint, self._chosen = name, tint, chosen

    def clone(self) -> QIconEngine:
        return _LineIcon(self._name, self._tint, self._chosen)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        tint = "disabled" if mode == QIcon.Mode.Disabled else self._chosen if state == QIcon.State.On else self._tint
        return _pixmap(self._name, COLOURS[tint], min(size.width(), size.height()), 1)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, _scale: float) -> QPixmap:
        return self.pixmap(size, mode, state)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        drawn = self.pixmap(QSize(side, side) * painter.device().devicePixelRatio(), mode, state)
        room = QRect(0, 0, side, side)
        room.moveCenter(rect.center())
        painter.drawPixmap(room, drawn)


@cache
def _pixmap(name: str, tint: str, side: int, density: int) -> QPixmap:
    drawing = resources.path(f"icons/{name}.svg").read_text("utf-8").replace("currentColor", tint)
    buffer = QBuffer()
    buffer.setData(QByteArray(drawing.encode()))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, b"svg")
    reader.setScaledSize(QSize(side, side) * density)
    made = QPixmap.fromImage(reader.read())
    made.setDevicePixelRatio(density)
    return made


def restyle(widget: QWidget, **properties: object) -> None:
    """Sets dynamic properties the style sheet looks at, and has the widget drawn by them."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


@cache
def _load_fonts() -> None:
    for name in _FONTS:
        QFontDatabase.addApplicationFont(str(resources.path(name)))


def speak_chinese(application: QApplication) -> None:
    """Gives Qt's own dialogs and menus Chinese words; takes ten milliseconds, so not before the first paint."""
    if application.findChild(QTranslator) is None:
        translator = QTranslator(application)
        if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            application.installTranslator(translator)


def _palette() -> QPalette:
    made = QPalette()
    role = QPalette.ColorRole
    for place, name in (
        (role.Window, "surface"), (role.Base, "surface"), (role.Button, "surface"), (role.AlternateBase, "ground"),
        (role.WindowText, "text"), (role.Text, "text"), (role.ButtonText, "text"), (role.PlaceholderText, "grey"),
        (role.Highlight, "chosen"), (role.HighlightedText, "text"), (role.ToolTipBase, "text"), (role.ToolTipText, "surface"),
        (role.Link, "blue"), (role.LinkVisited, "blue"), (role.BrightText, "red"), (role.Accent, "quiet"),
        (role.Light, "surface"), (role.Midlight, "ground"), (role.Mid, "hairline"), (role.Dark, "border"), (role.Shadow, "quiet"),
    ):  # fmt: skip
        made.setColor(place, colour(name))
    for place in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, place, colour("disabled"))
    made.setCurrentColorGroup(QPalette.ColorGroup.Active)
    return made


def _style_sheet() -> str:
    sheet = resources.path("style.qss").read_text("utf-8")
    sheet = re.sub(r"@icons", resources.path("icons").as_posix(), sheet)
    sheet = re.sub(r"@([a-z-]+)", lambda found: COLOURS[found[1]], sheet)
    return re.sub(r"\b(\d+)px", lambda found: f"{_length(int(found[1]))}px", sheet)


def _length(pixels: int) -> int:
    return pixels if pixels <= 2 else scaled(pixels)  # hairlines stay hairlines


def text_size() -> int:
    """The present text size in per cent."""
    return _Present.percent


def elided(widget: QWidget, text: str, width: int) -> str:
    """The text cut to `width` px with an ellipsis."""
    return widget.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)
