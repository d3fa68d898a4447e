"""What every template may name."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from .permissions import (
    may_design,
    may_look_at_customers,
    may_see_complaints,
    may_see_customers,
    may_see_rows,
)


def organisation(request):
    """The name of the organisation that asks."""
    return {"organisation_name": settings.ORGANISATION_NAME}


# Where in the navigation a staff page stands, by how its address begins.
AREAS = {
    "/reports/": "results",
    "/manage/customers/": "customers",
    "/manage/imports/": "customers",
    "/manage/complaints/": "complaints",
    "/manage/staff/": "staff",
    "/manage/": "surveys",
}


def area(request):
    """The part of the navigation to which a page belongs."""
    found = (name for start, name in AREAS.items() if request.path.startswith(start))
    return {"area": next(found, "")}


def rights(request):
    """What the navigation may offer; asked of the database only where a page looks."""
    user = getattr(request, "user", None)
    return {
        "may_design": SimpleLazyObject(lambda: user is not None and may_design(user)),
        "may_see_complaints": SimpleLazyObject(
            lambda: user is not None and may_see_complaints(user)
        ),
        "may_see_rows": SimpleLazyObject(lambda: user is not None and may_see_rows(user)),
        "may_look_at_customers": SimpleLazyObject(
            lambda: user is not None and may_look_at_customers(user)
        ),
        "may_see_customers": SimpleLazyObject(lambda: user is not None and may_see_customers(user)),
    }
