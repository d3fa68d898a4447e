"""Comments: found in two scripts, narrowed, tagged in bulk, taken away as a file, and guarded."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from reports.comments.comments import has_words
from reports.models import CommentTag, TaggedComment
from surveys.enums import Role, SurveyMode
from surveys.formulas import original
from surveys.models import Response, Segment
from tests import factories

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
TEXTS = [
    "The repair was quick and friendly.",
    "Nobody called me back for two weeks!",
    "服务很好，可惜等了太久。",
    "等候時間太長，服務人員態度不錯。",
    "Ｆｕｌｌ width letters, and a CAFÉ.",
    "A pity that the shop closes at five.",
]
HOSTILE = [
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    '=HYPERLINK("http://evil.example","click")',
    "+1+cmd|' /C calc'!A0",
    "＝1+1",
    "\u202eright to left \u2067אבג",
    "caf\u00c3\u00a9 \ufffd \U0001f600 \x07bell",
    "{{ 7*7 }} {% now 'Y' %} %(name)s",
]


def write(survey, texts, **fields):
    """An answer with each of the texts, a day apart."""
    return factories.make_responses(
        survey,
        [
            {
                "answers": {"overall": str(number % 5 + 1), "comment": text},
                "submitted_at": START + timedelta(days=number),
                **fields,
            }
            for number, text in enumerate(texts)
        ],
    )


def client_of(role, **fields):
    client = Client()
    client.force_login(factories.make_user(role, **fields))
    return client


def url(survey, name="comments", *more):
    return reverse(f"reports:{name}", args=[survey.slug, *more])


def shown(client, survey, **query):
    """The texts on the page, as they are read."""
    import html

    content = client.get(url(survey), query).content.decode()
    return [html.unescape(text) for text in re.findall(r'dir="auto">(.*?)</p>', content, re.S)]


def plain(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def tag(client, survey, name, *, step="add", which="all", chosen=(), number=None, **query):
    page = client.get(url(survey), query)
    return client.post(
        url(survey, "comments") + "?" + "&".join(f"{k}={v}" for k, v in query.items()),
        {
            "name": name,
            "which": which,
            "step": step,
            "chosen": chosen,
            "listed": re.findall(r'name="listed" value="(.*?)"', page.content.decode()),
            "number": re.search(r'name="number" value="(\d+)"', page.content.decode())[1]
            if number is None
            else number,
        },
    )


@pytest.fixture
def commented(survey):
    write(survey, TEXTS)
    return survey


def test_newest_comment_stands_first(staff_client, commented):
    assert shown(staff_client, commented) == TEXTS[::-1]


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("REPAIR quick", [0]),
        ("服务", [2]),
        ("服務", [3]),
        ("太", [3, 2]),
        ("full café", [4]),
        ("ｐｉｔｙ", [5]),
        ("%", []),
        ("_", []),
        ("' OR 1=1 --", []),
    ],
)
def test_words_are_found_in_english_and_chinese(staff_client, commented, words, places):
    assert shown(staff_client, commented, q=words) == [TEXTS[place] for place in places]


def test_control_without_folding_width_and_case_matter():
    assert has_words("Ｆｕｌｌ", "FULL")
    assert "full" not in "Ｆｕｌｌ".casefold()


def test_what_was_left_out_is_no_comment(staff_client, commented):
    write(commented, [None, "null", "  "])

    assert [text for text in shown(staff_client, commented) if text not in TEXTS] == ["null"]


def test_filters_narrow_by_score_month_segment_unit_and_question(staff_client, commented):
    unit, segment = (
        factories.make_unit("North"),
        Segment.objects.create(code="vip", name={"en": "V"}),
    )
    april = [f"April {number}" for number in range(5)]
    rows = write(commented, april, placement=unit.placement, segment=segment)
    Response.objects.filter(pk__in=[row.pk for row in rows]).update(submitted_on="2026-04-10")

    for query in ({"unit": unit.code}, {"segment": "vip"}, {"period": "2026-04"}):
        assert sorted(shown(staff_client, commented, **query)) == april
    assert sorted(shown(staff_client, commented, score="2", unit=unit.code)) == ["April 1"]
    assert len(shown(staff_client, commented, key="comment")) == 11


@pytest.mark.parametrize(
    "query",
    [
        {"unit": "no"},
        {"score": "99"},
        {"period": "x"},
        {"key": "overall"},
        {"tag": "no"},
        {"q": "x" * 300},
    ],
    ids=lambda query: next(iter(query)),
)
def test_unknown_choice_is_not_found(staff_client, commented, query):
    assert staff_client.get(url(commented), query).status_code == 404


def test_hundred_comments_stand_on_two_pages(staff_client, survey):
    write(survey, [f"Number {number}" for number in range(100)])

    first, second = shown(staff_client, survey), shown(staff_client, survey, page="2")

    assert len(first) == len(second) == 50
    assert not set(first) & set(second)


@pytest.mark.parametrize("role", [Role.DESIGNER, Role.VIEWER])
def test_roles_that_read_only_figures_read_no_comment(commented, role):
    client = client_of(role)

    assert client.get(url(commented)).status_code == 403
    assert client.get(url(commented, "comments_file", "csv")).status_code == 403
    assert client.post(url(commented, "comments_undo")).status_code == 403
    assert (
        "comments/"
        not in client.get(reverse("reports:results", args=[commented.slug])).content.decode()
    )


def test_stranger_and_visitor_see_nothing(commented):
    assert client_of(None).get(url(commented)).status_code == 404
    assert Client().get(url(commented)).status_code == 302


def test_manager_reads_and_tags_only_the_own_units(commented):
    own, other = factories.make_unit("North"), factories.make_unit("South")
    write(commented, [f"own {n}" for n in range(5)], placement=own.placement)
    write(commented, [f"other {n}" for n in range(5)], placement=other.placement)
    manager = client_of(Role.MANAGER, unit=own)

    assert sorted(shown(manager, commented)) == [f"own {n}" for n in range(5)]
    assert manager.get(url(commented), {"unit": other.code}).status_code == 404
    tag(manager, commented, "mine")
    assert TaggedComment.objects.count() == 5


def test_below_the_threshold_no_comment_is_shown(staff_client, survey):
    write(survey, TEXTS[:4])

    assert shown(staff_client, survey) == []
    assert "Too few answers" in plain(staff_client.get(url(survey)))
    assert TEXTS[0] not in staff_client.get(url(survey, "comments_file", "csv")).content.decode()


def test_survey_without_comments_says_so(staff_client, survey):
    write(survey, [None] * 6)

    assert "No comments yet" in plain(staff_client.get(url(survey)))
    assert "No comment matches" in plain(staff_client.get(url(survey), {"q": "x"}))


def test_all_that_match_are_tagged_and_counted(staff_client, commented):
    answer = tag(staff_client, commented, "  Waiting   time ", q="太")

    page = staff_client.get(answer["Location"])
    assert "2 comments now have the tag “Waiting time”" in plain(page)
    assert "Waiting time 2" in plain(page)
    assert "Without a tag 4" in plain(staff_client.get(url(commented)))
    assert sorted(shown(staff_client, commented, tag="Waiting time")) == sorted(TEXTS[2:4])
    assert len(shown(staff_client, commented, tag="-")) == 4


def test_tagging_twice_changes_nothing_and_case_is_one_tag(staff_client, commented):
    tag(staff_client, commented, "Idea")
    tag(staff_client, commented, "idea")

    assert CommentTag.objects.get().comments.count() == 6


def test_ticked_comments_and_those_of_the_page(staff_client, survey):
    responses = write(survey, [f"Number {number}" for number in range(60)])

    tag(staff_client, survey, "one", which="ticked", chosen=[f"{responses[3].pk}:comment"])
    tag(staff_client, survey, "page", which="page")

    assert shown(staff_client, survey, tag="one") == ["Number 3"]
    assert CommentTag.objects.get(name="page").comments.count() == 50


def test_last_step_is_undone_and_only_that(staff_client, commented):
    tag(staff_client, commented, "Staff", q="repair")
    tag(staff_client, commented, "Staff")

    staff_client.post(url(commented, "comments_undo"))

    assert shown(staff_client, commented, tag="Staff") == [TEXTS[0]]
    assert "There is nothing to undo" in plain(
        staff_client.post(url(commented, "comments_undo"), follow=True)
    )


def test_removing_a_tag_can_be_undone(staff_client, commented):
    tag(staff_client, commented, "Staff")
    tag(staff_client, commented, "Staff", step="remove")
    assert not CommentTag.objects.exists()

    staff_client.post(url(commented, "comments_undo"))

    assert CommentTag.objects.get().comments.count() == 6


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"which": "ticked"}, "Please tick the comments first"),
        ({"name": " "}, "Please write the name of the tag."),
        ({"number": "5"}, "The list has changed meanwhile"),
        ({"which": "ticked", "chosen": ["x"]}, "no longer in this list"),
    ],
)
def test_step_that_cannot_be_taken_is_explained(staff_client, commented, sent, sentence):
    answer = tag(staff_client, commented, **({"name": "Idea"} | sent))

    assert sentence in plain(answer)
    assert not TaggedComment.objects.exists()


def test_page_is_never_written_by_reading(staff_client, commented):
    assert staff_client.get(url(commented, "comments_undo")).status_code == 405
    assert staff_client.post(url(commented, "comments_file", "csv")).status_code == 405


def test_hostile_comments_stay_text(staff_client, survey):
    write(survey, HOSTILE)

    content = staff_client.get(url(survey)).content.decode()

    assert sorted(shown(staff_client, survey)) == sorted(HOSTILE)
    assert "<script>alert" not in content
    assert "<img" not in content


def test_files_hold_what_is_shown_and_no_formula(staff_client, survey):
    write(survey, HOSTILE)
    tag(staff_client, survey, "=1+1")

    text = staff_client.get(url(survey, "comments_file", "csv")).content.decode("utf-8-sig")
    book = staff_client.get(url(survey, "comments_file", "xlsx")).content

    rows = list(csv.reader(io.StringIO(text)))[1:]
    assert {original(row[1]) for row in rows} == set(HOSTILE)
    assert not [cell for row in rows for cell in row if re.match(r"\s*[=+\-@＝]", cell)]
    cells = list(openpyxl.load_workbook(io.BytesIO(book)).active.iter_rows(min_row=2))
    assert {row[1].value for row in cells} >= set(HOSTILE) - {HOSTILE[5]}
    assert not [cell for row in cells for cell in row if cell.data_type == "f"]


def test_file_is_narrowed_like_the_page(staff_client, commented):
    answer = staff_client.get(url(commented, "comments_file", "csv"), {"q": "太"})

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[1] for row in rows[1:]] == [TEXTS[3], TEXTS[2]]


def test_names_and_numbers_are_hidden_on_request_on_page_and_in_file(staff_client, survey):
    write(survey, ["Call Mr Brown at +44 20 7946 0123 or mail bob@example.org"] * 5)

    assert "bob@example.org" in shown(staff_client, survey)[0]
    expected = "Call Mr [name] at [phone number] or mail [mail address]"
    assert shown(staff_client, survey, mask="on")[0] == expected
    content = staff_client.get(url(survey, "comments_file", "csv"), {"mask": "on"}).content.decode()
    assert "Brown" not in content
    assert expected in content


def test_number_of_queries_does_not_grow(staff_client, survey, django_assert_num_queries):
    write(survey, TEXTS)
    tag(staff_client, survey, "one", q="repair")
    staff_client.get(url(survey))
    with django_assert_num_queries(14):
        staff_client.get(url(survey))
    write(survey, TEXTS * 5)
    tag(staff_client, survey, "many")
    staff_client.get(url(survey))
    with django_assert_num_queries(14):
        staff_client.get(url(survey))


# Anonymous surveys ------------------------------------------------------


@pytest.fixture
def anonymous(db):
    return factories.make_published_survey(mode=SurveyMode.ANONYMOUS)


def test_anonymous_comments_have_no_day_unit_or_segment(staff_client, anonymous):
    unit, segment = (
        factories.make_unit("Seaside"),
        Segment.objects.create(code="vip", name={"en": "V"}),
    )
    write(anonymous, TEXTS, placement=unit.placement, segment=segment)

    listed = re.search(
        r'<ul class="comments">.*?</ul>', staff_client.get(url(anonymous)).content.decode(), re.S
    )[0]
    file = staff_client.get(url(anonymous, "comments_file", "csv")).content.decode()

    for telling in ("Seaside", "vip", "March", "2026", "<time"):
        assert telling not in listed
        assert telling not in file
    named = factories.make_published_survey()
    write(named, TEXTS, placement=unit.placement)
    assert "Seaside" in staff_client.get(url(named, "comments_file", "csv")).content.decode()


def test_anonymous_comments_come_in_another_order_each_time(staff_client, anonymous):
    write(anonymous, [f"Number {number}" for number in range(20)])

    views = [shown(staff_client, anonymous) for _ in range(4)]

    assert len({tuple(view) for view in views}) == 4
    assert len({tuple(sorted(view)) for view in views}) == 1


def test_pages_of_one_anonymous_view_hold_each_comment_once(staff_client, anonymous):
    write(anonymous, [f"Number {number}" for number in range(80)])

    content = staff_client.get(url(anonymous)).content.decode()
    onward = re.search(r'rel="next" href="\?(.*?)"', content)[1].replace("&amp;", "&")
    order = re.search(r"order=(\w+)", onward)[1]

    pages = [shown(staff_client, anonymous, order=order, page=page) for page in (1, 2)]
    assert len({*pages[0], *pages[1]}) == 80


def test_anonymous_answers_of_today_are_not_shown(staff_client, anonymous):
    write(anonymous, TEXTS)
    today = datetime.now(UTC)
    factories.make_responses(
        anonymous, [{"answers": {"overall": "5", "comment": "just now"}, "submitted_at": today}]
    )

    assert "just now" not in shown(staff_client, anonymous)


def group(survey, name, number, **fields):
    write(survey, [f"{name} {one}" for one in range(number)], **fields)


def test_rare_segment_is_hidden_and_so_is_the_one_it_follows_from(staff_client, anonymous):
    small, middle, large = (Segment.objects.create(code=code, name={"en": code}) for code in "abc")
    group(anonymous, "small", 2, segment=small)
    group(anonymous, "middle", 6, segment=middle)
    group(anonymous, "large", 9, segment=large)

    assert shown(staff_client, anonymous, segment="a") == []
    assert shown(staff_client, anonymous, segment="b") == []
    assert len(shown(staff_client, anonymous, segment="c")) == 9
    assert len(shown(staff_client, anonymous)) == 17


def test_control_a_named_survey_shows_the_same_segment(staff_client, survey):
    segment = Segment.objects.create(code="b", name={"en": "b"})
    group(survey, "small", 2)
    group(survey, "middle", 6, segment=segment)

    assert len(shown(staff_client, survey, segment="b")) == 6


def test_small_unit_of_an_anonymous_survey_is_hidden_with_one_beside_it(staff_client, anonymous):
    region = factories.make_unit("Region")
    units = [factories.make_unit(name, parent=region) for name in ("A", "B", "C")]
    for unit, number in zip(units, (3, 6, 8), strict=True):
        group(anonymous, unit.name, number, placement=unit.placement)

    sizes = [len(shown(staff_client, anonymous, unit=unit.code)) for unit in units]
    assert sizes == [0, 0, 8]
    assert len(shown(staff_client, anonymous, unit=region.code)) == 17


def test_rare_score_is_not_shown_beside_an_anonymous_comment(staff_client, anonymous):
    for score, number in (("1", 2), ("4", 6), ("5", 9)):
        factories.make_responses(
            anonymous,
            [{"answers": {"overall": score, "comment": f"c{score}"}, "submitted_at": START}]
            * number,
        )

    content = plain(staff_client.get(url(anonymous)))
    assert content.count("Satisfaction 5") == 9
    assert "Satisfaction 1" not in content
    assert "Satisfaction 4" not in content
    assert shown(staff_client, anonymous, score="1") == []
