"""Finding the answers that look odd, and what was decided about them."""

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from surveys.enums import CheckSign, CheckState, FlagKind
from surveys.models import ResponseFlag

SUSPICIOUS_FROM = 2  # signs; an honest customer may well show one


def answers_to_check(responses, *, sign, state):
    """The answers with a sign, in a state, with the number of their signs.

    Their order is that of their random ids, so that it tells nothing.
    """
    flags = ResponseFlag.objects.filter(response=OuterRef("pk"))
    found = _with_sign_count(responses)
    if sign == CheckSign.SUSPICIOUS:
        found = found.filter(sign_count__gte=SUSPICIOUS_FROM)
    elif sign == CheckSign.ANY:
        found = found.filter(sign_count__gte=1)
    elif sign in FlagKind.values:
        found = found.filter(Exists(flags.filter(kind=sign)))
    if state != CheckState.ALL:
        found = found.filter(is_excluded=state == CheckState.EXCLUDED)
    return (
        found.select_related("public_link", "placement__unit")
        .prefetch_related("flags", "exclusion_decisions__decided_by")
        .order_by("pk")
    )


def _with_sign_count(responses):
    flags = ResponseFlag.objects.filter(response=OuterRef("pk")).order_by()
    number = flags.values("response").annotate(number=Count("pk")).values("number")
    return responses.annotate(sign_count=Coalesce(Subquery(number, output_field=IntegerField()), 0))


def check_overview(responses):
    """How many answers there are, wait to be looked at, and are left out; and each sign.

    `suspicious` are those that are counted in spite of two signs or more.
    """
    suspicious = _with_sign_count(responses).filter(
        sign_count__gte=SUSPICIOUS_FROM, is_excluded=False
    )
    numbers = responses.aggregate(
        answers=Count("pk"),
        waiting=Count("pk", filter=Q(examined_by_rule=0)),
        excluded=Count("pk", filter=Q(is_excluded=True)),
    )
    found = dict(
        ResponseFlag.objects.filter(response__in=responses)
        .order_by()
        .values("kind")
        .annotate(number=Count("pk"))
        .values_list("kind", "number")
    )
    signs = [(FlagKind(kind).label, found.get(kind, 0)) for kind in FlagKind.values]
    return numbers | {"signs": signs, "suspicious": suspicious.count()}
