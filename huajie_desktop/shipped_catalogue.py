"""The catalogue the program comes with: the registers every office has, and its ledgers."""

from huajie_desktop.declared.catalogue import Catalogue
from huajie_desktop.ledgers import LEDGERS
from huajie_desktop.supervision.decisions import DECISIONS
from huajie_desktop.supervision.extensions import EXTENSIONS
from huajie_desktop.supervision.findings import FINDINGS
from huajie_desktop.supervision.incoming import INCOMING
from huajie_desktop.supervision.inspections import INSPECTIONS
from huajie_desktop.supervision.notice_ledger import NOTICES
from huajie_desktop.township.registers import PEOPLE, UNITS
from huajie_desktop.work.task_ledger import TASKS

LOOP = (EXTENSIONS, NOTICES, INSPECTIONS, FINDINGS, INCOMING, DECISIONS)


def open_catalogue() -> Catalogue:
    """Every kind of record that is listed, typed, imported and exported."""
    return Catalogue((TASKS, *LEDGERS.values(), *LOOP, UNITS, PEOPLE))
