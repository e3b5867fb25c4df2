"""The words beside the times of a deadline: what goes on all year, is vague, begins or changes it, or says nothing of when."""

from huajie_desktop.values.patterns import pattern

ONGOING = pattern(r"全年|长期|长年|常年|常态|持续|贯穿|始终|日常|经常|不间断|一直")
RECURRING = pattern(r"每(?:[一二三四两\d]*)(?:天|日|周|星期|旬|个?月|双月|季|半年|年)|按[月季周]|逐[月季]")
VAGUE = pattern(
    r"待定|暂定|左右|前后|大约|(?<![签合公节履条])约|视|另行|或者?|未定|期间|汛期|梅雨|雨季|农忙|农闲|开学|暑假|寒假|[农旧阴古夏老]历"
)
SEASON = pattern(r"[入立开初早仲晚盛深隆][春夏秋冬]|[春夏秋冬](?:[天季末初节耕收种]|[之以]?前|之?[内后])|春夏|秋冬|[春夏秋冬]$")
FILLER = pattern(
    r"(?:力争|争取|确保|务必|必须|预计|预期|计划|拟|在|于|截止|截至|截|至|到|自|从|起|止|前|之前|以前|以内|之内|"
    r"完成|基本|全面|全部|完工|竣工|建成|投用|投入使用|"
    r"验收|通过|结束|到位|办结|落实|见效|交付|实施|启动|开工|推进|达标|报批|坚持|开展|进行|做好|工作|"
    r"化|性|地|并|底|末|份|完|毕|成|的|初步|按时|[,。;、.!\-—~:])*"
)
# What stands before a new time: 延期至10月底, 改为9月, 现10月底.
RENEWED = pattern(
    r"(?:(?:延[期长迟后]?|推[迟后]|顺延|展期?|宽限|放宽|[更修]改|变更|调整?|改期?|提[前早])[至到为成在:]+"
    r"|延期|推迟|顺延|展期|改期|变更|(?<![兑实体出发表呈])现(?:定|改|调整|变更)?[为至到在]?)$"
)
OPENS_BEFORE = pattern(r"(?:自|从)$")  # what makes a time the beginning
OPENS = pattern(r"起(?!草|色|底)|开始|至今|以来|[-—–~至到]+$")
STARTS = pattern(r"开工|启动|动工|开建|进场|起步")  # where neither 底 nor 前 is written
AFTER = pattern(r"[之以]?后(?=$|[,。;\d一二三四五六七八九十两启开]|完成)")
ERA = pattern(r"民国|令和|平成|昭和|大正|公元前|佛历|伊历|回历|藏历|傣历|彝历")
WEEKDAYS = "一二三四五六日天"
WEEKDAY = pattern(rf"(?:星期|周|礼拜)([{WEEKDAYS}])")
CHANGED = pattern(
    r"延期|延长|延迟|延后|推迟|推后|顺延|展期|宽限|改[为至期成]|[改整]到(?!位)|调[为至]|[延展][至到]|变更[为至到]|调整[为至]|提[前早][至到]"
    r"|原(?:定|计划|为|先|来|:|$)"
)
_NEGATED = pattern(r"未(?!来)|(?<!淹)没|不(?!晚于|迟于|超过|得|断|留|低于|少于|间断|漏|落)|无法|取消|作废|除外|暂停|暂缓")
_NOT = pattern(r"非$")
_NUMBER = pattern(r"\d+|半|第?[一二三四五六七八九十两]+个?[年月日号天周季旬星礼]|廿|卅")
_CLOCK = pattern(r"(?:上午|下午|早上|晚上?|中午|凌晨)?\d{1,2}(?:[时点]|:\d\d(?::\d\d)?)(?:[半整]|\d{1,2}分?)?")
_COUNTED = pattern(r"\d+(?:\.\d+)?(?:%|(?!个?[年月日号天周季旬时点星礼]|个半)[\u4e00-\u9fff])")  # 300米, 80%


def odd_word(before: str, behind: str) -> str:
    """What of the words around a time makes it another one or unsure (非, 后, 延期, 顺延30天, 第一周), "" without any."""
    if found := _NOT.search(before):
        return found[0]
    rest = before + behind
    for words in (VAGUE, CHANGED, _NEGATED, AFTER, WEEKDAY):
        if found := words.search(rest):
            return found[0]
    return odd_number(rest)


def odd_number(text: str) -> str:
    """A number that may be one of days or months, "" where numbers only tell the time of day or count things."""
    found = _NUMBER.search(_COUNTED.sub("", _CLOCK.sub("", text)))
    return found[0] if found else ""
