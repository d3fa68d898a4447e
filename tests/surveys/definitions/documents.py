"""Survey documents for the tests: one written by hand, and a strategy that makes any."""

import copy
import itertools

from hypothesis import strategies as st

from surveys.definitions import ready_choices
from surveys.enums import MeasureRole, PageLayout, QuestionType, SurveyKind
from surveys.question_types import HANDLERS

LANGUAGES = ["en", "zh-hans", "zh-hant"]
SIGNS = st.characters(exclude_categories=("Cs",), exclude_characters="\x00")
KEYS = st.text("abcxyz", min_size=1, max_size=4).map(lambda key: f"{key}_1")
CODES = st.text("aZ09_-", min_size=1, max_size=3)
TEXT = st.builds(
    "{}a{}".format, st.text(SIGNS, max_size=3), st.sampled_from(["", " ", "<b>", "问"])
)


def small_document(**members):
    """A survey with one overall question, in full form."""
    question = {
        "key": "overall",
        "type": "rating",
        "text": {"en": "How satisfied are you?"},
        "hint": {},
        "is_required": True,
        "role": "overall",
        "dimension": None,
        "expectation": "",
        "loyal_from": None,
        "rule": {},
        "choices": ready_choices.satisfaction_scale(),
        "settings": {"look": "plain"},
    }
    document = {
        "format": "topbox-survey",
        "format_version": 1,
        "title": {"en": "Small"},
        "kind": "relationship",
        "default_language": "en",
        "languages": ["en"],
        "page_layout": "section",
        "introduction": {},
        "thanks": {},
        "dimensions": [],
        "sections": [{"title": {}, "rule": {}, "questions": [question]}],
    }
    return copy.deepcopy(document | members)


def texts(*, needed=False):
    """A text in some languages."""
    return st.dictionaries(
        st.sampled_from(LANGUAGES), TEXT, min_size=1 if needed else 0, max_size=3
    )


def rules(keys):
    """A rule of any kind, or none; it may name questions that are not there."""
    subjects = st.sampled_from(["language", "link.channel", *(f"answer.{key}" for key in keys)])
    comparisons = st.one_of(
        st.tuples(
            st.sampled_from(["is", "is_not", "contains"]), st.lists(CODES, min_size=1, max_size=3)
        ),
        st.tuples(st.just("is_at_least"), st.integers(-9, 9).map(lambda number: [number])),
        st.just(("is_answered", [])),
    )
    condition = st.builds(_condition, subjects, comparisons)
    return st.just({}) | _groups(condition | _groups(condition))


def _groups(parts):
    joins, parts = st.sampled_from(["all", "any"]), st.lists(parts, min_size=1, max_size=3)
    return st.builds(lambda join, group: {join: group}, joins, parts)


def _condition(subject, comparison):
    operator, values = comparison
    return {"subject": subject, "operator": operator, "values": values}


def _levels(role):
    """What an item may be marked as."""
    is_item = role in {"attribute", "against_expectation"}
    return st.sampled_from(["", "basic", "latent"]) if is_item else st.just("")


@st.composite
def choice_lists(draw):
    """Choices with codes that are not used twice."""
    codes = draw(st.lists(CODES, max_size=3, unique=True))
    kinds = st.sampled_from(["scored", "scored", "not_applicable", "dont_know"])
    choices = []
    for code in codes:
        kind = draw(kinds)
        value = draw(st.none() | st.integers(-100, 100)) if kind == "scored" else None
        label = draw(texts(needed=True))
        choices.append({"code": code, "label": label, "kind": kind, "value": value})
    return choices


@st.composite
def documents(draw):
    """Any document that may be stored, sensible or not."""
    dimension_keys = draw(st.lists(KEYS, max_size=3, unique=True))
    keys = draw(st.lists(KEYS, max_size=5, unique=True))
    free_roles = set(MeasureRole.values)
    questions = [draw(_questions(key, dimension_keys, free_roles)) for key in keys]
    cuts = sorted(draw(st.lists(st.integers(0, len(questions)), max_size=3)))
    borders = [0, *cuts, len(questions)]
    languages = draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, unique=True))
    return {
        "format": "topbox-survey",
        "format_version": 1,
        "title": draw(texts(needed=True)),
        "kind": draw(st.sampled_from(SurveyKind.values)),
        "default_language": draw(st.sampled_from(languages)),
        "languages": languages,
        "page_layout": draw(st.sampled_from(PageLayout.values)),
        "introduction": draw(texts()),
        "thanks": draw(texts()),
        "dimensions": [{"key": key, "name": draw(texts(needed=True))} for key in dimension_keys],
        "sections": [
            {
                "title": draw(texts()),
                "rule": draw(rules(keys)),
                "questions": questions[start:end],
            }
            for start, end in itertools.pairwise(borders)
        ],
    }


@st.composite
def _questions(draw, key, dimension_keys, free_roles):
    role = draw(st.sampled_from(sorted(free_roles)))
    if role in ("overall", "recommendation", "effort", "repurchase"):
        free_roles.discard(role)
    kind = draw(st.sampled_from(QuestionType.values))
    return {
        "key": key,
        "type": kind,
        "text": draw(texts(needed=True)),
        "hint": draw(texts()),
        "is_required": draw(st.booleans()),
        "role": role,
        "dimension": draw(st.sampled_from([None, *dimension_keys])),
        "expectation": draw(_levels(role)),
        "loyal_from": draw(st.none() | st.integers(0, 10)) if role == "repurchase" else None,
        "rule": draw(rules([key])),
        "choices": draw(choice_lists()) if HANDLERS[kind].has_choices else [],
        "settings": HANDLERS[kind].checked_settings({}, "settings"),
    }
