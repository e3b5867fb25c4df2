"""The sheet of a random draw (双随机): seed, method, the whole list with its digests, and what came out."""

from pathlib import Path

from db.supervision import Draw
from huajie_desktop.jobs import Job
from huajie_desktop.papers.printing import Printed, write_papers
from huajie_desktop.seat import Seat, SeatSession
from huajie_desktop.supervision.draws import drawn_people, pool_of, ranked
from huajie_desktop.typesetting.content import PaperContent, TableContent, word_day
from huajie_desktop.typesetting.looks import Look
from huajie_desktop.typesetting.table import Align, Column
from huajie_desktop.typesetting.wording import shipped_wording

_DRAWN = (Column("序号", 16, Align.CENTRE), Column("检查对象", 76), Column("检查人员", 64))
_POOL = (
    Column("排名", 16, Align.CENTRE),
    Column("检查对象", 62),
    Column("排序值", 48, Align.CENTRE),
    Column("结果", 22, Align.CENTRE),
)
_SHOWN = 16  # digits of a digest on the sheet: enough to compare
_OF_PEOPLE = "每个对象的检查人员：把种子、“|”、检查对象、“|”和人员姓名依次连成一串，同样求值排序，取前 {each} 名。"


def write_draw(seat: Seat, draw_id: int, target: Path, job: Job | None = None) -> Printed:
    """Writes the sheet of a kept draw. Raises Problem."""
    with seat.reading() as session:
        content = _content(session, session.get_one(Draw, draw_id))
    return write_papers([content], target, job)[0]


def _content(session: SeatSession, draw: Draw) -> PaperContent:
    (objects, people), drawn = pool_of(draw), draw.drawn.split("\n")
    pairs = [line.partition("：")[::2] for line in drawn]
    chosen = {name for name, _people in pairs}
    rows = tuple((str(place), name, sent or "—") for place, (name, sent) in enumerate(pairs, 1))
    order = tuple(
        (str(place), line, digest[:_SHOWN], "抽中" if line in chosen else "")
        for place, (digest, line) in enumerate(ranked(draw.seed, objects), 1)
    )
    each = drawn_people(draw)
    further = f"{_OF_PEOPLE.format(each=each)}检查人员名单：{'、'.join(people)}。" if each else ""
    fields = {
        "镇": session.township.name, "抽取事项": draw.title, "抽取日期": word_day(draw.drawn_on), "种子": draw.seed,
        "抽取数": str(len(drawn)), "人员方法": further,
    }  # fmt: skip
    tables = {
        "结果表": TableContent(_DRAWN, rows, tuple(row[1] for row in rows)),
        "名单表": TableContent(_POOL, order, tuple(row[1] for row in order)),
    }
    words = shipped_wording("draw")
    return PaperContent(
        Draw.TITLE, session.township.name, session.seat.year, draw.title, words, fields, tables, look=Look.OFFICIAL,
        counted=False, made_on=draw.drawn_on, as_typed=True,
    )  # fmt: skip
