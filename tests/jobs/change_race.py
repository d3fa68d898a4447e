"""Two devices send at the same moment by one personal link; what counts, and what is lost?

Run as a program on the database that DATABASE_URL names:
``python -m tests.jobs.change_race ROUNDS`` prints one JSON object with the
outcomes of first answers to an anonymous invitation, of changes, and of
changes that do not say which answers they replace.
"""

import json
import sys
import threading
import uuid
from collections import Counter

from surveys.errors import AlreadyAnswered, ChangedMeanwhile

DEVICES = 3


def main(rounds):
    """All three races."""
    return {
        "first answers": _race(rounds, first_answers),
        "changes": _race(rounds, changes),
        "blind changes": _race(rounds, blind_changes),
    }


def _race(rounds, prepare):
    counts = Counter()
    for _ in range(rounds):
        send, count_lost = prepare()
        _at_once(send, counts)
        counts["lost"] += count_lost()
    return counts


def first_answers():
    """Different answers by one link of an anonymous survey."""
    from surveys.enums import SurveyMode
    from surveys.models import Response
    from surveys.services.submit_response import submit_response
    from tests import factories

    survey = factories.make_published_survey(mode=SurveyMode.ANONYMOUS_INVITED)
    invitation = factories.make_invitation(survey)[0]

    def send(score):
        submit_response(**_sent(survey, invitation, score))

    return send, lambda: 1 - Response.objects.filter(survey=survey).count()


def changes():
    """Different changes of one answer, all from pages that were opened before any of them."""
    from surveys.models import Response
    from surveys.services.change_response import change_response

    survey, invitation, response = _answered()

    def send(score):
        change_response(replaces=response.submission_id, **_sent(survey, invitation, score))

    def count_lost():
        now = Response.objects.get(pk=response.pk)
        kept = [row.answers["overall"] for row in now.revisions.all()]
        return int(kept != ["5"]) + int(now.answers["overall"] == "5")

    return send, count_lost


def blind_changes():
    """The control: each change replaces whatever it finds, as if its page had not said what."""
    from surveys.models import Response
    from surveys.services.change_response import change_response

    survey, invitation, response = _answered()

    def send(score):
        found = Response.objects.get(pk=response.pk).submission_id
        while True:
            try:
                change_response(replaces=found, **_sent(survey, invitation, score))
                return
            except ChangedMeanwhile as refusal:
                found = refusal.current

    return send, lambda: Response.objects.get(pk=response.pk).revisions.count() - 1


def _answered():
    from surveys.services.submit_response import submit_response
    from tests import factories

    survey = factories.make_published_survey(changeable_days=3)
    invitation = factories.make_invitation(survey)[0]
    response = submit_response(**_sent(survey, invitation, 5)).response
    invitation.refresh_from_db()
    return survey, invitation, response


def _sent(survey, invitation, score):
    from surveys.questionnaire import questionnaire_of

    return {
        "questionnaire": questionnaire_of(survey.versions.get()),
        "submission_id": uuid.uuid4(),
        "answers": {"overall": str(score)},
        "language": "en",
        "invitation": invitation,
    }


def _at_once(send, counts):
    start = threading.Barrier(DEVICES)
    devices = [
        threading.Thread(target=_send, args=(send, score, start, counts))
        for score in range(1, DEVICES + 1)
    ]
    for device in devices:
        device.start()
    for device in devices:
        device.join()


def _send(send, score, start, counts):
    from django.db import connection

    try:
        start.wait(timeout=20)
        send(score)
        counts["stored"] += 1
    except (AlreadyAnswered, ChangedMeanwhile):
        counts["told"] += 1
    finally:
        connection.close()


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(main(int(sys.argv[1]))))
