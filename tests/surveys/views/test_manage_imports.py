"""Bringing in files through the pages: choose, match, look, confirm."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from surveys.enums import ImportState, Role
from surveys.models import Account, ColumnMatching, Customer, Event, ImportRun, Response, Unit
from surveys.services.import_files import folder_of
from surveys.services.import_work import work_on_next_import
from tests import factories
from tests.surveys.imports.conftest import nothing_written


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    """Files of the tests lie nowhere else."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def table(*rows, encoding="utf-8"):
    """Rows as the content of a CSV file."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode(encoding)


@pytest.fixture
def bring_in(staff_client):
    """Uploads a file; gives the page that follows."""

    def upload(content, kind="customers", name="list.csv", **fields):
        file = SimpleUploadedFile(name, content)
        return staff_client.post(
            reverse("surveys:import_start"), {"kind": kind, "file": file, **fields}, follow=True
        )

    return upload


def address(name, run):
    """A page of an import."""
    return reverse(f"surveys:import_{name}", args=[run.pk])


def match(client, run, places=None, **constants):
    """Say where our columns stand, as guessed unless `places` says otherwise; then let it check."""
    page = client.get(address("columns", run))
    form = page.context["form"]
    posted = {name: field.initial or "" for name, field in form.fields.items()}
    if places is not None:
        posted |= {name: "" for name in posted if name.startswith("column_")}
        posted |= {f"column_{at}": ours for ours, at in places.items()}
    posted |= {f"constant__{ours}": value for ours, value in constants.items()}
    response = client.post(address("columns", run), posted)
    while work_on_next_import():
        pass
    return response


def confirm(client, run, **choice):
    """Import what was checked."""
    response = client.post(address("begin", run), choice)
    while work_on_next_import():
        pass
    run.refresh_from_db()
    return response


def the_run():
    """The only import there is."""
    return ImportRun.objects.get()


def test_list_is_brought_in_by_its_own_column_names(staff_client, bring_in):
    bring_in(table(["客户编号", "姓名", "邮箱"], ["7", "王芳", "fang@example.org"]))
    match(staff_client, the_run())

    page = staff_client.get(address("detail", the_run())).content.decode()
    assert "王芳" in page
    assert Customer.objects.count() == 0

    confirm(staff_client, the_run())
    customer = Customer.objects.get()
    assert (customer.external_id, customer.name) == ("7", "王芳")
    assert the_run().state == ImportState.DONE
    assert not (folder_of(the_run()) / "source").exists()


def test_two_thousand_rows_take_one_upload_and_the_same_again_changes_nothing(
    staff_client, bring_in
):
    rows = [[f"C{at}", f"Name {at}", f"c{at}@example.org"] for at in range(2000)]
    content = table(["external_id", "name", "email"], *rows)
    bring_in(content)
    match(staff_client, the_run())
    confirm(staff_client, the_run())
    assert Customer.objects.count() == 2000
    the_run().delete()

    bring_in(content)
    match(staff_client, the_run())
    with nothing_written(Customer):
        confirm(staff_client, the_run())

    assert the_run().counts == {"new": 0, "changed": 0, "unchanged": 2000, "refused": 0}


def test_pasted_table_is_brought_in(staff_client):
    text = "Code\tName\tAbove\nnorth\tNorth\t\nshop\tShop\tnorth\n"

    staff_client.post(reverse("surveys:import_start"), {"kind": "units", "pasted": text})
    match(staff_client, the_run())
    confirm(staff_client, the_run())

    assert Unit.objects.get_parent(Unit.objects.get(code="shop")).code == "north"


def test_good_rows_are_kept_and_the_others_come_back_as_a_file(staff_client, bring_in):
    bring_in(table(["number", "e-mail"], ["1", "a@example.org"], ["2", "nonsense"], ["", "x@y.zz"]))
    match(staff_client, the_run())

    page = staff_client.get(address("detail", the_run())).content.decode()
    assert "Row 3: email is no e-mail address: “nonsense”." in page
    confirm(staff_client, the_run(), good_rows_only="1")

    assert list(Customer.objects.values_list("external_id", flat=True)) == ["1"]
    refused = b"".join(staff_client.get(address("refused", the_run())).streaming_content)
    rows = list(csv.reader(io.StringIO(refused.decode("utf-8-sig"))))
    assert [row[:3] for row in rows] == [
        ["number", "e-mail", "row"],
        ["2", "nonsense", "3"],
        ["", "x@y.zz", "4"],
    ]


def test_all_or_nothing_is_nothing_while_a_row_is_refused(staff_client, bring_in):
    bring_in(table(["number", "e-mail"], ["1", "a@example.org"], ["2", "nonsense"]))
    match(staff_client, the_run())

    with nothing_written(Customer):
        confirm(staff_client, the_run())

    assert the_run().state == ImportState.CHECKED


def test_row_that_became_bad_since_the_check_stops_everything(staff_client, bring_in):
    customer = factories.make_customer()
    rows = [["E1", customer.external_id, "2026-01-31"]]
    bring_in(table(["id", "customer", "date"], *rows), kind="events")
    match(staff_client, the_run(), kind="purchase")
    customer.delete()

    confirm(staff_client, the_run())

    assert Event.objects.count() == 0
    assert the_run().state == ImportState.CHECKED
    assert "rows are refused now" in the_run().last_error


def test_missing_column_is_the_same_for_every_row(staff_client, bring_in):
    customer = factories.make_customer()
    content = table(["order", "customer", "date"], ["E1", customer.external_id, "2026-01-31"])
    bring_in(content, kind="events")

    refused = match(staff_client, the_run())
    assert "Say which column is “Kind”" in refused.content.decode()
    match(staff_client, the_run(), kind="purchase")
    confirm(staff_client, the_run())

    assert Event.objects.get().kind.code == "purchase"


def test_matching_is_remembered_for_the_next_file_with_these_columns(staff_client, bring_in):
    columns = ["eins", "zwei"]
    bring_in(table(columns, ["7", "Ann"]))
    match(staff_client, the_run(), {"external_id": 0, "name": 1}, language="en")
    the_run().delete()

    bring_in(table(columns[::-1], ["Bob", "8"]))

    assert the_run().places == {"external_id": 1, "name": 0}
    assert the_run().constants == {"language": "en"}
    assert ColumnMatching.objects.count() == 1


def test_column_is_chosen_once(staff_client, bring_in):
    bring_in(table(["a", "b"], ["7", "8"]))
    run = the_run()

    page = staff_client.post(
        address("columns", run), {"column_0": "external_id", "column_1": "external_id"}
    )

    assert "is chosen for an earlier column too" in page.content.decode()


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("gb18030", "北京的王芳"), ("big5", "臺北的陳大文"), ("cp1252", "Jürgen Groß")],
)
def test_doubtful_encoding_is_asked_about_by_its_own_lines(staff_client, bring_in, encoding, name):
    page = bring_in(table(["number", "name"], ["7", name], encoding=encoding))
    assert name in page.content.decode()
    assert the_run().encoding == ""

    staff_client.post(address("encoding", the_run()), {"encoding": encoding})
    match(staff_client, the_run())
    confirm(staff_client, the_run())

    assert Customer.objects.get().name == name


@pytest.mark.parametrize(("wrong", "name"), [("cp1252", "Müller"), ("gb18030", "王芳先生")])
def test_text_that_was_read_wrongly_before_is_asked_about(staff_client, bring_in, wrong, name):
    garbled = name.encode().decode(wrong)
    page = bring_in(table(["number", "name"], ["7", garbled]))
    assert name in page.content.decode()

    staff_client.post(address("encoding", the_run()), {"encoding": f"utf-8>{wrong}"})
    match(staff_client, the_run())
    confirm(staff_client, the_run())

    assert Customer.objects.get().name == name


def test_garbled_text_that_is_left_so_is_pointed_at(staff_client, bring_in):
    bring_in(table(["number", "name"], ["7", "MÃ¼ller"]))
    staff_client.post(address("encoding", the_run()), {"encoding": "utf-8"})
    match(staff_client, the_run())

    page = staff_client.get(address("detail", the_run())).content.decode()

    assert "Row 2: “MÃ¼ller”" in page


def test_certain_encoding_is_not_asked_about(bring_in):
    bring_in(table(["number", "name"], ["7", "王芳"]))

    assert the_run().encoding == "utf-8"


def test_cancelled_file_is_gone(staff_client, bring_in):
    bring_in(table(["number"], ["7"]))
    match(staff_client, the_run())

    staff_client.post(address("cancel", the_run()))

    assert the_run().state == ImportState.CANCELLED
    assert not folder_of(the_run()).exists()
    confirm(staff_client, the_run())
    assert Customer.objects.count() == 0


def test_past_answers_are_brought_in(staff_client, bring_in, survey):
    row = ["R1", "2026-01-31", "5", "4", "9"]
    content = table(["id", "date", "overall", "again", "recommend"], row)
    page = bring_in(content, kind="responses", survey=survey.slug)
    assert page.status_code == 200
    match(staff_client, the_run())
    confirm(staff_client, the_run())

    assert the_run().counts.get("refused") == 0
    assert Response.objects.get().answers["overall"] == "5"


def test_accounts_come_before_the_people_in_them(staff_client, bring_in):
    people = table(["number", "account", "role"], ["1", "A-1", "buyer"])
    bring_in(people)
    match(staff_client, the_run())
    assert "bring in the accounts first" in str(the_run().findings)
    the_run().delete()

    bring_in(table(["account", "name"], ["A-1", "Smith"]), kind="accounts")
    match(staff_client, the_run())
    confirm(staff_client, the_run())
    the_run().delete()
    bring_in(people)
    match(staff_client, the_run())
    confirm(staff_client, the_run())

    assert Customer.objects.get().account == Account.objects.get()
    assert Customer.objects.get().account_role == "buyer"


@pytest.mark.parametrize("role", [Role.DESIGNER, Role.MANAGER, Role.ANALYST, Role.VIEWER])
def test_only_administrators_bring_in_files(client, bring_in, role):
    bring_in(table(["number"], ["7"]))
    unit = factories.make_unit() if role == Role.MANAGER else None
    client.force_login(factories.make_user(role, unit=unit))

    assert client.get(reverse("surveys:import_list")).status_code == 404
    assert client.get(reverse("surveys:import_start")).status_code == 404
    assert client.get(address("columns", the_run())).status_code == 404
    assert client.post(address("begin", the_run())).status_code == 404


def test_nothing_chosen_is_said(staff_client, db):
    page = staff_client.post(reverse("surveys:import_start"), {"kind": "customers"})

    assert "Choose a file, or paste a table below." in page.content.decode()


@pytest.mark.parametrize("kind", ["units", "accounts", "customers", "events"])
def test_template_can_be_brought_in_as_it_is_named(staff_client, bring_in, kind):
    template = staff_client.get(reverse("surveys:import_template", args=[kind])).content
    bring_in(template, kind=kind)

    columns = the_run().columns
    assert the_run().places == {name: at for at, name in enumerate(columns)}
