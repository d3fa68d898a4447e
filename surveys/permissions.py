"""Who may do what: small predicates, and the functions that fetch an object *for a user*.

A view gets its objects only here, so it cannot forget the question. What a
user may not see does not exist for them (404); what they may see but not
change is refused (403).

| role          | design | see results          | see answers row by row | customers and events |
|---------------|--------|----------------------|------------------------|----------------------|
| administrator | yes    | all units            | yes                    | yes                  |
| designer      | yes    | all units            | no                     | no                   |
| manager       | no     | own units and below  | own units and below    | no                   |
| analyst       | no     | all units            | yes                    | no                   |
| viewer        | no     | all units            | no                     | no                   |

Complaints are read by who sees answers row by row, of the same units, and
answered by administrators and managers.
"""

from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from .enums import ComplaintState, Role, VersionState
from .errors import VersionIsFrozen
from .models import (
    Complaint,
    Customer,
    PublicLink,
    Response,
    SavedQuestion,
    SavedTemplate,
    Survey,
    SurveyVersion,
    Unit,
    UnitPlacement,
)

SEES_ALL_UNITS = {Role.ADMINISTRATOR, Role.DESIGNER, Role.ANALYST, Role.VIEWER}
SEES_ROWS = {Role.ADMINISTRATOR, Role.MANAGER, Role.ANALYST}


def roles_of(user):
    """The roles a user holds; a disabled user holds none."""
    if not (user.is_authenticated and user.is_active):
        return frozenset()
    if not hasattr(user, "_topbox_roles"):
        user._topbox_roles = frozenset(user.role_assignments.values_list("role", flat=True))
    return user._topbox_roles


def is_administrator(user):
    """May do everything."""
    return Role.ADMINISTRATOR in roles_of(user)


def may_design(user):
    """May make and change surveys."""
    return bool(roles_of(user) & {Role.ADMINISTRATOR, Role.DESIGNER})


def may_see_results(user):
    """May see figures at all, of whichever units."""
    return bool(roles_of(user))


def may_see_rows(user):
    """May read single answers, such as comments."""
    return bool(roles_of(user) & SEES_ROWS)


def may_see_customers(user):
    """May see and import customers and events."""
    return is_administrator(user)


def sees_all_units(user):
    """Whether the user's view is not narrowed to some units."""
    return bool(roles_of(user) & SEES_ALL_UNITS)


def units_for(user):
    """The units whose results this user may see."""
    if sees_all_units(user):
        return Unit.objects.all()
    managed = Unit.objects.filter(managers__user=user, managers__role=Role.MANAGER)
    if not roles_of(user):
        return Unit.objects.none()
    within = Q(pk__in=[])
    for unit in managed:
        within |= Q(path__startswith=unit.path)
    return Unit.objects.filter(within)


def placements_for(user, unit=None):
    """Placements whose answers this user may see, narrowed to `unit` and below.

    ``None`` means every answer, also those that belong to no unit.
    """
    if unit is None and sees_all_units(user):
        return None
    units = [unit] if unit is not None else list(units_for(user))
    below = Q(pk__in=[])
    for one in units:
        below |= Q(lineage__contains=f"/{one.pk}/")
    return UnitPlacement.objects.filter(below)


def surveys_for(user):
    """The surveys that exist for this user."""
    if not may_see_results(user):
        return Survey.objects.none()
    return Survey.objects.filter(archived_at__isnull=True)


def survey_for(user, slug):
    """A survey, or 404."""
    return get_object_or_404(surveys_for(user), slug=slug)


def survey_to_design_for(user, slug):
    """A survey that this user may change, 404 when it does not exist for them, or 403."""
    survey = survey_for(user, slug)
    if not may_design(user):
        raise PermissionDenied
    return survey


def surveys_to_design_for(user):
    """The surveys that this user may change; 403 for who may change none."""
    if not may_design(user):
        raise PermissionDenied
    return surveys_for(user)


def saved_template_to_remove_for(user, pk):
    """A template that a survey was saved as, or 404; templates are every designer's."""
    surveys_to_design_for(user)
    return get_object_or_404(SavedTemplate, pk=pk)


def saved_question_to_remove_for(user, pk):
    """A question of the library, or 404; the library is every designer's."""
    surveys_to_design_for(user)
    return get_object_or_404(SavedQuestion, pk=pk)


def draft_to_edit_for(user, slug):
    """The draft of a survey that this user may change; `VersionIsFrozen` when there is none."""
    survey = survey_to_design_for(user, slug)
    draft = survey.versions.filter(state=VersionState.DRAFT).first()
    if draft is None:
        raise VersionIsFrozen(_("This survey has no draft. Start the next draft to change it."))
    draft.survey = survey
    return draft


def survey_to_invite_for(user, slug):
    """A survey by which this user may ask single customers; they are seen by few."""
    survey = survey_to_design_for(user, slug)
    if not may_see_customers(user):
        raise PermissionDenied
    return survey


def customers_for(user):
    """The customers that exist for this user."""
    return Customer.objects.all() if may_see_customers(user) else Customer.objects.none()


def customers_to_list_for(user):
    """All customers, or 404 for who may see none."""
    if not may_see_customers(user):
        raise Http404
    return customers_for(user)


def customer_for(user, pk):
    """A customer that this user may see, or 404."""
    return get_object_or_404(customers_for(user).select_related("unit", "segment"), pk=pk)


def responses_to_check_for(user, survey):
    """The single answers of a survey that this user may read; 403 for who reads only figures.

    An anonymous answer is listed from the next day on, when it is one of a
    whole day: nobody can watch the list to see who has just answered what.
    """
    if not may_see_rows(user):
        raise PermissionDenied
    responses = Response.objects.filter(survey=survey, is_test=False)
    if survey.is_anonymous:
        today = timezone.now().astimezone(ZoneInfo(survey.time_zone)).date()
        responses = responses.filter(submitted_on__lt=today)
    placements = placements_for(user)
    return responses if placements is None else responses.filter(placement__in=placements)


def version_for(user, slug, number):
    """One version of a survey, or 404."""
    survey = survey_for(user, slug)
    return get_object_or_404(
        SurveyVersion.objects.select_related("survey"), survey=survey, number=number
    )


def may_see_complaints(user):
    """May read complaints, of whichever units."""
    return may_see_rows(user)


def may_answer_complaints(user):
    """May write notes and answers, and say how far a complaint is."""
    return bool(roles_of(user) & {Role.ADMINISTRATOR, Role.MANAGER})


def complaints_for(user):
    """The complaints that exist for this user; a manager's are those of own units and below."""
    roles = roles_of(user)
    if roles & {Role.ADMINISTRATOR, Role.ANALYST}:
        return Complaint.objects.all()
    below = Q(pk__in=[])
    for unit in Unit.objects.filter(managers__user=user, managers__role=Role.MANAGER):
        below |= Q(placement__lineage__contains=f"/{unit.pk}/")
    return Complaint.objects.filter(below)


def complaints_to_list_for(user):
    """The complaints of a list, or 404 for who may see none."""
    if not may_see_complaints(user):
        raise Http404
    return complaints_for(user)


def complaint_for(user, pk):
    """A complaint that was sent and that this user may read, or 404."""
    sent = complaints_to_list_for(user).exclude(state=ComplaintState.BEGUN)
    return get_object_or_404(sent.select_related("survey", "placement__unit", "customer"), pk=pk)


def complaint_to_answer_for(user, pk):
    """A complaint that this user may answer; 403 for who may only read it."""
    complaint = complaint_for(user, pk)
    if not may_answer_complaints(user):
        raise PermissionDenied
    return complaint


def public_link_to_manage_for(user, slug, pk):
    """A public link of a survey that this user may change."""
    return get_object_or_404(PublicLink, survey=survey_to_design_for(user, slug), pk=pk)


def unit_for(user, code):
    """A unit whose results this user may see, or 404."""
    return get_object_or_404(units_for(user), code=code)
