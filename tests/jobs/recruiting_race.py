"""A scheduler that recruits whatever is due; several of them run at once, and some are killed.

Run as a program on the database that DATABASE_URL names:
``python -m tests.jobs.recruiting_race [unclaimed]`` waits for a line on its
input and then sweeps until nothing is due. With "unclaimed" it looks when a
customer was last asked and notes it afterwards, as a program without claims would;
with the first list in its hands it waits for a second line, so that all have looked
before one notes.
"""

import sys

SWEEPS = (
    "wave_series.begin_next_wave_of_series",
    "recruiting.start_next_due_wave",
    "recruiting.recruit_next_wave",
    "event_rules.ask_about_next_events",
    "reminders.make_next_reminders",
)


def main(is_unclaimed):
    """Sweep until nothing is due."""
    from importlib import import_module

    from django.db import OperationalError

    if is_unclaimed:
        forget_claims()
        meet_with_lists_in_hand()
    sweeps = [
        getattr(import_module(f"surveys.services.{module}"), name)
        for module, name in (one.split(".") for one in SWEEPS)
    ]
    print("ready", flush=True)
    sys.stdin.readline()
    for sweep in sweeps:
        while True:
            try:
                if not sweep():
                    break
            except OperationalError:
                continue  # SQLite let another one go first


def forget_claims():
    """The control: look at what was read with the list, then note."""
    from surveys import contact_rule
    from surveys.models import Customer
    from surveys.services import asking

    def look_and_note(customer, moment, policy):
        reason = contact_rule.recent_reason(customer, customer.account, moment, policy)
        if reason is not None:
            raise contact_rule.Skipped(reason)
        Customer.objects.filter(pk=customer.pk).update(asked_at=moment)

    asking.claim_contact = look_and_note


def meet_with_lists_in_hand():
    """Say that the first list of customers has been read, and wait for leave to go on."""
    from surveys.services import recruiting

    recruit = recruiting._recruit
    waits = [True]

    def meet_and_recruit(wave, customers):
        if waits:
            waits.pop()
            print("read", flush=True)
            sys.stdin.readline()
        return recruit(wave, customers)

    recruiting._recruit = meet_and_recruit


if __name__ == "__main__":
    import django

    django.setup()
    main("unclaimed" in sys.argv)
