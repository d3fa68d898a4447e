"""What the database itself refuses, whatever the code above it does."""

import uuid
from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.db import IntegrityError

from surveys.enums import InvitationState, MeasureRole, Role, SurveyMode, VersionState
from surveys.models import (
    Account,
    Choice,
    Complaint,
    ComplaintEntry,
    Customer,
    Dimension,
    Invitation,
    OutboxMessage,
    Question,
    RemovedPart,
    Response,
    ResponseDraft,
    ResponseRevision,
    RewardCode,
    RoleAssignment,
    SurveyVersion,
    UnitPlacement,
    Wave,
)
from tests import factories

from . import (  # noqa: F401, their attempts are tried here
    forbidden_asking,
    forbidden_imports,
    forbidden_visits,
)
from .forbidden import FORBIDDEN, make_response, refused

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@refused("customer_has_an_external_id")
def customer_without_number():
    Customer.objects.create(external_id="")


@refused("event_has_an_external_id")
def event_without_number():
    event = factories.make_event(factories.make_customer())
    type(event).objects.update(external_id="")


@refused("a_customer_is_asked_once_per_wave")
def second_invitation_in_a_wave():
    survey, customer = factories.make_survey(), factories.make_customer()
    wave = make_wave(survey)
    for _time in range(2):
        factories.make_invitation(survey, customer, wave=wave)


@refused("a_customer_is_asked_once_per_event")
def second_invitation_about_an_event():
    survey, customer = factories.make_survey(), factories.make_customer()
    event = factories.make_event(customer)
    for _time in range(2):
        factories.make_invitation(survey, customer, event=event)


@refused("answered_invitations_have_a_time_unless_anonymous")
def answered_invitation_without_time():
    factories.make_invitation(factories.make_survey(), state=InvitationState.ANSWERED)


@refused("only_anonymously_answered_invitations_await_mixing")
def open_invitation_that_awaits_mixing():
    factories.make_invitation(factories.make_survey(), awaits_mixing=True)


@refused("only_anonymous_responses_await_mixing")
def named_response_that_awaits_mixing():
    Response.objects.filter(pk=make_response().pk).update(awaits_mixing=True)


@refused("a_submission_is_replaced_once")
def second_revision_of_a_submission():
    response = make_response()
    for _ in range(2):
        ResponseRevision.objects.create(
            response=response,
            submission_id=response.submission_id,
            version=response.version,
            submitted_at=NOON,
            replaced_at=NOON,
        )


@refused("a_manager_has_a_unit_and_nobody_else_does")
def manager_without_unit():
    factories.make_user(Role.MANAGER)


@refused("role_is_known")
def unknown_role():
    RoleAssignment.objects.create(user=factories.make_user(), role="emperor")


@refused("a_unit_is_managed_once_by_a_user")
def same_unit_managed_twice():
    user, unit = factories.make_user(), factories.make_unit()
    for _time in range(2):
        RoleAssignment.objects.create(user=user, role=Role.MANAGER, unit=unit)


@refused("a_role_without_unit_is_held_once")
def same_role_held_twice():
    user = factories.make_user(Role.ANALYST)
    RoleAssignment.objects.create(user=user, role=Role.ANALYST)


@refused("a_link_closes_after_it_opens")
def link_that_closes_before_it_opens():
    factories.make_public_link(
        factories.make_survey(), opens_at=NOON, closes_at=NOON.replace(hour=11)
    )


@refused("accent_is_a_colour")
def accent_by_name():
    factories.make_survey(accent="red")


@refused("a_link_takes_at_least_one_answer")
def link_that_takes_no_answer():
    factories.make_public_link(factories.make_survey(), maximum_answers=0)


@refused("a_code_is_listed_once")
def code_listed_twice():
    survey = factories.make_survey()
    for _time in range(2):
        RewardCode.objects.create(survey=survey, code="TEA")


@refused("a_given_code_has_a_day_and_a_claim")
def given_code_without_day():
    RewardCode.objects.create(survey=factories.make_survey(), code="TEA", claim="0" * 64)


def complaint(**fields):
    survey = factories.make_survey()
    values = {"token_hash": "0" * 64, "language": "en", "begun_on": NOON.date()}
    return Complaint.objects.create(survey=survey, **values | fields)


@refused("complaint_state_is_known")
def complaint_in_an_unknown_state():
    complaint(state="forgotten", words="Cold.", received_on=NOON.date())


@refused("a_complaint_has_words_once_it_was_sent")
def sent_complaint_without_words():
    complaint(state="received", received_on=NOON.date())


@refused("complaint_entry_kind_is_known")
def complaint_entry_of_an_unknown_kind():
    ComplaintEntry.objects.create(complaint=complaint(), kind="gossip", text="x")


@refused("dimension_keys_are_unique")
def second_dimension_with_a_key():
    version = factories.make_draft(factories.make_survey())
    Dimension.objects.create(version=version, key="service", name={"en": "Again"})


@refused("question_keys_are_unique")
def second_question_with_a_key():
    question = make_question("overall")
    factories.make_rating(question.section, "overall", role=MeasureRole.ATTRIBUTE, position=9)


@refused("each_leading_measure_is_asked_once")
def second_overall_question():
    question = make_question("overall")
    factories.make_rating(question.section, "other", role=MeasureRole.OVERALL, position=9)


@refused("loyal_from_belongs_to_repurchase")
def loyal_from_on_another_measure():
    Question.objects.filter(pk=make_question("overall").pk).update(loyal_from=4)


@refused("expectation_belongs_to_items")
def expectation_of_another_measure():
    Question.objects.filter(pk=make_question("overall").pk).update(expectation="basic")


@refused("expectation_belongs_to_items")
def expectation_that_is_not_known():
    Question.objects.filter(pk=make_question("staff").pk).update(expectation="wow")


@refused("removed_kind_is_known")
def removed_part_of_another_kind():
    version = factories.make_draft(factories.make_survey())
    RemovedPart.objects.create(version=version, kind="choice", document={})


@refused("choice_codes_are_unique")
def second_choice_with_a_code():
    Choice.objects.create(question=make_question("overall"), code="5", label={"en": "5"})


@refused("only_answers_have_a_value")
def not_applicable_with_a_value():
    make_question("staff").choices.filter(code="na").update(value=0)


@refused("removed_kind_is_known")
def removed_part_of_unknown_kind():
    version = factories.make_draft(factories.make_survey())
    RemovedPart.objects.create(version=version, kind="page", document={})


@refused("a_submission_is_stored_once")
def second_response_of_a_submission():
    response = make_response()
    response.pk = uuid.uuid4()
    response.save(force_insert=True)


@refused("an_anonymous_response_has_no_path_to_a_person")
def anonymous_response_with_a_customer():
    anonymous_response().update(customer=factories.make_customer())


@refused("recommendation_is_0_to_10")
def recommendation_of_eleven():
    Response.objects.filter(pk=make_response().pk).update(recommendation=11)


@refused("a_draft_came_by_one_kind_of_link")
def draft_without_a_link():
    version = factories.make_draft(factories.make_survey())
    ResponseDraft.objects.create(submission_id=uuid.uuid4(), version=version, language="en")


@refused("owed_once_per_response")
def second_thank_you():
    response = make_response()
    for _time in range(2):
        OutboxMessage.objects.create(response=response, kind="thank_you_mail")


@refused("survey_mode_is_known")
def unknown_mode():
    factories.make_survey(mode="pseudonymous")


@refused("survey_kind_is_known")
def unknown_kind():
    factories.make_survey(kind="other")


@refused("survey_selection_is_known")
def unknown_selection():
    factories.make_survey(selection="whoever")


@refused("field_dates_are_in_order")
def last_day_before_the_first():
    factories.make_survey(field_from=date(2026, 3, 2), field_until=date(2026, 3, 1))


@refused("version_numbers_are_unique")
def second_version_with_a_number():
    survey = factories.make_published_survey()
    SurveyVersion.objects.create(survey=survey, number=1)


@refused("one_draft_per_survey")
def second_draft():
    survey = factories.make_survey()
    for number in (1, 2):
        SurveyVersion.objects.create(survey=survey, number=number)


@refused("one_published_version_per_survey")
def second_published_version():
    survey = factories.make_published_survey()
    factories.publish(SurveyVersion.objects.create(survey=survey, number=2))


@refused("a_draft_was_not_published_and_the_others_were")
def published_version_without_digest():
    version = SurveyVersion.objects.create(survey=factories.make_survey(), number=1)
    SurveyVersion.objects.filter(pk=version.pk).update(
        state=VersionState.PUBLISHED, published_at=NOON
    )


@refused("closed_after_published")
def version_closed_before_it_was_published():
    survey = factories.make_published_survey()
    survey.versions.update(closed_at=NOON.replace(year=2000))


@refused("one_row_per_placement")
def second_row_of_a_placement():
    placement = factories.make_unit().placement
    UnitPlacement.objects.create(unit=placement.unit, lineage=placement.lineage)


@refused("wave_names_are_unique")
def second_wave_with_a_name():
    survey = factories.make_survey()
    for _time in range(2):
        make_wave(survey)


@refused("a_wave_ends_after_it_starts")
def wave_that_ends_before_it_starts():
    make_wave(factories.make_survey(), ends_on=date(2025, 12, 31))


def make_wave(survey, **fields):
    """The wave of January."""
    values = {"name": "2026-01", "starts_on": date(2026, 1, 1), "ends_on": date(2026, 1, 31)}
    return Wave.objects.create(survey=survey, **values | fields)


def make_question(key):
    """A question of a new draft."""
    return factories.make_draft(factories.make_survey()).questions.get(key=key)


def anonymous_response():
    """A stored anonymous response, as a query."""
    survey = factories.make_published_survey(mode=SurveyMode.ANONYMOUS)
    response = factories.make_response(survey, {"overall": "5"})
    return Response.objects.filter(pk=response.pk)


@pytest.mark.parametrize("name", FORBIDDEN)
def test_database_refuses(db, name):
    with pytest.raises(IntegrityError):
        FORBIDDEN[name]()


def test_every_constraint_is_tried():
    declared = {
        constraint.name
        for model in apps.get_app_config("surveys").get_models()
        for constraint in model._meta.constraints
    }

    assert declared == set(FORBIDDEN)


@pytest.mark.parametrize(
    "path",
    ["customer", "invitation", "event", "submitted_at", "account", "traits", "entered_by"],
)
def test_no_path_leads_from_an_anonymous_response(db, path):
    customer = factories.make_customer()
    ways = {
        "customer": lambda: customer,
        "invitation": lambda: factories.make_invitation(factories.make_survey(), customer)[0],
        "event": lambda: factories.make_event(customer),
        "submitted_at": lambda: NOON,
        "account": lambda: Account.objects.create(external_id="A-1"),
        "traits": lambda: {"stage": 1},
        "entered_by": lambda: factories.make_user(Role.ADMINISTRATOR),
    }
    response, way = anonymous_response(), ways[path]()

    with pytest.raises(IntegrityError):
        response.update(**{path: way})


def test_anonymously_answered_invitation_has_no_time(db):
    with pytest.raises(IntegrityError):
        factories.make_invitation(
            factories.make_survey(mode=SurveyMode.ANONYMOUS_INVITED),
            state=InvitationState.ANSWERED,
            answered_anonymously=True,
            answered_at=NOON,
        )


def test_what_is_allowed_is_stored(db):
    """Control: the attempts fail for their one mistake and not for something else."""
    survey = factories.make_survey()
    make_wave(survey)
    make_wave(survey, name="2026-02")
    factories.make_invitation(survey, state=InvitationState.ANSWERED, answered_at=NOON)
    factories.make_user(Role.MANAGER, unit=factories.make_unit())
    factories.make_public_link(survey, opens_at=NOON, closes_at=NOON.replace(hour=13))

    assert Invitation.objects.count() == 1
