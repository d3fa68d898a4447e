"""Addresses of the staff pages for customers, what describes them and what protects them."""

from django.urls import path

from surveys.views import (
    manage_accounts,
    manage_customer_filters,
    manage_customer_lists,
    manage_customers,
    manage_merging,
    manage_panels,
    manage_privacy,
    manage_staff,
    manage_units,
)

CUSTOMER = "manage/customers/<int:pk>/"
LISTS = "manage/customers/lists/"
FILTERS = "manage/customers/filters/"
PANELS = "manage/customers/panels/"
UNITS = "manage/customers/units/"
ACCOUNTS = "manage/customers/accounts/"
STAFF = "manage/staff/"

urlpatterns = [
    path("manage/customers.csv", manage_customers.customer_list_file, name="customer_list_file"),
    path("manage/customers/add/", manage_customers.customer_add, name="add_customer"),
    path(CUSTOMER + "edit/", manage_customers.customer_edit, name="customer_edit"),
    path(CUSTOMER + "opt-out/", manage_customers.customer_opt_out, name="customer_opt_out"),
    path(CUSTOMER + "opt-in/", manage_customers.customer_opt_in, name="customer_opt_in"),
    path(LISTS + "load-stages/", manage_customer_lists.stages_load, name="stages_load"),
    path(
        LISTS + "values/<int:pk>/",
        manage_customer_lists.attribute_choice_edit,
        name="attribute_choice_edit",
    ),
    path(
        LISTS + "values/<int:pk>/remove/",
        manage_customer_lists.attribute_choice_remove,
        name="attribute_choice_remove",
    ),
    path(
        LISTS + "attributes/<int:pk>/values/",
        manage_customer_lists.attribute_choice_add,
        name="attribute_choice_add",
    ),
    path(LISTS + "<slug:name>/", manage_customer_lists.customer_lists_page, name="customer_lists"),
    path(
        LISTS + "<slug:name>/<int:pk>/",
        manage_customer_lists.list_entry_edit,
        name="list_entry_edit",
    ),
    path(
        LISTS + "<slug:name>/<int:pk>/move/",
        manage_customer_lists.list_entry_move,
        name="list_entry_move",
    ),
    path(
        LISTS + "<slug:name>/<int:pk>/use/",
        manage_customer_lists.list_entry_use,
        name="list_entry_use",
    ),
    path(
        LISTS + "<slug:name>/<int:pk>/remove/",
        manage_customer_lists.list_entry_remove,
        name="list_entry_remove",
    ),
    path(CUSTOMER + "file/", manage_privacy.customer_file, name="customer_file"),
    path(CUSTOMER + "erase/", manage_privacy.customer_erase, name="customer_erase"),
    path(CUSTOMER + "merge/", manage_merging.customer_merge, name="customer_merge"),
    path(
        CUSTOMER + "merge/<int:other>/",
        manage_merging.customer_merge_with,
        name="customer_merge_with",
    ),
    path("manage/customers/duplicates/", manage_merging.duplicate_list, name="duplicate_list"),
    path("manage/customers/retention/", manage_privacy.retention, name="retention"),
    path("manage/customers/access/", manage_privacy.access_log, name="access_log"),
    path(FILTERS, manage_customer_filters.customer_filter_list, name="customer_filter_list"),
    path(FILTERS + "add/", manage_customer_filters.customer_filter_add, name="customer_filter_add"),
    path(
        FILTERS + "<int:pk>/",
        manage_customer_filters.customer_filter_edit,
        name="customer_filter_edit",
    ),
    path(
        FILTERS + "<int:pk>/remove/",
        manage_customer_filters.customer_filter_remove,
        name="customer_filter_remove",
    ),
    path(PANELS, manage_panels.panel_list, name="panel_list"),
    path(PANELS + "<int:pk>/", manage_panels.panel_detail, name="panel_detail"),
    path(PANELS + "<int:pk>/edit/", manage_panels.panel_edit, name="panel_edit"),
    path(PANELS + "<int:pk>/paste/", manage_panels.panel_add_pasted, name="panel_add_pasted"),
    path(
        PANELS + "<int:pk>/add-by-filter/",
        manage_panels.panel_add_by_filter,
        name="panel_add_by_filter",
    ),
    path(PANELS + "<int:pk>/archive/", manage_panels.panel_archive, name="panel_archive"),
    path(
        PANELS + "<int:pk>/remove/<int:customer>/",
        manage_panels.panel_remove_customer,
        name="panel_remove_customer",
    ),
    path(UNITS, manage_units.unit_tree, name="unit_tree"),
    path(UNITS + "<int:pk>/", manage_units.unit_edit, name="unit_edit"),
    path(UNITS + "<int:pk>/use/", manage_units.unit_use, name="unit_use"),
    path(ACCOUNTS, manage_accounts.account_list, name="account_list"),
    path(ACCOUNTS + "<int:pk>/", manage_accounts.account_page, name="account_page"),
    path(STAFF, manage_staff.staff_list, name="staff_list"),
    path(STAFF + "<int:pk>/close/", manage_staff.staff_deactivate, name="staff_deactivate"),
    path(STAFF + "<int:pk>/open/", manage_staff.staff_activate, name="staff_activate"),
]
