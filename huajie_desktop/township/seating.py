"""Taking a seat: the first start, which says whose data it is, and coming in by name or as a command."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from db.base import table_of
from db.journal import Author, OperationSession, operation
from db.log import Act
from db.models import Campaign, Habit, Operation, Person, Setting, Unit
from db.rows import reserve_ids
from db.words.searching import search_text
from huajie_desktop.errors import FieldErrors, Problem, storage_problems
from huajie_desktop.seat import Seat
from huajie_desktop.settings import CAMPAIGN, STANDS_ON, new_secret
from huajie_desktop.township.shipped import (
    OWN_NAME,
    PATTERN_NAME,
    own_pattern,
    reference_list_kinds,
    reference_units,
    shipped_pattern,
)
from huajie_desktop.values.names import clean_name, same_name
from huajie_desktop.values.text import trim

if TYPE_CHECKING:  # the data is opened with the catalogue, to which the township's registers belong
    from huajie_desktop.application import Application

BY_COMMAND = "命令行"  # what operations of commands are signed with


class _Place(NamedTuple):
    """Which township and year a seat looks at."""

    township_id: int
    campaign_id: int
    year: int


def is_set_up(data: "Application") -> bool:
    """Whether township and year have been said."""
    with data.reading() as session:
        return session.scalar(select(Campaign.id).limit(1)) is not None


def check_first(township: str, year: int) -> None:
    """Raises FieldErrors where no office can be set up so: asked before anything is made for it."""
    if not trim(township):
        raise FieldErrors({"township": "请填写乡镇名称"})
    if not 2000 <= year <= 2100:
        raise FieldErrors({"year": "年度应在 2000 到 2100 之间"})


def set_up(
    data: "Application",
    township: str,
    year: int,
    name: str = "",
    *,
    code: str = "",
    categories: Sequence[str] | None = None,
) -> Seat:
    """Says whose data this is: the township (`code` of nine digits), its year with its categories, and who sits here first.

    `categories` None: those of the “三五” pattern. Without a name a command does it.
    A second township may be kept in the same data; neither sees the other.
    Raises FieldErrors, Problem.
    """
    township, name = trim(township), clean_name(name)
    check_first(township, year)
    author = Author(name or BY_COMMAND)
    label = f"建立{township}{year}年数据"
    with storage_problems(str(data.folder)), operation(data.sessions, author, Act.SET_UP, label) as running:
        session = running.session
        if session.scalar(_township(township)) is not None:
            raise Problem(f"“{township}”已经设置过年度，没有改动。")
        top = _make_township(session, township, code)
        pattern = shipped_pattern() if categories is None else own_pattern(categories)
        called = PATTERN_NAME if categories is None else OWN_NAME
        made = Campaign(year=year, name=called, township_id=top.id, dimensions=pattern)
        session.add(made)
        session.flush()
        session.add_all(reference_list_kinds(made.id))
        session.add(new_secret(top))
        if name:
            _make_person(running, name, top.id)
        place = _Place(top.id, made.id, year)
    return Seat(data, running.author, *place)


def come_in(data: "Application", name: str, *, township: str = "") -> Seat:
    """The seat of the person of that name, who becomes a person of the (first) township if nobody is called so.

    Of several people of one name it is whoever worked here last; 张 三 is 张三. Raises Problem before the first set-up.
    """
    name = clean_name(name)
    with data.reading() as session:
        _stand(data, session)
        known = _people(session, name, township)
        place = _place(session, known[0] if known else None, township)
    if known:
        return Seat(data, Author(known[0].name, known[0].uid), *place)
    with storage_problems(str(data.folder)), operation(data.sessions, Author(name), Act.ENTER, f"登记使用人“{name}”") as running:
        _make_person(running, name, place.township_id)
    return Seat(data, running.author, *place)


def by_command(data: "Application") -> Seat:
    """The seat of a command, which is nobody's."""
    with data.reading() as session:
        _stand(data, session)
        place = _place(session, None, "")
    return Seat(data, Author(BY_COMMAND), *place)


def _stand(data: "Application", session: Session) -> None:
    """Made-up data whose year was played stands on its last day: on the computer's, everything open would be years overdue."""
    day = session.scalar(select(Setting.value).where(Setting.name == STANDS_ON))
    if day is not None:
        data.today = lambda: date.fromisoformat(day)


def _make_township(session: Session, name: str, code: str) -> Unit:
    top, *villages = reference_units(name, code)
    top.id = top.township_id = reserve_ids(session.connection(), table_of(Unit), 1)[0]
    session.add(top)
    session.flush()
    for unit in villages:
        unit.parent_id = unit.township_id = top.id
        session.add(unit)
    return top


def _make_person(running: OperationSession[Session], name: str, township_id: int) -> None:
    """A person of the township itself, who is the author of what is going on."""
    person = Person(name=name, unit_id=township_id, township_id=township_id, search=search_text(name))
    running.session.add(person)
    running.session.flush()
    running.author = Author(name, person.uid)


def _township(name: str) -> Select[int]:
    return select(Unit.id).where(Unit.name == name, Unit.kind == "township")


def _people(session: Session, name: str, township: str) -> list[Person]:
    """The people of that name in force, as it is read, who worked here last in front."""
    last = select(func.max(Operation.id)).where(Operation.author_uid == Person.uid).scalar_subquery()
    known = session.execute(select(Person.id, Person.name).where(Person.closed_on.is_(None)))
    alike = [person_id for person_id, called in known if same_name(called, name)]
    statement = select(Person).where(Person.id.in_(alike))
    if township:
        statement = statement.where(Person.township_id.in_(_township(township)))
    return list(session.scalars(statement.order_by(func.coalesce(last, 0).desc(), Person.id)))


def _place(session: Session, person: Person | None, township: str) -> _Place:
    """The year that person looked at last, else the newest of the township."""
    statement = select(Campaign).order_by(Campaign.township_id, Campaign.year.desc())
    if person is not None:
        statement = statement.where(Campaign.township_id == person.township_id)
    elif township:
        statement = statement.where(Campaign.township_id.in_(_township(township)))
    campaigns = list(session.scalars(statement))
    if not campaigns:
        raise Problem("还没有设置乡镇和年度。请先打开程序完成首次设置。")
    chosen = session.get(Habit, (person.uid, CAMPAIGN)) if person else None
    found = next((year for year in campaigns if chosen is not None and str(year.id) == chosen.value), campaigns[0])
    return _Place(found.township_id, found.id, found.year)
