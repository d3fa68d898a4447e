"""A worker that is killed in the midst of a mixing loses no answer."""

from .killing import outcome_of


def test_no_row_is_lost_wherever_the_worker_dies(start_process):
    outcome = outcome_of(start_process("-m", "tests.jobs.mixing_kill"))

    print(outcome)
    assert outcome["is_through"]
    assert outcome["kills"] >= 10
    assert outcome["lost"] == 0


def test_rows_are_lost_without_the_transaction(start_process):
    """Control: killed between taking out and putting back."""
    outcome = outcome_of(start_process("-m", "tests.jobs.mixing_kill", "unprotected"))

    print(outcome)
    assert outcome["lost"] > 0
