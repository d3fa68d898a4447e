"""Ready label sets in English, simplified and traditional Chinese, lowest point first.

The labels name what is asked (satisfied, likely, easy) and not agreement:
agree/disagree items draw people towards agreeing whatever they are asked.
"""

from surveys.enums import ChoiceKind

LANGUAGES = ("en", "zh-hans", "zh-hant")

SATISFACTION = [
    ("Very dissatisfied", "非常不满意", "非常不滿意"),
    ("Dissatisfied", "不满意", "不滿意"),
    ("Neutral", "一般", "普通"),
    ("Satisfied", "满意", "滿意"),
    ("Very satisfied", "非常满意", "非常滿意"),
]
QUALITY = [
    ("Very poor", "非常差", "非常差"),
    ("Poor", "差", "差"),
    ("Fair", "一般", "普通"),
    ("Good", "好", "好"),
    ("Very good", "非常好", "非常好"),
]
INTENTION = [
    ("Definitely not", "肯定不会", "一定不會"),
    ("Probably not", "可能不会", "可能不會"),
    ("Not sure", "不确定", "不確定"),
    ("Probably", "可能会", "可能會"),
    ("Definitely", "肯定会", "一定會"),
]
EFFORT_ENDS = (("Very difficult", "非常困难", "非常困難"), ("Very easy", "非常容易", "非常容易"))
RECOMMENDATION_ENDS = (
    ("Not at all likely", "完全不可能", "完全不可能"),
    ("Extremely likely", "极有可能", "極有可能"),
)
NOT_APPLICABLE = ("Does not apply", "不适用", "不適用")
DONT_KNOW = ("Don't know", "不知道", "不知道")
YES, NO = ("Yes", "是", "是"), ("No", "否", "否")


def in_languages(words):
    """Words in the three languages as a text by language."""
    return dict(zip(LANGUAGES, words, strict=True))


def labelled_scale(labels):
    """A scale from 1 upwards with every point labelled."""
    return [_point(value, words) for value, words in enumerate(labels, 1)]


def numbered_scale(low, high, ends):
    """A scale of numbers whose two end points are labelled in words."""
    words = {low: ends[0], high: ends[1]}
    return [_point(value, words.get(value, [str(value)] * 3)) for value in range(low, high + 1)]


def satisfaction_scale():
    """Five points from very dissatisfied to very satisfied."""
    return labelled_scale(SATISFACTION)


def quality_scale():
    """Five points from very poor to very good."""
    return labelled_scale(QUALITY)


def intention_scale():
    """Five points from definitely not to definitely."""
    return labelled_scale(INTENTION)


def effort_scale():
    """Seven points from very difficult to very easy."""
    return numbered_scale(1, 7, EFFORT_ENDS)


def recommendation_scale():
    """Eleven points from not at all to extremely likely."""
    return numbered_scale(0, 10, RECOMMENDATION_ENDS)


def yes_or_no():
    """Yes counts 1 and no counts 0."""
    return [
        {"code": code, "label": in_languages(words), "kind": "scored", "value": value}
        for code, words, value in (("yes", YES, 1), ("no", NO, 0))
    ]


def not_applicable():
    """The choice of somebody whom the question does not concern."""
    return _aside("na", NOT_APPLICABLE, ChoiceKind.NOT_APPLICABLE)


def dont_know():
    """The choice of somebody who cannot say."""
    return _aside("dk", DONT_KNOW, ChoiceKind.DONT_KNOW)


def _point(value, words):
    return {
        "code": str(value),
        "label": in_languages(words),
        "kind": ChoiceKind.SCORED.value,
        "value": value,
    }


def _aside(code, words, kind):
    return {"code": code, "label": in_languages(words), "kind": kind.value, "value": None}
