"""A selection written down, so that a worker can count the same answers later."""

import hashlib
import json
from dataclasses import fields
from datetime import date

from django.apps import apps
from django.db.models import Count, Max, Model, QuerySet

from reports.dataset import Selection, keys_of
from surveys.enums import VersionState
from surveys.models import ExclusionDecision, UnitPlacement


def scope_of(selection):
    """Everything that narrows a selection, as JSON; what narrows nothing is left out.

    What the reader may see besides changes no count.
    """
    narrowed = {
        field.name: getattr(selection, field.name)
        for field in fields(selection)
        if field.name not in ("survey", "visible")
    }
    return {
        name: _written(value) for name, value in narrowed.items() if value not in (None, False, "")
    }


def selection_of(survey, scope):
    """The selection that was written down."""
    return Selection(survey, **{name: _read(value) for name, value in scope.items()})


def digest_of(document):
    """A short name for a JSON document, the same for the same content."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def data_state(selection):
    """Changes whenever the answers of a selection do: a new one, one left out, a new version."""
    survey = selection.survey
    counted = selection.rows().aggregate(
        n=Count("pk"), day=Max("submitted_on"), moment=Max("submitted_at")
    )
    decisions = ExclusionDecision.objects.filter(response__survey=survey)
    versions = survey.versions.exclude(state=VersionState.DRAFT)
    return digest_of(
        [
            counted["n"],
            str(counted["day"]),
            str(counted["moment"]),
            decisions.aggregate(last=Max("pk"))["last"],
            versions.aggregate(last=Max("pk"))["last"],
        ]
    )


def _written(value):
    if isinstance(value, QuerySet):
        return {"placements": sorted(keys_of(value))}
    if isinstance(value, Model):
        return {"model": value._meta.label, "pk": value.pk}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if isinstance(value, tuple):
        return {"items": [_written(item) for item in value]}
    return value


def _read(value):
    if not isinstance(value, dict):
        return value
    if "placements" in value:
        return UnitPlacement.objects.filter(pk__in=value["placements"])
    if "model" in value:
        return apps.get_model(value["model"]).objects.get(pk=value["pk"])
    if "day" in value:
        return date.fromisoformat(value["day"])
    return tuple(_read(item) for item in value["items"])
