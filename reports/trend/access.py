"""Which records of trends a user may see and change; what they may not see is a 404."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404

from reports.models import FrozenLimits, NotedChange
from surveys.enums import Role
from surveys.permissions import roles_of, sees_all_units, units_for

KEEPERS = {Role.ADMINISTRATOR, Role.DESIGNER, Role.ANALYST}


def may_keep_records(user, unit):
    """Whether a user may note changes and freeze limits for a unit, or for all where it is None."""
    if roles_of(user) & KEEPERS:
        return True
    return unit is not None and may_keep_some(user) and units_for(user).filter(pk=unit.pk).exists()


def may_keep_some(user):
    """Whether there is anything that this user may note."""
    return bool(roles_of(user) & {*KEEPERS, Role.MANAGER})


def noted_changes_for(user, survey, unit):
    """The changes that are drawn: of everything, of the unit, of what is above and below it."""
    notes = NotedChange.objects.filter(survey=survey).select_related("unit", "noted_by")
    if unit is None:
        return notes.filter(Q(unit__isnull=True) | Q(unit__in=units_for(user)))
    return notes.filter(Q(unit__isnull=True) | _related_to(unit))


def _related_to(unit):
    return Q(unit__path__startswith=unit.path) | Q(unit__in=unit.get_ancestors())


def noted_changes_on_paper(survey, unit):
    """The changes drawn in a bulletin; who reads one on everything may see all units."""
    notes = NotedChange.objects.filter(survey=survey).select_related("unit")
    return notes if unit is None else notes.filter(Q(unit__isnull=True) | _related_to(unit))


def noted_change_to_change_for(user, survey, pk):
    """A noted change that this user may change: 404 where they may not see it, else 403."""
    visible = Q(unit__in=units_for(user)) | Q(unit__isnull=True)
    note = get_object_or_404(NotedChange.objects.filter(visible, survey=survey), pk=pk)
    if not may_keep_records(user, note.unit):
        raise PermissionDenied
    return note


def frozen_limits_for(user, survey, unit, options):
    """The records of limits for one trend, newest first, those withdrawn too."""
    if unit is None and not sees_all_units(user):
        return FrozenLimits.objects.none()
    found = frozen_limits_on_paper(survey, unit, options)
    return found.select_related("frozen_by", "withdrawn_by")


def frozen_limits_on_paper(survey, unit, options):
    """The records of limits for the trend of a bulletin."""
    return FrozenLimits.objects.filter(
        survey=survey,
        unit=unit,
        measure=options.measure,
        period_kind=options.period,
        limits_kind=options.limits,
    )


def frozen_limits_to_change_for(user, survey, pk):
    """A record of limits that this user may withdraw: 404 where they may not see it, else 403."""
    visible = Q(unit__in=units_for(user))
    if sees_all_units(user):
        visible |= Q(unit__isnull=True)
    record = get_object_or_404(FrozenLimits.objects.filter(visible, survey=survey), pk=pk)
    if not may_keep_records(user, record.unit):
        raise PermissionDenied
    return record
