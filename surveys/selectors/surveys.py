"""Reading surveys for the pages of the designers."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Exists, IntegerField, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from surveys.definitions.losses import lacks_of
from surveys.enums import RemovedKind, SurveyMode, VersionState
from surveys.models import PublicLink, Response, SurveyVersion
from surveys.services.definitions import export_question

# What staff see: no tests, and an anonymous response only when it was mixed with others.
SHOWN = {"is_test": False, "awaits_mixing": False}
SHOWN_RESPONSES = Q(**{f"responses__{name}": value for name, value in SHOWN.items()})
# What fills a link that takes a limited number of answers.
TAKEN = Q(responses__is_test=False, responses__is_suspected_bot=False)


@dataclass(frozen=True, slots=True)
class SurveyState:
    """What a survey is in, as a word for a style and one for the eye."""

    code: str
    label: str


def with_overview(surveys):
    """Surveys with the number of their responses and links and what versions there are."""
    versions = SurveyVersion.objects.filter(survey=OuterRef("pk"))
    return surveys.annotate(
        response_count=_counted(Response.objects.filter(**SHOWN)),
        link_count=_counted(PublicLink.objects.filter(is_active=True)),
        has_draft=Exists(versions.filter(state=VersionState.DRAFT)),
        is_published=Exists(versions.filter(state=VersionState.PUBLISHED)),
        was_published=Exists(versions.exclude(state=VersionState.DRAFT)),
    )


def state_of(survey):
    """The state of a survey that `with_overview` has read."""
    if survey.is_published:
        return SurveyState("published", _("Published"))
    if survey.was_published:
        return SurveyState("closed", _("Closed"))
    return SurveyState("draft", _("Draft"))


def versions_with_counts(survey):
    """The versions of a survey, newest first, with the number of their responses."""
    return (
        survey.versions.select_related("published_by", "closed_by")
        .annotate(
            response_count=Count("responses", filter=SHOWN_RESPONSES),
            test_count=Count("responses", filter=Q(responses__is_test=True)),
            last_answer_on=Max("responses__submitted_on", filter=SHOWN_RESPONSES),
        )
        .order_by("-number")
    )


def version_to_show(survey, number=None):
    """The version with this number (a text), else the newest, which may be a draft."""
    versions = survey.versions.order_by("-number")
    if number and number.isdecimal():
        versions = versions.filter(number=number)
    version = versions.first()
    if version is None:
        raise Http404
    version.survey = survey
    return version


def links_with_counts(survey):
    """The public links of a survey with the number of their responses."""
    return survey.public_links.select_related("unit").annotate(
        response_count=Count("responses", filter=SHOWN_RESPONSES),
        suspect_count=Count(
            "responses", filter=SHOWN_RESPONSES & Q(responses__is_suspected_bot=True)
        ),
        taken_count=Count("responses", filter=TAKEN),
        test_count=Count("responses", filter=Q(responses__is_test=True)),
    )


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """A question in the outline of a draft."""

    key: str
    text: dict
    role: str
    has_rule: bool
    is_first: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class OutlineSection:
    """A section in the outline of a draft; first and last rows cannot move further."""

    pk: int
    title: dict
    has_rule: bool
    rows: tuple[OutlineRow, ...]
    is_first: bool
    is_last: bool

    @property
    def place(self):
        """What the editor calls the page of this section."""
        return f"section-{self.pk}"


def outline_of(version):
    """The sections of a version with their questions, in two queries."""
    sections = list(version.sections.prefetch_related("questions"))
    last = len(sections) - 1
    return [
        OutlineSection(
            pk=section.pk,
            title=section.title,
            has_rule=bool(section.rule),
            rows=tuple(_rows(section, number == 0, number == last)),
            is_first=number == 0,
            is_last=number == last,
        )
        for number, section in enumerate(sections)
    ]


def _rows(section, is_first, is_last):
    questions = sorted(section.questions.all(), key=lambda item: (item.position, item.pk))
    for number, question in enumerate(questions):
        yield OutlineRow(
            key=question.key,
            text=question.text,
            role=question.get_role_display() if question.role else "",
            has_rule=bool(question.rule),
            is_first=is_first and number == 0,
            is_last=is_last and number == len(questions) - 1,
        )


@dataclass(frozen=True, slots=True)
class Removal:
    """What the outline offers to put back."""

    pk: int
    kind: str
    texts: dict
    losses: tuple = ()


def removed_from(draft):
    """What was taken out of a draft and is not there again."""
    parts = list(draft.removed_parts.select_related("section"))
    keys = [removed.document.get("key") for removed in parts]
    found = draft.questions.filter(key__in=keys) if parts else ()
    questions = {question.key: question for question in found}
    for removed in parts:
        question = questions.get(removed.document.get("key"))
        if question:
            lacks = lacks_of(export_question(question), removed.document)
            if lacks:
                kind = _("Answers") if lacks.labels else _("Rule")
                yield Removal(removed.pk, kind, removed.texts, tuple(lacks.labels))
        elif removed.kind == RemovedKind.QUESTION or not removed.section:
            yield Removal(removed.pk, removed.get_kind_display(), removed.texts)
        elif not removed.section.rule:
            yield Removal(removed.pk, _("Rule"), removed.texts)


def takes_answers(link, now=None):
    """Whether a link of `links_with_counts` is open now; its survey may still be unpublished."""
    now = now or timezone.now()
    return (
        link.is_active
        and (link.opens_at is None or link.opens_at <= now)
        and (link.closes_at is None or now < link.closes_at)
        and (link.maximum_answers is None or link.taken_count < link.maximum_answers)
    )


def public_address(link):
    """The whole address of a public link."""
    return settings.BASE_URL + f"/s/{link.slug}/"


def personal_address(token):
    """The whole address of a personal link."""
    return settings.BASE_URL + f"/r/{token}/"


def _counted(rows):
    counted = (
        rows.filter(survey=OuterRef("pk"))
        .order_by()
        .values("survey")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def surveys_with_personal_links(surveys):
    """The published ones of these surveys by which single customers can be asked."""
    published = SurveyVersion.objects.filter(survey=OuterRef("pk"), state=VersionState.PUBLISHED)
    return surveys.exclude(mode=SurveyMode.ANONYMOUS).filter(Exists(published)).order_by("slug")
