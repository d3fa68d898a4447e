"""Files of answers as work of the worker, and the pages on which they are asked for."""

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reports.answer_files.exports import (
    MOST_ATTEMPTS,
    ClaimLost,
    claim_export,
    folder_for,
    keep_export,
    note_progress,
    purge_exports,
    request_export,
)
from reports.models import AnswerExport
from reports.tasks import write_export, write_next_export
from surveys.enums import JobState, Role, SurveyMode
from surveys.models import RoleAssignment, Unit
from surveys.services.sweeps import SWEEPS
from tests import factories


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    """Files go where the test can look at them."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def export(random_survey, administrator):
    return ask(administrator, random_survey)


def ask(user, survey, **wishes):
    return request_export(
        user=user, survey=survey, **{"format": "csv", "cells": "codes", "language": "en"} | wishes
    )


def files_in(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def lease_is_over():
    AnswerExport.objects.update(lease_until=timezone.now() - timedelta(seconds=1))


def test_export_is_written_and_kept(export, random_survey, own_media):
    assert write_export(export.pk)

    export.refresh_from_db()
    counted = random_survey.responses.filter(is_test=False).count()
    assert (export.state, export.rows_written, export.rows_total) == ("done", counted, counted)
    content = Path(export.file.path).read_bytes()
    assert export.digest == hashlib.sha256(content).hexdigest()
    assert [path.read_bytes() for path in files_in(own_media)] == [content]


def test_second_worker_gets_nothing(export):
    assert claim_export(export.pk)

    assert claim_export(export.pk) is None
    assert not write_export(export.pk)


def test_killed_worker_leaves_no_half_file(export, own_media):
    killed = claim_export(export.pk)
    (folder_for(killed) / "half.zip").write_bytes(b"PK half")
    lease_is_over()

    assert write_next_export()

    export.refresh_from_db()
    assert (export.state, export.attempts) == (JobState.DONE, 2)
    assert [path.name for path in files_in(own_media)] == [Path(export.file.name).name]


def test_half_file_is_never_offered(staff_client, export, own_media):
    killed = claim_export(export.pk)
    (folder_for(killed) / "half.zip").write_bytes(b"PK half")

    address = reverse("reports:export_download", args=[export.pk])

    assert staff_client.get(address).status_code == 404


def test_worker_that_lost_its_claim_stops_and_leaves_nothing(export, own_media):
    late = claim_export(export.pk)
    path = folder_for(late) / "late.zip"
    path.write_bytes(b"PK late")
    lease_is_over()
    claim_export(export.pk)

    with pytest.raises(ClaimLost):
        note_progress(late, 1, 2)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"PK late")
    keep_export(late, path, rows=1)

    export.refresh_from_db()
    assert export.state == JobState.RUNNING
    assert files_in(own_media) == []


def test_progress_is_seen_and_holds_the_lease(export):
    claimed = claim_export(export.pk)
    AnswerExport.objects.update(lease_until=timezone.now() + timedelta(seconds=1))

    note_progress(claimed, 50, 400)

    export.refresh_from_db()
    assert (export.rows_written, export.rows_total) == (50, 400)
    assert export.lease_until > timezone.now() + timedelta(seconds=60)


def test_what_is_killed_again_and_again_is_given_up(export):
    for _ in range(MOST_ATTEMPTS):
        assert claim_export(export.pk)
        lease_is_over()

    assert write_next_export() is False
    export.refresh_from_db()
    assert export.state == JobState.FAILED
    assert "again and again" in export.last_error


def test_full_disk_is_told_and_leaves_nothing(export, own_media):
    (own_media / "exports").write_text("in the way of the folder")

    for _ in range(MOST_ATTEMPTS):
        assert write_next_export()

    export.refresh_from_db()
    assert export.state == JobState.FAILED
    assert "could not be stored" in export.last_error


def test_who_may_no_longer_read_gets_no_file(export, administrator, own_media):
    RoleAssignment.objects.filter(user=administrator).update(role=Role.VIEWER)

    assert write_next_export()

    export.refresh_from_db()
    assert (export.state, files_in(own_media)) == (JobState.FAILED, [])
    assert "may no longer read" in export.last_error


def test_few_anonymous_answers_are_not_given_out(administrator):
    survey = factories.make_published_survey(mode=SurveyMode.ANONYMOUS)
    long_ago = timezone.now() - timedelta(days=30)
    rows = [{"answers": {"overall": "4"}, "submitted_at": long_ago}] * 4
    factories.make_responses(survey, rows)
    export = ask(administrator, survey)

    assert write_next_export()

    export.refresh_from_db()
    assert export.last_error == "Fewer than 5 anonymous answers are not given out."


def test_anonymous_answers_of_today_are_not_in_it(administrator):
    survey = factories.make_published_survey(mode=SurveyMode.ANONYMOUS)
    now = timezone.now()
    days = [now - timedelta(days=2)] * 6 + [now]
    factories.make_responses(
        survey, [{"answers": {"overall": "4"}, "submitted_at": day} for day in days]
    )
    export = ask(administrator, survey)

    assert write_next_export()

    export.refresh_from_db()
    assert export.rows_written == 6


def test_files_are_removed_when_their_days_are_over(export, settings, own_media):
    write_export(export.pk)
    assert not purge_exports()

    old = timezone.now() - timedelta(days=settings.EXPORTS_KEPT_DAYS, seconds=1)
    AnswerExport.objects.update(requested_at=old)

    assert purge_exports()
    assert not AnswerExport.objects.exists()
    assert files_in(own_media) == []


def test_worker_looks_for_exports():
    assert {write_next_export, purge_exports} <= set(SWEEPS)


def test_asking_on_the_page_leads_to_the_file(staff_client, random_survey):
    response = staff_client.post(
        reverse("reports:export_create", args=[random_survey.slug]),
        {"format": "xlsx", "cells": "words", "language": "en", "unit": ""},
    )
    export = AnswerExport.objects.get()
    waiting = staff_client.get(response["Location"]).content.decode()
    write_next_export()
    done = staff_client.get(response["Location"]).content.decode()
    file = staff_client.get(reverse("reports:export_download", args=[export.pk]))

    assert 'hx-trigger="every 2s"' in waiting
    assert "Download the file" in done
    assert b"".join(file).startswith(b"PK")
    assert file["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"format": "exe"}, 400),
        ({"language": "xx"}, 400),
        ({"unit": "nowhere"}, 404),
        ({"first_day": "2026-02-02", "last_day": "2026-01-01"}, 400),
        ({"first_day": "yesterday"}, 400),
    ],
)
def test_asking_for_what_there_is_not_makes_nothing(staff_client, survey, given, status):
    wishes = {"format": "csv", "cells": "words", "language": "en", "unit": ""}

    response = staff_client.post(
        reverse("reports:export_create", args=[survey.slug]), wishes | given
    )

    assert response.status_code == status
    assert not AnswerExport.objects.exists()


@pytest.mark.parametrize("role", [Role.DESIGNER, Role.VIEWER])
def test_who_reads_only_figures_may_not_ask_for_answers(random_survey, role):
    client = signed_in(factories.make_user(role))
    wishes = {"format": "csv", "cells": "words", "language": "en", "unit": ""}

    asked = client.post(reverse("reports:export_create", args=[random_survey.slug]), wishes)
    page = client.get(reverse("reports:export_list", args=[random_survey.slug])).content.decode()

    assert asked.status_code == 403
    assert "not single answers" in page
    assert "Figures as XLSX" in page


def test_manager_gets_answers_of_own_units_only(random_survey):
    own, other, _third = Unit.objects.filter(depth=2)
    user = factories.make_user(Role.MANAGER, unit=own)
    RoleAssignment.objects.create(user=user, role=Role.VIEWER)
    client = signed_in(user)
    wishes = {"format": "csv", "cells": "codes", "language": "en"}
    address = reverse("reports:export_create", args=[random_survey.slug])

    statuses = [
        client.post(address, wishes | {"unit": unit}).status_code
        for unit in (own.code, other.code, "")
    ]
    write_next_export()

    export = AnswerExport.objects.get()
    counted = random_survey.responses.filter(is_test=False, placement__unit=own)
    assert statuses == [302, 404, 403]
    assert export.rows_written == counted.count()


def test_file_is_seen_by_who_asked_for_it_only(export):
    write_export(export.pk)
    colleague = signed_in(factories.make_user(Role.ADMINISTRATOR))

    for name in ("export_detail", "export_download"):
        assert colleague.get(reverse(f"reports:{name}", args=[export.pk])).status_code == 404


def test_manager_who_lost_the_unit_lost_the_file(random_survey):
    unit = Unit.objects.filter(depth=2).first()
    user = factories.make_user(Role.MANAGER, unit=unit)
    export = ask(user, random_survey, unit=unit)
    write_export(export.pk)
    address = reverse("reports:export_download", args=[export.pk])
    before = signed_in(user).get(address)
    list(before)  # read to its end, so that the file is closed

    RoleAssignment.objects.filter(user=user).update(unit=Unit.objects.filter(depth=2).last())

    assert (before.status_code, signed_in(user).get(address).status_code) == (200, 404)


def test_page_without_answers_says_so(staff_client, survey):
    page = staff_client.get(reverse("reports:export_list", args=[survey.slug])).content.decode()

    assert "You have not asked for a file of answers yet." in page
    assert "Figures as XLSX" not in page


def test_charts_are_had_as_svg_and_png(staff_client, random_survey):
    def chart(key, form):
        return staff_client.get(reverse("reports:chart_file", args=[random_survey.slug, key, form]))

    svg = chart("curve_stated", "svg").content.decode()

    assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert chart("curve_stated", "png").content.startswith(b"\x89PNG")
    assert chart("question_staff", "png").content.startswith(b"\x89PNG")
    assert chart("question_comment", "svg").status_code == 404
    assert chart("curve_nothing", "svg").status_code == 404
