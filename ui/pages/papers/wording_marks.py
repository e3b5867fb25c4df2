"""What a wording is made of beside words: fields and marks of its layout, called by name and tinted in the text."""

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QRegularExpression
from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextDocument

from huajie_desktop.papers.paper_kinds import PaperKind
from ui.theme import colour

_FIELD = r"\{[^{}]*\}"
_LAYOUT = r"^#\S*|^→|^　　|｜|^\d*\|.*"
TOLD = "第一行是标题。蓝底是字段，制作时换成内容，都没有内容的行不印；灰底是版式。都从右边放进来：双击或按回车。"


class Mark(NamedTuple):
    """One thing to be put into a wording: what it is called, what it does, and the text that means it."""

    name: str
    tip: str
    text: str


_MARKS = (
    Mark("缩进两格", "放在一行开头：这一行空两格", "　　"),
    Mark("靠右", "放在一行开头：这一行靠右", "→"),
    Mark("分栏", "放在一行中间：左右分成两栏", "｜"),
    Mark("表格的一行", "单独一行：名称和内容各一格；最前面可以写数字，是几倍行高", "|名称|内容|"),
    Mark(
        "表上一行小字",
        "单独一行，放在表的前面：填报单位、日期、金额单位，小四号",
        "#表上 填报单位：｜填报日期：｜单位：万元",
    ),
    Mark("红头", "单独一行：首页上方的红色机关名称", "#红头 "),
    Mark("文号和红线", "单独一行：文号，下面是红线", "#文号 {文号}"),
    Mark("落款", "单独一行：署名和日期，不盖章", "#落款 署名｜{制作日期}"),
    Mark("落款盖章", "单独一行：署名和日期，留出盖章的位置", "#盖章 署名｜{制作日期}"),
    Mark("版记", "单独一行：末页下方的抄送、印发机关和日期", "#版记 抄送：｜印发机关｜{制作日期}印发"),
    Mark("另起一页作附件", "单独一行：从这里起是附件", "#附件"),
    Mark("横的 A4 纸", "单独一行：从这里起是横的 A4", "#横版"),
    Mark("横的 A3 纸", "单独一行：从这里起是横的 A3", "#横版A3"),
)


def marks_of(kind: PaperKind) -> Iterator[Mark]:
    """The table and the fields of a kind by their names, then the layout."""
    if kind.table:
        yield Mark(f"表：{kind.table}", "单独一行：换成这张表", f"{{{kind.table}}}")
    for label in kind.fields:
        yield Mark(label, f"制作时换成{label}", f"{{{label}}}")
    yield from _MARKS


class Tinted(QSyntaxHighlighter):
    """Shows fields on blue and marks of the layout on grey, so that neither is taken for words that are printed."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._looks = []
        for pattern, ground, shade in ((_LAYOUT, "hover", "quiet"), (_FIELD, "blue-pale", "blue")):
            look = QTextCharFormat()
            look.setBackground(colour(ground))
            look.setForeground(colour(shade))
            self._looks.append((QRegularExpression(pattern), look))

    def highlightBlock(self, text: str) -> None:
        for pattern, look in self._looks:
            found = pattern.globalMatch(text)
            while found.hasNext():
                match = found.next()
                self.setFormat(match.capturedStart(), match.capturedLength(), look)
