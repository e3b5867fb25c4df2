"""The office's ledgers (台账): every module here declares one or several, and that is all it takes."""

import pkgutil
from importlib import import_module

from huajie_desktop.declared.ledger import Ledger
from huajie_desktop.declared.mistakes import refused


def _gathered() -> dict[str, Ledger]:
    """All ledgers by key, in the order of their modules' names."""
    found: dict[str, Ledger] = {}
    for module in pkgutil.iter_modules(__path__):
        said = vars(import_module(f"{__name__}.{module.name}"))
        declared = {name: value for name, value in said.items() if isinstance(value, Ledger) and name in ("LEDGER", "REPORTS")}
        if "LEDGER" not in declared:
            raise ValueError(f"台账模块 {module.name} 没有声明 LEDGER")
        for ledger in declared.values():
            if ledger.key in found:
                raise refused(ledger.title, f"{ledger.key} 已经是“{found[ledger.key].title}”")
            found[ledger.key] = ledger
    return found


LEDGERS = _gathered()
