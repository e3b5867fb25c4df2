"""First start, units and categories."""

import pytest
from sqlalchemy import select

from db.models import Unit
from huajie_desktop import office
from huajie_desktop.application import Application
from huajie_desktop.errors import FieldErrors, Problem
from huajie_desktop.township.seating import set_up


def test_huajie_comes_with_its_villages_and_categories(tmp_path):
    app = set_up(Application.create(tmp_path), "花街镇", 2021)
    with app.reading() as session:
        units = office.units(session)
        kinds = [unit.kind for unit in units]
        assert (kinds.count("village"), kinds.count("committee"), kinds.count("township")) == (25, 2, 1)
        assert [dimension.name for dimension in office.dimensions(session)] == ["五大攻坚", "五大行动", "五大比拼"]
        assert len(office.categories(session)) == 15
        yanghang = session.scalar(select(Unit).where(Unit.name == "杨杭村"))
        assert {"杨坑村", "杨坑", "杨杭", "杨杭村委会"} <= set(yanghang.other_names())
    app.data.close()


def test_another_township_starts_with_itself_alone(tmp_path):
    app = set_up(Application.create(tmp_path), "某某镇", 2024)
    with app.reading() as session:
        assert [unit.name for unit in office.units(session)] == ["某某镇"]
        assert session.campaign.year == 2024
    app.data.close()


def test_second_set_up_is_refused(app):
    with pytest.raises(Problem, match="已经设置过"):
        set_up(app.data, "花街镇", 2021)


@pytest.mark.parametrize(("township", "year", "field"), [(" ", 2021, "township"), ("花街镇", 21, "year")])
def test_set_up_says_what_is_missing(tmp_path, township, year, field):
    app = Application.create(tmp_path)
    with pytest.raises(FieldErrors) as caught:
        set_up(app, township, year)
    assert set(caught.value.messages) == {field}
    app.close()


def test_second_instance_is_refused_until_the_first_ends(app):
    with pytest.raises(Problem, match="另一个窗口"):
        Application.open(app.folder)
    app.data.close()
    Application.open(app.folder).close()


def test_read_only_place_is_one_clear_sentence(tmp_path):
    blocker = tmp_path / "file"
    blocker.write_text("")
    with pytest.raises(Problem, match="不能建立数据文件夹"):
        Application.create(blocker / "data")
