"""The commands that copy everything, bring a copy back, look the data through, and try bringing back."""

import argparse
import os
import sys
from datetime import date
from pathlib import Path

from db.backup import Moment
from huajie_desktop.application import Application
from huajie_desktop.backups import soundness
from huajie_desktop.backups.bringing_back import NotBroughtBack, bring_back
from huajie_desktop.backups.copying import Source, copy_everything
from huajie_desktop.backups.keeping import keep, last_good
from huajie_desktop.backups.shelf import Copy, copies_in, copy_at, place_in
from huajie_desktop.errors import Problem
from huajie_desktop.folders import DATABASE
from huajie_desktop.occasions import Occasion
from huajie_desktop.township import seating
from huajie_desktop.work import attachments
from huajie_desktop.work.attachments import Lost


def back_up(said: argparse.Namespace) -> int:
    """Copies everything to where it was said, else to all places there are."""
    _refuse_nothing(said.data)
    data = _opened(said.data, outside=said.out is not None)
    try:
        if data.engine.dialect.name != "sqlite":
            raise Problem("数据在服务器上，备份由管服务器的人做，这里没有备份。")
        with Moment(data.engine) as moment:
            source = Source(data.folder, moment)
            if said.out is not None:
                copies = [copy_everything(source, place_in(said.out), Occasion.HAND)]
            else:
                made = keep(source, Occasion.HAND, data.today())
                copies = made.copies
                for refused in made.refused:
                    print(refused, file=sys.stderr)
    finally:
        data.close()
    for copy in copies:
        print(f"已备份，检查过，完好：{copy.folder}")
    return 0 if copies else 1


def _opened(folder: Path, *, outside: bool) -> Application:
    """The data to be copied; where it cannot be written it can be read all the same, for a copy that stands elsewhere."""
    if os.access(folder, os.W_OK) or not outside:
        return Application.open(folder)
    data = Application.look(folder)
    assert data is not None
    return data


def restore(said: argparse.Namespace) -> int:
    """Brings a copy back into the data folder."""
    done = bring_back(_chosen(said.source), said.data)
    print(f"已恢复到 {done.copy.name} 的备份：{said.data}")
    if done.before is not None:
        print(f"恢复之前的数据留在：{done.before}")
    for path in done.lost:
        print(f"备份里也没有这个文件，没有恢复：{path}", file=sys.stderr)
    return 1 if done.lost else 0


def check(said: argparse.Namespace) -> int:
    """Looks the data and the files through, beside whoever works on it."""
    _refuse_nothing(said.data)
    data = Application.look(said.data)
    assert data is not None
    try:
        found = soundness.look_through(data.engine)
        lost = [] if found else _lost(data)
    finally:
        data.close()
    print(soundness.sentence(found))
    for line in [*dict.fromkeys(map(soundness.worded, found)), *(f"附件“{one.name}”（{one.record}）：{one.why}" for one in lost)]:
        print(line)
    if found and (good := last_good(said.data)) is not None:
        print(f"最近一份好的备份：{good.folder}（restore {good.folder}）")
    return 1 if found or lost else 0


def _lost(data: Application) -> list[Lost]:
    with seating.by_command(data).reading() as session:
        return attachments.missing(session, data.folder, thorough=True)


def drill(said: argparse.Namespace) -> int:
    """Tries bringing a copy back, in a folder of its own, and writes down how it went."""
    from huajie_desktop.papers.drill_sheet import write_drill  # sets a page: the other commands need not load that

    _refuse_nothing(said.data)
    copy = _chosen(said.source) if said.source is not None else last_good(said.data)
    if copy is None:
        raise NotBroughtBack("还没有备份，没有演练。请先备份一次。")
    result = write_drill(copy, said.data, said.out, date.today())
    print(f"{result.sentence}（{said.out}）")
    return 0 if result.worked else 1


def _refuse_nothing(folder: Path) -> None:
    if not (folder / DATABASE).is_file():
        raise Problem(f"{folder} 里没有数据。请检查 --data。")


def _chosen(source: Path) -> Copy:
    """The copy that is meant: itself, or the newest good one of its place. Raises NotBroughtBack."""
    if (copy := copy_at(source)) is not None:
        return copy
    place = place_in(source) if place_in(source).is_dir() else source
    found = next((copy for copy in copies_in(place) if not copy.fault), None)
    if found is None:
        raise NotBroughtBack(f"{source} 里没有可以恢复的备份。")
    return found
