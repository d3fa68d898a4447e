"""Reward codes: bringing in a list, and giving one to each response.

A code is given in the transaction that stores the response, so that there is
never a code without a response or two for one. Which answers were given is
not known here, so the reward cannot depend on them.
"""

from django.conf import settings
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from surveys.errors import SurveyError
from surveys.models import RewardCode, Survey

from .visits import day_in

MOST_CODES = 100_000
LONGEST_CODE = RewardCode._meta.get_field("code").max_length


def give_reward_code(*, survey, submission_id, invitation=None):
    """Give a free code, inside the transaction of the submission; None when none is left.

    Of many at once each takes another row: one that somebody holds is skipped.
    """
    free = RewardCode.objects.filter(survey=survey, claim__isnull=True)
    code = free.select_for_update(skip_locked=True).order_by("pk").first()
    if code is None:
        return None
    code.claim = _claim(invitation or submission_id, settings.SECRET_KEY)
    code.given_on = day_in(survey)
    code.save(update_fields=["claim", "given_on"])
    return code


def reward_code_of(*, survey, submission_id=None, invitation=None):
    """The code that was given to this submission or invitation, or None.

    A personal link keeps its code when its answers are changed, and an
    anonymous one, whose answers nobody can find by it any more, has one, too.
    """
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    claims = [_claim(invitation or submission_id, key) for key in keys]
    return RewardCode.objects.filter(survey=survey, claim__in=claims).first()


def add_reward_codes(*, survey, codes):
    """Add the codes that are not listed yet; returns how many were added.

    From now on the survey gives codes. Raises `SurveyError` for a list that
    cannot be taken, and then adds none.
    """
    codes = list(dict.fromkeys(filter(None, (code.strip() for code in codes))))
    if not codes:
        raise SurveyError(_("There is no code in the list."))
    if len(codes) > MOST_CODES:
        raise SurveyError(
            _("A list has at most %(number)s codes. Please bring it in parts.")
            % {"number": MOST_CODES}
        )
    wrong = next((code for code in codes if len(code) > LONGEST_CODE or not code.isprintable()), "")
    if wrong:
        raise SurveyError(
            _("The code “%(code)s…” is too long or holds signs that cannot be shown.")
            % {"code": wrong[:20]}
        )
    with transaction.atomic():
        Survey.objects.select_for_update().get(pk=survey.pk)
        listed = set(survey.reward_codes.values_list("code", flat=True))
        new = [RewardCode(survey=survey, code=code) for code in codes if code not in listed]
        RewardCode.objects.bulk_create(new, batch_size=1000)
        survey.gives_reward_codes = True
        survey.save(update_fields=["gives_reward_codes"])
    return len(new)


def remove_free_codes(*, survey):
    """Remove the codes that nobody has and give no more; returns how many were removed."""
    with transaction.atomic():
        survey.gives_reward_codes = False
        survey.save(update_fields=["gives_reward_codes"])
        number, _rows = survey.reward_codes.filter(claim__isnull=True).delete()
    return number


def _claim(claimant, key):
    number = getattr(claimant, "pk", claimant)
    return salted_hmac("reward code", str(number), secret=key, algorithm="sha256").hexdigest()
