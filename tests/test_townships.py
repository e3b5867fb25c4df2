"""Two townships and two years in one database: each sees its own, numbers and papers count apart, nobody moves anybody."""

import pytest
from sqlalchemy import func, select

from db.base import OfTownship
from db.models import Base, Campaign, Paper, Person, Setting, Task, Unit
from huajie_desktop import office, settings
from huajie_desktop.errors import Problem
from huajie_desktop.office import initials_of
from huajie_desktop.papers import register, wordings
from huajie_desktop.papers.making import Order, make
from huajie_desktop.records import finding
from huajie_desktop.records.listing import Wanted, record_ids
from huajie_desktop.township.registers import PEOPLE, UNITS
from huajie_desktop.township.seating import come_in, set_up
from huajie_desktop.typesetting.codes import read_code
from huajie_desktop.work import figures
from huajie_desktop.work.review import approve, submit
from huajie_desktop.work.task_ledger import TASKS
from huajie_desktop.year.years import Wishes, look_at, next_year
from tests.office import enter
from tests.tasks import save_task


@pytest.fixture
def other(app):
    """李四 at a desk of 前仓镇, kept in the same database as 花街镇."""
    return set_up(app.data, "前仓镇", 2021, "李四")


def office_task(seat, title="办公室的事"):
    """A task of the office that every township has, approved; its id."""
    texts = {"title": title, "unit": "党政办公室", "category": "干事承诺", "due": "8月底前", "responsible": "王五"}
    task_id = save_task(seat, None, texts).record_id
    submit(seat, [task_id])
    approve(seat, [task_id])
    return task_id


def number_of(seat, task_id):
    with seat.reading() as session:
        return session.get_one(Task, task_id).number


def names(seat, ledger):
    with seat.reading() as session:
        found = session.scalars(select(ledger.model.name).where(ledger.model.id.in_(record_ids(session, ledger, Wanted()))))
        return sorted(found)


def test_units_and_people_of_equal_names_are_apart(app, other):
    office_task(app)
    office_task(other)
    assert (names(app, UNITS).count("党政办公室"), names(other, UNITS)) == (1, ["党政办公室", "前仓镇"])
    assert names(other, PEOPLE) == ["李四", "王五"]
    with other.reading() as session:
        assert session.scalar(select(func.count()).select_from(Unit)) == 2, "whatever is asked sees one township"
        assert [unit.name for unit in office.units(session)] == ["前仓镇", "党政办公室"]
        assert finding.find(session, "倪宅") == []
    with app.data.reading() as session:
        assert len(session.scalars(select(Unit).where(Unit.name == "党政办公室")).all()) == 2


def test_numbers_count_apart_and_begin_with_the_townships_own_word(app, other):
    assert [number_of(app, office_task(app, title)) for title in ("一", "二")] == ["花〔2021〕干诺-001", "花〔2021〕干诺-002"]
    assert number_of(other, office_task(other)) == "前〔2021〕干诺-001"
    settings.keep_rule(other, settings.SHORT_NAME, "仓")
    assert number_of(other, office_task(other, "又一件")) == "仓〔2021〕干诺-002"


def test_papers_are_numbered_coded_and_registered_apart(app, other, tmp_path):
    for seat, name in ((app, "a"), (other, "b")):
        office_task(seat)
        make(seat, Order("slip"), tmp_path / f"{name}.pdf")
    found = {}
    for seat in (app, other):
        with seat.reading() as session:
            (paper,) = session.scalars(select(Paper).where(Paper.campaign_id == seat.campaign_id))
            found[seat] = paper
            assert [line.number for line in register.register_lines(session, seat.today())] == [paper.number]
    assert [found[seat].number for seat in (app, other)] == ["花承交〔2021〕1号", "前承交〔2021〕1号"]
    assert [read_code(found[seat].code).letters for seat in (app, other)] == ["HJ", "QC"]
    with pytest.raises(Problem, match="没有编码|登记簿里没有"):
        register.scan(other, found[app].code)


def test_rules_words_and_years_are_each_townships_own(app, other):
    settings.keep_rule(app, settings.FOUR_EYES, "1")
    with other.reading() as session:
        assert settings.rule(session, settings.FOUR_EYES) == ""
    settings.keep_rule(other, settings.FOUR_EYES, "0")
    wordings.save(app, "slip", wordings.shipped_wording("slip").text + "\n花街的话")
    with other.reading() as session:
        assert wordings.versions(session, "slip") == []
    next_year(app, Wishes(2022, "大比拼"))
    next_year(other, Wishes(2022, "大比拼"))
    with app.data.reading() as session:
        assert session.scalar(select(func.count()).select_from(Campaign)) == 4
        assert session.scalar(select(func.count()).select_from(Setting).where(Setting.name == settings.FOUR_EYES)) == 2


def test_whoever_looks_at_last_year_moves_nobody(app):
    task_id = enter(app)
    now = next_year(app, Wishes(2022, "大比拼", carry=False)).campaign_id
    here, there = look_at(app, now), look_at(come_in(app.data, "李四"), app.campaign_id)
    with here.reading() as session:
        assert (session.campaign.year, figures.home(session, here.today()).total) == (2022, 0)
        assert list(record_ids(session, TASKS, Wanted())) == []
    with there.reading() as session:
        assert (session.campaign.year, figures.home(session, there.today()).total) == (2021, 1)
        assert list(record_ids(session, TASKS, Wanted())) == [task_id]
    new = enter(here, title="新年的事")
    with app.data.reading() as session:
        assert session.get_one(Task, new).campaign_id == now
    assert (come_in(app.data, "李四").year, come_in(app.data, "张三").year) == (2021, 2022)


def test_a_person_comes_in_to_the_township_she_is_of(app, other):
    assert come_in(app.data, "李四").township_id == other.township_id
    assert come_in(app.data, "张三").township_id == app.township_id
    new = come_in(app.data, "赵六", township="前仓镇")
    assert new.township_id == other.township_id
    with app.data.reading() as session:
        assert session.scalars(select(Person).where(Person.name == "赵六")).one().unit_id == other.township_id


def test_a_township_is_set_up_once(app):
    with pytest.raises(Problem, match="“花街镇”已经设置过"):
        set_up(app.data, "花街镇", 2022, "张三")


def test_every_kind_of_record_is_of_a_year_of_a_township_or_hangs_on_one():
    """A new table that is neither would be seen from everywhere."""
    own = {mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, OfTownship)}
    assert {Unit, Person, Campaign, Setting} < own


@pytest.mark.parametrize(
    ("name", "letters"), [("花街镇", "HJ"), ("前仓镇", "QC"), ("石柱镇", "SZ"), ("东城街道", "DC"), ("镇", "ZX"), ("X", "XX")]
)
def test_letters_come_from_the_name(name, letters):
    assert initials_of(name) == letters
