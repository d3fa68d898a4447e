"""Looking for signs of careless or false answering: flags for people to look at.

How fast is too fast, and what a straight line is, comes from
`scoring.quality_flags`; which answers are compared stands here. A worker looks
at each answer once. The rules use no time that the response does not hold
itself, so an anonymous answer is judged by its day and by the step of its
duration alone.
"""

from django.db import transaction
from django.utils import timezone

from scoring.quality_flags import QualitySignal, response_quality
from surveys.enums import FlagKind, QuestionType
from surveys.models import Response, ResponseFlag, User
from surveys.questionnaire import frozen_questionnaire
from surveys.repetitions import Sent, repeated

RULE_VERSION = 1
FEWEST_FOR_A_MEDIAN = 20  # known durations; with fewer only the seconds per item count
MOST_COMPARED = 2_000  # latest answers whose durations make the median
MOST_AT_ONCE = 500
LONG_TEXT = 15  # characters that nobody else writes by chance
SIGNALS = {
    QualitySignal.SPEED: FlagKind.TOO_FAST,
    QualitySignal.STRAIGHT_LINE: FlagKind.STRAIGHT_LINE,
}


def examine_next_responses():
    """Look at some answers that nobody looked at yet; False when there are none. Safe to repeat."""
    waiting = Response.objects.filter(examined_by_rule=0)
    version_id = waiting.values_list("version_id", flat=True).first()
    if version_id is None:
        return False
    batch = list(
        waiting.filter(version=version_id).select_related("customer").order_by("pk")[:MOST_AT_ONCE]
    )
    found = {
        *_careless(frozen_questionnaire(version_id), batch),
        *_repeated(frozen_questionnaire(version_id), batch),
        *_by_staff(batch),
    }
    with transaction.atomic():
        ResponseFlag.objects.bulk_create(
            [_flag(response_id, kind) for response_id, kind in sorted(found)],
            ignore_conflicts=True,
        )
        waiting.filter(pk__in=[response.pk for response in batch]).update(
            examined_by_rule=RULE_VERSION
        )
    return True


def examine_again(*, survey):
    """Let every answer of a survey be looked at anew, beside all that are known now."""
    with transaction.atomic():
        ResponseFlag.objects.filter(response__survey=survey).exclude(kind=FlagKind.STAFF).delete()
        Response.objects.filter(survey=survey).update(examined_by_rule=0)


def flag_as_sent_by_staff(response):
    """Note that an answer came from a browser in which staff are signed in."""
    _flag(response.pk, FlagKind.STAFF).save(force_insert=True)


def _flag(response_id, kind):
    return ResponseFlag(
        response_id=response_id,
        kind=kind,
        rule_version=RULE_VERSION,
        flagged_on=timezone.now().date(),
    )


def _careless(questionnaire, batch):
    """Too fast for the number of questions, or all ratings of one scale the same."""
    compared = list(
        Response.objects.filter(
            survey=questionnaire.survey_id,
            version=questionnaire.version_id,
            seconds__isnull=False,
            examined_by_rule__gt=0,
        )
        .order_by("-submitted_on")
        .values_list("seconds", flat=True)[:MOST_COMPARED]
    )
    seconds = [response.seconds for response in batch] + compared
    closed = [item.key for item in questionnaire.items if item.choices]
    asked = [[None for key in closed if key in response.answers] for response in batch]
    has_median = sum(time is not None for time in seconds) >= FEWEST_FOR_A_MEDIAN
    speed = response_quality(
        [*asked, *([] for _time in compared)],
        seconds=seconds,
        **({} if has_median else {"fraction_of_median": 0}),
    )
    grid = _largest_grid(questionnaire)
    lines = response_quality([_ratings(grid, response.answers) for response in batch])
    for response, fast, line in zip(batch, speed.rows, lines.rows, strict=False):
        for signal in (*fast.signals, *line.signals):
            yield response.pk, SIGNALS[signal]


def _largest_grid(questionnaire):
    """The most ratings that share one scale, rows of a matrix too, with the value of each code."""
    grids = {}
    for item in questionnaire.items:
        if item.type == QuestionType.RATING:
            codes = {choice.code: choice.value for choice in item.scored_choices}
            grids.setdefault(item.values, {})[item.key] = codes
    return max(grids.values(), key=len, default={})


def _ratings(grid, answers):
    return [codes.get(answers[key]) for key, codes in grid.items() if key in answers]


def _repeated(questionnaire, batch):
    """Equal answers again and again by one public link, or many by it within a minute."""
    written = [item.key for item in questionnaire.items if not item.choices]
    speaking = {
        response.fingerprint
        for response in batch
        if any(len(str(response.answers.get(key) or "")) >= LONG_TEXT for key in written)
    }
    peers = Response.objects.filter(
        survey=questionnaire.survey_id,
        submitted_on__in={response.submitted_on for response in batch},
        public_link__in={response.public_link_id for response in batch} - {None},
    )
    columns = ("pk", "public_link_id", "submitted_on", "submitted_at", "fingerprint")
    sent = [Sent(*row) for row in peers.values_list(*columns)]
    for response_id in repeated(sent, speaking=speaking):
        yield response_id, FlagKind.DUPLICATE


def _by_staff(batch):
    """Answers of customers who are staff by their address."""
    written = {
        response.pk: response.customer.email.lower() for response in batch if response.customer
    }
    staff = {email.lower() for email in User.objects.values_list("email", flat=True)} - {""}
    for response_id, address in written.items():
        if address in staff:
            yield response_id, FlagKind.STAFF
