"""Three ready lists of stages of a customer's life; codes that they share mean the same stage."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class StageSet:
    """A list that can be loaded: code, and its name in each language."""

    label: str
    stages: tuple


PROSPECT = ("prospect", "Prospect", "潜在期", "潛在期")
CONTACT = ("contact", "Contact", "接触期", "接觸期")
DEVELOPMENT = ("development", "Development", "开发期", "開發期")
EXPANSION = ("expansion", "Expansion", "发展期", "發展期")
GROWTH = ("growth", "Growth", "成长期", "成長期")
MATURITY = ("maturity", "Maturity", "成熟期", "成熟期")
MAINTENANCE = ("maintenance", "Maintenance", "维护期", "維護期")
CONVERSION = ("conversion", "Conversion", "转换期", "轉換期")
DECLINE = ("decline", "Decline", "衰退期", "衰退期")
ENDING = ("ending", "Ending", "终止期", "終止期")

STAGE_SETS = {
    "six": StageSet(
        _("Six: prospect, development, growth, maturity, decline, ending"),
        (PROSPECT, DEVELOPMENT, GROWTH, MATURITY, DECLINE, ENDING),
    ),
    "three": StageSet(
        _("Three: development, maintenance, conversion"), (DEVELOPMENT, MAINTENANCE, CONVERSION)
    ),
    "five": StageSet(
        _("Five: contact, expansion, maintenance, decline, ending"),
        (CONTACT, EXPANSION, MAINTENANCE, DECLINE, ENDING),
    ),
}
