"""Who may do what, as truth tables: every role against every predicate."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from surveys import customer_permissions, permissions
from surveys.enums import Role
from surveys.errors import VersionIsFrozen
from surveys.models import Customer, Survey, Unit
from tests import factories

pytestmark = pytest.mark.django_db

WHO = (
    "administrator",
    "designer",
    "manager",
    "analyst",
    "viewer",
    "roleless",
    "disabled",
    "nobody",
)
TABLE = {
    #                     adm des man ana vie rol dis nob
    "is_administrator":  [1, 0, 0, 0, 0, 0, 0, 0],
    "may_design":        [1, 1, 0, 0, 0, 0, 0, 0],
    "may_see_results":   [1, 1, 1, 1, 1, 0, 0, 0],
    "may_see_rows":      [1, 0, 1, 1, 0, 0, 0, 0],
    "may_see_customers": [1, 0, 0, 0, 0, 0, 0, 0],
    "may_look_at_customers": [1, 0, 1, 1, 0, 0, 0, 0],
    "may_see_contacts":  [1, 0, 1, 0, 0, 0, 0, 0],
    "sees_all_units":    [1, 1, 0, 1, 1, 0, 0, 0],
}  # fmt: skip


@pytest.fixture
def cast():
    """One user of each kind; the manager has the unit North."""
    north = factories.make_unit("North")
    users = {
        role.value: factories.make_user(role, unit=north if role == Role.MANAGER else None)
        for role in Role
    }
    disabled = factories.make_user(Role.ADMINISTRATOR)
    disabled.is_active = False
    disabled.save()
    return users | {
        "roleless": factories.make_user(),
        "disabled": disabled,
        "nobody": AnonymousUser(),
    }


@pytest.mark.parametrize("predicate", TABLE)
def test_predicate_holds_for_just_these(cast, predicate):
    verb = getattr(permissions, predicate)

    assert {who: verb(cast[who]) for who in WHO} == dict(
        zip(WHO, map(bool, TABLE[predicate]), strict=True)
    )


def test_second_role_adds_its_rights(cast):
    viewer = cast["viewer"]
    viewer.role_assignments.create(role=Role.DESIGNER)

    assert permissions.may_design(viewer)


FETCHES = {
    #                            adm des man ana vie rol nob   (200, 403 or 404)
    "survey_for":               [200, 200, 200, 200, 200, 404, 404],
    "survey_to_design_for":     [200, 200, 403, 403, 403, 404, 404],
    "draft_to_edit_for":        [200, 200, 403, 403, 403, 404, 404],
    "survey_to_invite_for":     [200, 403, 403, 403, 403, 404, 404],
}  # fmt: skip


@pytest.mark.parametrize("fetch", FETCHES)
def test_fetching_a_survey_asks_for_the_right(cast, fetch):
    survey = factories.make_survey()
    factories.make_draft(survey)

    found = [outcome(fetch, cast[who], survey.slug) for who in WHO if who != "disabled"]

    assert found == FETCHES[fetch]


def outcome(fetch, user, slug):
    """The status that fetching comes to."""
    try:
        getattr(permissions, fetch)(user, slug)
    except Http404:
        return 404
    except PermissionDenied:
        return 403
    return 200


@pytest.mark.parametrize("fetch", FETCHES)
def test_unknown_and_archived_surveys_do_not_exist(cast, fetch):
    archived = factories.make_survey(archived_at=timezone.now())
    factories.make_draft(archived)

    assert outcome(fetch, cast["administrator"], "unknown") == 404
    assert outcome(fetch, cast["administrator"], archived.slug) == 404


def test_survey_without_a_draft_says_so(cast, survey):
    with pytest.raises(VersionIsFrozen, match="no draft"):
        permissions.draft_to_edit_for(cast["designer"], survey.slug)


def test_link_of_another_survey_does_not_exist(cast, survey):
    link = factories.make_public_link(factories.make_published_survey())

    with pytest.raises(Http404):
        permissions.public_link_to_manage_for(cast["designer"], survey.slug, link.pk)


def test_manager_sees_own_units_and_below(cast):
    north = Unit.objects.get(name="North")
    shop = factories.make_unit("Shop", parent=north)
    south = factories.make_unit("South")
    manager = cast["manager"]

    assert set(permissions.units_for(manager)) == {north, shop}
    assert permissions.unit_for(manager, shop.code) == shop
    with pytest.raises(Http404):
        permissions.unit_for(manager, south.code)


def test_placements_are_narrowed_to_the_managers_units(cast, survey):
    north = Unit.objects.get(name="North")
    shop = factories.make_unit("Shop", parent=north)
    factories.make_unit("South")

    found = permissions.placements_for(cast["manager"])

    assert set(found) == {north.placement, shop.placement}
    assert permissions.placements_for(cast["viewer"]) is None
    assert set(permissions.placements_for(cast["viewer"], shop)) == {shop.placement}


def test_customers_exist_only_for_administrators(cast):
    factories.make_customer()

    seen = {who: permissions.customers_for(cast[who]).count() for who in WHO}

    assert Customer.objects.count() == 1
    assert seen == dict.fromkeys(WHO, 0) | {"administrator": 1}


def test_customers_are_looked_at_in_the_units_of_which_answers_are_read(cast):
    factories.make_customer()
    factories.make_customer(unit=Unit.objects.get(name="North"))

    seen = {who: permissions.customers_to_look_at_for(cast[who]).count() for who in WHO}

    assert seen == dict.fromkeys(WHO, 0) | {"administrator": 2, "analyst": 2, "manager": 1}


CHANGES = {
    #                            adm des man ana vie rol nob   (200, 403 or 404)
    "customers_to_change_for":  [200, 404, 403, 403, 404, 404, 404],
    "panels_for":               [200, 404, 403, 403, 404, 404, 404],
    "customer_filters_for":     [200, 404, 403, 403, 404, 404, 404],
    "accounts_to_change_for":   [200, 404, 403, 403, 404, 404, 404],
    "units_to_change_for":      [200, 404, 403, 403, 404, 404, 404],
    "staff_to_change_for":      [200, 404, 404, 404, 404, 404, 404],
    "access_records_for":       [200, 404, 404, 404, 404, 404, 404],
}  # fmt: skip


@pytest.mark.parametrize("fetch", CHANGES)
def test_changing_customers_asks_for_the_right(cast, fetch):
    found = [change_outcome(fetch, cast[who]) for who in WHO if who != "disabled"]

    assert found == CHANGES[fetch]


def change_outcome(fetch, user):
    """The status that fetching comes to."""
    try:
        getattr(customer_permissions, fetch)(user)
    except Http404:
        return 404
    except PermissionDenied:
        return 403
    return 200


def test_surveys_to_design_are_refused_to_who_only_reads(cast):
    factories.make_survey()

    with pytest.raises(PermissionDenied):
        permissions.surveys_to_design_for(cast["viewer"])
    assert permissions.surveys_to_design_for(cast["designer"]).count() == Survey.objects.count()
