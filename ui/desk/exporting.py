"""Saving lists as spreadsheets: asks where, writes in the background, says where it is."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.sending import exporting
from ui.desk.desk import Desk

_PLACE = "export"
_XLSX, _CSV = "Excel 表格 (*.xlsx)", "CSV 文件 (*.csv)"
_OPEN = "，姓名、电话等完整导出"


def export_shown(desk: Desk, parent: QWidget, ledger: Ledger, ids: Sequence[int], keys: Sequence[str]) -> None:
    """Exports those records with those columns to a file the clerk names; where there is personal data, masked or in full."""
    if not ids:
        desk.say("warning", "列表里没有可以导出的行。请换一个条件。")
        return
    private = any(ledger.fields[key].private for key in keys)
    kinds = [_XLSX, _CSV]
    if private:
        kinds = ["Excel 表格，个人信息遮盖 (*.xlsx)", f"Excel 表格{_OPEN} (*.xlsx)", f"CSV 文件{_OPEN} (*.csv)"]
    target, kind = _ask(desk, parent, f"{ledger.title}（{desk.day.isoformat()}）.xlsx", kinds)
    if target is None:
        return
    seat, day, open_names = desk.seat, desk.day, _OPEN in kind

    def done(count: int) -> None:
        if open_names:
            desk.note(f"完整导出 {count} 行")
        desk.say("done", f"已导出 {count} 行：{target}")

    desk.start(
        f"导出 {len(ids)} 行",
        lambda job: exporting.export_list(seat, ledger, ids, keys, target, open_names=open_names, judged_on=day, job=job),
        done,
        apart=True,
    )


def _ask(desk: Desk, parent: QWidget, name: str, kinds: Sequence[str]) -> tuple[Path | None, str]:
    """Where to, with an ending of ours, and which kind of file was chosen."""
    place = desk.preferences.place(_PLACE)
    proposed = str(Path(place) / name) if place else name
    chosen, kind = QFileDialog.getSaveFileName(parent, "保存到", proposed, ";;".join(kinds))
    if not chosen:
        return None, ""
    target = Path(chosen)
    if target.suffix.lower() not in exporting.ENDINGS:
        target = target.with_name(f"{target.name}{'.csv' if 'csv' in kind else '.xlsx'}")
    desk.preferences.remember_place(_PLACE, str(target.parent))
    return target, kind
