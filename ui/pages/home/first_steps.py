"""What is to be done next, as the first page says it: the steps of an office without a task, and what is left to be handed in."""

from collections.abc import Iterator
from typing import NamedTuple

from huajie_desktop.records.lines import HomeFigures

_NUMBERS = "①②③④⑤⑥"


class Step(NamedTuple):
    """One thing to do: the sentence, the word on its button, the page it leads to and what to show there."""

    sentence: str
    verb: str
    page: str
    subject: object = None


def _first_steps(found: HomeFigures) -> list[Step]:
    """What comes first in an office without a task, in its order; what is done is ticked."""
    units = _units_step(found) or Step(f"✓ 单位：已有 {found.villages} 个村（居）", "看单位", "organisation")
    categories = _categories_step(found) or Step(f"✓ 任务类别：已有 {len(found.categories)} 个", "看类别", "campaign")
    steps = [
        units,
        categories,
        Step("导入各村报来的表格（Excel、WPS、CSV 都可以）", "导入", "import"),
        Step("或者自己录入任务，一项一条", "新增任务", "checklist", {"new": True}),
        Step("审核任务；通过的才有编号", "审核", "review"),
        Step("打印承诺书和承诺交办单", "文书", "papers"),
    ]
    numbers = iter(_NUMBERS)
    return [step._replace(sentence=_numbered(step.sentence, numbers)) for step in steps]


def _numbered(sentence: str, numbers: Iterator[str]) -> str:
    """A sentence with its number; another way to the same is no further step."""
    return f"　 {sentence}" if sentence.startswith("或者") else f"{next(numbers)} {sentence}"


def _units_step(found: HomeFigures) -> Step | None:
    if found.villages:
        return None
    return Step("先建立村和居委会：从行政区划取，或粘贴一列名称", "取村", "organisation", {"villages": True})


def _categories_step(found: HomeFigures) -> Step | None:
    return None if found.categories else Step("设好任务类别（审核和编号要用）", "设类别", "campaign")


def steps_of(found: HomeFigures) -> list[Step]:
    """What leads on from where the office stands."""
    if not found.total:
        return _first_steps(found)
    states, silent = found.states, len(found.silent_units)
    steps = list(filter(None, (_units_step(found), _categories_step(found))))
    if states["draft"]:
        steps.append(Step(f"{states['draft']} 项草稿还没有提交", "去提交", "checklist", {"state": "draft"}))
    if silent:
        names = "、".join(found.silent_units[:4]) + ("等" if silent > 4 else "")
        steps.append(Step(f"{silent} 个村（居）还没有任务：{names}", "导入", "import"))
    return steps
