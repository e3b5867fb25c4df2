"""Every kind of record that is listed, typed, imported and exported, by key: the registers and the ledgers."""

from collections.abc import Mapping

from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.ledgers import LEDGERS
from huajie_desktop.records.registers import PEOPLE, TASKS, UNITS

CATALOGUE: Mapping[str, Ledger] = {ledger.key: ledger for ledger in (TASKS, *LEDGERS.values(), UNITS, PEOPLE)}
