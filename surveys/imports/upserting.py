"""Telling new rows from changed and unchanged ones, and writing the first two."""


def store_by_external_id(model, rows, columns, outcome):
    """Insert or update rows by their external id; `columns` are the attributes in the file."""
    stored = {
        instance.external_id: instance
        for instance in model.objects.filter(
            external_id__in=[row.values["external_id"] for row in rows]
        )
    }
    to_write = []
    for row in rows:
        instance = stored.get(row.values["external_id"])
        if instance is None:
            outcome.new += 1
            to_write.append(model(**row.values))
        elif any(getattr(instance, name) != row.values[name] for name in columns):
            outcome.changed += 1
            for name in columns:
                setattr(instance, name, row.values[name])
            to_write.append(instance)
        else:
            outcome.unchanged += 1
    if not to_write:
        return
    for instance in to_write:
        instance.pk = None
    if columns:
        model.objects.bulk_create(
            to_write,
            update_conflicts=True,
            unique_fields=["external_id"],
            update_fields=[name.removesuffix("_id") for name in columns],
        )
    else:
        model.objects.bulk_create(to_write, ignore_conflicts=True)
