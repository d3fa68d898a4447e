"""A child of this process that does its work until it is killed before one of its statements."""

import os
import signal


def lives_through(work, step):
    """Whether a child did its work to the end; it is killed before the statement so numbered."""
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
