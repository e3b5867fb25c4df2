"""Identities that mean the same record in every database it ever gets to: UUIDs of version 7 (RFC 9562, 5.7)."""

import secrets
import struct
import time
from threading import Lock

LENGTH = 32  # hexadecimal digits
_VARIANT, _CHANCE = 1 << 63, (1 << 62) - 1  # the two bits that say whose layout this is, and those left to chance
_lock = Lock()
_last = 0  # milliseconds since 1970, times 4096: 48 bits of time and 12 that count within it (RFC 9562, 6.2, method 1)


def new_uid() -> str:
    """One new identity, greater than all this process made before."""
    return new_uids(1)[0]


def new_uids(count: int) -> list[str]:
    """So many new identities in rising order; made together they cost half as much."""
    global _last
    with _lock:
        first = max(_last + 1, time.time_ns() // 1_000_000 << 12)
        _last = first + count - 1
    chances = struct.unpack(f">{count}Q", secrets.token_bytes(8 * count))
    return [
        f"{stamp >> 12:012x}7{stamp & 0xFFF:03x}{chance & _CHANCE | _VARIANT:016x}"
        for stamp, chance in zip(range(first, first + count), chances, strict=True)
    ]
