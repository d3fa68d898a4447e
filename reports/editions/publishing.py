"""Publishing the figures of a unit to its staff, and taking them back."""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from reports.models import PublishedPage


def publish_page(*, survey, unit, user):
    """The page of a unit, made once: who publishes it again gets the same link."""
    wanted = {"survey": survey, "unit": unit, "withdrawn_at": None}
    try:
        with transaction.atomic():
            page, _is_new = PublishedPage.objects.get_or_create(
                **wanted, defaults={"created_by": user}
            )
    except IntegrityError:
        page = PublishedPage.objects.get(**wanted)
    return page


def withdraw_page(page):
    """Its link leads nowhere from now on; published again, the unit gets another one."""
    PublishedPage.objects.filter(pk=page.pk, withdrawn_at__isnull=True).update(
        withdrawn_at=timezone.now()
    )


def page_address(page):
    """The link to hand out."""
    return settings.BASE_URL + reverse("published_page", args=[page.token])
