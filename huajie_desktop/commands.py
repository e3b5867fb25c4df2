"""The commands for administrators and tests: the same services as the window, spoken on standard output."""

import argparse
import atexit
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select

from db.models import Task
from db.papers import PAPER_KINDS
from huajie_desktop.application import Application
from huajie_desktop.errors import Misuse, Problem
from huajie_desktop.faults import record_fault
from huajie_desktop.folders import data_folder
from huajie_desktop.reading.known import known_office
from huajie_desktop.receiving import importing, intake
from huajie_desktop.receiving.arrivals import list_files
from huajie_desktop.receiving.batches import undo_batch
from huajie_desktop.receiving.previews import BLANKS, BOTH, KEEP, MODES, OURS, THEIRS, Preview
from huajie_desktop.receiving.telling import as_json, described
from huajie_desktop.records.listing import Wanted, record_ids
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.sending.open_export import export_everything
from huajie_desktop.sheets.fenced.fence import Reader
from huajie_desktop.shipped_catalogue import open_catalogue
from huajie_desktop.township import seating
from huajie_desktop.township.shipped import usual_township
from huajie_desktop.work.task_ledger import TASKS
from resources import product_name

_ALL = "all"  # every kind of record
_PAPERS = {"pledges": "pledge", "slips": "slip"}  # the commands of the commonest kinds


Pictures = Callable[[Seat, Path], Iterable[Path]]


def run(arguments: Sequence[str], take_pictures: Pictures, reader: Reader | None = None) -> int:
    """Runs one command; 0 only on full success, 1 when something was refused (the sentence is on standard error), 2 when it
    was written wrongly.

    `take_pictures` grabs the window's pages for the demo; this module knows no window. `reader` was started early for an import.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # what reads our JSON expects it, whatever the console speaks
    said = _parser().parse_args(arguments)
    said.take_pictures, said.reader = take_pictures, reader
    said.data = said.data or said.data_before or data_folder()
    try:
        return _COMMANDS[said.command](said)
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 2 if isinstance(problem, Misuse) else 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:  # a clerk gets a sentence, the log gets the trace
        print(record_fault(said.data, error), file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="huajie-desktop", description=f"{product_name()}：导入、文书、报告")
    parser.add_argument("--data", dest="data_before", type=Path, metavar="DIR", help="数据文件夹")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--data", type=Path, metavar="DIR", help="数据文件夹")
    kinds = "、".join(f"{key} {ledger.title}" for key, ledger in open_catalogue().items())
    commands = parser.add_subparsers(dest="command", required=True)
    take = commands.add_parser("import", parents=[common], help="导入村里报来的表格")
    take.add_argument("files", nargs="*", type=Path, metavar="FILE")
    take.add_argument("--dry-run", action="store_true", help="只读不存")
    take.add_argument("--json", action="store_true", help="结果用 JSON 输出")
    take.add_argument("--skip-errors", action="store_true", help="有错误和要决定的行不导入，并列出来")
    take.add_argument("--mode", choices=list(MODES), default=BOTH, help=_choices(MODES))
    take.add_argument("--blank", choices=list(BLANKS), default=KEEP, help=f"空格子：{_choices(BLANKS)}")
    take.add_argument("--conflicts", choices=[THEIRS, OURS], help="两边都改过的：theirs 用表里的，ours 用原来的")
    take.add_argument("--close-removed", action="store_true", help="模板里有、表里没有的记录撤下")
    take.add_argument("--unlock", action="store_true", help="已确认的也修改，改后重新审核")
    take.add_argument("--errors", type=Path, metavar="OUT.xlsx", help="有错误的行标红写成表格，退回填报单位")
    take.add_argument("--undo", type=int, metavar="BATCH", help="整批撤销一次导入，批次号在导入时写明")
    take.add_argument("--ledger", metavar="KEY", help=f"表格的种类，不写就按标题和表头认：{kinds}")
    give = commands.add_parser("export", parents=[common], help="把一种记录全部导出为 .xlsx 或 .csv")
    give.add_argument("--ledger", required=True, metavar="KEY", help=kinds)
    give.add_argument("--out", type=Path, required=True, metavar="FILE")
    give.add_argument("--open-names", action="store_true", help="个人信息完整导出，不遮盖")
    blank = commands.add_parser("templates", parents=[common], help="填报模板：每个单位一个 .xlsx 文件，带上已有内容")
    blank.add_argument("--kind", "--ledger", default=TASKS.key, metavar="KEY", help=f"{kinds}、{_ALL} 全部")
    blank.add_argument("--unit", metavar="U", help="只要这一个单位的")
    blank.add_argument("--month", type=int, choices=range(1, 13), metavar="M", help="月度进展的月份，不写就是本月")
    blank.add_argument("--blank", action="store_true", help="全镇一张的空表")
    blank.add_argument("--out", type=Path, required=True, metavar="DIR")
    paper = commands.add_parser("papers", parents=[common], help="任何一种文书，如督查通知单、奖状；OUT 同 pledges")
    paper.add_argument("--kind", choices=list(PAPER_KINDS), required=True, metavar="KEY", help=_choices(PAPER_KINDS))
    paper.add_argument("--unit", metavar="U", help="只要这一个单位的")
    paper.add_argument("--task", metavar="编号", help="这一项任务的")
    paper.add_argument("--said", action="append", default=[], metavar="标签=内容", help="要填的内容，如 奖项=先进村")
    paper.add_argument("--out", type=Path, required=True, metavar="OUT")
    outputs = (
        ("pledges", "全部承诺书：OUT 以 .pdf 结尾时合为一个文件，否则是文件夹，每单位一个文件"),
        ("slips", "全部承诺交办单，OUT 同上"),
        ("report", "年度任务进展情况报告"),
        ("everything", "全部数据写成 .csv 和 .json，连同附件，OUT 是新文件夹"),
        ("demo", "用演示数据完成一遍主要工作"),
    )
    for name, help_text in outputs:
        command = commands.add_parser(name, parents=[common], help=help_text)
        command.add_argument("--out", type=Path, required=True, metavar="OUT")
    return parser


def _choices(words: Mapping[str, str]) -> str:
    return "，".join(f"{key} {word}" for key, word in words.items())


def _import(said: argparse.Namespace) -> int:
    if said.undo is not None:
        return _undo(said)
    if not said.files:
        raise Problem("没有说要导入哪些文件。请写上文件名。")
    missing = [str(file) for file in said.files if not file.exists()]
    if missing:
        raise Problem(f"找不到文件：{'、'.join(missing)}。没有导入任何内容。请检查文件名。")
    said.files = _arrived(said.files)
    if said.dry_run:
        made = importing.look(said.data, said.files, said.reader, said.ledger)
        _tell(said, made)
        _return(said, made)
        print(json.dumps(as_json(made), ensure_ascii=False, indent=1) if said.json else _describe(made))
        return 0 if not any(file.read.problem for file in made.files) else 1
    return _apply(said)


def _arrived(paths: Sequence[Path]) -> list[Path]:
    """Files as they are, the spreadsheets of folders and archives in their place."""
    if not any(path.is_dir() or path.suffix.lower() == ".zip" for path in paths):
        return list(paths)
    folder = TemporaryDirectory(prefix="huajie-")
    atexit.register(folder.cleanup)
    found = list_files(paths, Path(folder.name))
    for sentence in found.refused:
        print(sentence, file=sys.stderr)
    if not found.files:
        raise Problem("这里没有表格文件，没有导入任何内容。")
    return found.files


def _undo(said: argparse.Namespace) -> int:
    with _open(said.data) as seat:
        print(undo_batch(seat, said.undo))
    return 0


def _tell(said: argparse.Namespace, made: Preview) -> None:
    """What the command line decides for the whole import."""
    made.mode, made.blank, made.unlock = said.mode, said.blank, said.unlock
    for row in made.rows:
        row.closing = row.removed and said.close_removed
        for change in row.changes if said.conflicts else ():
            if change.conflict:
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


def _describe(made: Preview) -> str:
    lines = []
    for preview in made.files:
        file = preview.read
        if file.problem:
            lines += [f"{file.name}：{file.problem}", *([f"  {preview.doubt}"] if preview.doubt else [])]
            continue
        ledger = file.known.ledger
        by_row = file.records and all(record.unit for record in file.records)
        unit = file.unit or ("逐行写明单位" if by_row else "单位不明")
        unit = unit if ledger is file.known.catalogue.first else f"{ledger.title}，{unit}" if ledger.place else ledger.title
        faults = sum(record.has_error for record in file.records)
        doubts = sum(bool(record.issues) for record in file.records) - faults
        lines.append(f"{file.name}：{unit}，{len(file.records)} 项，{faults} 项有错误，{doubts} 项请核对")
        lines += [f"  {notice}" for notice in preview.all_notices]
        lines += [f"  {issue.cell} {issue.message}" for record in file.records for issue in record.issues]
    return "\n".join([*lines, *described(made)])


def _apply(said: argparse.Namespace) -> int:
    with _open(said.data) as seat:
        ledger = seat.catalogue.named(said.ledger) if said.ledger else None
        preview = importing.preview(seat, said.files, reader=said.reader, ledger=ledger)
        _tell(said, preview)
        if said.json:
            print(json.dumps(as_json(preview), ensure_ascii=False, indent=1))
        _return(said, preview)
        aside = sys.stderr if said.json else sys.stdout
        for file in preview.files:
            if file.doubt:  # said before anything is refused, which may be for that very reason
                print(f"{file.read.name}：{file.doubt}（--ledger KEY）", file=aside)
        outcome = intake.apply(seat, preview, skip_errors=said.skip_errors)
    print(outcome.sentence, file=aside)
    for line in outcome.left_out:
        print(f"未导入：{line}", file=aside)
    if outcome.batch_id is not None:
        print(f"批次 {outcome.batch_id}，撤销：import --undo {outcome.batch_id}", file=aside)
    return 0 if outcome.as_told else 1


@contextmanager
def _open(folder: Path) -> Iterator[Seat]:
    """A command's seat before the data; a folder without any is set up for the usual township and year, and that is said."""
    data = Application.open(folder)
    try:
        if not seating.is_set_up(data):
            usual = usual_township()
            seating.set_up(data, usual.name, usual.year)
            print(f"新建数据：{usual.name} {usual.year} 年（{folder}）", file=sys.stderr)
        yield seating.by_command(data)
    finally:
        data.close()


def _export(said: argparse.Namespace) -> int:
    from huajie_desktop.sending import exporting  # an import need not load it

    with _open(said.data) as seat:
        ledger = seat.catalogue.named(said.ledger)
        with seat.reading() as session:
            ids = record_ids(session, ledger, Wanted())
        count = exporting.export_list(seat, ledger, ids, exporting.all_keys(ledger), said.out, open_names=said.open_names)
    print(f"已导出{ledger.title} {count} 行：{said.out}")
    return 0


def _templates(said: argparse.Namespace) -> int:
    from huajie_desktop.sending import templates  # an import need not load it

    made = list[Path]()
    with _open(said.data) as seat:
        with seat.reading() as session:
            unit = _unit_named(session, said.unit) if said.unit else None
        for ledger in seat.catalogue.values() if said.kind == _ALL else [seat.catalogue.named(said.kind)]:
            folder = said.out / ledger.title if said.kind == _ALL else said.out
            if said.blank or (ledger.place is None and said.kind == _ALL):
                made.append(said.out / f"{ledger.title}（模板）.xlsx")
                templates.write_template(seat, ledger, made[-1])
            else:
                made += templates.write_templates(seat, ledger, folder, [unit] if unit else None, said.month)
    for target in made:
        print(f"模板：{target}")
    print(f"共 {len(made)} 个模板：{said.out}")
    return 0


def _unit_named(session: SeatSession, name: str) -> int:
    found = known_office(session).unit_words.find(name)
    if found is None or found.id is None:
        raise Problem(f"没有“{name}”这个单位，没有生成模板。请检查单位名称。")
    return found.id


def _papers(said: argparse.Namespace) -> int:
    from huajie_desktop.papers.making import Order, make  # an import, the most frequent command, need not load them

    kind = _PAPERS.get(said.command) or said.kind
    with _open(said.data) as seat:
        with seat.reading() as session:
            ids = _subjects(session, said) if said.command == "papers" else None
        words = dict(text.split("=", 1) for text in (said.said if said.command == "papers" else ()) if "=" in text)
        outcome = make(seat, Order(kind, ids, words), said.out, separate=said.out.suffix.lower() != ".pdf")
    pages = sum(printed.pages for printed in outcome.printed)
    print(f"{outcome.changes.label or '没有变动'}，共 {pages} 页：{said.out}")
    return 0


def _subjects(session: SeatSession, said: argparse.Namespace) -> list[int] | None:
    """The ids of the task or unit that was named, None for all."""
    if said.task is not None:
        found = session.scalar(select(Task.id).where(Task.number == said.task))
        if found is None:
            raise Problem(f"没有编号为“{said.task}”的任务，没有制作。请检查编号。")
        return [found]
    return None if said.unit is None else [_unit_named(session, said.unit)]


def _report(said: argparse.Namespace) -> int:
    from huajie_desktop.papers.reporting import make_report

    with _open(said.data) as seat:
        printed = make_report(seat, said.out)
    print(f"任务进展情况报告，共 {printed.pages} 页：{said.out}")
    return 0


def _everything(said: argparse.Namespace) -> int:
    with _open(said.data) as seat:
        rows = export_everything(seat, said.out)
    print(f"已导出 {rows} 行：{said.out}")
    return 0


def _demo(said: argparse.Namespace) -> int:
    from huajie_desktop import demo

    with TemporaryDirectory() as scratch:
        seat = demo.open_demo(Path(scratch))
        try:
            for made in (*demo.make_everything(seat, said.out), *said.take_pictures(seat, said.out / "窗口")):
                print(made)
        finally:
            seat.data.close()
    return 0


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "import": _import,
    "export": _export,
    "templates": _templates,
    "papers": _papers,
    "pledges": _papers,
    "slips": _papers,
    "report": _report,
    "everything": _everything,
    "demo": _demo,
}
