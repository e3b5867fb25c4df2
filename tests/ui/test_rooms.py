"""The rooms of the window: each may import those that stand before it, and no page another one."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("theme", "widgets", "desk", "forms", "lists", "record_parts", "pdf", "pages", "shell")
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
def test_labels_are_made_where_markup_is_ruled_out(path):
    """A bare QLabel takes tags in what was typed or sent for markup."""
    made = [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and _name(node) == "QLabel"
    ]
    assert not made or path.name == "building.py"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_other_programs_are_reached_by_one_door(path):
    """Behind it is looked at what would be opened."""
    assert "QDesktopServices" not in path.read_text("utf-8") or path.name == "opening.py"


def _name(call):
    return call.func.id if isinstance(call.func, ast.Name) else ""
