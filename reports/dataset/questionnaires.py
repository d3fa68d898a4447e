"""What the versions of a survey asked, and how an empty column is to be read."""

from django.db.models import Case, CharField, Q, Value, When
from django.db.models.fields.json import KeyTextTransform

from scoring.counts import MISSING, NOT_APPLICABLE
from scoring.scales import Scale
from surveys.enums import VersionState
from surveys.questionnaire import questionnaire_of

COLUMNS = {
    "overall": "satisfaction",
    "repurchase": "repurchase",
    "recommendation": "recommendation",
}
BLANKS = tuple(f"blank_{role}" for role in COLUMNS)
OUTSIDE = (MISSING, NOT_APPLICABLE)


def published_questionnaires(survey):
    """The questionnaires that were ever answerable, newest first."""
    versions = survey.versions.exclude(state=VersionState.DRAFT).order_by("-number")
    return [questionnaire_of(version) for version in versions]


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
    questions = filter(None, (getattr(version, role) for version in asked.values()))
    keys = {q.key for q in questions if len(q.scored_choices) < len(q.choices)}
    cases = [
        When(
            Q(**{f"{column}__isnull": True, f"answers__{key}__isnull": False}),
            then=KeyTextTransform(key, "answers"),
        )
        for key in sorted(keys)
    ]
    return Case(*cases, default=Value(None), output_field=CharField())


def score_level(value, blank, question):
    if value is not None:
        return value
    choice = question.choice(blank) if question and blank else None
    return NOT_APPLICABLE if choice and not choice.is_scored else MISSING


def loyal_from(version):
    return version.repurchase.loyal_from if version.repurchase else None
