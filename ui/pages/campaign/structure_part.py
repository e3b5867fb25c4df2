"""Dimensions and categories: the matrix with their tasks, and the form of the one the cursor is on."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget

from huajie_desktop.year import campaigns
from huajie_desktop.year.campaigns import CATEGORIES, DIMENSIONS, CategoryLine, DimensionLine
from ui.desk.desk import Desk
from ui.forms.kept_form import KeptForm
from ui.forms.sources import LedgerSource
from ui.pages.campaign.matrix import CategoryMatrix
from ui.pages.campaign.ordered_part import PAGE, Chosen, OrderedPart
from ui.widgets.buttons import WINDOW, add_action

_HINT = "方向键选择，回车修改。一项任务计入几个类别的，合计只算一次。"


class StructurePart(OrderedPart):
    """The matrix and the two forms."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "板块与类别")
        self.new = add_action(self, "新增类别", "Ctrl+N", "plus", "在光标所在的板块里新增一个类别", self._on_new, context=WINDOW)
        self.new_dimension = add_action(
            self, "新增板块", "Ctrl+Shift+N", "plus", "新增一个板块，再往里面加类别", self._on_new_dimension, context=WINDOW
        )
        self.matrix = CategoryMatrix()
        self.matrix.moved.connect(self._on_moved)
        self.matrix.opened.connect(self._on_opened)
        self.category, self.dimension = (
            KeptForm(desk, LedgerSource(CATEGORIES, PAGE)),
            KeptForm(desk, LedgerSource(DIMENSIONS, PAGE)),
        )
        self._forms = QStackedWidget()
        for form in (self.category, self.dimension):
            form.setObjectName("side")
            form.keep()  # nothing is typed yet
            form.saved.connect(self._on_saved)
            form.left.connect(self._on_left)
            self._forms.addWidget(form)
        plain = [(self.up, "plain"), (self.down, "plain"), (self.close_action, "plain"), (self.delete, "plain")]
        self.arrange(_HINT, [*plain, (self.new_dimension, ""), (self.new, "")], self.matrix, self._forms)
        self.setFocusProxy(self.matrix)

    @property
    def chosen(self) -> Chosen | None:
        """The category or dimension the cursor is on."""
        match self.matrix.current:
            case CategoryLine() as found:
                return Chosen(CATEGORIES, found.id, found.closed)
            case DimensionLine() as found:
                return Chosen(DIMENSIONS, found.id, False)
        return None

    @property
    def form(self) -> KeptForm:
        """The form of a category, or that of a dimension."""
        return self.dimension if self._forms.currentWidget() is self.dimension else self.category

    def refresh(self) -> None:
        """Counts anew; what is being typed stays."""
        with self.desk.reading() as session:
            lines = campaigns.outline(session)
        typing = self.form.changed
        self.matrix.blockSignals(True)  # the form is being saved: it must not be asked to give way
        self.matrix.show_lines(lines)
        self.matrix.blockSignals(False)
        if not typing:
            self.show_chosen()
        self.show_actions()

    def show_chosen(self) -> None:
        """Shows what the cursor is on; without any dimension the form for the first one."""
        found = self.chosen
        self._forms.setCurrentWidget(self.category if found is not None and found.ledger is CATEGORIES else self.dimension)
        if found is not None:
            self.form.open_record(found.id)
            self._tell_place()
        else:
            self._show_new_dimension()

    def show_subject(self, subject: Mapping[str, Any]) -> None:
        """Shows a category or dimension by "ledger" and "id", or the form of a new one ("new")."""
        kind = DimensionLine if subject.get("ledger") == DIMENSIONS.key else CategoryLine
        if subject.get("new"):
            (self._on_new_dimension if kind is DimensionLine else self._on_new)()
        elif self.matrix.go_to(kind, subject["id"]):
            self.show_chosen()
            self.form.focus()

    def _tell_place(self) -> None:
        found = self.matrix.dimension
        if found is not None and self.form is self.category:
            self.category.given = {"dimension_id": found.id}
            self.category.show_note(f"{found.name}里的类别")

    def _show_new_dimension(self) -> None:
        self._forms.setCurrentWidget(self.dimension)
        self.dimension.open_new()

    @Slot()
    def _on_moved(self) -> None:
        self.show_actions()
        if self.chosen is not None and self.may_leave():
            self.show_chosen()

    @Slot()
    def _on_opened(self) -> None:
        if self.chosen is not None:
            self.form.focus()

    @Slot()
    def _on_new(self) -> None:
        if self.matrix.dimension is None:
            self._on_new_dimension()
        elif self.may_leave():
            self._forms.setCurrentWidget(self.category)
            self.category.open_new()
            self._tell_place()

    @Slot()
    def _on_new_dimension(self) -> None:
        if self.may_leave():
            self._show_new_dimension()

    @Slot(object)
    def _on_saved(self, record_id: int) -> None:
        kind = CategoryLine if self.sender() is self.category else DimensionLine
        self.matrix.blockSignals(True)
        self.matrix.go_to(kind, record_id)
        self.matrix.blockSignals(False)
        self.show_actions()

    @Slot()
    def _on_left(self) -> None:
        self.show_chosen()
        self.matrix.setFocus()
