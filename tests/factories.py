"""Builders in the words of the field; every call makes something new and valid."""

import itertools
import uuid
from datetime import UTC, datetime

from django.utils import timezone

from surveys.enums import (
    Channel,
    ChoiceKind,
    MeasureRole,
    QuestionType,
    SurveyKind,
    SurveyMode,
    VersionState,
)
from surveys.models import (
    Choice,
    Customer,
    Dimension,
    Event,
    EventKind,
    Invitation,
    PublicLink,
    Question,
    Response,
    RoleAssignment,
    Section,
    Survey,
    SurveyVersion,
    User,
)
from surveys.questionnaire import questionnaire_of
from surveys.services.submit_response import submit_response
from surveys.services.units import add_unit
from surveys.tokens import hash_token, new_token
from surveys.validators import fingerprint_of, measure_values

_numbers = itertools.count(1)


def make_user(role=None, *, unit=None, username=None):
    """A member of staff, with one role or none."""
    user = User.objects.create_user(username or f"user{next(_numbers)}", password="a-long-password")
    if role:
        RoleAssignment.objects.create(user=user, role=role, unit=unit)
    return user


def make_unit(name="Shop", *, parent=None):
    """A unit, at the top or below another."""
    return add_unit(code=f"u{next(_numbers)}", name=name, parent=parent)


def make_customer(*, email="", unit=None, **fields):
    """A customer with a number of their own."""
    return Customer.objects.create(
        external_id=f"C{next(_numbers)}", email=email, unit=unit, **fields
    )


def make_event(customer, *, kind="purchase", occurred_at=None, **fields):
    """Something that happened with a customer."""
    return Event.objects.create(
        external_id=f"E{next(_numbers)}",
        customer=customer,
        kind=EventKind.objects.get(code=kind),
        occurred_at=occurred_at or datetime(2026, 1, 1, tzinfo=UTC),
        **fields,
    )


def make_survey(*, mode=SurveyMode.NAMED, **fields):
    """A survey without a version."""
    number = next(_numbers)
    values = {
        "slug": f"survey-{number}",
        "title": {"en": f"Survey {number}"},
        "kind": SurveyKind.RELATIONSHIP,
        "mode": mode,
        "languages": ["en"],
    }
    return Survey.objects.create(**values | fields)


def make_draft(survey):
    """A draft with the measures of the curve, one attribute and a comment."""
    number = survey.versions.count() + 1
    version = SurveyVersion.objects.create(survey=survey, number=number)
    first = Section.objects.create(version=version, title={"en": "Overall"}, position=0)
    second = Section.objects.create(version=version, title={"en": "Details"}, position=1)
    service = Dimension.objects.create(version=version, key="service", name={"en": "Service"})
    make_rating(first, "overall", role=MeasureRole.OVERALL, position=0, required=True)
    make_rating(first, "again", role=MeasureRole.REPURCHASE, position=1, loyal_from=4)
    make_rating(
        first,
        "recommend",
        role=MeasureRole.RECOMMENDATION,
        position=2,
        values=range(11),
        type=QuestionType.RECOMMENDATION,
    )
    make_rating(
        second,
        "staff",
        role=MeasureRole.ATTRIBUTE,
        position=0,
        dimension=service,
        not_applicable=True,
    )
    Question.objects.create(
        version=version,
        section=second,
        key="comment",
        type=QuestionType.LONG_TEXT,
        text={"en": "What else would you like to say?"},
        role=MeasureRole.COMMENT,
        position=1,
    )
    return version


def make_rating(
    section,
    key,
    *,
    role,
    position,
    values=range(1, 6),
    required=False,
    not_applicable=False,
    **fields,
):
    """A rating question with its points, and "does not apply" when asked for."""
    question = Question.objects.create(
        version=section.version,
        section=section,
        key=key,
        text={"en": f"How about {key}?"},
        role=role,
        position=position,
        is_required=required,
        **{"type": QuestionType.RATING} | fields,
    )
    for place, value in enumerate(values):
        Choice.objects.create(
            question=question,
            code=str(value),
            label={"en": str(value)},
            value=value,
            position=place,
        )
    if not_applicable:
        Choice.objects.create(
            question=question,
            code="na",
            label={"en": "Does not apply"},
            kind=ChoiceKind.NOT_APPLICABLE,
            position=99,
        )
    return question


def make_published_survey(**fields):
    """A survey whose first version is published."""
    survey = make_survey(**fields)
    publish(make_draft(survey))
    return survey


def publish(version):
    """Freeze a draft without the checks of the service."""
    version.state = VersionState.PUBLISHED
    version.published_at = timezone.now()
    version.digest = "0" * 64
    version.save()
    return version


def make_public_link(survey, **fields):
    """A public link of a survey."""
    return PublicLink.objects.create(
        survey=survey, **{"slug": f"link-{next(_numbers)}", "name": "Poster"} | fields
    )


def make_invitation(survey, customer=None, **fields):
    """A personal link; returns the invitation and the token that opens it."""
    token = new_token()
    invitation = Invitation.objects.create(
        survey=survey,
        customer=customer or make_customer(),
        token_hash=hash_token(token),
        **fields,
    )
    return invitation, token


def make_response(survey, answers, *, customer=None, invitation=None, submitted_at=None, unit=None):
    """A stored answer, through the same service that stores a customer's."""
    version = survey.versions.get(state=VersionState.PUBLISHED)
    if customer:
        invitation = make_invitation(survey, customer)[0]
    doors = (
        {"invitation": invitation}
        if invitation
        else {"public_link": make_public_link(survey, unit=unit)}
    )
    response = submit_response(
        questionnaire=questionnaire_of(version),
        submission_id=uuid.uuid4(),
        answers=answers,
        language="en",
        **doors,
    ).response
    if submitted_at:
        Response.objects.filter(pk=response.pk).update(
            submitted_at=submitted_at, submitted_on=submitted_at.date()
        )
        response.refresh_from_db()
    return response


def make_responses(survey, rows, *, version=None):
    """Many stored answers at once, without links: each row gives answers and circumstances."""
    version = version or survey.versions.get(state=VersionState.PUBLISHED)
    questionnaire = questionnaire_of(version)
    return Response.objects.bulk_create(
        _plain_response(survey, questionnaire, **row) for row in rows
    )


def _plain_response(survey, questionnaire, *, answers, submitted_at, **fields):
    return Response(
        survey=survey,
        version_id=questionnaire.version_id,
        submission_id=uuid.uuid4(),
        fingerprint=fingerprint_of(questionnaire.version_id, answers),
        answers=answers,
        language="en",
        channel=Channel.LINK,
        is_anonymous=survey.is_anonymous,
        submitted_at=None if survey.is_anonymous else submitted_at,
        submitted_on=submitted_at.date(),
        **measure_values(questionnaire, answers),
        **fields,
    )
