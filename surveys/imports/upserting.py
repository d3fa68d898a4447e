"""Telling new rows from changed and unchanged ones, and staging the first two."""


def stage_by_external_id(model, rows, columns, outcome, staging):
    """Insert or update rows by their external id; `columns` are the attributes in the file.

    Gives the new and the changed instances, each as pairs with what was stored before
    (None for a new one).
    """
    stored = stored_by_external_id(model, [row.values["external_id"] for row in rows])
    new, changed = [], []
    for row in rows:
        before = stored.get(row.values["external_id"])
        if before is None:
            new.append(model(**row.values))
        elif any(getattr(before, name) != row.values[name] for name in columns):
            changed.append(model(pk=before.pk, **row.values))
        else:
            outcome.unchanged += 1
    outcome.new += len(new)
    outcome.changed += len(changed)
    staging.insert(new)
    staging.update(changed, [name.removesuffix("_id") for name in columns])
    return new, [(stored[instance.external_id], instance) for instance in changed]


def stored_by_external_id(model, numbers):
    """The stored instances of these numbers, by number."""
    return {
        instance.external_id: instance for instance in model.objects.filter(external_id__in=numbers)
    }
