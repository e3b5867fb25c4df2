"""The styles, faces and settings of a word processor's file, which its reader finds in the list of styles."""

from huajie_desktop.typesetting.page import PITCH
from huajie_desktop.typesetting.word_text import BASES, FACES, letters, pitch_twips

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_LINE = f'<w:spacing w:before="0" w:after="0" w:line="{pitch_twips(PITCH)}" w:lineRule="exact"/>'
_CLOSER = -5  # twentieths of a point by which characters of 3号 come closer, so that 28 of them fill the line
_ON_GRID = ("Heading1", "Heading2", "Heading3")
# Key of a style -> its name, which the word processor shows in its own language, and what it says of paragraphs.
_STYLES = {
    "Title": ("Title", '<w:keepNext/><w:snapToGrid w:val="0"/><w:spacing w:line="680" w:lineRule="exact"/><w:jc w:val="center"/>'
        + '<w:outlineLvl w:val="0"/>'),
    "Heading1": ("heading 1", '<w:keepNext/><w:ind w:firstLineChars="200" w:firstLine="640"/><w:outlineLvl w:val="0"/>'),
    "Heading2": ("heading 2", '<w:keepNext/><w:ind w:firstLineChars="200" w:firstLine="640"/><w:outlineLvl w:val="1"/>'),
    "Heading3": ("heading 3", '<w:keepNext/><w:ind w:firstLineChars="200" w:firstLine="640"/><w:outlineLvl w:val="2"/>'),
    "Cell": ("表格文字", '<w:snapToGrid w:val="0"/><w:jc w:val="left"/>'),
    "Footer": ("footer", '<w:snapToGrid w:val="0"/><w:spacing w:line="240" w:lineRule="auto"/><w:jc w:val="left"/>'),
}  # fmt: skip


def styles() -> str:
    """The styles part (17.7): the text of a paper is the normal paragraph, headings have the faces of 7.3.3."""
    body = letters(BASES[""], more=f'<w:spacing w:val="{_CLOSER}"/>')
    # Digits and letters are said to be English, as every Chinese Word says: called Chinese, a word processor parts them anywhere.
    lang = '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    normal = '<w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>' + _LINE + '<w:jc w:val="both"/>'
    own = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f'<w:next w:val="{"Normal" if key[:4] in ("Titl", "Head") else key}"/><w:qFormat/>'
        f"<w:pPr>{said}</w:pPr><w:rPr>{_letters(key)}</w:rPr></w:style>"
        for key, (name, said) in _STYLES.items()
    )
    return (
        f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>{body}{lang}</w:rPr></w:rPrDefault><w:pPrDefault/>'
        '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{normal}</w:pPr></w:style>"
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style>'
        f"{own}</w:styles>"
    )


def _letters(key: str) -> str:
    return letters(BASES[key], BASES[""], "" if key in _ON_GRID else '<w:spacing w:val="0"/>')


def faces() -> str:
    """The font table (17.8.3): what stands for a face on a computer that lacks it."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:pitch w:val="variable"/></w:font>'
        for name, other in FACES.values()
    )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="{W}">{fonts}</w:fonts>'


def settings() -> str:
    """The settings (17.15): odd and even feet, no squeezing of signs, so that lines keep their 28 characters."""
    return (
        f'<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
        '<w:drawingGridVerticalSpacing w:val="289"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        "<w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>"
        "<w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>"
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="zh-CN" w:eastAsia="zh-CN"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )
