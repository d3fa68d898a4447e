"""Regular reports: each moment once, an edition for each unit, every recipient told once."""

import threading
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reports.editions.bulletins import MOST_ATTEMPTS, claim_edition, keep_edition
from reports.editions.issuing import (
    issue_due_reports,
    issue_report,
    pause_report,
    repeat_failed,
    resume_report,
)
from reports.editions.mailing import send_next_edition_mail
from reports.exporters.bulletin import Scope
from reports.models import Delivery, Edition, EditionMail, Report, ReportRun, Schedule
from reports.tasks import render_next_edition
from surveys.enums import JobState
from surveys.models import Unit, Wave
from tests import factories

EIGHT = datetime(2026, 6, 10, 8, tzinfo=UTC)
SCHEDULERS = 5


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    """Files go where the test can look at them."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def make_report(survey, *, units=(), **fields):
    values = {
        "name": "Morning",
        "language": "en",
        "schedule": Schedule.DAILY,
        "scheduled_since": EIGHT - timedelta(days=40),
    }
    report = Report.objects.create(survey=survey, **(values | fields))
    report.units.set(units)
    return report


def finish(edition):
    """The edition is done, with a file that took no time to draw."""
    drawn = SimpleNamespace(content=b"%PDF-1.7", responses=9, data_cutoff=EIGHT)
    keep_edition(claim_edition(edition.pk), drawn)
    edition.refresh_from_db()
    return edition


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def test_due_report_makes_one_edition_for_each_unit(random_survey):
    units = list(Unit.objects.filter(depth=2))
    make_report(random_survey, units=units)

    (run,) = issue_due_reports(EIGHT)

    assert run.due_at == EIGHT.replace(hour=7)
    assert {edition.unit for edition in run.editions.all()} == set(units)


def test_looking_again_issues_nothing_more(survey):
    make_report(survey)

    for minutes in (0, 1, 600):
        issue_due_reports(EIGHT + timedelta(minutes=minutes))

    assert Edition.objects.count() == 1


def test_after_an_outage_only_the_newest_moment_is_made_up_for(survey):
    make_report(survey)

    issue_due_reports(EIGHT)
    issue_due_reports(EIGHT + timedelta(days=9))

    assert ReportRun.objects.count() == 2


def test_paused_report_is_not_issued_and_its_pause_is_not_made_up_for(survey):
    report = make_report(survey)
    pause_report(report)

    assert issue_due_reports(EIGHT) == []

    resume_report(report)
    assert issue_due_reports(timezone.now()) == []


def test_report_made_in_the_evening_waits_for_the_morning(survey):
    make_report(survey, scheduled_since=EIGHT)

    assert issue_due_reports(EIGHT + timedelta(hours=12)) == []
    assert len(issue_due_reports(EIGHT + timedelta(hours=23))) == 1


def test_report_with_each_wave_counts_that_wave(survey):
    last = (EIGHT - timedelta(days=1)).date()
    wave = Wave.objects.create(survey=survey, name="May", starts_on="2026-05-01", ends_on=last)
    make_report(survey, schedule=Schedule.WAVE, period="wave")

    (run,) = issue_due_reports(EIGHT)

    edition = run.editions.get()
    assert edition.scope == {"wave": wave.pk}
    assert Scope.of(edition).limits["wave"] == wave


@pytest.mark.django_db(transaction=True)
def test_of_five_schedulers_one_issues(survey):
    make_report(survey)

    _at_once(lambda: issue_due_reports(EIGHT))

    assert (ReportRun.objects.count(), Edition.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_schedulers_that_do_not_agree_on_the_moment_double_it(survey):
    """Control: without one moment for all, each of them issues."""
    report = make_report(survey)

    _at_once(lambda: issue_report(report))

    assert Edition.objects.count() == SCHEDULERS


def _at_once(work):
    start = threading.Barrier(SCHEDULERS)

    def scheduler():
        start.wait()
        try:
            work()
        finally:
            connection.close()

    threads = [threading.Thread(target=scheduler) for _ in range(SCHEDULERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_command_begins_what_is_due(survey, capsys):
    make_report(survey, at=time(0, 0), scheduled_since=timezone.now() - timedelta(days=2))

    call_command("run_due")
    call_command("run_due")

    assert capsys.readouterr().out.splitlines() == [
        "Begun: “Morning”, bulletins: 1.",
        "Nothing is due.",
    ]


@pytest.fixture
def mailed_report(survey):
    return make_report(survey, recipients="a@example.org\nb@example.org\na@example.org")


def test_each_recipient_gets_one_mail_with_a_link(mailed_report, mailoutbox, settings):
    edition = finish(issue_report(mailed_report).editions.get())

    while send_next_edition_mail():
        pass

    assert sorted(mail.to[0] for mail in mailoutbox) == ["a@example.org", "b@example.org"]
    address = settings.BASE_URL + reverse("reports:edition_detail", args=[edition.pk])
    assert all(address in mail.body and not mail.attachments for mail in mailoutbox)
    assert set(EditionMail.objects.values_list("state", flat=True)) == {JobState.DONE}


def test_attached_file_is_the_one_that_was_kept(mailed_report, mailoutbox):
    Report.objects.update(delivery=Delivery.ATTACHMENT, recipients="a@example.org")
    edition = finish(issue_report(mailed_report).editions.get())
    send_next_edition_mail()

    ((name, content, kind),) = mailoutbox[0].attachments
    assert name.endswith(".pdf")
    assert kind == "application/pdf"
    assert content == Path(edition.file.path).read_bytes()


def test_nobody_is_told_before_the_bulletin_is_there(mailed_report, mailoutbox):
    issue_report(mailed_report)

    assert not send_next_edition_mail()
    assert mailoutbox == []


def test_repeating_a_failed_run_doubles_nothing(random_survey):
    units = list(Unit.objects.filter(depth=2)[:2])
    report = make_report(random_survey, units=units, recipients="a@example.org")
    run = issue_report(report)
    good, bad = run.editions.order_by("pk")
    finish(good)
    Edition.objects.filter(pk=bad.pk).update(state=JobState.FAILED, attempts=MOST_ATTEMPTS)
    digest = good.digest

    assert repeat_failed(run) == 1
    finish(bad)

    good.refresh_from_db()
    assert (good.digest, good.attempts) == (digest, 1)
    assert set(run.editions.values_list("state", flat=True)) == {JobState.DONE}
    assert EditionMail.objects.count() == 2


def test_poison_bulletin_fails_alone_and_last(random_survey):
    """Whatever breaks while one bulletin is made, the others are done before it is tried again."""
    poison, healthy = Unit.objects.filter(depth=2)[:2]
    run = issue_report(make_report(random_survey, units=[poison, healthy]))
    run.editions.filter(unit=poison).update(scope={"wave": 999_999_999})

    turns = []
    while render_next_edition():
        turns.append(run.editions.filter(state=JobState.DONE).count())

    assert turns[1:] == [1] * MOST_ATTEMPTS
    failed = run.editions.get(unit=poison)
    assert (failed.state, failed.attempts) == (JobState.FAILED, MOST_ATTEMPTS)
    assert "could not be drawn" in failed.last_error


def test_edition_that_kills_its_worker_is_given_up(survey):
    """Each attempt ends without a word, as when the system kills the worker."""
    edition = issue_report(make_report(survey)).editions.get()
    for _ in range(MOST_ATTEMPTS):
        assert claim_edition(edition.pk)
        Edition.objects.update(lease_until=timezone.now() - timedelta(seconds=1))

    assert not render_next_edition()

    edition.refresh_from_db()
    assert edition.state == JobState.FAILED
    assert "worker ended" in edition.last_error


def form_values(**changes):
    return {
        "name": "Weekly",
        "audience": "The board",
        "period": "week",
        "level": "manager",
        "language": "zh-hans",
        "paper": "letter",
        "schedule": "weekly",
        "at": "07:00",
        "weekday": "4",
        "month_day": "1",
        "recipients": "a@example.org, b@example.org",
        "delivery": "link",
    } | changes


def test_report_is_made_changed_paused_and_issued_on_pages(staff_client, survey):
    staff_client.post(reverse("reports:report_add", args=[survey.slug]), form_values())
    report = Report.objects.get()
    assert report.addresses == ["a@example.org", "b@example.org"]

    changed = form_values(name="Friday", audience="")
    staff_client.post(reverse("reports:report_edit", args=[report.pk]), changed)
    staff_client.post(reverse("reports:report_pause", args=[report.pk]))
    issued = staff_client.post(reverse("reports:report_issue", args=[report.pk]), follow=True)

    report.refresh_from_db()
    assert (report.name, report.is_scheduled, report.weekday) == ("Friday", False, 4)
    assert "0 of 1 bulletins" in issued.content.decode()
    page = staff_client.get(reverse("reports:report_detail", args=[report.pk])).content.decode()
    assert "Paused" in page
    assert "0 of 1" in page


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"recipients": "a@example.org nobody"}, "“nobody” is not an e-mail address."),
        ({"at": "25:00"}, "Enter a valid time."),
        ({"month_day": "31"}, "less than or equal to 28"),
        ({"units": ["999"]}, "not one of the available choices"),
        ({"schedule": "hourly"}, "not one of the available choices"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_lost(staff_client, survey, given, sentence):
    address = reverse("reports:report_add", args=[survey.slug])

    page = staff_client.post(address, form_values(**given)).content.decode()

    assert sentence in page
    assert "The board" in page
    assert not Report.objects.exists()


def test_manager_reports_on_own_units_only(random_survey):
    own, other, _third = Unit.objects.filter(depth=2)
    manager = signed_in(factories.make_user("manager", unit=own))
    add = reverse("reports:report_add", args=[random_survey.slug])
    everything = make_report(random_survey, name="All")
    mixed = make_report(random_survey, name="Mixed", units=[own, other])

    refused = [
        manager.post(add, form_values()),
        manager.post(add, form_values(units=[other.pk])),
    ]
    taken = manager.post(add, form_values(units=[own.pk]))
    hidden = [
        manager.get(reverse("reports:report_detail", args=[report.pk]))
        for report in (everything, mixed)
    ]

    assert [response.status_code for response in refused] == [200, 200]
    assert taken.status_code == 302
    assert [response.status_code for response in hidden] == [404, 404]


def test_viewer_defines_no_report(survey):
    viewer = signed_in(factories.make_user("viewer"))
    report = make_report(survey)

    assert viewer.get(reverse("reports:report_add", args=[survey.slug])).status_code == 403
    assert viewer.post(reverse("reports:report_issue", args=[report.pk])).status_code == 404
    assert viewer.get(reverse("reports:edition_list", args=[survey.slug])).status_code == 200


def test_reading_changes_nothing(staff_client, survey):
    report = make_report(survey)
    run = issue_report(report)

    for name in ("report_pause", "report_resume", "report_issue"):
        assert staff_client.get(reverse(f"reports:{name}", args=[report.pk])).status_code == 405
    assert staff_client.get(reverse("reports:run_repeat", args=[run.pk])).status_code == 405
    assert ReportRun.objects.count() == 1
