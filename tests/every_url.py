"""Every address of the project, with arguments that lead to something.

A new URL pattern with arguments needs an entry in `things_to_show`, or the
tests of all addresses name it and fail.
"""

import uuid
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
from surveys.enums import JobState
from surveys.services import draft_questions
from surveys.services.complaints import begin_complaint, send_complaint
from surveys.services.heartbeat import beat
from surveys.services.library import save_as_template, save_question
from surveys.tokens import new_token
from tests import factories


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
    customer = factories.make_customer(unit=unit)
    _invitation, token = factories.make_invitation(survey, customer)
    factories.make_event(customer)
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
    public = {"slug": response.public_link.slug, "submission_id": response.submission_id, "page": 1}
    return [
        ("surveys:*public*", public | {"visit_id": uuid.uuid4()}),
        ("surveys:*personal_*", {"token": token, "page": 1, "visit_id": uuid.uuid4()}),
        ("surveys:respond_personal", {"token": token}),
        ("surveys:complaint", {"token": complaint_token}),
        ("surveys:complaint_*", {"pk": complaint.pk}),
        ("surveys:customer_*", {"pk": customer.pk}),
        ("surveys:link_*", {"pk": link.pk}),
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
