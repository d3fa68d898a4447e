"""Telling that answers of days that are over changed, so that their counts are renewed.

Whoever keeps counts of whole days appends a listener, called with the survey's
id and the days within the transaction of the change:

    LISTENERS.append(mark_days)

Answers of today need not be told: a day that may not be over yet is counted
row by row. An answer is nearly always of today, so sending one costs a comparison.
"""

from datetime import timedelta

from django.utils import timezone

LISTENERS = []
LAST_ZONE = timedelta(hours=12)  # a day ends here twelve hours after it has ended in UTC


def first_open_day(moment=None):
    """The first day that is not over yet somewhere on earth."""
    return ((moment or timezone.now()) - LAST_ZONE).date()


def note_changed_days(survey_id, days):
    """Say that answers of these days are new, gone or different; in their transaction."""
    over = {day for day in days if day < first_open_day()}
    if over:
        for listener in LISTENERS:
            listener(survey_id, over)
