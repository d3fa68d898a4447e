"""What is true of the invented company; the simulation obeys it and the tests know it.

Nothing here was measured anywhere. The figures have the shape that the
product is about: whoever gives a 5 comes back several times as often as
whoever gives a 4, and people state more loyalty than they show.
"""

COMPANY = {
    "en": "Northlight Appliances",
    "zh-hans": "北光电器",
    "zh-hant": "北光電器",
}

MONTHS = 24
FOLLOW_UP_DAYS = 180

# Share of customers who buy again within FOLLOW_UP_DAYS of giving this score.
BUYS_AGAIN = {1: 0.05, 2: 0.07, 3: 0.09, 4: 0.12, 5: 0.46}

# Share of customers who say "probably" or "certainly" when asked whether they would.
SAYS_AGAIN = {1: 0.04, 2: 0.09, 3: 0.21, 4: 0.44, 5: 0.88}
LOYAL_FROM = 4

# Whether the same luck decides what a customer says and does, in this share of customers.
WORD_AND_DEED = 0.5

# Weights of 0, 1, … 10 on the recommendation scale, for each score.
RECOMMENDS = {
    1: (30, 20, 18, 12, 8, 7, 3, 1, 1, 0, 0),
    2: (8, 9, 13, 16, 17, 19, 10, 5, 2, 1, 0),
    3: (1, 1, 3, 6, 10, 25, 22, 18, 10, 3, 1),
    4: (0, 0, 1, 1, 2, 7, 13, 30, 30, 12, 4),
    5: (0, 0, 0, 0, 1, 2, 2, 7, 20, 30, 38),
}

# How much each attribute weighs in the overall score.
DRIVERS = {
    "reliability": 0.28,
    "ease_of_use": 0.10,
    "value": 0.14,
    "helpfulness": 0.16,
    "speed": 0.12,
    "after_sales": 0.20,
}
REPAIR_DRIVERS = {"waiting_time": 0.30, "skill": 0.35, "courtesy": 0.15, "explanation": 0.20}
VISIT_DRIVERS = {"helpfulness": 0.60, "speed": 0.40}

# Share of customers who never needed the after-sales service.
WITHOUT_AFTER_SALES = 0.45

# Share of repairs after which the fault was gone, for each score.
FAULT_GONE = {1: 0.25, 2: 0.50, 3: 0.80, 4: 0.94, 5: 0.98}

# Where a latent judgement (mean 0, standard deviation about 1) turns into 2, 3, 4 and 5.
CUTS = (-1.75, -1.15, -0.40, 0.60)

# The south was given more repair technicians: its judgement rises from this month on.
CHANGED_REGION = "south"
CHANGED_FROM_MONTH = 16
CHANGE = 0.30

SEGMENTS = {"prime": 0.12, "main": 0.35, "ordinary": 0.47, "restricted": 0.06}
LANGUAGES = {"en": 0.55, "zh-hans": 0.35, "zh-hant": 0.10}
PURCHASES_A_YEAR = {"prime": 0.9, "main": 0.5, "ordinary": 0.3, "restricted": 0.15}
REPAIRS_A_YEAR = 0.18

ASKED_PER_WAVE = 0.05
DAYS_BETWEEN_ASKING = 200
ANSWERED_WITHIN_DAYS = 19
WAVE_RESPONSE_RATE = 0.45
REPAIR_RESPONSE_RATE = 0.42
POSTER_ANSWERS = 0.08
