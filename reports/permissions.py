"""Which bulletins and saved views a user may see, ask for and remove."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404

from reports.models import Edition, SavedView
from surveys.permissions import (
    may_see_results,
    roles_of,
    sees_all_units,
    surveys_for,
    unit_for,
    units_for,
)


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


def saved_views_for(user, survey):
    """The views of a survey that are the user's own or shared with the user."""
    if not may_see_results(user):
        return SavedView.objects.none()
    shared = Q(role__in=roles_of(user)) | Q(unit__in=units_for(user))
    return SavedView.objects.filter(Q(owner=user) | shared, survey=survey).select_related("owner")


def saved_view_to_remove_for(user, pk):
    """A view of one's own, or 404."""
    own = SavedView.objects.filter(owner=user, survey__in=surveys_for(user))
    return get_object_or_404(own.select_related("survey"), pk=pk)
