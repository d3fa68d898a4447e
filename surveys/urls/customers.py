"""Addresses of the staff pages for customers, what describes them and what protects them."""

from django.urls import path

from surveys.views.manage import (
    accounts,
    customer_filters,
    customer_lists,
    customers,
    merging,
    panels,
    privacy,
    staff,
    units,
)

CUSTOMER = "manage/customers/<int:pk>/"
LISTS = "manage/customers/lists/"
FILTERS = "manage/customers/filters/"
PANELS = "manage/customers/panels/"
UNITS = "manage/customers/units/"
ACCOUNTS = "manage/customers/accounts/"
STAFF = "manage/staff/"

urlpatterns = [
    path("manage/customers.csv", customers.customer_list_file, name="customer_list_file"),
    path("manage/customers/add/", customers.customer_add, name="add_customer"),
    path(CUSTOMER + "edit/", customers.customer_edit, name="customer_edit"),
    path(CUSTOMER + "opt-out/", customers.customer_opt_out, name="customer_opt_out"),
    path(CUSTOMER + "opt-in/", customers.customer_opt_in, name="customer_opt_in"),
    path(LISTS + "load-stages/", customer_lists.stages_load, name="stages_load"),
    path(
        LISTS + "values/<int:pk>/",
        customer_lists.attribute_choice_edit,
        name="attribute_choice_edit",
    ),
    path(
        LISTS + "values/<int:pk>/remove/",
        customer_lists.attribute_choice_remove,
        name="attribute_choice_remove",
    ),
    path(
        LISTS + "attributes/<int:pk>/values/",
        customer_lists.attribute_choice_add,
        name="attribute_choice_add",
    ),
    path(LISTS + "<slug:name>/", customer_lists.customer_lists_page, name="customer_lists"),
    path(
        LISTS + "<slug:name>/<int:pk>/",
        customer_lists.list_entry_edit,
        name="list_entry_edit",
    ),
    path(
        LISTS + "<slug:name>/<int:pk>/move/",
        customer_lists.list_entry_move,
        name="list_entry_move",
    ),
    path(
        LISTS + "<slug:name>/<int:pk>/use/",
        customer_lists.list_entry_use,
        name="list_entry_use",
    ),
    path(
        LISTS + "<slug:name>/<int:pk>/remove/",
        customer_lists.list_entry_remove,
        name="list_entry_remove",
    ),
    path(CUSTOMER + "file/", privacy.customer_file, name="customer_file"),
    path(CUSTOMER + "erase/", privacy.customer_erase, name="customer_erase"),
    path(CUSTOMER + "merge/", merging.customer_merge, name="customer_merge"),
    path(
        CUSTOMER + "merge/<int:other>/",
        merging.customer_merge_with,
        name="customer_merge_with",
    ),
    path("manage/customers/duplicates/", merging.duplicate_list, name="duplicate_list"),
    path("manage/customers/retention/", privacy.retention, name="retention"),
    path("manage/customers/access/", privacy.access_log, name="access_log"),
    path(FILTERS, customer_filters.customer_filter_list, name="customer_filter_list"),
    path(FILTERS + "add/", customer_filters.customer_filter_add, name="customer_filter_add"),
    path(
        FILTERS + "<int:pk>/",
        customer_filters.customer_filter_edit,
        name="customer_filter_edit",
    ),
    path(
        FILTERS + "<int:pk>/remove/",
        customer_filters.customer_filter_remove,
        name="customer_filter_remove",
    ),
    path(PANELS, panels.panel_list, name="panel_list"),
    path(PANELS + "<int:pk>/", panels.panel_detail, name="panel_detail"),
    path(PANELS + "<int:pk>/edit/", panels.panel_edit, name="panel_edit"),
    path(PANELS + "<int:pk>/paste/", panels.panel_add_pasted, name="panel_add_pasted"),
    path(
        PANELS + "<int:pk>/add-by-filter/",
        panels.panel_add_by_filter,
        name="panel_add_by_filter",
    ),
    path(PANELS + "<int:pk>/archive/", panels.panel_archive, name="panel_archive"),
    path(
        PANELS + "<int:pk>/remove/<int:customer>/",
        panels.panel_remove_customer,
        name="panel_remove_customer",
    ),
    path(UNITS, units.unit_tree, name="unit_tree"),
    path(UNITS + "<int:pk>/", units.unit_edit, name="unit_edit"),
    path(UNITS + "<int:pk>/use/", units.unit_use, name="unit_use"),
    path(ACCOUNTS, accounts.account_list, name="account_list"),
    path(ACCOUNTS + "<int:pk>/", accounts.account_page, name="account_page"),
    path(STAFF, staff.staff_list, name="staff_list"),
    path(STAFF + "<int:pk>/close/", staff.staff_deactivate, name="staff_deactivate"),
    path(STAFF + "<int:pk>/open/", staff.staff_activate, name="staff_activate"),
]
