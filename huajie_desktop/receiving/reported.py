"""Which records the rows of a template of reports are of: by their hidden cells, or by a name that was moved beside another."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import or_, select

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
    reported = _reported(session, file, rows)
    by_name: dict[tuple[str, str], list[_Reported]] = {}
    for one in reported.values():
        by_name.setdefault((one.unit, fold(one.name)), []).append(one)
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


def _reported(session: SeatSession, file: FilePreview, rows: list[PreviewRow]) -> Mapping[str, _Reported]:
    """Those records by what a template calls them: by their identities, in an older one by their numbers."""
    of = session.seat.catalogue[file.ledger.sheets.each_of]
    sent = {token.record: token.base for row in rows if (token := row.record.token)}
    model: Any = of.model
    numbers = [int(word) for word in sent if word.isdigit()]
    called = select(model.id, model.uid).where(or_(model.uid.in_(sent), model.id.in_(numbers)))
    uids: dict[int, str] = {record_id: uid for record_id, uid in session.execute(called)}
    found: dict[str, _Reported] = {}
    for record_id, values in kept_values(session, of, (of.name, str(of.place)), list(uids)):
        for word in (str(record_id), uids[record_id]):
            if word in sent:
                found[word] = _Reported(values[of.name], values[str(of.place)], sent[word])
    return found
