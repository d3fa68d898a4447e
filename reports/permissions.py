"""Which bulletins and files of answers a user may see and ask for."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404

from reports.dataset import Selection
from reports.models import AnswerExport, Edition
from surveys.permissions import (
    may_see_customers,
    may_see_results,
    may_see_rows,
    placements_for,
    sees_all_units,
    sees_rows_of_all_units,
    surveys_for,
    unit_for,
    units_for,
    units_with_rows_for,
)
from surveys.services.visits import day_in


def editions_for(user):
    """The editions that exist for this user: those of units whose results the user may see."""
    if not may_see_results(user):
        return Edition.objects.none()
    visible = Q(unit__in=units_for(user))
    if sees_all_units(user):
        visible |= Q(unit__isnull=True)
    return Edition.objects.filter(visible, survey__in=surveys_for(user))


def edition_for(user, pk):
    """An edition, or 404."""
    return get_object_or_404(editions_for(user).select_related("survey", "unit"), pk=pk)


def unit_of_edition_for(user, code):
    """The unit a bulletin is asked for; only who sees everything may ask for everything."""
    if code:
        return unit_for(user, code)
    if not sees_all_units(user):
        raise PermissionDenied
    return None


def unit_of_export_for(user, code):
    """The unit whose answers are asked for one by one; 404 for what the user may not read."""
    if not may_see_rows(user):
        raise PermissionDenied
    if code:
        return get_object_or_404(units_with_rows_for(user), code=code)
    if not sees_rows_of_all_units(user):
        raise PermissionDenied
    return None


def exports_for(user):
    """The files of answers that this user asked for and may still read."""
    if not may_see_rows(user):
        return AnswerExport.objects.none()
    visible = Q(unit__in=units_with_rows_for(user))
    if sees_rows_of_all_units(user):
        visible |= Q(unit__isnull=True)
    return AnswerExport.objects.filter(
        visible, requested_by=user, survey__in=surveys_for(user)
    ).select_related("survey", "unit")


def export_for(user, pk):
    """A file of answers, or 404."""
    return get_object_or_404(exports_for(user), pk=pk)


def answers_to_export_for(export):
    """The selection of an export and whether customers are named, for who asked for it.

    Asked again when the file is written: who may no longer read gets nothing.
    Anonymous answers are given out from the next day on, as one of a whole day.
    """
    user = export.requested_by
    if user is None or not exports_for(user).filter(pk=export.pk).exists():
        raise PermissionDenied
    last_day = export.last_day
    if export.survey.is_anonymous:
        yesterday = day_in(export.survey) - timedelta(days=1)
        last_day = min(filter(None, (last_day, yesterday)))
    selection = Selection(
        export.survey,
        placements_for(user, export.unit) if export.unit else None,
        first_day=export.first_day,
        last_day=last_day,
        with_excluded=export.with_excluded,
    )
    return selection, may_see_customers(user)
