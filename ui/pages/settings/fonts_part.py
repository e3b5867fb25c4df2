"""Which faces the papers are set in: the program's own, or those an office has on its computer."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFormLayout, QWidget

from huajie_desktop.papers.samples import face_sample
from huajie_desktop.typesetting import faces
from huajie_desktop.typesetting.faces import STYLES, Installed
from huajie_desktop.typesetting.font_files import faces_at, state_of
from huajie_desktop.typesetting.fonts import SHIPPED, Style
from ui.desk.desk import Desk
from ui.desk.jobs import Job
from ui.pdf.document import PdfPages
from ui.theme import scaled
from ui.widgets.building import legible, make_label, put, upright
from ui.widgets.steady import Combo

_quiet = partial(make_label, name="quiet", wrap=True, copied=True)

_DPI = 96
_BY_ITSELF = "\n"  # chosen by nobody; no face is called so


class FontsPart(QWidget):
    """A choice for each style, and below them a line of each as it will be printed."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._found: tuple[Installed, ...] | None = None  # searched for when the part is first looked at
        heading = make_label("文书字体", "groupTitle")
        self.boxes = {style: Combo() for style in STYLES}
        self.note = _quiet("")
        self.sample = make_label()
        self.sample.setAccessibleName("字体样张")
        form = QFormLayout()
        form.setSpacing(scaled(8))
        for style, box in self.boxes.items():
            box.setAccessibleName(STYLES[style])
            box.setFixedWidth(scaled(320))
            box.activated.connect(self._on_chosen)
            form.addRow(make_label(STYLES[style]), box)
        put(
            upright(self, (0, 8, 0, 0), 12),
            heading,
            _quiet(
                "电脑上装有方正小标宋、仿宋_GB2312、楷体_GB2312 等公文字体的，自动使用，也可以在这里另选；用到的字会嵌入 PDF。"
                "哪种字体都没有的字，把有这个字的字体文件放进数据文件夹下的“fonts”文件夹。"
            ),
            form,
            self.note,
            self.sample,
            1,
        )
        self.setFocusProxy(next(iter(self.boxes.values())))

    def refresh(self) -> None:
        """Shows what is chosen, once the computer's fonts were looked through."""
        if self._found is not None:
            self._fill()
        elif self.isVisible() and not self._desk.jobs.busy:
            self._desk.start("查找已安装的字体", partial(_search, faces.folders_of(self._desk.seat)), self._on_found)

    def _on_found(self, found: tuple[Installed, ...]) -> None:
        self._found = found
        self._fill()

    def _fill(self) -> None:
        assert self._found is not None
        with self._desk.reading() as session:
            wanted, used = faces.wished(session), faces.apply_faces(session)
        for style, box in self.boxes.items():
            names = [one.face.name for one in self._found if one.style is style and not one.refusal]
            taken, wish = faces.taken_unasked(self._found, style), wanted.get(style, _BY_ITSELF)
            box.clear()
            box.addItem(f"自动：{legible((taken.face if taken else SHIPPED[style]).name)}", _BY_ITSELF)
            box.addItem(f"随程序：{SHIPPED[style].name}", "")
            for name in [*names, *([wish] if wish not in (_BY_ITSELF, "", *names) else [])]:
                box.addItem(legible(name), name)
            box.setCurrentIndex(box.findData(wish))
        refused = [f"{one.face.name}（{one.refusal}）" for one in self._found if one.refusal]
        words = [faces.say_faces(used) + "。字体里没有的字，用随程序的补上，大小高低与旁边的字一致。"]
        if not self._found:
            words.append("这台电脑上没有找到公文常用的字体，用随程序的就可以。")
        if refused:
            words.append(f"不能用的：{'、'.join(refused)}。")
        self.note.setText("\n".join(words))
        self._desk.start("字体样张", partial(_sample, list(STYLES)), self._on_sample)

    def _on_sample(self, content: bytes) -> None:
        pages = PdfPages([content])
        ratio = self.devicePixelRatioF()
        picture = pages.draw(0, _DPI * ratio)
        pages.close()
        shown = QPixmap.fromImage(picture)
        shown.setDevicePixelRatio(ratio)
        self.sample.setPixmap(shown)

    @Slot()
    def _on_chosen(self) -> None:
        chosen = {style: str(box.currentData()) for style, box in self.boxes.items() if box.currentData() != _BY_ITSELF}
        with self._desk.reading() as session:
            if chosen == faces.wished(session):
                return
        self._desk.do(faces.keep_faces, chosen)

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self.refresh()


def _search(folders: tuple[Path, ...], _job: Job) -> tuple[Installed, ...]:
    for known in (faces_at, faces.find_faces):  # below a folder that is looked into again something may have changed unseen
        known.cache_clear()
    return faces.find_faces(state_of(folders))


def _sample(styles: list[Style], _job: Job) -> bytes:
    return face_sample({style: STYLES[style] for style in styles})
