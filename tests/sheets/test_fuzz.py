"""Two thousand mutated workbooks: each gives records or a Chinese sentence, and the reader goes on with the next."""

import io
import random
import re
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from huajie_desktop.sheets.fenced.fence import Reader
from huajie_desktop.sheets.understood.workbooks import read_workbooks
from tests.conftest import SAMPLES
from tests.sheets.files import Grid, write
from tests.sheets.office import huajie

SHARES, EACH = 8, 250
REAL = SAMPLES / "real" / "robustness"
SEEDS = ("calamine/merged_cells.ods", "readxl/texty-dates-xls.xls", "openpyxl/book2.xlsx", "libxls/missing-values-xls.xls")
HEAD = ["序号", "类别", "任务名称", "主要内容", "责任人", "完成时限", "计划投资(万元)"]
ROW = [1, "干事承诺", "村道硬化", "硬化村道300米", "张三", "8月底前", 12.5]
WORDS = [b"1048576", b"XFD1048576", b"-1", b"99999999999", b"", b"A1:XFD1", b"\xff\xfe", b"&amp;", b"]]>", b"<x>", b"0"]
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def seeds(folder: Path) -> list[tuple[str, bytes]]:
    """A small list in every format, and a few files nobody here wrote."""
    grid = Grid(
        "清单", [["花街镇2021年倪宅村干事承诺清单"], HEAD, ROW, [2, *ROW[1:]], ["合计", "", "", "", "", "", 25]], [(0, 0, 0, 6)]
    )
    found = []
    for ending in ("xlsx", "xls", "ods", "csv"):
        write(folder / f"seed.{ending}", [grid])
        found.append((ending, (folder / f"seed.{ending}").read_bytes()))
    return found + [(name.rsplit(".", 1)[1], (REAL / name).read_bytes()) for name in SEEDS]


def mutated(ending: str, data: bytes, chance: random.Random) -> bytes:
    """One of the ways a file goes wrong on its way: bytes, parts, XML, dimensions, the directory of the archive."""
    if ending in ("xlsx", "ods") and chance.random() < 0.6:
        return zip_mutated(data, chance)
    found = bytearray(data)
    match chance.randrange(4):
        case 0:
            for _ in range(chance.randrange(1, 40)):
                found[chance.randrange(len(found))] = chance.randrange(256)
        case 1:
            return bytes(found[: chance.randrange(len(found))])
        case 2:
            start = chance.randrange(len(found))
            del found[start : start + chance.randrange(1, 400)]
        case _:
            start = chance.randrange(len(found))
            found[start:start] = chance.randbytes(chance.randrange(1, 200))
    return bytes(found)


def zip_mutated(data: bytes, chance: random.Random) -> bytes:
    source, made = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    names = source.namelist()
    wrong, way = chance.choice(names), chance.randrange(5)
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in names:
            part = source.read(name)
            if name != wrong:
                target.writestr(name, part)
            elif way == 0:
                continue
            elif way == 1:
                target.writestr(name, part[: chance.randrange(len(part) + 1)])
            elif way == 2:
                target.writestr(name.upper(), part)
            else:
                target.writestr(name, xml_mutated(part, chance))
    return made.getvalue()


def xml_mutated(part: bytes, chance: random.Random) -> bytes:
    """Values of attributes and texts forged, elements cut out or doubled."""
    for _ in range(chance.randrange(1, 6)):
        spots = [found.span(1) for found in re.finditer(rb'="([^"]*)"|>([^<]+)<', part) if found.group(1) is not None]
        if chance.random() < 0.3 and (tags := [found.span() for found in re.finditer(rb"<[^<>]+>", part)]):
            start, end = chance.choice(tags)
            part = part[:start] + (part[start:end] * 2 if chance.random() < 0.5 else b"") + part[end:]
        elif spots:
            start, end = chance.choice(spots)
            part = part[:start] + chance.choice(WORDS) + part[end:]
    return part


@pytest.mark.parametrize("share", range(SHARES))
def test_mutated_workbooks_give_a_result_or_a_sentence(tmp_path, share):
    chance, known = random.Random(f"花街 {share}"), huajie()
    sources, outcomes = seeds(tmp_path), Counter()
    paths = []
    for number in range(EACH):
        ending, data = sources[number % len(sources)]
        path = tmp_path / f"{number:03}.{ending}"
        path.write_bytes(mutated(ending, data, chance))
        paths.append(path)
    with Reader() as reader:
        files = read_workbooks(paths, known, reader=reader)
    assert len(files) == EACH
    for file in files:
        problem = file.problem
        outcomes["result" if problem is None else "sentence"] += 1
        if problem is not None:
            assert CHINESE.search(problem), (file.name, problem)
            assert "还没读完" not in problem, f"{file.name} does not end"
            assert not re.search(r"Traceback|Error|Exception", problem), (file.name, problem)
            assert not file.records, f"{file.name} is half read"
    print(f"share {share}: {dict(outcomes)}")
    assert outcomes["result"] > EACH // 20
    assert outcomes["sentence"] > EACH // 10
