"""The command import: what it reads, what it decides for all rows, what it says of them."""

import argparse
import atexit
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from huajie_desktop import temporary
from huajie_desktop.commands.command_seat import opened
from huajie_desktop.errors import Misuse, Problem
from huajie_desktop.receiving import importing, intake
from huajie_desktop.receiving.arrivals import list_files
from huajie_desktop.receiving.asked import needs_somebody
from huajie_desktop.receiving.batches import undo_batch
from huajie_desktop.receiving.beforehand import Beforehand
from huajie_desktop.receiving.previews import Preview
from huajie_desktop.receiving.telling import as_json, described


def take_in(said: argparse.Namespace) -> int:
    """Reads files, and takes them in unless they are only to be looked at; or undoes an import.

    0 where nobody would have been asked anything, 1 where somebody would, whether or not the rest was taken in.
    """
    if said.undo is not None:
        return _undo(said)
    if not said.files:
        raise Problem("没有说要导入哪些文件。请写上文件名。")
    missing = [str(file) for file in said.files if not file.exists()]
    if missing:
        raise Problem(f"找不到文件：{'、'.join(missing)}。没有导入任何内容。请检查文件名。")
    if said.dry_run:
        said.files, refused = _arrived(said.files, said.data)
        made = importing.look(said.data, said.files, said.reader, said.ledger, _beforehand(said))
        made.refused = refused
        _tell(said, made)
        _show(said, made)
        _return(said, made)
        return 1 if needs_somebody(made, errors_left_out=said.skip_errors) else 0
    return _apply(said)


def _arrived(paths: Sequence[Path], data: Path) -> tuple[list[Path], list[str]]:
    """Files as they are, the spreadsheets of folders and archives in their place, unpacked in the data folder, if any.

    And what was refused, in sentences.
    """
    if not any(path.is_dir() or path.suffix.lower() == ".zip" for path in paths):
        return list(paths), []
    folder = temporary.folder(data if data.is_dir() else None)
    atexit.register(folder.cleanup)
    found = list_files(paths, Path(folder.name))
    for sentence in found.refused:
        print(sentence, file=sys.stderr)
    if not found.files:
        raise Problem("这里没有表格文件，没有导入任何内容。")
    return found.files, found.refused


def _undo(said: argparse.Namespace) -> int:
    with opened(said.data) as seat:
        print(undo_batch(seat, said.undo))
    return 0


def _tell(said: argparse.Namespace, made: Preview) -> None:
    """What the command line decides for the whole import."""
    made.mode, made.blank, made.unlock = said.mode, said.blank, said.unlock
    for row in made.rows:
        row.closing = row.removed and said.close_removed
        for change in row.changes if said.conflicts else ():
            if change.conflict and not change.elsewhere:  # of two files the clerk says which
                row.choose(change.key, said.conflicts)


def _return(said: argparse.Namespace, made: Preview) -> None:
    """Writes what is to be mended, where that was asked for and there is any."""
    if said.errors is None:
        return
    from huajie_desktop.receiving.returning import faulty, return_files

    if any(map(faulty, made.files)):
        for path in return_files(made.files, said.errors):
            print(f"退回修改：{path}", file=sys.stderr)
    else:
        print("没有有错误的行，没有写退回的表格。", file=sys.stderr)


def _apply(said: argparse.Namespace) -> int:
    aside = sys.stderr if said.json else sys.stdout
    with opened(said.data, new=said.new, township=said.township) as seat:
        said.files, refused = _arrived(said.files, seat.folder)
        ledger = seat.catalogue.named(said.ledger) if said.ledger else None
        preview = importing.preview(seat, said.files, reader=said.reader, ledger=ledger, said=_beforehand(said))
        preview.refused = refused
        _tell(said, preview)
        _show(said, preview)  # before anything is refused, which may be for what is said there
        _return(said, preview)
        waits = needs_somebody(preview, errors_left_out=said.skip_errors)
        outcome = intake.apply(seat, preview, skip_errors=said.skip_errors)
    print(outcome.sentence, file=aside)
    for line in outcome.unkept:
        print(f"没有留存原件：{line}", file=aside)
    for line in outcome.left_out:
        print(f"未导入：{line}", file=aside)
    if outcome.batch_id is not None:
        print(f"批次 {outcome.batch_id}，撤销：import --undo {outcome.batch_id}", file=aside)
    return 1 if waits or not outcome.as_told else 0


def _show(said: argparse.Namespace, made: Preview) -> None:
    """What was read and what it asks, as JSON or in lines."""
    print(json.dumps(as_json(made), ensure_ascii=False, indent=1) if said.json else "\n".join(described(made)))


def _beforehand(said: argparse.Namespace) -> Beforehand:
    """What is said of all files. Raises Misuse where a column is not said as 列=字段."""
    if wrong := next((words for words in said.map if "=" not in words), None):
        raise Misuse(f"看不懂“{wrong}”。列的对应请写成 列=字段，如 C=任务名称，不读的写成 C=。")
    if said.header is not None and not said.map:
        raise Misuse("写了 --header 还要用 --map 写明列是什么，没有导入任何内容。")
    columns = {column.strip(): field.strip() for column, field in (words.rsplit("=", 1) for words in said.map)}
    return Beforehand(said.unit, frozenset(said.with_sheet), columns, said.header)
