"""Writing the invented world into the tables, thousands of rows at a time."""

import uuid
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np
from django.db.models import OuterRef, Subquery

from surveys.enums import Channel, InvitationState
from surveys.models import (
    Customer,
    Event,
    EventKind,
    Invitation,
    PublicLink,
    Response,
    Segment,
    Wave,
)
from surveys.questionnaire import frozen_questionnaire
from surveys.services.units import add_unit
from surveys.validators import fingerprint_of, measure_values

from . import organisation, truth
from .comments import comment_for
from .questionnaires import LANGUAGES, RELATIONSHIP, REPAIR, VISIT, make_published_survey
from .rows import insert_rows, keys_by
from .simulation import BESIDE_THE_SCALE, SKIPPED
from .visits import seconds_taken, write_visits


class Writer:
    """Keeps what the tables refer to while the world is written."""

    def __init__(self, world, rng, *, time_zone, owner):
        self.world, self.rng, self.owner = world, rng, owner
        self.visit_rng = np.random.default_rng(len(world.language))
        self.zone = ZoneInfo(time_zone)
        first = world.calendar.months[0]
        self.start = datetime(first.year, first.month, first.day, tzinfo=UTC)
        self.segments = [Segment.objects.get(code=code) for code in truth.SEGMENTS]

    def write(self):
        """Write everything, in the order of the references."""
        self.write_units()
        self.write_surveys()
        self.write_customers()
        self.write_events()
        self.write_invitations()
        self.write_named_responses()
        self.write_poster_responses()
        written = (self.relationship, self.repair, self.visit)
        write_visits([version.survey_id for version in written], self.visit_rng)

    def moment(self, day):
        """A time in days as a time of the calendar, to the minute."""
        return self.start + timedelta(minutes=round(float(day) * 1440))

    def shop_of(self, who):
        """The shop of one customer."""
        return self.shops[self.world.shop[who]]

    def uuid(self):
        """A random id that the seed decides."""
        return uuid.UUID(bytes=self.rng.bytes(16), version=4)

    def write_units(self):
        """The company, its regions and its shops."""
        company = add_unit(code=organisation.COMPANY_CODE, name=truth.COMPANY["en"])
        shops = {}
        for code, (name, names) in organisation.REGIONS.items():
            region = add_unit(code=f"region-{code}", name=name, parent=company)
            for number, shop in enumerate(names, start=1):
                shops[f"{code}-{number}"] = add_unit(
                    code=f"{code}-{number}", name=shop, parent=region
                )
        self.shops = [shops[code] for code in organisation.shop_codes()]
        self.shop_by_code = shops

    def write_surveys(self):
        """The three surveys with their waves and public links."""
        self.relationship, self.repair, self.visit = (
            make_published_survey(
                plan,
                published_at=self.start - timedelta(days=1),
                time_zone=self.zone.key,
                owner=self.owner,
            )
            for plan in (RELATIONSHIP, REPAIR, VISIT)
        )
        months = self.world.calendar.months
        self.waves = [
            Wave.objects.create(
                survey=self.relationship.survey,
                name=f"{month:%Y-%m}",
                starts_on=month,
                ends_on=(month + timedelta(days=31)).replace(day=1) - timedelta(days=1),
            )
            for month in months
        ]
        PublicLink.objects.create(
            survey=self.relationship.survey, slug="northlight", name="Link on the website"
        )
        self.posters = [
            PublicLink.objects.create(
                survey=self.visit.survey,
                slug=slug,
                name=f"Poster: {self.shop_by_code[code].name}",
                unit=self.shop_by_code[code],
                touchpoint="Poster at the exit",
                channel=Channel.QR,
            )
            for slug, code in organisation.POSTERS.items()
        ]

    def write_customers(self):
        """Names, languages, shops and segments."""
        world = self.world
        columns = (
            "external_id",
            "name",
            "email",
            "language",
            "unit_id",
            "segment_id",
            "created_at",
        )
        rows = []
        for number, (language, shop, segment, since) in enumerate(
            zip(world.language, world.shop, world.segment, world.known_since, strict=True), start=1
        ):
            rows.append(
                (
                    f"NL-{number:06d}",
                    organisation.invented_name(self.rng, LANGUAGES[language]),
                    f"customer-{number}@northlight.example",
                    LANGUAGES[language],
                    self.shops[shop].pk,
                    self.segments[segment].pk,
                    self.moment(since),
                )
            )
        insert_rows(Customer, columns, rows)
        keys = keys_by(Customer, "external_id", "NL-")
        self.customer_keys = [keys[row[0]] for row in rows]

    def write_events(self):
        """Purchases and repairs."""
        self._write_kind("purchase", "NL-P", self.world.purchases, median=420)
        self._write_kind("repair_done", "NL-R", self.world.repairs, median=70)
        keys = keys_by(Event, "external_id", "NL-R")
        self.repair_keys = [keys[external_id] for external_id in sorted(keys)]

    def _write_kind(self, code, prefix, happened, *, median):
        kind = EventKind.objects.get(code=code)
        amounts = median * np.exp(0.6 * self.rng.normal(size=len(happened["day"])))
        desks = self.rng.integers(1, 9, len(amounts))
        columns = (
            "external_id",
            "customer_id",
            "kind_id",
            "occurred_at",
            "unit_id",
            "amount",
            "staff",
        )
        drawn = zip(happened["customer"], happened["day"], amounts, desks, strict=True)
        rows = [
            (
                f"{prefix}{number:06d}",
                self.customer_keys[who],
                kind.pk,
                self.moment(day),
                self.shop_of(who).pk,
                Decimal(f"{amount:.2f}"),
                f"{self.shop_of(who).code} / {desk}",
            )
            for number, (who, day, amount, desk) in enumerate(drawn, start=1)
        ]
        insert_rows(Event, columns, rows)

    def write_invitations(self):
        """Everybody who was asked, also those who never answered; nobody holds a token of these."""
        columns = (
            "survey_id",
            "wave_id",
            "event_id",
            "customer_id",
            "token_hash",
            "state",
            "created_at",
            "expires_at",
            "answered_at",
        )
        rows = []
        for who, day, wave, repair, answered in zip(*asked_columns(self.world.asked), strict=True):
            is_answered = not np.isnan(answered)
            rows.append(
                (
                    self.relationship.survey_id if repair < 0 else self.repair.survey_id,
                    self.waves[wave].pk if repair < 0 else None,
                    self.repair_keys[repair] if repair >= 0 else None,
                    self.customer_keys[who],
                    self.rng.bytes(32).hex(),
                    InvitationState.ANSWERED if is_answered else InvitationState.OPEN,
                    self.moment(day),
                    self.moment(day + 30),
                    self.moment(answered) if is_answered else None,
                )
            )
        insert_rows(Invitation, columns, rows)
        keys = keys_by(Invitation, "token_hash")
        self.invitation_keys = [keys[row[4]] for row in rows]
        last = Invitation.objects.filter(customer=OuterRef("pk")).order_by("-created_at")
        Customer.objects.filter(external_id__startswith="NL-").update(
            asked_at=Subquery(last.values("created_at")[:1])
        )

    def write_named_responses(self):
        """The answers to the waves and to the repair survey."""
        asked = self.world.asked
        answered = ~np.isnan(asked["answered"])
        from_repair = asked["repair"] >= 0
        for version, answers, chosen in (
            (self.relationship, self.world.wave_answers, answered & ~from_repair),
            (self.repair, self.world.repair_answers, answered & from_repair),
        ):
            people = asked["customer"][chosen]
            filled = self.documents(version, answers, self.world.language[people])
            self._insert_responses(
                self._named_response(version, place, document)
                for place, document in zip(np.flatnonzero(chosen), filled, strict=True)
            )

    def _named_response(self, version, place, document):
        asked = self.world.asked
        who, wave, repair = (int(asked[name][place]) for name in ("customer", "wave", "repair"))
        answered_at = self.moment(asked["answered"][place])
        return self._response(version, self.world.language[who], document) | {
            "invitation_id": self.invitation_keys[place],
            "customer_id": self.customer_keys[who],
            "event_id": self.repair_keys[repair] if repair >= 0 else None,
            "wave_id": self.waves[wave].pk if repair < 0 else None,
            "segment_id": self.segments[self.world.segment[who]].pk,
            "placement_id": self.shop_of(who).placement_id,
            "channel": Channel.EMAIL,
            "is_anonymous": False,
            "submitted_at": answered_at,
            "submitted_on": answered_at.astimezone(self.zone).date(),
        }

    def write_poster_responses(self):
        """Anonymous answers, in an order that says nothing about when they were given."""
        poster = self.world.poster
        filled = self.documents(self.visit, self.world.poster_answers, poster["language"])
        self._insert_responses(
            self._response(self.visit, language, document)
            | {
                "public_link_id": self.posters[link].pk,
                "channel": self.posters[link].channel,
                "touchpoint": self.posters[link].touchpoint,
                "placement_id": self.posters[link].unit.placement_id,
                "is_anonymous": True,
                "submitted_on": self.moment(day).date(),
            }
            for link, day, language, document in zip(
                poster["link"], poster["day"], poster["language"], filled, strict=True
            )
        )

    def _insert_responses(self, responses):
        rows = list(responses)
        is_anonymous = rows[0]["is_anonymous"]
        times = seconds_taken(self.visit_rng, len(rows), is_anonymous=is_anonymous)
        rows = [row | {"seconds": seconds} for row, seconds in zip(rows, times, strict=True)]
        insert_rows(Response, tuple(rows[0]), (tuple(row.values()) for row in rows))

    def documents(self, version, answers, languages):
        """The answers of each filled questionnaire, by question key."""
        asked = [q for q in frozen_questionnaire(version.pk).questions if q.key != "comment"]
        columns = [
            list(map(codes_by_value(question).get, answers.columns[question.key].tolist()))
            for question in asked
        ]
        keys = [question.key for question in asked]
        for language, score, has_comment, *codes in zip(
            languages.tolist(),
            answers.scores.tolist(),
            answers.columns["has_comment"].tolist(),
            *columns,
            strict=True,
        ):
            comment = comment_for(self.rng, LANGUAGES[language], score) if has_comment else None
            yield dict(zip(keys, codes, strict=True)) | {"comment": comment}

    def _response(self, version, language, document):
        """What every response has, whoever gave it."""
        questionnaire = frozen_questionnaire(version.pk)
        return {
            "id": self.uuid(),
            "submission_id": self.uuid(),
            "survey_id": version.survey_id,
            "version_id": version.pk,
            "language": LANGUAGES[language],
            "answers": document,
            "fingerprint": fingerprint_of(version.pk, document),
            **measure_values(questionnaire, document),
        }


def asked_columns(asked):
    """The columns of the askings as lists, in a fixed order."""
    return [asked[name].tolist() for name in ("customer", "day", "wave", "repair", "answered")]


def codes_by_value(question):
    """The code that is stored for each drawn value."""
    codes = {choice.value: choice.code for choice in question.scored_choices}
    beside = [choice.code for choice in question.choices if not choice.is_scored]
    return codes | {SKIPPED: None, BESIDE_THE_SCALE: next(iter(beside), None)}
