"""What customers did after they answered, kept ready for surveys with very many answers."""

from django.db import models


class FollowUp(models.Model):
    """Every answer of a survey with what its customer did later, as it was at one time.

    `cells` knows of each customer only which answers are theirs, not who they are.
    """

    survey = models.OneToOneField(
        "surveys.Survey", on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    due_at = models.DateTimeField(null=True, blank=True)
    as_of = models.DateTimeField(null=True, blank=True)
    cutoff = models.DateTimeField(
        null=True, blank=True, help_text="Time of the last event that shows loyalty."
    )
    answers_state = models.CharField(max_length=64, blank=True)
    cells = models.BinaryField(default=bytes)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_follow_up_says_as_of_when",
                condition=models.Q(cells=b"") | models.Q(as_of__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.survey} as of {self.as_of}"
