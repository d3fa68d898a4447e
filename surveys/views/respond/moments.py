"""Moments on the respondent's pages, in the time zone of a survey and with its name."""

from zoneinfo import ZoneInfo

from django.utils import timezone, translation
from django.utils.formats import date_format


def in_words(moment, time_zone, language):
    """A moment in the time zone of a survey, which is named; nothing for no moment."""
    if moment is None:
        return ""
    with translation.override(language):
        local = timezone.localtime(moment, ZoneInfo(time_zone))
        return f"{date_format(local, 'DATETIME_FORMAT')} ({time_zone})"
