"""An anonymous survey that was answered by people whom the test knows."""

import random
import uuid

from surveys.enums import SurveyMode
from surveys.questionnaire import questionnaire_of
from surveys.services.save_draft import save_draft
from surveys.services.submit_response import submit_response
from tests import factories


def answer_all(survey, doors, *, seed=1, after_each=lambda number: None):
    """Answer by each door in turn, page by page; gives (door's key, response's key) in order."""
    dice = random.Random(seed)
    questionnaire = questionnaire_of(survey.versions.get())
    truth = []
    for number, door in enumerate(doors, start=1):
        [(kind, link)] = door.items()
        sent = {"questionnaire": questionnaire, "submission_id": uuid.uuid4(), "language": "en"}
        save_draft(answers={"overall": str(dice.randint(1, 5))}, **sent, **door)
        answers = {"overall": str(dice.randint(1, 5)), "comment": f"Words {dice.random()}"}
        response = submit_response(answers=answers, **sent, **door).response
        truth.append((link.pk if kind == "invitation" else number, response.pk))
        after_each(number)
    return truth


def invited_survey(number, *, seed=1):
    """An anonymous survey with so many invitations, in the order in which they get answered."""
    survey = factories.make_published_survey(mode=SurveyMode.ANONYMOUS_INVITED)
    doors = [{"invitation": factories.make_invitation(survey)[0]} for _ in range(number)]
    random.Random(seed).shuffle(doors)
    return survey, doors
