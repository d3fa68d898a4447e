"""Staff pages for the quality of the answers: what looks odd, and what is done about it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from surveys.forms.quality import CheckForm, DecisionForm
from surveys.permissions import responses_to_check_for, survey_for
from surveys.selectors.quality import answers_to_check, check_overview
from surveys.services.exclusions import decide_on_responses
from surveys.services.flags import examine_again
from surveys.views.staff import staff_page

ANSWERS_PER_PAGE = 50


@staff_page("GET", "POST")
def response_quality(request, slug):
    """The answers with signs of careless or false answering; a POST decides about some."""
    survey = survey_for(request.user, slug)
    responses = responses_to_check_for(request.user, survey)
    filters = CheckForm(request.GET)
    if not filters.is_valid():
        raise Http404
    listed = answers_to_check(responses, **filters.wanted)
    page = Paginator(listed, ANSWERS_PER_PAGE).get_page(request.GET.get("page"))
    form = DecisionForm(request.POST or None, listed=[one.pk for one in page])
    if request.method == "POST" and form.is_valid():
        _decide(request, form, responses, listed)
        query = request.GET.urlencode()
        address = reverse("surveys:response_quality", args=[slug])
        return redirect(f"{address}?{query}" if query else address)
    context = {
        "survey": survey,
        "filters": CheckForm(filters.wanted),
        "page": page,
        "form": form,
        "chosen": set(request.POST.getlist("chosen")),
        "overview": check_overview(responses),
    }
    return render(request, "surveys/manage/quality/response_quality.html", context)


@staff_page("POST")
def response_quality_again(request, slug):
    """Let a worker look at every answer anew."""
    survey = survey_for(request.user, slug)
    responses_to_check_for(request.user, survey)
    examine_again(survey=survey)
    messages.success(request, _("All answers are looked at again. This takes a moment."))
    return redirect("surveys:response_quality", slug=slug)


def _decide(request, form, responses, listed):
    """Carry the decision out and say how many answers it changed."""
    chosen = responses.filter(pk__in=listed.values("pk"))
    if not form.cleaned_data["is_whole_list"]:
        chosen = responses.filter(pk__in=form.cleaned_data["chosen"])
    excludes = form.cleaned_data["decision"] == "exclude"
    number = decide_on_responses(
        responses=chosen, excludes=excludes, reason=form.cleaned_data["reason"], user=request.user
    )
    if excludes:
        text = ngettext(
            "%(number)d answer is left out.", "%(number)d answers are left out.", number
        )
    else:
        text = ngettext(
            "%(number)d answer counts again.", "%(number)d answers count again.", number
        )
    messages.success(request, text % {"number": number})
