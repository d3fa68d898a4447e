"""Every staff page of the designers: who gets in, by which method."""

import pytest
from django.test import Client
from django.urls import reverse

from surveys.enums import Role
from surveys.services import draft_questions
from surveys.services.library import save_as_template, save_question
from surveys.urls.manage import urlpatterns
from tests import factories

pytestmark = pytest.mark.django_db

OF_NO_SURVEY = {
    "survey_list",
    "survey_create",
    "template_detail",
    "template_page",
    "template_remove",
}
WRITES_ONLY = {
    "survey_next_draft",
    "survey_close",
    "survey_reopen",
    "question_move",
    "question_remove",
    "put_back",
    "section_move",
    "section_remove",
    "dimension_put_back",
    "dimension_ready_set",
    "dimension_remove",
    "link_open",
    "link_close",
    "reward_codes_remove",
    "template_remove",
    "question_keep",
    "saved_question_remove",
    "texts_preview",
    "texts_apply",
}
READS_ONLY = {
    "survey_list",
    "survey_detail",
    "version_compare",
    "survey_preview",
    "survey_export",
    "survey_print",
    "import_report",
    "preview_page",
    "link_list",
    "link_qr",
    "link_qr_bitmap",
    "link_poster",
    "template_detail",
    "template_page",
    "texts_export",
}
NAMES = [pattern.name for pattern in urlpatterns]
OF_A_SURVEY = sorted(p.name for p in urlpatterns if ":slug>" in str(p.pattern))


@pytest.fixture
def addresses():
    """The address of every page, for a published survey with a next draft."""
    survey = factories.make_published_survey()
    draft = factories.make_draft(survey)
    link = factories.make_public_link(survey)
    section = draft.sections.first()
    removed = draft_questions.remove_question(
        version=draft, revision=0, question=draft.questions.get(key="again")
    )
    numbers = {"put_back": removed.pk}
    saved = save_as_template(version=draft, name="Ours")
    numbers["template_remove"] = saved.pk
    kept = save_question(question=draft.questions.get(key="staff"))
    numbers["saved_question_remove"] = kept.pk
    numbers |= {name: section.pk for name in NAMES if name.startswith("section_")}
    numbers |= {name: link.pk for name in NAMES if name.startswith("link_")}
    keys = {name: "staff" for name in NAMES if name.startswith("question_")}
    keys |= {name: "service" for name in NAMES if name.startswith("dimension_")}

    def address(pattern, slug):
        route = str(pattern.pattern)
        wanted = {"slug": slug, "key": keys.get(pattern.name), "pk": numbers.get(pattern.name)}
        wanted["code"] = "csat" if slug == survey.slug else slug
        arguments = {name: value for name, value in wanted.items() if f":{name}>" in route}
        return reverse(f"surveys:{pattern.name}", kwargs=arguments)

    return {
        pattern.name: (address(pattern, survey.slug), address(pattern, "unknown"))
        for pattern in urlpatterns
    }


def signed_in(role=None):
    client = Client()
    client.force_login(factories.make_user(role))
    return client


def ask(client, name, address):
    return client.post(address, {}) if name in WRITES_ONLY else client.get(address)


@pytest.mark.parametrize("name", sorted(set(NAMES) - WRITES_ONLY - {"personal_link"}))
def test_designer_sees_the_page(addresses, name):
    response = signed_in(Role.DESIGNER).get(addresses[name][0])

    assert response.status_code == 200


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("role", [Role.VIEWER, Role.ANALYST])
def test_who_only_reads_results_is_refused(addresses, name, role):
    response = ask(signed_in(role), name, addresses[name][0])

    assert response.status_code == 403


@pytest.mark.parametrize("name", OF_A_SURVEY)
def test_survey_does_not_exist_for_who_has_no_role(addresses, name):
    response = ask(signed_in(), name, addresses[name][0])

    assert response.status_code == 404


@pytest.mark.parametrize("name", OF_A_SURVEY)
def test_unknown_survey_is_not_found(addresses, name):
    response = ask(signed_in(Role.ADMINISTRATOR), name, addresses[name][1])

    assert response.status_code == 404


@pytest.mark.parametrize("name", NAMES)
def test_anonymous_visitor_is_led_to_the_sign_in(addresses, name):
    address = addresses[name][0]

    response = ask(Client(), name, address)

    assert response.status_code == 302
    assert response.url == f"/accounts/login/?next={address}"


@pytest.mark.parametrize("name", sorted(WRITES_ONLY))
def test_reading_never_writes(addresses, name):
    response = signed_in(Role.DESIGNER).get(addresses[name][0])

    assert response.status_code == 405


@pytest.mark.parametrize("name", sorted(READS_ONLY))
def test_page_that_only_shows_takes_no_post(addresses, name):
    response = signed_in(Role.DESIGNER).post(addresses[name][0])

    assert response.status_code == 405


@pytest.mark.parametrize("name", ["survey_publish", "survey_edit", "question_edit", "put_back"])
def test_form_without_its_revision_is_a_bad_request(addresses, name):
    data = {"page_layout": "single", "text__en": "x", "choices-TOTAL_FORMS": 0} | {
        "choices-INITIAL_FORMS": 0,
        "setting_look": "plain",
    }

    response = signed_in(Role.DESIGNER).post(addresses[name][0], data)

    assert response.status_code == 400


def test_personal_link_is_for_who_may_see_customers(addresses):
    assert signed_in(Role.DESIGNER).get(addresses["personal_link"][0]).status_code == 403
    assert signed_in(Role.ADMINISTRATOR).get(addresses["personal_link"][0]).status_code == 200
