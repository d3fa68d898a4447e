"""B30: several people answer for one account, and one account does not outweigh ten."""

import pytest
from django.urls import reverse

from reports.dataset import Selection, published_questionnaires
from reports.loyalty.accounts import accounts_result
from surveys.enums import AccountRole, SurveyMode
from surveys.models import Account
from tests import factories

pytestmark = pytest.mark.django_db


def found(survey):
    return accounts_result(Selection(survey), published_questionnaires(survey))


def answers_of(survey, account, score, number=1):
    for _time in range(number):
        customer = factories.make_customer(account=account, account_role=AccountRole.USER)
        factories.make_response(survey, {"overall": score}, customer=customer)


@pytest.fixture
def one_large_account(survey):
    """One account with ten answers of 1, and ten with a single 5."""
    answers_of(survey, Account.objects.create(external_id="large"), "1", 10)
    for number in range(10):
        answers_of(survey, Account.objects.create(external_id=f"small-{number}"), "5")
    return survey


def test_one_account_with_ten_answers_weighs_as_much_as_each_of_ten_with_one(one_large_account):
    result = found(one_large_account)
    top, mean = result.figures

    assert (result.accounts, result.answers, result.most) == (11, 20, 10)
    assert top.by_answer.value == pytest.approx(10 / 20)
    assert top.by_account.value == pytest.approx(10 / 11)
    assert mean.by_answer.value == pytest.approx((10 * 1 + 10 * 5) / 20)
    assert mean.by_account.value == pytest.approx((1 + 10 * 5) / 11)


def test_intervals_rest_on_the_accounts_and_not_on_their_answers(one_large_account):
    top, _mean = found(one_large_account).figures

    assert top.by_answer.base == top.by_account.base == 11


def test_account_counts_as_it_was_when_answering(one_large_account):
    before = found(one_large_account)
    one_large_account.responses.first().customer.account.customers.update(
        account=None, account_role=""
    )

    assert found(one_large_account) == before


@pytest.mark.parametrize("number", [0, 4])
def test_too_few_accounts_show_nothing(survey, number):
    for place in range(number):
        answers_of(survey, Account.objects.create(external_id=f"A-{place}"), "5", 3)

    assert found(survey).figures == ()


def test_accounts_of_one_person_each_are_no_matter_of_weighting(survey):
    for place in range(8):
        answers_of(survey, Account.objects.create(external_id=f"A-{place}"), "5")

    assert found(survey).figures == ()


def test_anonymous_survey_knows_no_accounts(db):
    survey = factories.make_published_survey(mode=SurveyMode.ANONYMOUS)
    for _time in range(6):
        factories.make_response(survey, {"overall": "5"})

    assert found(survey).figures == ()


def test_page_names_both_weightings(staff_client, one_large_account):
    page = staff_client.get(reverse("reports:loyalty", args=[one_large_account.slug]))
    text = page.content.decode()

    assert "Each answer alike" in text
    assert "Each account alike" in text
    assert "90.9%" in text
    assert "11 accounts with 20 answers, at most 10 from one." in text
