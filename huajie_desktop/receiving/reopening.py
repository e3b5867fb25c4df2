"""Opening the preview of an earlier import again: the kept copies of its files with what the clerk had said of them."""

import json
from collections.abc import Mapping
from typing import Any

from db.models import ImportBatch
from huajie_desktop.errors import Problem
from huajie_desktop.jobs import Job
from huajie_desktop.receiving import importing
from huajie_desktop.receiving.copies import copy_of, is_whole
from huajie_desktop.receiving.previews import FilePreview, Preview
from huajie_desktop.seat import Seat


def said_of(file: FilePreview) -> str:
    """What the clerk said of a file in its preview, as JSON: what it holds, whose it is, columns, sheets, cells, decided."""
    rows = [
        {
            "sheet": row.record.sheet, "row": row.record.row, "part": row.record.part,
            "skipped": row.skipped, "answer": row.answer,
            "typed": {key: text for key, (_stood, text) in row.typed.items()}, "chosen": dict(row.chosen),
            "checked": sorted(row.checked),
        }
        for row in file.rows
        if not row.removed and (row.skipped or row.typed or row.chosen or row.checked or row.answer is not None)
    ]  # fmt: skip
    made = file.preview
    said = {
        "ledger": file.ledger.key, "unit": file.unit, "mapping": [[*place, key] for place, key in file.mapping.items()],
        "sheets": sorted(file.sheets),
        "rows": rows, "mode": made.mode, "blank": made.blank, "unlock": made.unlock,
    }  # fmt: skip
    return json.dumps(said, ensure_ascii=False)


def reopen(seat: Seat, batch_id: int, job: Job | None = None) -> Preview:
    """The preview of that import as it would be now. Raises Problem when copies of its files are gone or spoilt; Cancelled."""
    with seat.reading() as session:
        batch = session.get(ImportBatch, batch_id)
        kept = [(file.name, file.digest, json.loads(file.said)) for file in batch.files] if batch else []
    paths = {copy_of(seat.folder, digest, name): said for name, digest, said in kept}
    if not paths or any(not path.exists() for path in paths):
        raise Problem("这次导入的原文件没有留存，不能再打开预览。导入的数据都在，没有改动。")
    if spoilt := [name for name, digest, _ in kept if not is_whole(copy_of(seat.folder, digest, name), digest)]:
        names = "、".join(spoilt[:3])
        raise Problem(f"留存的原文件“{names}”被改动过或已损坏，没有打开。导入的数据没有改动；把原文件再导入一次就会重新留存。")
    made = importing.preview(seat, list(paths), job)
    for file in made.files:
        _say(made, file, paths[file.path])
    importing.read_again(seat, made, job=job)
    for file in made.files:  # whose rows may be those of sheets and columns that count on the clerk's word alone
        _say_of_rows(file, paths[file.path])
    importing.compare(seat, made)
    return made


def _say(made: Preview, file: FilePreview, said: Mapping[str, Any]) -> None:
    made.mode, made.blank, made.unlock = said.get("mode", made.mode), said.get("blank", made.blank), said.get("unlock", False)
    file.asked, file.unit = made.known.catalogue.get(said.get("ledger", "")), said.get("unit")
    file.mapping = {(sheet, row, column): key for sheet, row, column, key in said.get("mapping", ())}
    file.sheets = frozenset(said.get("sheets", ()))


def _say_of_rows(file: FilePreview, said: Mapping[str, Any]) -> None:
    rows = {row.record.place: row for row in file.rows}
    for words in said.get("rows", ()):
        if row := rows.get((words["sheet"], words["row"], words.get("part", 0))):
            for key, text in words["typed"].items():
                row.type_in(key, text)
            row.skipped, row.answer, row.chosen = words["skipped"], words["answer"], words["chosen"]
            row.checked = frozenset((key, said) for key, said in words.get("checked", ()))
