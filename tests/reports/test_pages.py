"""The results pages: who may see what, every state, and figures as they are now."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from surveys.models import Unit
from tests import factories

PAGES = [
    "reports:results",
    "reports:curve",
    "reports:edition_list",
    "reports:questions",
    "reports:loyalty",
]


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def page(client, name, survey, **query):
    return client.get(reverse(name, args=[survey.slug]), query)


def text_of(response):
    """What a reader sees, without markup."""
    plain = re.sub(r"<script.*?</script>|<[^>]+>", " ", response.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", plain)


@pytest.mark.parametrize("name", PAGES)
def test_page_shows_the_survey(staff_client, xerox_survey, name):
    response = page(staff_client, name, xerox_survey)

    assert response.status_code == 200
    assert str(xerox_survey) in response.content.decode()
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("name", PAGES)
def test_page_asks_who_is_there(xerox_survey, name):
    response = page(Client(), name, xerox_survey)

    assert response.status_code == 302
    assert "/accounts/login/" in response["Location"]


@pytest.mark.parametrize("name", PAGES)
def test_survey_does_not_exist_for_who_has_no_role(xerox_survey, name):
    client = signed_in(factories.make_user())

    assert page(client, name, xerox_survey).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_page_is_only_read(staff_client, xerox_survey, name):
    assert staff_client.post(reverse(name, args=[xerox_survey.slug])).status_code == 405


def test_home_shows_the_headline_with_interval_and_base(staff_client, xerox_survey):
    text = text_of(staff_client.get(reverse("reports:home")))

    assert "6.0 times the rate" in text
    assert "Top box (5 of 5) 35.0% 95% interval 32.1% to 38.0% n = 1,000" in text


def test_home_leads_to_a_first_survey(staff_client, db):
    response = staff_client.get(reverse("reports:home"))

    assert "No survey has been published yet" in text_of(response)
    assert reverse("surveys:survey_create") in response.content.decode()


def test_home_is_refused_to_who_has_no_role(db):
    assert signed_in(factories.make_user()).get(reverse("reports:home")).status_code == 403


def test_an_answer_shows_at_once(staff_client, xerox_survey):
    before = text_of(page(staff_client, "reports:curve", xerox_survey))

    factories.make_response(xerox_survey, {"overall": "5", "again": "5"})

    after = text_of(page(staff_client, "reports:curve", xerox_survey))
    assert "750 answers" in before
    assert "751 answers" in after


def test_curve_page_compares_the_two_best_scores(staff_client, xerox_survey):
    text = text_of(page(staff_client, "reports:curve", xerox_survey))

    assert "Loyal among those who give 5 30.0% 25.4% to 35.0% 350" in text
    assert "Ratio of the loyal (5 over 4) 6.0 3.8 to 9.5 750" in text
    assert "can be 20.0 at most" in text
    assert "The curve bends upwards" in text


@pytest.mark.parametrize("loyalty", ["stated", "observed", "recommendation"])
def test_curve_page_names_what_loyal_means(staff_client, random_survey, loyalty):
    text = text_of(page(staff_client, "reports:curve", random_survey, loyalty=loyalty))

    words = {
        "stated": "Stated intention to buy again",
        "observed": "Observed: bought again within 180 days",
        "recommendation": "Recommendation with 9 or 10 of 10",
    }
    assert words[loyalty] in text


def test_observed_page_says_window_cutoff_and_who_is_not_counted(staff_client, random_survey):
    query = {"loyalty": "observed", "days": "90"}

    text = text_of(page(staff_client, "reports:curve", random_survey, **query))

    assert "within 90 days after the answer. Events are known until" in text
    assert re.search(r"Without full follow-up, and therefore not counted: \d+ answers?\.", text)


@pytest.mark.parametrize(
    "query",
    [{"loyalty": "love"}, {"unit": "nowhere"}, {"loyalty": "observed", "days": "7"}],
    ids=["loyalty", "unit", "days"],
)
def test_unknown_choice_is_not_found(staff_client, xerox_survey, query):
    assert page(staff_client, "reports:curve", xerox_survey, **query).status_code == 404


def test_manager_sees_only_the_own_unit(random_survey):
    own, other, _third = Unit.objects.filter(depth=2)
    manager = signed_in(factories.make_user("manager", unit=own))

    whole = text_of(page(manager, "reports:results", random_survey))
    narrowed = text_of(page(manager, "reports:results", random_survey, unit=own.code))

    count = re.compile(r"Answers (\d+)")
    assert count.search(whole)[1] == count.search(narrowed)[1]
    assert page(manager, "reports:results", random_survey, unit=other.code).status_code == 404
    assert other.name not in page(manager, "reports:results", random_survey).content.decode()


def test_unit_narrows_the_figures(staff_client, random_survey):
    unit = Unit.objects.filter(depth=2).first()

    text = text_of(page(staff_client, "reports:results", random_survey, unit=unit.code))

    expected = random_survey.responses.filter(placement__unit=unit, is_test=False).count()
    assert f"Answers {expected} " in text


@pytest.mark.parametrize("name", PAGES[:2])
def test_survey_without_answers_says_so(staff_client, survey, name):
    text = text_of(page(staff_client, name, survey))

    assert "No answers yet." in text


@pytest.mark.parametrize("name", PAGES[:2])
def test_few_answers_show_nothing(staff_client, survey, name):
    for _ in range(4):
        factories.make_response(survey, {"overall": "5", "again": "5"})

    text = text_of(page(staff_client, name, survey))

    assert "Fewer than 5 answers" in text
    assert "100" not in text


def test_titles_are_written_as_text(staff_client, survey):
    survey.title = {"en": "<script>alert(1)</script>"}
    survey.save()

    content = page(staff_client, "reports:results", survey).content.decode()

    assert "<script>alert(1)" not in content


@pytest.mark.parametrize("name", PAGES[:2])
def test_page_has_no_inline_script_or_style_and_no_other_host(staff_client, xerox_survey, name):
    content = page(staff_client, name, xerox_survey).content.decode()

    scripts = re.findall(r"<script([^>]*)>", content)
    assert all("src=" in given or 'type="application/json"' in given for given in scripts)
    assert not re.search(r"\sstyle=|<style|\son\w+=", content)
    hosts = set(re.findall(r"(?:src|href)=\"(https?:)?//", content))
    assert not hosts


def test_number_of_queries_does_not_grow_with_the_answers(
    staff_client, survey, django_assert_max_num_queries
):
    import random

    from tests.reports.rows import make_rows

    for number in (10, 200):
        make_rows(survey, random.Random(number), number)
        page(staff_client, "reports:results", survey)  # cells and questionnaire are read once
        with django_assert_max_num_queries(41):
            page(staff_client, "reports:results", survey)


def test_definitions_are_one_click_away(staff_client, xerox_survey):
    content = page(staff_client, "reports:curve", xerox_survey).content.decode()

    assert 'id="definition-defection_ratio"' in content
    assert "(1 − p(next)) / (1 − p(top))" in content
