"""Staff page that says in words what differs between two versions of a survey."""

from django.shortcuts import render

from surveys.definitions.comparison import compare
from surveys.forms.versions import CompareForm
from surveys.permissions import survey_to_design_for
from surveys.selectors.rule_subjects import rule_of_document
from surveys.services.definitions import export_version
from surveys.views.staff import staff_page


@staff_page("GET")
def version_compare(request, slug):
    """Two versions side by side; without a wish the newest and the one before it."""
    survey = survey_to_design_for(request.user, slug)
    versions = list(survey.versions.order_by("-number"))
    context = {"survey": survey}
    if len(versions) > 1:
        form = CompareForm(request.GET or None, versions=versions)
        old, new = form.pair()
        context |= {
            "form": form,
            "old": old,
            "new": new,
            "comparison": compare(export_version(old), export_version(new), rule_of_document),
        }
    return render(request, "surveys/manage/surveys/version_compare.html", context)
