"""Leaving answers out of the figures and taking them in again: with a reason, and logged."""

from django.db import transaction
from django.utils.translation import gettext as _

from surveys.errors import SurveyError
from surveys.models import ExclusionDecision, Response

from .changed_days import note_changed_days


def decide_on_responses(*, responses, excludes, reason, user) -> int:
    """Leave these answers out, or take them in again; returns how many that changed.

    Answers that are already where they should be get no second entry in the
    log. Raises `SurveyError` without a reason.
    """
    reason = reason.strip()
    if not reason:
        raise SurveyError(_("Please give a reason: it is kept with the decision."))
    with transaction.atomic():
        changing = responses.filter(is_excluded=not excludes).order_by("pk")
        held = changing.select_for_update(of=("self",))
        places = list(held.values_list("pk", "survey", "submitted_on"))
        keys = [key for key, _survey, _day in places]
        ExclusionDecision.objects.bulk_create(
            ExclusionDecision(response_id=key, excludes=excludes, reason=reason, decided_by=user)
            for key in keys
        )
        Response.objects.filter(pk__in=keys).update(is_excluded=excludes)
        for survey_id in {survey for _key, survey, _day in places}:
            note_changed_days(survey_id, [day for _key, one, day in places if one == survey_id])
    return len(keys)
