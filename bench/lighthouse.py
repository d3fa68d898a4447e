"""How Lighthouse judges the first page on a phone: ``python -m bench.lighthouse PROGRAM``.

PROGRAM is the `lighthouse` command of the npm package of that name; it is no
part of Topbox, and Chromium and Node must be there. Prints the median of five
runs beside the goal, for the page as installed and in a colour of staff.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import tempfile
from pathlib import Path

from tests.faults.site import Site

FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"
SCORES = {"performance": 98, "accessibility": 100, "best-practices": 95}
TIMES = {
    "first-contentful-paint": ("ms", None),
    "largest-contentful-paint": ("ms", 1500),
    "total-blocking-time": ("ms", 50),
    "cumulative-layout-shift": ("", 0.02),
    "total-byte-weight": ("bytes", 50_000),
}
PAINT = """
import django; django.setup()
from surveys.models import Survey
Survey.objects.update(accent="#c2185b")
"""


def main():
    """Measure the page of a server of its own, plain and in colour."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("program", help="the lighthouse command")
    parser.add_argument("--runs", type=int, default=5)
    wanted = parser.parse_args()
    if not shutil.which(wanted.program):
        raise SystemExit("There is no such command; `npm install lighthouse` brings one.")
    with tempfile.TemporaryDirectory() as folder:
        site = start(Path(folder))
        try:
            tell("as installed", wanted, site)
            site.run("-c", PAINT)
            tell("in a colour of staff", wanted, site)
        finally:
            site.close()


def start(folder):
    """A server with one survey."""
    address = f"sqlite:///{folder}/lighthouse.sqlite3"
    site = Site(folder, address, DJANGO_SETTINGS_MODULE="config.settings")
    site.run("manage.py", "migrate", "-v0")
    site.run("manage.py", "collectstatic", "--noinput", "-v0")
    site.prepare(links=0)
    site.start(workers=1, threads=4)
    return site


def tell(name, wanted, site):
    """Run several times and print the medians."""
    address = f"http://127.0.0.1:{site.port}/s/{site.slug}/"
    reports = [judge(wanted.program, address) for _run in range(wanted.runs)]
    print(f"\nThe first page, {name}: median of {wanted.runs}")
    for key, goal in SCORES.items():
        scores = [report["categories"][key]["score"] * 100 for report in reports]
        print(f"{key:28}{statistics.median(scores):10.0f}   goal at least {goal}")
    for key, (unit, goal) in TIMES.items():
        values = [report["audits"][key]["numericValue"] for report in reports]
        within = f"goal at most {goal}" if goal is not None else ""
        print(f"{key:28}{statistics.median(values):10.2f} {unit:6}{within}")
    requests = reports[-1]["audits"]["network-requests"]["details"]["items"]
    print(f"{'requests':28}{len(requests):10}")
    for objection in objections(reports[-1]):
        print(f"  not perfect: {objection}")


def judge(program, address):
    """The report of one run."""
    command = [program, address, "--quiet", "--output=json", f"--chrome-flags={FLAGS}"]
    command.append(f"--only-categories={','.join(SCORES)}")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    environment = os.environ | ({"CHROME_PATH": chromium} if chromium else {})
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return json.loads(done.stdout)


def objections(report):
    """The titles of what counts and is not perfect."""
    for category in report["categories"].values():
        for part in category["auditRefs"]:
            audit = report["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                yield f"{audit['title']} ({audit['score']})"


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as error:
        raise SystemExit(str(error.stderr)[-3000:]) from error
