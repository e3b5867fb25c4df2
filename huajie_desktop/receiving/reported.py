"""Which records the rows of a template of reports are of: by their hidden cells, or by a name that was moved beside another."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import select

from huajie_desktop.reading.read_record import ERROR
from huajie_desktop.receiving.own_records import NOTHING, says
from huajie_desktop.receiving.own_templates import MATCHED, copied_words
from huajie_desktop.receiving.previews import FilePreview, PreviewRow
from huajie_desktop.records.kept import kept_values
from huajie_desktop.seat import SeatSession
from huajie_desktop.values.text import fold


class _Reported(NamedTuple):
    """A record reports are of: name and unit as they are now, and what was reported of it when the template went out."""

    name: str
    unit: str
    sent: Mapping[str, str]


def name_reports(session: SeatSession, file: FilePreview) -> None:
    """Gives the reports in a template of ours the name and unit of what they are of; of another unit's they are none."""
    ledger = file.ledger
    rows = [row for row in file.rows if not row.removed and (token := row.record.token) and token.ledger == ledger.key]
    reported, by_name = _reported(session, file) if rows else ({}, {})
    for row in rows:
        record = row.record
        if record.token is None or not (of := reported.get(record.token.record)):
            continue
        if record.unit and record.unit != of.unit:
            record.complain(ledger.name, ERROR, copied_words(of.name, of.unit, record.unit), MATCHED)
            continue
        beside = by_name.get((of.unit, fold(str(record.raw.get(ledger.name, "")))), [of])
        named = of if len(beside) > 1 else beside[0]
        if named is not of and _fits(row, of) > _fits(row, named):
            words = f"名称是“{named.name[:20]}”，编号和填的内容却是“{of.name[:20]}”的，分不清是哪一项，请改正名称，或跳过这一行"
            record.complain(ledger.name, ERROR, words, MATCHED)
            continue
        record.title, record.unit = record[ledger.name], record[str(ledger.place)] = named.name, named.unit
        row.sent = named.sent


def _fits(row: PreviewRow, of: _Reported) -> int:
    """In how many fields a row says what was reported already."""
    ledger = row.file.ledger
    rest = {key: form for key, form in says(row).items() if key not in (ledger.name, ledger.sheets.month)}
    return sum(1 for key, form in rest.items() if form not in NOTHING and of.sent.get(key) == form)


def _reported(
    session: SeatSession, file: FilePreview
) -> tuple[Mapping[str, _Reported], Mapping[tuple[str, str], list[_Reported]]]:
    """All records that may be reported of, by what a template calls them (identities, in an older one numbers), and by name."""
    of = session.seat.catalogue[file.ledger.sheets.each_of]
    model: Any = of.model
    sent = file.read.sent
    uids: dict[int, str] = {record_id: uid for record_id, uid in session.execute(select(model.id, model.uid))}
    called: dict[str, _Reported] = {}
    by_name: dict[tuple[str, str], list[_Reported]] = {}
    for record_id, values in kept_values(session, of, (of.name, str(of.place))):
        uid, number, name, unit = uids[record_id], str(record_id), values[of.name], values[str(of.place)]
        called[uid] = called[number] = one = _Reported(name, unit, sent.get(uid) or sent.get(number) or {})
        by_name.setdefault((unit, fold(name)), []).append(one)
    return called, by_name
