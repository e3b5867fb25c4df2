"""The rooms of the window: each may import those that stand before it, and no page another one."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("theme", "widgets", "desk", "forms", "lists", "typed", "record_parts", "pdf", "pages", "shell")
FILES = sorted(path for path in (ROOT / "ui").rglob("*.py") if path != ROOT / "ui/__init__.py")


def rooms_imported(path: Path) -> set[tuple[str, ...]]:
    """The parts after `ui` of everything of the window that is imported."""
    found = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ImportFrom) and node.module]
    names = [f"{node.module}.{alias.name}".split(".") for node in found for alias in node.names]
    return {tuple(name[1:]) for name in names if name[0] == "ui"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_room_knows_only_those_before_it(path):
    room, *inside = path.relative_to(ROOT / "ui").with_suffix("").parts
    for other, *within in rooms_imported(path):
        assert ROOMS.index(other) <= ROOMS.index(room), f"{room} imports {other}"
        if room == other == "pages" and inside[0] != "__init__":
            assert within[0] == inside[0], f"the page {inside[0]} imports the page {within[0]}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_words_are_shown_where_markup_is_ruled_out(path):
    """What Qt itself makes of a text guesses whether it is markup: a label, a box, a tip, the label of a row in a form."""
    if path.name in ("building.py", "help.py"):  # where labels are made, and where our own text is set
        return
    faults = [(node.lineno, what) for node in ast.walk(ast.parse(path.read_text("utf-8"))) if (what := _guessing(node))]
    assert not faults


_GUESSING = {"QLabel", "QMessageBox", "QErrorMessage", "QWhatsThis", "QProgressDialog", "QInputDialog", "QSplashScreen"}
_HTML = {"insertHtml", "setHtml", "setMarkdown", "setOpenExternalLinks", "setTextFormat"}


def _guessing(node: ast.AST) -> str:
    """What an expression or a class makes that takes texts for markup, "" for nothing such."""
    if isinstance(node, ast.ClassDef):
        return next((_called(base) for base in node.bases if _called(base) in _GUESSING), "")
    if not isinstance(node, ast.Call):
        return ""
    name, given = _called(node.func), node.args
    if name in _GUESSING or (isinstance(node.func, ast.Attribute) and _called(node.func.value) in _GUESSING):
        return name
    if name in ("setToolTip", "setWhatsThis") and not (isinstance(given[-1], ast.Constant) or _called(given[-1]) == "as_tip"):
        return f"{name} without as_tip"
    if name == "addRow" and _called(given[0]) != "make_label":
        return "addRow without make_label"
    if name == "showText" and _called(given[1]) != "as_tip":
        return "showText without as_tip"
    return name if name in _HTML else ""


def _called(node: ast.AST) -> str:
    """The last name of what is called or referred to."""
    if isinstance(node, ast.Call):
        node = node.func
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def test_what_guesses_is_noticed():
    told = [
        _guessing(node)
        for node in ast.walk(
            ast.parse("""
class Way(QLabel): pass
QMessageBox.warning(self, name, text)
made.setToolTip(name)
made.setToolTip(as_tip(name))
made.setToolTip("点一下")
form.addRow(name, box)
words.insertHtml(text)
""")
        )
    ]
    assert sorted(filter(None, told)) == [
        "QLabel", "addRow without make_label", "insertHtml", "setToolTip without as_tip", "warning"
    ]  # fmt: skip


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_other_programs_are_reached_by_one_door(path):
    """Behind it is looked at what would be opened."""
    assert "QDesktopServices" not in path.read_text("utf-8") or path.name == "opening.py"
