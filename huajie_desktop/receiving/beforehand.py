"""What is said of all files of an import before they are read, as on the command line: unit, sheets, columns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.errors import Misuse
from huajie_desktop.reading.filling import DIMENSION
from huajie_desktop.reading.known import Known
from huajie_desktop.reading.read_record import ReadFile, ReadTable
from huajie_desktop.sheets.understood.headers import vocabulary
from huajie_desktop.values.text import fold

Places = dict[tuple[str, int, int], str | None]  # (sheet, last header row from 1, column from 0) -> field, None: not to be read


@dataclass(frozen=True)
class Beforehand:
    """Whose the files are, which sheets that would be set aside are read, and what columns hold."""

    unit: str = ""
    sheets: frozenset[str] = frozenset()
    columns: Mapping[str, str] = field(default_factory=dict)  # letters or header -> a field's label or key, "": not to be read
    header: int | None = None  # its row from 1; 0: there is none

    def unit_of(self, known: Known) -> str | None:
        """The unit by its name in the office; None where nothing was said. Raises Misuse where nobody knows it."""
        if not self.unit:
            return None
        if (found := known.unit_words.find(self.unit)) is None:
            raise Misuse(f"单位表里没有“{self.unit}”，没有导入任何内容。请写单位的名称。")
        return found.name

    def mapping(self, file: ReadFile) -> Places:
        """What was said of the columns of a file, which was read without that. Raises Misuse where there is no such column."""
        found: Places = {}
        for said, word in self.columns.items():
            places = list(self._places(file, said))
            if not places:
                raise Misuse(f"{file.name}：没有“{said}”这一列，没有导入任何内容。请写列字母（如 C）或表头。")
            key = _field(file.known.ledger, word)
            if (
                key
                and key not in vocabulary(file.known.ledger).several
                and any(_is_beside(place, key, found) for place in places)
            ):
                raise Misuse(f"{file.name}：有两列都写成了“{word}”，没有导入任何内容。请只写一列。")
            found |= dict.fromkeys(places, key)
        return found

    def look_for_sheets(self, files: Sequence[ReadFile]) -> None:
        """Raises Misuse where a sheet that was said holds a list in none of the files."""
        held = {table.sheet for file in files for table in file.mappable}
        if missing := sorted(self.sheets - held):
            raise Misuse(f"没有哪个文件有叫“{missing[0]}”的清单，没有导入任何内容。请写提示里说没有读的那张工作表的名称。")

    def _places(self, file: ReadFile, said: str) -> Iterator[tuple[str, int, int]]:
        for table in self._tables(file):
            for column in table.columns:
                if said.upper() == column.letter or fold(said) == fold(column.header):
                    yield table.sheet, table.starts, column.index
                    break

    def _tables(self, file: ReadFile) -> list[ReadTable]:
        """The tables meant: under the header said, unread ones first; else those read, else the likeliest of each sheet."""
        if self.header is not None:
            found = [table for table in file.mappable if table.starts == self.header]
            if not found:
                raise Misuse(
                    f"{file.name}：第 {self.header} 行不能作表头，没有导入任何内容。请写表头最后一行的行号，没有表头写 0。"
                )
            return [table for table in found if not table.read] or found
        read = [table for table in file.tables if table.read]
        return read or list({table.sheet: table for table in reversed(file.mappable)}.values())


def _is_beside(place: tuple[str, int, int], key: str, found: Places) -> bool:
    """Whether another column of the same table was said to hold that field."""
    return any(held == key and at[:2] == place[:2] and at != place for at, held in found.items())


def _field(ledger: Ledger, word: str) -> str | None:
    """The key of a field by that or its label; None: a column not to be read."""
    if not word:
        return None
    names = {declared.label: key for key, declared in ledger.form_fields.items()} | {key: key for key in ledger.form_fields}
    if vocabulary(ledger).category:
        names["板块"] = DIMENSION
    if word not in names:
        labels = "、".join(declared.label for declared in ledger.form_fields.values())
        raise Misuse(f"{ledger.title}没有“{word}”这一项，没有导入任何内容。请选一个：{labels}。")
    return names[word]
