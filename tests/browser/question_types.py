"""A survey with one question of every kind that a designer can add, whichever there are."""

from surveys.enums import PageLayout
from surveys.forms.questions import AddQuestionForm
from surveys.services.draft_questions import add_question, new_key
from tests import factories

LINES = "Brakes\nGears\nDonaudampfschifffahrtsgesellschaftskapitänsmütze"
LANGUAGES = ["en", "ar", "zh-hans"]


def make_survey_of_every_kind():
    """A published survey of one page, in languages of both directions; every answer is needed."""
    survey = factories.make_survey(
        title={"en": "Your repair at Nordwind", "ar": "إصلاحك في نوردفيند", "zh-hans": "您的维修"},
        languages=LANGUAGES,
    )
    version = survey.versions.create(number=1, page_layout=PageLayout.SINGLE)
    section = version.sections.create(title={"en": "About your repair"})
    for kind in kinds(survey, section):
        form = AddQuestionForm(
            {
                "kind": kind,
                "section": str(section.pk),
                "options": LINES,
                "text__en": f"What do you say about {kind}?",
                "text__ar": "ما رأيك في هذا الإصلاح؟",
                "text__zh-hans": "您怎么看？",
            },
            survey=survey,
            sections=[section],
        )
        assert form.is_valid(), form.errors
        definition = form.definition(
            taken_roles=set(version.questions.values_list("role", flat=True)),
            new_key=lambda stem: new_key(version, stem),
        )
        add_question(
            version=version, revision=version.revision, section=section, definition=definition
        )
    version.questions.update(is_required=True, hint={"en": "Think of the last time."})
    factories.publish(version)
    return survey


def kinds(survey, section):
    """The code of every kind on the designer's list, which may be in groups."""
    field = AddQuestionForm(survey=survey, sections=[section]).fields["kind"]
    for code, label in field.choices:
        yield from (one for one, _label in label) if isinstance(label, list | tuple) else [code]
