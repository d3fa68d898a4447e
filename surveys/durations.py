"""How long answering took; for an anonymous answer only within which step."""

from bisect import bisect_left

STEPS = (10, 20, 30, 45, 60, 90, 120, 180, 240, 300, 450, 600, 900, 1800, 3600)
LONGEST = STEPS[-1]


def seconds_between(opened_at, sent_at, *, is_coarse=False):
    """Whole seconds, or None when it is not known or the clock was set back in between.

    More than an hour is an interruption and counts as an hour. A coarse time
    is the upper end of its step, so that nobody looks faster than they were.
    """
    if opened_at is None or opened_at > sent_at:
        return None
    seconds = min(int((sent_at - opened_at).total_seconds()), LONGEST)
    return STEPS[bisect_left(STEPS, seconds)] if is_coarse else seconds
