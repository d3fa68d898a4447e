"""A message as one customer would get it: both parts of the mail, and the text message."""

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib import messages
from django.core.mail import get_connection
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin

from surveys.messages.checks import ADVISED_SUBJECT
from surveys.messages.mails import letter_for, mail_for_trying
from surveys.messages.text_messages import length_of, words_of_text_message
from surveys.permissions import customers_for, message_text_for
from surveys.selectors.preview_customers import customer_to_show, example_asking
from surveys.smtp import BROKEN
from surveys.views.staff import staff_page

INLINE = "'unsafe-inline'"  # mail programs know no style sheets; this page holds a mail


@staff_page("GET")
def message_preview(request, slug, pk):
    """The message for a customer who is named, or for one at random."""
    text = message_text_for(request.user, slug, pk)
    wanted = request.GET.get("customer", "").strip()
    customer, is_found = customer_to_show(customers_for(request.user), wanted)
    asking = example_asking(text.survey, customer)
    letter = letter_for(text, asking)
    words = words_of_text_message(text, asking)
    context = {
        "survey": text.survey,
        "text": text,
        "customer": customer,
        "wanted": wanted,
        "is_found": is_found,
        "letter": letter,
        "is_long": len(letter.subject) > ADVISED_SUBJECT,
        "advised": ADVISED_SUBJECT,
        "size": round(len(letter.html.encode()) / 1000),
        "words": words,
        "length": length_of(words),
    }
    return render(request, "surveys/manage/asking/message_preview.html", context)


@staff_page("GET")
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF], "style-src": [INLINE], "form-action": ["'none'"]})
def message_mail(request, slug, pk):
    """The mail alone, for the frame of the preview."""
    text = message_text_for(request.user, slug, pk)
    wanted = request.GET.get("customer", "").strip()
    customer, _is_found = customer_to_show(customers_for(request.user), wanted)
    return HttpResponse(letter_for(text, example_asking(text.survey, customer)).html)


@staff_page("POST")
def message_test(request, slug, pk):
    """Send the mail to whoever is signed in, and to nobody else."""
    text = message_text_for(request.user, slug, pk)
    wanted = request.POST.get("customer", "").strip()
    customer, _is_found = customer_to_show(customers_for(request.user), wanted)
    if not request.user.email:
        messages.error(request, _("Your account has no e-mail address."))
    elif _is_sent(_mail(request.user, text, customer)):
        messages.success(request, _("The test mail is on its way to you."))
    else:
        messages.error(request, _("The mail server did not take the test mail."))
    address = redirect("surveys:message_preview", slug=slug, pk=pk)
    if customer.pk:
        address["Location"] += f"?customer={customer.external_id}"
    return address


def _mail(user, text, customer):
    return mail_for_trying(text, example_asking(text.survey, customer), to=user.email)


def _is_sent(mail):
    try:
        return bool(get_connection().send_messages([mail]))
    except BROKEN:
        return False
