"""Findings in words: each kind has its sentence, with base, interval and period, and no cause."""

import re

import pytest

from reports.enums import Loyalty
from reports.words import level_sentences, sentences
from reports.words.sentences import Setting, sentence
from scoring.curve_findings import KINDS as CURVE_KINDS
from scoring.curve_findings import curve_findings
from scoring.findings import Certainty, Direction, Finding
from scoring.level_findings import KINDS as LEVEL_KINDS
from scoring.loyalty import loyalty_curve
from scoring.scales import FIVE_POINT

PERIOD = "1 March 2026 to 31 March 2026"
CAUSES = re.compile(
    r"\b(causes?|because|leads? to|due to|drives?|makes?|thanks to|times more|results? in)\b"
)
XEROX = ([40, 60, 150, 400, 350], [1, 2, 6, 20, 105])


def settings_of_every_loyalty():
    return [
        Setting(loyalty, period=PERIOD, days=180, first="North", second="South", best=5)
        for loyalty in (*Loyalty, None)
    ]


def findings_of_every_kind():
    """A finding of each kind, with plausible numbers."""
    for kind in (*CURVE_KINDS, *LEVEL_KINDS):
        numbers = {name: number_for(name) for name in kind.numbers}
        directions = [Direction.HIGHER, Direction.LOWER] if kind.has_direction else [Direction.NONE]
        for direction in directions:
            yield Finding(kind.kind, Certainty.CLEAR, direction, numbers)


def number_for(name):
    if name.startswith(("base", "n", "more", "top_score", "next_score", "step")):
        return 40
    return {"low": 0.2, "high": 0.6, "extra_odds_low": 1.5, "extra_odds_high": 3.0}.get(name, 0.4)


def said(n, loyal, **setting):
    """The sentences of a curve."""
    curve = loyalty_curve((n, loyal), scale=FIVE_POINT)
    return [sentence(found, Setting(**setting)) for found in curve_findings(curve)]


def test_every_kind_of_finding_has_a_writer():
    kinds = {kind.kind for kind in (*CURVE_KINDS, *LEVEL_KINDS)}

    assert kinds == set(sentences.WRITERS) | set(level_sentences.WRITERS)


@pytest.mark.parametrize("setting", settings_of_every_loyalty(), ids=lambda s: str(s.loyalty))
def test_no_sentence_names_a_cause_or_leaves_a_gap(setting):
    for finding in findings_of_every_kind():
        text = sentence(finding, setting)

        assert not CAUSES.search(text), text
        assert "%(" not in text
        assert "None" not in text
        assert "nan" not in text
        assert text.endswith(".")


def test_every_sentence_holds_a_base():
    for finding in findings_of_every_kind():
        assert re.search(r"\b(40|80)\b", sentence(finding, Setting("stated"))), finding.kind


def test_clear_step_names_ratio_shares_interval_base_and_period():
    first, second = said(*XEROX, loyalty="stated", period=PERIOD)

    assert first == (
        "Customers who give 5 intend to buy again at 6.0 times the rate of those who give 4: "
        "30.0% against 5.0% (95% interval 3.8 to 9.5; 750 answers, 1 March 2026 to 31 March 2026)."
    )
    assert second.startswith("The curve bends upwards: the odds at the best score are 6.5 times")
    assert "from 5.0% to 30.0%" in second


def test_observed_loyalty_is_said_as_behaviour_with_its_window():
    first, _second = said(*XEROX, loyalty="observed", days=90)

    assert "bought again within 90 days" in first
    assert "intend" not in first


def test_empty_cell_at_the_next_score_says_at_least():
    first, _second = said([0, 0, 20, 30, 50], [0, 0, 0, 0, 30], loyalty="stated")

    assert "nobody does: at least 5.3 times the rate" in first


def test_no_clear_difference_is_said_with_its_interval():
    first, second = said([1932, 2014, 2042, 2008, 2004], [1545, 1575, 1641, 1594, 1607])

    assert first.startswith("No clear difference")
    assert "95% interval 0.98 to 1.04" in first
    assert second.startswith("No bend found")


def test_too_few_answers_say_how_many_more_would_do():
    first, second = said([0, 0, 1, 5, 3], [0, 0, 0, 1, 2])

    assert first.startswith("Too few answers to tell")
    assert "About 27 more answers would do." in first
    assert second.startswith("Too few answers to tell whether the curve bends")


def test_perfect_division_is_no_bend_and_no_lack_of_answers():
    _first, second = said([922, 518, 2665, 1789, 1149], [0, 0, 2236, 1789, 1149])

    assert second.startswith("Whether the curve bends cannot be told")


def test_bend_elsewhere_is_not_blamed_on_the_best_score():
    """Where the odds at the best score may lie on the line, they are not named as the bend."""
    _first, second = said([99, 348, 993, 2242, 2684], [25, 127, 446, 1518, 2197])

    assert second.startswith("The curve bends: the steepest step is from 3 to 4")


def test_one_more_answer_is_singular():
    text = sentences.with_more("Too few.", 1)

    assert text == "Too few. About 1 more answer would do."
