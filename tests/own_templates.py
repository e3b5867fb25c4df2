"""What people do to the rows of a template of ours: a village's list of ten, its sheet, and the hands that move its cells."""

from openpyxl import load_workbook
from sqlalchemy import select

from db.models import Unit
from huajie_desktop.receiving import importing
from huajie_desktop.sending import templates
from huajie_desktop.work.task_ledger import TASKS
from tests.office import enter

FIRST = 6  # the row of the first record
TASKS_OF_TEN = {
    "穿村段路灯安装": {"content": "沿线安装路灯12盏", "investment": "12.5", "due": "8月底前", "responsible": "倪成纲、张三"},
    "公厕新建及改造": {"content": "新建公厕1座", "investment": "30", "due": "2021-06-30", "responsible": "倪成纲"},
    "村口停车场建设": {"content": "新增车位20个", "investment": "45", "due": "9月底前", "responsible": "李四、王五"},
    "自来水管网扩径": {"content": "更换主管3公里", "investment": "88.6", "due": "10月底前", "responsible": "赵六"},
    "垃圾分类宣传": {"content": "入户宣传，做到家喻户晓", "category": "文明环境", "investment": "", "due": "持续推进", "responsible": "张三"},
    "党员活动室修缮": {"content": "翻修屋顶\n粉刷墙面", "investment": "6", "due": "5月15日", "responsible": "王五"},
    "防汛物资储备": {"content": "", "investment": "2", "due": "4月底前", "responsible": "赵六"},
    "光伏发电项目": {"content": "屋顶装机60千瓦", "investment": "24", "due": "11月底前", "responsible": "李四"},
    "一村万树创建": {"content": "种植珍贵树种500株", "category": "文明环境", "investment": "5", "due": "3月底前", "responsible": "倪成纲"},
    "文化礼堂提升": {"content": "添置桌椅音响", "investment": "18", "due": "12月底前", "responsible": "张三、赵六"},
}  # fmt: skip
TITLES = list(TASKS_OF_TEN)


def unit_id(app, name="倪宅村"):
    with app.reading() as session:
        return session.scalars(select(Unit.id).where(Unit.name == name)).one()


def template(app, folder, unit="倪宅村", ledger=TASKS, month=None):
    """The template of one unit, as it goes out."""
    [made] = templates.write_templates(app, ledger, folder, [unit_id(app, unit)], month)
    return made


def ten(app, folder):
    """An office with those ten, and the village's template."""
    for title, texts in TASKS_OF_TEN.items():
        enter(app, title=title, **texts)
    return template(app, folder)


class Hands:
    """A template opened by a person: rows of records, the columns that can be seen, cells by field."""

    def __init__(self, file):
        self.file, self.book = file, load_workbook(file)
        self.page = self.book.worksheets[0]
        self.keys = {str(cell.value).removeprefix("hj:"): cell.column for cell in self.page[3]}
        self.seen = (
            range(self.keys["title"], self.page.max_column + 1) if "title" in self.keys else range(2, self.page.max_column + 1)
        )

    @property
    def rows(self):
        """The numbers of the rows that have a name."""
        return [row for row in range(FIRST, self.page.max_row + 1) if self.page.cell(row, self.keys["title"]).value]

    def block(self, row):
        """What can be seen of a row, from the name on."""
        return [self.page.cell(row, column).value for column in self.seen]

    def put(self, row, values):
        """Pastes over what can be seen."""
        for column, value in zip(self.seen, values, strict=True):
            self.page.cell(row, column).value = value

    def type(self, number, key, value):
        """Types into a cell of the record in that place, from 0."""
        self.page.cell(FIRST + number, self.keys[key]).value = value

    def get(self, number, key):
        return self.page.cell(FIRST + number, self.keys[key]).value

    def sort_visible(self, order):
        """Moves what can be seen into another order; the hidden cells stay."""
        blocks = [self.block(row) for row in self.rows]
        for row, place in zip(self.rows, order, strict=True):
            self.put(row, blocks[place])

    def copy_row(self, source, target):
        """Copies a whole row, hidden cell and all, into an inserted one; numbers are of the records, from 0."""
        values = [cell.value for cell in self.page[FIRST + source]]
        self.page.insert_rows(FIRST + target)
        for column, value in enumerate(values, 1):
            self.page.cell(FIRST + target, column).value = value

    def save(self, file=None):
        self.book.save(file or self.file)
        return file or self.file


def look(app, *files, reader=None):
    return importing.preview(app, list(files), reader=reader)


def statuses(made):
    """What each row is, by its name, in the order of the rows."""
    return [(row.record.title, row.status) for row in made.rows]


def told(made):
    """All that was said of rows, and of files."""
    said = [issue.message for row in made.rows for issue in row.record.issues]
    return [*said, *(notice for file in made.files for notice in file.all_notices)]
