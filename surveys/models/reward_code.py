"""Rewards for answering: codes from a list that staff brought, each given once."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .survey import Survey


class RewardCode(models.Model):
    """A single-use code, free or given to whoever sent one response.

    It has no key to the response: whoever uses the code tells who they are, and
    the answers must not follow. `claim` is a keyed hash of the submission id, so
    that the thank-you page finds the code again and a copy of the database alone
    does not join the two.
    """

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="reward_codes")
    code = models.CharField(_("code"), max_length=100)
    claim = models.CharField(max_length=64, unique=True, null=True, blank=True)
    given_on = models.DateField(null=True, editable=False)

    class Meta:
        indexes = [
            models.Index(
                name="free_reward_code_idx", fields=["survey"], condition=Q(claim__isnull=True)
            )
        ]
        constraints = [
            models.UniqueConstraint(name="a_code_is_listed_once", fields=["survey", "code"]),
            models.CheckConstraint(
                name="a_given_code_has_a_day_and_a_claim",
                condition=Q(claim__isnull=True, given_on__isnull=True)
                | Q(claim__isnull=False, given_on__isnull=False),
            ),
        ]

    def __str__(self):
        return self.code
