"""Units and categories: the office's own words, which the import reads by."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from sqlalchemy.orm import Session

from db.fields import Field, Kind, fields_of
from db.journal import Changes
from db.models import Category, Unit
from db.organisation import UNIT_KINDS
from huajie_desktop import office
from huajie_desktop.application import Application
from huajie_desktop.checklist import Column
from ui.desk import Desk
from ui.settings.records import RecordsPart

_UNIT_COLUMNS = (
    Column("title", "单位", 140, sortable=False),
    Column("kind", "类型", 90, sortable=False),
    Column("aliases", "别名", 360, sortable=False),
)
_CATEGORY_COLUMNS = (
    Column("dimension", "板块", 110, sortable=False),
    Column("title", "类别", 170, sortable=False),
    Column("code", "编号简称", 96, sortable=False),
    Column("aliases", "别名", 300, sortable=False),
)


class _UnitLine(NamedTuple):
    id: int
    title: str
    kind: str
    aliases: str
    texts: Mapping[str, str]


class _CategoryLine(NamedTuple):
    id: int
    dimension: str
    title: str
    code: str
    aliases: str
    texts: Mapping[str, str]


class UnitsPart(RecordsPart):
    """The township, its offices, villages and committees."""

    def __init__(self, desk: Desk) -> None:
        declared = fields_of(Unit)
        fields = {name: declared[name] for name in ("name", "kind", "aliases")}
        super().__init__(desk, "单位", _UNIT_COLUMNS, fields, _load_units, office.save_unit)


class CategoriesPart(RecordsPart):
    """The categories of the three dimensions."""

    def __init__(self, desk: Desk) -> None:
        with desk.reading() as session:
            self._dimensions = {dimension.name: dimension.id for dimension in office.dimensions(session)}
        declared = fields_of(Category)
        dimension = Field("板块", Kind.CHOICE, required=True, choices={name: name for name in self._dimensions})
        fields = {"dimension_id": dimension.named("dimension_id"), **{key: declared[key] for key in ("name", "code", "aliases")}}
        fields["code"] = replace(fields["code"], help="用在任务编号里")
        super().__init__(desk, "类别", _CATEGORY_COLUMNS, fields, _load_categories, self._save_category, fixed=("dimension_id",))

    def _save_category(self, app: Application, category_id: int | None, texts: Mapping[str, str]) -> Changes:
        chosen = self._dimensions.get(texts["dimension_id"].strip())
        return office.save_category(app, category_id, {**texts, "dimension_id": "" if chosen is None else str(chosen)})


def _load_units(session: Session) -> Sequence[_UnitLine]:
    return [
        _UnitLine(
            unit.id, unit.name, UNIT_KINDS[unit.kind], unit.aliases or "",
            {"name": unit.name, "kind": UNIT_KINDS[unit.kind], "aliases": unit.aliases or ""},
        )
        for unit in office.units(session)
    ]  # fmt: skip


def _load_categories(session: Session) -> Sequence[_CategoryLine]:
    return [
        _CategoryLine(
            item.id, item.dimension.name, item.name, item.code, item.aliases or "",
            {"dimension_id": item.dimension.name, "name": item.name, "code": item.code, "aliases": item.aliases or ""},
        )
        for item in office.categories(session)
    ]  # fmt: skip
