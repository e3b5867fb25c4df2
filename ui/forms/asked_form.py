"""What the clerk says when papers of a kind are made: the fields that kind asks for, with the usual words in them."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QScrollArea, QWidget

from huajie_desktop.papers.paper_kinds import PaperKind
from huajie_desktop.papers.said import SIGN_BY, proposed
from ui.desk.desk import Desk
from ui.forms.form_body import FormBody
from ui.widgets.building import FLUSH, upright


class AskedForm(QScrollArea):
    """The editors of one kind; it hides where nothing is asked. What was typed for a kind stays while the window is open."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setAccessibleName("文书上要填的内容")
        self._said: dict[str, dict[str, str]] = {}
        self._kind = ""
        self._first: dict[str, str] = {}  # what is usual before anything was said
        self._usual: dict[str, str] = {}  # what is usual now
        self._body: FormBody | None = None

    def ask(self, kind: PaperKind, usual: Mapping[str, str]) -> None:
        """Shows what that kind asks for, `usual` where nothing was typed; another day's proposal takes the place of the old."""
        if kind.key == self._kind:
            self._first = dict(usual)
            self._propose_anew(proposed(usual, self.texts()))
            return
        self._keep()
        self._kind, self._first, self._usual = kind.key, dict(usual), dict(usual)
        fields = {asked.label: asked for asked in (*kind.asked, *kind.handled)} | (
            {SIGN_BY.label: SIGN_BY} if kind.signed else {}
        )
        groups = [("", tuple(label for label in fields if label not in kind.rare)), ("", kind.rare)]
        self._body = FormBody(groups if kind.rare else groups[:1], 1, fields, {}, self._desk) if fields else None
        holder = QWidget()
        column = upright(holder, FLUSH)
        if self._body:
            column.addWidget(self._body)
            self._body.fold_asked.connect(self._on_fold)
            for label, text in {**usual, **self._said.get(kind.key, {})}.items():
                if label in self._body.boxes:
                    self._body.boxes[label].editor.set_value(text)
            for box in self._body.boxes.values():
                box.editor.edited.connect(self._on_edited)
                box.editor.gone_on.connect(self._on_gone_on)
        self.setWidget(holder)
        self.setVisible(self._body is not None)
        self._fit()

    def _fit(self) -> None:
        if holder := self.widget():
            self.setMaximumHeight(holder.sizeHint().height() + 4)

    def _propose_anew(self, usual: Mapping[str, str]) -> None:
        before, self._usual = self._usual, dict(usual)
        for label, box in self._body.boxes.items() if self._body else ():
            if usual.get(label) != before.get(label) and box.editor.value() == before.get(label, ""):
                box.editor.set_value(usual.get(label, ""))

    def fill(self, texts: Mapping[str, str]) -> None:
        """Puts in what was said elsewhere already, by label, as if it were typed here."""
        for label, text in texts.items():
            if text and self._body and label in self._body.boxes:
                self._body.boxes[label].editor.set_value(text)
        self._propose_anew(proposed(self._first, self.texts()))

    def texts(self) -> dict[str, str]:
        """What was typed, by label, without the day by which a paper has to come back."""
        return {label: text for label, text in self._all().items() if label != SIGN_BY.label}

    def sign_by(self) -> str:
        """By when it has to come back signed, as typed."""
        return self._all().get(SIGN_BY.label, "")

    def show_errors(self, messages: Mapping[str, str]) -> None:
        """Puts each message under its field and the focus into the first."""
        boxes = self._body.boxes if self._body else {}
        for label, box in boxes.items():
            box.show_error(messages.get(label, ""))
        first = next((label for label in boxes if label in messages), None)
        if first is not None:
            boxes[first].editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensureWidgetVisible(boxes[first])

    def show_warnings(self, messages: Mapping[str, str]) -> None:
        """Says beside each field what ought to be looked at there; nothing is refused for it."""
        for label, box in self._body.boxes.items() if self._body else ():
            box.show_warning(messages.get(label, ""))
            if label in messages and self._body and label in self._body.rare:
                self._body.unfold(True)
        self._fit()

    def _all(self) -> dict[str, str]:
        boxes = self._body.boxes if self._body else {}
        return {label: box.editor.value() for label, box in boxes.items()}

    def _keep(self) -> None:
        if self._body:
            self._said[self._kind] = {label: text for label, text in self._all().items() if text != self._usual.get(label, "")}

    @Slot()
    def _on_edited(self) -> None:
        for box in self._body.boxes.values() if self._body else ():
            if box.editor is self.sender():
                box.show_error("")
                box.show_warning("")
        self._propose_anew(proposed(self._first, self.texts()))

    @Slot()
    def _on_fold(self) -> None:
        if self._body:
            self._body.unfold(not self._body.unfolded)
            self._fit()

    @Slot()
    def _on_gone_on(self) -> None:
        self.focusNextChild()
