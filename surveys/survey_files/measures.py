"""Which measure a question of an imported survey may serve: offered to the designer, never set."""

import re
from dataclasses import dataclass

from surveys.enums import ROLES_ASKED_ONCE, MeasureRole, QuestionType
from surveys.question_types import HANDLERS

RECOMMEND = re.compile(
    r"recommend|weiterempfehl|empfehlen|recomenda|indicaria|推荐|推薦", re.IGNORECASE
)
AGAIN = re.compile(
    r"\b(buy|purchase|order|book|come|use|visit)\b[^.?!]{0,60}\bagain\b|"
    r"repurchase|renew|wieder kaufen|再次购买|再次購買|再购买|再購買|还会购买|續約|续约",
    re.IGNORECASE,
)
EFFORT = re.compile(
    r"how (easy|difficult)|effort|wie (einfach|leicht|schwierig)|容易|费力|費力", re.IGNORECASE
)
OVERALL = re.compile(
    r"overall|all in all|in general|insgesamt|alles in allem|no geral|总体|整体|整體|總體",
    re.IGNORECASE,
)
SATISFIED = re.compile(r"satisf|zufrieden|satisfeit|满意|滿意", re.IGNORECASE)
LONGEST_LOOKED_AT = 300  # whoever asks says it soon
RATINGS = [  # each with the words that must all be there
    (MeasureRole.REPURCHASE, (AGAIN,)),
    (MeasureRole.EFFORT, (EFFORT,)),
    (MeasureRole.OVERALL, (OVERALL, SATISFIED)),
    (MeasureRole.ATTRIBUTE, (SATISFIED,)),
]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A measure that a question may serve, with the point from which an answer counts as loyal."""

    key: str
    role: str
    loyal_from: int | None = None


def asks_to_recommend(text):
    """Whether a question, by its words in any language, is about recommending."""
    return any(RECOMMEND.search(words) for words in text.values())


def suggestions_for(document):
    """Suggestions for the questions of a document that have no measure yet."""
    taken, found = set(), []
    for section in document["sections"]:
        for question in section["questions"]:
            role = _role_of(question, taken)
            if role and not question.get("role"):
                taken.add(role)
                found.append(Suggestion(question["key"], role.value, _loyal_from(question, role)))
    return found


def with_measures(document, suggestions):
    """The document with the measures that the designer confirmed."""
    by_key = {suggestion.key: suggestion for suggestion in suggestions}
    for section in document["sections"]:
        for question in section["questions"]:
            if question["key"] in by_key:
                confirmed = by_key[question["key"]]
                question["role"] = confirmed.role
                question["loyal_from"] = confirmed.loyal_from
    return document


def _role_of(question, taken):
    if question["type"] == QuestionType.RECOMMENDATION:
        wanted = [MeasureRole.RECOMMENDATION]
    elif question["type"] == QuestionType.LONG_TEXT:
        wanted = [MeasureRole.COMMENT]
    else:
        wanted = [role for role, words in RATINGS if _matches(words, question["text"])]
    possible = [role for role in wanted if role in HANDLERS[question["type"]].roles]
    free = (role for role in possible if role not in taken or role not in ROLES_ASKED_ONCE)
    return next(free, None)


def _matches(words, text):
    return any(all(word.search(one[:LONGEST_LOOKED_AT]) for word in words) for one in text.values())


def _loyal_from(question, role):
    """The second highest point: "probably" of an intention scale."""
    if role != MeasureRole.REPURCHASE:
        return None
    values = sorted(c["value"] for c in question["choices"] if c.get("value") is not None)
    return values[-2] if len(values) > 2 else values[-1]
