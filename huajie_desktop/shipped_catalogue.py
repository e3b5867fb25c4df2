"""The catalogue the program comes with: the registers every office has, and its ledgers."""

from huajie_desktop.declared.catalogue import Catalogue
from huajie_desktop.ledgers import LEDGERS
from huajie_desktop.township.registers import PEOPLE, UNITS
from huajie_desktop.work.task_ledger import TASKS


def open_catalogue() -> Catalogue:
    """Every kind of record that is listed, typed, imported and exported."""
    return Catalogue((TASKS, *LEDGERS.values(), UNITS, PEOPLE))
