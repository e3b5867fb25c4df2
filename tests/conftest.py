"""What all tests share: sample material, an open data folder, unexpected warnings fail, and a busy machine fails nothing."""

import logging
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from huajie_desktop.application import Application
from huajie_desktop.spreadsheets import fence
from tests.folders import open_office

SAMPLES = Path(__file__).parent / "data"
TODAY = date(2021, 3, 1)

settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
settings.load_profile("house")


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


@pytest.fixture
def app(tmp_path: Path, today: date) -> Iterator[Application]:
    """An open data folder of 花街镇 2021, 张三 at the desk."""
    opened = open_office(tmp_path / "data", today)
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def no_unexpected_warnings(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A warning in the log that the test did not ask for fails it."""
    yield
    for when in ("setup", "call"):
        unexpected = [record for record in caplog.get_records(when) if record.levelno >= logging.WARNING]
        assert not unexpected, [record.getMessage() for record in unexpected]
