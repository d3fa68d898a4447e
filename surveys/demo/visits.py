"""Invented visits: those that ended in the answers of the demonstration, and those that did not."""

import uuid

import numpy as np

from surveys.durations import STEPS
from surveys.enums import Device
from surveys.models import Response, Visit
from surveys.questionnaire import frozen_questionnaire

from .rows import insert_rows

DEVICES = (Device.PHONE, Device.DESKTOP, Device.TABLET)
DEVICE_SHARES = (0.62, 0.31, 0.07)
UNFINISHED = 0.6  # visits without an answer for each with one
ONLY_SHOWN = 0.7  # of these
COLUMNS = (
    "id",
    "version_id",
    "public_link_id",
    "placement_id",
    "device",
    "reached",
    "shown_on",
    "started_on",
    "completed_on",
)


def seconds_taken(rng, number, *, is_anonymous):
    """How long so many people took: most between one and three minutes, a few hardly looking."""
    seconds = np.clip(np.exp(rng.normal(4.5, 0.45, number)), 5, STEPS[-1]).astype(int)
    if is_anonymous:
        seconds = np.array(STEPS)[np.searchsorted(STEPS, seconds)]
    return seconds.tolist()


def write_visits(survey_ids, rng):
    """Write a visit for each answer, and others that were broken off."""
    columns = ("version_id", "public_link_id", "placement_id", "submitted_on")
    answers = Response.objects.filter(survey__in=survey_ids).order_by("submitted_on", "pk")
    # All are read before the first is written: PostgreSQL's connection does one thing at a time.
    insert_rows(Visit, COLUMNS, list(_visits(answers.values_list(*columns), rng)))


def _visits(answers, rng):
    for version_id, link_id, placement_id, day in answers.iterator():
        last = len(frozen_questionnaire(version_id).pages)
        where = (version_id, link_id, placement_id)
        yield (_id(rng), *where, _device(rng), last, day, day, day)
        if rng.random() < UNFINISHED:
            goes_on = last > 1 and rng.random() > ONLY_SHOWN
            reached = int(rng.integers(2, last + 1)) if goes_on else 1
            yield (_id(rng), *where, _device(rng), reached, day, day if goes_on else None, None)


def _id(rng):
    return uuid.UUID(bytes=rng.bytes(16), version=4)


def _device(rng):
    return str(DEVICES[rng.choice(len(DEVICES), p=DEVICE_SHARES)].value)
