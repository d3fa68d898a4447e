"""Accounts of several people: each answer counted alike, and each account counted alike.

In both, the account is what was drawn: people of one account are no independent
witnesses, so the intervals rest on how the accounts differ.
"""

from dataclasses import dataclass

from django.conf import settings

from reports.dataset import account_answers, scale_of
from scoring.results import Estimate
from scoring.weight_types import SurveyWeights
from scoring.weighted_means import weighted_mean

from .value import on_one_scale


@dataclass(frozen=True, slots=True)
class BothWeightings:
    """One figure, with the weight on the answers and with the weight on the accounts."""

    key: str
    by_answer: Estimate
    by_account: Estimate


@dataclass(frozen=True, slots=True)
class AccountsResult:
    """Satisfaction of accounts; no figures where too few accounts answered."""

    accounts: int = 0
    answers: int = 0
    most: int = 0
    figures: tuple[BothWeightings, ...] = ()
    best: int | None = None


def accounts_result(selection, questionnaires, *, may_show=True):
    """Both weightings, where some account gave more than one answer; else they are the same."""
    asked = on_one_scale(questionnaires)
    if not asked or not may_show or selection.survey.is_anonymous:
        return AccountsResult()
    scale = scale_of(asked[0].overall)
    found = account_answers(selection, asked, scale)
    sizes = [one.answers for one in found]
    if len(found) < settings.MINIMUM_BASE or max(sizes) < 2:
        return AccountsResult(accounts=len(found), answers=sum(sizes))
    return AccountsResult(
        accounts=len(found),
        answers=sum(sizes),
        most=max(sizes),
        figures=(
            _both_ways("top_box", [one.best / one.answers for one in found], sizes),
            _both_ways("mean", [one.total / one.answers for one in found], sizes),
        ),
        best=scale.best,
    )


def _both_ways(key, values, sizes):
    return BothWeightings(
        key,
        by_answer=weighted_mean(values, SurveyWeights([float(size) for size in sizes])).estimate,
        by_account=weighted_mean(values, SurveyWeights([1.0] * len(values))).estimate,
    )
