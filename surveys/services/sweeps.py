"""What the worker looks for again and again: work whose truth is a row of ours.

A sweep takes up *one* piece of due work, at most some ten seconds of it, and
says whether it found any; the worker calls it again at once while it does,
and shows its sign of life in between. Applications add theirs in `ready()`:

    SWEEPS.append(render_next_edition)

A sweep is safe to run twice and by several workers at once: it claims its row
by an UPDATE with the expected state in its WHERE, and commits before it acts.
"""

import logging
import time

from django.db import Error

SWEEPS = []
TURN_SECONDS = 5

logger = logging.getLogger(__name__)


def run_sweeps(*, between=lambda: True):
    """Run every sweep until it finds nothing; `between` is called before each piece of work.

    A sweep with much to do has its turn and then lets the others have theirs, so
    that a thank-you mail does not wait for twenty thousand invitations. Ends early
    when `between` is false. A sweep that breaks is logged and does not keep the
    others from their work.
    """
    waiting = list(SWEEPS)
    while waiting:
        waiting = [sweep for sweep in waiting if _has_more_after_its_turn(sweep, between)]


def _has_more_after_its_turn(sweep, between):
    """Let a sweep work for some seconds; whether it may find more."""
    until = time.monotonic() + TURN_SECONDS
    try:
        while between() and sweep():
            if time.monotonic() >= until:
                return True
    except Error:
        raise
    except Exception:
        logger.exception("The sweep %s broke off.", sweep.__qualname__)
    return False
