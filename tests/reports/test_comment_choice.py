"""Comments in bulletins: chosen by the rule that is printed, masked, and not for everybody."""

from datetime import UTC, datetime, timedelta

import pytest

from reports.comments.choice import EACH, comment_choice
from reports.comments.quoting import quotes_view
from reports.dataset import Selection
from reports.models import Edition, ReportLevel
from reports.permissions import editions_for
from surveys.enums import Role, SurveyMode
from tests import factories
from tests.reports.exporters.reading import text_of
from tests.reports.exporters.test_pdf import drawn
from tests.reports.test_pages import signed_in

pytestmark = pytest.mark.django_db

START = datetime(2026, 3, 1, tzinfo=UTC)


def write(survey, pairs, **fields):
    rows = [
        {
            "answers": {"overall": str(score), "comment": text},
            "submitted_at": START + timedelta(days=n),
        }
        | fields
        for n, (score, text) in enumerate(pairs)
    ]
    return factories.make_responses(survey, rows)


def commented(survey, number=20):
    pairs = [(1 + n % 5, f"This is comment number {n}.") for n in range(number)]
    write(survey, pairs)
    return survey


def test_best_worst_and_typical_follow_the_scores(survey):
    found = comment_choice(Selection(commented(survey)))

    assert [comment.score for comment in found.best] == [5] * EACH
    assert [comment.score for comment in found.worst] == [1] * EACH
    assert [comment.score for comment in found.typical] == [3] * EACH


def test_no_comment_is_printed_twice(survey):
    found = comment_choice(Selection(commented(survey, 7)))

    places = [c.place for group in (found.best, found.typical, found.worst) for c in group]
    assert len(places) == len(set(places)) == 7


def test_same_answers_give_the_same_comments(survey):
    selection = Selection(commented(survey))

    assert comment_choice(selection) == comment_choice(selection)


def test_names_and_numbers_are_taken_out_and_long_ones_cut(survey):
    write(survey, [(1, "Call me at 555 123 4567, " + "so very slow " * 200)] * 6)

    view = quotes_view(comment_choice(Selection(survey)), survey)

    quotes = [quote for _name, group in view.groups for quote in group]
    assert all("4567" not in quote.text for quote in quotes)
    assert all(len(quote.text) < 430 for quote in quotes)
    assert "shortened" in quotes[0].remark


def test_words_alone_are_passed_over(survey):
    write(survey, [(5, "ok")] * 8)

    assert comment_choice(Selection(survey)).obstacle == "none"


def test_few_answers_print_no_comment(survey):
    write(survey, [(5, "A comment that is long enough.")] * 3)

    assert comment_choice(Selection(survey)).obstacle == "too_few"


def test_anonymous_bulletin_of_some_days_leaves_no_small_rest():
    survey = factories.make_published_survey(mode=SurveyMode.ANONYMOUS)
    write(survey, [(1 + 4 * (n % 2), f"This is comment number {n}.") for n in range(12)])
    until = (START + timedelta(days=9)).date()

    assert comment_choice(Selection(survey, last_day=until)).obstacle == "narrowed"
    assert comment_choice(Selection(survey)).obstacle == ""  # control: all of them


def test_bulletin_prints_comments_only_when_asked(survey):
    commented(survey)

    assert "This is comment number" in text_of(drawn(survey, level="full", with_comments=True))
    assert "This is comment number" not in text_of(drawn(survey, level="full"))


@pytest.fixture
def editions(survey):
    own, other = factories.make_unit(), factories.make_unit()
    kinds = {(unit, told) for unit in (None, own, other) for told in (True, False)}
    for unit, told in kinds:
        Edition.objects.create(
            survey=survey, unit=unit, with_comments=told, language="en", level=ReportLevel.FULL
        )
    return own


def seen(user):
    return {
        (one.unit and one.unit.pk, one.with_comments)
        for one in editions_for(user).select_related("unit")
    }


def test_viewer_opens_no_bulletin_with_comments(editions):
    assert not any(told for _unit, told in seen(factories.make_user(Role.VIEWER)))


def test_manager_opens_those_with_the_comments_of_the_own_unit(editions):
    user = factories.make_user(Role.MANAGER, unit=editions)

    assert seen(user) == {(editions.pk, True), (editions.pk, False)}


def test_administrator_opens_all(editions):
    assert len(seen(factories.make_user(Role.ADMINISTRATOR))) == 6


def test_viewer_cannot_ask_for_comments(survey):
    client = signed_in(factories.make_user(Role.VIEWER))

    client.post(
        f"/reports/{survey.slug}/editions/new/",
        {"level": "full", "language": "en", "with_comments": "on"},
    )

    assert not Edition.objects.filter(with_comments=True).exists()
