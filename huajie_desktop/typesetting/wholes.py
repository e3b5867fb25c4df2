"""What a line never cuts (a number and its unit, a day, 文号, a code), and what it cuts only where nothing else is near."""

import re

from huajie_desktop.typesetting.worked_once import remembered

# GB/T 15834-2011, 5.1: what must not begin a line, what must not end one.
NO_START = frozenset("，。、；：？！）〕］｝〉》」』】〗”’·…—～,.;:?!)]}%‰℃％°′″々")
NO_END = frozenset("（〔［｛〈《「『【〖“‘([{¥￥$№#＃±≥≤≈＞＜·")

_HAN = "\u4e00-\u9fff"
_LETTERS = _HAN + "\u3400-\u4dbf\U00020000-\U0003ffff"
_POINTED = "[" + _LETTERS + "]{1,6}(?:·[" + _LETTERS + "]{1,8})+"
_UNIT = (
    r"[多余来]?[万亿千百]{0,2}(?:平方公里|平方米|立方米|公里|千米|厘米|毫米|千瓦时?|元|[人家班车架户]次|[" + _HAN + r"㎡㎥])"
    r"(?:[/／][" + _HAN + r"])?(?:底前?|末前?|初|[上中下]旬前?|份前?|前|内)?"
)
# Numbers and Latin words with the signs inside them (2021-08, 12.5, 1,200, 3~5, www.x.cn) and the unit behind a figure, day
# and month, 〔2021〕1号, 三季度末前, telephone numbers in groups; names with a point in a list; a dash, an ellipsis, a blank.
_WHOLE = re.compile(
    r"[〔\[（(]\d{4}[〕\]）)]第?\d+(?:-\d+)?号"
    r"|\d{1,2}月\d{1,2}[日号](?:前|内|起|止)?"
    r"|1\d{2} \d{4} \d{4}"
    r"|第?[0-9A-Za-z０-９]+(?:[.,:/~@&+'’–．％%‰℃～—－-]+[0-9A-Za-z０-９]+)*(?:(?<=[0-9０-９])" + _UNIT + r")?"
    r"|[一二三四]季度(?:末前?|前|初)?"
    r"|(?<=[、\n ])" + _POINTED + r"(?=[、\n ]|$)|(?:^|(?<=：))" + _POINTED + r"(?=[、\n ])"
    r"|—{2,}|…{2,}|_{2,}"
)
_CUT_AFTER = frozenset("-/@&+:_－年月、·")  # where a word wider than its line is cut
# Words of an office that are not cut where the line can end beside them, two characters of each.
_OFFICE = (
    "提升 攻坚 乡村 美丽 建设 项目 序号 荣获 行动 工程 治理 整治 承诺 干事 比拼 大比 任务 重点 工作 落实 完成 推进 管护 安装 "
    "道路 路灯 硬化 绿化 改造 发展 工业 城市 品质 要素 配置 提效 文旅 融合 提档 创新 驱动 提速 提质 平台 能级 全域 集镇 平安 "
    "善治 基层 党建 文明 环境 创建 综合 执法 党委 政府 办公 公室 委员 员会 社区 居委 委会 党政 村民 群众 干部 书记 主任 镇长 "
    "领导 班子 责任 单位 牵头 配合 时限 要求 目标 内容 名称 类别 投资 资金 来源 自筹 补助 时间 节点 启动 开工 竣工 验收 检查 "
    "问题 整改 督查 通知 提醒 警告 报告 通报 进展 情况 措施 公开 公示 监督 接受 销号 申请 延期 审核 意见 材料 佐证 附件 签字 "
    "盖章 签名 日期 电话 联系 系人 评分 擂台 得分 名次 合计 年度 计划 规划 设计 方案 招标 施工 用地 征地 拆迁 停车 车位 垃圾 "
    "分类 厕所 污水 河道 水库 安全 生产 食品 消防 矛盾 纠纷 调处 信访 流动 人口 出租 养老 文化 礼堂 广场 公园 学校 卫生 企业 "
    "园区 作室 型号 设备 小微 农业 农户 种植 产业 旅游 古道 古村 宣传 培训 活动 会议 制度 机制 档案 台账 清单 专班 指挥 挥长 "
    "成员 主要 "
)
_PAIRS = frozenset(_OFFICE.split())
_LISTING = re.compile("[、：· 　]")  # without one of these near by no name in a list is torn
_SEPARATORS = frozenset("、，。；：！？（）()［］“”《》 　,;:/\n\t")
_LISTED = 6  # characters of one in a list that stays whole
_DOTTED = 14  # of a name with ·


@remembered  # asked of a cell when its column is measured and when it is set
def wholes_in(text: str) -> tuple[tuple[int, int], ...]:
    """Where what is never cut begins and ends."""
    return tuple([match.span() for match in _WHOLE.finditer(text)])


def whole_with_signs(text: str, start: int, end: int) -> str:
    """What is never cut there with the signs that must stand before and behind it."""
    while start and text[start - 1] in NO_END:
        start -= 1
    while end < len(text) and text[end] in NO_START:
        end += 1
    return text[start:end]


def inside_wholes(text: str) -> frozenset[int]:
    """The positions between two characters of what is never cut: no line may break there."""
    return frozenset(index for start, end in wholes_in(text) for index in range(start + 1, end))


def may_break(text: str, index: int, inside: frozenset[int]) -> bool:
    """Whether a line may end before text[index]; blanks stay with the line they follow."""
    after = text[index]
    return index not in inside and after not in NO_START and text[index - 1] not in NO_END and not after.isspace()


def tears(text: str, index: int) -> bool:
    """Whether a line that ends before text[index] tears what belongs together: a day from its year, a word, a name in a list."""
    before = text[index - 1]
    if before == "年":
        return text[index].isdigit() and text[max(index - 2, 0)].isdigit()
    return text[index - 1 : index + 1] in _PAIRS or _tears_listed(text, index)


def forced_end(text: str, start: int, fits: int) -> int:
    """Where a word wider than its line is cut: behind a sign, else where no sign begins the next line, else where it is full."""
    places = range(fits, start, -1)
    sign = next((index for index in places if text[index - 1] in _CUT_AFTER and text[index] not in NO_START), 0)
    allowed = next((index for index in places if text[index] not in NO_START and text[index - 1] not in NO_END), 0)
    return sign or allowed or max(fits, start + 1)


def _tears_listed(text: str, index: int) -> bool:
    """Whether the break lies within one of several short names between 、 or behind a colon, or within a name with ·."""
    if not _LISTING.search(text, max(index - _DOTTED, 0), index + _DOTTED + 1):
        return False
    if text[index - 1] in _SEPARATORS or text[index] in _SEPARATORS:
        return False
    begin = next((place for place in range(index - 1, max(index - _DOTTED, -1), -1) if text[place] in _SEPARATORS), -1)
    least = min(index + _DOTTED, len(text))
    end = next((place for place in range(index, least) if text[place] in _SEPARATORS), least)
    name = text[begin + 1 : end]
    if "·" in name:
        return len(name) <= _DOTTED
    before, behind = text[begin] if begin >= 0 else "", text[end : end + 1]
    return (before in {*"、 　："} or behind in {*"、 　"}) and len(name) <= _LISTED
