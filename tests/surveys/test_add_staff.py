"""An account from the command line."""

import pytest
from django.core.management import CommandError, call_command

from surveys.enums import Role
from surveys.models import User
from surveys.permissions import roles_of, units_for
from tests import factories


def test_administrator_is_made_with_a_password_that_works(db, capsys):
    call_command("add_staff", "ann", role="administrator", email="ann@example.org")

    password = capsys.readouterr().out.removeprefix("Password: ").strip()
    ann = User.objects.get(username="ann")
    assert ann.check_password(password)
    assert roles_of(ann) == {Role.ADMINISTRATOR}


def test_manager_sees_her_unit(db, capsys):
    unit = factories.make_unit("North")
    factories.make_unit("South")

    call_command("add_staff", "mia", role="manager", unit=unit.code)

    assert list(units_for(User.objects.get(username="mia"))) == [unit]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"role": "manager"}, "A manager needs a unit"),
        ({"role": "manager", "unit": "nowhere"}, "There is no unit nowhere"),
    ],
    ids=["manager-without-unit", "unknown-unit"],
)
def test_impossible_account_is_refused_whole(db, options, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("add_staff", "mia", **options)

    assert not User.objects.filter(username="mia").exists()


def test_taken_name_is_refused(db):
    factories.make_user(username="ann")

    with pytest.raises(CommandError, match="There is a user of this name already"):
        call_command("add_staff", "ann", role="viewer")
