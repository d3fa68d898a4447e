"""A link that anybody may answer by: on a poster, a receipt, a page."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from surveys.enums import Channel

from .survey import Survey


class PublicLink(models.Model):
    """An address under /s/, with where and how it is offered."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="public_links")
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=100)
    unit = models.ForeignKey(
        "surveys.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="public_links"
    )
    touchpoint = models.CharField(_("touchpoint"), max_length=100, blank=True)
    channel = models.CharField(
        _("channel"), max_length=20, choices=Channel.choices, default=Channel.LINK
    )
    is_test = models.BooleanField(
        _("for testing"), default=False, help_text="Its answers never reach a result."
    )
    is_active = models.BooleanField(_("open"), default=True)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    maximum_answers = models.PositiveIntegerField(
        _("most answers"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text="Empty = any number; counted afresh for each answer, so nothing can drift.",
    )
    is_kiosk = models.BooleanField(
        _("on a shared device"),
        default=False,
        help_text="The next person never sees what the last one answered.",
    )
    embed_hosts = models.JSONField(
        _("pages that show it"),
        default=list,
        blank=True,
        help_text="Origins of other web sites that may show this link in a frame.",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["survey", "name"]
        constraints = [
            models.CheckConstraint(
                name="a_link_closes_after_it_opens",
                condition=Q(opens_at__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(closes_at__gt=F("opens_at")),
            ),
            models.CheckConstraint(
                name="a_link_takes_at_least_one_answer",
                condition=Q(maximum_answers__isnull=True) | Q(maximum_answers__gte=1),
            ),
        ]

    def __str__(self):
        return self.name
