"""What the people of accounts said, an account a row."""

from dataclasses import dataclass

from django.db.models import Count, Q, Sum


@dataclass(frozen=True, slots=True)
class AccountAnswers:
    """The rated answers of one account: how many, their sum, how many gave the best score."""

    answers: int
    total: int
    best: int


def account_answers(selection, questionnaires, scale):
    """The accounts of a selection, as they were when answering, by one grouped query.

    `questionnaires` ask for overall satisfaction on `scale`.
    """
    rows = selection.rows().filter(
        account__isnull=False,
        satisfaction__isnull=False,
        version__in=[one.version_id for one in questionnaires],
    )
    counted = (
        rows.order_by()
        .values_list("account")
        .annotate(
            answers=Count("pk"),
            total=Sum("satisfaction"),
            best=Count("pk", filter=Q(satisfaction=scale.best)),
        )
    )
    return [AccountAnswers(*counts) for _account, *counts in counted.order_by("account")]
