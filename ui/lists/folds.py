"""The groups of a list and which of them are folded."""

from array import array
from collections.abc import Sequence

from ui.lists.rows import Group, Head


class Folds:
    """Groups one after another, each with a line over it; what is folded stays so as long as the group is there."""

    def __init__(self) -> None:
        self._groups: Sequence[Group] = ()
        self._folded: set[object] = set()  # values of groups

    def __bool__(self) -> bool:
        return bool(self._folded)

    def show(self, groups: Sequence[Group]) -> None:
        """These are the groups from now on."""
        self._groups = groups
        self._folded &= {group.value for group in groups}

    def lay(self, ids: "array[int]") -> tuple["array[int]", dict[int, Head]]:
        """The rows of these records in their groups, a group's line as a negative number, and what the lines say."""
        if not self._groups:
            return ids, {}
        rows, heads, start = array("q"), dict[int, Head](), 0
        for place, group in enumerate(self._groups, 1):
            heads[-place] = Head(group.words, group.value in self._folded)
            rows.append(-place)
            if group.value not in self._folded:
                rows.extend(ids[start : start + group.size])
            start += group.size
        return rows, heads

    def turn(self, head: int, folded: bool | None = None) -> bool:
        """Folds or unfolds the group of a line, None the other way; False where it is so already."""
        value = self._groups[-head - 1].value
        if folded == (value in self._folded):
            return False
        self._folded ^= {value}
        return True

    def fold_all(self, folded: bool) -> None:
        """Folds every group, or unfolds them."""
        self._folded = {group.value for group in self._groups} if folded else set()
