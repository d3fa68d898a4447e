"""The staff page for how a survey looks to customers."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from surveys.contrast import DARK, LIGHT, least_contrast, palette
from surveys.forms.appearance import AppearanceForm
from surveys.permissions import survey_to_design_for
from surveys.services.surveys import change_survey
from surveys.views.staff import staff_page

HOUSE_ACCENT = "#0b6e69"


@staff_page("GET", "POST")
def appearance(request, slug):
    """The colour and the name that customers see; a colour that is hard to read is corrected."""
    survey = survey_to_design_for(request.user, slug)
    stored = {
        "sender_name": survey.sender_name,
        "has_own_accent": bool(survey.accent),
        "accent": survey.accent or HOUSE_ACCENT,
    }
    form = AppearanceForm(request.POST or None, initial=stored)
    if request.method == "POST" and form.is_valid():
        change_survey(survey=survey, **form.chosen)
        messages.success(request, _("The appearance is saved."))
        return redirect("surveys:appearance", slug=slug)
    context = {"survey": survey, "form": form, "shades": _shades(survey.accent or HOUSE_ACCENT)}
    return render(request, "surveys/manage/surveys/appearance.html", context)


def _shades(accent):
    """What the colour becomes on a light and on a dark page."""
    return [
        {
            "name": name,
            "is_corrected": found.accent != accent,
            "contrast": least_contrast(found, scheme),
            "paper": scheme.paper,
            "palette": found,
        }
        for name, scheme in ((_("Light page"), LIGHT), (_("Dark page"), DARK))
        for found in [palette(accent, scheme)]
    ]
