"""P2: who holds the database cannot tell who said what, though they know in which order it was.

Of so many strangers a blind guess joins one person to the right answer on
average, whatever their number. The attack tries hundreds of ways and reports
the best, so that the bound is what the best of so many blind guesses exceeds
once in a million times.
"""

import math
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from surveys.enums import SurveyMode
from surveys.services.mixing import mix_next_survey
from tests import factories

from .builders import answer_all, invited_survey
from .linkage_attack import best_attack

pytestmark = pytest.mark.usefixtures("own_database")

PEOPLE = pytest.mark.parametrize(
    "people", [200, pytest.param(1000, marks=pytest.mark.long)], ids=["short", "long"]
)


def chance_level(guesses):
    """What the best of so many blind guesses does not exceed; right pairs are Poisson(1)."""
    hits, tail = 0, 1.0
    while tail * guesses > 1e-6:
        tail -= math.exp(-1) / math.factorial(hits)
        hits += 1
    return hits


def mix_as_the_worker_does(number):
    if number % 7 == 0:
        while mix_next_survey():
            pass


def mix_what_is_left():
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        while mix_next_survey():
            pass


def tell(hits, people, guesses, *, name="P2"):
    """Print what the attack reached beside what blind guessing does."""
    print(
        f"{name}: {hits} of {people} people joined to their answers by the best of {guesses} ways; "
        f"one blind way stays under 1 + 3σ = 4, the best of so many under {chance_level(guesses)}"
    )


@PEOPLE
def test_invitations_and_responses_are_joined_by_nothing(people):
    survey, doors = invited_survey(people)

    truth = answer_all(survey, doors, after_each=mix_as_the_worker_does)
    mix_what_is_left()

    hits, guesses = best_attack([person for person, _ in truth], survey, truth)
    tell(hits, people, guesses)
    assert hits <= chance_level(guesses) < people / 10


@PEOPLE
def test_order_tells_everything_without_mixing(people):
    """Control: the same attack on rows that lie as they came."""
    survey, doors = invited_survey(people)

    truth = answer_all(survey, doors)

    hits, guesses = best_attack([person for person, _ in truth], survey, truth)
    tell(hits, people, guesses, name="Control of P2")
    assert hits > 0.9 * people


@PEOPLE
@pytest.mark.parametrize("is_mixed", [True, False], ids=["mixed", "control"])
def test_people_seen_at_a_poster(people, is_mixed):
    survey = factories.make_published_survey(mode=SurveyMode.ANONYMOUS)
    doors = [{"public_link": factories.make_public_link(survey)}] * people

    truth = answer_all(survey, doors)
    if is_mixed:
        mix_what_is_left()

    hits, guesses = best_attack([person for person, _ in truth], survey, truth)
    tell(hits, people, guesses, name="P2 at a poster" if is_mixed else "Control at a poster")
    assert (hits <= chance_level(guesses)) == is_mixed
    assert (hits > 0.9 * people) == (not is_mixed)
