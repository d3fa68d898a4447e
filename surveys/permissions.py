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

An employee survey is kept apart: it exists, with its results, answers and
complaints, for administrators and for the designer who made it, and for nobody
else. Its results are published to no unit.

Complaints are read by who sees answers row by row, of the same units, and
answered by administrators and managers. The same people look at single
customers: a manager at those of own units, an analyst at all of them without
their addresses. Changing, importing and erasing is for administrators.
"""

from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from .enums import IN_PERSON, ComplaintState, Role, SurveyKind, VersionState
from .errors import VersionIsFrozen
from .models import (
    Complaint,
    ContactPolicy,
    Customer,
    Delivery,
    Event,
    EventRule,
    ImportRun,
    MessageText,
    PublicLink,
    Response,
    SavedQuestion,
    SavedTemplate,
    Survey,
    SurveyVersion,
    Unit,
    UnitPlacement,
    Wave,
    WaveSeries,
)

SEES_ALL_UNITS = {Role.ADMINISTRATOR, Role.DESIGNER, Role.ANALYST, Role.VIEWER}
SEES_ROWS = {Role.ADMINISTRATOR, Role.MANAGER, Role.ANALYST}


def roles_of(user):
    """The roles a user holds; a disabled user holds none."""
    if not (user.is_authenticated and user.is_active):
        return frozenset()
    return frozenset(role for role, _path in _assignments(user))


def _assignments(user):
    """The roles with the path of the unit they are held for, read once for each request."""
    if not hasattr(user, "_topbox_assignments"):
        assignments = user.role_assignments.values_list("role", "unit__path")
        user._topbox_assignments = tuple(assignments)
    return user._topbox_assignments


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
    if not roles_of(user):
        return Unit.objects.none()
    return _managed_units(user)


def _managed_units(user):
    """The units that a manager manages, and those below."""
    within = Q(pk__in=[])
    for role, path in _assignments(user):
        if role == Role.MANAGER:
            within |= Q(path__startswith=path)
    return Unit.objects.filter(within)


def placements_for(user, unit=None):
    """Placements whose answers this user may see, narrowed to `unit` and below.

    ``None`` means every answer, also those that belong to no unit.
    """
    if unit is None and sees_all_units(user):
        return None
    return _placements_below([unit] if unit is not None else units_for(user))


def _placements_below(units):
    below = Q(pk__in=[])
    for one in units:
        below |= Q(lineage__contains=f"/{one.pk}/")
    return UnitPlacement.objects.filter(below)


def sees_rows_of_all_units(user):
    """Whether the answers that the user may read one by one are not narrowed to some units."""
    return bool(roles_of(user) & SEES_ROWS & SEES_ALL_UNITS)


def units_with_rows_for(user):
    """The units whose answers this user may read one by one.

    Who manages a unit and beside that sees the figures of all reads only the unit's.
    """
    if sees_rows_of_all_units(user):
        return Unit.objects.all()
    if not may_see_rows(user):
        return Unit.objects.none()
    return _managed_units(user)


def surveys_for(user):
    """The surveys that exist for this user."""
    if not may_see_results(user):
        return Survey.objects.none()
    return Survey.objects.filter(not_apart(user), archived_at__isnull=True)


def not_apart(user, path=""):
    """A condition that leaves out the employee surveys that do not exist for this user.

    `path` leads from the rows filtered to their survey.
    """
    if is_administrator(user):
        return Q()
    kept_apart = Q(**{f"{path}kind": SurveyKind.EMPLOYEE})
    if not may_design(user):
        return ~kept_apart
    return ~kept_apart | Q(**{f"{path}created_by": user.pk})


def may_set_apart(user, survey):
    """Whether a survey that is made an employee survey still exists for this user."""
    return is_administrator(user) or survey.created_by_id == user.pk


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


def survey_to_interview_for(user, slug):
    """A survey that this user may fill in for customers, 404, or 403; anonymous ones nobody may."""
    survey = survey_for(user, slug)
    if not may_see_customers(user) or survey.is_anonymous:
        raise PermissionDenied
    return survey


def interview_for(user, slug, pk):
    """The invitation of a customer whom this user asks in person, or 404."""
    survey = survey_to_interview_for(user, slug)
    wanted = survey.invitations.filter(interviewer__isnull=False, channel__in=IN_PERSON)
    return get_object_or_404(wanted.select_related("survey", "customer"), pk=pk)


def wave_to_manage_for(user, slug, pk):
    """A wave of a survey by which this user may ask customers, or 404."""
    return _to_manage_for(user, slug, Wave.objects.select_related("text", "reminder_text"), pk)


def series_to_manage_for(user, slug, pk):
    """A series of waves of a survey by which this user may ask customers, or 404."""
    return _to_manage_for(user, slug, WaveSeries.objects.all(), pk)


def event_rule_to_manage_for(user, slug, pk):
    """An event rule of a survey by which this user may ask customers, or 404."""
    return _to_manage_for(user, slug, EventRule.objects.select_related("unit", "kind"), pk)


def _to_manage_for(user, slug, plans, pk):
    survey = survey_to_invite_for(user, slug)
    plan = get_object_or_404(plans, survey=survey, pk=pk)
    plan.survey = survey
    return plan


def contact_policy_to_change_for(user):
    """The contact rule, or 404 for who may see no customers."""
    if not may_see_customers(user):
        raise Http404
    return ContactPolicy.current()


def message_text_for(user, slug, pk):
    """A text by which customers are asked, that this user may change."""
    survey = survey_to_invite_for(user, slug)
    text = get_object_or_404(MessageText, survey=survey, pk=pk)
    text.survey = survey
    return text


def deliveries_for(user, survey):
    """The messages of a survey with the customers whom they went to; they are seen by few."""
    if not may_see_customers(user):
        raise PermissionDenied
    return Delivery.objects.filter(invitation__survey=survey)


def customers_for(user):
    """The customers that exist for this user."""
    return Customer.objects.all() if may_see_customers(user) else Customer.objects.none()


def may_look_at_customers(user):
    """May open the pages of single customers, of whichever units."""
    return may_see_rows(user)


def may_see_contacts(user):
    """May read the addresses of the customers whose pages they may open."""
    return bool(roles_of(user) & {Role.ADMINISTRATOR, Role.MANAGER})


def customers_to_look_at_for(user):
    """The customers whose pages this user may open; a manager's are those of own units."""
    if sees_rows_of_all_units(user):
        return Customer.objects.all()
    return Customer.objects.filter(unit__in=units_with_rows_for(user))


def customers_to_list_for(user):
    """The customers of a list, or 404 for who may look at none."""
    if not may_look_at_customers(user):
        raise Http404
    return customers_to_look_at_for(user)


def customer_for(user, pk):
    """A customer whose page this user may open, or 404."""
    found = customers_to_look_at_for(user).select_related(
        "unit", "segment", "stage", "respondent_type", "account"
    )
    return get_object_or_404(found, pk=pk)


def customer_to_note_events_for(user, pk):
    """A customer for whom this user may note events, or 404."""
    return get_object_or_404(customers_for(user).select_related("unit"), pk=pk)


def event_to_ask_about_for(user, pk):
    """An event whose customer this user may ask about it, or 404."""
    events = Event.objects.filter(customer__in=customers_for(user))
    return get_object_or_404(events.select_related("customer", "kind", "unit"), pk=pk)


def surveys_to_invite_for(user):
    """The surveys by which this user may ask single customers, or 404."""
    if not (may_design(user) and may_see_customers(user)):
        raise Http404
    return surveys_for(user)


def import_runs_for(user):
    """The files that are brought in; every administrator sees all of them, or 404."""
    if not may_see_customers(user):
        raise Http404
    return ImportRun.objects.select_related("survey", "requested_by")


def import_run_for(user, pk):
    """A file that is brought in, or 404."""
    return get_object_or_404(import_runs_for(user), pk=pk)


def surveys_to_import_into_for(user):
    """The surveys whose past answers this user may bring in, or 404."""
    if not may_see_customers(user):
        raise Http404
    published = SurveyVersion.objects.filter(survey=OuterRef("pk"), state=VersionState.PUBLISHED)
    return surveys_for(user).filter(Exists(published))


def responses_to_check_for(user, survey):
    """The single answers of a survey that this user may read; 403 for who reads only figures.

    An anonymous answer is listed from the next day on, when it is one of a
    whole day: nobody can watch the list to see who has just answered what.
    """
    if not may_see_rows(user):
        raise PermissionDenied
    responses = Response.objects.filter(survey=survey, is_test=False, awaits_mixing=False)
    if survey.is_anonymous:
        today = timezone.now().astimezone(ZoneInfo(survey.time_zone)).date()
        responses = responses.filter(submitted_on__lt=today)
    if sees_rows_of_all_units(user):
        return responses
    return responses.filter(placement__in=_placements_below(units_with_rows_for(user)))


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
    visible = Complaint.objects.filter(not_apart(user, "survey__"))
    if roles & {Role.ADMINISTRATOR, Role.ANALYST}:
        return visible
    below = Q(pk__in=[])
    for unit in Unit.objects.filter(managers__user=user, managers__role=Role.MANAGER):
        below |= Q(placement__lineage__contains=f"/{unit.pk}/")
    return visible.filter(below)


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
