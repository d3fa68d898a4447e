"""R29: a worker that is killed in the midst of an erasure leaves nobody half erased."""

from .killing import outcome_of


def test_nobody_is_half_erased_wherever_the_worker_is_killed(start_process):
    outcome = outcome_of(start_process("-m", "tests.jobs.erasing_kill"))

    print(outcome)
    assert outcome["kills"] > 20
    assert (outcome["halves"], outcome["left"]) == (0, 0)


def test_control_somebody_is_half_erased_without_the_transaction(start_process):
    outcome = outcome_of(start_process("-m", "tests.jobs.erasing_kill", "unprotected"))

    print(outcome)
    assert outcome["halves"] == 1
