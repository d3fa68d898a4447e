"""Counting the reward codes of a survey."""

from dataclasses import dataclass

from django.db.models import Count

FEW = 10


@dataclass(frozen=True, slots=True)
class RewardCounts:
    """How many codes were given, and how many are left."""

    given: int
    left: int
    is_on: bool

    @property
    def are_gone(self):
        """Whether customers are promised a code and get none."""
        return self.is_on and self.left == 0

    @property
    def are_few(self):
        """Whether it is time to bring in more."""
        return self.is_on and 0 < self.left < FEW


def reward_counts(survey):
    """The counts of one survey, in one query."""
    found = survey.reward_codes.aggregate(listed=Count("pk"), given=Count("claim"))
    return RewardCounts(
        given=found["given"],
        left=found["listed"] - found["given"],
        is_on=survey.gives_reward_codes,
    )
