"""The invented company obeys its truth, and says that it is invented."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import numpy as np
import pytest
from django.core.management import call_command
from django.db import connection, transaction
from statsmodels.stats.proportion import proportion_confint

from surveys.demo import making, truth
from surveys.demo.comments import PARTS
from surveys.demo.simulation import simulate
from surveys.models import Customer, Event, Invitation, Response, Survey, SurveyVersion, User
from surveys.questionnaire import frozen_questionnaire, questionnaire_of
from surveys.validators import checked_answers

TODAY = date(2026, 11, 15)
CUSTOMERS = 6000
FOLLOWED_UP = datetime(2026, 11, 15, tzinfo=UTC) - timedelta(days=truth.FOLLOW_UP_DAYS)
OBSERVED = """
    SELECT satisfaction, COUNT(*), SUM(came_back), SUM(said_so), SUM(was_asked_again)
    FROM (
        SELECT r.satisfaction,
               CASE WHEN r.repurchase >= 4 THEN 1 ELSE 0 END AS said_so,
               CASE WHEN r.repurchase IS NOT NULL THEN 1 ELSE 0 END AS was_asked_again,
               CASE WHEN EXISTS (
                   SELECT 1 FROM surveys_event e JOIN surveys_eventkind k ON k.id = e.kind_id
                   WHERE e.customer_id = r.customer_id AND k.shows_loyalty
                     AND e.occurred_at > r.submitted_at AND e.occurred_at <= {end}
               ) THEN 1 ELSE 0 END AS came_back
        FROM surveys_response r
        WHERE r.customer_id IS NOT NULL AND r.submitted_at < %s
    ) answered
    GROUP BY satisfaction ORDER BY satisfaction
"""
END = {
    "sqlite": "datetime(r.submitted_at, '+180 days')",
    "postgresql": "r.submitted_at + INTERVAL '180 days'",
}


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    """A smaller company, made once and taken back after these tests."""
    frozen_questionnaire.cache_clear()
    with django_db_blocker.unblock(), transaction.atomic():
        yield making.make_demonstration(customers=CUSTOMERS, seed=1, today=TODAY)
        transaction.set_rollback(True)


@pytest.fixture
def observed(made):
    """By score: answers, customers who came back, customers who said so, and their base."""
    with connection.cursor() as cursor:
        cursor.execute(OBSERVED.format(end=END[connection.vendor]), [FOLLOWED_UP])
        return {row[0]: row[1:] for row in cursor.fetchall()}


def covers(count, base, share):
    """Whether the 99.9 % Wilson interval holds the true share."""
    low, high = proportion_confint(count, base, alpha=0.001, method="wilson")
    return low <= share <= high


@pytest.mark.parametrize("score", [1, 2, 3, 4, 5])
def test_customers_come_back_at_the_true_rate(observed, score):
    base, came_back, _said_so, _asked = observed[score]

    assert covers(came_back, base, truth.BUYS_AGAIN[score])


@pytest.mark.parametrize("score", [1, 2, 3, 4, 5])
def test_customers_say_so_at_the_true_rate(observed, score):
    _base, _came_back, said_so, asked = observed[score]

    assert covers(said_so, asked, truth.SAYS_AGAIN[score])


def test_a_wrong_truth_would_be_noticed(observed):
    """Control: the interval for a 4 does not hold the share of a 5."""
    base, came_back, _said_so, _asked = observed[4]

    assert not covers(came_back, base, truth.BUYS_AGAIN[5])


def test_all_of_it_is_there(made):
    assert Customer.objects.count() == CUSTOMERS
    assert Survey.objects.filter(is_demonstration=True).count() == 3
    assert Response.objects.count() > CUSTOMERS / 2
    assert Event.objects.filter(kind__code="repair_done").exists()


def test_nothing_happens_in_the_future(made):
    now = datetime(2026, 11, 15, tzinfo=UTC)

    assert not Event.objects.filter(occurred_at__gte=now).exists()
    assert not Response.objects.filter(submitted_at__gte=now).exists()
    assert not Invitation.objects.filter(answered_at__gte=now).exists()


def test_nobody_is_asked_twice_within_the_pause(made):
    asked = {}
    for customer, at in (
        Invitation.objects.exclude(created_at__gte=datetime(2026, 11, 15, tzinfo=UTC))
        .order_by("created_at")
        .values_list("customer_id", "created_at")
    ):
        assert at - asked.get(customer, datetime.min.replace(tzinfo=UTC)) >= timedelta(days=200)
        asked[customer] = at
    noted = Customer.objects.filter(pk__in=asked).values_list("pk", "asked_at")
    assert all(asked_at >= asked[customer] for customer, asked_at in noted)


def test_stored_answers_pass_the_rules(made):
    for response in Response.objects.select_related("version").order_by("id")[:50]:
        questionnaire = questionnaire_of(response.version)
        assert checked_answers(questionnaire, response.answers) == response.answers


@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant"])
def test_every_introduction_says_that_it_is_invented(made, language):
    word = {"en": "invented", "zh-hans": "虚构", "zh-hant": "虛構"}[language]

    for version in SurveyVersion.objects.filter(survey__is_demonstration=True):
        assert word in version.introduction[language]


def test_second_run_changes_nothing(made, settings):
    before = (User.objects.count(), Response.objects.count(), Invitation.objects.count())
    output = StringIO()

    call_command("make_demo", "--if-empty", stdout=output)

    after = (User.objects.count(), Response.objects.count(), Invitation.objects.count())
    assert before == after
    assert f"{settings.BASE_URL}/s/northlight/" in output.getvalue()
    assert "/r/" not in output.getvalue()


def test_password_is_for_its_owner_alone(db, tmp_path):
    file = tmp_path / "password"
    output = StringIO()

    call_command("make_demo", "--customers=100", f"--password-file={file}", stdout=output)

    password = file.read_text().strip()
    assert file.stat().st_mode & 0o777 == 0o600
    assert User.objects.get(username="demo").check_password(password)
    assert password not in output.getvalue()


def test_other_work_is_left_alone(survey):
    call_command("make_demo", "--if-empty", stdout=StringIO())

    assert Survey.objects.count() == 1


def test_same_seed_and_day_give_the_same_world():
    first, again = (
        simulate(today=TODAY, customers=500, rng=np.random.default_rng(3)) for _time in range(2)
    )

    assert np.array_equal(first.purchases["day"], again.purchases["day"])
    assert np.array_equal(first.wave_answers.scores, again.wave_answers.scores)


@pytest.mark.parametrize("today", [date(2024, 2, 29), date(2026, 1, 1), date(2026, 3, 31)])
def test_any_day_will_do(today):
    world = simulate(today=today, customers=300, rng=np.random.default_rng(1))

    assert len(world.calendar.months) == truth.MONTHS
    assert world.wave_answers.scores.size > 0


def test_comments_have_words_for_every_tone():
    for tones in PARTS.values():
        assert all(all(parts) for parts in (tones["good"], tones["mixed"], tones["bad"]))
