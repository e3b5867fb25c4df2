"""Paper: pledges in one file and in 26, against a bare canvas writing the same lines, and against an office's form letters.

The bare canvas is given every line of text, its place, face and size, the letters of the code among them. It sets nothing, and
draws no rules, no symbols, no bookmarks and none of what makes a file PDF/A; ours does, within the same time.
"""

import io
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from xml.sax.saxutils import escape

import pypdfium2
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from huajie_desktop.papers.paper_kinds import KINDS
from huajie_desktop.papers.paper_tables import task_table
from huajie_desktop.papers.printing import TextLine, lines_of, write_paper_files, write_papers
from huajie_desktop.typesetting.codes import SheetCode, write_code
from huajie_desktop.typesetting.content import Item, PaperContent
from huajie_desktop.typesetting.fonts import Style
from huajie_desktop.typesetting.wording import shipped_wording
from huajie_desktop.typesetting.worked_once import forget
from resources import path
from tests.bench.measure import LeftOut, Measure, Timed, stopwatch

_CAMPAIGN = "2021年“三五”大比拼"


def contents(count: int = 254) -> list[PaperContent]:
    """Pledges of about 300 characters each, no two alike, numbered and coded."""
    made, words = [], shipped_wording("pledge-village")
    for number in range(count):
        unit = f"第{number}村"
        items = tuple(
            Item(
                f"花〔2021〕干诺-{number:03d}", f"穿村段路灯安装第{number}段{part}", f"沿线安装路灯{number + part}盏，硬化路面{number * 3 + 10}米",
                "干事承诺", "五大比拼", ("张三", "李四"), "", "2021年8月底前", None, None, "已确认", unit,
            )
            for part in range(3)
        )  # fmt: skip
        fields = dict.fromkeys(KINDS["pledge"].fields, "") | {
            "镇": "花街镇",
            "年份": "2021",
            "活动": _CAMPAIGN,
            "单位": unit,
            "项数": "3",
            "编号": "",
            "监督电话": "________",
        }
        code = write_code(SheetCode("HJ", 2021, "P", number + 1, f"{number * 7919:08X}"))
        made.append(
            PaperContent(
                "承诺书", "花街镇", 2021, unit, words, fields, {"承诺事项表": task_table("承诺事项表", items)}, "承诺事项表",
                number=f"花承诺〔2021〕{number + 1}号", code=code,
            )
        )  # fmt: skip
    return made


def _pledges(folder: Path) -> tuple[Timed, Timed]:
    pledges = contents()
    lines = list(lines_of(pledges))
    _load_faces()

    def ours() -> float:
        forget()  # nothing is known of these papers, as when they are made for the first time
        with stopwatch() as seconds:
            write_papers(pledges, folder / "ours.pdf")
        _check_pages(folder / "ours.pdf", lines)
        return seconds[0]

    def peer() -> float:
        with stopwatch() as seconds:
            (folder / "peer.pdf").write_bytes(_bare(lines))
        _check_pages(folder / "peer.pdf", lines)
        return seconds[0]

    return ours, peer


def _files(folder: Path) -> tuple[Timed, Timed]:
    pledges = contents(26)
    lines = [list(lines_of([pledge])) for pledge in pledges]
    _load_faces()

    def ours() -> float:
        forget()  # nothing is known of these papers, as when they are made for the first time
        with stopwatch() as seconds:
            write_paper_files(pledges, folder / "ours")
        for pledge, one in zip(pledges, lines, strict=True):
            _check_pages(folder / "ours" / f"{pledge.owner}{pledge.kind}.pdf", one)
        return seconds[0]

    def peer() -> float:
        (folder / "peer").mkdir(exist_ok=True)
        with stopwatch() as seconds:
            for number, one in enumerate(lines):
                (folder / "peer" / f"{number}.pdf").write_bytes(_bare(one))
        for number, one in enumerate(lines):
            _check_pages(folder / "peer" / f"{number}.pdf", one)
        return seconds[0]

    return ours, peer


def _check_pages(file: Path, lines: Sequence[TextLine]) -> None:
    """The file is there and has as many pages as the lines stand on; it is taken away, so that no round is judged by the last one's."""
    with closing(pypdfium2.PdfDocument(file.read_bytes())) as made:
        assert len(made) == lines[-1].page + 1, (file.name, len(made), lines[-1].page + 1)
    file.unlink()


def _load_faces() -> None:
    """The peer's faces, loaded before the watch starts, as ours are after the round that does not count."""
    for face in Style:
        pdfmetrics.registerFont(TTFont(f"peer-{face.name}", path(f"fonts/{face}.ttf")))


def _bare(lines: Iterable[TextLine]) -> bytes:
    """A bare canvas with the same lines in the same places and faces."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(595.27, 841.89))
    page = 0
    for line in lines:
        if line.page != page:
            canvas.showPage()
            page = line.page
        canvas.setFont(f"peer-{line.font}", line.size)
        canvas.drawString(line.x, line.y, line.text)
    canvas.save()
    return target.getvalue()


def _merge(folder: Path) -> tuple[Timed, Timed]:
    """LibreOffice fills one document (flat XML, the same words page by page) and converts it, as offices do with form letters."""
    _need_writer(folder)
    pledges = contents()
    lines = list(lines_of(pledges))

    def ours() -> float:
        forget()  # nothing is known of these papers, as when they are made for the first time
        with stopwatch() as seconds:
            write_papers(pledges, folder / "ours.pdf")
        _check_pages(folder / "ours.pdf", lines)
        return seconds[0]

    def peer() -> float:
        with stopwatch() as seconds:
            (folder / "peer.fodt").write_text(_letters(lines), encoding="utf-8")
            _convert(folder / "peer.fodt")
        _check_pages(folder / "peer.pdf", lines)
        return seconds[0]

    return ours, peer


def _convert(file: Path) -> None:
    command = ["soffice", f"-env:UserInstallation=file://{file.parent}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", file.parent, file], check=True, capture_output=True)


def _need_writer(folder: Path) -> None:
    """Raises LeftOut where LibreOffice cannot make a PDF of a text: without Writer it makes none and says that all went well."""
    if not shutil.which("soffice"):
        raise LeftOut("there is no LibreOffice (soffice) here; on Debian: libreoffice-writer")
    (folder / "trial.fodt").write_text(_letters([TextLine(0, 0, 0, "", 12, "试")]), encoding="utf-8")
    _convert(folder / "trial.fodt")
    if not (folder / "trial.pdf").exists():
        raise LeftOut("LibreOffice here has no Writer, so that it makes no PDF of a text; on Debian: libreoffice-writer")


def _letters(lines: Iterable[TextLine]) -> str:
    """An ODF text of the same lines, each page on a page of its own."""
    body, page = [], 0
    for line in lines:
        style = "B" if line.page != page else "P"
        page = line.page
        body.append(f'<text:p text:style-name="{style}">{escape(line.text)}</text:p>')
    return _FODT.replace("BODY", "".join(body))


_FODT = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text"><office:automatic-styles>'
    '<style:style style:name="P" style:family="paragraph"/>'
    '<style:style style:name="B" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/></style:style>'
    "</office:automatic-styles><office:body><office:text>BODY</office:text></office:body></office:document>"
)

MEASURES = (
    Measure("pledges-254", 1.15, 7, _pledges),
    Measure("pledges-26-files", 1.2, 7, _files),
    Measure("merge-254", 0.12, 3, _merge),
)
