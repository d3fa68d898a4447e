"""A child process that is killed in the midst of its work."""

import json
import os
import signal


def lives_to_the_end(work, step):
    """Do the work in a child that is killed before its statement number `step`; work is true."""
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if child == 0:
        _work_and_die(work, step)
    _pid, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return False
    assert os.WEXITSTATUS(status) == 0
    return True


def _work_and_die(work, step):
    from django.db import connection

    executed = 0

    def die_in_time(execute, *statement):
        nonlocal executed
        executed += 1
        if executed == step:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*statement)

    try:
        with connection.execute_wrapper(die_in_time):
            is_done = work()
        os._exit(0 if is_done else 2)
    finally:
        os._exit(1)


def outcome_of(child):
    """What a program of ours printed last: one JSON object."""
    output, _nothing = child.communicate(timeout=300)
    assert child.returncode == 0, output
    return json.loads(output.splitlines()[-1])
