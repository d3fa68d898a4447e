"""Every address of the project, with arguments that lead to something.

A new URL pattern with arguments needs an entry in `things_to_show`, or the
tests of all addresses name it and fail.
"""

import uuid
from datetime import date
from fnmatch import fnmatch

from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from reports.models import (
    AnswerExport,
    Edition,
    FrozenLimits,
    NotedChange,
    PublishedPage,
    Report,
    ReportLevel,
    ReportRun,
    SavedView,
)
from surveys.enums import AttributeKind, Channel, ImportKind, ImportState, Interval, JobState
from surveys.models import (
    Account,
    CustomerAttribute,
    EventKind,
    EventRule,
    ImportRun,
    Segment,
    Wave,
    WaveSeries,
)
from surveys.services import customer_lists, draft_questions, panels
from surveys.services.complaints import begin_complaint, send_complaint
from surveys.services.heartbeat import beat
from surveys.services.library import save_as_template, save_question
from surveys.tokens import new_token
from surveys.unsubscribe_links import unsubscribe_token
from surveys.views.respond.theme import theme_url
from tests import factories
from tests.deliveries import make_delivery

NEW_YEAR = date(2026, 1, 1)


def patterns(resolver=None, *, namespace="", route="", outer=()):
    """Name and route of every URL pattern, those of included modules too."""
    for one in (resolver or get_resolver()).url_patterns:
        here = route + str(one.pattern)
        wanted = [*outer, *one.pattern.regex.groupindex]
        if isinstance(one, URLPattern):
            yield f"{namespace}{one.name or ''}", here, wanted
        else:
            inner = f"{namespace}{one.namespace}:" if one.namespace else namespace
            yield from patterns(one, namespace=inner, route=here, outer=wanted)


def addresses(values):
    """An address for every pattern; `values` come from `things_to_show`."""
    found, missing = {}, []
    for name, route, wanted in patterns():
        arguments = arguments_of(name, wanted, values)
        if arguments is None:
            missing.append(f"{name or route} needs {wanted}")
        elif name.rpartition(":")[2]:
            found[name] = reverse(name, kwargs=arguments)
        else:
            found[route] = "/" + route.replace("<key>", "x")
    assert not missing, f"Say in tests/every_url.py what these addresses are to show: {missing}"
    return found


def arguments_of(name, wanted, values):
    """What a pattern is given, or None where nobody has said it."""
    given = {}
    for argument in wanted:
        for pattern, known in values:
            if fnmatch(name, pattern) and argument in known:
                given[argument] = known[argument]
                break
        else:
            return None
    return given


def things_to_show(own_media, administrator):
    """One of everything that has a page, and which arguments lead to it: the first match counts."""
    survey = factories.make_published_survey(takes_complaints=True, gives_reward_codes=True)
    draft = factories.make_draft(survey)
    unit = factories.make_unit()
    link = factories.make_public_link(survey, unit=unit)
    survey.reward_codes.create(code="TEA")
    customer = factories.make_customer(unit=unit, segment=Segment.objects.first())
    attribute = customer_lists.add_entry(
        model=CustomerAttribute, name={"en": "Grade"}, kind=AttributeKind.CHOICE
    )
    panel = panels.add_panel(name="Voices")
    kept_filter = panels.save_filter(name="All", conditions={"all": []})
    grade = customer_lists.add_choice(attribute=attribute, name={"en": "A"})
    _invitation, token = factories.make_invitation(survey, customer)
    interview, _token = factories.make_invitation(
        survey, channel=Channel.PHONE, interviewer=administrator
    )
    event = factories.make_event(customer)
    delivery = make_delivery(survey, factories.make_customer(email="ann@example.org"))
    response = factories.make_response(survey, {"overall": "5"})
    removed = draft_questions.remove_question(
        version=draft, revision=0, question=draft.questions.get(key="again")
    )
    complaint_token = new_token()
    complaint = begin_complaint(token=complaint_token, language="en", public_link=link)
    send_complaint(complaint=complaint, words="The soup was cold.")
    kept = save_question(question=draft.questions.get(key="staff"))
    template = save_as_template(version=draft, name="Ours")
    beat()
    edition = Edition.objects.create(
        survey=survey,
        language="en",
        level=ReportLevel.MANAGER,
        state=JobState.DONE,
        file="editions/one.pdf",
        digest="0" * 64,
        data_cutoff=timezone.now(),
        requested_by=administrator,
    )
    report = Report.objects.create(
        survey=survey, name="Monthly", language="en", scheduled_since=timezone.now()
    )
    run = ReportRun.objects.create(report=report, due_at=timezone.now())
    wave = Wave.objects.create(survey=survey, name="2026-01", starts_on=NEW_YEAR, ends_on=NEW_YEAR)
    series = WaveSeries.objects.create(
        survey=survey, name="Monthly", interval=Interval.MONTHS, next_on=NEW_YEAR, is_active=False
    )
    rule = EventRule.objects.create(
        survey=survey,
        name="After a repair",
        kind=EventKind.objects.get(code="repair_done"),
        events_from=NEW_YEAR,
        is_active=False,
    )
    published = PublishedPage.objects.create(survey=survey, unit=unit)
    today = timezone.now().date()
    noted = NotedChange.objects.create(survey=survey, day=today, text="New opening hours")
    limits = FrozenLimits.objects.create(
        survey=survey,
        measure="top_box",
        period_kind="month",
        limits_kind="laney",
        first_day=today,
        last_day=today,
        periods=12,
        centre=0.4,
        spread=0.1,
        reason="A quiet year",
    )
    view = SavedView.objects.create(
        survey=survey, owner=administrator, name="By unit", query="by=unit-1"
    )
    (own_media / "editions").mkdir(exist_ok=True)
    (own_media / "editions" / "one.pdf").write_bytes(b"%PDF-1.7")
    export = AnswerExport.objects.create(
        survey=survey,
        language="en",
        format="csv",
        state=JobState.DONE,
        file="exports/one.zip",
        digest="0" * 64,
        size=2,
        finished_at=timezone.now(),
        requested_by=administrator,
    )
    (own_media / "exports").mkdir(exist_ok=True)
    (own_media / "exports" / "one.zip").write_bytes(b"PK")
    run = ImportRun.objects.create(
        kind=ImportKind.CUSTOMERS,
        name="customers.csv",
        folder="one",
        encoding="utf-8",
        columns=["number"],
        state=ImportState.CHECKED,
        counts={"new": 0, "changed": 0, "unchanged": 0, "refused": 1},
        requested_by=administrator,
    )
    (own_media / "imports" / "one").mkdir(parents=True)
    (own_media / "imports" / "one" / "source").write_text("number\n\n")
    (own_media / "imports" / "one" / "refused.csv").write_text("number\n")
    public = {"slug": response.public_link.slug, "submission_id": response.submission_id, "page": 1}
    return [
        ("surveys:*public*", public | {"visit_id": uuid.uuid4()}),
        ("surveys:*personal_*", {"token": token, "page": 1, "visit_id": uuid.uuid4()}),
        ("surveys:respond_personal", {"token": token}),
        ("surveys:respond_theme", {"colour": "aa3300", "digest": theme_url("#aa3300")[-12:-4]}),
        ("surveys:complaint", {"token": complaint_token}),
        ("surveys:unsubscribe", {"token": unsubscribe_token(delivery.invitation)}),
        ("surveys:message_*", {"pk": delivery.text_id}),
        ("surveys:complaint_*", {"pk": complaint.pk}),
        ("surveys:customer_filter_*", {"pk": kept_filter.pk}),
        ("surveys:customer_merge_with", {"pk": customer.pk, "other": factories.make_customer().pk}),
        ("surveys:panel_*", {"pk": panel.pk, "customer": customer.pk}),
        ("surveys:unit_*", {"pk": unit.pk}),
        ("surveys:account_*", {"pk": Account.objects.create(external_id="A-1").pk}),
        ("surveys:staff_*", {"pk": administrator.pk}),
        ("surveys:customer_lists", {"name": "stages"}),
        ("surveys:list_entry_*", {"name": "segments", "pk": customer.segment_id}),
        ("surveys:attribute_choice_add", {"pk": grade.attribute_id}),
        ("surveys:attribute_choice_*", {"pk": grade.pk}),
        ("surveys:wave_*", {"pk": wave.pk}),
        ("surveys:series_*", {"pk": series.pk}),
        ("surveys:event_rule_*", {"pk": rule.pk}),
        ("surveys:customer_*", {"pk": customer.pk}),
        ("surveys:event_add", {"pk": customer.pk}),
        ("surveys:event_ask", {"pk": event.pk}),
        ("surveys:import_template", {"kind": "customers"}),
        ("surveys:import_*", {"pk": run.pk}),
        ("surveys:link_*", {"pk": link.pk}),
        ("surveys:interview_begin", {"customer": customer.pk}),
        ("surveys:interview*", {"pk": interview.pk, "page": 1}),
        ("surveys:template_remove", {"pk": template.pk}),
        ("surveys:template_*", {"code": "csat"}),
        ("surveys:saved_question_*", {"pk": kept.pk}),
        ("surveys:section_*", {"pk": draft.sections.first().pk}),
        ("surveys:put_back", {"pk": removed.pk}),
        ("surveys:question_*", {"key": "staff"}),
        ("surveys:dimension_*", {"key": "service"}),
        ("reports:edition_*", {"pk": edition.pk}),
        ("reports:report_*", {"pk": report.pk}),
        ("reports:run_*", {"pk": run.pk}),
        ("reports:page_withdraw", {"pk": published.pk}),
        ("reports:note_*", {"pk": noted.pk}),
        ("reports:limits_*", {"pk": limits.pk}),
        ("reports:view_remove", {"pk": view.pk}),
        ("reports:comments_file", {"kind": "csv"}),
        ("published_page", {"token": published.token}),
        ("reports:export_*", {"pk": export.pk}),
        ("reports:figures_file", {"form": "csv"}),
        ("reports:chart_file", {"key": "curve_stated", "form": "svg"}),
        ("surveys:*", {"slug": survey.slug}),
        ("reports:*", {"slug": survey.slug}),
        ("fieldwork:*", {"slug": survey.slug}),
        ("account_confirm_email", {"key": "x"}),
        ("account_reset_password_from_key", {"uidb36": "1", "key": "x-y"}),
        ("", {"key": "x"}),
    ]
