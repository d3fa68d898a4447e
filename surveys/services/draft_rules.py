"""Saying when a question or a section of a draft is shown."""

from surveys.rules.document import checked_rule

from .drafts import editing


def change_rule(*, version, revision, part, rule):
    """Give a question or a section of a draft another rule; `{}` shows it always."""
    rule = checked_rule(rule)
    with editing(version, revision):
        part.rule = rule
        part.save(update_fields=["rule"])
    return part
