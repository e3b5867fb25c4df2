"""What a server refuses is told in a sentence, and a password is told nowhere."""

import traceback
from datetime import date
from urllib.parse import quote

import pytest

from db.errors import Reason, StorageError
from db.log import Act
from db.models import Person
from db.opening import open_engine
from db.schema import version_of
from huajie_desktop.application import Application
from huajie_desktop.errors import Problem
from huajie_desktop.receiving.typed import TypedTable
from tests.folders import open_office
from tests.office import TEXTS
from tests.postgres.server import PASSWORD


@pytest.fixture
def place(server, tmp_path):
    """The address of an office that has begun."""
    yield server.begun(tmp_path / "data")
    server.clear()


@pytest.fixture
def app(place, tmp_path):
    opened = open_office(tmp_path / "data", date(2021, 3, 1), place)
    yield opened
    opened.data.close()


def told(address, tmp_path, key=None):
    """How a program is refused: reason, sentence, and everything a trace or an engine could show."""
    engine = open_engine(address, key)
    with pytest.raises(StorageError) as caught:
        version_of(engine)
    with pytest.raises(Problem) as problem:
        Application.open(tmp_path / "refused", place=address, key=key)
    shown = [
        repr(engine),
        repr(engine.url),
        *traceback.format_exception(caught.value),
        *traceback.format_exception(problem.value),
    ]
    return caught.value.reason, str(problem.value), "".join(shown)


def test_a_server_that_is_not_there(tmp_path):
    reason, sentence, _shown = told(f"postgresql://office@/office?host={tmp_path}", tmp_path)
    assert reason is Reason.UNREACHABLE
    assert sentence.startswith("连不上数据服务器")


@pytest.mark.parametrize("address", ["postgresql://guest:{}@/{}?host={}", "postgresql+psycopg://guest:{}@/{}?host={}"])
def test_a_wrong_password(server, place, tmp_path, address, caplog):
    name = place.split("/")[3].split("?")[0]
    reason, sentence, shown = told(address.format("falsches%20Wort", name, server.socket), tmp_path)
    assert reason is Reason.UNREACHABLE
    assert sentence.startswith("连不上数据服务器")
    assert "falsches" not in shown + caplog.text


def test_a_right_password_in_the_address_or_beside_it(server, place):
    name = place.split("/")[3].split("?")[0]
    for address, key in (
        (f"postgresql://guest:{quote(PASSWORD)}@/{name}?host={server.socket}", None),
        (server.address(name, "guest"), PASSWORD),
    ):
        engine = open_engine(address, key)
        assert version_of(engine)
        assert "geheim" not in repr(engine)
        engine.dispose()


@pytest.mark.parametrize("address", ["postgresql://office:geheim@[::1/office", "postgresql://office:geheim@host/office?what"])
def test_an_address_that_cannot_be_read_is_not_quoted(tmp_path, address):
    reason, _sentence, shown = told(address, tmp_path)
    assert reason is Reason.UNREACHABLE
    assert "geheim" not in shown


def test_a_database_that_is_not_there(server, tmp_path):
    assert told(server.address("nirgends"), tmp_path)[0] is Reason.UNREACHABLE


@pytest.mark.parametrize(("name", "sentence"), [("长" * 41, "太长"), ("倪\0宅", "空字符")])
def test_text_that_cannot_be_kept(app, name, sentence):
    with pytest.raises(Problem, match=sentence), app.operation(Act.ENTER, "新增人员") as running:
        person = Person(name="倪宅", unit_id=app.township_id, search="")
        running.session.add(person)
        running.session.flush()
        running.update(Person, {person.id: {"name": name}})


@pytest.mark.parametrize(
    ("key", "text", "told"),
    [
        ("title", "长" * 201, "任务名称不能超过 200 个字"),
        ("unit", "长" * 61, "单位名称不能超过 60 个字"),
        ("responsible", "张" * 41, "太长"),
    ],
)
def test_a_row_with_something_overlong_is_told_by_itself(app, key, text, told):
    table = TypedTable(app)
    table.write({(0, name): typed for name, typed in {**TEXTS, key: text}.items()})
    assert told in table.issue(0, key).message


def test_a_server_that_was_started_anew_is_found_again(app, server):
    with app.reading() as session:
        session.connection()
    server.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'office'")
    with app.reading() as session:
        assert session.township.name == "花街镇"


def test_a_connection_lost_in_the_midst_of_an_operation(app, server):
    with pytest.raises(Problem, match="连不上"), app.operation(Act.ENTER, "新增人员") as running:
        server.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'office'")
        running.session.add(Person(name="王五", unit_id=app.township_id, search=""))
