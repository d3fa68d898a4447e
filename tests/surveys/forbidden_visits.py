"""Attempts on visits, flags and exclusions that the database refuses."""

from datetime import UTC, datetime

from surveys.enums import FlagKind
from surveys.models import ExclusionDecision, ResponseFlag, Visit
from tests import factories

from .forbidden import make_response, refused

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@refused("a_completed_visit_was_started")
def visit_completed_before_it_was_started():
    make_visit(completed_on=NOON.date())


@refused("a_visit_that_went_on_was_started")
def visit_of_a_second_page_that_was_not_started():
    make_visit(reached=2)


@refused("a_completed_visit_tells_nothing_of_its_way")
def visit_that_was_sent_and_says_which_pages_it_passed_over():
    today = NOON.date()
    make_visit(started_on=today, completed_on=today, reached=3, passed_over=[2])


@refused("a_visit_is_by_a_known_device")
def visit_with_the_words_of_a_browser():
    make_visit(device="Mozilla")


@refused("a_sign_is_flagged_once")
def sign_flagged_twice():
    response = make_response()
    for _time in range(2):
        make_flag(response)


@refused("a_flag_is_of_a_known_kind")
def flag_of_an_unknown_kind():
    response = make_response()
    make_flag(response, kind="too rude")


@refused("an_exclusion_decision_has_a_reason")
def exclusion_without_a_reason():
    response = make_response()
    ExclusionDecision.objects.create(response=response, excludes=True, reason="")


def make_visit(**fields):
    version = factories.publish(factories.make_draft(factories.make_survey()))
    return Visit.objects.create(version=version, shown_on=NOON.date(), **fields)


def make_flag(response, kind=FlagKind.TOO_FAST):
    return ResponseFlag.objects.create(
        response=response, kind=kind, rule_version=1, flagged_on=NOON.date()
    )
