"""Small things about processes and ports."""

import socket
import time
from pathlib import Path

PATIENCE_SECONDS = 60


def free_port():
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(is_true, what, log):
    """Wait for something, and show the log when it does not come."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_true():
        if time.monotonic() > deadline:
            raise TimeoutError(f"Waited in vain for {what}:\n{Path(log).read_text()[-3000:]}")
        time.sleep(0.05)
