"""Who was asked and who answered: hand-made counts, small groups hidden, own units only."""

import csv
import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reports.dataset import Selection
from reports.who_answered.frame import tallies, tally
from reports.who_answered.weights import weighting
from reports.who_answered.who_answered import TOGETHER, response_rate, who_answered
from surveys.enums import (
    DeliveryState,
    InvitationState,
    MessageKind,
    Role,
    SkipReason,
    SurveyMode,
)
from surveys.models import (
    Customer,
    Delivery,
    Invitation,
    MessageText,
    Response,
    ResponseDraft,
    Segment,
    SkippedCustomer,
)
from surveys.tokens import hash_token, new_token
from tests import factories
from tests.reports.test_pages import signed_in, text_of

pytestmark = pytest.mark.django_db


def invite(survey, number, *, answers=(), begun=0, refused=0, withdrawn=0, **customer):
    """Invite so many alike; the first ones give these scores, the next begin, refuse, …."""
    now = timezone.now()
    outcomes = ["answered"] * len(answers) + ["begun"] * begun + ["refused"] * refused
    outcomes += ["withdrawn"] * withdrawn
    outcomes += ["silent"] * (number - len(outcomes))
    people = Customer.objects.bulk_create(
        Customer(
            external_id=f"I{uuid4()}",
            opted_out_at=now + timedelta(minutes=1) if outcome == "refused" else None,
            **customer,
        )
        for outcome in outcomes
    )
    asked = Invitation.objects.bulk_create(
        _invitation(survey, person, outcome, now)
        for person, outcome in zip(people, outcomes, strict=True)
    )
    version = survey.versions.get(state="published")
    ResponseDraft.objects.bulk_create(
        ResponseDraft(submission_id=uuid4(), version=version, invitation=one, language="en")
        for one, outcome in zip(asked, outcomes, strict=True)
        if outcome == "begun"
    )
    if not survey.is_anonymous:
        rows = [_row(one, score, now) for one, score in zip(asked, answers, strict=False)]
        factories.make_responses(survey, rows)
    return asked


def _invitation(survey, customer, outcome, now):
    invitation = Invitation(survey=survey, customer=customer, token_hash=hash_token(new_token()))
    if outcome == "answered":
        invitation.state = InvitationState.ANSWERED
        invitation.answered_anonymously = survey.is_anonymous
        invitation.answered_at = None if survey.is_anonymous else now
    elif outcome == "withdrawn":
        invitation.state = InvitationState.REVOKED
    return invitation


def _row(invitation, score, now):
    customer = invitation.customer
    return {
        "answers": {"overall": str(score), "again": None, "recommend": None, "comment": None},
        "submitted_at": now,
        "customer": customer,
        "invitation": invitation,
        "placement": customer.unit and customer.unit.placement,
        "segment": customer.segment,
    }


def make_segment(code):
    return Segment.objects.create(code=code, name={"en": code.title()})


def rate(found, name):
    return found.rates.rates[name].value


def test_rates_of_a_hand_made_example(survey):
    """40 complete, 10 begun, 6 refusals, 44 silent, 4 withdrawn: counted by hand after AAPOR."""
    invite(survey, 104, answers=[5] * 40, begun=10, refused=6, withdrawn=4)

    found = who_answered(Selection(survey))

    assert (found.tally.invited, found.tally.complete, found.tally.silent) == (100, 40, 44)
    assert rate(found, "RR1") == rate(found, "RR2") == rate(found, "RR5") == pytest.approx(0.40)
    assert rate(found, "REF1") == pytest.approx(16 / 100)
    assert rate(found, "COOP1") == pytest.approx(40 / 56)
    assert found.rates.rates["RR1"].base == 100


def test_response_rate_is_the_same_by_its_own_function(survey):
    invite(survey, 20, answers=[4] * 7)

    assert (
        response_rate(tally(Selection(survey)))
        == who_answered(Selection(survey)).rates.rates["RR1"]
    )


def test_opting_out_before_the_invitation_is_no_refusal_of_it(survey):
    invitations = invite(survey, 10)
    Customer.objects.filter(pk=invitations[0].customer_id).update(
        opted_out_at=timezone.now() - timedelta(days=30)
    )

    assert who_answered(Selection(survey)).tally.refused == 0


def test_first_page_shows_the_response_rate(survey, staff_client):
    invite(survey, 100, answers=[5] * 40)

    assert "Response rate 40.0% 95% interval 30.9% to 49.8% n = 100" in text_of(
        staff_client.get(reverse("reports:home"))
    )


def test_groups_add_up_and_small_ones_are_hidden_together(survey):
    for code, number in (("small", 3), ("middle", 6), ("large", 30)):
        invite(survey, number, answers=[5, 4], segment=make_segment(code))

    found = who_answered(Selection(survey))
    shown = {
        Segment.objects.get(pk=one.key).code: one.tally and one.tally.invited
        for one in found.groups["segment"]
    }

    assert shown == {"small": None, "middle": None, "large": 30}
    check = next(check for check in found.checks if check.axis == "segment")
    assert {share.key for share in check.shares} == {
        TOGETHER,
        Segment.objects.get(code="large").pk,
    }


def test_check_sees_who_is_missing_and_control_sees_nothing(survey):
    loyal, lost = make_segment("loyal"), make_segment("lost")
    invite(survey, 100, answers=[5] * 60, segment=loyal, language="en")
    invite(survey, 100, answers=[5] * 20, segment=lost, language="en")

    check = next(one for one in who_answered(Selection(survey)).checks if one.axis == "segment")
    shares = {share.key: share for share in check.shares}

    assert shares[loyal.pk].invited == 0.5
    assert shares[loyal.pk].answered.value == 0.75
    assert shares[loyal.pk].difference.low < 0.25 < shares[loyal.pk].difference.high
    assert check.check.test.p_value < 0.001
    assert check.r_indicator == pytest.approx(0.6, abs=0.01)


def test_alike_groups_are_told_apart_by_no_test(survey):
    for code in ("one", "two"):
        invite(survey, 60, answers=[5] * 30, segment=make_segment(code))

    check = next(one for one in who_answered(Selection(survey)).checks if one.axis == "segment")

    assert check.check.test.p_value > 0.9
    assert check.r_indicator == pytest.approx(1)


def test_r_indicator_is_refused_on_few_invitations(survey):
    for code in ("one", "two"):
        invite(survey, 40, answers=[5] * 20, segment=make_segment(code))

    check = next(one for one in who_answered(Selection(survey)).checks if one.axis == "segment")

    assert check.r_indicator is None


@pytest.fixture
def lopsided(survey):
    """Two segments asked alike: 40 content ones answer and 10 of the others."""
    invite(survey, 100, answers=[5] * 40, segment=make_segment("content"), language="en")
    invite(survey, 100, answers=[1] * 10, segment=make_segment("cross"), language="en")
    return survey


def test_weights_restore_the_frame_and_stand_beside_the_unweighted(lopsided):
    selection = Selection(lopsided)

    found = who_answered(selection, margins=["segment"]).weighting
    figures = {one.key: one for one in found.figures}

    assert figures["top_box"].unweighted.value == pytest.approx(0.8)
    assert figures["top_box"].weighted.value == pytest.approx(0.5)
    assert figures["mean"].weighted.value == pytest.approx(3.0)
    # weights 100/40 and 100/10: n Σw² / (Σw)² = 50 (40·2.5² + 10·10²) / 200²
    assert found.weights.design_effect.value == pytest.approx(1.5625)
    assert found.weights.design_effect.effective_base == pytest.approx(32)


def test_nothing_is_weighted_unless_asked_for(lopsided, staff_client):
    text = text_of(staff_client.get(reverse("reports:who_answered", args=[lopsided.slug])))

    assert who_answered(Selection(lopsided)).weighting is None
    assert "Design effect" not in text
    assert "No figure on any page is weighted" in text


def test_a_level_that_nobody_answered_is_named(lopsided, staff_client):
    invite(lopsided, 20, segment=make_segment("silent"))

    response = staff_client.get(
        reverse("reports:who_answered", args=[lopsided.slug]), {"margin": "segment"}
    )

    assert response.status_code == 200
    assert "Nobody of “Silent” (segment) answered" in text_of(response)


def test_weighting_does_not_tell_what_two_people_said(lopsided):
    """Weighted and unweighted means are two equations: enough for two levels, not for one."""
    few = make_segment("few")
    invite(lopsided, 50, answers=[1, 1], segment=few)

    found = who_answered(Selection(lopsided), margins=["segment"]).weighting

    assert found.merged == ("segment",)
    levels = [key for (key,), weight in found.weights.weight_by_cell.items() if weight]
    assert few.pk not in levels
    assert TOGETHER in levels
    assert found.weights.table.n.min() >= 5


def test_margins_that_contradict_each_other_are_said_in_words(survey, staff_client):
    """All answers of one segment speak one language, and the frame does not."""
    one, two = make_segment("one"), make_segment("two")
    invite(survey, 30, answers=[5] * 20, segment=one, language="en")
    invite(survey, 60, segment=one, language="zh-hans")
    invite(survey, 60, answers=[4] * 20, segment=two, language="zh-hans")

    address = reverse("reports:who_answered", args=[survey.slug])
    response = staff_client.get(address, {"margin": ["segment", "language"]})

    assert response.status_code == 200
    assert "The weights did not settle" in text_of(response)


def test_anonymous_survey_has_rates_and_no_weights():
    survey = factories.make_published_survey(mode=SurveyMode.ANONYMOUS_INVITED)
    invite(survey, 40, answers=[5] * 12, segment=make_segment("one"))
    selection = Selection(survey)

    assert response_rate(tally(selection)).value == pytest.approx(0.3)
    assert weighting(selection, tallies(selection), ["segment"]).obstacle == "anonymous"


def test_anonymous_answer_counts_only_when_it_is_mixed():
    survey = factories.make_published_survey(mode=SurveyMode.ANONYMOUS_INVITED)
    invite(survey, 40, answers=[5] * 12)
    Invitation.objects.filter(answered_anonymously=True).update(awaits_mixing=True)

    assert who_answered(Selection(survey)).tally.complete == 0


def test_public_links_alone_have_no_rate(survey, staff_client):
    factories.make_response(survey, {"overall": "5"})

    text = text_of(staff_client.get(reverse("reports:who_answered", args=[survey.slug])))

    assert "all answers came by public links" in text
    assert response_rate(tally(Selection(survey))) is None


def test_what_is_not_recorded_is_not_called_nought(lopsided, staff_client):
    text = text_of(staff_client.get(reverse("reports:who_answered", args=[lopsided.slug])))

    assert "Came back undelivered not recorded" in text
    assert "Skipped before inviting not recorded" in text


def send(invitations, state, number):
    """So many of these invitations had a message, which ended so."""
    text = MessageText.objects.create(
        survey=invitations[0].survey, name=state, kind=MessageKind.INVITATION
    )
    Delivery.objects.bulk_create(
        Delivery(
            invitation=invitation,
            channel="email",
            text=text,
            due_at=invitation.created_at,
            state=state,
        )
        for invitation in invitations[:number]
    )


def test_funnel_of_a_hand_made_mailing(survey, staff_client):
    """1,000 invited, 950 delivered, 400 started, 320 completed, 12 left out; counted by hand."""
    segment = make_segment("loyal")
    invitations = invite(survey, 1000, answers=[5] * 320, begun=80, segment=segment)
    send(invitations[-50:], DeliveryState.BOUNCED, 50)
    send(invitations[:950], DeliveryState.SENT, 950)
    answered = [one.pk for one in invitations[:12]]
    Response.objects.filter(invitation__in=answered).update(is_excluded=True)
    for reason, number in ((SkipReason.OPTED_OUT, 7), (SkipReason.ASKED_RECENTLY, 30)):
        for _number in range(number):
            SkippedCustomer.objects.create(
                survey=survey, customer=factories.make_customer(segment=segment), reason=reason
            )

    found = who_answered(Selection(survey))

    assert (found.tally.invited, found.tally.delivered, found.tally.started) == (1000, 950, 400)
    assert found.sent == 1000
    assert rate(found, "RR1") == pytest.approx(0.320)
    assert rate(found, "RR5") == pytest.approx(320 / 950)  # 33.7 %
    assert rate(found, "REF1") == pytest.approx(80 / 1000)  # who began and broke off
    assert found.tally.complete - found.excluded == 308
    assert found.skipped == {SkipReason.OPTED_OUT: 7, SkipReason.ASKED_RECENTLY: 30}
    text = text_of(staff_client.get(reverse("reports:who_answered", args=[survey.slug])))
    for words in (
        "Skipped before inviting 37",
        "Asked not to be surveyed 7",
        "Was asked not long ago 30",
        "Came back undelivered 50 5.0%",
        "Of these counted in the figures 308",
        "33.7%",
    ):
        assert words in text
    (group,) = [one for one in found.groups["segment"] if one.key == segment.pk]
    assert (group.skipped, group.tally.undelivered, group.tally.started) == (37, 50, 400)


def test_who_was_not_written_to_is_in_no_rate(survey):
    invitations = invite(survey, 30, answers=[5] * 10)
    send(invitations[20:], DeliveryState.QUEUED, 4)
    send(invitations[24:], DeliveryState.CANCELLED, 6)

    found = who_answered(Selection(survey))

    assert (found.tally.invited, found.tally.waiting, found.tally.withdrawn) == (20, 4, 6)
    assert rate(found, "RR1") == pytest.approx(0.5)


def test_refusing_one_survey_is_a_refusal(survey):
    invitations = invite(survey, 20, answers=[5] * 10)
    Invitation.objects.filter(pk=invitations[-1].pk).update(declined_at=timezone.now())

    found = who_answered(Selection(survey))

    assert found.tally.refused == 1
    assert rate(found, "COOP1") == pytest.approx(10 / 11)


def test_reminder_does_not_count_an_invitation_twice(survey):
    invitations = invite(survey, 20, answers=[5] * 10)
    send(invitations, DeliveryState.SENT, 20)
    text = MessageText.objects.get()
    for one in invitations:
        one.deliveries.create(
            number=1, channel="email", text=text, due_at=one.created_at, state=DeliveryState.BOUNCED
        )

    assert who_answered(Selection(survey)).tally.invited == 20


def test_manager_sees_own_units_only(survey):
    north, south = factories.make_unit("North"), factories.make_unit("South")
    invite(survey, 20, answers=[5] * 10, unit=north)
    invite(survey, 33, answers=[5] * 3, unit=south)
    client = signed_in(factories.make_user(Role.MANAGER, unit=north))
    address = reverse("reports:who_answered", args=[survey.slug])

    text = text_of(client.get(address))

    assert "10 of 20 invitations were answered" in text
    assert "South" not in text
    assert client.get(address, {"unit": south.code}).status_code == 404
    assert "10 of 20" not in text_of(
        signed_in(factories.make_user(Role.ANALYST)).get(address)
    )  # control: who sees all units sees all invitations


def test_page_asks_who_is_there(survey):
    for name in ("who_answered", "who_answered_csv"):
        assert Client().get(reverse(f"reports:{name}", args=[survey.slug])).status_code == 302
        nobody = signed_in(factories.make_user())
        assert nobody.get(reverse(f"reports:{name}", args=[survey.slug])).status_code == 404


def test_unknown_margin_is_not_found(survey, staff_client):
    address = reverse("reports:who_answered", args=[survey.slug])

    assert staff_client.get(address, {"margin": "mood"}).status_code == 404


def test_file_holds_the_figures_of_the_page_unrounded(lopsided, staff_client):
    address = reverse("reports:who_answered_csv", args=[lopsided.slug])
    text = staff_client.get(address, {"margin": "segment"}).content.decode("utf-8-sig")
    rows = {(row["Part"], row["Group"]): row for row in csv.DictReader(io.StringIO(text))}
    group = rows["Segment", "Content"]

    assert (group["Skipped before inviting"], group["Undelivered"], group["Refused"]) == (
        "0",
        "0",
        "0",
    )
    assert (group["Invited"], group["Answered"], group["Value"]) == ("100", "40", "0.4")
    assert rows["From invitation to answer", "Came back undelivered"]["Value"] == "not recorded"
    assert float(rows["Weighted", "Top box (score 5)"]["Value"]) == pytest.approx(0.5)
    assert float(rows["Weighted", "Effective base"]["Value"]) == pytest.approx(32)
