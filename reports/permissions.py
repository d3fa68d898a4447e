"""Which bulletins a user may see and ask for."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404

from reports.models import Edition
from surveys.permissions import may_see_results, sees_all_units, surveys_for, unit_for, units_for


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
