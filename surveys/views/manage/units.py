"""Staff pages for the tree of units: adding, naming, moving, closing."""

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from surveys.customer_permissions import unit_to_change_for, units_to_change_for
from surveys.forms.units import UnitChangeForm, UnitForm
from surveys.models import Unit
from surveys.services.units import add_unit, move_unit, rename_unit, set_active
from surveys.views.staff import staff_page


@staff_page("GET", "POST")
def unit_tree(request):
    """The whole tree, and a form for one more unit."""
    units = units_to_change_for(request.user)
    form = UnitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        add_unit(**form.cleaned_data)
        messages.success(request, _("The unit is added."))
        return redirect("surveys:unit_tree")
    counted = units.annotate(customer_count=Count("customers"))
    return render(
        request, "surveys/manage/customers/unit_tree.html", {"units": counted, "form": form}
    )


@staff_page("GET", "POST")
def unit_edit(request, pk):
    """Name and place of a unit."""
    unit = unit_to_change_for(request.user, pk)
    form = UnitChangeForm(request.POST or None, unit=unit)
    if request.method == "POST" and form.is_valid():
        _change(unit, **form.cleaned_data)
        messages.success(request, _("The unit is saved."))
        return redirect("surveys:unit_tree")
    return render(request, "surveys/manage/customers/unit_form.html", {"unit": unit, "form": form})


@staff_page("POST")
def unit_use(request, pk):
    """Close a unit, or open it again."""
    unit = unit_to_change_for(request.user, pk)
    is_active = request.POST.get("use") == "yes"
    set_active(unit=unit, is_active=is_active)
    if is_active:
        messages.success(request, _("The unit is open again."))
    else:
        messages.success(
            request, _("The unit is closed: nothing new is asked for it, and nothing is lost.")
        )
    return redirect("surveys:unit_tree")


def _change(unit, *, name, parent):
    if name != unit.name:
        unit = rename_unit(unit=unit, name=name)
    if parent != Unit.objects.get_parent(unit):
        move_unit(unit=unit, parent=parent)
