"""The office itself: first start, units, the year's campaign and its categories."""

import csv
import tomllib
from collections.abc import Sequence

from sqlalchemy import String, and_, cast, or_, select
from sqlalchemy.orm import Session, joinedload

from db.journal import Changes
from db.models import Campaign, Category, Dimension, ListKind, Operation, Person, Setting, Unit, UnitChange
from db.organisation import GROUP_KINDS, SILENT_KINDS, UNIT_KINDS, VILLAGE_KINDS
from huajie_desktop.application import Application
from huajie_desktop.errors import FieldErrors, Problem
from huajie_desktop.pinyin import search_text
from huajie_desktop.settings import CAMPAIGN
from resources import path

DEFAULT_TOWNSHIP = "花街镇"
DEFAULT_YEAR = 2021
SHARED = ("花街", "八字墙")  # of a village and a committee (花街 of the township, too): the bare word names neither
VARIANTS = {"杨杭": ("杨坑",)}  # one village, two spellings in official lists
LIST_KINDS = {"市级清单": "市级", "镇级清单": "镇级", "村级清单": "村级"}  # what a campaign starts with, and the words for it
OWN_WORD, VILLAGE_WORD = "镇级", "村级"  # the list kinds known by these words take the tasks nobody said a list for


def is_set_up(app: Application) -> bool:
    """Whether township and year have been said."""
    with app.reading() as session:
        return session.scalar(select(Campaign.id)) is not None


def set_up(app: Application, township: str, year: int) -> Changes:
    """Says whose data this is: the township, its year, the categories, and for 花街镇 its villages."""
    township = township.strip()
    if not township:
        raise FieldErrors({"township": "请填写乡镇名称，如 花街镇"})
    if not 2000 <= year <= 2100:
        raise FieldErrors({"year": "年度应在 2000 到 2100 之间"})
    if is_set_up(app):
        raise Problem("这份数据已经设置过乡镇和年度，没有改动。")
    with app.operation(f"建立{township}{year}年数据") as running:
        session = running.session
        top, *villages = reference_units(township)
        session.add(top)
        session.flush()
        for unit in villages:
            unit.parent_id = top.id
            session.add(unit)
        made = Campaign(year=year, name="“三五”大比拼", township_id=top.id, dimensions=reference_dimensions())
        session.add(made)
        session.flush()
        session.add_all(reference_list_kinds(made.id))
    return running.changes


def reference_units(township: str) -> list[Unit]:
    """The township and, for 花街镇, its 25 villages and 2 committees (national statistics list), not yet kept."""
    rows = _villages() if township == DEFAULT_TOWNSHIP else []
    villages = [_village(township, position, row["name"], row["code"]) for position, row in enumerate(rows, 1)]
    return [Unit(name=township, kind="township", search=search_text(township)), *villages]


def reference_dimensions() -> list[Dimension]:
    """The three dimensions with their fifteen categories, not yet kept."""
    dimensions = []
    for place, said in enumerate(tomllib.loads(path("categories.toml").read_text("utf-8"))["dimension"]):
        categories = [
            Category(position=index, search=search_text(item["name"]), **item) for index, item in enumerate(said["categories"])
        ]
        dimensions.append(Dimension(name=said["name"], position=place, categories=categories))
    return dimensions


def reference_list_kinds(campaign_id: int) -> list[ListKind]:
    """The three list kinds a campaign starts with, not yet kept."""
    return [
        ListKind(campaign_id=campaign_id, name=name, aliases=word, position=place, search=search_text(name))
        for place, (name, word) in enumerate(LIST_KINDS.items())
    ]


def _villages() -> list[dict[str, str]]:
    with path("villages.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _village(township: str, position: int, official: str, code: str) -> Unit:
    """A village under its everyday name (倪宅村委会 is 倪宅村); a committee keeps its own."""
    unit = Unit(kind="village", code=code, position=position)
    if official.endswith("居委会"):
        unit.kind, unit.name, other = "committee", official, [f"{township}{official}"]
    else:
        short = official.removesuffix("村委会")
        unit.name = f"{short}村"
        other = [official, f"{township}{unit.name}"] if short in SHARED else [short, official, f"{township}{unit.name}"]
        other += [f"{old}{end}" for old in VARIANTS.get(short, ()) for end in ("村", "", "村委会")]
    unit.aliases = "、".join(other)
    unit.search = search_text(unit.name, *VARIANTS.get(unit.name.removesuffix("村"), ()))
    return unit


def actors(session: Session) -> list[str]:
    """Names that have worked here, the latest first."""
    found: dict[str, None] = {}
    for name in session.scalars(select(Operation.actor).order_by(Operation.id.desc()).limit(2000)):
        found.setdefault(name)
    return list(found)


def campaign(session: Session) -> Campaign:
    """The campaign worked on: the one the office switched to, else the newest; raises Problem before the first set-up."""
    chosen = and_(Setting.name == CAMPAIGN, Setting.value == cast(Campaign.id, String))
    statement = select(Campaign).outerjoin(Setting, chosen).order_by(Setting.id.is_(None), Campaign.year.desc())
    found = session.scalar(statement.limit(1))
    if found is None:
        raise Problem("还没有设置乡镇和年度。请先打开程序完成首次设置。")
    return found


def township(session: Session) -> Unit:
    """The township's own unit."""
    return session.get_one(Unit, campaign(session).township_id)


def mark(session: Session) -> str:
    """What is this data's own and no other's, for telling its templates from another office's: when and by whom it was begun."""
    at, actor = session.execute(select(Operation.at, Operation.actor).order_by(Operation.id).limit(1)).one()
    return f"{at.isoformat()} {actor}"


def units(session: Session) -> Sequence[Unit]:
    """All units in force that can answer for a task, in the order of the tree: offices, areas, villages, committees."""
    answering = (Unit.closed_on.is_(None), Unit.kind.not_in(SILENT_KINDS))
    return session.scalars(select(Unit).where(*answering).order_by(Unit.position, Unit.id)).all()


def standing_units(session: Session) -> Sequence[Unit]:
    """All units in force, natural villages and groups too."""
    return session.scalars(select(Unit).where(Unit.closed_on.is_(None)).order_by(Unit.position, Unit.id)).all()


def resting_units(session: Session) -> dict[str, str]:
    """The names of units that answer for nothing, or no longer, with why."""
    resting = or_(Unit.closed_on.is_not(None), Unit.kind.in_(SILENT_KINDS))
    found = session.execute(select(Unit.name, Unit.kind, Unit.closed_on).where(resting))
    return {name: "已停用" if closed else f"是{UNIT_KINDS[kind]}，不承担任务" for name, kind, closed in found}


def groups(session: Session) -> Sequence[Unit]:
    """The working areas, alliances and belts in force that other units belong to."""
    grouping = (Unit.closed_on.is_(None), Unit.kind.in_(GROUP_KINDS))
    return session.scalars(select(Unit).where(*grouping).order_by(Unit.position, Unit.id)).all()


def further_words(session: Session) -> dict[int, list[str]]:
    """By unit, what it is called beside its own names: its natural villages, and the units merged into it."""
    merged = select(UnitChange.unit_id, UnitChange.successor_id).where(UnitChange.kind == "merged").order_by(UnitChange.id)
    heirs: dict[int, int] = {unit_id: heir for unit_id, heir in session.execute(merged)}
    all_units = session.scalars(select(Unit).order_by(Unit.position, Unit.id)).all()
    answering = [unit for unit in all_units if unit.kind != "hamlet" and unit.closed_on is None]
    own = {word for unit in answering for word in (unit.name, *unit.other_names())}
    words: dict[int, list[str]] = {}
    for unit in all_units:
        owner = unit.parent_id if unit.kind == "hamlet" else unit.id
        for _step in range(len(heirs)):
            owner = heirs.get(owner, owner) if owner is not None else None
        if owner is not None and owner != unit.id:
            bare = [word.removesuffix("自然村") for word in (unit.name, *unit.other_names())]
            more = [f"{word}自然村" for word in bare] if unit.kind == "hamlet" else []
            words.setdefault(owner, []).extend(word for word in dict.fromkeys(bare + more) if word and word not in own)
    return words


def dimensions(session: Session) -> Sequence[Dimension]:
    """The campaign's dimensions in order."""
    return session.scalars(
        select(Dimension).where(Dimension.campaign_id == campaign(session).id).order_by(Dimension.position)
    ).all()


def categories(session: Session) -> Sequence[Category]:
    """The campaign's categories in force in order, each with its dimension."""
    statement = select(Category).join(Dimension).options(joinedload(Category.dimension))
    statement = statement.where(Dimension.campaign_id == campaign(session).id, Category.closed_on.is_(None))
    return session.scalars(statement.order_by(Dimension.position, Category.position)).all()


def list_kinds(session: Session) -> Sequence[ListKind]:
    """The campaign's list kinds in force in order."""
    statement = select(ListKind).where(ListKind.campaign_id == campaign(session).id, ListKind.closed_on.is_(None))
    return session.scalars(statement.order_by(ListKind.position, ListKind.id)).all()


def usual_list_kinds(session: Session) -> dict[str, int | None]:
    """By kind of unit the list kind of a task nobody said a list for: 村级 for villages and committees, else 镇级."""
    words = {word: kind.id for kind in reversed(list_kinds(session)) for word in (kind.name, *kind.other_names())}
    return {kind: words.get(VILLAGE_WORD if kind in VILLAGE_KINDS else OWN_WORD) for kind in UNIT_KINDS}


def people(session: Session) -> list[tuple[str, str]]:
    """The names of all people in force, each once, with what else finds it (initials)."""
    found: dict[str, str] = {}
    for name, search in session.execute(
        select(Person.name, Person.search).where(Person.closed_on.is_(None)).order_by(Person.name)
    ):
        found[name] = search
    return list(found.items())


def is_demo(session: Session) -> bool:
    """Whether the data is made up for showing the program."""
    return session.scalar(select(Setting.value).where(Setting.name == "demo")) == "1"


def mark_as_demo(app: Application) -> Changes:
    """Marks the data as made up; every page and paper says so from then on."""
    with app.operation("标记为演示数据") as running:
        running.session.add(Setting(name="demo", value="1"))
    return running.changes
