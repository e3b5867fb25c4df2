"""The numbers of GB/T 9704-2012 beside those measured on finished pages: `python -m tests.typesetting.measured` prints the table."""

import io
import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from huajie_desktop.papers.printing import write_papers
from huajie_desktop.typesetting.wording import Wording
from tests.typesetting.conftest import make_pledge
from tests.typesetting.reading_back import Line, Sheet, read_pdf

_LINE = 225 / 22  # mm, 5.2.3
_SIGN = 156 / 28
_ISSUER = "花街镇城乡人居环境综合整治办公室"
_OFFICIAL = f"""#红头 花街镇人民政府文件
#文号 花政〔2021〕1号
花街镇人民政府关于承诺事项进展情况的通报
各行政村、各科室、各工作片：
　　{"实" * 28 * 30}
　　正文的末段。
#盖章 花街镇人民政府｜2021年7月1日
#附件
各单位事项进展情况
{{承诺事项表}}
#版记 抄送：市政府办。｜花街镇党政办公室｜2021年7月1日印发"""
_PLAIN = f"""花街镇进展情况说明
{{承诺事项表}}
　　正文的末段。
#落款 {_ISSUER}｜2021年7月1日"""
_TURNED = """#横版
花街镇清单
{承诺事项表}"""


class Number(NamedTuple):
    """One number of the standard: its clause, what it is of, what is asked, by how much it may be off, what the page has.

    Between lines ink is measured, of which a line has less than it is high: what is empty by so many lines is that much more.
    """

    clause: str
    of: str
    asked: float
    off: float
    measured: float
    unit: str = "mm"

    @property
    def right(self) -> bool:
        return abs(self.measured - self.asked) <= self.off


def numbers() -> list[Number]:
    """All of them, from papers made just now."""
    official, plain, turned = _pages(_OFFICIAL), _pages(_PLAIN), _pages(_TURNED, 40)  # a sheet alone bears no number
    found = [*_sheet(official[1]), *_head(official[0]), *_text(official), *_ends(official), *_foot(official)]
    return [*found, *_signed(plain[-1]), *_across(turned)]


def _pages(text: str, items: int = 3) -> list[Sheet]:
    target = io.BytesIO()
    write_papers([make_pledge(items, wording=Wording("试", text))], target)
    return read_pdf(target.getvalue())


def _of(sheet: Sheet, words: str) -> Line:
    return next(line for line in sheet.lines if line.text.strip().startswith(words))


def _sheet(sheet: Sheet) -> Iterator[Number]:
    full = [line for line in sheet.lines if len(line.text) >= 28]
    bases = [line.base for line in sheet.lines]
    bottom = max(line.ink.bottom for line in sheet.lines)
    right = max(line.signs[-1].x + _SIGN for line in full)
    yield Number("5.1", "幅面宽", 210, 0.1, sheet.width)
    yield Number("5.1", "幅面高", 297, 0.1, sheet.height)
    yield Number("5.2.1", "天头（首行墨迹上边）", 37, 1, min(line.ink.top for line in sheet.lines))
    yield Number("5.2.1", "订口", 28, 1, min(line.left for line in full))
    yield Number("5.2.1", "版心宽", 156, 1, right - min(line.left for line in full))
    yield Number("5.2.1", "版心高（首行上边至末行下边）", 225, 1.5, bottom - min(line.ink.top for line in sheet.lines))
    yield Number("5.2.2", "正文字号（3号）", 16, 0.1, full[0].size, "磅")
    yield Number("5.2.3", "每面行数", 22, 0, len(set(bases)), "行")
    yield Number("5.2.3", "每行字数", 28, 0, max(len(line.text) for line in full), "字")


def _head(sheet: Sheet) -> Iterator[Number]:
    head, number = _of(sheet, "花街镇人民政府文件"), _of(sheet, "花政")
    rule = next(rule for rule in sheet.rules if rule.red)
    title = _of(sheet, "花街镇人民政府关于")
    titles = [line for line in sheet.lines if line.size == title.size]
    to = _of(sheet, "各行政村")
    yield Number("7.2.4", "发文机关标志上边至版心上边", 35, 1, head.ink.top - 37)
    yield Number("7.2.5", "标志至发文字号（空二行）", 2 * _LINE, 4, number.ink.top - head.ink.bottom)
    yield Number("7.2.7", "发文字号至红色分隔线", 4, 0.8, rule.y1 - number.ink.bottom)
    yield Number("7.2.7", "红色分隔线长", 156, 0.5, rule.x2 - rule.x1 + rule.width)
    yield Number("7.3.1", "分隔线至标题（空二行）", 2 * _LINE, 6, titles[0].ink.top - rule.y1)
    yield Number("7.3.1", "标题字号（2号）", 22, 0.1, title.size, "磅")
    yield Number("7.3.2", "标题末行至主送机关（空一行）", 2 * _LINE, 1, to.base - titles[-1].base)
    yield Number("7.3.2", "主送机关顶格", 0, 0.3, to.left - 28)


def _text(sheets: Sequence[Sheet]) -> Iterator[Number]:
    first = next(line for line in sheets[0].lines if line.text.strip().startswith("实"))
    sheet, last = next((sheet, line) for sheet in sheets for line in sheet.lines if line.text.strip() == "正文的末段。")
    named = next((line for line in sheet.lines if line.text.strip().startswith("附件：")), None)
    yield Number("7.3.3", "段首左空（二字）", 2 * _SIGN, 0.5, first.shown[0].x - 28)
    yield Number("7.3.4", "正文至附件说明（空一行）", 2 * _LINE, 1, named.base - last.base if named else 0)
    yield Number("7.3.4", "附件说明左空（二字）", 2 * _SIGN, 0.5, named.shown[0].x - 28 if named else 0)


def _ends(sheets: Sequence[Sheet]) -> Iterator[Number]:
    sheet = next(sheet for sheet in sheets if any(line.text.startswith("2021年7月1日") for line in sheet.lines))
    day = next(line for line in sheet.lines if line.text.strip() == "2021年7月1日")
    attached = next(sheet for sheet in sheets if sheet.lines and sheet.lines[0].text.strip() == "附件")
    title = _of(attached, "各单位事项")
    yield Number("7.3.5.1", "成文日期右空（四字，盖章）", 4 * _SIGN, 0.5, 184 - day.signs[-1].x - _SIGN)
    yield Number("7.3.8", "“附件”在首行", 37, 1, attached.lines[0].ink.top)
    yield Number("7.3.8", "附件标题在第三行", 2 * _LINE, 2.5, title.base - attached.lines[0].base)


def _signed(sheet: Sheet) -> Iterator[Number]:
    issuer, day = _of(sheet, _ISSUER), _of(sheet, "2021年7月1日")
    yield Number("7.3.5.2", "署名右空（二字，不盖章）", 2 * _SIGN, 0.5, 184 - issuer.signs[-1].x - _SIGN)
    yield Number("7.3.5.2", "成文日期比署名右移（二字）", 2 * _SIGN, 0.5, day.left - issuer.left)


def _foot(sheets: Sequence[Sheet]) -> Iterator[Number]:
    place, last = next(
        (number, sheet) for number, sheet in enumerate(sheets, 1) if any("印发" in line.text for line in sheet.lines)
    )
    thick = [rule for rule in last.rules if rule.width > 0.3 and rule.level and not rule.red]
    thin = [rule for rule in last.rules if 0.22 < rule.width < 0.3 and rule.level and not rule.red]
    numbers = {number: sheet.margin for number, sheet in enumerate(sheets, 1)}
    odd, even = numbers[1][0], numbers[2][0]
    yield Number("7.4.1", "版记首、末条分隔线粗", 0.35, 0.01, min(rule.width for rule in thick))
    yield Number("7.4.1", "版记中间分隔线粗", 0.25, 0.01, thin[0].width)
    yield Number("7.4.1", "版记末条线至版心下边", 0, 0.5, max(rule.y1 for rule in thick) - 262)
    yield Number("7.4", "版记在偶数页（余数）", 0, 0, place % 2, "")
    yield Number("7.5", "页码一字线在版心下边下", 7, 0.5, (odd.ink.top + odd.ink.bottom) / 2 - 262)
    yield Number("7.5", "页码字号（4号）", 14, 0.1, odd.size, "磅")
    yield Number("7.5", "单页码右空（一字）", 14 * 25.4 / 72, 1, 184 - odd.ink.right)
    yield Number("7.5", "双页码左空（一字）", 14 * 25.4 / 72, 1, even.ink.left - 28)


def _across(sheets: Sequence[Sheet]) -> Iterator[Number]:
    sheet = sheets[0]
    top = min(line.ink.top for line in sheet.lines)
    yield Number("7.6", "横排表格表头在订口边", 28, 3, top)
    yield Number("7.6", "横排时页码位置不变", 7, 0.5, sum(sheet.margin[0].ink[1::2]) / 2 - 262)


def table(found: Sequence[Number]) -> str:
    """The numbers as lines of text."""
    lines = [f"{'条款':<8}{'项目':<24}标准            实测"]
    for one in found:
        asked = f"{one.asked:.2f}±{one.off:g} {one.unit}"
        lines.append(f"{one.clause:<10}{one.of:<24}{asked:<18}{one.measured:.2f}{'' if one.right else '  ← 不符'}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(table(numbers()) + "\n")
