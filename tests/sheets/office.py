"""The office the tests read for: Huajie's villages, some offices and the fifteen categories of 2021."""

from huajie_desktop.reading.known import Known, KnownCategory, KnownUnit
from huajie_desktop.sheets.understood.workbooks import record_as_json
from huajie_desktop.township.divisions import villages_of
from huajie_desktop.work.task_ledger import TASKS
from tests.office import CATALOGUE

DIMENSIONS = {
    "五大攻坚": ("工业发展提质攻坚", "城市品质提升攻坚", "要素配置提效攻坚", "文旅融合提档攻坚", "创新驱动提速攻坚"),
    "五大行动": ("工业平台能级提升", "全域美丽提升", "集镇品质提升", "平安善治提升", "基层党建提升"),
    "五大比拼": ("重点工作", "干事承诺", "文明环境", "平安创建", "基层党建"),
}
OFFICES = ("党政综合办", "党建办", "经济发展办", "美丽创建办", "村镇建设办", "自然资源所", "农业农村办", "平安建设办", "宣传办")
_CODE = "330784114"  # of the township among the divisions


def huajie(year: int = 2021) -> Known:
    """What the program knows after its first start."""
    units = [KnownUnit(1, "花街镇", ("永康市花街镇",), "township")]
    units += [_village(number, village.official) for number, village in enumerate(villages_of(_CODE), 2)]
    units += [KnownUnit(len(units) + i, name, (), "office") for i, name in enumerate(OFFICES, 1)]
    names = [(name, dimension) for dimension, words in DIMENSIONS.items() for name in words]
    categories = [KnownCategory(i, name, dimension) for i, (name, dimension) in enumerate(names, 1)]
    return Known(year, units, categories, TASKS, CATALOGUE)


def _village(number: int, name: str) -> KnownUnit:
    if name.endswith("居委会"):
        return KnownUnit(number, name, (f"花街镇{name}",), "committee")
    village = name.removesuffix("委会")
    spelled = ("杨坑", "杨坑村") if village == "杨杭村" else ()
    return KnownUnit(number, village, (name, f"花街镇{village}", *spelled), "village")


def told(files):
    """What was read as the command tells it in JSON."""
    return [
        {
            "file": file.name,
            "unit": file.unit,
            "ledger": file.known.ledger.key,
            "problem": file.problem,
            "records": [record_as_json(record, file.known.ledger) for record in file.records],
        }
        for file in files
    ]
