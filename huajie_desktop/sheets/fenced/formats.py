"""Recognises what a file is by its content, not by its ending. Runs in the reader process."""

import re

from huajie_desktop.errors import Problem

SAVE_AS = "请用 Excel 或 WPS 打开后另存为 .xlsx 再导入"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS = (
    (b"%PDF", "这是 PDF 文件，不是电子表格。请向填报单位要 Excel 或 WPS 表格文件"),
    (b"{\\rtf", "这是 Word(RTF)文档，不是电子表格。请把表格复制到 Excel 或 WPS 表格里，另存为 .xlsx 再导入"),
    (b"Rar!", "这是 RAR 压缩包，不是电子表格。请先解压，再导入里面的表格文件"),
    (b"7z\xbc\xaf", "这是 7z 压缩包，不是电子表格。请先解压，再导入里面的表格文件"),
    (b"\x1f\x8b", "这是压缩包，不是电子表格。请先解压，再导入里面的表格文件"),
    (b"\x89PNG", "这是图片，不是电子表格。请向填报单位要 Excel 或 WPS 表格文件"),
    (b"\xff\xd8\xff", "这是照片，不是电子表格。请向填报单位要 Excel 或 WPS 表格文件"),
    (b"version https://git-lfs", "这只是一个文件链接（Git LFS），没有表格内容。请重新取得原文件"),
    (b"ID;P", f"这是 SYLK 文本格式，不能直接读。{SAVE_AS}"),
    (b"\x00\x05\x16\x07", "这是苹果电脑留下的附属文件，没有表格内容。请导入同名的原文件"),
    (b"\x00\x05\x16\x00", "这是苹果电脑留下的附属文件，没有表格内容。请导入同名的原文件"),
)
_BIFF_RAW = re.compile(rb"\x09[\x00\x02\x04]")
_WORD = "这是 Word 文档，不是电子表格。请把表格复制到 Excel 或 WPS 表格里，另存为 .xlsx 再导入"
_SLIDES = "这是演示文稿，不是电子表格。请向填报单位要 Excel 或 WPS 表格文件"
LOCKED = "文件有密码，读不了。请用 Excel 或 WPS 打开（输入密码），去掉密码后另存为 .xlsx 再导入"
BROKEN = f"文件已损坏或不是电子表格，读不了。{SAVE_AS}；打不开的话请向填报单位重新要一份"
MAX_AREA = 12_000_000  # cells calamine would lay out, empty ones included
OLD = f"这是太旧的 Excel 格式（Excel 4.0 或更早），读不了。{SAVE_AS}"


def recognise(name: str, data: bytes) -> str:
    """What kind of file this is: zip, locked (a zip inside), xls or text. Raises Problem naming what else it is."""
    if name.startswith(("~$", ".~", "~lock", ".~lock")):
        raise Problem("这是表格打开时留下的临时文件（文件名以 ~$ 开头），没有内容。请关闭表格后导入原文件")
    if name.startswith("._"):
        raise Problem("这是苹果电脑留下的附属文件（文件名以 ._ 开头），没有表格内容。请导入同名的原文件")
    if not data.strip(b"\x00 \r\n\t"):
        raise Problem("文件是空的，没有任何内容。请检查后重新导入")
    for start, message in _OTHERS:
        if data.startswith(start):
            raise Problem(message)
    if data.startswith(b"PK"):
        return "zip"
    if data.startswith(_OLE):
        return _recognise_ole(data)
    if _BIFF_RAW.match(data) and len(data) > 4 and data[2:4] in (b"\x04\x00", b"\x06\x00", b"\x08\x00"):
        raise Problem(OLD)
    if b"urn:schemas-microsoft-com:office:spreadsheet" in data[:4096]:
        raise Problem(f"这是 XML 格式的表格，不能直接读。{SAVE_AS}")
    return "text"


def _recognise_ole(data: bytes) -> str:
    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") + b"\0\0" in data

    if has("EncryptedPackage"):
        return "locked"
    if has("Workbook") or has("Book") or has("WORKBOOK") or has("BOOK") or has("workbook"):
        return "xls"
    if has("WordDocument"):
        raise Problem(_WORD)
    if has("PowerPoint Document"):
        raise Problem(_SLIDES)
    if data.count(b"\0") == len(data) - 8:
        raise Problem(BROKEN)
    return "xls"


def check_names(names: set[str]) -> str:
    """Which spreadsheet a zip file is by the names inside: xlsx, xlsb or ods. Raises Problem for other zip files."""
    lower = {name.lower().replace("\\", "/").lstrip("/") for name in names}
    if "word/document.xml" in lower:
        raise Problem(_WORD)
    if "ppt/presentation.xml" in lower:
        raise Problem(_SLIDES)
    if "xl/workbook.bin" in lower:
        return "xlsb"
    if "content.xml" in lower:
        return "ods"
    if any(name.endswith(("workbook.xml", ".rels")) for name in lower):
        return "xlsx"
    raise Problem("这是压缩包，不是电子表格。请先解压，再导入里面的表格文件")


def too_wide(name: str) -> str:
    """What is said of a sheet with something very far away."""
    return f"工作表“{name}”在很远的地方（行或列）还有内容，按空白算面积过大，没有读。请删除表格以外的行和列后{SAVE_AS[1:]}"
