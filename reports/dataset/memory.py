"""What this process has worked out lately, by what it was worked out from."""

from collections import OrderedDict
from threading import Lock


class Memory:
    """Holds the newest results; a name must change whenever its result would."""

    def __init__(self, most):
        self._most = most
        self._found = OrderedDict()
        self._lock = Lock()

    def kept(self, name, make):
        """What `make` gave under this name before, or gives now."""
        with self._lock:
            if name in self._found:
                self._found.move_to_end(name)
                return self._found[name]
        found = make()
        with self._lock:
            self._found[name] = found
            while len(self._found) > self._most:
                self._found.popitem(last=False)
        return found

    def forget(self):
        """Let go of everything."""
        with self._lock:
            self._found.clear()
