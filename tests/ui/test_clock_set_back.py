"""A computer whose clock was set back: window and command say so, and keep saying it after an entry made under that clock."""

from datetime import timedelta

from db.clock import utc_now
from huajie_desktop.application import Application
from huajie_desktop.township.seating import come_in
from tests.commands import speak
from tests.folders import lay_office
from tests.office import enter


def test_window_and_command_warn_even_after_an_entry_under_the_wrong_clock(programs, qtbot, tmp_path) -> None:
    folder = lay_office(tmp_path / "data")
    assert "电脑上的日期" not in speak("escalate", "--data", folder).stderr
    seat = come_in(Application.open(folder), "王五")
    seat.data.now = lambda: utc_now() + timedelta(days=3)
    enter(seat, title="路灯")
    seat.data.now = utc_now
    enter(seat, title="公厕")
    seat.data.close()
    told = speak("escalate", "--data", folder)
    assert (told.returncode, told.stdout) == (0, "没有到期要升级的督查单。\n")
    assert told.stderr.startswith("电脑上的日期是")
    assert "亮灯、逾期和到期天数是按电脑上的日期算的，请先核对电脑的日期。" in told.stderr
    started = programs("王五")
    qtbot.waitUntil(lambda: started.window.current == "home")
    assert started.window.messages.text in told.stderr
    assert started.window.messages.text.startswith("电脑上的日期是")
