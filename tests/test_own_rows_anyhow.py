"""Any few things done to the rows of our own template: no record takes on in silence what another one says, and none is lost."""

import os
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.fields import Kind
from huajie_desktop.records.comparing import compared_keys
from huajie_desktop.sheets.fenced.fence import Reader
from huajie_desktop.work.task_ledger import TASKS
from tests.conftest import TODAY
from tests.folders import open_office
from tests.own_templates import FIRST, TITLES, Hands, look, ten

EXAMPLES = int(os.environ.get("OWN_ROWS_EXAMPLES", "60"))
TEXTS = ("title", "content")  # of which no two of the ten say the same
SILENT = ("same", "change", "new", "closing")
NUMBERS = st.integers(0, 11)


@pytest.fixture(scope="module")
def sent(tmp_path_factory):
    """One office for all examples, the village's template, and one reader process."""
    opened = open_office(tmp_path_factory.mktemp("office") / "data", TODAY)
    file = ten(opened, tmp_path_factory.mktemp("sent"))
    with Reader() as reader:
        yield opened, file, reader, tmp_path_factory.mktemp("back")
    opened.data.close()


class Doing(Hands):
    """Hands that remember for whose record each thing was typed: texts that are new say so in themselves."""

    def __init__(self, file):
        super().__init__(file)
        self.typed = {}  # a new text -> the records it may have been typed for
        self.dues = {place: self.get(place, "due") for place in range(len(TITLES))}  # all different

    def origins(self, row):
        """The records whose texts stand in a row."""
        said = {str(self.page.cell(row, self.keys[key]).value) for key in TEXTS}
        typed = set().union(*(self.typed.get(text, set()) for text in said))
        return typed | {TITLES.index(text) for text in said & set(TITLES)} | {CONTENTS[text] for text in said & CONTENTS.keys()}

    def stands(self, place):
        """Whether a row still says when a record is due: its rest was not simply cleared."""
        return any(self.page.cell(row, self.keys["due"]).value == self.dues[place] for row in self.rows)

    def pick(self, number):
        return self.rows[number % len(self.rows)] if self.rows else None

    def new_text(self, row, words):
        text = f"{words}{len(self.typed):03}"
        self.typed[text] = self.origins(row)
        return text

    def sort(self, seed, _other):
        rows, blocks = self.rows, [self.block(row) for row in self.rows]
        for row, block in zip(rows, sorted(blocks, key=lambda said: crc32(f"{seed}{said}".encode())), strict=True):
            self.put(row, block)

    def paste(self, number, _other):
        rows = self.rows
        blocks = [self.block(row) for row in rows]
        gone = number % len(rows)
        typed = [None] * len(self.seen)
        typed[0] = f"新添一件事{len(self.typed):03}"
        self.typed[typed[0]] = set()
        for row, block in zip(rows, [typed, *blocks[:gone], *blocks[gone + 1 :]], strict=True):
            self.put(row, block)

    def copy(self, number, other):
        self.copy_row(self.pick(number) - FIRST, other)

    def rename(self, number, _other):
        row = self.pick(number)
        self.page.cell(row, self.keys["title"]).value = self.new_text(row, "完全改了名字的事")

    def mistype(self, number, _other):
        row = self.pick(number)
        cell = self.page.cell(row, self.keys["title"])
        text = f"{str(cell.value)[:-1]}某"
        self.typed.setdefault(text, set()).update(self.origins(row))
        cell.value = text

    def delete(self, number, _other):
        self.page.delete_rows(self.pick(number))

    def clear(self, number, _other):
        self.put(self.pick(number), [None] * len(self.seen))

    def swap(self, number, other):
        cells = [self.page.cell(self.pick(place), self.keys["title"]) for place in (number, other)]
        cells[0].value, cells[1].value = cells[1].value, cells[0].value

    def edit(self, number, _other):
        row = self.pick(number)
        self.page.cell(row, self.keys["content"]).value = self.new_text(row, "另写的内容")

    def empty(self, number, other):
        key = ("content", "investment", "due", "responsible")[other % 4]
        self.page.cell(self.pick(number), self.keys[key]).value = None

    def drag(self, number, other):
        self.page.cell(self.pick(other), 1).value = self.page.cell(self.pick(number), 1).value


DOINGS = ("sort", "paste", "copy", "rename", "mistype", "delete", "clear", "swap", "edit", "empty", "drag")
CONTENTS = {}


@settings(max_examples=EXAMPLES)
@given(done=st.lists(st.tuples(st.sampled_from(DOINGS), NUMBERS, NUMBERS), min_size=1, max_size=5))
def test_no_record_becomes_another_one_in_silence(sent, done):
    app, file, reader, folder = sent
    hands = Doing(file)
    CONTENTS.update({str(hands.get(place, "content")): place for place in range(10) if hands.get(place, "content")})
    for what, number, other in done:
        if hands.rows:
            getattr(hands, what)(number, other)
    made = look(app, hands.save(folder / "发回.xlsx"), reader=reader)
    assert not made.files[0].read.problem
    for row in made.rows:
        if row.status in SILENT and not row.removed:
            check(row, hands, doubted={other.target for other in made.rows if other.record.issues})
    kept = {row.target for row in made.rows} | {found.id for row in made.rows for found in row.candidates}
    assert kept >= set(range(1, 11)), "what stands in no row is said to be gone"


def check(row, hands, doubted):
    """What is silently taken of a row is its record's own, or was typed into the record's row."""
    said = {key: str(row.record.raw.get(key, "")) for key in TEXTS}
    if row.target is None:
        assert said["title"] not in TITLES, "a record that is kept is no new one"
        return
    own = row.target - 1
    for key in {change.key for change in row.effective}:
        text = said.get(key, "")
        assert text not in TITLES or TITLES.index(text) == own, (row.record.title, key)
        assert CONTENTS.get(text, own) == own, (row.record.title, key)
        typed = hands.typed.get(text, {own})
        assert own in typed or (not typed and not hands.stands(own)), (row.record.title, key, text)
    if row.status == "same" and row.target not in doubted:  # of two rows that say the same, one says it
        allowed = {"", TITLES[own]} | {text for text, of in CONTENTS.items() if of == own}
        assert {text for text in said.values() if own not in hands.typed.get(text, ())} <= allowed


def test_the_texts_by_which_records_are_told_apart_are_all_different():
    assert {TASKS.fields[key].kind for key in TEXTS} <= {Kind.TEXT, Kind.LONG_TEXT}
    assert set(TEXTS) < set(compared_keys(TASKS))
    assert len(set(TITLES)) == 10
