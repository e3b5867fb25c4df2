"""Real files nobody here wrote: an outcome for each, and the headers of the Chinese ones found as a person reads them."""

from collections import Counter

from huajie_desktop.sheets.understood.workbooks import read_workbook, read_workbooks
from tests.conftest import SAMPLES
from tests.sheets.files import Grid, write
from tests.sheets.office import huajie
from tests.sheets.real_answers import ANSWERS

REAL = SAMPLES / "real"


def outcome(file) -> str:
    return f"没有读：{file.problem}" if file.problem else f"读到 {len(file.records)} 条，{len(file.left_out)} 行不是记录"


def test_every_real_file_has_an_outcome_and_none_is_half_read():
    paths = sorted(p for p in REAL.rglob("*") if p.is_file() and p.name != "MANIFEST.tsv")
    files = read_workbooks(paths, huajie(), ledgers=dict.fromkeys(paths))
    for path, file in zip(paths, files, strict=True):
        print(f"{path.relative_to(REAL)}\t{outcome(file)}")
        assert bool(file.problem) != bool(file.tables and not file.problem), path
        assert not (file.problem and file.records), f"{path} is half read"
    read = sum(not file.problem for file in files)
    print(f"{len(files)} files: {read} read, {len(files) - read} with a sentence")


def test_no_list_that_is_no_task_list_is_taken_for_one_without_being_asked_about():
    """None of these files is a list of tasks of a township (each that ever gave records was looked at): they are all sales,
    parcels, forms, timetables, test sheets. What gives records all the same must ask what it is."""
    paths = sorted(p for p in REAL.rglob("*") if p.is_file() and p.name != "MANIFEST.tsv")
    files = read_workbooks(paths, huajie(), ledgers=dict.fromkeys(paths))
    taken = [(path, file) for path, file in zip(paths, files, strict=True) if file.records and not file.problem]
    outcomes = Counter("没有读" if file.problem else "读到记录" if file.records else "没有记录" for file in files)
    print(f"{len(files)} files: {dict(outcomes)}; taken for a ledger unasked: {sum(not file.may_be for _, file in taken)}")
    for path, file in taken:
        assert file.may_be, f"{path.relative_to(REAL)} gave {len(file.records)} records of {file.known.ledger.title}"


def is_right(file, answer) -> bool:
    if answer is None:
        return not file.tables
    rows, fields = answer
    if not file.tables or file.tables[0].header_rows != rows:
        return False
    found = {column.letter: column.field for column in file.tables[0].columns}
    return all(found.get(letter) == field for letter, field in fields.items())


def test_headers_and_columns_of_the_chinese_files_are_those_a_person_reads():
    paths = sorted(p for p in (REAL / "chinese").rglob("*") if p.is_file())
    assert {str(p.relative_to(REAL / "chinese")) for p in paths} == set(ANSWERS)
    files = read_workbooks(paths, huajie())
    wrong = {}
    for path, file in zip(paths, files, strict=True):
        name = str(path.relative_to(REAL / "chinese"))
        if not is_right(file, ANSWERS[name]):
            wrong[name] = [
                (table.header_rows, {c.letter: c.field for c in table.columns if c.field}) for table in file.tables[:1]
            ]
    for name, got in wrong.items():
        print(f"{name}: {ANSWERS[name]} read as {got}")
    print(f"{len(paths) - len(wrong)} of {len(paths)} right ({1 - len(wrong) / len(paths):.0%})")
    assert len(wrong) <= 0.2 * len(paths)


def test_no_real_list_of_something_else_is_taken_for_tasks():
    """Of all these files none is a list of tasks of a village; not one may be taken as such without a stop."""
    paths = sorted(p for p in REAL.rglob("*") if p.is_file() and p.name != "MANIFEST.tsv")
    files = read_workbooks(paths, huajie(), ledgers=dict.fromkeys(paths))
    taken = {str(file.path.relative_to(REAL)): [record.title for record in file.records[:3]] for file in files if file.records}
    assert len(paths) == 214
    assert not taken


def test_a_table_nobody_knows_is_shown_and_read_when_the_clerk_says_what_its_columns_are(tmp_path):
    rows = [
        ["某某表"],
        ["要办的", "谁来办", "哪天"],
        ["修路", "张三", "8月底"],
        ["装灯", "李四", "9月底"],
        ["种树", "王五", "10月底"],
    ]
    write(tmp_path / "倪宅村.xlsx", [Grid("Sheet1", rows, [(0, 0, 0, 2)])])
    file = read_workbook(tmp_path / "倪宅村.xlsx", huajie())
    assert file.problem.startswith("第2行像是表头，但没有认识的字样")
    assert [(column.letter, column.header) for column in file.tables[0].columns] == [
        ("A", "要办的"),
        ("B", "谁来办"),
        ("C", "哪天"),
    ]
    said = {("Sheet1", 2, 0): "title", ("Sheet1", 2, 1): "responsible", ("Sheet1", 2, 2): "due"}
    file = read_workbook(tmp_path / "倪宅村.xlsx", huajie(), mapping=said)
    assert [(r.title, r["responsible"], str(r["due"].day)) for r in file.records][:2] == [
        ("修路", ["张三"], "2021-08-31"), ("装灯", ["李四"], "2021-09-30"),
    ]  # fmt: skip
