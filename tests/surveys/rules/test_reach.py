"""Random surveys, random answers: the server asks what an independent reading of the rules says."""

import itertools

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .surveys import condition, make_link, question, section, walk, when

pytestmark = pytest.mark.django_db

CODES = {
    "rating": ["1", "2", "3", "4", "5", "na"],
    "single_choice": ["a", "b", "c"],
    "multiple_choice": ["a", "b", "c"],
    "short_text": [],
}
OPERATORS = {
    "rating": ["is", "is_not", "is_one_of", "is_at_least", "is_at_most"],
    "single_choice": ["is", "is_not", "is_one_of"],
    "multiple_choice": ["contains", "is_not"],
    "short_text": [],
}
OUTSIDE = {
    "language": ["en", "zh-hans"],
    "link.channel": ["link", "qr"],
    "link.touchpoint": ["a", ""],
}
ALWAYS = ["is_answered", "is_not_answered"]


@st.composite
def conditions(draw, earlier):
    """A condition on what comes before, or on the circumstances."""
    subjects = [*OUTSIDE, *(f"answer.{one['key']}" for one in earlier)]
    subject = draw(st.sampled_from(subjects))
    if subject in OUTSIDE:
        return condition(subject, draw(st.sampled_from(["is", "is_not"])), OUTSIDE[subject][0])
    kind = next(one["type"] for one in earlier if subject == f"answer.{one['key']}")
    operator = draw(st.sampled_from(OPERATORS[kind] + ALWAYS))
    if operator in ALWAYS:
        return condition(subject, operator)
    if operator in ("is_at_least", "is_at_most"):
        return condition(subject, operator, draw(st.integers(1, 5)))
    return condition(
        subject, operator, *draw(st.lists(st.sampled_from(CODES[kind]), min_size=1, max_size=3))
    )


@st.composite
def rules(draw, earlier):
    """No rule, or conditions nested once."""
    if draw(st.integers(0, 3)) == 0:
        return {}
    joins = st.sampled_from(["all", "any"])
    parts = conditions(earlier) | st.builds(
        lambda join, parts: {join: parts},
        joins,
        st.lists(conditions(earlier), min_size=1, max_size=2),
    )
    return {draw(joins): draw(st.lists(parts, min_size=1, max_size=2))}


@st.composite
def surveys(draw):
    """Sections of a survey, and one visit: circumstances and what would be answered."""
    first = question("q0", is_required=False)
    earlier, sections = [first], [section(first)]
    for _section in range(draw(st.integers(1, 2))):
        rule, inside = draw(rules(earlier)), []
        for _question in range(draw(st.integers(1, 3))):
            one = question(
                f"q{len(earlier)}",
                draw(st.sampled_from(list(CODES))),
                rule=draw(rules(earlier)),
                is_required=draw(st.booleans()),
            )
            inside.append(one)
            earlier.append(one)
        sections.append(section(*inside, rule=rule))
    visit = {subject: draw(st.sampled_from(values)) for subject, values in OUTSIDE.items()}
    return sections, visit, {one["key"]: draw(_answers(one)) for one in earlier}


def _answers(one):
    codes = CODES[one["type"]]
    given = st.just("Words") if not codes else st.sampled_from(codes)
    if one["type"] == "multiple_choice":
        given = st.lists(st.sampled_from(codes), min_size=1, unique=True).map(sorted)
    return given if one["is_required"] else given | st.none()


def reached_by_brute_force(sections, visit, answers):
    """The one set of questions that agrees with itself, found by trying all sets."""
    pairs = [(part["rule"], one) for part in sections for one in part["questions"]]
    keys = [one["key"] for _rule, one in pairs]
    fitting = []
    for size in range(len(keys) + 1):
        for tried in itertools.combinations(keys, size):
            known = visit | {f"answer.{key}": answers[key] for key in tried}
            told = {
                one["key"]
                for rule, one in pairs
                if _holds(rule, known) and _holds(one["rule"], known)
            }
            if told == set(tried):
                fitting.append(told)
    [reached] = fitting
    return reached


def _holds(rule, known):
    if not rule:
        return True
    if "subject" not in rule:
        [(join, parts)] = rule.items()
        return {"all": all, "any": any}[join](_holds(part, known) for part in parts)
    answer, values = known.get(rule["subject"]), rule["values"]
    given = answer if isinstance(answer, list) else [answer] if answer else []
    number = int(answer) if isinstance(answer, str) and answer.isdecimal() else None
    return {
        "is": lambda: bool(set(given) & set(values)),
        "is_one_of": lambda: bool(set(given) & set(values)),
        "contains": lambda: bool(set(given) & set(values)),
        "is_not": lambda: bool(given) and not set(given) & set(values),
        "is_at_least": lambda: number is not None and number >= values[0],
        "is_at_most": lambda: number is not None and number <= values[0],
        "is_answered": lambda: bool(given),
        "is_not_answered": lambda: not given,
    }[rule["operator"]]()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=surveys(), layout=st.sampled_from(["section", "question", "single"]))
def test_server_asks_and_stores_what_the_rules_reach(drawn, layout):
    sections, visit, answers = drawn
    link = {"channel": visit["link.channel"], "touchpoint": visit["link.touchpoint"]}
    address = make_link(*sections, languages=["en", "zh-hans"], page_layout=layout, link=link)
    expected = reached_by_brute_force(sections, visit, answers)

    seen, response = walk(Client(), address, answers | {"language": visit["language"]})

    assert {key for page in seen for key in page} == expected
    assert response.answers == {key: answers[key] for key in expected}


def test_without_rules_everything_is_asked(client):
    """Control: the walk sees every question where nothing hides one."""
    hidden = when("answer.q0", "is", "1")
    answers = {"q0": "5", "q1": "4"}

    seen, _response = walk(client, make_link(section(question("q0"), question("q1"))), answers)
    less, _response = walk(
        Client(), make_link(section(question("q0"), question("q1", rule=hidden))), answers
    )

    assert (seen, less) == ([["q0", "q1"]], [["q0"]])
