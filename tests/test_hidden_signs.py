"""Signs nobody can see, by whatever door they come: nothing kept has any, and no search box stumbles over them."""

import sys
import unicodedata

import pytest
from sqlalchemy import select

from db.models import Base, Person, Record, Setting, Task
from huajie_desktop.errors import Problem
from huajie_desktop.journal import past, recycle_bin
from huajie_desktop.papers.making import Order, make
from huajie_desktop.receiving import importing, intake
from huajie_desktop.receiving.pasting import block_of, from_clipboard
from huajie_desktop.receiving.typed import TypedTable
from huajie_desktop.records import bulk, finding
from huajie_desktop.records.listing import Wanted, record_ids
from huajie_desktop.settings import SHORT_NAME, keep_rule
from huajie_desktop.township import registers
from huajie_desktop.township.seating import come_in
from huajie_desktop.values.text import clean, trim
from huajie_desktop.work import attachments, review
from huajie_desktop.work.task_ledger import TASKS
from tests.office import enter
from tests.tasks import save_task
from tests.test_grid import KEYS

SIGNS = {
    "nul": "\0", "reversed": "\u202e", "tab": "\t", "separator": "\u2028", "half": "\ud800", "joiner": "\u200d", "bell": "\x07",
    "tag": "\U000e0041",
}  # fmt: skip


def test_every_control_mark_of_direction_and_half_character_goes_and_nothing_else():
    for code in range(sys.maxunicode + 1):
        sign = chr(code)
        if 0x13439 <= code <= 0x1343F:
            continue  # of this sort in newer tables of the characters alone
        if sign == "\n":
            assert clean(f"村{sign}路") == "村\n路"
        elif sign in "\r\x0b\x0c\x85\u2028\u2029":
            assert clean(f"村{sign}路") == "村\n路", hex(code)
        elif sign == "\t":
            assert clean(f"村{sign}路") == "村 路"
        elif unicodedata.category(sign) in ("Cc", "Cf", "Cs"):
            assert clean(f"村{sign}路") == "村路", hex(code)
        else:
            assert clean(f"村{sign}路") == f"村{sign}路", hex(code)
    assert clean("一\r\n二") == "一\n二"
    assert trim("\u202e\u3000 村\0 \t") == "村"


@pytest.fixture(params=SIGNS.values(), ids=SIGNS)
def sign(request):
    """One such sign."""
    return request.param


def hidden(app):
    """What is kept with such a sign in it: table, column and text."""
    with app.reading() as session:
        models = [mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Record)]
        return [
            (model.__tablename__, name, value)
            for model in models
            for row in session.execute(select(*model.__table__.c)).mappings()
            for name, value in row.items()
            if isinstance(value, str) and value != clean(value)
        ]


def titles(app):
    with app.reading() as session:
        return list(session.scalars(select(Task.title).order_by(Task.id)))


def test_a_form_keeps_clean_texts_and_the_papers_of_all_are_made(app, tmp_path, sign):
    ids = [
        enter(app),
        enter(app, title=f"路灯{sign}安装", content=f"十{sign}盏", unit="尚仁村", responsible=f"张{sign}三", due="8月底前"),
    ]
    assert hidden(app) == []
    assert "".join(titles(app)[1].split()) == "路灯安装"
    review.submit(app, ids)
    review.approve(app, ids)
    assert make(app, Order("pledge", None, {"监督电话": f"1{sign}2"}), tmp_path / "p.pdf").faults == []


def test_a_field_in_place_and_a_change_of_many(app, sign):
    ids = [enter(app), enter(app, unit="尚仁村")]
    with app.reading() as session:
        title = session.get_one(Task, ids[0]).title
    save_task(app, ids[0], {"title": title + sign + "甲"})
    bulk.set_field(app, ids, TASKS, "remarks", f"急{sign}办")
    assert hidden(app) == []


def test_the_grid_and_the_clipboard(app, sign):
    table = TypedTable(app)
    table.write({(0, "title"): f"{sign}路灯{sign}", (0, "unit"): "倪宅村"})
    if sign != "\t":
        table.paste(1, block_of(from_clipboard(f"任务名称\t责任单位\n绿{sign}化\t倪宅村"), TASKS, KEYS))
    table.keep()
    assert hidden(app) == []
    assert titles(app)[0] == "路灯"


def test_a_file(app, tmp_path, sign):
    file = tmp_path / "倪宅村.csv"
    text = f'任务名称,责任单位,责任人\r\n"路灯{sign}安装",倪宅村,"李{sign}四"\r\n'
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    intake.apply(app, importing.preview(app, [file]), skip_errors=True)
    assert hidden(app) == []


def test_units_people_settings_names_files_and_reasons(app, tmp_path, sign):
    registers_of = {ledger.key: ledger for ledger in app.catalogue.values()}
    save(app, registers_of["units"], {"name": f"新{sign}科室", "kind": "科室"})
    save(app, registers_of["people"], {"name": f"王{sign}五", "unit": "倪宅村"})
    keep_rule(app, SHORT_NAME, f"花{sign}")
    come_in(app.data, f"赵{sign}六")
    come_in(app.data, f"赵{sign}六")
    task = enter(app)
    if sign not in "\0\ud800":
        photo = tmp_path / f"照{sign}片.jpg"
        photo.write_bytes(b"x")
        attachments.add(app, task, [photo])
    review.submit(app, [task])
    review.send_back(app, [task], f"金额{sign}有误")
    assert hidden(app) == []
    with app.reading() as session:
        assert session.scalar(select(Setting.value).where(Setting.name == SHORT_NAME)).strip() == "花"
        assert len([name for name in session.scalars(select(Person.name)) if name.startswith("赵")]) == 1
        assert attachments.missing(session, app.folder, thorough=True) == []


def save(app, ledger, texts):
    from huajie_desktop.records import entry

    entry.save(app, ledger, None, texts)


def test_search_boxes(app, sign):
    enter(app)
    with app.reading() as session:
        for ledger in app.catalogue.values():
            record_ids(session, ledger, Wanted(text=f"路{sign}灯"))
        finding.find(session, f"路{sign}灯")
        past.operation_ids(session, past.Wanted(text=f"路{sign}灯"))
        recycle_bin.deleted_ids(session, f"路{sign}灯")
        if clean(sign) == "":
            assert record_ids(session, TASKS, Wanted(text=f"路{sign}灯"))


def test_what_comes_by_no_door_is_refused_in_one_sentence(app):
    task = enter(app)
    for text in ("a\0b", "a\ud800b"):
        with pytest.raises(Problem, match="不能保存的字符"), app.operation("change", "改") as running:
            running.update(Task, {task: {"remarks": text}})
    assert registers is not None
