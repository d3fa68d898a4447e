"""Die at each step of an erasure, and take it up again; is somebody half erased?

Run as a program on the database that DATABASE_URL names:
``python -m tests.jobs.erasing_kill [unprotected]`` prints one JSON object. A
child of its own is killed before the first statement, the next one before the
second, and so on, until one lives to the end.
"""

import json
import sys
from contextlib import nullcontext
from functools import partial

from .killing import lives_to_the_end

MOST_STEPS = 200


def main(unprotected):
    """Kill again and again; gives how often, who was found half erased, and what is left."""
    from django.conf import settings

    from surveys.models import Customer, Erasure
    from surveys.services.erase import request_erasure
    from tests.surveys.customers.everything import CANARY, is_whole, left_of, make_known_customer

    customer = make_known_customer(settings.MEDIA_ROOT)
    request_erasure(customer=customer)
    kills, halves = 0, 0
    for step in range(1, MOST_STEPS):
        kills += not lives_to_the_end(partial(_erase, unprotected), step)
        if Customer.objects.filter(pk=customer.pk).exists():
            halves += not is_whole(customer.external_id)
        if halves or Erasure.objects.get().state == "done":
            break
        # What a worker left is taken up when its lease is over; here, at once.
        Erasure.objects.filter(state="running").update(lease_until="2000-01-01T00:00Z")
    tables, files = left_of(CANARY, settings.MEDIA_ROOT)
    return {"kills": kills, "halves": halves, "left": len(tables) + len(files)}


def _erase(unprotected):
    from django.db import connection

    from surveys.services.erase import erase_next_customer

    with connection.execute_wrapper(_commit_at_once) if unprotected else nullcontext():
        return erase_next_customer()


def _commit_at_once(execute, *statement):
    """As if the database had no transactions."""
    from django.db import connection

    result = execute(*statement)
    if connection.in_atomic_block:
        connection.connection.commit()
    return result


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(main("unprotected" in sys.argv)))
