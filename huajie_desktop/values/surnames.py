"""Family names, by which a word is told from a name and two names run together from one."""

COMMON = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭罗梁宋郑谢韩唐冯于董萧肖程曹袁邓许傅付沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎闫余潘杜戴夏钟汪田任姜范方石姚"
    "谭廖邹熊金陆郝孔崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文俞楼施应童章倪严华卞鲍柳柯翁虞骆洪"
)  # the commonest hundred and those of the district; a name of four characters hardly ever begins with one
SINGLE = COMMON | frozenset(
    "褚卫尤许戚喻柏水窦云葛奚郎鲁韦昌马苗凤酆费廉岑滕殷毕邬安乐时皮齐伍元卜平和穆湛祁禹狄米贝明臧计伏成谈茅庞纪舒屈项祝阮蓝闵席季麻强路"
    "娄危颜梅盛刁樊凌霍支昝管莫经房裘缪干解宗宣贲郁单杭包诸左吉钮嵇邢滑裴荣荀羊於惠甄家封芮羿储靳汲邴糜松井富巫乌焦巴弓牧隗山谷车宓蓬全郗"
    "班仰秋仲伊宫宁仇栾暴甘钭厉戎祖符景詹束幸司韶郜蓟薄印宿白怀蒲邰从鄂索咸籍卓蔺屠蒙池阴胥能苍双闻莘党翟贡劳逄姬申扶堵冉宰郦雍却璩桑桂濮"
    "牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿充慕连茹习宦艾鱼容向古慎戈庾终暨居衡步都耿满弘匡国寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚"
    "那简饶空毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公仝佟代兰迟覃冼邝招麦亓么区阳涂揭商牟佘佴赏墨哈谯笪言岳帅缑亢况苟税宛郄官占战展木"
    "朴来矫栗辜丛邸衣粟綦晋雒盘檀敬卿苑谌练隋佀撒折繁秘祭过句黑几洗种员召沐练敏蹇逢"
)
_TWO = (
    "万俟 司马 上官 欧阳 夏侯 诸葛 闻人 东方 赫连 皇甫 尉迟 公羊 澹台 公冶 宗政 濮阳 淳于 单于 太叔 申屠 公孙 仲孙 轩辕 "
    "令狐 钟离 宇文 长孙 慕容 鲜于 闾丘 司徒 司空 亓官 司寇 子车 颛孙 端木 巫马 公西 漆雕 乐正 壤驷 公良 拓跋 夹谷 宰父 "
    "谷梁 段干 百里 东郭 南门 呼延 羊舌 微生 梁丘 左丘 东门 西门 南宫 第五 纳兰 完颜 独孤"
)
COMPOUND = frozenset(_TWO.split())


def begins_like_a_name(word: str) -> bool:
    """Whether a word of two to four characters begins with a family name."""
    return 2 <= len(word) <= 4 and (word[0] in SINGLE or word[:2] in COMPOUND)


def run_together(word: str) -> bool:
    """Whether four characters are hardly the name of one person: 张三李四, 张三带队, 户主李四; 欧阳文山 and 阿依古丽 are."""
    if len(word) != 4 or word[:2] in COMPOUND:
        return False
    return word[0] in COMMON or word[2] in COMMON or (word[0] in SINGLE and word[2] in SINGLE)
