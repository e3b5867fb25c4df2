"""What tests need to fill an office: tasks typed in, and looks at the tables."""

from sqlalchemy import select

from db.base import content_columns, table_of
from db.models import Base, Operation, Record
from huajie_desktop.journal.history import operation_line
from huajie_desktop.shipped_catalogue import open_catalogue
from tests.tasks import save_task

CATALOGUE = open_catalogue()
CONTENT = tuple(mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Record))
TEXTS = {
    "title": "穿村段路灯安装",
    "content": "沿线安装路灯12盏",
    "category": "干事承诺",
    "unit": "倪宅村",
    "responsible": "倪成纲、张三",
    "due": "8月底前",
    "investment": "12.5",
}


def enter(app, **texts):
    """One task typed into the form; the rest as in TEXTS. Returns its id."""
    return save_task(app, None, {**TEXTS, **texts}).record_id


def contents(app, *, without=()):
    """Every row of the tables that hold content, by table; what the log keeps is not content."""
    with app.reading() as session:
        return {
            model.__tablename__: [
                tuple(row) for row in session.execute(select(*content_columns(table_of(model))).order_by(table_of(model).c.id))
            ]
            for model in CONTENT
            if model not in without
        }


def recent(session, limit=100):
    """The latest operations as lines, the newest first."""
    return [operation_line(found) for found in session.scalars(select(Operation).order_by(Operation.id.desc()).limit(limit))]
