"""Every kind of paper as a Word document: the words of the PDF, what Writer prints of it, and what the register knows."""

import re
from collections import Counter

import pytest
from sqlalchemy import select

from db.models import Paper
from huajie_desktop.errors import Problem
from huajie_desktop.journal import history
from huajie_desktop.papers import register
from huajie_desktop.papers.dossier import make_dossiers
from huajie_desktop.papers.making import Order, make
from huajie_desktop.papers.paper_kinds import KINDS
from huajie_desktop.papers.reporting import make_report
from huajie_desktop.typesetting.files import WORD
from huajie_desktop.typesetting.page import MM
from tests.test_paper_kinds import ORDER, SAID, SIZES, ids, order_of  # noqa: F401
from tests.typesetting.word_files import body_words, has_writer, opened, pdf_words, printed, words_in


def without_title(page):
    """A further page without the title it bears in the PDF, where a word processor repeats the head of the table alone."""
    return re.sub("^.{4,60}（续）(?=序号)", "", page)


@pytest.mark.parametrize("key", KINDS)
def test_every_kind_says_in_word_what_it_says_in_pdf(app, ids, key, tmp_path):  # noqa: F811
    order = order_of(app, key, ids)
    make(app, order, tmp_path / "文书.pdf")
    changes = make(app, order, tmp_path / "文书.docx").changes
    data = (tmp_path / "文书.docx").read_bytes()
    text, place = body_words(data), 0
    for words in ORDER[key].removesuffix(" 第1页共1页").split():
        found = text.find(words, place)
        assert found >= 0, f"{words} after {text[max(place - 20, 0) : place + 60]}"
        place = found
    pages = pdf_words(tmp_path / "文书.pdf")
    with app.reading() as session:
        code = session.scalars(select(Paper.code)).one()
        [line] = register.register_lines(session, app.today())
    assert line.given == "PDF、Word"
    assert changes.label, "that it was given out in another form is kept"
    foot = [f"第{number}页共{len(pages)}页" if KINDS[key].counted else f"—{number}—" for number in range(1, len(pages) + 1)]
    framed = key in ("award", "poster")
    bare = [page.replace(code, "").replace("" if framed else words, "") for page, words in zip(pages, foot, strict=True)]
    head = next((words_in(row) for row in opened(data).element.body.xpath("//w:tr[w:trPr/w:tblHeader]")), "")
    bare[1:] = [without_title(page).removeprefix(head) for page in bare[1:]]  # which come back on every page
    if not KINDS[key].shown:  # charts are tables there
        assert Counter("".join(bare)) == Counter(text)
    width, height = SIZES.get(key, (210, 297))
    last = opened(data).sections[-1]
    across = key in ("unit_list", "forces", "score")
    assert (round(last.page_width.mm), round(last.page_height.mm)) == ((297, 210) if across else (width, height))


@pytest.mark.skipif(not has_writer(), reason="LibreOffice Writer is not installed here")
def test_writer_prints_every_kind_on_as_many_pages_with_the_same_words(app, ids, tmp_path):  # noqa: F811
    for key in KINDS:
        for ending in (".pdf", ".docx"):
            make(app, order_of(app, key, ids), tmp_path / f"{key}{ending}")
    for ending in (".pdf", ".docx"):
        make_report(app, tmp_path / f"report{ending}")
        make_dossiers(app, ids[:1], tmp_path / f"dossier{ending}")
    files = sorted(tmp_path.glob("*.docx"))
    assert len(files) == len(KINDS) + 2
    for stem, data in printed(files, tmp_path).items():
        ours, theirs = [*map(without_title, pdf_words(tmp_path / f"{stem}.pdf"))], pdf_words(data)
        assert abs(len(ours) - len(theirs)) <= 1, stem
        if stem != "report" and len(ours) == len(theirs):  # its charts are tables there
            assert Counter("".join(ours)) == Counter("".join(theirs)), stem


def test_the_register_takes_back_with_the_making_as_what_a_paper_was_given_out(app, ids, tmp_path):  # noqa: F811
    order = order_of(app, "pledge", ids)
    make(app, order, tmp_path / "a.docx")
    again = make(app, order, tmp_path / "a.pdf").changes

    def given():
        with app.reading() as session:
            return [line.given for line in register.register_lines(session, app.today())]

    assert given() == ["PDF、Word"]
    history.undo(app, [again.operation_id])
    assert given() == ["Word"]


def test_separate_files_end_as_they_were_asked_to(app, ids, tmp_path):  # noqa: F811
    made = make(app, Order("pledge"), tmp_path / "各村", separate=True, ending=WORD)
    assert sorted(file.name for file in made.files) == ["倪宅村承诺书.docx", "尚仁村承诺书.docx"]
    for file in made.files:
        assert file.stem.removesuffix("承诺书") in body_words(file.read_bytes())


def test_a_name_of_another_kind_is_refused_and_nothing_is_kept(app, ids, tmp_path):  # noqa: F811
    with pytest.raises(Problem, match="结尾不是"):
        make(app, Order("pledge"), tmp_path / "承诺书.doc")
    with app.reading() as session:
        assert register.register_lines(session, app.today()) == []


def test_a_poster_is_as_large_as_it_was_asked_for_and_framed(app, ids, tmp_path):  # noqa: F811
    order = order_of(app, "poster", ids)
    make(app, Order("poster", order.ids, SAID | {"幅面": "A2"}), tmp_path / "a.docx")
    [section] = opened((tmp_path / "a.docx").read_bytes()).sections
    assert (section.page_width / 12700 / MM, section.page_height / 12700 / MM) == pytest.approx((420, 594), abs=0.1)
    assert section._sectPr.xpath("w:pgBorders/w:top")
