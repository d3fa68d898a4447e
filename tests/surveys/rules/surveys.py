"""Surveys with rules for the tests: made from short descriptions, answered page by page."""

import itertools
import re

from surveys.definitions import ready_choices
from surveys.models import Response
from surveys.services.surveys import create_survey
from tests import factories
from tests.surveys.views.conftest import hidden_fields

NAMES = re.compile(r'name="([a-z][a-z0-9_]*)"')
_numbers = itertools.count(1)


def condition(subject, operator, *values):
    """One condition of a rule."""
    return {"subject": subject, "operator": operator, "values": list(values)}


def when(subject, operator, *values):
    """A rule of one condition."""
    return {"all": [condition(subject, operator, *values)]}


def question(key, type="rating", *, rule=None, **members):
    """A question's document with the choices that its type usually has."""
    choices = {
        "rating": [*ready_choices.satisfaction_scale(), ready_choices.not_applicable()],
        "single_choice": [{"code": code, "label": {"en": code.upper()}} for code in "abc"],
        "multiple_choice": [{"code": code, "label": {"en": code.upper()}} for code in "abc"],
    }
    document = {
        "key": key,
        "type": type,
        "text": {"en": f"What about {key}?"},
        "choices": choices.get(type, []),
        "rule": rule or {},
    }
    return document | members


def section(*questions, rule=None, title=None):
    """A section's document."""
    return {"title": {"en": title} if title else {}, "rule": rule or {}, "questions": questions}


def make_draft(*sections, languages=("en",), mode="named", **members):
    """A draft of a new survey with these sections."""
    document = {"sections": [one | {"questions": list(one["questions"])} for one in sections]}
    survey = create_survey(
        title={"en": "Rules"},
        kind="relationship",
        mode=mode,
        languages=list(languages),
        default_language="en",
        document=document | members,
        slug=f"rules-{next(_numbers)}",
    )
    return survey.versions.get()


def make_link(*sections, link=None, **members):
    """The address of a public link to a published survey with these sections."""
    version = factories.publish(make_draft(*sections, **members))
    return f"/s/{factories.make_public_link(version.survey, **link or {}).slug}/"


def questions_on(page):
    """The keys of the questions on a page, in order."""
    form = page.content.decode().partition('<form id="answers"')[2]
    return list(dict.fromkeys(NAMES.findall(form)))


def send_page(client, address, answers, **fields):
    """Open a page and send it with those of the answers that it asks for."""
    page = client.get(address, headers={"accept-language": answers.get("language", "en")})
    asked = questions_on(page)
    given = {key: answers[key] for key in asked if answers.get(key) is not None}
    return asked, client.post(address, hidden_fields(page) | given | fields)


def walk(client, address, answers, most=50):
    """Answer page by page as a browser without scripts would; the keys seen, and the response."""
    seen = []
    for _page in range(most):
        asked, reply = send_page(client, address, answers)
        assert reply.status_code == 303, reply.content.decode()
        seen.append(asked)
        address = reply["Location"]
        if address.endswith("/thanks/"):
            return seen, Response.objects.get(submission_id=address.split("/")[-3])
    raise AssertionError("The pages do not end.")
