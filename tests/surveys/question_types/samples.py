"""One question of every type, and what customers may send for it.

`SAMPLES` is the one table: for each type its settings, its choices and forms
that are empty, valid (with the answer they make) and wrong. What is hostile is
the same for all: `HOSTILE`.
"""

from copy import deepcopy
from dataclasses import dataclass, field

from surveys.definitions import ready_choices
from surveys.questionnaire import ChoiceItem, QuestionItem

HOSTILE = [
    "\x00",
    "\ud800",
    "<script>alert(1)</script>",
    "'; DROP TABLE surveys_response; --",
    "{{ settings.SECRET_KEY }}",
    "9" * 5000,
    "1e400",
    "NaN",
    "../../etc/passwd",
    "=HYPERLINK(1)",
    "x" * 200_000,
]
LIST = [
    {"code": code, "label": {"en": label}, "kind": "scored", "value": None}
    for code, label in (("c1", "Price"), ("c2", "Service"), ("c3", "Range"))
]
WRITTEN = "Good & <b>fast</b> 快"


@dataclass(frozen=True)
class Sample:
    """A question of one type with forms and what becomes of them."""

    choices: list = field(default_factory=list)
    settings: dict = field(default_factory=dict)
    valid: dict = field(default_factory=dict)
    answers: dict = field(default_factory=dict)
    wrong: tuple = ()


SAMPLES = {
    "rating": Sample(
        [*ready_choices.satisfaction_scale(), ready_choices.not_applicable()],
        valid={"q": "na"},
        answers={"q": "na"},
        wrong=({"q": "6"}, {"q": "-1"}),
    ),
    "recommendation": Sample(
        ready_choices.recommendation_scale(),
        valid={"q": "0"},
        answers={"q": "0"},
        wrong=({"q": "11"},),
    ),
    "effort": Sample(
        ready_choices.effort_scale(), valid={"q": "7"}, answers={"q": "7"}, wrong=({"q": "0"},)
    ),
    "yes_no": Sample(
        ready_choices.yes_or_no(), valid={"q": "no"}, answers={"q": "no"}, wrong=({"q": "maybe"},)
    ),
    "against_expectation": Sample(
        ready_choices.three_way(ready_choices.AGAINST_EXPECTATION),
        valid={"q": "beyond"},
        answers={"q": "beyond"},
        wrong=({"q": "1"},),
    ),
    "compared_with_others": Sample(
        ready_choices.three_way(ready_choices.AGAINST_OTHERS),
        valid={"q": "worse"},
        answers={"q": "worse"},
        wrong=({"q": "best"},),
    ),
    "single_choice": Sample(
        [*LIST, ready_choices.other()],
        settings={"random_order": True},
        valid={"q.other": "  The smell "},
        answers={"q": "other", "q.other": "The smell"},
        wrong=({"q": "c9"}, {"q": "other", "q.other": "x" * 501}),
    ),
    "multiple_choice": Sample(
        [*LIST, ready_choices.other(), ready_choices.none_of_these()],
        valid={"q": ["c3", "c1"], "q.other": "The smell"},
        answers={"q": ["c1", "c3"]},
        wrong=({"q": ["c1", "c9"]}, {"q": ["c1", "none"]}),
    ),
    "ranking": Sample(
        LIST,
        valid={"q.c3": "1", "q.c1": "2"},
        answers={"q": ["c3", "c1"]},
        wrong=({"q.c1": "1", "q.c2": "1"}, {"q.c1": "2"}, {"q.c1": "1", "q.c2": "9"}),
    ),
    "matrix": Sample(
        ready_choices.quality_scale(),
        settings={
            "rows": [
                {"code": "r1", "label": {"en": "Speed"}},
                {"code": "r2", "label": {"en": "Kindness"}},
            ]
        },
        valid={"q.r1": "4", "q.r2": "5"},
        answers={"q.r1": "4", "q.r2": "5"},
        wrong=({"q.r1": "6", "q.r2": "5"},),
    ),
    "expectation_pair": Sample(
        ready_choices.quality_scale(),
        valid={"q.expected": "5", "q.perceived": "3"},
        answers={"q.expected": "5", "q.perceived": "3"},
        wrong=({"q.expected": "5", "q.perceived": "0"},),
    ),
    "number": Sample(
        settings={"minimum": 0, "maximum": 100_000, "decimals": 1, "unit": {"en": "km"}},
        valid={"q": "１２,５"},
        answers={"q": 12.5},
        wrong=({"q": "twelve"}, {"q": "-1"}, {"q": "1.25"}, {"q": "100001"}, {"q": "1,2,3"}),
    ),
    "date": Sample(
        valid={"q": "2026/3/1"},
        answers={"q": "2026-03-01"},
        wrong=({"q": "2026-02-30"}, {"q": "yesterday"}, {"q": "0001-01-01"}),
    ),
    "short_text": Sample(
        valid={"q": WRITTEN}, answers={"q": WRITTEN}, wrong=({"q": "x" * 501}, {"q": "\x00"})
    ),
    "long_text": Sample(
        valid={"q": "字" * 100_000}, answers={"q": "字" * 100_000}, wrong=({"q": "x" * 100_001},)
    ),
    "email": Sample(
        valid={"q": " ann@example.org "},
        answers={"q": "ann@example.org"},
        wrong=({"q": "ann"}, {"q": "a@b@c.org"}, {"q": "a\n@example.org"}),
    ),
    "consent": Sample(
        ready_choices.consent_choices(),
        valid={"q": "refuse"},
        answers={"q": "refuse"},
        wrong=({"q": "perhaps"},),
    ),
    "text_block": Sample(),
}


def document_of(kind, key="q", **members):
    """The document of the sample question, of its own: nobody else sees what a test does to it."""
    sample = deepcopy(SAMPLES[kind])
    return {
        "key": key,
        "type": kind,
        "text": {"en": f"About {kind.replace('_', ' ')}"},
        "choices": sample.choices,
        "settings": sample.settings,
    } | members


def question_of(kind, *, is_required=False):
    """The sample question as plain values."""
    document = document_of(kind)
    return QuestionItem(
        key="q",
        type=kind,
        text=document["text"],
        hint={},
        is_required=is_required,
        role="",
        dimension=None,
        loyal_from=None,
        choices=tuple(ChoiceItem(**choice) for choice in document["choices"]),
        settings=document["settings"],
    )
