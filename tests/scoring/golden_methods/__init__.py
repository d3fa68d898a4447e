"""One module per area; each maps a golden method to the library's answer.

A module's `METHODS` maps a method name to ``run(inputs, load_rows)``, which
returns a nested dict with (at least) the keys of the case's ``expected``.
`load_rows(path)` reads a data file as a pandas frame of strings and numbers.
"""

from importlib import import_module
from pathlib import Path


def all_methods():
    """Every known golden method by name."""
    found = {}
    for path in sorted(Path(__file__).parent.glob("[a-z]*.py")):
        methods = import_module(f"{__name__}.{path.stem}").METHODS
        twice = found.keys() & methods.keys()
        assert not twice, f"defined twice: {twice}"
        found |= methods
    return found
