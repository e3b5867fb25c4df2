"""The commands that write something: lists, templates, papers, the report, all data, the demo."""

import argparse
import sys
from pathlib import Path

from sqlalchemy import select

from db.models import Task
from huajie_desktop import temporary
from huajie_desktop.commands.arguments import ALL
from huajie_desktop.commands.command_seat import opened, unit_named
from huajie_desktop.errors import Misuse, Problem
from huajie_desktop.records.listing import Wanted, record_ids
from huajie_desktop.seat import SeatSession
from huajie_desktop.sending.open_export import export_everything
from huajie_desktop.typesetting.files import PDF, WORD, write_files

_PAPERS = {"pledges": "pledge", "slips": "slip"}  # the commands of the commonest kinds


def write_list(said: argparse.Namespace) -> int:
    """Writes all records of one ledger."""
    from huajie_desktop.sending import exporting  # an import need not load it

    with opened(said.data) as seat:
        ledger = seat.catalogue.named(said.ledger)
        with seat.reading() as session:
            ids = record_ids(session, ledger, Wanted())
        count = exporting.export_list(seat, ledger, ids, exporting.all_keys(ledger), said.out, open_names=said.open_names)
    print(f"已导出{ledger.title} {count} 行：{said.out}")
    return 0


def make_templates(said: argparse.Namespace) -> int:
    """Writes what villages fill in: the files of all kinds that were asked for, or none."""
    from huajie_desktop.sending import templates  # an import need not load it

    out, made = _folder(said.out), dict[Path, bytes]()
    with opened(said.data) as seat:
        with seat.reading() as session:
            unit = unit_named(session, said.unit) if said.unit else None
        for ledger in seat.catalogue.values() if said.kind == ALL else [seat.catalogue.named(said.kind)]:
            folder = out / ledger.title if said.kind == ALL else out
            if said.blank or (ledger.place is None and said.kind == ALL):
                made[out / f"{ledger.title}（模板）.xlsx"] = templates.make_template(seat, ledger)
            else:
                made |= templates.make_templates(seat, ledger, folder, [unit] if unit else None, said.month)
        write_files(made)
    for target in made:
        print(f"模板：{target}")
    print(f"共 {len(made)} 个模板：{said.out}")
    return 0


def make_papers(said: argparse.Namespace) -> int:
    """Makes the papers of one kind."""
    # an import, the most frequent command, need not load them
    from huajie_desktop.papers.making import Order, make
    from huajie_desktop.papers.printing import counted

    kind, separate = _PAPERS.get(said.command) or said.kind, _in_folder(said.out, word=said.docx)
    also = tuple(said.also) if said.command == "papers" else ()
    if also and separate:
        raise Misuse("--also 只用于 OUT 是一个文件的时候，没有制作。请用 .pdf 或 .docx 结尾的文件名，或去掉 --also。")
    with opened(said.data) as seat:
        with seat.reading() as session:
            ids = _subjects(session, said) if said.command == "papers" else None
        words = dict(text.split("=", 1) for text in (said.said if said.command == "papers" else ()) if "=" in text)
        order = Order(kind, ids, words, as_typed=said.as_typed, two_sided=not said.one_sided)
        outcome = make(seat, order, said.out, separate=separate, ending=WORD if said.docx else PDF, also=also)
    for fault in (*outcome.warnings.values(), *outcome.faults):
        print(fault, file=sys.stderr)
    if outcome.files:
        print(f"{outcome.changes.label or '没有变动'}，{counted(outcome.printed)}：{said.out}")
    for advice in outcome.advice:
        print(advice)
    return 1 if outcome.faults else 0


def _in_folder(out: Path, *, word: bool) -> bool:
    """Whether papers go into a folder, a file each, as Word documents if `word`. Raises Problem for another ending, Misuse."""
    ending = out.suffix.lower()
    if ending not in (PDF, WORD) and ending and not out.is_dir():
        raise Problem(
            f"文书只能写成 .pdf 或 .docx，“{out.name}”的结尾是 {out.suffix}，没有制作。"
            "请用 .pdf 或 .docx 结尾的文件名，或没有这种结尾的文件夹名，每份一个文件。"
        )
    if word and ending == PDF:
        raise Misuse("--docx 只用于 OUT 是文件夹的时候，没有制作。请用 .docx 结尾的文件名，或去掉 --docx。")
    return ending not in (PDF, WORD)


def _folder(out: Path) -> Path:
    """A folder that is meant: a name that ends like a file's would be a folder all the same. Raises Problem."""
    if out.suffix and not out.is_dir():
        raise Problem(
            f"“{out.name}”的结尾是 {out.suffix}，这里要的是文件夹，没有写任何文件。请用没有这种结尾的名字，或先建好这个文件夹。"
        )
    return out


def _subjects(session: SeatSession, said: argparse.Namespace) -> list[int] | None:
    """The ids of the task or unit that was named, None for all."""
    if said.task is not None:
        return [_task_numbered(session, said.task)]
    return None if said.unit is None else [unit_named(session, said.unit)]


def _task_numbered(session: SeatSession, number: str) -> int:
    found = session.scalar(select(Task.id).where(Task.number == number, Task.campaign_id == session.seat.campaign_id))
    if found is None:
        raise Problem(f"没有编号为“{number}”的任务，没有制作。请检查编号。")
    return found


def write_dossiers(said: argparse.Namespace) -> int:
    """Makes the dossiers of tasks named by their numbers."""
    from huajie_desktop.papers.dossier import make_dossiers
    from huajie_desktop.papers.left_out import faults_of

    with opened(said.data) as seat:
        with seat.reading() as session:
            ids = [_task_numbered(session, number) for number in said.task]
        made = make_dossiers(seat, ids, said.out)
    for fault in faults_of(made.left, len(made.printed)):
        print(fault, file=sys.stderr)
    print(f"一事一档 {len(made.printed)} 份，共 {sum(one.pages for one in made.printed)} 页：{said.out}")
    return 1 if made.left else 0


def write_reminders(said: argparse.Namespace) -> int:
    """Prints the texts that remind units of what they owe, an empty line between them."""
    from huajie_desktop.supervision.owing import reminders

    with opened(said.data) as seat, seat.reading() as session:
        ids = [unit_named(session, said.unit)] if said.unit else None
        found = reminders(session, seat.today(), ids)
    print("\n\n".join(one.message(said.until, said.contact) for one in found) or "没有欠办的单位，不用催办。")
    return 0


def write_report(said: argparse.Namespace) -> int:
    """Makes the report of the year."""
    from huajie_desktop.papers.reporting import make_report

    words = dict(text.split("=", 1) for text in said.said if "=" in text)
    with opened(said.data) as seat:
        printed = make_report(seat, said.out, said=words)
    print(f"任务进展情况报告，共 {printed.pages} 页：{said.out}")
    return 0


def write_everything(said: argparse.Namespace) -> int:
    """Writes all data with its files."""
    out = _folder(said.out)
    with opened(said.data) as seat:
        rows = export_everything(seat, out)
    print(f"已导出 {rows} 行：{said.out}")
    return 0


def demonstrate(said: argparse.Namespace) -> int:
    """Goes once through the main work with data made up for it."""
    from huajie_desktop import demo

    with temporary.folder() as scratch:
        seat = demo.open_demo(Path(scratch))
        try:
            for made in (*demo.make_everything(seat, said.out), *said.take_pictures(seat, said.out / "窗口")):
                print(made)
        finally:
            seat.data.close()
    return 0
