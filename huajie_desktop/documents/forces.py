"""The overview of the task forces (专班一览表): one table across the sheet."""

from huajie_desktop.documents.content import ForceLine, ForcesContent
from huajie_desktop.documents.flow import Flow
from huajie_desktop.documents.page import BODY, PITCH, Page, number_pages
from huajie_desktop.documents.pledge import NothingToPrint
from huajie_desktop.documents.table import Align, Column, body_row, head_row, place_rows
from huajie_desktop.documents.title import title_strips

_SIZE = 10.5  # 5号
_COLUMNS = (
    Column("序号", 9, Align.CENTRE),
    Column("专班名称", 40),
    Column("指挥长", 18, Align.CENTRE),
    Column("副指挥长", 19, Align.CENTRE),
    Column("办公室\n主任", 18, Align.CENTRE),
    Column("成员单位", 31),
    Column("成员", 20, Align.CENTRE),
    Column("主要任务", 31),
    Column("联系人\n及电话", 27, Align.CENTRE),
    Column("任务\n（项）", 12, Align.CENTRE),
)
_ONE_A_LINE = 6  # names; more stand one after the other


def lay_out_forces(content: ForcesContent) -> list[Page]:
    """The pages of the overview; raises NothingToPrint without a task force."""
    if not content.forces:
        raise NothingToPrint(f"{content.township}{content.year}年", "专班一览表")
    flow = Flow()
    flow.turn(landscape=True)
    shift = (flow.area.width - BODY[0]) / 2
    for strip in title_strips(f"{content.township}{content.campaign}专班一览表"):
        flow.place([strip._replace(texts=tuple(text._replace(x=text.x + shift) for text in strip.texts))])
    flow.advance(PITCH / 3)
    rows = [body_row(_COLUMNS, _texts(number, force), _SIZE) for number, force in enumerate(content.forces, 1)]
    place_rows(flow, rows, head=head_row(_COLUMNS, _SIZE))
    number_pages(flow.pages)
    return flow.pages


def _texts(number: int, force: ForceLine) -> tuple[str, ...]:
    name = "\n".join(filter(None, (force.name, force.document_number, force.term)))
    return (
        str(number),
        name,
        _people(force.commander),
        _people(force.deputies),
        _people(force.director),
        _listed(force.units),
        _listed(tuple(map(_bare, force.members))),
        force.duties,
        "\n".join(filter(None, (force.contact, force.phone))),
        str(force.tasks),
    )


def _listed(names: tuple[str, ...]) -> str:
    return ("\n" if len(names) <= _ONE_A_LINE else "、").join(names)


def _people(names: tuple[str, ...]) -> str:
    return "\n".join(map(_bare, names))


def _bare(name: str) -> str:
    """What tells two people of one name apart stands below the name: the columns are narrow."""
    return name.replace("（", "\n（")
