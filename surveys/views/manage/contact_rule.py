"""The staff page for how often customers may be written to."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from surveys.forms.waves import ContactPolicyForm
from surveys.permissions import contact_policy_to_change_for
from surveys.services.contact_policy import change_contact_policy
from surveys.views.staff import staff_page


@staff_page("GET", "POST")
def contact_rule(request):
    """See and change the one rule over all surveys and channels."""
    policy = contact_policy_to_change_for(request.user)
    form = ContactPolicyForm(request.POST or None, policy=policy)
    if request.method == "POST" and form.is_valid():
        change_contact_policy(**form.cleaned_data)
        messages.success(request, _("The contact rule is saved; it holds from now on."))
        return redirect("surveys:contact_rule")
    return render(request, "surveys/manage/customers/contact_rule.html", {"form": form})
