"""Saving the dossiers of tasks and the open export: asks where, works in the background, says where it is."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from huajie_desktop.jobs import Job
from huajie_desktop.papers import dossier
from huajie_desktop.papers.dossier import Dossiers
from huajie_desktop.seat import Seat
from huajie_desktop.sending import open_export
from huajie_desktop.work.kept_contents import plain_name
from ui.desk.asking_file import ask_document
from ui.desk.desk import Desk
from ui.desk.opening import open_file
from ui.desk.papers_made import say_made

WORD, KEYS, TIP = "一事一档", "Ctrl+Shift+P", "把选中任务的全部资料做成一个 PDF 或 Word 文档"
_PLACE = "dossier"


def save_dossiers(desk: Desk, parent: QWidget, ids: Sequence[int], name: str) -> None:
    """Makes one file with the dossiers of those tasks and opens it; `name` is proposed for the file."""
    if not ids:
        desk.say("warning", "没有选中任务。请先在列表中选择任务。")
        return
    folder = desk.preferences.place(_PLACE) or str(Path.home())
    if target := ask_document(parent, "一事一档", folder, f"{plain_name(name)}（一事一档）"):
        desk.preferences.remember_place(_PLACE, str(target.parent))
        desk.start(
            f"制作一事一档 {len(ids)} 份", partial(_make, desk.seat, ids, target), partial(_made, desk, target), apart=True
        )


def save_everything(desk: Desk, parent: QWidget) -> None:
    """Writes everything that is kept into a new folder inside the one the clerk names."""
    chosen = QFileDialog.getExistingDirectory(parent, "全部导出到哪个文件夹", desk.preferences.place(_PLACE))
    if chosen:
        folder = Path(chosen) / f"全部数据（{desk.today.isoformat()}）"
        desk.start("全部导出", partial(_write, desk.seat, folder), partial(_written, desk, folder), apart=True)


def _make(seat: Seat, ids: Sequence[int], target: Path, job: Job) -> Dossiers:
    return dossier.make_dossiers(seat, ids, target, job)


def _made(desk: Desk, target: Path, made: Dossiers) -> None:
    count, pages = len(made.printed), sum(one.pages for one in made.printed)
    say_made(desk, "done", f"已做好 {count} 份，共 {pages} 页：{target}", count, made.left)
    open_file(target)


def _write(seat: Seat, folder: Path, job: Job) -> int:
    return open_export.export_everything(seat, folder, job)


def _written(desk: Desk, folder: Path, rows: int) -> None:
    desk.note(f"全部导出 {rows} 行")
    desk.say("done", f"已导出 {rows} 行，连同附件：{folder}。里面的 说明.txt 写着各个文件是什么。")
