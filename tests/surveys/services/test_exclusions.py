"""Leaving answers out is a decision with a reason, can be taken back, and stays in the log."""

import itertools
import random
from datetime import UTC, datetime

import pytest

from surveys.errors import SurveyError
from surveys.models import ExclusionDecision, Response
from surveys.services.exclusions import decide_on_responses
from tests import factories

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def responses(survey):
    """Twenty answers."""
    factories.make_responses(survey, [{"answers": {"overall": "5"}, "submitted_at": NOON}] * 20)
    return Response.objects.filter(survey=survey)


def decide(responses, user, *, excludes, reason="Sent by a robot"):
    return decide_on_responses(responses=responses, excludes=excludes, reason=reason, user=user)


def test_decision_is_logged_with_who_why_and_when(responses, administrator):
    changed = decide(responses, administrator, excludes=True)

    assert changed == responses.filter(is_excluded=True).count() == 20
    decision = ExclusionDecision.objects.first()
    assert (decision.decided_by, decision.reason) == (administrator, "Sent by a robot")
    assert decision.decided_at


def test_decision_can_be_taken_back_and_both_stay_in_the_log(responses, administrator):
    decide(responses, administrator, excludes=True)
    decide(responses, administrator, excludes=False, reason="It was a school class")

    assert not responses.filter(is_excluded=True).exists()
    log = responses.first().exclusion_decisions.values_list("excludes", "reason")
    assert list(log) == [(False, "It was a school class"), (True, "Sent by a robot")]


def test_same_decision_again_changes_nothing(responses, administrator):
    decide(responses, administrator, excludes=True)

    assert decide(responses, administrator, excludes=True) == 0
    assert ExclusionDecision.objects.count() == 20


@pytest.mark.parametrize("reason", ["", "   "])
def test_decision_needs_a_reason(responses, administrator, reason):
    with pytest.raises(SurveyError, match="reason"):
        decide(responses, administrator, excludes=True, reason=reason)

    assert not responses.filter(is_excluded=True).exists()


def test_log_and_state_agree_after_random_decisions(responses, administrator):
    dice = random.Random(5)
    keys = list(responses.values_list("pk", flat=True))

    for _step in range(300):
        some = responses.filter(pk__in=dice.sample(keys, dice.randint(1, 4)))
        decide(some, administrator, excludes=dice.random() < 0.5)

    for response in responses.prefetch_related("exclusion_decisions"):
        log = [decision.excludes for decision in response.exclusion_decisions.all()]
        assert response.is_excluded == (bool(log) and log[0])
        assert all(later != earlier for later, earlier in itertools.pairwise(log))
