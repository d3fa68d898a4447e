"""What every template may name."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from .permissions import may_design, may_see_complaints, may_see_customers, may_see_rows


def organisation(request):
    """The name of the organisation that asks."""
    return {"organisation_name": settings.ORGANISATION_NAME}


def rights(request):
    """What the navigation may offer; asked of the database only where a page looks."""
    user = getattr(request, "user", None)
    return {
        "may_design": SimpleLazyObject(lambda: user is not None and may_design(user)),
        "may_see_complaints": SimpleLazyObject(
            lambda: user is not None and may_see_complaints(user)
        ),
        "may_see_rows": SimpleLazyObject(lambda: user is not None and may_see_rows(user)),
        "may_see_customers": SimpleLazyObject(lambda: user is not None and may_see_customers(user)),
    }
