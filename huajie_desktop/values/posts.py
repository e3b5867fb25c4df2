"""The words beside names of people: posts, parts in the work, and bodies that are no persons."""

from huajie_desktop.values.patterns import pattern
from huajie_desktop.values.surnames import COMPOUND, SINGLE, begins_like_a_name

POST = (
    r"(?:村|居|镇|乡|街道|社区|党|总|第一|党总|党委|村委会|村委|村主任|联村|包村|驻村|人大|政协)*(?:支部|支)?(?:副)?"
    r"(?:书记|主任|委员|会计|文书|组长|组员|村长|镇长|站长|所长|队长|片长|报账员|网格员|网格长|干事|支书|连长|"
    r"妇女主席|妇联主席|主席|出纳|指挥长|科长|局长|社长|经理|校长|院长)"
)
_SURNAME = rf"(?:[{''.join(sorted(SINGLE))}]|{'|'.join(sorted(COMPOUND))})"
_POST_ONLY = pattern(POST)
_POST_BEFORE = pattern(rf"^(?:{POST}|(?:联村|包村|驻村|村|镇)干部)(?=[\u4e00-\u9fff]{{2,3}}$)")
_POST_AFTER = pattern(rf"(?<=^[\u4e00-\u9fff]{{2}}){POST}$|(?<=^[\u4e00-\u9fff]{{3}}){POST}$")
_COURTESY = pattern(r"(?<=[\u4e00-\u9fff]{2})(?:同志|先生|女士)$")
_TITLED = pattern(  # 张书记, 陈总, 老李: somebody, but not a name
    rf"{_SURNAME}(?:{POST}|[总局所镇队处站工]|老师|师傅|医生|同志|先生|女士|老板|叔|姐|哥|嫂)|{POST}{_SURNAME}|[老小]{_SURNAME}"
)
HELPING = pattern(r"配合|协助|协同|协办|参与|辅助|协$|^协|[Bb]岗")
OTHER_PART = pattern(rf"{HELPING.pattern}|联系|联络|审核|填报|制表|监督")  # what a label may say that makes nobody responsible
_WORKING = pattern(r"^[由请]|牵头|负责|带队|主抓|主管|分管|包片|包干|联系人?|落实|跟进|督办|责任人?|配合|协助|协同|协办|参与")
_GONE = pattern(
    r"待定|未定|暂|拟任?|代$|^代|^原|调[离走任]|离任|卸任|离职|辞职|免职|去世|病故|退休|接替|换|改[为由]|\d[月日]|[日月年][初底前后起]"
)
_BODY = pattern(
    r"两委|村委|居委|支委|干部|党员|全体|各|每|所有|办公室|小组|人员|单位|成员|村民|居民|群众|农户|支部|合作社|公司|企业|业主|物业|有关|相关|"
    r"负责|分工|网格|施工|志愿|团队|队伍|工作组|专班|代表|责任|部门|领导|班子|待|未定|另定|另行|暂|空缺|不详|本人|本村|自己|他人|大家|同上|同前|上同|"
    r"若干|委员会|理事会|协会|商会|妇联|团委|党委|政府|医院|学校|派出所|中心|机关|街道|社区|指挥部|党小组|[办组队所站局部厂处]$"
)
_UNIT_END = pattern(r"(?:[村居镇乡片组队办所站局部厂处科室]|社区|中心|公司|路|[男女]|族|员|岁)$")


def without_post(word: str) -> str:
    """A word without a post or courtesy written before or after the name; "" when it is only a post."""
    if _POST_ONLY.fullmatch(word):
        return ""
    return _COURTESY.sub("", _POST_AFTER.sub("", _POST_BEFORE.sub("", word)))


def is_titled(word: str) -> bool:
    """Whether a word says somebody by family name and post alone: 张书记, 陈总, 老李."""
    return _TITLED.fullmatch(word) is not None


def is_body(word: str) -> bool:
    """Whether a word means a body, or nobody yet, and no person: 村两委, 各网格长, 施工队, 待定."""
    return _BODY.search(word) is not None


def without_part(word: str) -> str:
    """A word without the part a person has in the work: 张三 of 张三负责."""
    bare = _WORKING.sub("", word)
    return bare if len(bare) >= 2 else word


def odd_note(words: list[str]) -> str:
    """What of a note in brackets must not be passed over (李四配合, 协, 已调离, another name); "" for posts and units."""
    for word in words:
        if HELPING.search(word) or _GONE.search(word):
            return word
        name = without_part(without_post(word))
        if begins_like_a_name(name) and not is_body(name) and not _UNIT_END.search(name):
            return word
    return ""
