"""Files: all or nothing, the same content the same bytes, errors a clerk can act on."""

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from huajie_desktop.errors import Cancelled
from huajie_desktop.papers.printing import lines_of, write_paper_files, write_papers
from huajie_desktop.typesetting.files import NotWritten, name_files
from huajie_desktop.typesetting.fonts import MissingGlyphs
from tests.disk import small_files
from tests.typesetting.conftest import make_item, make_pledge, make_slip


class Steps:
    """A job that notes its steps and is cancelled at one of them."""

    def __init__(self, cancel_at: int | None = None) -> None:
        self.steps: list[tuple[int, int, str]] = []
        self._cancel_at = cancel_at

    def step(self, done: int, total: int, text: str) -> None:
        if len(self.steps) == self._cancel_at:
            raise Cancelled
        self.steps.append((done, total, text))


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        write_papers([make_pledge(12), make_pledge(3, unit="另村")], tmp_path / name)
        write_papers([make_pledge(5, unit="又村")], tmp_path / "c.pdf")  # what else was printed has no influence
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_one_file_per_unit(tmp_path: Path) -> None:
    pledges = [
        make_pledge(12, unit="甲村"),
        make_pledge(2, unit="乙村"),
        make_pledge(1, unit="甲村"),
        make_pledge(1, unit="经/发办"),
    ]
    printed = write_paper_files(pledges, tmp_path / "新文件夹")
    names = ["甲村承诺书.pdf", "乙村承诺书.pdf", "甲村承诺书（2）.pdf", "经_发办承诺书.pdf"]
    assert sorted(file.name for file in (tmp_path / "新文件夹").iterdir()) == sorted(names)
    for name, one in zip(names, printed, strict=True):
        assert len(pypdfium2.PdfDocument(tmp_path / "新文件夹" / name)) == one.pages
    assert len({one.sha256 for one in printed}) == 4
    write_paper_files([make_slip(2)], tmp_path)
    assert (tmp_path / "示例村承诺交办单.pdf").exists()


def test_progress_is_told(tmp_path: Path) -> None:
    job = Steps()
    write_papers([make_pledge(2, unit="甲村"), make_pledge(2, unit="乙村")], tmp_path / "a.pdf", job)
    assert job.steps == [(0, 2, "排版甲村承诺书"), (1, 2, "排版乙村承诺书"), (2, 2, "保存文件")]


@pytest.mark.parametrize("cancel_at", range(3))
def test_a_cancelled_job_leaves_no_file(tmp_path: Path, cancel_at: int) -> None:
    with pytest.raises(Cancelled):
        write_papers([make_pledge(2), make_pledge(2)], tmp_path / "a.pdf", Steps(cancel_at))
    with pytest.raises(Cancelled):
        write_paper_files([make_pledge(2), make_pledge(2)], tmp_path, Steps(cancel_at))
    assert list(tmp_path.iterdir()) == []


def test_a_missing_glyph_stops_everything_before_the_first_file(tmp_path: Path) -> None:
    bad = make_pledge(items=(make_item(), make_item(2, responsible=("张\U0002ffff",), title="路灯")), unit="乙村")
    with pytest.raises(MissingGlyphs, match=r"示例村《路灯》责任人.*U\+2FFFF"):
        write_paper_files([make_pledge(), bad], tmp_path)
    assert list(tmp_path.iterdir()) == []


def break_folder(folder: Path) -> Path:
    (folder / "在这里").write_text("一个文件")
    return folder / "在这里" / "a.pdf"


def break_name(folder: Path) -> Path:
    (folder / "a.pdf").mkdir()
    return folder / "a.pdf"


@pytest.mark.parametrize(("break_it", "words"), [(break_folder, "不是文件夹"), (break_name, "同名的是一个文件夹|没有写入权限")])
def test_an_unusable_place_is_named(tmp_path: Path, break_it: Callable[[Path], Path], words: str) -> None:
    target = break_it(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(NotWritten, match=words) as caught:
        write_papers([make_pledge()], target)
    assert str(target) in str(caught.value)
    assert "没有改动" in str(caught.value)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.skipif(sys.platform == "win32", reason="the system knows no limit to the size of files")
def test_a_full_disk_leaves_the_old_files(tmp_path: Path) -> None:
    [first, second] = name_files(tmp_path, ["甲村承诺书", "乙村承诺书"])
    first.write_bytes(b"%PDF old")
    with small_files(1000), pytest.raises(NotWritten, match=str(first)):
        write_paper_files([make_pledge(unit="甲村"), make_pledge(unit="乙村")], tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == [first.name]
    assert first.read_bytes() == b"%PDF old"
    write_paper_files([make_pledge(unit="甲村"), make_pledge(unit="乙村")], tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted([first, second])


def test_an_old_file_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"%PDF" + b"old" * 1_000_000)
    write_papers([make_pledge()], target)
    assert len(pypdfium2.PdfDocument(target)) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["a.pdf"]


def test_lines_of_are_the_lines_in_the_file() -> None:
    pledges = [make_pledge(12, unit="甲村"), make_pledge(2, unit="乙村")]
    target = io.BytesIO()
    printed = write_papers(pledges, target)
    lines = list(lines_of(pledges))
    assert max(line.page for line in lines) == sum(one.pages for one in printed) - 1
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(target))
    assert sorted("".join(line.text for line in lines).split()) != []
    assert sorted(set("".join(line.text for line in lines)) - set(text) - {"　"}) == []
