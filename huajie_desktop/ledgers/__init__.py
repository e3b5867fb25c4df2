"""The office's ledgers (台账): every module here declares one as `LEDGER`, and that is all it takes."""

import pkgutil
from importlib import import_module

from huajie_desktop.ledger import Ledger

LEDGERS: dict[str, Ledger] = {
    ledger.key: ledger for found in pkgutil.iter_modules(__path__) if (ledger := import_module(f"{__name__}.{found.name}").LEDGER)
}
