"""What all tests share: sample material, an open data folder, unexpected warnings fail, and a busy machine fails nothing."""

import logging
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from huajie_desktop.seat import Seat
from huajie_desktop.sheets.fenced import fence
from tests.compiled_once import compile_once
from tests.folders import Files, open_office
from tests.postgres import server as postgres
from tests.postgres.twice import runs_twice

SAMPLES = Path(__file__).parent / "data"
TODAY = date(2021, 3, 1)

settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
settings.load_profile("house")
compile_once()


@pytest.fixture(scope="session", autouse=True)
def time_to_read() -> Iterator[None]:
    """No file of the tests is given up because the machine is busy; one that never ends is still told."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fence, "_BASE_DEADLINE", 120.0)
        yield


@pytest.fixture
def today() -> date:
    """The day on which the office is open; some tests have another."""
    return TODAY


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Some tests run against both engines."""
    if "databases" in metafunc.fixturenames and runs_twice(metafunc.module.__name__):
        metafunc.parametrize("databases", ["sqlite", "postgresql"], indirect=True)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What was skipped, a line for each reason."""
    reasons = Counter(
        report.longrepr[2].removeprefix("Skipped: ") for report in terminalreporter.stats.get("skipped", ()) if report.longrepr
    )
    for reason, count in reasons.items():
        terminalreporter.write_line(f"{count} × {reason}")


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """A PostgreSQL of this test process."""
    if why := postgres.missing():
        (pytest.fail if postgres.required() else pytest.skip)(why)
    with postgres.started() as running:
        yield running


@pytest.fixture
def databases(request: pytest.FixtureRequest) -> Iterator[Files | postgres.Server]:
    """What makes databases to begin from: files, or a server."""
    if getattr(request, "param", "sqlite") == "sqlite":
        yield Files()
    else:
        server: postgres.Server = request.getfixturevalue("server")
        yield server
        server.clear()


@pytest.fixture
def app(tmp_path: Path, today: date, databases: Files | postgres.Server) -> Iterator[Seat]:
    """An open data folder of 花街镇 2021, 张三 at the desk."""
    opened = open_office(tmp_path / "data", today, databases.begun(tmp_path / "data"))
    yield opened
    opened.data.close()


@pytest.fixture(autouse=True)
def no_unexpected_warnings(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A warning in the log that the test did not ask for fails it."""
    yield
    for when in ("setup", "call"):
        unexpected = [record for record in caplog.get_records(when) if record.levelno >= logging.WARNING]
        assert not unexpected, [record.getMessage() for record in unexpected]
