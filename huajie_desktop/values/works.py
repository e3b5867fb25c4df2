"""Whether a text reads like something to be done: what a person sees who looks at a column without its header."""

from huajie_desktop.values.patterns import pattern
from huajie_desktop.values.text import fold

_SHORTEST, _LONGEST = 4, 100  # characters
_HAN = pattern(r"[\u4e00-\u9fff]{2}")
_DOING = pattern(
    r"[修建装拆清铺种抓创挖搬改办]|整治|治理|硬化|绿化|亮化|美化|净化|洁化|白改黑|开展|推进|完成|落实|组织|加强|提升|提高|打造|排查|举办|培训"
    r"|宣传|征收|征地|流转|招商|招引|引进|培育|培养|养护|维护|巡查|走访|慰问|调解|化解|开工|竣工|实施|编制|制定|健全|完善|做好|推动|推广"
    r"|发展|扩大|疏浚|更换|添置|购置|采购|争取|申报|盘活|复垦|复耕|解决|帮扶|消除|关停|普及|增收|评选|选举|换届|验收|监测|防控|防治|防汛"
    r"|禁止|救助|扶持|迁移|通车|浇筑|粉刷|保洁|处置|处理|分类|回收|管理|服务|示范|试点|达标|覆盖|优化|规范|强化|深化|确保|保障|力争"
    r"|配备|设立|设置|启动|签订|安置|交付|发放|补助|养老|关爱|招生|登记|入户"
    r"|村道|道路|公路|机耕路|绿道|步道|巷道|桥|水渠|渠道|池塘|山塘|水库|河道|溪|管网|污水|垃圾|厕|广场|公园|停车|路灯|礼堂|活动中心|书屋|驿站"
    r"|球场|健身|堤|坝|泵站|产业园|基地|大棚|庭院|围墙|凉亭|食堂|照料中心|幼儿园|卫生室|监控|电网|自来水|饮水|消防|厂房|民宿|农房|旧村|小区"
)
_PEOPLE = pattern(r"[\u4e00-\u9fff]{2,3}(?:[、,，;/\s]+[\u4e00-\u9fff]{2,3})+")
_OFFICE = pattern(r"[\u4e00-\u9fff]{1,8}(?:办|办公室|局|科|公司|大队|中队|委|工会|妇联)")
_DAY = pattern(r"(?:\d{2,4}年)?(?:第?[一二三四1-4]季度|\d{1,2}月|[上下]半年)\S{0,6}")


def reads_like_work(text: str) -> bool:
    """Whether a text may be the name of a task: some words, one of them of what is done or built, no persons, day or office."""
    word = fold(text)
    if not _SHORTEST <= len(word) <= _LONGEST or not _HAN.search(word) or not _DOING.search(word):
        return False
    return not (_PEOPLE.fullmatch(text.strip()) or _DAY.fullmatch(word) or _OFFICE.fullmatch(word))
