"""Staff pages for complaints: the list, and one with what the customer wrote and what staff did."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from surveys.enums import ComplaintState
from surveys.errors import SurveyError
from surveys.forms.complaints import ComplaintEntryForm
from surveys.permissions import (
    complaint_for,
    complaint_to_answer_for,
    complaints_to_list_for,
    may_answer_complaints,
)
from surveys.selectors.complaints import counted, listed
from surveys.services.complaints import add_entry, set_state
from surveys.views.staff import staff_page

COMPLAINTS_PER_PAGE = 50
SHOWN_STATES = (ComplaintState.RECEIVED, ComplaintState.IN_PROGRESS, ComplaintState.CLOSED)


@staff_page("GET")
def complaint_list(request):
    """Complaints, the newest first, fifty a page."""
    complaints = complaints_to_list_for(request.user)
    state = request.GET.get("state", "")
    sent = listed(complaints.exclude(state=ComplaintState.BEGUN), state=state)
    context = {
        "page": Paginator(sent, COMPLAINTS_PER_PAGE).get_page(request.GET.get("page")),
        "counts": counted(complaints),
        "states": [(one.value, one.label) for one in SHOWN_STATES],
        "wanted": state,
    }
    return render(request, "surveys/manage/complaints/complaint_list.html", context)


@staff_page("GET", "POST")
def complaint_detail(request, pk):
    """What the customer wrote, apart from what staff wrote; a form for more."""
    is_sent = request.method == "POST"
    fetch = complaint_to_answer_for if is_sent else complaint_for
    complaint = fetch(request.user, pk)
    form = ComplaintEntryForm(request.POST or None)
    if is_sent and form.is_valid():
        try:
            add_entry(complaint=complaint, author=request.user, **form.cleaned_data)
        except SurveyError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It is saved."))
            return redirect("surveys:complaint_detail", pk=pk)
    context = {
        "complaint": complaint,
        "entries": complaint.entries.select_related("author"),
        "form": form if may_answer_complaints(request.user) else None,
        "further_state": _further_state(complaint),
    }
    return render(request, "surveys/manage/complaints/complaint_detail.html", context)


@staff_page("POST")
def complaint_state(request, pk):
    """Say how far a complaint is."""
    complaint = complaint_to_answer_for(request.user, pk)
    try:
        set_state(complaint=complaint, state=request.POST.get("state", ""))
    except SurveyError as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The state is changed."))
    return redirect("surveys:complaint_detail", pk=pk)


def _further_state(complaint):
    """What the button beside the state leads to."""
    return (
        ComplaintState.IN_PROGRESS
        if complaint.state == ComplaintState.CLOSED
        else ComplaintState.CLOSED
    ).value
