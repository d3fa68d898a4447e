"""Figures with and without the answers that staff left out: on page, paper and command line."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from reports.dataset import Selection
from reports.exporters.bulletin import draw_bulletin
from reports.summaries import survey_results
from surveys.models import Response
from surveys.services.exclusions import decide_on_responses
from tests.reports.exporters.reading import text_of as text_of_pdf
from tests.reports.test_pages import text_of

pytestmark = pytest.mark.django_db


def leave_out(survey, number, user, *, score=5):
    """Leave so many answers with this score out."""
    some = Response.objects.filter(survey=survey, satisfaction=score).values_list("pk", flat=True)
    chosen = Response.objects.filter(pk__in=list(some[:number]))
    decide_on_responses(responses=chosen, excludes=True, reason="A burst", user=user)


def read(client, survey, name="reports:results", **query):
    return text_of(client.get(reverse(name, args=[survey.slug]), query))


def test_page_says_how_many_were_left_out_and_what_they_change(
    staff_client, administrator, xerox_survey
):
    leave_out(xerox_survey, 50, administrator)

    text = read(staff_client, xerox_survey)

    assert "31.6%" in text  # 300 of 950
    assert "not counted: 50 answers. With them the top box would be 35.0% (n = 1,000)" in text


@pytest.mark.parametrize("name", ["reports:results", "reports:curve"])
def test_switch_counts_them_too(staff_client, administrator, xerox_survey, name):
    leave_out(xerox_survey, 50, administrator)

    text = read(staff_client, xerox_survey, name, excluded=1)

    assert "Counted here, although staff left them out: 50 answers." in text
    assert "1,000 answers" in text


def test_taken_back_answers_count_as_before(staff_client, administrator, xerox_survey):
    before = read(staff_client, xerox_survey)
    leave_out(xerox_survey, 50, administrator)
    everything = Response.objects.filter(survey=xerox_survey)

    decide_on_responses(
        responses=everything, excludes=False, reason="They were real", user=administrator
    )

    assert read(staff_client, xerox_survey) == before


def test_few_left_out_are_counted_but_not_told_apart(staff_client, administrator, xerox_survey):
    leave_out(xerox_survey, 4, administrator)

    without, asked = (read(staff_client, xerox_survey, **query) for query in ({}, {"excluded": 1}))

    assert "not counted: 4 answers." in without
    assert "With all answers" not in without
    assert asked == without


@pytest.mark.parametrize("number", range(8))
def test_two_views_never_differ_by_a_few_people(administrator, xerox_survey, settings, number):
    leave_out(xerox_survey, number, administrator)

    shown = [
        survey_results(selection).span.responses
        for selection in (Selection(xerox_survey), Selection(xerox_survey, with_excluded=True))
    ]

    assert shown[1] - shown[0] not in range(1, settings.MINIMUM_BASE)


def test_the_views_would_differ_without_the_rule(administrator, xerox_survey, settings):
    """Control: the rows themselves differ by two."""
    leave_out(xerox_survey, 2, administrator)
    selection = Selection(xerox_survey)

    assert selection.with_all.rows().count() - selection.rows().count() == 2


def test_bulletin_says_how_many_were_left_out(administrator, xerox_survey):
    leave_out(xerox_survey, 50, administrator)

    drawn = draw_bulletin(survey=xerox_survey, unit=None, level="manager", language="en")

    assert drawn.responses == 950
    assert "not counted: 50 answers" in " ".join(text_of_pdf(drawn.content).split())


def test_command_gives_the_curve_with_and_without(administrator, xerox_survey):
    leave_out(xerox_survey, 50, administrator)
    found = []
    for options in ([], ["--with-excluded"]):
        out = StringIO()
        call_command("curve", xerox_survey.slug, "--json", *options, stdout=out)
        document = json.loads(out.getvalue())
        found.append((document["base"], document["excluded"], document["with_excluded"]))

    assert found == [(950, 50, False), (1000, 50, True)]


def test_test_answers_stay_out_in_both(xerox_survey):
    Response.objects.filter(survey=xerox_survey, satisfaction=1).update(is_test=True)

    assert survey_results(Selection(xerox_survey, with_excluded=True)).span.responses == 960
