"""Big workbooks made on the fly: what a spreadsheet program writes, without one."""

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

HEADERS = (
    "序号", "类别", "承诺事项", "建设内容及规模", "计划投资（万元）", "责任人", "启动时间", "完成时限", "备注", "责任领导",
    "资金来源", "所在片区", "项目性质", "建设地点", "受益户数", "联系电话", "进展情况", "存在问题", "下步打算", "填报人",
)  # fmt: skip
CATEGORIES = ("重点工作", "干事承诺", "文明环境", "平安创建", "基层党建")
PEOPLE = ("张三", "李四", "王五", "赵六", "钱七", "孙八", "周九", "吴十")
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
    "</Types>"
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def task_row(number: int) -> list[object]:
    """One task of 20 cells, different enough to be one of its own."""
    people = "、".join(dict.fromkeys(PEOPLE[(number * step) % 8] for step in range(1, 2 + number % 3)))
    return [
        number, CATEGORIES[number % 5], f"穿村段路灯安装第{number}段", f"沿线安装路灯{number % 157 + 1}盏，硬化路面{number % 900 + 10}米",
        (number % 1200) / 10 + 1, people, f"{number % 3 + 1}月", f"{number % 9 + 4}月底前", f"第{number % 40}批", PEOPLE[number % 8],
        "自筹", "倪宅片", "新建", f"第{number % 60}组", number % 400, f"579{number % 10000:04d}", "正在推进", "无", "按计划实施", "张三",
    ]  # fmt: skip


def write_tasks(path: Path, rows: int) -> Path:
    """A workbook of one village with that many tasks of 20 columns, strings shared as Excel does."""
    shared: dict[str, int] = {}

    def cell(column: int, row: int, value: object) -> str:
        place = f"{chr(65 + column)}{row}"
        if isinstance(value, str):
            return f'<c r="{place}" t="s"><v>{shared.setdefault(value, len(shared))}</v></c>'
        return f'<c r="{place}"><v>{value}</v></c>'

    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        with book.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f'<worksheet xmlns="{_MAIN}"><dimension ref="A1:T{rows + 2}"/><sheetData>'.encode())
            sheet.write(f'<row r="1">{cell(0, 1, "倪宅村2021年干事承诺清单")}</row>'.encode())
            lines = [list(HEADERS), *()]
            for place in range(2, rows + 3):
                values = lines[0] if place == 2 else task_row(place - 2)
                cells = "".join(cell(column, place, value) for column, value in enumerate(values))
                sheet.write(f'<row r="{place}">{cells}</row>'.encode())
            sheet.write(b"</sheetData></worksheet>")
        texts = "".join(f"<si><t>{escape(text)}</t></si>" for text in shared)
        book.writestr(
            "xl/sharedStrings.xml", f'<sst xmlns="{_MAIN}" count="{len(shared)}" uniqueCount="{len(shared)}">{texts}</sst>'
        )
        book.writestr("[Content_Types].xml", _TYPES)
        book.writestr("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")]))
        book.writestr(
            "xl/_rels/workbook.xml.rels",
            _relations([("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")]),
        )
        sheets = '<sheets><sheet name="清单" sheetId="1" r:id="rId1"/></sheets>'
        book.writestr("xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{sheets}</workbook>')
    return path


def _relations(targets: list[tuple[str, str]]) -> str:
    parts = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for n, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_RELATIONS}">{parts}</Relationships>'
