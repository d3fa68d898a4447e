"""For whom a message is shown before it is sent."""

import random
from datetime import timedelta

from django.conf import settings
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from surveys.enums import SurveyKind
from surveys.messages.fields import Asking
from surveys.models import Customer

DAYS = 14


def customer_to_show(customers, number):
    """The customer with this number, else one at random; and whether the number was found.

    Without any customer it is somebody made up.
    """
    related = customers.select_related("unit")
    if number and (found := related.filter(external_id=number).first()):
        return found, True
    return _at_random(related) or _made_up(), not number


def example_asking(survey, customer):
    """What a message would be about: nothing in it opens a questionnaire or says no."""
    event = None
    if customer.pk and survey.kind == SurveyKind.TRANSACTIONAL:
        event = customer.events.select_related("kind", "unit").order_by("-occurred_at").first()
    return Asking(
        survey=survey,
        customer=customer,
        event=event,
        expires_at=timezone.now() + timedelta(days=DAYS),
        link=f"{settings.BASE_URL}/r/{'x' * 27}/",
        unsubscribe_link=f"{settings.BASE_URL}/u/{'x' * 50}/",
    )


def _at_random(customers):
    """Somebody with an address, found without reading the whole table."""
    reachable = customers.exclude(email="")
    last = reachable.aggregate(last=Max("pk"))["last"]
    if last is None:
        return None
    start = random.randint(1, last)
    return reachable.filter(pk__gte=start).order_by("pk").first()


def _made_up():
    return Customer(external_id="", name=_("Ann Example"), email="ann@example.org")
