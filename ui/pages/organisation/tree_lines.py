"""The lines of the tree: what each says, and what it stands for."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel

from huajie_desktop.township.organisation import Node
from ui.theme import colour, icon
from ui.widgets.building import as_tip

_NODE = Qt.ItemDataRole.UserRole + 2
_PLACE = _NODE + 1
_PICTURES = {"heading": "folder", "unit": "unit", "member": "right", "person": "user"}
Key = tuple[str, int]  # unit or person, and its id


class TreeLines(QStandardItemModel):
    """Units and people below each other, with a second column of notes."""

    def fill(self, root: Node | None) -> None:
        """Shows these and nothing else."""
        self.clear()
        self.setColumnCount(2)
        if root is not None:
            self._add(self.invisibleRootItem(), root, "")

    def find(self, key: Key, above: QStandardItem | None = None) -> QStandardItem | None:
        """The line of a unit or person, not where it is only a member of a group."""
        item = above or self.invisibleRootItem()
        for row in range(item.rowCount()):
            child = item.child(row)
            node = child.data(_NODE)
            if node.kind != "member" and key_of(node) == key:
                return child
            if (found := self.find(key, child)) is not None:
                return found
        return None

    def near(self, way: Sequence[int]) -> QStandardItem:
        """The line at those rows from the top down, or the one that takes its place: the next, the last, the one above."""
        item = self.invisibleRootItem()
        for row in way:
            if not item.rowCount():
                break
            item = item.child(min(row, item.rowCount() - 1))
        return item

    def _add(self, above: QStandardItem, node: Node, place: str) -> None:
        place = f"{place}/{node.kind}{node.id}{node.name if node.kind == 'heading' else ''}"
        item, note = QStandardItem(icon(_PICTURES[node.kind]), node.name), QStandardItem(node.note)
        item.setData(node, _NODE)
        item.setAccessibleText(f"{node.name} {node.note}".strip())
        item.setToolTip(as_tip(f"{node.name}　{node.note}".strip("　")))
        item.setData(place, _PLACE)
        note.setForeground(colour("quiet"))
        if node.closed:
            note.setText("已停用" + (f" · {node.note}" if node.note else ""))
            item.setForeground(colour("grey"))
        above.appendRow([item, note])
        for child in node.below:
            self._add(item, child, place)


def node_of(line: QModelIndex | QStandardItem) -> Node | None:
    """What a line shows, None where there is no line."""
    found: Node | None = line.data(_NODE)
    return found


def place_of(line: QModelIndex) -> str:
    """Where a line stands in the tree, the same whenever it is filled."""
    return str(line.data(_PLACE))


def key_of(node: Node | None) -> Key | None:
    """What a line stands for: a unit or a person; None for a heading."""
    if node is None or node.kind == "heading":
        return None
    return ("person" if node.kind == "person" else "unit", node.id)
