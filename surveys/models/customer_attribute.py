"""What an organisation knows of its customers beside what every organisation knows."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from surveys.enums import AttributeKind
from surveys.texts import validate_texts

from .customer import ReadyList


class CustomerAttribute(ReadyList):
    """A typed field that staff defined; its values stand in `Customer.attributes` by its code."""

    kind = models.CharField(_("kind"), max_length=10, choices=AttributeKind.choices)
    grouping = models.CharField(
        _("groups of its values"),
        max_length=200,
        blank=True,
        default="",
        help_text="Edges of a number, year or month of a day, each of a text; empty for none.",
    )

    class Meta(ReadyList.Meta):
        constraints = [
            models.CheckConstraint(
                name="attribute_kind_is_known", condition=Q(kind__in=AttributeKind.values)
            )
        ]


class AttributeChoice(models.Model):
    """One value that an attribute of choices can have."""

    attribute = models.ForeignKey(
        CustomerAttribute, on_delete=models.CASCADE, related_name="choices"
    )
    code = models.SlugField(_("code"), max_length=60)
    name = models.JSONField(_("name"), validators=[validate_texts])
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]
        constraints = [
            models.UniqueConstraint(
                name="a_choice_is_listed_once_per_attribute", fields=["attribute", "code"]
            )
        ]

    def __str__(self):
        return self.code
