"""The pages of templates and of the question library."""

import pytest
from django.urls import reverse

from surveys.models import SavedQuestion, SavedTemplate, Survey
from surveys.services.library import save_as_template, save_question
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return factories.make_draft(factories.make_survey())


def library_of(draft):
    return reverse("surveys:question_library", args=[draft.survey.slug])


def test_gallery_shows_length_and_leads_to_preview_and_source(staff_client):
    gallery = staff_client.get(reverse("surveys:survey_create")).content.decode()
    page = staff_client.get(reverse("surveys:template_detail", args=["servqual"])).content.decode()

    assert "7 questions" in gallery
    assert reverse("surveys:template_detail", args=["servqual"]) in gallery
    assert "about 2 minutes" in page
    assert "Parasuraman" in page


def test_preview_of_a_template_is_the_respondents_page(staff_client):
    address = reverse("surveys:template_page", args=["servqual"])

    first = staff_client.get(address, {"language": "zh-hant"}).content.decode()
    last = staff_client.get(address, {"page": "99"}).content.decode()

    assert "可靠性（兌現承諾）" in first
    assert "Page 6 of 6" in last
    assert not Survey.objects.exists()


def test_survey_is_saved_as_template_and_begins_a_new_one(staff_client, draft):
    address = reverse("surveys:save_template", args=[draft.survey.slug])
    staff_client.post(address, {"name": "Ours", "measures": "Service."})
    code = f"saved-{SavedTemplate.objects.get().pk}"

    gallery = staff_client.get(reverse("surveys:survey_create")).content.decode()
    made = staff_client.post(
        reverse("surveys:survey_create") + f"?template={code}",
        {
            "title__en": "From ours",
            "kind": "relationship",
            "mode": "named",
            "languages": ["en"],
            "default_language": "en",
            "time_zone": "UTC",
        },
    )

    assert "Your own templates" in gallery
    assert made.status_code == 302
    assert Survey.objects.get(slug="from-ours").versions.get().questions.count() == 5


def test_taken_name_is_told_on_the_form(staff_client, draft):
    save_as_template(version=draft, name="Ours")
    address = reverse("surveys:save_template", args=[draft.survey.slug])

    page = staff_client.post(address, {"name": "Ours"}).content.decode()

    assert "already exists" in page


def test_own_template_is_removed(staff_client, draft):
    saved = save_as_template(version=draft, name="Ours")

    staff_client.post(reverse("surveys:template_remove", args=[saved.pk]))

    assert not SavedTemplate.objects.exists()


def test_library_finds_words_in_any_language(staff_client, draft):
    page = staff_client.get(library_of(draft), {"q": "停車"}).content.decode()

    assert "with the parking?" in page
    assert "with the food?" not in page


def test_ticked_questions_are_taken(staff_client, draft):
    answer = staff_client.post(
        library_of(draft),
        {
            "revision": draft.revision,
            "section": draft.sections.last().pk,
            "code": ["journey:parking", "xerox:speed"],
        },
    )

    assert answer.status_code == 302
    assert {"parking", "speed"} <= set(draft.questions.values_list("key", flat=True))


def test_refused_choice_stays_ticked(staff_client, draft):
    data = {"section": draft.sections.last().pk, "code": ["journey:parking"], "revision": 77}

    page = staff_client.post(library_of(draft) + "?q=wait", data).content.decode()

    assert "Nothing was overwritten" in page
    assert 'value="journey:parking" checked' in page
    assert not draft.questions.filter(key="parking").exists()


@pytest.mark.parametrize("codes", [[], ["nowhere:x"], ["saved:99"]])
def test_library_without_a_known_question_says_so(staff_client, draft, codes):
    data = {"revision": draft.revision, "section": draft.sections.last().pk, "code": codes}

    page = staff_client.post(library_of(draft), data)

    assert page.status_code == 200
    assert 'role="alert"' in page.content.decode()


def test_question_is_kept_and_removed(staff_client, draft):
    slug = draft.survey.slug
    staff_client.post(reverse("surveys:question_keep", args=[slug, "staff"]))
    kept = SavedQuestion.objects.get()
    assert "your own" in staff_client.get(library_of(draft)).content.decode()

    staff_client.post(reverse("surveys:saved_question_remove", args=[slug, kept.pk]))

    assert not SavedQuestion.objects.exists()


def test_library_takes_the_same_number_of_queries_with_more_questions(
    staff_client, draft, django_assert_max_num_queries
):
    for key in ("staff", "overall", "comment"):
        save_question(question=draft.questions.get(key=key))

    with django_assert_max_num_queries(8):
        staff_client.get(library_of(draft))
