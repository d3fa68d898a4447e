"""Staff pages for rules that ask because something happened."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from surveys.errors import SurveyError
from surveys.forms.waves import EventRuleForm
from surveys.models import EventRule
from surveys.permissions import event_rule_to_manage_for, survey_to_invite_for, units_for
from surveys.selectors.event_rules import reasons_of_rule
from surveys.services.event_rules import save_event_rule, switch_event_rule
from surveys.services.visits import day_in
from surveys.views.staff import staff_page


@staff_page("GET", "POST")
def event_rule_add(request, slug):
    """One more rule."""
    survey = survey_to_invite_for(request.user, slug)
    today = day_in(survey)
    return _page(request, EventRule(survey=survey, events_from=today))


@staff_page("GET", "POST")
def event_rule_edit(request, slug, pk):
    """Change a rule, and see why some were not asked by it."""
    return _page(request, event_rule_to_manage_for(request.user, slug, pk))


@staff_page("POST")
def event_rule_switch(request, slug, pk):
    """Let a rule rest, or go on."""
    rule = switch_event_rule(
        rule=event_rule_to_manage_for(request.user, slug, pk), is_active="on" in request.POST
    )
    said = _("The rule asks again.") if rule.is_active else _("The rule rests.")
    messages.success(request, said)
    return redirect("surveys:asking", slug=slug)


def _page(request, rule):
    form = EventRuleForm(request.POST or None, plan=rule, units=units_for(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            save_event_rule(rule=form.filled(), user=request.user)
        except SurveyError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The rule is saved."))
            return redirect("surveys:asking", slug=rule.survey.slug)
    context = {
        "survey": rule.survey,
        "form": form,
        "rule": rule,
        "skipped": list(reasons_of_rule(rule)) if rule.pk else [],
    }
    return render(request, "surveys/manage/asking/event_rule_form.html", context)
