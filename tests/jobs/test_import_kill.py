"""A worker that is killed in the midst of an import stores all rows, once, in the end."""

from .import_kill import ROWS
from .killing import outcome_of


def test_rows_are_stored_once_wherever_the_worker_dies(start_process):
    outcome = outcome_of(start_process("-m", "tests.jobs.import_kill"))

    print(outcome)
    assert outcome["kills"] >= 10
    assert outcome["halves"] == 0
    assert outcome["state"] == "done"
    assert outcome["counts"] == {"new": ROWS, "changed": 0, "unchanged": 0, "refused": 0}
    assert (outcome["customers"], outcome["stages"]) == (ROWS, ROWS)


def test_half_a_file_is_stored_without_the_transaction(start_process):
    """Control: killed between two batches."""
    outcome = outcome_of(start_process("-m", "tests.jobs.import_kill", "unprotected"))

    print(outcome)
    assert outcome["halves"] > 0
