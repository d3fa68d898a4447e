"""Staff pages for the links of a survey."""

from io import BytesIO
from zoneinfo import ZoneInfo

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from surveys.definitions.findings import estimated_minutes
from surveys.enums import VersionState
from surveys.errors import AskedRecently, SurveyError
from surveys.forms.links import PersonalLinkForm, PublicLinkForm
from surveys.languages import language_name
from surveys.permissions import (
    customers_for,
    public_link_to_manage_for,
    survey_to_design_for,
    survey_to_invite_for,
    units_for,
)
from surveys.questionnaire import questionnaire_of
from surveys.selectors.customers import customer_by_number
from surveys.selectors.reward_codes import reward_counts
from surveys.selectors.surveys import (
    links_with_counts,
    personal_address,
    public_address,
    takes_answers,
)
from surveys.services.links import (
    add_public_link,
    change_public_link,
    close_public_link,
    invite_customer,
    open_public_link,
)
from surveys.views.staff import staff_page


@staff_page("GET")
def link_list(request, slug):
    """The public links of a survey with address and QR code."""
    survey = survey_to_design_for(request.user, slug)
    links = [
        (link, public_address(link), takes_answers(link)) for link in links_with_counts(survey)
    ]
    context = {
        "survey": survey,
        "links": links,
        "rewards": reward_counts(survey) if survey.gives_reward_codes else None,
        "is_published": survey.versions.filter(state=VersionState.PUBLISHED).exists(),
    }
    with timezone.override(ZoneInfo(survey.time_zone)):
        return render(request, "surveys/manage/links/link_list.html", context)


@staff_page("GET", "POST")
def link_add(request, slug):
    """One more public link."""
    survey = survey_to_design_for(request.user, slug)
    with timezone.override(ZoneInfo(survey.time_zone)):
        form = PublicLinkForm(request.POST or None, units=units_for(request.user))
        if request.method == "POST" and form.is_valid():
            try:
                add_public_link(survey=survey, **form.cleaned_data)
            except SurveyError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("The link is made."))
                return redirect("surveys:link_list", slug=slug)
        return render(
            request, "surveys/manage/links/link_form.html", {"survey": survey, "form": form}
        )


@staff_page("GET", "POST")
def link_edit(request, slug, pk):
    """Change where and when a public link is offered."""
    link = public_link_to_manage_for(request.user, slug, pk)
    survey = link.survey
    with timezone.override(ZoneInfo(survey.time_zone)):
        form = PublicLinkForm(request.POST or None, units=units_for(request.user), link=link)
        if request.method == "POST" and form.is_valid():
            try:
                change_public_link(link=link, **form.cleaned_data)
            except SurveyError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("The link is saved."))
                return redirect("surveys:link_list", slug=slug)
        context = {"survey": survey, "form": form, "link": link, "address": public_address(link)}
        return render(request, "surveys/manage/links/link_form.html", context)


@staff_page("POST")
def link_open(request, slug, pk):
    """Let a link take answers."""
    open_public_link(link=public_link_to_manage_for(request.user, slug, pk))
    messages.success(request, _("The link takes answers again."))
    return redirect("surveys:link_list", slug=slug)


@staff_page("POST")
def link_close(request, slug, pk):
    """Let a link take no more answers."""
    close_public_link(link=public_link_to_manage_for(request.user, slug, pk))
    messages.success(request, _("The link is paused."))
    return redirect("surveys:link_list", slug=slug)


@staff_page("GET")
def link_qr(request, slug, pk):
    """The QR code of a link as SVG, to look at and to print."""
    link = public_link_to_manage_for(request.user, slug, pk)
    return _drawing(link, kind="svg", content_type="image/svg+xml", scale=8)


@staff_page("GET")
def link_qr_bitmap(request, slug, pk):
    """The QR code of a link as PNG, for programs that take no SVG."""
    link = public_link_to_manage_for(request.user, slug, pk)
    return _drawing(link, kind="png", content_type="image/png", scale=24)


@staff_page("GET")
def link_poster(request, slug, pk):
    """A sheet of paper with a large QR code, in one of the survey's languages."""
    link = public_link_to_manage_for(request.user, slug, pk)
    survey = link.survey
    version = survey.versions.order_by("state", "-number").exclude(state=VersionState.DRAFT).first()
    questionnaire = questionnaire_of(version or survey.versions.latest("number"))
    wanted = request.GET.get("lang")
    language = wanted if wanted in questionnaire.languages else questionnaire.default_language
    context = {
        "survey": survey,
        "link": link,
        "address": public_address(link),
        "language": language,
        "languages": [(code, language_name(code)) for code in questionnaire.languages],
        "title": questionnaire.text(questionnaire.title, language),
        "minutes": estimated_minutes(questionnaire),
    }
    with translation.override(language):
        return render(request, "surveys/manage/links/poster.html", context)


def _drawing(link, *, kind, content_type, scale):
    """The QR code as a file; dark on light in every colour scheme, or no camera reads it."""
    drawing = BytesIO()
    code = segno.make(public_address(link), error="m", micro=False)
    code.save(drawing, kind=kind, scale=scale, border=4, dark="#1f2430", light="#ffffff")
    return HttpResponse(
        drawing.getvalue(),
        content_type=content_type,
        headers={"Content-Disposition": f'inline; filename="{link.slug}.{kind}"'},
    )


@staff_page("GET", "POST")
def personal_link(request, slug):
    """Make a personal link for one customer, and show it this one time."""
    survey = survey_to_invite_for(request.user, slug)
    form = PersonalLinkForm(request.POST or None)
    context = {"survey": survey, "form": form}
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["external_id"]
        customer = customer_by_number(number, customers_for(request.user))
        if customer is None:
            form.add_error("external_id", _("There is no customer with this number."))
        else:
            try:
                _invitation, token = invite_customer(
                    survey=survey,
                    customer=customer,
                    channel=form.cleaned_data["channel"],
                    although_recent="although_recent" in request.POST,
                )
            except AskedRecently as refusal:
                form.add_error(None, str(refusal))
                context["may_insist"] = True
            except SurveyError as refusal:
                form.add_error(None, str(refusal))
            else:
                context |= {"customer": customer, "address": personal_address(token)}
    return render(request, "surveys/manage/links/personal_link.html", context)
