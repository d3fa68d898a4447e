"""Import customers and wait in the midst of the check, until the test has tried what it tries.

``python -m tests.faults.import_beside FILE READY GO [one_transaction]`` makes the
file READY when a part of the rows is checked, and goes on when GO is there.
"""

import sys
import time
from contextlib import nullcontext
from pathlib import Path


def main(file, ready, go, *control):
    """Import, and print how many customers are new."""
    from django.db import transaction

    from surveys.imports.customers import CustomerImporter
    from surveys.imports.running import run_import

    def wait(_rows):
        Path(ready).touch()
        while not Path(go).exists():
            time.sleep(0.05)

    surrounding = transaction.atomic() if control else nullcontext()
    with surrounding:
        outcome = run_import(CustomerImporter(), file, on_progress=wait)
    print(outcome.new)


if __name__ == "__main__":
    import django

    django.setup()
    main(*sys.argv[1:])
