"""The groups of result pages, and the way on from a page without figures."""

import re

import pytest
from django.urls import reverse

from reports.templatetags.results_tabs import GROUPS
from surveys.enums import Role
from tests import factories
from tests.reports.test_pages import page, signed_in, text_of

ADDRESSES = [name for _label, pages in GROUPS for name, _title in pages]
OTHERS = ("reports:edition_list", "reports:export_list", "reports:drivers")
WITHOUT_FIGURES = [name for name in ADDRESSES if name.startswith("reports:") and name not in OTHERS]


def links_of(response, part):
    """The links of one navigation: address, words, and whether it is where one is."""
    html = re.search(rf'<(\w+) class="{part}".*?</\1>', response.content.decode(), re.S)
    found = re.findall(r'<a href="([^"]+)"([^>]*)>([^<]+)', html[0]) if html else []
    return [(address, words, "aria-current" in rest) for address, rest, words in found]


def test_every_page_is_in_one_group_and_reached_from_its_first(staff_client, xerox_survey):
    assert len(set(ADDRESSES)) == len(ADDRESSES)
    for label, pages in GROUPS:
        addresses = [reverse(name, args=[xerox_survey.slug]) for name, _title in pages]

        response = staff_client.get(addresses[0])

        here = [words for _address, words, current in links_of(response, "tabs") if current]
        below = [address for address, _words, _current in links_of(response, "tabs-pages")]
        assert here == [str(label)]
        assert below == (addresses if len(addresses) > 1 else [])


def test_pages_of_single_answers_are_offered_to_who_may_read_them(xerox_survey):
    unit = factories.make_unit()
    viewer = signed_in(factories.make_user(Role.VIEWER))

    response = page(viewer, "reports:breakdown", xerox_survey, unit=unit.code)

    offered = [words for _address, words, _current in links_of(response, "tabs-pages")]
    assert offered == ["Breakdown", "Drivers", "Questions"]
    assert all(f"unit={unit.code}" in link[0] for link in links_of(response, "tabs-pages"))


@pytest.mark.parametrize("answers", [0, 1, 4])
def test_page_without_figures_says_why_and_what_to_do(staff_client, answers):
    survey = factories.make_published_survey()
    for _ in range(answers):
        factories.make_response(survey, {"overall": "5"})

    for name in WITHOUT_FIGURES if answers == 0 else set(WITHOUT_FIGURES) - {"reports:loyalty"}:
        response = page(staff_client, name, survey, period="")

        words = text_of(response)
        assert "What this survey needs next" in words, name
        assert "Show all answers" in words, name
