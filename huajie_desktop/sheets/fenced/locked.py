"""Opens workbooks locked with the password every office program tries unasked. Runs in the reader process.

Excel locks so what is protected against changes alone: nobody was ever asked for the password, and nobody is.
"""

import io

from huajie_desktop.errors import Problem
from huajie_desktop.reading.raw import Sheets
from huajie_desktop.sheets.fenced.formats import BROKEN, LOCKED, recognise
from huajie_desktop.sheets.fenced.zipped import read_zip

_UNASKED = "VelvetSweatshop"  # [MS-OFFCRYPTO] 2.3.7.1 and ECMA-376: what is tried before anybody is asked


def read_locked(data: bytes) -> Sheets:
    """The sheets of a locked .xlsx. Raises Problem when it has a password of its own."""
    opened = unlocked(data)
    if recognise("", opened) != "zip":
        raise Problem(BROKEN)
    yield from read_zip(opened)


def unlocked(data: bytes) -> bytes:
    """The file without its lock. Raises Problem when that takes a password somebody thought of."""
    import msoffcrypto  # loads OpenSSL: only where a locked file comes

    opened = io.BytesIO()
    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(data))
        file.load_key(password=_UNASKED)
        file.decrypt(opened)
    except MemoryError:
        raise
    except Exception:  # another password, or broken anywhere inside: it cannot be told apart
        raise Problem(LOCKED) from None
    return opened.getvalue()
