"""Saving what was typed; where others changed the same fields meanwhile, both values are shown and the clerk chooses."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QButtonGroup, QDialog, QRadioButton, QWidget

from huajie_desktop.records.entry import Saved
from huajie_desktop.records.meanwhile import ChangedMeanwhile, Clash, Seen
from ui.desk.desk import Desk
from ui.widgets.building import as_caption
from ui.widgets.dialogs import Decision

_LONGEST = 50  # characters of a value beside its button


def save_asking(
    desk: Desk, parent: QWidget, service: Callable[..., Saved], *arguments: Any, texts: Mapping[str, str], seen: Seen | None,
    **given: Any,
) -> Saved | None:  # fmt: skip
    """Saves through `service(…, texts, seen=…)`; None where it was refused or the clerk went back. FieldErrors pass."""
    typed = dict(texts)
    while True:
        try:
            done: Saved | None = desk.do(service, *arguments, typed, seen=seen, **given)
        except ChangedMeanwhile as clash:
            chosen = choose(parent, clash)
            if chosen is None:
                desk.say("info", "没有保存，填写的内容还在。")
                return None
            typed.update(chosen)
            seen = clash.now
        else:
            return done


def choose(parent: QWidget, clash: ChangedMeanwhile) -> dict[str, str] | None:
    """Which value each field is to have, by key; None if the clerk went back to the form."""
    dialog = BothValues(parent, f"{clash.who}刚才改过这条{clash.noun}", clash.clashes)
    try:
        return dialog.chosen() if dialog.exec() == QDialog.DialogCode.Accepted else None
    finally:
        dialog.deleteLater()


class BothValues(Decision):
    """For every field that was changed on both sides the two values, what was typed here chosen at first."""

    def __init__(self, parent: QWidget, heading: str, clashes: Sequence[Clash]) -> None:
        super().__init__(parent, heading, 480, 8)
        self._clashes = clashes
        self.typed: dict[str, QRadioButton] = {}
        self.present: dict[str, QRadioButton] = {}
        self.say(
            "下面几项您和别处都改了，请选用哪一个，再保存。选用您填的，现在的值在“历史”里还能找到；选用现在的，您填的值不保存。"
        )
        for clash in clashes:
            self._add(clash)
        self.close_with("保存", "先不保存")

    def chosen(self) -> dict[str, str]:
        """The text of each field that was decided for."""
        return {clash.key: clash.typed if self.typed[clash.key].isChecked() else clash.now for clash in self._clashes}

    def _add(self, clash: Clash) -> None:
        self.say(f"{clash.label}（原来：{_short(clash.seen)}）")
        group = QButtonGroup(self)
        self.typed[clash.key] = QRadioButton(as_caption(f"用我填的：{_short(clash.typed)}"))
        self.present[clash.key] = QRadioButton(as_caption(f"用现在的：{_short(clash.now)}"))
        for button in (self.typed[clash.key], self.present[clash.key]):
            group.addButton(button)
            self.column.addWidget(button)
        self.typed[clash.key].setChecked(True)


def _short(text: str) -> str:
    line = " ".join(text.split()).replace("&", "&&")
    return (line[:_LONGEST] + "…" if len(line) > _LONGEST else line) or "空"
