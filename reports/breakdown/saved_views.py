"""Keeping and forgetting views of a breakdown."""

from reports.models import SavedView

CHOICES = (
    "measure",
    "by",
    "and_by",
    "sort",
    "unit",
    "period",
    "segment",
    "language",
    "channel",
)


def save_view(*, survey, owner, name, query, role="", unit=None):
    """Keep what an address chooses; a view of the same name is replaced."""
    chosen = query.copy()
    for key in list(chosen):
        if key not in CHOICES or not chosen[key]:
            del chosen[key]
    view, _created = SavedView.objects.update_or_create(
        survey=survey,
        owner=owner,
        name=name.strip(),
        defaults={"query": chosen.urlencode()[:1000], "role": role, "unit": unit},
    )
    return view


def forget_view(view):
    """Remove a view; the figures are not touched."""
    view.delete()
