"""A survey version as plain values: what the respondent's pages and the rules work on.

A published version never changes, so it is read once and kept; drafts are
read each time.
"""

from dataclasses import dataclass, field, fields, replace
from functools import cached_property, lru_cache

from .enums import ASIDES, MeasureRole, PageLayout, VersionState
from .models import SurveyVersion
from .question_types import handler_of, parts_of
from .rules.conditions import Group, read_rule
from .rules.pages import cut_page
from .rules.piping import has_placeholder
from .rules.references import references_in
from .texts import text_in


@dataclass(frozen=True, slots=True)
class ChoiceItem:
    """One possible answer."""

    code: str
    label: dict
    kind: str
    value: int | None

    @property
    def is_scored(self):
        """Whether picking it says something on the question's scale."""
        return self.kind not in ASIDES


@dataclass(frozen=True, slots=True)
class QuestionItem:
    """One question with its choices in order."""

    key: str
    type: str
    text: dict
    hint: dict
    is_required: bool
    role: str
    dimension: str | None
    loyal_from: int | None
    choices: tuple[ChoiceItem, ...]
    settings: dict = field(default_factory=dict)
    expectation: str = ""
    rule: Group | None = None

    @property
    def has_placeholder(self):
        """Whether one of its texts is filled in for each respondent."""
        return any(map(has_placeholder, handler_of(self).texts(self)))

    def choice(self, code):
        """The choice with this code, or None."""
        return next((choice for choice in self.choices if choice.code == code), None)

    @property
    def scored_choices(self):
        """The points of the scale, or the options, without "does not apply"."""
        return tuple(choice for choice in self.choices if choice.is_scored)

    @property
    def values(self):
        """The values of the scale's points, lowest first."""
        return tuple(sorted(c.value for c in self.scored_choices if c.value is not None))


@dataclass(frozen=True, slots=True)
class SectionItem:
    """Questions that belong together."""

    title: dict
    questions: tuple[QuestionItem, ...]
    rule: Group | None = None


@dataclass(frozen=True)
class Questionnaire:
    """Everything that a version asks."""

    version_id: int
    survey_id: int
    number: int
    page_layout: str
    default_language: str
    languages: tuple[str, ...]
    title: dict
    introduction: dict
    thanks: dict
    dimensions: tuple[tuple[str, dict], ...]
    sections: tuple[SectionItem, ...]
    is_anonymous: bool = False

    @cached_property
    def questions(self):
        """Every question in order."""
        return tuple(question for section in self.sections for question in section.questions)

    @cached_property
    def items(self):
        """Everything that is counted on its own: questions, or the rows of one."""
        return tuple(part for question in self.questions for part in parts_of(question))

    @cached_property
    def has_rules(self):
        """Whether not everybody is asked everything."""
        return any(part.rule for part in (*self.sections, *self.questions))

    @cached_property
    def is_adaptive(self):
        """Whether its pages are made for each respondent: by rules, or by texts to fill in."""
        around = [self.introduction, self.thanks, *(section.title for section in self.sections)]
        return (
            self.has_rules
            or any(map(has_placeholder, around))
            or any(question.has_placeholder for question in self.questions)
        )

    @cached_property
    def pages(self):
        """The questionnaire cut into pages by its layout, and before what rests on its own page."""
        if not self.is_adaptive:
            return self._pages_by_layout
        references = references_in(self.sections)
        return tuple(
            piece for page in self._pages_by_layout for piece in cut_page(page, references)
        )

    @property
    def _pages_by_layout(self):
        if self.page_layout == PageLayout.SINGLE:
            return self.sections and (SectionItem(title={}, questions=self.questions),)
        if self.page_layout == PageLayout.QUESTION:
            return tuple(
                SectionItem(title=section.title, questions=(question,))
                for section in self.sections
                for question in section.questions
            )
        return tuple(section for section in self.sections if section.questions)

    def only(self, keys):
        """The questionnaire with no questions but these."""
        sections = (
            replace(
                section,
                questions=tuple(question for question in section.questions if question.key in keys),
            )
            for section in self.sections
        )
        return replace(self, sections=tuple(sections))

    def question(self, key):
        """The question with this key, or None."""
        return next((question for question in self.questions if question.key == key), None)

    def item(self, key):
        """The question or the part of one with this key, or None."""
        return next((item for item in self.items if item.key == key), None)

    def with_role(self, role):
        """The questions that serve this measure, in order."""
        return tuple(question for question in self.questions if question.role == role)

    @property
    def overall(self):
        """The overall satisfaction question, or None."""
        return next(iter(self.with_role(MeasureRole.OVERALL)), None)

    @property
    def repurchase(self):
        """The repurchase intention question, or None."""
        return next(iter(self.with_role(MeasureRole.REPURCHASE)), None)

    @property
    def recommendation(self):
        """The 0–10 recommendation question, or None."""
        return next(iter(self.with_role(MeasureRole.RECOMMENDATION)), None)

    def text(self, texts, language):
        """A text in `language`, or in the survey's first language."""
        return text_in(texts, language, self.default_language)


def questionnaire_of(version):
    """The questionnaire of a version; published ones are read from the database once."""
    if version.state == VersionState.DRAFT:
        return _read(version.pk)
    return frozen_questionnaire(version.pk)


@lru_cache(maxsize=256)
def frozen_questionnaire(version_id):
    """The questionnaire of a version that is known to be frozen."""
    return _read(version_id)


def _read(version_id):
    version = SurveyVersion.objects.select_related("survey").get(pk=version_id)
    sections = version.sections.prefetch_related("questions__choices", "questions__dimension").all()
    survey = version.survey
    return Questionnaire(
        version_id=version.pk,
        survey_id=survey.pk,
        number=version.number,
        page_layout=version.page_layout,
        default_language=survey.default_language,
        languages=tuple(version.languages or survey.languages) or (survey.default_language,),
        title=version.title or survey.title,
        introduction=version.introduction,
        thanks=version.thanks,
        dimensions=tuple((item.key, item.name) for item in version.dimensions.all()),
        sections=tuple(_section(section) for section in sections),
        is_anonymous=survey.is_anonymous,
    )


def _section(section):
    questions = sorted(section.questions.all(), key=lambda item: (item.position, item.pk))
    return SectionItem(
        title=section.title,
        questions=tuple(map(_question, questions)),
        rule=read_rule(section.rule),
    )


def _question(question):
    choices = sorted(question.choices.all(), key=lambda item: (item.position, item.pk))
    return QuestionItem(
        key=question.key,
        type=question.type,
        text=question.text,
        hint=question.hint,
        is_required=question.is_required,
        role=question.role,
        dimension=question.dimension.key if question.dimension else None,
        loyal_from=question.loyal_from,
        expectation=question.expectation,
        choices=tuple(
            ChoiceItem(code=c.code, label=c.label, kind=c.kind, value=c.value) for c in choices
        ),
        settings=question.settings,
        rule=read_rule(question.rule),
    )


def questionnaire_from(document):
    """The questionnaire that a checked document would ask, without storing it."""
    return Questionnaire(
        version_id=0,
        survey_id=0,
        number=0,
        page_layout=document["page_layout"],
        default_language=document["default_language"],
        languages=tuple(document["languages"]),
        title=document["title"],
        introduction=document["introduction"],
        thanks=document["thanks"],
        dimensions=tuple((item["key"], item["name"]) for item in document["dimensions"]),
        sections=tuple(_section_from(section) for section in document["sections"]),
    )


def _section_from(section):
    questions = [
        question
        | {
            "choices": tuple(_item(ChoiceItem, one) for one in question["choices"]),
            "rule": read_rule(question["rule"]),
        }
        for question in section["questions"]
    ]
    items = tuple(_item(QuestionItem, one) for one in questions)
    return _item(SectionItem, section | {"questions": items, "rule": read_rule(section["rule"])})


def _item(kind, members):
    return kind(**{one.name: members[one.name] for one in fields(kind) if one.name in members})
