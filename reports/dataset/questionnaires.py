"""What the versions of a survey asked, and how an empty column is to be read."""

from django.db.models import Case, CharField, Q, Value, When
from django.db.models.fields.json import KeyTextTransform

from scoring.counts import MISSING, NOT_APPLICABLE
from scoring.scales import Scale
from surveys.enums import VersionState
from surveys.models import SurveyVersion
from surveys.questionnaire import questionnaire_of

from .once import note, once

COLUMNS = {
    "overall": "satisfaction",
    "repurchase": "repurchase",
    "recommendation": "recommendation",
}
BLANKS = tuple(f"blank_{role}" for role in COLUMNS)
OUTSIDE = (MISSING, NOT_APPLICABLE)


def published_questionnaires(survey):
    """The questionnaires that were ever answerable, newest first."""
    name = ("questionnaires", survey.pk)
    return once(name, lambda: questionnaires_of_all([survey])[survey.pk])


def questionnaires_of_all(surveys):
    """The same of many surveys, by their ids."""
    versions = SurveyVersion.objects.filter(survey__in=surveys).exclude(state=VersionState.DRAFT)
    of_survey = {survey.pk: [] for survey in surveys}
    for version in versions.order_by("-number"):
        of_survey[version.survey_id].append(version)
    for pk, known in of_survey.items():
        note(("takes answers", pk), _is_open(known))
    return {pk: [questionnaire_of(version) for version in known] for pk, known in of_survey.items()}


def takes_answers(survey):
    """Whether a version of a survey can be answered now."""
    return once(("takes answers", survey.pk), lambda: _is_open(survey.versions.all()))


def _is_open(versions):
    return any(version.state == VersionState.PUBLISHED for version in versions)


def scale_of(question):
    """The scale of a rating question."""
    values = question.values
    return Scale(values[0], values[-1])


def asking_on_one_scale(survey, questionnaires):
    """Versions that ask overall satisfaction on the newest scale, by id, newest first."""
    if questionnaires is None:
        questionnaires = published_questionnaires(survey)
    asking = [q for q in questionnaires if q.overall and q.overall.values]
    return {q.version_id: q for q in asking if q.overall.values == asking[0].overall.values}


def blank_codes(asked):
    return {f"blank_{role}": blank_code(asked, role) for role in COLUMNS}


def blank_code(asked, role):
    """What stands in the document where the column is empty: "does not apply", or nothing.

    Only questions that offer such a choice are looked up: for the others the
    database need not open a single document.
    """
    column = COLUMNS[role]
    offering = {}
    for version_id, version in asked.items():
        question = getattr(version, role)
        if question and len(question.scored_choices) < len(question.choices):
            offering.setdefault(question.key, []).append(version_id)
    cases = [
        When(
            Q(
                **{f"{column}__isnull": True, f"answers__{key}__isnull": False},
                version__in=versions,
            ),
            then=KeyTextTransform(key, "answers"),
        )
        for key, versions in sorted(offering.items())
    ]
    return Case(*cases, default=Value(None), output_field=CharField())


def score_level(value, blank, question):
    if value is not None:
        return value
    choice = question.choice(blank) if question and blank else None
    return NOT_APPLICABLE if choice and not choice.is_scored else MISSING


def loyal_from(version):
    return version.repurchase.loyal_from if version.repurchase else None
