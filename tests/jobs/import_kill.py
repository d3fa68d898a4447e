"""Die at each step of an import, and take it up again; what is stored in the end?

Run as a program on the database that DATABASE_URL names:
``python -m tests.jobs.import_kill [unprotected]`` prints one JSON object. A
child of its own is killed before the first statement of the import, the next
one before the second, and so on, until one lives to the end.
"""

import json
import sys
from contextlib import nullcontext
from functools import partial

from .killing import lives_to_the_end

ROWS = 1500
MOST_STEPS = 100


def main(unprotected):
    """Kill again and again; gives what was stored by halves, and in the end."""
    from surveys.models import Customer, ImportRun, StageChange

    run = _run()
    kills, halves = 0, 0
    for step in range(1, MOST_STEPS):
        is_through = lives_to_the_end(partial(_work, run.pk, unprotected), step)
        kills += not is_through
        halves += Customer.objects.count() not in (0, ROWS)
        if is_through or halves:
            break
        if ImportRun.objects.get(pk=run.pk).state == "done":
            break
        # What a worker left is taken up when its lease is over; here, at once, and again.
        ImportRun.objects.update(lease_until="2000-01-01T00:00Z", attempts=0)
    run.refresh_from_db()
    return {
        "kills": kills,
        "halves": halves,
        "state": run.state,
        "counts": run.counts,
        "customers": Customer.objects.count(),
        "stages": StageChange.objects.count(),
    }


def _run():
    """A file that was matched and confirmed."""
    from surveys.enums import ImportKind, ImportState
    from surveys.models import ImportRun
    from surveys.services.import_runs import bring_in

    lines = "".join(f"C{number},growth\n" for number in range(ROWS))
    content = f"external_id,stage\n{lines}".encode()
    run = bring_in(
        user=None,
        kind=ImportKind.CUSTOMERS,
        name="list.csv",
        chunks=[content],
        size=len(content),
    )
    ImportRun.objects.update(state=ImportState.QUEUED, is_confirmed=True)
    return run


def _work(pk, unprotected):
    from surveys.imports import running
    from surveys.services.import_work import work_on_import

    if unprotected:
        running.transaction.atomic = nullcontext
    return work_on_import(pk)


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(main("unprotected" in sys.argv)))
