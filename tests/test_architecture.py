"""Who may import whom, said once and checked by reading the code."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PARTS = ("db", "huajie_desktop", "ui", "resources")
MAY_IMPORT = {
    "db": {"db", "resources"},
    "huajie_desktop": {"huajie_desktop", "db", "resources"},
    "ui": {"ui", "huajie_desktop", "db", "resources"},
    "resources": {"resources"},
}
ONLY_IN = {
    "PySide6": ("ui/",),
    "shiboken6": ("ui/",),
    "openpyxl": ("huajie_desktop/sheets/",),
    "xlsxwriter": ("huajie_desktop/sheets/",),
    "python_calamine": ("huajie_desktop/sheets/",),
    "xlrd": ("huajie_desktop/sheets/",),
    "reportlab": ("huajie_desktop/typesetting/",),
    "docx": ("huajie_desktop/typesetting/",),
    "pypdfium2": ("huajie_desktop/papers/", "ui/"),
    "sqlcipher3": ("db/",),
    "psycopg": ("db/",),
    "orjson": ("db/", "huajie_desktop/sheets/fenced/"),
    "msoffcrypto": ("huajie_desktop/sheets/fenced/",),
    "alembic": ("db/",),
    "sqlite3": (),
}
EXEMPT = {"huajie_desktop/__main__.py"}
# Which rooms of the core each room uses, no room one that uses it, however far; single files at its top are rooms, too.
USES = {
    "errors": "",
    "jobs": "",
    "folders": "copy_names errors",
    "temporary": "errors",
    "collecting": "",
    "lock": "errors folders",
    "faults": "",
    "seat": "errors occasions values",
    "settings": "errors seat",
    "drafts": "errors seat",
    "named_habits": "errors seat settings values",
    "phrases": "errors seat settings values",
    "office": "ordering seat settings values",
    "values": "errors",
    "lights": "errors seat values",
    "declared": "errors seat values",
    "reading": "declared office seat settings values",
    "sheets": "collecting declared errors jobs reading temporary values",
    "records": "declared errors jobs ordering reading seat settings values",
    "ledgers": "declared values work",
    "journal": "declared errors jobs records seat settings values",
    "typesetting": "errors folders seat settings temporary",
    "work": "declared errors folders jobs journal lights named_habits office records seat settings typesetting values",
    "township": "declared errors occasions ordering reading records seat settings values work",
    "year": "declared errors jobs office ordering records seat settings township values work",
    "papers": "backups collecting declared errors faults jobs journal lights occasions office ordering "
    "records seat settings sheets supervision township typesetting values work year",
    "shipped_catalogue": "declared ledgers supervision township work",
    "supervision": "declared errors lights records seat settings township values work",  # the queue says its numbers as lists and pages do
    "application": "backups errors folders lock occasions shipped_catalogue temporary",
    "sending": "declared errors folders jobs office reading records seat settings sheets temporary typesetting values",
    "receiving": "application collecting declared errors jobs journal occasions office papers "
    "reading records seat sending sheets shipped_catalogue township typesetting values work",
    "demo": "application declared errors ledgers lights office papers reading receiving records seat settings supervision township "
    "typesetting work year",
    "commands": "application backups demo errors faults folders lights network occasions papers reading "
    "receiving records seat sending sheets shipped_catalogue supervision temporary township typesetting work",
    "selftest": "demo papers seat temporary typesetting work",
    "__main__": "collecting commands selftest sheets",
    "ordering": "values",
    "network": "",
    "occasions": "",
    "backups": "copy_names errors folders jobs lock occasions temporary",
    "copy_names": "occasions",
}  # fmt: skip
# First-party imports inside functions, allowed because starting must be quick. Each says why at its place.
LATE = {
    "huajie_desktop/__main__.py",
    "huajie_desktop/commands/backing_up.py",
    "huajie_desktop/commands/giving_out.py",
    "huajie_desktop/commands/supervising.py",
    "huajie_desktop/commands/taking_in.py",
    "huajie_desktop/sheets/fenced/reader.py",
    "huajie_desktop/sheets/fenced/zipped.py",
    "ui/shell/guide.py",
    "ui/shell/main.py",
    "ui/shell/screenshots.py",
    "ui/shell/window.py",
}
FILES = sorted(path for part in PARTS for path in (ROOT / part).rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def module_of(path: Path) -> str:
    return name_of(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def for_types_alone(tree: ast.Module) -> set[int]:
    """What stands under `if TYPE_CHECKING`: it is never run."""
    blocks = [node.body for node in tree.body if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"]
    return {id(found) for block in blocks for node in block for found in ast.walk(node)}


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """Every imported module as a dotted name, and whether the import stands inside a function; those for types alone left out."""
    tree = ast.parse(path.read_text("utf-8"))
    aside = for_types_alone(tree)
    inside = {id(node) for f in ast.walk(tree) if isinstance(f, ast.FunctionDef | ast.AsyncFunctionDef) for node in ast.walk(f)}
    package = module_of(path).split(".") if path.name == "__init__.py" else module_of(path).split(".")[:-1]
    for node in (node for node in ast.walk(tree) if id(node) not in aside):
        if isinstance(node, ast.Import):
            yield from ((alias.name, id(node) in inside) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            yield ".".join([*base, *filter(None, [node.module])]), id(node) in inside


def test_there_is_something_to_check():
    assert len(FILES) > 20


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_arrows_go_one_way(path):
    part = name_of(path).split("/")[0]
    for module, _inside in imports(path):
        root = module.split(".")[0]
        if root in PARTS and name_of(path) not in EXEMPT:
            assert root in MAY_IMPORT[part], f"{name_of(path)} imports {module}"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_heavy_libraries_stay_in_their_place(path):
    for module, _inside in imports(path):
        allowed = ONLY_IN.get(module.split(".")[0])
        if allowed is not None:
            assert name_of(path).startswith(tuple(allowed) or ("nowhere",)), f"{name_of(path)} imports {module}"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_first_party_import_inside_functions(path):
    if name_of(path) in LATE:
        return
    late = [module for module, inside in imports(path) if inside and module.split(".")[0] in PARTS]
    assert not late, f"{name_of(path)} imports {late} inside a function"


@pytest.mark.parametrize("path", [path for path in FILES if "demo" not in path.parts], ids=name_of)
def test_no_township_is_named_in_code(path):
    """What is one township's own is data: its names, its villages, what stands in its numbers and codes."""
    assert not re.search("花(?!括号)|HJ", path.read_text("utf-8"))


def test_no_import_cycle():
    modules = {module_of(path): path for path in FILES}
    graph = {}
    for module, path in modules.items():
        wanted = [name for name, inside in imports(path) if not inside]
        graph[module] = {name for name in wanted if name in modules and name != module}
    done: set[str] = set()

    def visit(module: str, way: tuple[str, ...]) -> None:
        assert module not in way, " -> ".join((*way, module))
        if module in done:
            return
        for other in graph[module]:
            visit(other, (*way, module))
        done.add(module)

    for module in modules:
        visit(module, ())


def room_of(module: str) -> str:
    return module.split(".")[1]


def rooms_used(path: Path) -> set[str]:
    """The rooms of the core a file imports something of: `from huajie_desktop import office` names one, too."""
    tree = ast.parse(path.read_text("utf-8"))
    aside, found = for_types_alone(tree), set[str]()
    for node in (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and id(node) not in aside):
        if node.module == "huajie_desktop":
            found.update(alias.name for alias in node.names)
        elif node.module and node.module.startswith("huajie_desktop."):
            found.add(room_of(node.module))
    return found


@pytest.mark.parametrize("room", USES)
def test_a_room_uses_only_what_it_may(room):
    home = ROOT / "huajie_desktop" / room
    files = home.rglob("*.py") if home.is_dir() else [home.with_suffix(".py")]
    used = set().union(*map(rooms_used, files)) - {room}
    assert used == set(USES[room].split()), f"{room} uses {sorted(used)}"


def test_every_room_is_told_of_and_none_is_used_by_what_it_uses():
    inside = {
        path.stem for path in (ROOT / "huajie_desktop").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert inside - {"__init__"} == set(USES)
    done: set[str] = set()

    def visit(room: str, way: tuple[str, ...]) -> None:
        assert room not in way, " -> ".join((*way, room))
        if room not in done:
            for other in USES[room].split():
                visit(other, (*way, room))
            done.add(room)

    for room in USES:
        visit(room, ())


def test_no_file_is_named_like_another_of_its_floor_nor_like_two():
    """Who opens a file by its name meets the one that is meant."""
    stems: dict[str, list[str]] = {}
    for path in FILES:
        if path.stem != "__init__" and "versions" not in path.parts:
            stems.setdefault(path.stem, []).append(name_of(path).split("/")[0])
    assert not {stem: floors for stem, floors in stems.items() if len(floors) > 2 or len(set(floors)) < len(floors)}


PARTING = (ast.If, ast.IfExp, ast.For, ast.While, ast.ExceptHandler, ast.match_case, ast.Assert)


def complexity(function: ast.FunctionDef) -> int:
    """In how many places the way through a function parts, and one; what stands in functions inside it counts, too."""
    inside = list(ast.walk(function))
    operands = sum(len(node.values) - 1 for node in inside if isinstance(node, ast.BoolOp))
    looked_through = sum(1 + len(node.ifs) for node in inside if isinstance(node, ast.comprehension))
    return 1 + sum(isinstance(node, PARTING) for node in inside) + operands + looked_through


def test_complexity_counts_what_it_says():
    [function] = ast.parse(
        "def f(rows):\n"
        "    assert rows\n"
        "    for row in [row for row in rows if row if row > 1]:\n"
        "        if row and row > 2 or not row:\n"
        "            return 1 if row else 2\n"
        "    return 0\n"
    ).body
    assert complexity(function) == 10


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_sizes(path):
    text = path.read_text("utf-8")
    if "migrations/versions" in name_of(path):
        return
    assert text.count("\n") <= 300, "a file this long holds more than one thing"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno <= 45, f"{node.name} is too long"
            assert complexity(node) <= 15, f"{node.name} goes too many ways: {complexity(node)}"
        if isinstance(node, ast.ClassDef):
            assert (node.end_lineno or 0) - node.lineno <= 200, f"{node.name} is too long"


def test_nothing_slow_is_loaded_before_the_window_paints():
    """SQLAlchemy takes longer to load than the whole window; it is loaded behind it."""
    code = "import sys, ui.shell.main; print(sorted({name.split('.')[0] for name in sys.modules} & set(sys.argv[1:])))"
    slow = ("sqlalchemy", "sqlcipher3", "alembic", "reportlab", "xlsxwriter", "openpyxl")
    done = subprocess.run([sys.executable, "-c", code, *slow], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
