"""The three surveys of the invented company, made from the ready templates."""

from surveys.enums import SurveyKind, SurveyMode
from surveys.models import SurveyVersion
from surveys.selectors.survey_templates import survey_template
from surveys.services.publishing import publish_version
from surveys.services.surveys import create_survey

from .truth import COMPANY

LANGUAGES = ("en", "zh-hans", "zh-hant")
PURPOSE = "To show how Topbox works; the company and all answers are invented."
POPULATION = "Invented customers of an invented company."
INVENTED = (
    "Northlight Appliances is an invented company; this is a demonstration.",
    "北光电器是虚构的公司，本问卷仅用于演示。",
    "北光電器是虛構的公司，本問卷僅供示範。",
)


def texts(*in_three):
    """A text in all three languages."""
    return dict(zip(LANGUAGES, in_three, strict=True))


def introduction(*in_three):
    """An introduction that says that the company is invented."""
    return texts(*(f"{own} {said}" for own, said in zip(in_three, INVENTED, strict=True)))


RELATIONSHIP = {
    "slug": "northlight-customers",
    "template": "xerox",
    "kind": SurveyKind.RELATIONSHIP,
    "mode": SurveyMode.NAMED,
    "sends_thanks": True,
    "title": texts(
        f"{COMPANY['en']}: how are we doing?", "北光电器客户满意度调查", "北光電器顧客滿意度調查"
    ),
    "introduction": introduction(
        "Ten short questions, about two minutes.",
        "十个简短的问题，大约两分钟。",
        "十個簡短的問題，大約兩分鐘。",
    ),
    "selection_rule": "A random sample of customers each month.",
}
REPAIR = {
    "slug": "northlight-repairs",
    "template": "after_repair",
    "kind": SurveyKind.TRANSACTIONAL,
    "mode": SurveyMode.NAMED,
    "sends_thanks": False,
    "title": texts(f"{COMPANY['en']}: your repair", "北光电器维修回访", "北光電器維修回訪"),
    "introduction": introduction(
        "Eight questions about the repair that we just finished for you.",
        "八个问题，关于刚刚为您完成的维修。",
        "八個問題，關於剛剛為您完成的維修。",
    ),
    "selection_rule": "Everybody whose repair was done, the day after.",
}
VISIT = {
    "slug": "northlight-visit",
    "template": "csat",
    "kind": SurveyKind.TRANSACTIONAL,
    "mode": SurveyMode.ANONYMOUS,
    "sends_thanks": False,
    "title": texts(f"{COMPANY['en']}: your visit today", "您今天的光临", "您今天的光臨"),
    "introduction": introduction(
        "Nobody can see who answered.", "没有人能看到是谁回答的。", "沒有人能看到是誰回答的。"
    ),
    "selection_rule": "Whoever takes the link from a poster in a shop.",
}


def make_published_survey(plan, *, published_at, time_zone, owner):
    """Make a survey of the demonstration; its version counts as published at `published_at`."""
    settings = {name: value for name, value in plan.items() if name != "template"}
    document = survey_template(plan["template"]).document
    survey = create_survey(
        **{name: value for name, value in settings.items() if name != "introduction"},
        document=document | {"introduction": plan["introduction"]},
        languages=list(LANGUAGES),
        default_language="en",
        time_zone=time_zone,
        user=owner,
        purpose=PURPOSE,
        population=POPULATION,
        is_demonstration=True,
    )
    draft = survey.versions.get()
    version = publish_version(version=draft, revision=draft.revision, user=owner)
    SurveyVersion.objects.filter(pk=version.pk).update(published_at=published_at)
    return version
