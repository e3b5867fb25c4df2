"""Who may import whom, said once and checked by reading the code."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PARTS = ("db", "huajie_desktop", "ui", "resources")
MAY_IMPORT = {
    "db": {"db"},
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
    "pypdfium2": ("huajie_desktop/papers/", "ui/"),
    "sqlcipher3": ("db/",),
    "psycopg": ("db/",),
    "orjson": ("db/",),
    "alembic": ("db/",),
    "sqlite3": (),
}
EXEMPT = {"huajie_desktop/__main__.py"}
# First-party imports inside functions, allowed because starting must be quick. Each says why at its place.
LATE = {
    "huajie_desktop/__main__.py",
    "huajie_desktop/commands.py",
    "huajie_desktop/sheets/fenced/reader.py",
    "ui/shell/main.py",
    "ui/shell/screenshots.py",
}
FILES = sorted(path for part in PARTS for path in (ROOT / part).rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def module_of(path: Path) -> str:
    return name_of(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """Every imported module as a dotted name, and whether the import stands inside a function."""
    tree = ast.parse(path.read_text("utf-8"))
    inside = {id(node) for f in ast.walk(tree) if isinstance(f, ast.FunctionDef | ast.AsyncFunctionDef) for node in ast.walk(f)}
    package = module_of(path).split(".") if path.name == "__init__.py" else module_of(path).split(".")[:-1]
    for node in ast.walk(tree):
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


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_sizes(path):
    text = path.read_text("utf-8")
    if "migrations/versions" in name_of(path):
        return
    assert text.count("\n") <= 400, "a file this long holds more than one thing"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno <= 50, f"{node.name} is too long"
        if isinstance(node, ast.ClassDef):
            assert (node.end_lineno or 0) - node.lineno <= 250, f"{node.name} is too long"
