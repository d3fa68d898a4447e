"""The library loads alone and lightly: a results page imports it in every web process."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
HEAVY = ("django", "statsmodels", "pandas", "scipy.stats")
OURS = ("config", "reports", "surveys")
IMPORT_ALL = """
import importlib, json, pkgutil, sys
import scoring
for found in pkgutil.iter_modules(scoring.__path__, "scoring."):
    importlib.import_module(found.name)
{then}
print(json.dumps(sorted(sys.modules)))
"""


def loaded_after(then=""):
    """Names of all modules in a fresh interpreter that imported the library and ran `then`."""
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL.format(then=then)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(done.stdout))


def test_importing_every_module_loads_nothing_heavy():
    loaded = loaded_after()

    assert "scoring.loyalty" in loaded
    assert not loaded & {*HEAVY, *OURS}


def test_results_page_needs_nothing_heavy():
    work = (
        "from scoring.loyalty import bend, loyalty_curve\n"
        "from scoring.nps import nps\n"
        "from scoring.satisfaction import csat\n"
        "from scoring.scales import FIVE_POINT\n"
        "bend(loyalty_curve(([9, 9, 30, 40, 50], [0, 1, 5, 9, 40]), scale=FIVE_POINT))\n"
        "nps([1] * 11); csat([1, 2, 3, 4, 5], scale=FIVE_POINT)\n"
    )

    assert not loaded_after(work) & set(HEAVY)


def test_a_heavy_import_would_be_noticed():
    """Control."""
    assert "pandas" in loaded_after("import pandas")
