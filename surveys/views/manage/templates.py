"""Staff pages for templates: looking at one, saving a survey as one, removing an own one."""

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin

from surveys.errors import SurveyError
from surveys.forms.library import SaveTemplateForm
from surveys.languages import matching_language
from surveys.permissions import (
    saved_template_to_remove_for,
    survey_to_design_for,
    surveys_to_design_for,
)
from surveys.selectors.survey_templates import survey_template
from surveys.services.library import save_as_template
from surveys.views.respond.pages import render_questionnaire_page
from surveys.views.staff import staff_page


@staff_page("GET")
def template_detail(request, code):
    """What a template asks and measures, how long it takes, where it comes from."""
    context = {"template": _template_for(request.user, code)}
    return render(request, "surveys/manage/surveys/template_detail.html", context)


@staff_page("GET")
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})
def template_page(request, code):
    """One page of a template as a respondent would see it."""
    questionnaire = _template_for(request.user, code).questionnaire
    count = len(questionnaire.pages)
    if not count:
        raise Http404
    wanted = request.GET.get("page", "1")
    number = min(max(int(wanted) if wanted.isdecimal() else 1, 1), count)
    wish = request.GET.get("language", get_language())
    language = matching_language(wish, questionnaire.languages) or questionnaire.default_language
    return render_questionnaire_page(
        questionnaire=questionnaire,
        page_number=number,
        language=language,
        is_preview=True,
        back_url=f"?page={number - 1}&language={language}" if number > 1 else "",
        next_url=f"?page={number + 1}&language={language}" if number < count else "",
    )


@staff_page("POST")
def template_remove(request, pk):
    """Remove a template that a survey was saved as; surveys made from it stay."""
    saved = saved_template_to_remove_for(request.user, pk)
    saved.delete()
    messages.success(request, _("The template “%(name)s” is removed.") % {"name": saved.name})
    return redirect("surveys:survey_create")


@staff_page("GET", "POST")
def save_template(request, slug):
    """Save what a survey asks as a template for all designers."""
    survey = survey_to_design_for(request.user, slug)
    version = survey.versions.order_by("-number").first()
    form = SaveTemplateForm(request.POST or None, initial={"name": str(survey)})
    if request.method == "POST" and form.is_valid():
        try:
            save_as_template(version=version, user=request.user, **form.cleaned_data)
        except SurveyError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The template is saved. New surveys can begin with it."))
            return redirect("surveys:survey_create")
    context = {"survey": survey, "version": version, "form": form}
    return render(request, "surveys/manage/surveys/template_save.html", context)


def _template_for(user, code):
    surveys_to_design_for(user)
    template = survey_template(code)
    if template is None:
        raise Http404
    return template
