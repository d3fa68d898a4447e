"""Issuing reports: an edition for each unit in one run, each owed to its recipients once.

A run belongs to the moment at which it was due, and the database keeps one run
for each moment: however many schedulers look, and however often, a report is
issued once. After an outage only the newest moment that was missed is made up for.
"""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from reports.editions.scheduling import days_of, latest_slot, next_slot
from reports.models import Edition, Period, Report, ReportRun, Schedule
from reports.tasks import render_edition_task
from surveys.enums import JobState


def save_report(report, *, units, user):
    """Store a new or changed definition; what was due before the change is not issued."""
    with transaction.atomic():
        report.scheduled_since = timezone.now()
        report.created_by = report.created_by or user
        report.full_clean()
        report.save()
        report.units.set(units)
    return report


def pause_report(report):
    """Issue it no more by itself; by hand one still can."""
    Report.objects.filter(pk=report.pk, paused_at__isnull=True).update(paused_at=timezone.now())


def resume_report(report):
    """Issue it again from now on; what fell into the pause is not made up for."""
    Report.objects.filter(pk=report.pk, paused_at__isnull=False).update(
        paused_at=None, scheduled_since=timezone.now()
    )


def issue_due_reports(now=None):
    """Begin what is due and not begun; the runs that this call began."""
    now = now or timezone.now()
    reports = Report.objects.filter(paused_at__isnull=True).exclude(schedule=Schedule.NONE)
    runs = [issue_report(report, due_at=due_at) for report, due_at in _due(reports, now)]
    return [run for run in runs if run is not None]


def issue_next_due_report():
    """Begin one report that is due; whether there was one."""
    return bool(issue_due_reports())


def issue_report(report, *, due_at=None, user=None):
    """Make the run of one moment with its editions, or None when somebody else has made it."""
    with transaction.atomic():
        run, is_new = ReportRun.objects.get_or_create(
            report=report,
            due_at=due_at or timezone.now(),
            defaults={"requested_by": user},
        )
        if not is_new:
            return None
        scope = scope_of(report, run.due_at)
        for unit in report.units.all() or [None]:
            _add_edition(run, unit, scope, user)
    return run


def repeat_failed(run):
    """Draw again what failed in a run; what is done stays as it was issued."""
    with transaction.atomic():
        failed = list(run.editions.filter(state=JobState.FAILED).values_list("pk", flat=True))
        Edition.objects.filter(pk__in=failed, state=JobState.FAILED).update(
            state=JobState.QUEUED, lease_until=None, attempts=0
        )
        _wake_worker(failed)
    return len(failed)


def scope_of(report, moment):
    """Which answers a run of that moment counts, as it is kept with its editions."""
    today = moment.astimezone(ZoneInfo(report.survey.time_zone)).date()
    if report.period == Period.WAVE:
        wave = report.survey.waves.filter(ends_on__lt=today).order_by("-ends_on", "-pk").first()
        days = {"wave": wave.pk} if wave else {"last_day": today.isoformat()}
    else:
        first, last = days_of(report.period, today)
        days = {"last_day": last.isoformat()} | ({"first_day": first.isoformat()} if first else {})
    return days | ({"segment": report.segment_id} if report.segment_id else {})


def next_issue(report, now=None):
    """When it is issued next by itself, or None."""
    if not report.is_scheduled:
        return None
    return next_slot(report.schedule, now or timezone.now(), **_clock(report))


def _due(reports, now):
    """Reports with the newest moment at which they were due and were not issued."""
    for report in reports.select_related("survey"):
        slot = latest_slot(report.schedule, now, **_clock(report))
        if slot is None or slot <= report.scheduled_since:
            continue
        if not report.runs.filter(due_at=slot).exists():
            yield report, slot


def _clock(report):
    ends = ()
    if report.schedule == Schedule.WAVE:
        ends = set(report.survey.waves.values_list("ends_on", flat=True))
    return {
        "at": report.at,
        "zone": ZoneInfo(settings.TIME_ZONE),
        "weekday": report.weekday,
        "month_day": report.month_day,
        "wave_ends": ends,
    }


def _add_edition(run, unit, scope, user):
    report = run.report
    edition = Edition.objects.create(
        survey=report.survey,
        unit=unit,
        run=run,
        scope=scope,
        level=report.level,
        language=report.language,
        paper=report.paper,
        with_comments=report.with_comments,
        requested_by=user,
    )
    _wake_worker([edition.pk])


def _wake_worker(editions):
    for pk in editions:
        transaction.on_commit(lambda pk=pk: render_edition_task.enqueue(pk))
