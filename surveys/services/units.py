"""Building and rearranging the tree of units, keeping every placement that ever was."""

from django.db import transaction

from surveys.models import Unit, UnitPlacement


def add_unit(*, code, name, parent=None):
    """Add a unit below `parent`, or at the top."""
    with transaction.atomic():
        if parent is None:
            unit = Unit.objects.add_root({"code": code, "name": name})
        else:
            above = Unit.objects.get(pk=parent.pk)
            unit = Unit.objects.add_child(above, {"code": code, "name": name})
        _place(unit)
    return unit


def rename_unit(*, unit, name):
    """Give a unit another name, and its place among its neighbours."""
    with transaction.atomic():
        unit = Unit.objects.get(pk=unit.pk)
        unit.name = name
        unit.full_clean()
        unit.save(update_fields=["name"])
        _move(unit, Unit.objects.get_parent(unit))
    return Unit.objects.get(pk=unit.pk)


def move_unit(*, unit, parent):
    """Move a unit and all below it under another one, or to the top; old answers stay put."""
    with transaction.atomic():
        _move(unit, parent)
        for member in Unit.objects.get_tree(Unit.objects.get(pk=unit.pk)):
            _place(member)
    return Unit.objects.get(pk=unit.pk)


def set_active(*, unit, is_active):
    """Open or close a unit; its customers, answers and figures stay where they are."""
    Unit.objects.filter(pk=unit.pk).update(is_active=is_active)
    unit.is_active = is_active
    return unit


def lineage_of(unit):
    """Ids of all units from the root down to this one, such as ``/1/7/23/``."""
    ids = [*Unit.objects.get_ancestors(unit).values_list("pk", flat=True), unit.pk]
    return "/" + "/".join(map(str, ids)) + "/"


def _move(unit, parent):
    if parent is None:
        Unit.objects.move(unit, Unit.objects.get_first_root_node(), "sorted-sibling")
    else:
        Unit.objects.move(unit, parent, "sorted-child")


def _place(unit):
    unit.placement, _created = UnitPlacement.objects.get_or_create(
        unit=unit, lineage=lineage_of(unit)
    )
    unit.save(update_fields=["placement"])
