"""What can be said on the command line: the commands and what each is told."""

import argparse
from collections.abc import Mapping
from pathlib import Path

from db.papers import PAPER_KINDS
from huajie_desktop.receiving.previews import BLANKS, BOTH, KEEP, MODES, OURS, THEIRS
from huajie_desktop.shipped_catalogue import open_catalogue
from huajie_desktop.typesetting.files import WORD, WORKBOOK
from huajie_desktop.work.task_ledger import TASKS
from resources import product_name

ALL = "all"  # every kind of record
_AS_TYPED = "标点照录入的印，不改成规范的"
_REPORT_ASKS = "主送、署名、成文日期、月份（如 6月）、下步打算、全部事项清单（附上或不附）"
_OUTPUTS = (
    ("pledges", "全部承诺书：OUT 以 .pdf 或 .docx（Word）结尾时合为一个文件，否则是文件夹，每单位一个文件"),
    ("slips", "全部承诺交办单，OUT 同上"),
    ("report", "年度任务进展情况报告，OUT 以 .pdf 或 .docx（Word）结尾"),
    ("everything", "全部数据写成 .csv 和 .json，连同附件，OUT 是新文件夹"),
    ("demo", "用演示数据完成一遍主要工作"),
)


def parser() -> argparse.ArgumentParser:
    """What can be said on the command line."""
    whole = argparse.ArgumentParser(prog="huajie-desktop", description=f"{product_name()}：导入、文书、报告")
    whole.add_argument("--data", dest="data_before", type=Path, metavar="DIR", help="数据文件夹")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--data", type=Path, metavar="DIR", help="数据文件夹")
    kinds = "、".join(f"{key} {ledger.title}" for key, ledger in open_catalogue().items())
    commands = whole.add_subparsers(dest="command", required=True)
    _say_import(commands.add_parser("import", parents=[common], help="导入村里报来的表格"), kinds)
    _say_export(commands.add_parser("export", parents=[common], help="把一种记录全部导出为 .xlsx 或 .csv"), kinds)
    _say_templates(
        commands.add_parser("templates", parents=[common], help="填报模板：每个单位一个 .xlsx 文件，带上已有内容"), kinds
    )
    _say_papers(commands.add_parser("papers", parents=[common], help="任何一种文书，如督查通知单、奖状；OUT 同 pledges"))
    _say_copies(commands, common)
    for name, help_text in _OUTPUTS:
        command = commands.add_parser(name, parents=[common], help=help_text)
        command.add_argument("--out", type=Path, required=True, metavar="OUT")
        command.add_argument(
            "--as-typed", action="store_true", help=_AS_TYPED if name in ("pledges", "slips") else argparse.SUPPRESS
        )
        if name == "report":
            command.add_argument(
                "--said", action="append", default=[], metavar="标签=内容", help=f"要填的内容：{_REPORT_ASKS}；可写多次"
            )
        if name in ("pledges", "slips"):
            _say_sides(command)
            _say_word(command)
    commands.add_parser("escalate", parents=[common], help="期限已过没有办结的督查单升级，最后一级列入约谈；打开程序时也会做")
    commands.add_parser("verify", parents=[common], help="随机抽取按种子重做一遍，核对结果和登记的一致")
    _say_reminders(commands.add_parser("reminders", parents=[common], help="催办文字：每个欠办的单位一条，可以粘贴到微信或短信"))
    _say_dossier(commands.add_parser("dossier", parents=[common], help="一事一档：一项任务的全部资料做成一卷 PDF"))
    return whole


def _say_sides(paper: argparse.ArgumentParser) -> None:
    paper.add_argument("--one-sided", action="store_true", help="单面打印：不在奇数页的文书后面补空白页")


def _say_word(command: argparse.ArgumentParser) -> None:
    command.add_argument("--docx", action="store_true", help="OUT 是文件夹时写成 Word 文档，可用 WPS、Word 修改")


def _say_import(take: argparse.ArgumentParser, kinds: str) -> None:
    take.add_argument("files", nargs="*", type=Path, metavar="FILE")
    take.add_argument("--new", action="store_true", help="数据文件夹里还没有数据时先新建；不写 --township 就是演示的乡镇和年度")
    take.add_argument("--township", default="", metavar="T", help="新建时是哪个乡镇，年度是今年")
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
    take.add_argument("--unit", default="", metavar="U", help="这些文件都是哪个单位的，不写就按标题、文件名等认")
    take.add_argument("--with-sheet", action="append", default=[], metavar="NAME", help="隐藏等没有读的工作表也读，可写多次")
    take.add_argument(
        "--map", action="append", default=[], metavar="列=字段", help="列是什么，如 C=任务名称，不读写 C=；可写多次"
    )
    take.add_argument("--header", type=int, metavar="ROW", help="没有认出表头的表，表头（最后一行）在第几行，没有表头写 0")
    take.add_argument("--ledger", metavar="KEY", help=f"表格的种类，不写就按标题和表头认：{kinds}")


def _say_copies(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", common: argparse.ArgumentParser) -> None:
    copy = commands.add_parser("backup", parents=[common], help="备份全部数据和附件，检查过才算数")
    copy.add_argument("--out", type=Path, metavar="DIR", help="备份到哪里，如 U 盘；不写就放在数据文件夹里")
    back = commands.add_parser("restore", parents=[common], help="从备份恢复到 --data，原有数据先留一份")
    back.add_argument("source", type=Path, metavar="FROM", help="一份备份，或放备份的文件夹（用最近一份好的）")
    commands.add_parser("check", parents=[common], help="检查数据有没有损坏：数据库、操作记录和附件")
    drill = commands.add_parser("drill", parents=[common], help="恢复演练：恢复到临时文件夹，逐项核对，写成一页 PDF")
    drill.add_argument("--from", dest="source", type=Path, metavar="FROM", help="用哪里的备份；不写就用最近一份好的")
    drill.add_argument("--out", type=Path, required=True, metavar="OUT.pdf")


def _say_export(give: argparse.ArgumentParser, kinds: str) -> None:
    give.add_argument("--ledger", required=True, metavar="KEY", help=kinds)
    give.add_argument("--out", type=Path, required=True, metavar="FILE")
    give.add_argument("--open-names", action="store_true", help="个人信息完整导出，不遮盖")


def _say_templates(blank: argparse.ArgumentParser, kinds: str) -> None:
    blank.add_argument("--kind", "--ledger", default=TASKS.key, metavar="KEY", help=f"{kinds}、{ALL} 全部")
    blank.add_argument("--unit", metavar="U", help="只要这一个单位的")
    blank.add_argument("--month", type=int, choices=range(1, 13), metavar="M", help="月度进展的月份，不写就是本月")
    blank.add_argument("--blank", action="store_true", help="全镇一张的空表")
    blank.add_argument("--out", type=Path, required=True, metavar="DIR")


def _say_papers(paper: argparse.ArgumentParser) -> None:
    paper.add_argument("--kind", choices=list(PAPER_KINDS), required=True, metavar="KEY", help=_choices(PAPER_KINDS))
    paper.add_argument("--unit", metavar="U", help="只要这一个单位的")
    paper.add_argument("--task", metavar="编号", help="这一项任务的")
    paper.add_argument("--said", action="append", default=[], metavar="标签=内容", help="要填的内容，如 奖项=先进村、幅面=A1")
    paper.add_argument("--as-typed", action="store_true", help=_AS_TYPED)
    paper.add_argument(
        "--also", action="append", default=[], choices=(WORD, WORKBOOK), metavar="ENDING",
        help="在文件 OUT 旁边再存一个同名的：.docx 是 Word 文档，.xlsx 是其中的表；可写多次",
    )  # fmt: skip
    _say_sides(paper)
    _say_word(paper)
    paper.add_argument("--out", type=Path, required=True, metavar="OUT")


def _say_reminders(text: argparse.ArgumentParser) -> None:
    text.add_argument("--unit", metavar="U", help="只要这一个单位的")
    text.add_argument("--until", default="", metavar="日期", help="办理期限，照写的印，如 3月15日")
    text.add_argument("--contact", default="", metavar="内容", help="联系人及电话")


def _say_dossier(volume: argparse.ArgumentParser) -> None:
    volume.add_argument("--task", action="append", required=True, metavar="编号", help="哪一项任务，可写多次")
    volume.add_argument("--out", type=Path, required=True, metavar="OUT.pdf")


def _choices(words: Mapping[str, str]) -> str:
    return "，".join(f"{key} {word}" for key, word in words.items())
