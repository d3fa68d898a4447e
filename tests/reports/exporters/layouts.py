"""The surveys that are hard to lay out, by name: each makes a survey and gives what is drawn."""

import random
from dataclasses import dataclass, field
from datetime import timedelta

from surveys.enums import MeasureRole
from surveys.models import Segment, Unit
from tests import factories
from tests.reports.rows import START, make_rows

LONG_WORD = "Zufriedenheitsbefragungsergebnisse"
LONG_COMMENT = ("The washing machine stopped in the middle of its programme again. " * 38)[:2500]
CHINESE = "洗衣机又坏了，等了三个星期才有人来修，态度倒是很好。"
RIGHT_TO_LEFT = "الخدمة كانت سريعة والموظفون لطفاء جدا · השירות היה מהיר"


@dataclass
class Layout:
    """What is drawn: the survey, and how."""

    survey: object
    options: dict = field(default_factory=dict)


def answered(survey, number, *, comments=()):
    """So many random answers, the first of them with these comments."""
    make_rows(survey, random.Random(11), number)
    if comments:
        factories.make_responses(
            survey,
            [
                {
                    "answers": {"overall": str(1 + place % 5), "comment": text},
                    "submitted_at": START + timedelta(days=place),
                }
                for place, text in enumerate(comments)
            ],
        )
    return Layout(survey)


def longest_labels(survey):
    """A title, questions, units and segments as long as they may be."""
    found = _asking(survey, 12, text=f"{LONG_WORD} " * 7)
    make_rows(found, random.Random(11), 300)
    for unit in Unit.objects.all():
        Unit.objects.filter(pk=unit.pk).update(name=f"{LONG_WORD} {LONG_WORD} {unit.pk}")
    for segment in Segment.objects.all():
        segment.name = {"en": f"{LONG_WORD} {LONG_WORD} {segment.pk}"}
        segment.save()
    found.title = {"en": ("Wording " * 37)[:255]}
    found.population = "A population without any space" * 60
    found.save()
    rows = [
        {
            "answers": {"overall": str(1 + n % 5), "comment": LONG_COMMENT}
            | {f"extra{place}": str(1 + (n * place) % 5) for place in range(12)},
            "submitted_at": START + timedelta(days=n),
            "placement": Unit.objects.first().placement,
        }
        for n in range(40)
    ]
    factories.make_responses(found, rows)
    return Layout(found)


def right_to_left(survey):
    """Names and comments in Arabic and Hebrew."""
    survey.title = {"en": "خدمة العملاء · שירות לקוחות"}
    survey.purpose = "הערכת שביעות רצון · قياس رضا العملاء"
    survey.save()
    found = answered(survey, 120, comments=[RIGHT_TO_LEFT] * 10)
    Unit.objects.filter(name="Shop 1").update(name="سوق الحرير · שוק המשי")
    return found


def chinese(language):
    """Everything in one of the two Chinese scripts."""

    def make(survey):
        survey.title = {"en": "x", "zh-hans": "客户满意度调查", "zh-hant": "顧客滿意度調查"}
        survey.save()
        found = answered(survey, 200, comments=[CHINESE] * 10)
        found.options["language"] = language
        return found

    return make


def many_units(survey):
    """Forty shops, more than a table on paper holds."""
    found = answered(survey, 60)
    rows = []
    for number in range(40):
        placement = factories.make_unit(f"Branch {number:02}").placement
        rows += [
            {
                "answers": {"overall": str(1 + (place * 7 + number) % 5)},
                "placement": placement,
                "submitted_at": START + timedelta(days=place),
            }
            for place in range(12)
        ]
    factories.make_responses(survey, rows)
    return found


def all_alike(survey):
    """Everybody gave the best score."""
    rows = [
        {"answers": {"overall": "5", "again": "5"}, "submitted_at": START + timedelta(days=n)}
        for n in range(60)
    ]
    factories.make_responses(survey, rows)
    return Layout(survey)


def on_letter(survey):
    """American paper, which is shorter."""
    found = answered(survey, 150, comments=[LONG_COMMENT, CHINESE])
    found.options["paper"] = "letter"
    return found


def _asking(survey, number, *, text):
    version = factories.make_draft(factories.make_survey())
    for place in range(number):
        question = factories.make_rating(
            version.sections.first(),
            f"extra{place}",
            role=MeasureRole.ATTRIBUTE,
            position=20 + place,
        )
        question.text = {"en": f"{place + 1} {text}"}
        question.save()
    factories.publish(version)
    return version.survey


def of_number(number):
    """So many answers, three of them with comments where there are any."""

    def make(survey):
        return answered(
            survey, number, comments=[CHINESE, "Quick and friendly."] * 2 * (number > 9)
        )

    return make


LAYOUTS = {
    "nobody": of_number(0),
    "one": of_number(1),
    "five": of_number(5),
    "fifty": of_number(50),
    "five thousand": of_number(5_000),
    "longest labels": longest_labels,
    "right to left": right_to_left,
    "simplified": chinese("zh-hans"),
    "traditional": chinese("zh-hant"),
    "many units": many_units,
    "all alike": all_alike,
    "letter": on_letter,
}
LARGE = {"hundred thousand": of_number(100_000)}
