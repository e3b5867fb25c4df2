"""What a person keeps under names of her own: in the order of keeping, each name once, and some names nobody may take."""

import pytest

from huajie_desktop.errors import FieldErrors
from huajie_desktop.named_habits import NamedHabits
from huajie_desktop.township.seating import come_in

PATTERNS = NamedHabits("patterns/tasks", "样式", lambda _seat: ["重点工程"])


def kept(seat):
    with seat.reading() as session:
        return [*PATTERNS.own(session).items()]


def test_names_are_kept_in_their_order_whatever_they_are_called_later(app):
    for number, name in enumerate(("甲", "乙", "丙")):
        PATTERNS.keep(app, f" {name} ", number)
    PATTERNS.rename(app, "丙", "丙")
    PATTERNS.rename(app, "乙", "甲乙")
    PATTERNS.keep(app, "甲", 9)
    assert kept(app) == [("甲", 9), ("甲乙", 1), ("丙", 2)]
    assert kept(come_in(app.data, "李四")) == []
    PATTERNS.remove(app, "甲")
    PATTERNS.remove(app, "没有的")
    assert kept(app) == [("甲乙", 1), ("丙", 2)]


@pytest.mark.parametrize(
    ("name", "why"),
    [("丙", "已经有叫“丙”的样式"), (" ", "请给这个样式起个名称"), ("长" * 21, "现在 21 个"), ("重点工程", "是程序自带的样式")],
)
def test_a_name_that_cannot_be_taken_is_refused_and_nothing_is_changed(app, name, why):
    PATTERNS.keep(app, "长" * 20, 1)
    PATTERNS.keep(app, "丙", 2)
    before = kept(app)
    with pytest.raises(FieldErrors) as caught:
        PATTERNS.rename(app, "长" * 20, name)
    assert why in caught.value.messages["name"]
    assert kept(app) == before
