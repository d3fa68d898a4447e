"""The page by itself, as the preview of staff shows it."""

from surveys.questionnaire import questionnaire_of
from surveys.views.respond.pages import render_questionnaire_page
from tests import factories


def preview(version, **options):
    """A page of a draft as HTML."""
    page = render_questionnaire_page(
        questionnaire=questionnaire_of(version),
        page_number=1,
        language="en",
        is_preview=True,
        **options,
    )
    return page.content.decode()


def test_preview_shows_a_draft_and_sends_nothing(db):
    version = factories.make_draft(factories.make_survey())

    html = preview(version, hidden=[("_page", 1)])

    assert "nothing is stored" in html
    assert '<form id="answers" method="get"' in html
    assert 'name="_page" value="1"' in html


def test_preview_follows_the_draft(db):
    version = factories.make_draft(factories.make_survey())
    preview(version)
    version.questions.filter(key="overall").update(text={"en": "And how was it?"})

    assert "And how was it?" in preview(version)


def test_ends_of_a_numbered_scale_are_in_words(db):
    version = factories.make_draft(factories.make_survey())
    low = version.questions.get(key="recommend").choices.get(code="0")
    low.label = {"en": "Never"}
    low.save()

    html = preview(version)

    assert "0 = Never" in html
    assert "10 = Extremely likely" in html
