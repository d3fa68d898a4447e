"""The thank-you page: it is saved, what happens next, and what the survey offers besides."""

from urllib.parse import urlsplit

from django.utils import translation

from surveys.end_urls import is_allowed_end_url
from surveys.services.reward_codes import reward_code_of
from surveys.tokens import new_token

from .kiosk import THANKS_SECONDS
from .moments import in_words
from .pages import look_of, render_page


def render_thanks(door, submission_id, route, language):
    """The page that says that the answers are saved; a shared device offers nothing personal."""
    survey, questionnaire = door.survey, route.questionnaire
    with translation.override(language):
        thanks = route.filled(questionnaire.thanks)
    context = {
        "title": questionnaire.text(questionnaire.title, language),
        "thanks": questionnaire.text(thanks, language),
        "is_anonymous": survey.is_anonymous,
        "gives_reward": survey.gives_reward_codes,
        "is_kiosk": door.is_kiosk,
        "reward": reward_code_of(
            survey=survey,
            submission_id=submission_id,
            invitation=door.given_to_service.get("invitation"),
        ),
        "changes_until": in_words(door.changes_until, survey.time_zone, language),
        "change_url": door.start_url,
        **look_of(survey),
    }
    if not door.is_kiosk:
        if survey.takes_complaints:
            context |= {"complaint_url": door.complaint_url, "complaint_token": new_token()}
        if is_allowed_end_url(survey.end_url):
            host = urlsplit(survey.end_url).hostname
            context |= {"end_url": survey.end_url, "end_host": host}
    response = render_page("surveys/respond/thanks.html", context, language)
    if door.is_kiosk:
        response.headers["Refresh"] = f"{THANKS_SECONDS}; url={door.start_url}"
    return response
