"""Editions: asked for, drawn once, kept as they were, seen only by who may."""

import hashlib
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reports.editions.bulletins import MOST_ATTEMPTS, claim_edition, keep_edition, request_edition
from reports.models import Edition
from reports.tasks import render_edition, render_next_edition
from surveys.enums import JobState
from surveys.models import Unit
from surveys.services.sweeps import SWEEPS
from tests import factories


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    """Files go where the test can look at them."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def edition(xerox_survey, administrator):
    return request_edition(
        survey=xerox_survey, unit=None, level="manager", language="en", user=administrator
    )


def done_edition(survey, unit=None):
    """An edition with a file, without drawing one."""
    return Edition.objects.create(
        survey=survey,
        unit=unit,
        level="manager",
        language="en",
        state=JobState.DONE,
        file=ContentFile(b"%PDF-1.7 old", name="old.pdf"),
        digest="0" * 64,
        data_cutoff=timezone.now(),
    )


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def files_in(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_edition_is_drawn_and_kept_with_what_it_rests_on(edition, xerox_survey, own_media):
    assert render_edition(edition.pk)

    edition.refresh_from_db()
    assert edition.state == JobState.DONE
    assert edition.responses_counted == 1000
    assert edition.data_cutoff == xerox_survey.responses.latest("submitted_at").submitted_at
    assert edition.definitions["top_box"] == "1"
    content = Path(edition.file.path).read_bytes()
    assert edition.digest == hashlib.sha256(content).hexdigest()
    assert [path.read_bytes() for path in files_in(own_media)] == [content]
    with pikepdf.open(edition.file.path) as pdf:
        assert len(pdf.pages) == 2


def test_second_worker_gets_nothing(edition):
    assert claim_edition(edition.pk)

    assert claim_edition(edition.pk) is None
    assert not render_edition(edition.pk)


def test_abandoned_edition_is_taken_up_after_its_lease(edition):
    claim_edition(edition.pk)
    assert not render_next_edition()

    Edition.objects.update(lease_until=timezone.now() - timedelta(seconds=1))

    assert render_next_edition()
    edition.refresh_from_db()
    assert (edition.state, edition.attempts) == (JobState.DONE, 2)


def test_worker_that_lost_its_claim_leaves_no_file(edition, own_media):
    from types import SimpleNamespace

    late = claim_edition(edition.pk)
    Edition.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    claim_edition(edition.pk)

    keep_edition(late, SimpleNamespace(content=b"%PDF", responses=1, data_cutoff=timezone.now()))

    edition.refresh_from_db()
    assert edition.state == JobState.RUNNING
    assert files_in(own_media) == []


def test_failure_is_seen_and_ends_after_some_attempts(edition, settings, tmp_path, own_media):
    settings.BASE_DIR = tmp_path / "without the program"
    settings.BASE_DIR.mkdir()

    for _ in range(MOST_ATTEMPTS):
        assert render_next_edition()

    edition.refresh_from_db()
    assert edition.state == JobState.FAILED
    assert "could not be drawn" in edition.last_error
    assert not render_next_edition()
    assert files_in(own_media) == []


def test_worker_looks_for_editions():
    assert render_next_edition in SWEEPS


def test_asking_on_the_page_makes_a_row_and_leads_to_it(staff_client, xerox_survey):
    response = staff_client.post(
        reverse("reports:edition_create", args=[xerox_survey.slug]),
        {"level": "full", "language": "zh-hans", "unit": ""},
    )

    edition = Edition.objects.get()
    assert response["Location"] == reverse("reports:edition_detail", args=[edition.pk])
    assert (edition.level, edition.language, edition.state) == ("full", "zh-hans", "queued")


@pytest.mark.parametrize("given", [{"level": "huge"}, {"language": "xx"}, {"unit": "nowhere"}])
def test_asking_for_what_there_is_not_makes_nothing(staff_client, xerox_survey, given):
    response = staff_client.post(
        reverse("reports:edition_create", args=[xerox_survey.slug]),
        {"level": "full", "language": "en", "unit": ""} | given,
    )

    assert response.status_code in (400, 404)
    assert not Edition.objects.exists()


def test_page_refreshes_itself_until_the_file_is_there(staff_client, edition):
    address = reverse("reports:edition_detail", args=[edition.pk])

    waiting = staff_client.get(address).content.decode()
    Edition.objects.update(state=JobState.FAILED, last_error="It broke.")
    ended = staff_client.get(address).content.decode()

    assert 'hx-trigger="every 2s"' in waiting
    assert '<noscript><meta http-equiv="refresh"' in waiting
    assert "It broke." in ended
    assert "hx-trigger" not in ended


def test_htmx_gets_only_the_part_that_changes(staff_client, edition):
    address = reverse("reports:edition_detail", args=[edition.pk])

    content = staff_client.get(address, headers={"HX-Request": "true"}).content.decode()

    assert content.strip().startswith("<section")


def test_file_is_downloaded_as_pdf(staff_client, survey):
    edition = done_edition(survey)

    response = staff_client.get(reverse("reports:edition_download", args=[edition.pk]))

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment")
    assert b"".join(response) == b"%PDF-1.7 old"


def test_file_that_is_not_done_is_not_found(staff_client, edition):
    address = reverse("reports:edition_download", args=[edition.pk])

    assert staff_client.get(address).status_code == 404


def test_manager_sees_editions_of_own_units_only(random_survey):
    own, other, _third = Unit.objects.filter(depth=2)
    manager = signed_in(factories.make_user("manager", unit=own))
    editions = {unit: done_edition(random_survey, unit) for unit in (own, other, None)}

    def status(unit):
        response = manager.get(reverse("reports:edition_download", args=[editions[unit].pk]))
        list(response)  # read to its end, so that the file is closed
        return response.status_code

    assert [status(unit) for unit in (own, other, None)] == [200, 404, 404]


def test_manager_may_not_ask_for_the_whole_organisation(random_survey):
    own, other, _third = Unit.objects.filter(depth=2)
    manager = signed_in(factories.make_user("manager", unit=own))
    address = reverse("reports:edition_create", args=[random_survey.slug])
    wish = {"level": "manager", "language": "en"}

    refused = [manager.post(address, wish | {"unit": code}) for code in ("", other.code)]
    taken = manager.post(address, wish | {"unit": own.code})

    assert [response.status_code for response in refused] == [403, 404]
    assert taken.status_code == 302
    assert Edition.objects.get().unit == own


def test_asking_twice_by_get_makes_nothing(staff_client, xerox_survey):
    response = staff_client.get(reverse("reports:edition_create", args=[xerox_survey.slug]))

    assert response.status_code == 405
    assert not Edition.objects.exists()
