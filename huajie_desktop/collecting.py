"""Bulk work without the cyclic garbage collector, which would walk through hundreds of thousands of tuples again and again."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collecting_later() -> Iterator[None]:
    """Puts collecting off until the end of the block; what was made in it counts as old from then on."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.freeze()
            gc.unfreeze()
            gc.enable()
