"""Drawing the invented customers, what they do and what they answer; arrays only, no database.

Time runs in days since midnight (UTC) of the first day of the first month.
An answer is -1 where the question was skipped, and -2 where the choice beside
the scale ("does not apply", "don't know") was taken.
"""

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from . import organisation, truth

SKIPPED, BESIDE_THE_SCALE = -1, -2
SHOPS_PER_REGION = 6
SHOPS = SHOPS_PER_REGION * len(organisation.REGIONS)
MONTH_DAY_OF_WAVE = 2
SHOP_OPENS, SHOP_CLOSES = 9 / 24, 19 / 24


@dataclass(frozen=True, slots=True)
class Calendar:
    """The months that are simulated; the last one is the month of `today`."""

    today: date

    @property
    def months(self):
        """First day of each month."""
        last = self.today.year * 12 + self.today.month - 1
        return [
            date(number // 12, number % 12 + 1, 1)
            for number in range(last - truth.MONTHS + 1, last + 1)
        ]

    @property
    def month_starts(self):
        """The same in days, with the end of time behind them."""
        return np.array([(month - self.months[0]).days for month in self.months])

    @property
    def end(self):
        """Midnight at the beginning of today: nothing happens later."""
        return float((self.today - self.months[0]).days)


@dataclass(slots=True)
class Answers:
    """Filled questionnaires as columns of equal length."""

    columns: dict
    will_buy: np.ndarray

    @property
    def scores(self):
        """Overall satisfaction."""
        return self.columns["overall"]


@dataclass(slots=True)
class World:
    """Everything that happened."""

    calendar: Calendar
    segment: np.ndarray
    language: np.ndarray
    shop: np.ndarray
    known_since: np.ndarray
    repairs: dict = field(default_factory=dict)
    asked: dict = field(default_factory=dict)
    wave_answers: Answers = None
    repair_answers: Answers = None
    purchases: dict = field(default_factory=dict)
    poster: dict = field(default_factory=dict)
    poster_answers: Answers = None


def simulate(*, today, customers, rng):
    """The whole world up to the beginning of `today`."""
    world = draw_customers(Calendar(today), customers, rng)
    quality = rng.normal(0, 0.35, size=(SHOPS, len(truth.DRIVERS)))
    world.repairs = draw_repairs(world, rng)
    world.asked = ask_month_by_month(world, rng)
    shops = world.shop[world.asked["customer"]]
    from_repair = world.asked["repair"] >= 0
    answered = ~np.isnan(world.asked["answered"])
    in_wave, after_repair = answered & ~from_repair, answered & from_repair
    days, places = world.asked["answered"], {"calendar": world.calendar, "quality": quality}
    world.wave_answers = draw_answers(
        truth.DRIVERS, shops[in_wave], days[in_wave], **places, rng=rng
    )
    world.repair_answers = draw_answers(
        truth.REPAIR_DRIVERS, shops[after_repair], days[after_repair], **places, rng=rng
    )
    will_buy = np.zeros(len(answered), dtype=bool)
    will_buy[in_wave] = world.wave_answers.will_buy
    will_buy[after_repair] = world.repair_answers.will_buy
    world.purchases = draw_purchases(world, will_buy, rng)
    draw_poster(world, quality, rng)
    return world


def draw_customers(calendar, customers, rng):
    """Who they are; two fifths became customers during the two years."""
    weights = np.tile(1 / np.arange(1.0, SHOPS_PER_REGION + 1) ** 0.6, len(organisation.REGIONS))
    is_new = rng.random(customers) < 0.4
    return World(
        calendar=calendar,
        segment=pick(rng, truth.SEGMENTS.values(), customers),
        language=pick(rng, truth.LANGUAGES.values(), customers),
        shop=pick(rng, weights, customers),
        known_since=np.where(
            is_new,
            shop_hours(rng.uniform(0, calendar.end - 1, customers), rng),
            -rng.uniform(1, 1000, customers),
        ),
    )


def draw_repairs(world, rng):
    """Repairs at a steady rate, from ten days after somebody became a customer."""
    begin = np.maximum(world.known_since + 10, 0)
    customer, day = happenings(begin, world.calendar.end - 1, truth.REPAIRS_A_YEAR, rng)
    return {"customer": customer, "day": shop_hours(day, rng)}


def ask_month_by_month(world, rng):
    """Whom the waves and the repairs ask, nobody twice within DAYS_BETWEEN_ASKING."""
    last_asked = np.full(len(world.shop), -np.inf)
    month_of_repair = np.searchsorted(world.calendar.month_starts, world.repairs["day"], "right")
    rows = []
    for month, start in enumerate(world.calendar.month_starts):
        day = start + MONTH_DAY_OF_WAVE + SHOP_OPENS
        chosen = _sample_for_wave(world, last_asked, day, rng)
        last_asked[chosen] = day
        rows.append((chosen, np.full(len(chosen), day), month, np.full(len(chosen), -1)))
        repairs = np.flatnonzero(month_of_repair == month + 1)
        people, first = np.unique(world.repairs["customer"][repairs], return_index=True)
        repairs = repairs[first]
        asked = np.floor(world.repairs["day"][repairs]) + 1 + SHOP_OPENS
        may = (asked - last_asked[people] >= truth.DAYS_BETWEEN_ASKING) & (
            asked < world.calendar.end
        )
        last_asked[people[may]] = asked[may]
        rows.append((people[may], asked[may], -1, repairs[may]))
    customer, day, repair = (np.concatenate([row[place] for row in rows]) for place in (0, 1, 3))
    wave = np.concatenate([np.full(len(row[0]), row[2]) for row in rows])
    rate = np.where(repair >= 0, truth.REPAIR_RESPONSE_RATE, truth.WAVE_RESPONSE_RATE)
    answered = day + truth.ANSWERED_WITHIN_DAYS * rng.beta(1, 5, len(day))
    answered[(rng.random(len(day)) >= rate) | (answered >= world.calendar.end)] = np.nan
    return {"customer": customer, "day": day, "wave": wave, "repair": repair, "answered": answered}


def _sample_for_wave(world, last_asked, day, rng):
    if day >= world.calendar.end:
        return np.array([], dtype=int)
    may = np.flatnonzero(
        (world.known_since < day - 14) & (day - last_asked >= truth.DAYS_BETWEEN_ASKING)
    )
    size = min(len(may), round(truth.ASKED_PER_WAVE * len(world.shop)))
    return np.sort(rng.choice(may, size, replace=False))


def draw_answers(drivers, shops, days, *, calendar, quality, rng):
    """Judgements of the attributes, the overall score that follows, and what is said and done."""
    size = len(shops)
    common = rng.normal(size=size)
    latent = {}
    for place, key in enumerate(drivers):
        own = quality[shops, place]
        latent[key] = (
            0.6 * common + 0.75 * rng.normal(size=size) + own + change(shops, days, calendar)
        )
    overall = sum(weight * latent[key] for key, weight in drivers.items())
    overall = points((overall + 0.5 * rng.normal(size=size)) / 0.87)
    luck = rng.random(size)
    columns = {
        "overall": overall,
        "repurchase": skip(said_again(overall, luck, rng), 0.02, rng),
        "recommend": skip(recommendation(overall, rng), 0.03, rng),
    }
    for key, values in latent.items():
        columns[key] = skip(points(values), 0.03, rng)
    if "after_sales" in columns:
        columns["after_sales"][rng.random(size) < truth.WITHOUT_AFTER_SALES] = BESIDE_THE_SCALE
    is_gone = rng.random(size) < by_score(truth.FAULT_GONE)[overall]
    columns["solved"] = np.where(rng.random(size) < 0.02, BESIDE_THE_SCALE, is_gone)
    columns["has_comment"] = (rng.random(size) < np.where(overall <= 2, 0.6, 0.3)).astype(int)
    return Answers(columns, will_buy=luck < by_score(truth.BUYS_AGAIN)[overall])


def change(shops, days, calendar):
    """What the new technicians of one region changed."""
    region = list(organisation.REGIONS).index(truth.CHANGED_REGION)
    since = calendar.month_starts[truth.CHANGED_FROM_MONTH]
    return truth.CHANGE * ((shops // SHOPS_PER_REGION == region) & (days >= since))


def said_again(overall, luck, rng):
    """The stated intention from 1 to 5; the lowest loyal point is `LOYAL_FROM`."""
    size = len(overall)
    own = np.where(rng.random(size) < truth.WORD_AND_DEED, luck, rng.random(size))
    is_loyal = own < by_score(truth.SAYS_AGAIN)[overall]
    loyal = np.where(rng.random(size) < 0.12 * overall, 5, 4)
    other = 3 - np.minimum(2, rng.poisson(np.clip(3 - overall, 0.3, None) * 0.6, size))
    return np.where(is_loyal, loyal, other)


def recommendation(overall, rng):
    """The 0–10 recommendation that goes with the score."""
    tables = np.array([[1.0] * 11, *truth.RECOMMENDS.values()])
    reached = np.cumsum(tables / tables.sum(axis=1, keepdims=True), axis=1)[overall]
    return np.minimum((rng.random(len(overall))[:, None] >= reached).sum(axis=1), 10)


def draw_purchases(world, will_buy, rng):
    """First purchases, a steady rate besides, and what was decided when answering.

    In the FOLLOW_UP_DAYS after an answer only the decision counts, so that
    the share that comes back is the true one.
    """
    end, asked = world.calendar.end, world.asked
    newcomers = np.flatnonzero(world.known_since >= 0)
    rates = np.array(list(truth.PURCHASES_A_YEAR.values()))[world.segment]
    customer, day = happenings(np.maximum(world.known_since + 1, 0), end - 1, rates, rng)
    day = shop_hours(day, rng)
    free = ~_follows_an_answer(customer, day, asked)
    later = asked["answered"] + 1 + (truth.FOLLOW_UP_DAYS - 2) * rng.random(len(will_buy))
    later = shop_hours(np.nan_to_num(later, nan=end), rng)
    comes = will_buy & (later < end)
    customers = np.concatenate([newcomers, customer[free], asked["customer"][comes]])
    days = np.concatenate([world.known_since[newcomers], day[free], later[comes]])
    order = np.argsort(days, kind="stable")
    return {"customer": customers[order], "day": days[order]}


def _follows_an_answer(customer, day, asked):
    """Whether a moment lies within the follow-up of an answer of the same customer."""
    given = ~np.isnan(asked["answered"])
    width = 10_000.0
    answers = np.sort(asked["customer"][given] * width + asked["answered"][given])
    if not len(answers):
        return np.zeros(len(customer), dtype=bool)
    keys = customer * width + day
    before = np.searchsorted(answers, keys, "right") - 1
    gap = keys - answers[np.maximum(before, 0)]
    return (before >= 0) & (gap <= truth.FOLLOW_UP_DAYS + 1)


def draw_poster(world, quality, rng):
    """Anonymous answers by the links on the posters."""
    codes = organisation.shop_codes()
    hung_in = np.array([codes.index(code) for code in organisation.POSTERS.values()])
    size = round(truth.POSTER_ANSWERS * len(world.shop))
    link = rng.integers(0, len(hung_in), size)
    shops = hung_in[link]
    day = np.floor(rng.uniform(0, world.calendar.end, size))
    world.poster = {
        "link": link,
        "day": day,
        "language": pick(rng, truth.LANGUAGES.values(), size),
    }
    world.poster_answers = draw_answers(
        truth.VISIT_DRIVERS, shops, day, calendar=world.calendar, quality=quality, rng=rng
    )


def happenings(begin, end, rate_a_year, rng):
    """Who and when, at a steady rate between `begin` (for each customer) and `end`."""
    length = np.maximum(end - begin, 0)
    number = rng.poisson(length / 365 * rate_a_year)
    customer = np.repeat(np.arange(len(begin)), number)
    return customer, begin[customer] + length[customer] * rng.random(len(customer))


def shop_hours(days, rng):
    """The same days, at a time at which shops are open."""
    return np.floor(days) + rng.uniform(SHOP_OPENS, SHOP_CLOSES, len(days))


def points(latent):
    """Latent judgements as 1 to 5."""
    return np.searchsorted(np.array(truth.CUTS), latent) + 1


def skip(values, share, rng):
    """The same, with a share of the answers left out."""
    return np.where(rng.random(len(values)) < share, SKIPPED, values)


def by_score(shares):
    """A table that can be indexed by the score."""
    return np.array([0.0, *shares.values()])


def pick(rng, weights, size):
    """Indices drawn with these weights."""
    weights = np.array(list(weights), dtype=float)
    return rng.choice(len(weights), size, p=weights / weights.sum())
