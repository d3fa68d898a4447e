"""Choosing the language of a page."""

import pytest

from surveys.languages import accepted_languages, choose_language


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("de-DE,de;q=0.9,en;q=0.8", ["de-de", "de", "en"]),
        ("en;q=0.2, zh-TW", ["zh-tw", "en"]),
        ("*, fr;q=0", []),
        (",;;=q,\x00,en;q=x", []),
        ("", []),
    ],
)
def test_header_is_read_by_weight(header, expected):
    assert accepted_languages(header) == expected


@pytest.mark.parametrize(
    ("wish", "header", "expected"),
    [
        (None, "zh-CN,en;q=0.5", "zh-hans"),
        (None, "zh-Hant-HK", "zh-hant"),
        (None, "en-GB", "en"),
        ("zh-hant", "en", "zh-hant"),
        ("de", "zh", "zh-hans"),
        (None, "sw", "en"),
        ("<script>", "", "en"),
    ],
)
def test_page_takes_the_first_wish_that_the_survey_has(wish, header, expected):
    language = choose_language(
        wishes=[wish],
        header=header,
        languages=["en", "zh-hans", "zh-hant"],
        default_language="en",
    )

    assert language == expected
