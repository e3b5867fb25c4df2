"""Cases of where tables stand and what their rows and headers are: one of `tests/sheets/cases.py` each."""

from tests.sheets.cases import DOUBT, Case, Or

STEPS = [{"due": "2021-03-31", "text": "立项"}, {"due": "2021-09-30", "text": "完工"}]
TWO = [{"title": "村道硬化", "unit": "倪宅村"}, {"title": "公厕改造", "unit": "金杜村"}]
FOUR = [{"title": title} for title in ("村道硬化", "绿道建设", "公厕改造", "路灯安装")]
VILLAGES = [
    {"title": "村道硬化", "unit": "倪宅村", "due": "2021-08-31"}, {"title": "绿道建设", "unit": "倪宅村", "due": "2021-09-30"},
    {"title": "公厕改造", "unit": "金杜村", "due": "2021-10-31"}, {"title": "路灯安装", "unit": "尚仁村", "due": "2021-11-30"},
]  # fmt: skip
HEAD = "序号|承诺事项|责任人|完成时限"

TABLES = [
    # two villages' lists one below the other
    Case("stacked, titles", f"""
花街镇2021年倪宅村干事承诺清单
{HEAD}
1|村道硬化|张三丰|8月底
花街镇2021年金杜村干事承诺清单
{HEAD}
1|公厕改造|李四光|9月底""", TWO, file="汇总.xlsx"),
    Case("stacked, reporters", f"""
花街镇2021年干事承诺清单|<|<|<
填报单位：倪宅村
{HEAD}
1|村道硬化|张三丰|8月底

填报单位：金杜村
{HEAD}
1|公厕改造|李四光|9月底""", TWO, file="汇总.xlsx"),
    Case("stacked, names of villages alone", f"""
倪宅村|<|<|<
{HEAD}
1|村道硬化|张三丰|8月底


金杜村|<|<|<
{HEAD}
1|公厕改造|李四光|9月底""", TWO, file="汇总.xlsx"),
    Case("stacked, the header only once", f"""
花街镇2021年干事承诺清单
{HEAD}
倪宅村|<|<|<
1|村道硬化|张三丰|8月底
金杜村|<|<|<
1|公厕改造|李四光|9月底""", TWO, file="汇总.xlsx"),
    # the second table counts in 元
    Case("second table in 元, header", """
花街镇2021年倪宅村干事承诺清单
序号|承诺事项|责任人|完成时限|投资（万元）
1|村道硬化|张三丰|8月底|5
花街镇2021年金杜村干事承诺清单
序号|承诺事项|责任人|完成时限|投资（元）
1|公厕改造|李四光|9月底|50000""", [{"title": "村道硬化", "investment": 5}, {"title": "公厕改造", "investment": 5}]),
    Case("second table in 元, line", """
倪宅村干事承诺清单
单位：万元
序号|承诺事项|责任人|完成时限|投资
1|村道硬化|张三丰|8月底|5
续表
单位：元
序号|承诺事项|责任人|完成时限|投资
2|公厕改造|李四光|9月底|50000""", [{"title": "村道硬化", "investment": 5}, {"title": "公厕改造", "investment": 5}]),
    Case("first table in 元, line", """
倪宅村干事承诺清单（单位：元）
序号|承诺事项|责任人|完成时限|投资
1|村道硬化|张三丰|8月底|50000
附表
金额单位：万元
序号|承诺事项|责任人|完成时限|投资
2|公厕改造|李四光|9月底|5""", [{"title": "村道硬化", "investment": 5}, {"title": "公厕改造", "investment": 5}]),
    # halves side by side
    Case("halves, touching", f"""
倪宅村干事承诺清单|<|<|<|<|<|<|<
{HEAD}|{HEAD}
1|村道硬化|张三丰|8月底|3|公厕改造|王五行|9月底
2|绿道建设|李四光|8月底|4|路灯安装|赵六一|9月底""", FOUR),
    Case("halves, apart", f"""
倪宅村干事承诺清单
{HEAD}||{HEAD}
1|村道硬化|张三丰|8月底||3|公厕改造|王五行|9月底
2|绿道建设|李四光|8月底||4|路灯安装|赵六一|9月底""", FOUR),
    Case("halves, uneven, without serials", """
倪宅村干事承诺清单
承诺事项|责任人|完成时限||承诺事项|责任人|完成时限
村道硬化|张三丰|8月底||路灯安装|王五行|9月底
绿道建设|李四光|8月底
公厕改造|赵六一|8月底""", FOUR),
    # a corner cell over serials
    Case("corner, two words", """
倪宅村干事承诺清单
任务/序号|工作任务|主要内容|责任人|完成时限
1|村道硬化|硬化300米|张三丰|8月底
2|绿道建设|1.5公里|李四光|9月底""", [{"title": "村道硬化", "content": "硬化300米"}, {"title": "绿道建设", "content": "1.5公里"}]),
    Case("corner, slash", """
倪宅村干事承诺清单
事项＼序号|承诺事项|主要内容|责任人|完成时限
1|村道硬化|硬化300米|张三丰|8月底
2|绿道建设|新建绿道|李四光|9月底""", [{"title": "村道硬化", "content": "硬化300米"}, {"title": "绿道建设", "content": "新建绿道"}]),
    Case("corner over the content", """
倪宅村干事承诺清单
内容      序号|承诺事项|责任人|完成时限
1|村道硬化|张三丰|8月底
2|绿道建设|李四光|9月底""", [{"title": "村道硬化"}, {"title": "绿道建设"}]),
    # three header rows
    Case("three header rows, steps", """
倪宅村干事承诺清单
序号|承诺事项|责任人|进度安排|<
^|^|^|上半年|下半年
^|^|^|一季度|三季度
1|村道硬化|张三丰|立项|完工""", [{"title": "村道硬化", "responsible": ["张三丰"], "milestones": STEPS}]),
    Case("three header rows, groups", """
倪宅村干事承诺清单
序号|承诺事项|工作安排|<|<
^|^|责任落实|<|时间
^|^|责任人|联系电话|完成时限
1|村道硬化|张三丰|13800001234|8月底""", [{"title": "村道硬化", "responsible": ["张三丰"], "due": "2021-08-31"}]),
    Case("two header rows, a long group", """
倪宅村干事承诺清单
序号|承诺事项|2021年度责任落实和完成时间安排情况|<
^|^|责任人|完成时限
1|村道硬化|张三丰|8月底""", [{"title": "村道硬化", "responsible": ["张三丰"], "due": "2021-08-31"}]),
    # the head of names over two columns
    Case("names across, groups merged down", """
倪宅村干事承诺清单
序号|任务名称|<|责任人|完成时限
1|道路类|村道硬化|张三丰|8月底
2|^|绿道建设|李四光|9月底
3|环境类|公厕改造|王五行|9月底""", [{"title": Or("村道硬化"), "responsible": ["张三丰"]}, {"title": Or("绿道建设"), "responsible": ["李四光"]}, {"title": Or("公厕改造"), "responsible": ["王五行"]}]),
    Case("names across, groups repeated", """
倪宅村干事承诺清单
序号|承诺事项|<|责任人|完成时限
1|基础设施|村道硬化|张三丰|8月底
2|基础设施|绿道建设|李四光|9月底
3|人居环境|公厕改造|王五行|9月底""", [{"title": Or("村道硬化"), "responsible": ["张三丰"]}, {"title": Or("绿道建设"), "responsible": ["李四光"]}, {"title": Or("公厕改造"), "responsible": ["王五行"]}]),
    Case("names across, all rows merged across", """
倪宅村干事承诺清单
序号|承诺事项|<|责任人|完成时限
1|村道硬化|<|张三丰|8月底
2|绿道建设|<|李四光|9月底""", [{"title": "村道硬化", "responsible": ["张三丰"]}, {"title": "绿道建设", "responsible": ["李四光"]}]),
    # the title column has another word
    *(
        Case(f"title called {word}", f"""
倪宅村2021年干事承诺
序号|{word}|责任人|完成时限
1|村道硬化|张三丰|8月底
2|绿道建设|李四光|9月底
3|公厕改造|王五行|9月底""", [{"title": Or("村道硬化"), "responsible": ["张三丰"]}, {"title": Or("绿道建设")}, {"title": Or("公厕改造")}])
        for word in ("承诺内容", "今年打算做的", "惠民实事", "干什么", "主要目标任务内容")
    ),
    # months and years as heads
    Case("months as numbers", """
倪宅村干事承诺清单
序号|承诺事项|责任人|完成时限|3|9
1|村道硬化|张三丰|9月底|立项|完工""", [{"title": "村道硬化", "due": "2021-09-30", "responsible": ["张三丰"]}]),
    Case("months under a group", """
倪宅村干事承诺清单
序号|承诺事项|责任人|进度安排（月份）|<
^|^|^|3|9
1|村道硬化|张三丰|立项|完工""", [{"title": "村道硬化", "milestones": STEPS}], refused="任务名称"),
    Case("years as heads", """
倪宅村干事承诺清单
序号|承诺事项|责任人|完成时限|2020|2021
1|村道硬化|张三丰|9月底|方案|完工""", [{"title": "村道硬化", "due": "2021-09-30"}], said="*"),
    # sums of every kind
    Case("Excel's subtotals", """
倪宅村干事承诺清单
序号|类别|承诺事项|责任人|完成时限|投资(万元)
1|重点工作|村道硬化|张三丰|8月底|5
2|重点工作|绿道建设|李四光|9月底|6
|重点工作 汇总||||11
3|平安创建|公厕改造|王五行|9月底|7
|平安创建 汇总||||7
|总计||||18""", FOUR[:3]),
    Case("counts and averages", """
倪宅村干事承诺清单
序号|类别|承诺事项|责任人|完成时限|投资(万元)
1|重点工作|村道硬化|张三丰|8月底|5
2|重点工作|绿道建设|李四光|9月底|6
|重点工作 计数|2
|重点工作 平均值||||5.5
3|平安创建|公厕改造|王五行|9月底|7
|总计数|3|||
|总平均值||||6""", FOUR[:3]),
    Case("sums in the column of names", """
倪宅村干事承诺清单
序号|承诺事项|责任人|完成时限|投资(万元)
|合计3项|||18
1|村道硬化|张三丰|8月底|5
2|绿道建设|李四光|9月底|6
|本页小计|||11
3|公厕改造|王五行|9月底|7
|累计|||18""", FOUR[:3]),
    # sections that name villages
    *(
        Case(f"sections {way}", f"""
花街镇2021年各村承诺事项
{HEAD}
{way.format("一", "倪宅村")}|<|<|<
1|村道硬化|张三丰|8月底
2|绿道建设|李四光|9月底
{way.format("二", "金杜村")}|<|<|<
3|公厕改造|王五行|10月底
{way.format("三", "尚仁村")}|<|<|<
4|路灯安装|赵六一|11月底""", VILLAGES, file="汇总.xlsx")
        for way in ("{}、{}", "（{}）{}", "{1}", "{}、{}（2项）")
    ),
    # on its side
    Case("on its side", """
倪宅村干事承诺清单
序号|1|2
承诺事项|村道硬化|绿道建设
责任人|张三丰|李四光
完成时限|8月底|9月底""", FOUR[:2], refused="竖"),
    Case("on its side, no serials", """
倪宅村干事承诺清单
任务名称|村道硬化|绿道建设|公厕改造
主要内容|硬化300米|新建1公里|改造1座
责任人|张三丰|李四光|王五行
完成时限|8月底|9月底|10月底""", FOUR[:3], refused="竖"),
    Case("on its side, one record", """
倪宅村干事承诺表
任务名称|村道硬化
主要内容|硬化300米
责任人|张三丰
完成时限|8月底
计划投资（万元）|12.5""", FOUR[:1], refused="竖"),
    # copies and hidden sheets
    *(
        Case(f"copy called {name}", f"""
=倪宅村
倪宅村干事承诺清单
{HEAD}
1|村道硬化|张三丰|8月底
2|绿道建设|李四光|9月底
={name}
倪宅村干事承诺清单
{HEAD}
1|村道硬化|张三丰|8月底
2|绿道建设|李四光|10月底""", said=name)
        for name in ("倪宅村 (2)", "Sheet1", "备份")
    ),
    *(
        Case(f"old draft, {mark} {name}", f"""
倪宅村干事承诺清单
{HEAD}
1|村道硬化|张三丰|8月底
={mark}{name}
倪宅村干事承诺清单
{HEAD}
1|旧村道修补|张三丰|5月底""", FOUR[:1], said=name)
        for mark, name in (("!!", "旧稿"), ("!", "去年"), ("!!", "Sheet2"))
    ),
    # what only tells together
    Case(
        "an amount far from those of other tables",
        """
花街镇2021年倪宅村干事承诺清单
序号|承诺事项|责任人|完成时限|投资（万元）
1|村道硬化|张三丰|8月底|5
2|绿道建设|李四光|8月底|6
3|公厕改造|王五行|8月底|7
花街镇2021年金杜村干事承诺清单
序号|承诺事项|责任人|完成时限|投资（万元）
1|路灯安装|赵六一|9月底|80000""",
        [*({"title": title} for title in ("村道硬化", "绿道建设", "公厕改造")), {"title": "路灯安装", "investment": DOUBT}],
        file="汇总.xlsx",
    ),
    *(
        Case(
            f"an example called {name}",
            f"""
倪宅村干事承诺清单
序号|类别|承诺事项|责任人|完成时限
|重点工作|{name}|张三丰|8月底
1|重点工作|村道硬化|张三丰|8月底
2|重点工作|绿道建设|李四光|9月底""",
            FOUR[:2],
        )
        for name in ("（示例）某某项目", "示例：村道修补", "【例】某某项目")
    ),
    Case(
        "the header again in the right list alone",
        f"""
倪宅村|<|<|<||金杜村|<|<|<
{HEAD}||{HEAD}
1|村道硬化|张三丰|8月底||1|公厕改造|王五行|9月底
|||||{HEAD}
|||||2|路灯安装|赵六一|9月底""",
        [TWO[0], TWO[1], {"title": "路灯安装", "unit": "金杜村"}],
        file="汇总.xlsx",
    ),
    Case(
        "a copy of three records, one of them changed",
        f"""
=甲
倪宅村干事承诺清单
{HEAD}
1|村道硬化|张三丰|8月底
2|绿道建设|李四光|8月底
3|公厕改造|王五行|8月底
=乙
倪宅村干事承诺清单
{HEAD}
1|村道硬化|张三丰|8月底
2|绿道建设|李四光|8月底
3|渠道整修|王五行|8月底""",
        FOUR[:3],
        said="乙",
    ),
    Case(
        "a group merged over records with serials of their own",
        """
倪宅村干事承诺清单
序号|任务名称|<|责任人|完成时限
1|道路类||张三丰|8月底
2|^|绿道建设|李四光|9月底
3|环境类|公厕改造|王五行|9月底
4|^|路灯安装|赵六一|9月底""",
        count=4,
        said="*",
    ),
]  # fmt: skip
