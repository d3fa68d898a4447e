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
LIKING = [
    ("Dislike very much", "非常不喜欢", "非常不喜歡"),
    ("Dislike", "不喜欢", "不喜歡"),
    ("Neutral", "一般", "普通"),
    ("Like", "喜欢", "喜歡"),
    ("Like very much", "非常喜欢", "非常喜歡"),
]
AGREEMENT = [
    ("Strongly disagree", "非常不同意", "非常不同意"),
    ("Disagree", "不同意", "不同意"),
    ("Neutral", "一般", "普通"),
    ("Agree", "同意", "同意"),
    ("Strongly agree", "非常同意", "非常同意"),
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
OTHER = ("Other, please say:", "其他,请说明:", "其他,請說明:")
NONE_OF_THESE = ("None of these", "以上都不是", "以上皆非")
AGAINST_EXPECTATION = [
    ("below", ("Below what I expected", "低于预期", "低於預期")),
    ("as", ("As I expected", "符合预期", "符合預期")),
    ("beyond", ("Beyond what I expected", "超出预期", "超出預期")),
]
AGAINST_OTHERS = [
    ("worse", ("Worse than others", "比其他家差", "比其他家差")),
    ("same", ("About the same", "差不多", "差不多")),
    ("better", ("Better than others", "比其他家好", "比其他家好")),
]
CONSENT = [
    ("agree", ("I agree", "我同意", "我同意")),
    ("refuse", ("I do not agree", "我不同意", "我不同意")),
]
EXPECTED = ("What you expected", "您的期望", "您的期望")
PERCEIVED = ("What you experienced", "您的实际感受", "您的實際感受")
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


def liking_scale():
    """Five points from dislike to like very much."""
    return labelled_scale(LIKING)


def agreement_scale():
    """Five points from strongly disagree to strongly agree."""
    return labelled_scale(AGREEMENT)


def ten_point_scale():
    """Ten points whose two ends have the words of satisfaction."""
    return numbered_scale(1, 10, (SATISFACTION[0], SATISFACTION[-1]))


def three_way(words):
    """Worse, equal and better as −1, 0 and 1."""
    return [
        _point(value, labels) | {"code": code} for value, (code, labels) in enumerate(words, -1)
    ]


def consent_choices():
    """Agreeing or not; neither has a value."""
    return [_aside(code, words, ChoiceKind.SCORED) for code, words in CONSENT]


def other():
    """The choice of somebody whose answer is not on the list."""
    return _aside("other", OTHER, ChoiceKind.OTHER)


def none_of_these():
    """The choice of somebody for whom nothing on the list is right."""
    return _aside("none", NONE_OF_THESE, ChoiceKind.EXCLUSIVE)


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
