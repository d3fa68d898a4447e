"""The respondent's pages of a version, to look at: nothing is sent and nothing is stored."""

from dataclasses import replace

from csp.constants import SELF
from csp.decorators import csp_replace
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.clickjacking import xframe_options_sameorigin

from surveys.enums import PageLayout
from surveys.permissions import survey_to_design_for
from surveys.questionnaire import SectionItem, questionnaire_of
from surveys.rules.circumstances import Circumstances
from surveys.rules.route import Route
from surveys.rules.words import RuleWords
from surveys.selectors.surveys import version_to_show
from surveys.views.respond.pages import render_questionnaire_page
from surveys.views.staff import staff_page

WIDTHS = ("phone", "desktop")


@staff_page("GET")
def survey_preview(request, slug):
    """The respondent's page in a frame, as wide as a phone or a desk."""
    survey = survey_to_design_for(request.user, slug)
    version = version_to_show(survey, request.GET.get("version"))
    questionnaire = questionnaire_of(version)
    width = request.GET.get("width", "phone")
    context = {
        "survey": survey,
        "version": version,
        "questionnaire": questionnaire,
        "language": _language(questionnaire, request),
        "width": width if width in WIDTHS else "phone",
    }
    return render(request, "surveys/manage/surveys/survey_preview.html", context)


@staff_page("GET")
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})
def preview_page(request, slug):
    """One page of the questionnaire, or one question, as a respondent sees it."""
    survey = survey_to_design_for(request.user, slug)
    version = version_to_show(survey, request.GET.get("version"))
    questionnaire = questionnaire_of(version)
    language = _language(questionnaire, request)
    single = questionnaire.question(request.GET.get("question", ""))
    if single:
        questionnaire = _only(questionnaire, single)
    if not questionnaire.pages:
        return render(request, "surveys/manage/editor/preview_empty.html", {"survey": survey})
    number = _page_number(request, len(questionnaire.pages))
    address = f"?version={version.number}&language={language}&page="
    return render_questionnaire_page(
        questionnaire=questionnaire,
        page_number=number,
        language=language,
        is_preview=True,
        survey=survey,
        route=Route(questionnaire, {}, Circumstances, shows_all=True),
        notice=_rules_in_words(questionnaire, number, language),
        back_url=f"{address}{number - 1}" if number > 1 else "",
        next_url=f"{address}{number + 1}" if number < len(questionnaire.pages) else "",
    )


def _rules_in_words(questionnaire, number, language):
    """When the questions of a page are shown, for the page shows them all."""
    words = RuleWords(questionnaire, language)
    keys = {question.key for question in questionnaire.pages[number - 1].questions}
    rules = [
        rule
        for section in questionnaire.sections
        for question in section.questions
        for rule in (section.rule, question.rule)
        if rule and question.key in keys
    ]
    with translation.override(language):
        return " ".join(dict.fromkeys(map(words.sentence, rules)))


def _only(questionnaire, question):
    """The questionnaire with a single question, for the frame beside the editor."""
    page = SectionItem(title={}, questions=(replace(question, rule=None),))
    return replace(questionnaire, introduction={}, page_layout=PageLayout.SINGLE, sections=(page,))


def _language(questionnaire, request):
    wanted = request.GET.get("language", "")
    return wanted if wanted in questionnaire.languages else questionnaire.default_language


def _page_number(request, count):
    wanted = request.GET.get("page", "")
    return min(max(int(wanted) if wanted.isdecimal() else 1, 1), max(count, 1))
