"""Cases of what cells say: one of `tests/sheets/cases.py` each."""

from tests.sheets.cases import DOUBT, Case, Or


def one(name, head, *cells, **more):
    """A list with one column beside name, person and day: the cells of each row, and what they must give."""
    rows = "\n".join(f"{n}|{title}|张三丰|8月底|{cell}" for n, (title, cell) in enumerate(zip(TITLES, cells, strict=False), 1))
    return Case(name, f"倪宅村干事承诺清单\n序号|承诺事项|责任人|完成时限|{head}\n{rows}", **more)


def amounts(name, head, *pairs):
    return one(name, head, *(cell for cell, _ in pairs), records=[{"title": t, "investment": v} for t, (_, v) in zip(TITLES, pairs, strict=False)])  # fmt: skip


def column(field, *pairs):
    """One case a cell in the column of persons or days."""
    for cell, value in pairs:
        person, day = (cell, "8月底") if field == "responsible" else ("张三丰", cell)
        text = f"倪宅村干事承诺清单\n序号|承诺事项|责任人|完成时限\n1|村道硬化|{person}|{day}\n2|绿道建设|李四光|9月底"
        yield Case(f"{field} {cell}", text, [{"title": "村道硬化", field: value}, {"title": "绿道建设"}])


TITLES = ("村道硬化", "绿道建设", "公厕改造", "路灯安装", "旧桥改建", "渠道整修", "河道清淤")
REPORT = "花街镇2021年3月月度进展台账\n序号|填报单位|任务名称|月份|完成情况|完成比例|进展情况\n"

VALUES = [
    # shares
    *(
        Case(f"shares {look}", REPORT + "\n".join(f"{n}|倪宅村|{title}|3月|推进中|[{share} {look}]|正在施工" for n, (title, share) in enumerate(zip(TITLES, (1, 0.8, 0.01), strict=False), 1)), [{"title": t, "percent": p} for t, p in zip(TITLES, (100, 80, 1), strict=False)], ledger="progress")
        for look in ("0%", "0.0%", "0.00%")
    ),
    Case("shares as text", REPORT + "1|倪宅村|村道硬化|3月|推进中|80%|正在施工\n2|倪宅村|绿道建设|3月|推进中|约60%|正在施工\n3|倪宅村|公厕改造|3月|推进中|0.5|施工", [{"title": "村道硬化", "percent": 80}, {"percent": Or(60)}, {"percent": Or(50)}], ledger="progress"),
    # amounts
    amounts("two amounts in a cell", "投资（万元）", ("5万元/3万元", DOUBT), ("12 5", DOUBT), ("5+3", DOUBT), ("县补5万、自筹3万", DOUBT)),
    amounts("more than one amount", "投资（万元）", ("一期5万，二期8万", DOUBT), ("1 2.5", DOUBT), ("5万/8万", DOUBT), ("总8万其中自筹3万", DOUBT)),
    amounts("blanks inside of a figure", "投资", ("12 5万元", DOUBT), ("1 0", DOUBT), ("8", 8)),
    amounts("shown as 万", "投资（万元）", ('[125000 0!.0,"万"]', Or(12.5)), ('[300000 0!.0,"万"]', Or(30)), ("20", 20)),
    amounts("shown as 万元", "投资", ('[125000 0!.0,"万元"]', Or(12.5)), ('[300000 0!.0,"万元"]', Or(30)), ("[20 0]", 20)),
    amounts("shown shifted by four places", "投资（万元）", ("[125000 0!.0,]", Or(12.5)), ("[300000 0!.0,]", Or(30)), ("20", 20)),
    amounts("shown as 元", "投资（万元）", ('[50000 0.00"元"]', Or(5)), ('[80000 #,##0"元"]', Or(8)), ("6", 6)),
    amounts("not shown", "投资（万元）", ("[12 ;;;]", Or(None)), ("5", 5), ("6", 6)),
    amounts("shown as a word", "投资（万元）", ('[12 "待定"]', DOUBT), ("5", 5), ("6", 6)),
    amounts("one a thousand times the others", "投资（万元）", ("5", 5), ("8", 8), ("125000", DOUBT), ("6.5", 6.5), ("9", 9), ("12", 12)),
    # parts struck out
    Case("struck, then new", "倪宅村干事承诺清单\n序号|承诺事项|责任人|完成时限|投资(万元)\n1|~旧村道~村道硬化|~张三~李四光|~8月底~10月底|~12~15\n2|绿道建设|李四光|9月底|5", [{"title": Or("村道硬化"), "responsible": Or(["李四光"]), "due": Or("2021-10-31"), "investment": Or(15)}, {"title": "绿道建设"}]),
    Case("new, then struck", "倪宅村干事承诺清单\n序号|承诺事项|责任人|完成时限|投资(万元)\n1|村道硬化~修补~|李四光~张三~|10月底~8月底~|15~12~\n2|绿道建设|李四光|9月底|5", [{"title": Or("村道硬化"), "responsible": Or(["李四光"]), "due": Or("2021-10-31"), "investment": Or(15)}, {"title": "绿道建设"}]),
    Case("struck in the middle", "倪宅村干事承诺清单\n序号|承诺事项|责任人|完成时限|投资(万元)\n1|村道~修补~硬化|李四光、~张三~、王五行|9月底|5\n2|绿道建设|李四光|9月底|5", [{"title": Or("村道硬化"), "responsible": Or(["李四光", "王五行"])}, {"title": "绿道建设"}]),
    # rows struck out
    *(
        Case(f"{count} of {rows} rows struck", "倪宅村干事承诺清单\n序号|承诺事项|责任人|完成时限\n" + "\n".join("|".join(f"~{cell}~" if n <= count else cell for cell in (str(n), TITLES[n - 1], "张三丰", "8月底")) for n in range(1, rows + 1)), said="划" if count == 9 else "*")
        for count, rows in ((1, 3), (2, 3), (1, 6), (3, 4))
    ),
    # a bad byte
    *(
        Case(f"a bad byte, {head}", f"倪宅村干事承诺清单\n序号|承诺事项|责任人|完成时限|{head}\n1|村道硬化|张三丰|8月底|甲\n2|绿道建设|李四光|9月底|乙\n3|公厕改造|王五行|9月底|丙", said="*", count=3, file="倪宅村.csv", byte=True)
        for head in ("备注", "主要内容", "联系电话")
    ),
    # days
    *column("due", ("农历八月十五", Or("2021-09-21")), ("旧历九月初九", Or("2021-10-14")), ("阴历五月初五", Or("2021-06-14")), ("农历年底", Or("2022-01-31")), ("腊月廿九", Or("2022-01-31"))),
    *column("due", ("3月起", DOUBT), ("6月开工", DOUBT), ("自5月开始实施", DOUBT), ("6月底前、9月底前", DOUBT), ("6月/9月", DOUBT)),
    *column("due", ("6月底（延期至9月底）", Or("2021-09-30")), ("8月底，延期到11月底", Or("2021-11-30")), ("原5月底改为8月底", Or("2021-08-31")), ("6月底→10月底", Or("2021-10-31"))),
    # persons
    *column("responsible", ("张三（李四配合）", DOUBT), ("张三丰（配合：李四）", DOUBT), ("村两委", DOUBT), ("全体党员", DOUBT), ("村委会", DOUBT), ("张三A", DOUBT), ("李四1", DOUBT)),
    *column("responsible", ("欧阳修", Or(["欧阳修"])), ("诸葛亮、司马光", Or(["诸葛亮", "司马光"])), ("阿依古丽·买买提", Or(["阿依古丽·买买提"])), ("John Smith", Or(["John Smith"]))),
]  # fmt: skip
