"""Dimensions and categories: the matrix with their tasks, and the form of the one the cursor is on."""

from PySide6.QtCore import Slot

from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.year import campaigns
from huajie_desktop.year.campaigns import CATEGORIES, DIMENSIONS, CategoryLine, DimensionLine
from ui.desk.desk import Desk
from ui.pages.campaign.matrix import CategoryMatrix
from ui.pages.campaign.ordered_part import Chosen, OrderedPart
from ui.widgets.buttons import WINDOW, add_action

_HINT = "方向键选择，回车修改。一项任务计入几个类别的，合计只算一次。"
_NO_DIMENSION = "还没有板块。先写好板块的名称，按 Ctrl+S 保存，再按 Ctrl+N 往里面加类别。"
_NO_CATEGORY = "还没有类别。光标停在板块上时，按 Ctrl+N 往里面加类别。"


class StructurePart(OrderedPart):
    """The matrix and the two forms."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "板块与类别")
        tip = "在光标所在的板块里新增一个类别"
        self.new = add_action(self, "新增类别", "Ctrl+N", "plus", tip, self._on_new, context=WINDOW)
        tip, make = "新增一个板块，再往里面加类别", self._on_new_dimension
        self.new_dimension = add_action(self, "新增板块", "Ctrl+Shift+N", "plus", tip, make, context=WINDOW)
        self.matrix = CategoryMatrix()
        self.matrix.addAction(self.delete)
        self.hold(_HINT, [self.new_dimension, self.new], self.matrix, [DIMENSIONS, CATEGORIES])
        self.dimension, self.category = self.forms.values()

    @property
    def chosen(self) -> Chosen | None:
        """The category or dimension the cursor is on."""
        match self.matrix.current:
            case CategoryLine() as found:
                return Chosen(CATEGORIES, found.id, found.closed)
            case DimensionLine() as found:
                return Chosen(DIMENSIONS, found.id, False)
        return None

    def go_to(self, ledger: Ledger, record_id: int) -> bool:
        """Puts the cursor on a category or dimension."""
        return self.matrix.go_to(DimensionLine if ledger is DIMENSIONS else CategoryLine, record_id)

    def refresh(self) -> None:
        """Counts anew; what is being typed stays."""
        with self.desk.reading() as session:
            lines = campaigns.outline(session)
        named = any(line.categories for line in lines)
        self.hint.setText(_HINT if named else _NO_CATEGORY if lines else _NO_DIMENSION)
        self.fill(lines)

    def begin(self, ledger: Ledger) -> None:
        """Shows the form of a new one; a category needs a dimension."""
        super().begin(ledger if self.matrix.dimension is not None else DIMENSIONS)

    def tell_place(self) -> None:
        """A category is one of the dimension the cursor is in."""
        found = self.matrix.dimension
        if found is not None and self.form is self.category:
            self.category.given = {"dimension_id": found.id}
            self.category.show_note(f"{found.name}里的类别")

    @Slot()
    def _on_new(self) -> None:
        self.begin(CATEGORIES)

    @Slot()
    def _on_new_dimension(self) -> None:
        self.begin(DIMENSIONS)
