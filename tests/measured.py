"""What a program takes, measured from beside it."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
KIB = 1 if sys.platform == "darwin" else 1024  # in what a system counts memory

# A child inherits the peak of whoever started it; this one is small.
MEASURE = """
import resource, subprocess, sys
done = subprocess.run([sys.executable, "-c", *sys.argv[1:]])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss)
sys.exit(done.returncode)
"""


def seconds_and_megabytes(program, *arguments, content=b""):
    """Processor time and most memory of a program that ends well; `content` is what it reads."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, program, *arguments],
        input=content,
        capture_output=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr.decode()
    seconds, peak = done.stdout.split()
    return float(seconds), float(peak) * KIB / 1024**2
