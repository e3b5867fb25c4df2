"""Paper: 254 pledges in one file against a bare canvas writing the same lines with the same font."""

import io
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from huajie_desktop.documents.content import Item, PledgeContent
from huajie_desktop.documents.fonts import Style
from huajie_desktop.documents.printing import lines_of, write_pledges
from resources import path
from tests.bench.measure import Measure, Timed, stopwatch


def contents() -> list[PledgeContent]:
    """254 pledges of about 300 characters each, no two alike."""
    made = []
    for number in range(254):
        items = tuple(
            Item(
                f"花〔2021〕干诺-{number:03d}", f"穿村段路灯安装第{number}段{part}", f"沿线安装路灯{number + part}盏，硬化路面{number * 3 + 10}米",
                "干事承诺", "五大比拼", ("张三", "李四"), "", "2021年8月底前", None, None, "已确认", f"第{number}村",
            )
            for part in range(3)
        )  # fmt: skip
        made.append(
            PledgeContent("花街镇", 2021, "“三五”大比拼", f"第{number}村", "village", items, f"花承诺〔2021〕{number + 1}号")
        )
    return made


def _pledges(folder: Path) -> tuple[Timed, Timed]:
    pledges = contents()
    lines = list(lines_of(pledges))
    for face in Style:  # loaded before the watch starts, as ours are after the round that does not count
        pdfmetrics.registerFont(TTFont(f"peer-{face.name}", path(f"fonts/{face}.ttf")))

    def ours() -> float:
        with stopwatch() as seconds:
            write_pledges(pledges, folder / "ours.pdf")
        return seconds[0]

    def peer() -> float:
        with stopwatch() as seconds:
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
            (folder / "peer.pdf").write_bytes(target.getvalue())
        return seconds[0]

    return ours, peer


MEASURES = (Measure("pledges-254", 1.6, 7, _pledges),)
