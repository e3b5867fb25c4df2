"""A fault of the program's own met in one paper: that one is named and logged, the others are made."""

import pytest
from PIL import Image
from reportlab.pdfbase.ttfonts import TTFont

from huajie_desktop.errors import Problem
from huajie_desktop.faults import LOG
from huajie_desktop.papers import dossier, printing
from huajie_desktop.papers.making import Order, make, preview
from huajie_desktop.papers.register import register_lines
from huajie_desktop.work import attachments
from huajie_desktop.work.review import approve, submit
from tests.office import enter

ODD = "龘"
UNITS = {"倪宅村": "路灯", "杨杭村": f"{ODD}的桥", "尚仁村": "路面"}


@pytest.fixture
def ids(app):
    made = [enter(app, title=title, unit=unit) for unit, title in UNITS.items()]
    submit(app, made)
    approve(app, made)
    return made


@pytest.fixture
def undrawable(monkeypatch):
    """The library fails at one character, as it would at a damaged face."""
    split = TTFont.splitString
    monkeypatch.setattr(TTFont, "splitString", lambda font, text, *more: {}[text] if text == ODD else split(font, text, *more))


@pytest.mark.parametrize("separate", [False, True])
@pytest.mark.parametrize("step", ["set", "drawn"])
def test_it_stops_no_other_paper_and_no_number_is_lost(app, ids, tmp_path, monkeypatch, request, step, separate):
    if step == "drawn":
        request.getfixturevalue("undrawable")
    else:
        lay_out = printing.set_paper
        monkeypatch.setattr(
            printing, "set_paper", lambda paper: {}[0] if paper.owner == "杨杭村" and paper.tables else lay_out(paper)
        )
    outcome = make(app, Order("pledge"), tmp_path / ("各村" if separate else "p.pdf"), separate=separate)
    assert [printed.unit for printed in outcome.printed] == ["倪宅村", "尚仁村"]
    with app.reading() as session:
        assert {line.number for line in register_lines(session, app.today())} == {"花承诺〔2021〕1号", "花承诺〔2021〕2号"}
    [fault] = outcome.faults
    assert str(fault).startswith("杨杭村没有制作，其余 2 份不受影响：排这一份时程序出了错，不是您写错了什么。详情已记入")
    assert "builtins.KeyError" in (app.folder / LOG).read_text("utf-8")
    assert [left.about for left in preview(app, Order("pledge"))[1].left] == ["杨杭村"]
    if step == "set":
        monkeypatch.setattr(printing, "set_paper", lambda paper: {}[0])
        with pytest.raises(Problem, match="倪宅村没有制作：排这一份时程序出了错"):
            preview(app, Order("pledge"))


def test_nor_another_dossier_and_a_picture_that_is_none_is_named(app, ids, tmp_path, undrawable):
    whole, cut, none = tmp_path / "好.jpg", tmp_path / "半张.jpg", tmp_path / "不是.jpg"
    Image.effect_noise((640, 480), 50).save(whole)
    cut.write_bytes(whole.read_bytes()[:300])
    none.write_bytes("不是图片".encode() * 30)
    attachments.add(app, ids[0], [whole, cut, none])
    made = dossier.make_dossiers(app, ids, tmp_path / "档.pdf")
    assert [printed.unit for printed in made.printed] == ["路灯", "路面"]
    assert [(left.about, left.task_id) for left in made.left] == [(f"杨杭村《{ODD}的桥》", ids[1])]
    assert "程序出了错" in made.left[0].why
