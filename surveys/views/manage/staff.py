"""Staff pages for the accounts of staff: who is here, and closing an account."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from surveys.customer_permissions import staff_to_change_for
from surveys.errors import SurveyError
from surveys.forms.privacy import HeirForm
from surveys.services.staff_changes import activate_staff, deactivate_staff
from surveys.views.staff import staff_page


@staff_page("GET")
def staff_list(request):
    """Everybody with an account, and what they may do."""
    people = staff_to_change_for(request.user).order_by("-is_active", "username")
    context = {"people": people.prefetch_related("role_assignments__unit")}
    return render(request, "surveys/manage/staff/staff_list.html", context)


@staff_page("GET", "POST")
def staff_deactivate(request, pk):
    """Ask to whom the work passes, then close the account."""
    person = get_object_or_404(staff_to_change_for(request.user), pk=pk)
    form = HeirForm(request.POST or None, leaver=person)
    if request.method == "POST" and form.is_valid():
        try:
            deactivate_staff(user=person, by=request.user, **form.cleaned_data)
        except SurveyError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The account is closed. Everything it made is kept."))
            return redirect("surveys:staff_list")
    return render(
        request, "surveys/manage/staff/staff_deactivate.html", {"person": person, "form": form}
    )


@staff_page("POST")
def staff_activate(request, pk):
    """Open a closed account again."""
    activate_staff(user=get_object_or_404(staff_to_change_for(request.user), pk=pk))
    messages.success(request, _("The account is open again."))
    return redirect("surveys:staff_list")
