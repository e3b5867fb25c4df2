"""A sample of every kind of paper for this office's first unit, else made of the fields' own names."""

import io
from collections import Counter
from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from db.models import Unit
from db.organisation import VILLAGE_KINDS
from huajie_desktop.jobs import Job
from huajie_desktop.lights.light import BEHIND, DONE, NORMAL
from huajie_desktop.lights.rules import Rules
from huajie_desktop.office import is_demo
from huajie_desktop.papers.bulletin_paper import with_figures
from huajie_desktop.papers.gathering import campaign_name
from huajie_desktop.papers.loop_tables import owed_table, week_table
from huajie_desktop.papers.paper_kinds import PLEDGES, kind_of_wording
from huajie_desktop.papers.paper_tables import force_table, score_table, task_table
from huajie_desktop.papers.printing import write_papers
from huajie_desktop.papers.said import dated_fields
from huajie_desktop.seat import SeatSession
from huajie_desktop.supervision.bulletin import Bulletin
from huajie_desktop.supervision.bulletin_line import Line
from huajie_desktop.supervision.owing import SORTS, Owed
from huajie_desktop.township.unit_names import township_fields
from huajie_desktop.typesetting.content import Item, PaperContent, TableContent
from huajie_desktop.typesetting.drawing import Part, draw
from huajie_desktop.typesetting.fonts import Style
from huajie_desktop.typesetting.page import BODY, TEXT_SIZE, Area, Form, Page, Text
from huajie_desktop.typesetting.pdf_a import About
from huajie_desktop.typesetting.wording import Wording

_ROWS = 3
_LINE = 28.0  # points
_UNITS = {number: f"〔单位{number}〕" for number in range(1, _ROWS + 1)}
_NUMBERS = {"项数": "3", "单位数": "2", "年份": "2021", "已报项数": "2", "完成项数": "1", "推进项数": "1", "受阻项数": "0"}


def own_fields(session: SeatSession, name: str, day: date) -> dict[str, str]:
    """What fields of that template say in this office: its township and year, its first unit of the template's kind."""
    year = session.campaign
    kinds = [kind for kind, template in PLEDGES.items() if template == name]
    office = name == "pledge-office"
    own = Unit.kind.in_(kinds) if kinds else Unit.kind.not_in([*PLEDGES, "township"]) if office else Unit.kind.in_(VILLAGE_KINDS)
    first = (
        select(Unit.name).where(own, Unit.closed_on.is_(None)).order_by(Unit.kind != "village", Unit.position, Unit.id).limit(1)
    )
    unit = {} if (found := session.scalar(first)) is None else {"单位": found}
    common = {"镇": session.township.name, "年份": str(year.year), "活动": campaign_name(year, demo=is_demo(session))}
    return {**common, **township_fields(session.township.name), **unit, **dated_fields(kind_of_wording(name), day)}


def sample(words: Wording, own: Mapping[str, str] | None = None) -> PaperContent:
    """What that wording gives with the names of its fields in place of their values; `words.name` is a key of WORDINGS.

    `own` are values that are known in this office (see `own_fields`).
    """
    kind = kind_of_wording(words.name)
    fields = {label: _NUMBERS.get(label, f"〔{label}〕") for label in kind.fields} | dict(own or {})
    look = next((look for look, name in kind.sizes.values() if name == words.name), kind.look)
    tables = {kind.table: _table(kind.table, int(fields["年份"]))} if kind.table and not kind.shown else {}
    needed = kind.table if kind.needed else ""
    content = PaperContent(
        kind.title, "样张", 2021, "", words, fields, tables, needed, look, kind.counted, "〔编号〕", note="样张，不要交付"
    )
    return with_figures(content, _counted(int(fields["年份"])), _UNITS) if kind.shown else content


def print_sample(words: Wording, job: Job | None = None, own: Mapping[str, str] | None = None) -> bytes:
    """The PDF of that sample. Raises BadWording, MissingGlyphs."""
    target = io.BytesIO()
    write_papers([sample(words, own)], target, job)
    return target.getvalue()


def face_sample(styles: Mapping[Style, str]) -> bytes:
    """A PDF as wide as the body of a sheet: a line in each of the styles, called as said."""
    height = len(styles) * _LINE
    page = Page(Form((BODY[0], height), Area(0, height, BODY[0], height)))
    for number, (style, name) in enumerate(styles.items(), 1):
        text = f"{name.partition('（')[0]}　镇村2021年干事承诺　一二三四五　12345"
        page.texts.append(Text(0, height - number * _LINE + 8, style, TEXT_SIZE, text))
    return draw([Part("字体样张", [page])], About("字体样张", ""))


def _table(name: str, year: int) -> TableContent:
    match name:
        case "专班表":
            people = ("〔姓名〕", "〔姓名〕", "〔姓名〕", "〔单位〕", "〔姓名〕", "〔任务〕", "", "")
            return force_table([(f"〔专班{number}〕", *people) for number in range(1, _ROWS + 1)])
        case "评分表":
            return score_table([f"〔村{number}〕" for number in range(1, _ROWS + 1)], ["〔项目一〕", "〔项目二〕"])
        case "催办表":
            owed = [Owed(SORTS[0], f"〔事项{number}〕", date(year, 8, 31)) for number in range(1, _ROWS + 1)]
            return owed_table(owed, date(year, 9, 3))
        case "月历表":
            return week_table([("〔任务〕",) * 7] * _ROWS)
    return task_table(name, [_item(number, year) for number in range(1, _ROWS + 1)])


def _counted(year: int) -> Bulletin:
    """Counts of a month that look like such."""
    lit = Counter({NORMAL: 1, BEHIND: 1, DONE: 1})
    sent = Counter({"remind": 1})
    lines = [Line(number, f"〔类别{number}〕", 3, 1, 1, 150, 3, lights=lit, notices=sent) for number in _UNITS]
    whole = Line(None, "合计")
    for line in lines:
        whole.add(line)
    return Bulletin(date(year, 6, 30), Rules(), tuple(lines), tuple(lines), whole, whole)


def _item(number: int, year: int) -> Item:
    return Item(
        f"样-{number:03}", f"〔事项{number}〕", "〔目标要求〕", "〔类别〕", "", ("〔责任人〕",), "〔领导〕", f"{year}年8月底前",
        date(year, 8, 31), None, "", "〔单位〕",
    )  # fmt: skip
