"""Which bulletins, reports, files of answers and saved views a user may see, ask for and remove.

The page for the staff of a unit is opened by an unguessable link and not by
the role of a viewer: staff on the shop floor have no account, and a viewer
sees all units. The link shows one unit, can be withdrawn, and is in no log.
"""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.shortcuts import get_object_or_404

from reports.dataset import Selection
from reports.models import AnswerExport, Edition, PublishedPage, Report, ReportRun, SavedView
from surveys.enums import Role, SurveyKind
from surveys.permissions import (
    may_see_customers,
    may_see_results,
    may_see_rows,
    placements_for,
    roles_of,
    sees_all_units,
    sees_rows_of_all_units,
    survey_for,
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
    return Edition.objects.filter(visible, _without_rows_beyond(user), survey__in=surveys_for(user))


def _without_rows_beyond(user):
    """Bulletins without comments, and those with the comments that the user may read anyway."""
    readable = Q(with_comments=False)
    if may_see_rows(user):
        readable |= Q(with_comments=True, unit__in=units_with_rows_for(user))
    if sees_rows_of_all_units(user):
        readable |= Q(with_comments=True, unit__isnull=True)
    return readable


def may_print_comments(user, unit):
    """Whether the user may ask for a bulletin with the comments of a unit, or of everything."""
    if not may_see_rows(user):
        return False
    if unit is None:
        return sees_rows_of_all_units(user)
    return units_with_rows_for(user).filter(pk=unit.pk).exists()


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


def may_issue_reports(user):
    """May define reports that are issued regularly and mailed; a viewer only reads."""
    return bool(roles_of(user) - {Role.VIEWER})


def reports_for(user):
    """The regular reports of this user: those whose every unit the user may see."""
    if not may_issue_reports(user):
        return Report.objects.none()
    found = Report.objects.filter(survey__in=surveys_for(user))
    if sees_all_units(user):
        return found
    beyond = Report.units.through.objects.filter(report=OuterRef("pk")).exclude(
        unit__in=units_for(user)
    )
    return found.filter(~Exists(beyond), units__isnull=False).distinct()


def report_for(user, pk):
    """A regular report, or 404."""
    return get_object_or_404(reports_for(user).select_related("survey"), pk=pk)


def run_for(user, pk):
    """One issue of a report, or 404."""
    runs = ReportRun.objects.filter(report__in=reports_for(user))
    return get_object_or_404(runs.select_related("report__survey"), pk=pk)


def survey_to_report_for(user, slug):
    """A survey of which this user may define reports; 403 for who only reads."""
    survey = survey_for(user, slug)
    if not may_issue_reports(user):
        raise PermissionDenied
    return survey


def survey_to_publish_for(user, slug):
    """A survey whose figures may be handed to the staff of a unit; never those of its staff."""
    survey = survey_to_report_for(user, slug)
    if survey.kind == SurveyKind.EMPLOYEE:
        raise PermissionDenied
    return survey


def published_pages_for(user):
    """The pages for the staff of units that this user may publish and withdraw."""
    if not may_issue_reports(user):
        return PublishedPage.objects.none()
    pages = PublishedPage.objects.filter(withdrawn_at__isnull=True, unit__in=units_for(user))
    return pages.filter(survey__in=surveys_for(user)).select_related("survey", "unit")


def published_page_by(token):
    """The page that a link opens, or 404; the link is the only key, as staff have no account."""
    pages = PublishedPage.objects.filter(
        withdrawn_at__isnull=True, survey__archived_at__isnull=True
    ).exclude(survey__kind=SurveyKind.EMPLOYEE)
    return get_object_or_404(pages.select_related("survey", "unit"), token=token)


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
