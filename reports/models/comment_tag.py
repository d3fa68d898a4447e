"""Tags that staff give to comments, and what one would need to take the last step back."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class CommentTag(models.Model):
    """A word by which comments of one survey are found again."""

    survey = models.ForeignKey(
        "surveys.Survey", on_delete=models.CASCADE, related_name="comment_tags"
    )
    name = models.CharField(_("tag"), max_length=60)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                "survey", Lower("name"), name="a_tag_has_its_name_once_in_a_survey"
            ),
            models.CheckConstraint(name="a_tag_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self):
        return self.name


class TaggedComment(models.Model):
    """One comment, which is an entry in the answers of a response, under one tag."""

    tag = models.ForeignKey(CommentTag, on_delete=models.CASCADE, related_name="comments")
    response = models.ForeignKey("surveys.Response", on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=130, help_text="Key of the entry in the answers.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_comment_has_a_tag_once", fields=["tag", "response", "key"]
            )
        ]

    def __str__(self):
        return f"{self.tag_id} {self.response_id} {self.key}"


class LastTagging(models.Model):
    """What somebody did last to the tags of a survey, so that it can be undone."""

    survey = models.ForeignKey("surveys.Survey", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    tag_name = models.CharField(max_length=60)
    is_removal = models.BooleanField()
    comments = models.JSONField(help_text="Response ids by the key of the entry.")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_step_back_each", fields=["survey", "user"])
        ]

    def __str__(self):
        return self.tag_name
