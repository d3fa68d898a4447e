"""Making the demonstration once: the world, the accounts, and two personal links to try."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from surveys.enums import Role
from surveys.models import (
    Customer,
    PublicLink,
    Survey,
    Unit,
)
from surveys.services.accounts import add_staff
from surveys.services.links import invite_customer

from .questionnaires import RELATIONSHIP
from .simulation import simulate
from .storing import Writer

ADMINISTRATOR, MANAGER = "demo", "manager"
MANAGED_UNIT = "region-south"


@dataclass(frozen=True, slots=True)
class Made:
    """What only the first run can tell: the password and the personal links."""

    password: str
    personal_links: tuple[str, ...]


def is_made():
    """Whether the demonstration is in the database."""
    return Survey.objects.filter(slug=RELATIONSHIP["slug"], is_demonstration=True).exists()


def is_empty():
    """Whether nobody has begun to work here."""
    return not (Survey.objects.exists() or Customer.objects.exists() or Unit.objects.exists())


def make_demonstration(*, customers, seed, today):
    """Write the invented organisation, all of it or nothing."""
    rng = np.random.default_rng([seed, today.toordinal()])
    world = simulate(today=today, customers=customers, rng=rng)
    password = secrets.token_urlsafe(12)
    with transaction.atomic():
        owner = add_staff(
            username=ADMINISTRATOR,
            role=Role.ADMINISTRATOR,
            password=password,
            first_name="Dana",
            last_name="Demo",
        )
        Writer(world, rng, time_zone=settings.TIME_ZONE, owner=owner).write()
        add_staff(
            username=MANAGER,
            role=Role.MANAGER,
            password=password,
            unit=Unit.objects.get(code=MANAGED_UNIT),
            first_name="Mara",
            last_name="South",
        )
        links = _personal_links()
    return Made(password, links)


def public_addresses():
    """Addresses of the demonstration's public links."""
    links = PublicLink.objects.filter(survey__is_demonstration=True).order_by("pk")
    return [f"{settings.BASE_URL}/s/{link.slug}/" for link in links]


def _personal_links():
    """Two fresh links of customers who were not asked before; only their hashes are kept."""
    survey = Survey.objects.get(slug=RELATIONSHIP["slug"])
    addresses = []
    for customer in Customer.objects.filter(
        external_id__startswith="NL-", invitations__isnull=True
    ).order_by("external_id")[:2]:
        _invitation, token = invite_customer(
            survey=survey, customer=customer, expires_at=timezone.now() + timedelta(days=365)
        )
        addresses.append(f"{settings.BASE_URL}/r/{token}/")
    return tuple(addresses)
