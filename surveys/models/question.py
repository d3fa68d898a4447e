"""What a version asks: sections, questions, choices, dimensions. Choices are rows."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from surveys.enums import (
    ROLES_ASKED_ONCE,
    ROLES_WITH_EXPECTATION,
    ChoiceKind,
    ExpectationLevel,
    MeasureRole,
    QuestionType,
)
from surveys.texts import text_in, validate_texts

from .survey import SurveyVersion

key_validator = RegexValidator(
    r"^[a-z][a-z0-9_]{0,39}$",
    _("A key begins with a letter and holds small letters, digits and underscores."),
)


def type_choices():
    """The types that questions can have; a callable, so that a new one needs no migration."""
    return QuestionType.choices


class Dimension(models.Model):
    """A named group of questions that are scored together."""

    version = models.ForeignKey(SurveyVersion, on_delete=models.CASCADE, related_name="dimensions")
    key = models.CharField(max_length=40, validators=[key_validator])
    name = models.JSONField(_("name"), validators=[validate_texts])
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(name="dimension_keys_are_unique", fields=["version", "key"])
        ]

    def __str__(self):
        return self.key


class Section(models.Model):
    """Questions that belong together, usually one page."""

    version = models.ForeignKey(SurveyVersion, on_delete=models.CASCADE, related_name="sections")
    title = models.JSONField(_("title"), default=dict, blank=True, validators=[validate_texts])
    rule = models.JSONField(
        _("shown if"), default=dict, blank=True, help_text="See surveys/rules/README.md."
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self):
        return text_in(self.title, "en")


class Question(models.Model):
    """One thing asked; `key` is its identity over all versions."""

    version = models.ForeignKey(SurveyVersion, on_delete=models.CASCADE, related_name="questions")
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="questions")
    key = models.CharField(_("key"), max_length=40, validators=[key_validator])
    type = models.CharField(_("type"), max_length=20, choices=type_choices)
    text = models.JSONField(_("question"), validators=[validate_texts])
    hint = models.JSONField(_("hint"), default=dict, blank=True, validators=[validate_texts])
    is_required = models.BooleanField(_("must be answered"), default=False)
    role = models.CharField(
        _("measure"),
        max_length=20,
        choices=MeasureRole.choices,
        default=MeasureRole.NONE,
        blank=True,
    )
    dimension = models.ForeignKey(
        Dimension, on_delete=models.SET_NULL, null=True, blank=True, related_name="questions"
    )
    expectation = models.CharField(
        _("expectation"),
        max_length=10,
        choices=ExpectationLevel.choices,
        default=ExpectationLevel.NONE,
        blank=True,
        help_text="For an attribute: whether it is taken for granted, or delights.",
    )
    loyal_from = models.SmallIntegerField(
        _("loyal from"),
        null=True,
        blank=True,
        help_text=_("For repurchase intention: the lowest point that counts as loyal."),
    )
    rule = models.JSONField(
        _("shown if"), default=dict, blank=True, help_text="See surveys/rules/README.md."
    )
    settings = models.JSONField(
        default=dict, blank=True, help_text="What only this type of question has; see the type."
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["section__position", "section_id", "position", "id"]
        constraints = [
            models.UniqueConstraint(name="question_keys_are_unique", fields=["version", "key"]),
            models.UniqueConstraint(
                name="each_leading_measure_is_asked_once",
                fields=["version", "role"],
                condition=Q(role__in=[role.value for role in ROLES_ASKED_ONCE]),
            ),
            models.CheckConstraint(
                name="loyal_from_belongs_to_repurchase",
                condition=Q(loyal_from__isnull=True) | Q(role=MeasureRole.REPURCHASE),
            ),
            models.CheckConstraint(
                name="expectation_belongs_to_items",
                condition=Q(expectation=ExpectationLevel.NONE)
                | Q(
                    role__in=[role.value for role in ROLES_WITH_EXPECTATION],
                    expectation__in=[ExpectationLevel.BASIC.value, ExpectationLevel.LATENT.value],
                ),
            ),
        ]

    def __str__(self):
        return self.key


class Choice(models.Model):
    """One possible answer: a point of a scale, an option, or "does not apply"."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="choices")
    code = models.CharField(max_length=40)
    label = models.JSONField(_("label"), validators=[validate_texts])
    kind = models.CharField(max_length=20, choices=ChoiceKind.choices, default=ChoiceKind.SCORED)
    value = models.SmallIntegerField(_("value"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(name="choice_codes_are_unique", fields=["question", "code"]),
            models.CheckConstraint(
                name="only_answers_have_a_value",
                condition=Q(kind=ChoiceKind.SCORED) | Q(value__isnull=True),
            ),
        ]

    def __str__(self):
        return self.code
