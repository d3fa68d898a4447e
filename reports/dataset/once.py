"""What one page has read, so that all its figures rest on the same answers."""

from contextlib import contextmanager
from contextvars import ContextVar

_kept = ContextVar("read_by_this_page", default=None)


@contextmanager
def one_reading():
    """Within it, `once` reads everything only once."""
    before = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(before)


def once(name, read):
    """What `read` gives; within `one_reading`, what it gave the first time."""
    kept = _kept.get()
    if kept is None:
        return read()
    if name not in kept:
        kept[name] = read()
    return kept[name]


def note(name, found):
    """Within `one_reading`, what `once` is to give under this name."""
    kept = _kept.get()
    if kept is not None:
        kept[name] = found
