"""Several devices at once by one personal link: one counts, the others are told."""

import json

from tests.jobs.change_race import DEVICES

ROUNDS = 8


def test_one_counts_and_the_others_are_told(start_process):
    child = start_process("-m", "tests.jobs.change_race", str(ROUNDS))
    output, _nothing = child.communicate(timeout=120)
    assert child.returncode == 0, output
    outcomes = json.loads(output.splitlines()[-1])

    print(outcomes)
    expected = {"stored": ROUNDS, "told": ROUNDS * (DEVICES - 1), "lost": 0}
    assert outcomes["first answers"] == expected
    assert outcomes["changes"] == expected
    assert outcomes["blind changes"]["lost"] == ROUNDS * (DEVICES - 1)  # control
