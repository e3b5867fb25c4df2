"""Saving a paper that is made of what is listed and bears no number: asks where, makes it in the background, opens it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from huajie_desktop.jobs import Job
from huajie_desktop.work.kept_contents import plain_name
from ui.desk.asking_file import ask_document
from ui.desk.desk import Desk
from ui.desk.opening import open_file

_PLACE = "lists"


def save_paper(desk: Desk, parent: QWidget, name: str, write: Callable[[Path, Job], int]) -> None:
    """Has `write` make the paper of that name where the clerk says, as PDF or Word document; it returns the pages."""
    folder = desk.preferences.place(_PLACE) or str(Path.home())
    if target := ask_document(parent, f"保存{name}", folder, f"{plain_name(name)}（{desk.today.isoformat()}）"):
        desk.preferences.remember_place(_PLACE, str(target.parent))
        desk.start(f"制作{name}", partial(write, target), partial(_made, desk, name, target), apart=True)


def _made(desk: Desk, name: str, target: Path, pages: int) -> None:
    desk.say("done", f"{name}已做好，共 {pages} 页：{target}")
    open_file(target)
