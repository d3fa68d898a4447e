"""Staff pages for what a survey offers after the answers are saved: complaints, a link, rewards."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.errors import SurveyError
from surveys.forms.after_answering import AfterAnsweringForm, RewardCodesForm
from surveys.permissions import survey_to_design_for
from surveys.selectors.reward_codes import reward_counts
from surveys.services.reward_codes import add_reward_codes, remove_free_codes
from surveys.services.surveys import change_survey
from surveys.views.staff import staff_page


@staff_page("GET", "POST")
def after_answering(request, slug):
    """What the thank-you page offers, and how many reward codes are left."""
    survey = survey_to_design_for(request.user, slug)
    stored = {"takes_complaints": survey.takes_complaints, "end_url": survey.end_url}
    form = AfterAnsweringForm(request.POST or None, initial=stored)
    if request.method == "POST" and form.is_valid():
        change_survey(survey=survey, **form.cleaned_data)
        messages.success(request, _("The thank-you page is saved."))
        return redirect("surveys:after_answering", slug=slug)
    return _render(request, survey, form, RewardCodesForm())


@staff_page("GET", "POST")
def reward_codes(request, slug):
    """Bring in a list of reward codes."""
    survey = survey_to_design_for(request.user, slug)
    form = RewardCodesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            number = add_reward_codes(survey=survey, codes=form.codes())
        except SurveyError as refusal:
            form.add_error(None, str(refusal))
        else:
            words = ngettext("%(number)s code is added.", "%(number)s codes are added.", number)
            messages.success(request, words % {"number": number})
            return redirect("surveys:after_answering", slug=slug)
    stored = {"takes_complaints": survey.takes_complaints, "end_url": survey.end_url}
    return _render(request, survey, AfterAnsweringForm(initial=stored), form)


@staff_page("POST")
def reward_codes_remove(request, slug):
    """Give no more reward codes."""
    survey = survey_to_design_for(request.user, slug)
    number = remove_free_codes(survey=survey)
    words = ngettext(
        "%(number)s code that nobody has is removed.",
        "%(number)s codes that nobody has are removed.",
        number,
    )
    messages.success(request, words % {"number": number})
    return redirect("surveys:after_answering", slug=slug)


def _render(request, survey, form, codes_form):
    context = {
        "survey": survey,
        "form": form,
        "codes_form": codes_form,
        "rewards": reward_counts(survey),
    }
    return render(request, "surveys/manage/surveys/after_answering.html", context)
