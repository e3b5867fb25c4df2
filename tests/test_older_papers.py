"""Papers that programs of before printed: known again when they come back signed, whatever papers look like today."""

from collections import Counter
from datetime import date

import pytest
from sqlalchemy import select

from db.models import Campaign, Paper, PaperTask, WordingVersion
from huajie_desktop.application import Application
from huajie_desktop.papers import wordings
from huajie_desktop.papers.making import Order, make
from huajie_desktop.papers.register import scan
from huajie_desktop.township.seating import come_in
from huajie_desktop.year import years
from tests.db.test_older import unpacked

# What was changed since it was printed, as the program that printed it said, too.
CHANGED = {"0004": Counter(pledge=1, slip=1, forces=1, score=1, bulletin=1), "0007": Counter(award=1)}
NOTICE = {"通知单类型": "督查通知单", "立项依据": "纪要", "办理要求": "倒排工期。", "办理期限": "2021-06-30"}


@pytest.fixture
def opened(request, tmp_path):
    data = Application.open(unpacked(request.param, tmp_path / "data"), today=lambda: date(2021, 3, 1))
    seat = come_in(data, "张三")
    with seat.reading() as session:
        year = session.scalar(select(Campaign.id).where(Campaign.year == 2021))
    yield request.param, years.look_at(seat, year)
    data.close()


@pytest.mark.parametrize("opened", CHANGED, indirect=True)
def test_a_paper_an_older_program_printed_is_known_when_it_is_scanned(opened):
    version, app = opened
    with app.reading() as session:
        found = [(paper.kind, paper.code or paper.number) for paper in session.query(Paper) if paper.outdated_at is None]
    assert len(found) > 10
    said = [(kind, scan(app, code)) for kind, code in found]
    assert Counter(kind for kind, scanned in said if not scanned.holds) == CHANGED[version], [
        scanned.words for _kind, scanned in said if not scanned.holds
    ]


@pytest.mark.parametrize("opened", ["0004"], indirect=True)
def test_words_an_office_gave_its_papers_can_still_be_printed_and_numbers_go_on(opened, tmp_path):
    _version, app = opened
    with app.reading() as session:
        kept = [(one.name, one.text) for one in session.query(WordingVersion)]
        task_id = session.scalar(select(PaperTask.task_id).join(Paper).where(Paper.kind == "notice"))
        before = {paper.number for paper in session.query(Paper)}
    assert len({name for name, _text in kept}) > 10
    for name, text in kept:
        wordings.check(name, text)
    assert "花督通〔2021〕1号" in before
    make(app, Order("notice", [task_id], NOTICE), tmp_path / "a.pdf")
    with app.reading() as session:
        assert session.query(Paper).order_by(Paper.id.desc()).first().number == "花督通〔2021〕2号"
