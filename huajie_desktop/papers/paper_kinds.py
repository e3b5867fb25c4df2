"""The kinds of paper, declared: whom one is for, its wordings, what the clerk fills in, how it is numbered."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from db.fields import Field, Kind
from db.papers import PAPER_KINDS
from db.reports import MONTHS
from huajie_desktop.declared.presets import THIS_MONTH, TODAY
from huajie_desktop.typesetting.looks import Look


class Per(Enum):
    """What one paper of a kind is made for."""

    UNIT = "单位"
    TASK = "任务"
    YEAR = "全镇"


@dataclass(frozen=True, slots=True)
class PaperKind:
    """One kind of paper; `letter` tells it in a code, `mark` in a number (none: it is not numbered)."""

    key: str
    per: Per
    letter: str
    wordings: tuple[str, ...]  # names of its templates, the one that is taken first where nothing says another
    mark: str = ""
    table: str = ""  # the table its wording may use
    shown: tuple[str, ...] = ()  # further tables, charts and parts it may name
    needed: bool = True  # whether without a row in it there is nothing to print
    asked: tuple[Field, ...] = ()  # what the clerk says when it is made; the label is the wording's field
    preset: Mapping[str, str] = field(default_factory=dict)  # what the window fills in beside that and can be cleared: 今天, 本月
    usual: Mapping[str, str] = field(default_factory=dict)  # what stands there at first; {镇}, {党委}, {政府} are the township's
    once: Mapping[str, str] = field(default_factory=dict)  # what was usual in earlier editions, and stands on papers made then
    marks: Mapping[str, str] = field(default_factory=dict)  # a chosen word -> its own mark and series of numbers; the first met
    worded: Mapping[str, str] = field(default_factory=dict)  # a chosen word -> its own wording
    phrases: Mapping[str, Mapping[str, str]] = field(
        default_factory=dict
    )  # own field -> by chosen word or answered label its words
    own: tuple[str, ...] = ()  # further fields of its wording
    look: Look = Look.OFFICIAL
    sizes: Mapping[str, tuple[Look, str]] = field(default_factory=dict)  # answer to 幅面 -> its look and wording
    handled: tuple[Field, ...] = ()  # what the clerk says of how it is printed; no part of what it says
    coded: bool = True  # whether its sheets bear the code they are known again by
    counted: bool = True
    confirmed: bool = True  # its table is about confirmed tasks alone
    signed: bool = False  # whether it is handed out and comes back signed
    day: str = ""  # the label of the day it bears, which is chosen; none: the day it is made on
    deadlines: tuple[str, ...] = ()  # labels of days that ought not to lie before that
    in_time: str = ""  # the label at which is said that the day its task is due has passed; none: it may have
    rare: tuple[str, ...] = ()  # labels that lie folded under 更多

    @property
    def title(self) -> str:
        """What it is called: 承诺书."""
        return PAPER_KINDS[self.key]

    def mark_of(self, said: Collection[str]) -> str:
        """The mark its number bears by what the clerk chose; none: it is not numbered."""
        return next((mark for word, mark in self.marks.items() if word in said), self.mark)

    def wording_of(self, said: Collection[str]) -> str:
        """The template it takes by what the clerk chose."""
        return next((name for word, name in self.worded.items() if word in said), self.wordings[0])

    def phrases_of(self, said: Mapping[str, str]) -> dict[str, str]:
        """What its phrases say by what the clerk said by label; nothing where no word of theirs was chosen or answered."""
        chosen = said.values()
        return {
            label: next((text.format_map(said) for key, text in words.items() if said.get(key) or key in chosen), "")
            for label, words in self.phrases.items()
        }

    def sized(self, said: Mapping[str, str]) -> tuple[Look, str]:
        """How a paper looks and which wording it takes first, by what the clerk said."""
        return self.sizes.get(said.get(_SIZE, ""), (self.look, self.wording_of(said.values())))

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field its wording may use."""
        counted = _BY[self.per] if self.table or self.per is not Per.YEAR else ()  # else it says nothing of the records
        return (*_COMMON, *counted, *self.own, *self.phrases, *self._dated, *(asked.label for asked in self.asked))

    @property
    def _dated(self) -> tuple[str, ...]:
        return (f"{self.day}大写",) if self.day else ()


_COMMON = ("镇", "年份", "活动", "编号", "文号", "制作日期", "制作日期大写", "党委", "政府", "接诺单位")
_UNIT = ("单位", "项数", "责任领导", "责任人")
_TASK = (
    "单位", "任务编号", "任务名称", "目标要求", "类别", "启动时间", "完成时限", "办结日期", "责任人", "责任领导", "计划投资",
    "计划投资大写", "进展情况", "存在问题", "下步打算", "佐证材料", "佐证件数",
)  # fmt: skip
_YEAR = ("项数", "单位数")
_BY = {Per.UNIT: _UNIT, Per.TASK: _TASK, Per.YEAR: _YEAR}


def _asked(label: str, kind: Kind = Kind.TEXT, *choices: str, required: bool = False, tip: str = "") -> Field:
    length = 200 if kind is Kind.TEXT else None
    return Field(label, kind, label, required=required, choices={word: word for word in choices}, max_length=length, help=tip)


def _must(label: str, kind: Kind = Kind.TEXT, *choices: str, tip: str = "") -> Field:
    return _asked(label, kind, *choices, required=True, tip=tip)


HEAD, ISSUER, DAY = "红头", "署名", "成文日期"
_CONTACT, _ISSUER, _DAY = _asked("联系人及电话"), _asked(ISSUER), _asked(DAY, Kind.DAY)
_HEADED = (_asked("份号"), _asked("紧急程度", Kind.CHOICE, "加急", "特急"))
_SIZE = "幅面"
TILED = Field("拼贴", Kind.CHOICE, "拼贴", choices={word: word for word in ("整张", "用 A4 拼贴", "用 A3 拼贴")},
              help="没有大幅打印机时，分成几张打印，裁好粘在一起；第一张是拼法")  # fmt: skip
BOUGHT = Field("用纸", Kind.CHOICE, "用纸", choices={word: word for word in ("白纸", "印好的奖状纸（套打）")},
               help="套打：只印名称、正文和落款，边框和“奖状”二字是纸上已有的")  # fmt: skip
RIGHT = Field("套打右移", Kind.TEXT, "套打右移", help="毫米，如 1.5，向左写 -1.5；记住到下一次", max_length=12)
DOWN = Field("套打下移", Kind.TEXT, "套打下移", help="毫米，如 2，向上写 -2；记住到下一次", max_length=12)
_OFFICE = {"署名": "{镇}党政办公室"}
_CLOSINGS = ("特此函告。", "特此函商，请予支持。", "特此函复。", "请予研究函复。")
_BOTH = "{党委}　{政府}"  # who acts as one signs side by side (GB/T 9704-2012, 7.3.5)
_BOTH_ONCE = "{镇}党委、政府"
_TO = _asked("报送单位", tip="填好的表和材料交到哪里")
# Kind of unit -> wording of its pledge; an office's is the general one.
PLEDGES = {kind: f"pledge-{kind}" for kind in ("village", "committee", "area", "leadership")}
_INTERNAL = "内部呈批"
_COUNTED = "不填就按数据写"

_ALL = (
    PaperKind(
        "pledge", Per.UNIT, "P", ("pledge-village", "pledge-committee", "pledge-office", "pledge-area", "pledge-leadership"),
        "承诺", "承诺事项表",
        asked=(_asked("监督电话"),), signed=True,
    ),
    PaperKind(
        "slip", Per.UNIT, "S", ("slip",), "承交", "交办事项表",
        asked=(_asked("交办单位"), _asked("交办日期", Kind.DAY), _asked("备注")),
        usual={"交办单位": _BOTH}, once={"交办单位": _BOTH_ONCE}, preset={"交办日期": TODAY}, signed=True,
    ),
    PaperKind("checklist", Per.YEAR, "L", ("checklist",), table="任务清单表", counted=False),
    PaperKind("unit_list", Per.UNIT, "U", ("unit_list",), table="承诺清单表", counted=False),
    PaperKind("forces", Per.YEAR, "F", ("forces",), table="专班表", counted=False),
    PaperKind(
        "notice", Per.TASK, "N", ("notice", "notice-internal"), "督通",
        marks={_INTERNAL: "", "督查提醒单": "督提", "督查警告单": "督警", "挂牌督办通知单": "督挂"},
        worded={_INTERNAL: "notice-internal"},
        phrases={"办理用语": {
            "督查通知单": "现将下列事项转你单位办理", "督查提醒单": "现就下列事项提醒你单位抓紧办理",
            "督查警告单": "现就下列事项对你单位提出督查警告，责令限期办结",
            "挂牌督办通知单": "决定对下列事项挂牌督办，责令限期办结",
        }, "级别色": {"督查提醒单": "（蓝色）", "督查警告单": "（橙色）", "挂牌督办通知单": "（红色）"}},
        asked=(
            _must("通知单类型", Kind.CHOICE, "督查通知单", "督查提醒单", "督查警告单", "挂牌督办通知单"),
            _must("用途", Kind.CHOICE, "发给承办单位", _INTERNAL, tip="内部呈批：发出之前请领导批示用，不编号"),
            _must("立项依据"), _must("办理要求", Kind.LONG_TEXT), _must("办理期限", Kind.DAY), _CONTACT,
            _asked("拟办意见", Kind.LONG_TEXT, tip="只印在内部呈批的一份上"), _ISSUER, _DAY,
        ),
        usual={"通知单类型": "督查通知单", "用途": "发给承办单位", **_OFFICE}, preset={DAY: TODAY}, signed=True,
        day=DAY, deadlines=("办理期限",),
    ),
    PaperKind(
        "rectification", Per.UNIT, "R", ("rectification",), "整改",
        phrases={"依据语": {"检查依据": "根据{检查依据}，"}},
        asked=(
            _asked("检查依据", tip="如 文件名称和文号；没有就不写"), _asked("检查时间", Kind.DAY),
            _asked("检查地点"), _asked("检查人员"), _must("存在问题", Kind.LONG_TEXT),
            _must("整改要求", Kind.LONG_TEXT), _must("整改期限", Kind.DAY), _CONTACT, _ISSUER, _DAY,
        ),
        usual=_OFFICE, preset={DAY: TODAY}, signed=True, day=DAY, deadlines=("整改期限",),
    ),
    PaperKind(
        "extension", Per.TASK, "E", ("extension",), "延申",
        asked=(_must("申请延期至", Kind.DAY), _must("延期原因", Kind.LONG_TEXT), _TO),
        usual={"报送单位": "{镇}党政办公室"}, signed=True, deadlines=("申请延期至",), in_time="申请延期至",
    ),
    PaperKind(
        "signoff", Per.TASK, "X", ("signoff",), "销申", asked=(_TO,), usual={"报送单位": "{镇}党政办公室"}, signed=True,
    ),
    PaperKind(
        "score", Per.YEAR, "G", ("score",), table="评分表", counted=False,
        asked=(
            _asked("擂台场次"), _asked("评分日期", Kind.DAY),
            _asked("分值", tip="每项的满分，如 20；各项不同用、分开，如 30、20、50"),
            _asked("评分标准"),
        ),
    ),
    PaperKind(
        "award", Per.UNIT, "A", ("award",), look=Look.CERTIFICATE,
        sizes={"A4": (Look.CERTIFICATE, "award"), "A3": (Look.CERTIFICATE_A3, "award")}, coded=False,
        asked=(
            _must("奖项"), _asked("表彰文件", tip="表彰决定的文号；没有就不填"), _ISSUER, _DAY,
            _must(_SIZE, Kind.CHOICE, "A4", "A3"),
        ),
        handled=(BOUGHT, RIGHT, DOWN), phrases={"表彰语": {"表彰文件": "根据{表彰文件}，"}},
        usual={"署名": _BOTH, _SIZE: "A4"}, once={"署名": _BOTH_ONCE}, preset={DAY: TODAY}, day=DAY,
    ),
    PaperKind(
        "bulletin", Per.YEAR, "B", ("bulletin",), "通报", "单位进展表", counted=False,
        shown=("类别进展表", "亮灯图", "类别图", "单位图", "比较", "督查表"),
        own=(
            "已报项数", "完成项数", "推进项数", "受阻项数", "完成率", "未报单位", "报送情况", "截至日期", "办理情况", "亮灯情况",
            "进展报送", "签收情况", "投资情况", "评比规则", "先进单位", "滞后单位", "督查情况", "督查问题",
        ),
        asked=(
            _must("月份", Kind.CHOICE, *MONTHS.values()), _asked("存在问题", Kind.LONG_TEXT, tip=_COUNTED),
            _asked("下步要求", Kind.LONG_TEXT, tip=_COUNTED),
            _asked(HEAD), _asked("抄送"), _ISSUER, _DAY, _asked("印发机关"), *_HEADED, _asked("签发人"),
        ),
        usual={ISSUER: "{镇}人民政府", "印发机关": "{镇}党政办公室"}, once=_OFFICE,
        preset={"月份": THIS_MONTH, DAY: TODAY}, day=DAY,
        rare=("份号", "紧急程度", "签发人"),
    ),
    PaperKind(
        "letter", Per.YEAR, "H", ("letter",), "函", needed=False, counted=False, coded=False,
        asked=(
            _must("事由"), _must("主送"), _must("正文", Kind.LONG_TEXT), _must("结束语", Kind.CHOICE, *_CLOSINGS),
            _asked("附件", Kind.LONG_TEXT, tip="附件的名称，一行一个；不用写序号"), _ISSUER, _DAY, _CONTACT,
            _asked("抄送"), *_HEADED,
        ),
        usual={ISSUER: "{镇}人民政府", "结束语": _CLOSINGS[0]}, preset={DAY: TODAY}, day=DAY, rare=("抄送", "份号", "紧急程度"),
    ),
    PaperKind(
        "minutes", Per.YEAR, "M", ("minutes",), "纪要", needed=False, counted=False, coded=False,
        asked=(
            _must("会议名称"), _must("议题"), _must("会议日期", Kind.DAY), _asked("会议地点"), _must("主持人"),
            _must("议定事项", Kind.LONG_TEXT), _must("出席", Kind.LONG_TEXT), _asked("请假"), _asked("列席"), _DAY,
            _asked("抄送"), _asked("印发机关"),
        ),
        usual={"印发机关": "{镇}党政办公室"}, preset={DAY: TODAY}, day=DAY, rare=("抄送", "印发机关"),
    ),
    PaperKind(
        "poster", Per.UNIT, "W", ("poster-a3", "poster-a2"), table="上墙事项表", look=Look.POSTER_A3,
        sizes={
            "A3": (Look.POSTER_A3, "poster-a3"), "A2": (Look.POSTER_A2, "poster-a2"), "A1": (Look.POSTER_A1, "poster-a2"),
            "A0": (Look.POSTER_A0, "poster-a2"),
        },
        own=("承诺名称",), handled=(TILED,), preset={"公示日期": TODAY},
        asked=(_must(_SIZE, Kind.CHOICE, "A3", "A2", "A1", "A0"), _asked("监督电话"), _asked("公示日期", Kind.DAY)),
        usual={_SIZE: "A3"},
    ),
    PaperKind(
        "reminder", Per.UNIT, "D", ("reminder",), "催办", "催办表", coded=False, counted=False, confirmed=False,
        asked=(_must("办理期限", Kind.DAY, tip="要求各单位在哪天之前办理并反馈"), _CONTACT, _ISSUER, _DAY),
        usual=_OFFICE, preset={DAY: TODAY}, day=DAY, deadlines=("办理期限",),
    ),
    PaperKind(
        "month", Per.YEAR, "K", ("month", "month-a3"), table="月历表", needed=False, coded=False, counted=False,
        own=("说明", "续表"),
        sizes={"A4": (Look.OFFICIAL, "month"), "A3": (Look.OFFICIAL, "month-a3")},
        asked=(_must("月份", Kind.CHOICE, *MONTHS.values()), _must(_SIZE, Kind.CHOICE, "A4", "A3")),
        usual={_SIZE: "A4"}, preset={"月份": THIS_MONTH},
    ),
)  # fmt: skip

KINDS = {kind.key: kind for kind in _ALL}


def _wording_titles() -> Iterator[tuple[str, str]]:
    layers = {
        "leadership": "领导班子", "area": "工作片", "village": "村", "committee": "居委会", "office": "科室",
        "internal": _INTERNAL, "a2": "A2 及以上",
    }  # fmt: skip
    for kind in _ALL:
        for name in kind.wordings:
            layer = name.rpartition("-")[2]
            yield name, f"{kind.title}（{layers.get(layer, layer.upper())}）" if "-" in name else kind.title


WORDINGS = dict(_wording_titles())  # name of a template -> what it is called


def kind_of_wording(name: str) -> PaperKind:
    """The kind a template belongs to."""
    return next(kind for kind in _ALL if name in kind.wordings)
