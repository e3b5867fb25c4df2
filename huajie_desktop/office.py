"""The office itself: first start, units, the year's campaign and its categories."""

import csv
import re
import tomllib
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from db.fields import fields_of
from db.journal import Changes
from db.models import Campaign, Category, Dimension, Operation, Person, Setting, Unit
from db.organisation import UNIT_KINDS
from huajie_desktop.application import Application
from huajie_desktop.errors import FieldErrors, Problem
from huajie_desktop.pinyin import search_text
from resources import path

DEFAULT_TOWNSHIP = "花街镇"
DEFAULT_YEAR = 2021
SHARED = ("花街", "八字墙")  # of a village and a committee (花街 of the township, too): the bare word names neither
VARIANTS = {"杨杭": ("杨坑",)}  # one village, two spellings in official lists


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
        session.add(Campaign(year=year, name="“三五”大比拼", township_id=top.id, dimensions=reference_dimensions()))
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
    """The newest year's campaign; raises Problem before the first set-up."""
    found = session.scalar(select(Campaign).order_by(Campaign.year.desc()).limit(1))
    if found is None:
        raise Problem("还没有设置乡镇和年度。请先打开程序完成首次设置。")
    return found


def township(session: Session) -> Unit:
    """The township's own unit."""
    return session.get_one(Unit, campaign(session).township_id)


def units(session: Session) -> Sequence[Unit]:
    """All units in force, in the order of the tree: offices, areas, villages, committees."""
    return session.scalars(select(Unit).where(Unit.closed_on.is_(None)).order_by(Unit.position, Unit.id)).all()


def dimensions(session: Session) -> Sequence[Dimension]:
    """The campaign's dimensions in order."""
    return session.scalars(
        select(Dimension).where(Dimension.campaign_id == campaign(session).id).order_by(Dimension.position)
    ).all()


def categories(session: Session) -> Sequence[Category]:
    """The campaign's categories in order, each with its dimension."""
    statement = select(Category).join(Dimension).where(Dimension.campaign_id == campaign(session).id)
    return session.scalars(
        statement.options(joinedload(Category.dimension)).order_by(Dimension.position, Category.position)
    ).all()


def people(session: Session) -> list[tuple[str, str]]:
    """The names of all people known, each once, with what else finds it (initials)."""
    found: dict[str, str] = {}
    for name, search in session.execute(select(Person.name, Person.search).order_by(Person.name)):
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


def save_category(app: Application, category_id: int | None, values: Mapping[str, str]) -> Changes:
    """Adds or changes a category; `values` by field name, "dimension_id" for a new one. Raises FieldErrors."""
    values = _stripped(Category, values, ("name", "code", "aliases"))
    with app.operation(f"{'修改' if category_id else '新增'}类别{values['name']}") as running:
        session = running.session
        if category_id is None and not values.get("dimension_id", "").isdigit():
            raise FieldErrors({"dimension_id": "请选择这个类别属于哪个板块"})
        record = session.get_one(Category, category_id) if category_id else Category(dimension_id=int(values["dimension_id"]))
        same = select(Category.id).where(Category.name == values["name"], Category.dimension_id == record.dimension_id)
        _refuse_twin(session.scalar(same), category_id, f"类别“{values['name']}”已经有了")
        record.name, record.code, record.aliases = values["name"], values["code"], values["aliases"] or None
        record.search = search_text(record.name, *record.other_names())
        if category_id is None:
            record.position = 1 + max((item.position for item in categories(session)), default=0)
        session.add(record)
    return running.changes


def save_unit(app: Application, unit_id: int | None, values: Mapping[str, str]) -> Changes:
    """Adds or changes a unit; `values`: name, kind (key of UNIT_KINDS or its word), aliases. Raises FieldErrors."""
    values = _stripped(Unit, values, ("name", "aliases"))
    kind = next((key for key, word in UNIT_KINDS.items() if values.get("kind") in (key, word)), None)
    if kind is None:
        raise FieldErrors({"kind": f"请选择单位类型：{'、'.join(UNIT_KINDS.values())}"})
    with app.operation(f"{'修改' if unit_id else '新增'}单位{values['name']}") as running:
        session = running.session
        record = session.get_one(Unit, unit_id) if unit_id else Unit(parent_id=campaign(session).township_id)
        _refuse_twin(
            session.scalar(select(Unit.id).where(Unit.name == values["name"])), unit_id, f"单位“{values['name']}”已经有了"
        )
        record.name, record.kind, record.aliases = values["name"], kind, values["aliases"] or None
        record.search = search_text(record.name, *record.other_names())
        if unit_id is None:
            record.position = 1 + max((unit.position for unit in units(session)), default=0)
        session.add(record)
    return running.changes


def _stripped(model: type[Category] | type[Unit], values: Mapping[str, str], names: Sequence[str]) -> dict[str, str]:
    stripped = {name: text.strip() for name, text in values.items()}
    stripped["aliases"] = "、".join(filter(None, re.split(r"[、，,；;\s]+", stripped.get("aliases", ""))))
    declared = fields_of(model)
    messages = {}
    for name in names:
        text = stripped.setdefault(name, "")
        if declared[name].required and not text:
            messages[name] = f"请填写{declared[name].label}"
        elif len(text) > (declared[name].max_length or len(text)):
            messages[name] = f"{declared[name].label}不能超过 {declared[name].max_length} 个字"
    if messages:
        raise FieldErrors(messages)
    return stripped


def _refuse_twin(found: int | None, own: int | None, message: str) -> None:
    if found is not None and found != own:
        raise FieldErrors({"name": message})
