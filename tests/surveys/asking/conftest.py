"""A clock that stands still at noon, and no quiet hours."""

import pytest
import time_machine

from tests.deliveries import set_policy

from .builders import NOON


@pytest.fixture(autouse=True)
def noon(db):
    """It is noon in UTC; gives the clock."""
    with time_machine.travel(NOON, tick=False) as clock:
        set_policy()
        yield clock
