"""Usual phrases: each person's own for each sort of field, the one used last in front, edited and dropped for good."""

import pytest

from huajie_desktop import phrases
from huajie_desktop.errors import Problem
from huajie_desktop.phrases import RETURNING, keep_phrase, keep_phrases
from huajie_desktop.township.seating import come_in


def kept(seat, place=RETURNING):
    with seat.reading() as session:
        return phrases.phrases(session, place)


def test_a_few_are_there_at_first_and_the_one_used_last_goes_in_front(app):
    shipped = kept(app)
    assert len(shipped) > 2
    assert kept(app, "备注") == []
    assert keep_phrase(app, RETURNING, shipped[2]) == kept(app) == [shipped[2], *shipped[:2], *shipped[3:]]
    keep_phrase(app, RETURNING, "  请附照片\n")
    assert kept(app)[0] == "请附照片"
    assert len(kept(app)) == len(shipped) + 1


def test_what_was_dropped_stays_so_and_other_people_and_fields_have_their_own(app):
    keep_phrases(app, RETURNING, ["请附照片", "", "请附照片"])
    assert kept(app) == ["请附照片"]
    keep_phrases(app, RETURNING, [])
    assert kept(app) == []
    assert kept(app, phrases.ASKING)
    assert kept(come_in(app.data, "李四"))


def test_there_is_an_end_to_them(app):
    full = keep_phrases(app, "备注", [f"第{number}句" for number in range(50)])
    for texts, why in ((["长" * 501], "最多 500 个字"), ([*full, "第50句"], "最多 50 句")):
        with pytest.raises(Problem, match=why):
            keep_phrases(app, "备注", texts)
    with pytest.raises(Problem, match="最多 50 句"):
        keep_phrase(app, "备注", "第50句")  # none goes in silence for it
    assert kept(app, "备注") == full
    assert keep_phrase(app, "备注", "第49句")[:2] == ["第49句", "第0句"]
    assert keep_phrase(app, "备注", " ") == kept(app, "备注")
    assert keep_phrases(app, "备注", ["长" * 500]) == kept(app, "备注")
