"""The built program's own test: everything it ships is there and the main job works from end to end."""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from sqlalchemy import inspect

from db.belonging import models_by_table
from db.models import Base, Entry, Record
from db.schema import HEAD, version_of
from huajie_desktop import temporary
from huajie_desktop.demo import demo_files, make_everything, open_demo
from huajie_desktop.papers.paper_kinds import WORDINGS
from huajie_desktop.seat import Seat
from huajie_desktop.typesetting.fonts import LIGHT, SHIPPED, missing_characters
from huajie_desktop.work.checklist import TaskFilter, state_counts
from huajie_desktop.work.task_ledger import TASK_REVIEW
from resources import path

DEMO_FILES, DEMO_TASKS, PAGES = 27, 314, 12
RARE = "䶮㛃堃𠅤𣲘𬭎"


def run(take_pictures: Callable[[Seat, Path], Iterable[Path]]) -> int:
    """Prints one line a check; 0 only if all hold."""
    checks: list[tuple[str, object, object]] = [
        ("帮助", sum(1 for _ in path("help").glob("*.md")), PAGES),
        ("字体", sum(1 for _ in path("fonts").glob("*.ttf")), len({*SHIPPED.values(), LIGHT})),
        ("文书模板", sum(path(f"wording/{name}.txt").exists() for name in WORDINGS), len(WORDINGS)),
        ("生僻字", missing_characters(RARE), []),
        ("演示表格", len(demo_files()), DEMO_FILES),
    ]
    with temporary.folder() as folder:
        seat = open_demo(Path(folder) / "data")
        try:
            checks.append(("台账", {ledger.model for ledger in seat.catalogue.reviewed.values()}, _models_of_ledgers()))
            checks.append(("数据库版本", version_of(seat.engine), HEAD))
            checks.append(("缺少的数据表", set(Base.metadata.tables) - set(inspect(seat.engine).get_table_names()), set()))
            with seat.reading() as session:
                checks.append(
                    ("导入并审核的任务", state_counts(session, TaskFilter(), today=seat.today())[TASK_REVIEW.counted], DEMO_TASKS)
                )
            made = list(make_everything(seat, Path(folder) / "out"))
            checks.append(("文书", all(file.read_bytes().startswith(b"%PDF") for file in made), True))
            pictures = [file for file in take_pictures(seat, Path(folder) / "pages") if file.stat().st_size > 10_000]
            checks.append(("窗口页面", len(pictures), 2 * PAGES))
        finally:
            seat.data.close()
    for name, found, wanted in checks:
        print(f"{'通过' if found == wanted else '失败'} {name}:{found}" + ("" if found == wanted else f"，应为 {wanted}"))
    sys.stdout.flush()
    return 0 if all(found == wanted for _name, found, wanted in checks) else 1


def _models_of_ledgers() -> set[type[Record]]:
    """What is entered and reviewed."""
    return {model for model in models_by_table().values() if issubclass(model, Entry)}
