"""Random answers and events, written in bulk."""

from datetime import UTC, datetime, timedelta

from surveys.models import Segment
from tests import factories

START = datetime(2025, 6, 1, 12, tzinfo=UTC)


def make_rows(survey, generator, number):
    """Random answers to the ready survey, from 60 customers and by public links."""
    region = factories.make_unit("Region")
    units = [factories.make_unit(f"Shop {i}", parent=region) for i in range(3)]
    segments = [
        Segment.objects.get_or_create(code=f"segment-{i}", name={"en": f"Segment {i}"})[0]
        for i in range(2)
    ]
    customers = [factories.make_customer() for _ in range(60)]
    factories.make_responses(
        survey,
        [_row(generator, units, segments, customers) for _ in range(number)],
    )
    for customer in customers:
        for _ in range(generator.choice([0, 0, 1, 2])):
            kind = generator.choice(["purchase", "complaint"])
            moment = START + timedelta(days=generator.randrange(500))
            factories.make_event(customer, kind=kind, occurred_at=moment)
    return units, segments


def _row(generator, units, segments, customers):
    score = generator.choices(range(1, 6), weights=[1, 2, 4, 8, 6])[0]
    answers = {
        "overall": str(score),
        "again": generator.choice([None, *"12345"]),
        "recommend": generator.choice([None, *map(str, range(11))]),
        "staff": generator.choice([None, "na", *"12345"]),
        "comment": None,
    }
    if generator.random() < 0.1:
        del answers["staff"]
    return {
        "answers": answers,
        "customer": generator.choice([*customers, None]),
        "placement": generator.choice([*(unit.placement for unit in units), None]),
        "segment": generator.choice([*segments, None]),
        "is_test": generator.random() < 0.05,
        "submitted_at": START
        + timedelta(days=generator.randrange(400), hours=generator.choice([0, 0, 5])),
    }
