"""Control of R8 and of the rewards: nothing is held while places are counted and codes chosen."""

import threading

from config.wsgi import application  # noqa: F401
from surveys.models import RewardCode
from surveys.services import reward_codes, submit_response

_own = threading.local()


def choose_from_memory(*, survey, submission_id, invitation=None):
    """Give the next code of the list that this thread read when it began."""
    if not hasattr(_own, "codes"):
        _own.codes = list(RewardCode.objects.filter(survey=survey).order_by("pk"))
    code = _own.codes.pop(0)
    code.claim = reward_codes._claim(submission_id, "control")
    code.given_on = "2026-01-01"
    code.save(update_fields=["claim", "given_on"])


submit_response._hold_place = lambda link: None
submit_response.give_reward_code = choose_from_memory
