"""Die at each step of a mixing; which rows are gone afterwards?

Run as a program on the database that DATABASE_URL names:
``python -m tests.jobs.mixing_kill [unprotected]`` prints one JSON object. A
child of its own is killed before the first statement, the next one before the
second, and so on, until one lives to the end.
"""

import json
import sys
from contextlib import nullcontext
from functools import partial

from .killing import lives_to_the_end

ANSWERS = 12
MOST_STEPS = 100


def main(unprotected):
    """Kill again and again; gives the number of kills and of rows lost."""
    from surveys.enums import SurveyMode
    from tests import factories

    survey = factories.make_published_survey(mode=SurveyMode.ANONYMOUS_INVITED)
    _answer(survey)
    before, kills, lost = _rows(), 0, 0
    for step in range(1, MOST_STEPS):
        is_through = lives_to_the_end(partial(_mix, survey, unprotected), step)
        kills += not is_through
        lost = len(before - _rows())
        if is_through or lost:
            break
    return {"kills": kills, "lost": lost, "is_through": is_through}


def _answer(survey):
    import uuid

    from surveys.questionnaire import questionnaire_of
    from surveys.services.submit_response import submit_response
    from tests import factories

    for number in range(ANSWERS):
        submit_response(
            questionnaire=questionnaire_of(survey.versions.get()),
            submission_id=uuid.uuid4(),
            answers={"overall": "5", "comment": f"Words {number}"},
            language="en",
            invitation=factories.make_invitation(survey)[0],
        )


def _rows():
    """Every response and invitation, without whether it was mixed."""
    from surveys.models import Invitation, Response

    return {
        repr(sorted((name, value) for name, value in row.items() if name != "awaits_mixing"))
        for table in (Invitation, Response)
        for row in table.objects.values()
    }


def _mix(survey, unprotected):
    from surveys.services import mixing

    if unprotected:
        mixing.transaction.atomic = nullcontext
        mixing._keep_writers_out = lambda: None  # there is no lock without a transaction
    return mixing.mix(survey)


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(main("unprotected" in sys.argv)))
